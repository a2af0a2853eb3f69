"""Words for certainty: the scale of the IPCC, read at the lower end of an interval.

References
----------
Mastrandrea et al. 2010, Guidance note on the consistent treatment of uncertainties, IPCC.
"""

from __future__ import annotations

from ..study.summary import Share

SCALE = ((0.99, "certain"), (0.90, "very_likely"), (0.66, "likely"), (0.50, "more_likely"))
OPEN = "open"


def grade(share: Share) -> str:
    """Return how certain it is that a run belongs to a share of runs.

    Examples
    --------
    >>> grade(Share(0.9, 0.87, 0.92)), grade(Share(0.5, 0.45, 0.55))
    ('likely', 'open')
    """
    return next((word for least, word in SCALE if share.low >= least), OPEN)
