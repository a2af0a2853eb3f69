"""Was it luck? The same settings under other luck, as a band."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..scenario import Scenario
from ..study.simulate import simulate
from ..world.shape import STATES

RUNS = 200
"""Other runs; the one shown is run 0, these are the next."""

BAND = {"low": 0.05, "lower": 0.25, "upper": 0.75, "high": 0.95}
"""Nine in ten runs, and half of them."""


def luck_of(case: Scenario, seed: int, runs: int = RUNS) -> dict[str, Any]:
    """Return how producers and end states spread over other luck.

    Returns
    -------
    dict
        ``runs``, ``shares`` of them that end in each state, and by month the quantiles of
        producers named in `BAND`.

    Examples
    --------
    >>> told = luck_of(Scenario.load("nobody-monitors"), seed=1, runs=20)
    >>> told["shares"], len(told["low"])
    ([1.0, 0.0, 0.0], 120)
    """
    found = simulate(case, runs, seed, first_run=1)
    producers = found.months["producers"].to_numpy().reshape(runs, case.months)
    ends = found.runs["end_state"].astype(str).to_numpy()
    return {
        "runs": runs,
        "shares": [float(np.mean(ends == state)) for state in STATES],
        **{name: np.quantile(producers, q, axis=0).tolist() for name, q in BAND.items()},
    }
