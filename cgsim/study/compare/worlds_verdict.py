"""Is one scenario better than another in a world: better, worse, the same, or not to be told?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .outcomes import Kind

Verdict = Literal["better", "same", "untold", "worse"]

VERDICTS: tuple[Verdict, ...] = ("better", "same", "untold", "worse")
"""Better or worse: the mean paired difference is told apart from 0. Same: no pair differs.
Untold: with so few runs it cannot be told.
"""

LEVEL = 0.95
"""Confidence with which a world's difference is told apart from 0."""


def verdicts(pairs: NDArray[np.float64], kind: Kind, better: int) -> NDArray[np.int64]:
    """Return the verdict in each world, as its place in `VERDICTS`.

    Parameters
    ----------
    pairs : array, shape (worlds, runs)
        Paired differences.
    kind : {"number", "share"}
        A number is told by Student's t over pairs; a share by the exact test of McNemar over
        the pairs that differ, since t is too sure of itself with few of them.
    better : {1, -1}
        Whether more is better.

    References
    ----------
    McNemar 1947, DOI 10.1007/BF02295996 (exact form: binomial over the pairs that differ)

    Examples
    --------
    >>> pairs = np.array([[1.0, 1.2, 0.9], [0.0, 0.0, 0.0], [1.0, -1.0, 0.2]])
    >>> [VERDICTS[k] for k in verdicts(pairs, "number", 1)]
    ['better', 'same', 'untold']
    """
    mean = pairs.mean(axis=-1)
    told = _share_told(pairs) if kind == "share" else _number_told(pairs)
    found = np.full(mean.shape, VERDICTS.index("untold"), dtype=np.int64)
    up = np.sign(mean) * better > 0
    found[told & up] = VERDICTS.index("better")
    found[told & ~up] = VERDICTS.index("worse")
    found[(pairs == 0.0).all(axis=-1)] = VERDICTS.index("same")
    return found


def _number_told(pairs: NDArray[np.float64]) -> NDArray[np.bool_]:
    from scipy.special import stdtrit

    runs = pairs.shape[-1]
    if runs < 2:
        return np.zeros(pairs.shape[:-1], dtype=bool)
    half = stdtrit(runs - 1, 0.5 + LEVEL / 2.0) * error_of(pairs)
    return np.asarray(np.abs(pairs.mean(axis=-1)) > half)


def _share_told(pairs: NDArray[np.float64]) -> NDArray[np.bool_]:
    from scipy.special import bdtr

    up, down = (pairs > 0.0).sum(axis=-1), (pairs < 0.0).sum(axis=-1)
    least, differ = np.minimum(up, down).astype(float), up + down
    chance = np.minimum(1.0, 2.0 * bdtr(least, differ, 0.5))
    return np.asarray((differ > 0) & (chance < 1.0 - LEVEL))


def error_of(pairs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the standard error of each world's mean difference; NaN with a single run."""
    runs = pairs.shape[-1]
    if runs < 2:
        return np.full(pairs.shape[:-1], np.nan)
    return np.asarray(pairs.std(axis=-1, ddof=1) / np.sqrt(runs))


def reverse_of(verdict: Verdict) -> Verdict:
    """Return the opposite verdict.

    Examples
    --------
    >>> reverse_of("better"), reverse_of("same")
    ('worse', 'same')
    """
    turned: dict[Verdict, Verdict] = {"better": "worse", "worse": "better"}
    return turned.get(verdict, verdict)
