"""Pairs whose differences are known, without a run."""

from __future__ import annotations

import numpy as np

import cgsim
from cgsim.study.compare import Comparison, Outcomes, Pairs
from cgsim.study.compare.outcomes import OUTCOMES
from cgsim.study.compare.pairs import SERIES

BASE = cgsim.Scenario.load("sangatta-utara")
OTHER = cgsim.Scenario.load("recommendation-1")
THIRD = cgsim.Scenario.load("recommendation-2")


def luck(runs, sd=1.0, seed=0):
    """Return differences of mean 0, exactly."""
    found = np.random.default_rng(seed).normal(0.0, sd, runs)
    return found - found.mean()


def outcomes(name, case, runs, states=None, **values):
    """Return a scenario of which all is 10, save what is named."""
    found = {one.name: np.full(runs, 10.0) for one in OUTCOMES}
    found |= {f"spent_{key}": np.full(runs, 10.0) for key in case.organisations}
    found |= {f"spent_on_{key}": np.zeros(runs) for key in (
        "promotion", "toolkit", "workshop", "waste", "reward", "training", "visits")}  # fmt: skip
    found |= {key: np.broadcast_to(np.asarray(one, float), runs) for key, one in values.items()}
    ends = np.ones((runs, 3), np.int8) if states is None else np.asarray(states, np.int8)
    found["dynamic"], found["inactive"] = ends[:, 0] == 2, ends[:, 0] == 0
    found = {key: np.asarray(one, float) for key, one in found.items()}
    series = {key: np.zeros((runs, 12)) for key in SERIES}
    return Outcomes(name, case, 1, found, ends, series)


def compared(first, *others):
    """Return a comparison of such scenarios."""
    return Comparison(Pairs((first, *others), first.runs, 1, 12))


def against(runs=100, states=None, first_states=None, others=1, **values):
    """Return a comparison of a scenario with one of which all is 10."""
    first = outcomes("A", BASE, runs, first_states)
    cases = [
        outcomes(name, case, runs, states, **values)
        for name, case in (("B", OTHER), ("C", THIRD))[:others]
    ]
    return compared(first, *cases)
