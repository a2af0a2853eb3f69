"""One run, month by month, as plain numbers that a page can play."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..columns import INDICATORS
from ..ensemble import trace, walk_runs
from ..layout import lay_out
from ..scenario import Scenario
from ..state import CLUSTER
from ..world.shape import STATES
from .simulate import check_numbers

if TYPE_CHECKING:
    import os

VERSION = 1
"""Rises whenever a name below changes its meaning or goes away."""

RING = (
    "dialogue_quality",
    "organisation_trust",
    "commitment",
    "shared_understanding",
    "small_wins",
)
"""The five steps of the Ansell–Gash cycle, each by the quantity that fills it."""

SERIES = (
    "state",
    "producers",
    "independents",
    "active_trainees",
    "mean_income",
    "turns",
    "closeness_active",
    "closeness_dynamic",
    *INDICATORS,
    *RING,
)
"""Monthly quantities of a trajectory, under their names in the table of months."""

LEVELS = ("active", "dynamic")


def trajectory(
    scenario: Scenario | str | os.PathLike[str], seed: int = 1, run: int = 0
) -> dict[str, Any]:
    """Return one run as a dictionary that can be written as JSON.

    Parameters
    ----------
    scenario : Scenario or str
        A scenario, or the name or path of one.
    seed : int
        Seed in [0, 2³²).
    run : int
        Number of the run; the same luck as that run of `simulate`.

    Returns
    -------
    dict
        ``series`` holds a list of `months` numbers for each of `SERIES`; ``state`` counts
        into ``states``. ``marks`` are the months at whose start an intervention acted, each
        with its reason in both languages and whether its date was fixed beforehand.

    Examples
    --------
    >>> told = trajectory("kpc-leaves", seed=1)
    >>> told["months"], len(told["series"]["producers"]), told["marks"][0]["month"]
    (120, 120, 60)
    """
    case = scenario if isinstance(scenario, Scenario) else Scenario.load(scenario)
    check_numbers(1, seed, run)
    return {
        "version": VERSION,
        "scenario": case.name,
        "scenario_hash": case.hash,
        "seed": seed,
        "run": run,
        "months": case.months,
        "states": list(STATES),
        "cutoffs": _cutoffs(case),
        "series": _series(case, seed, run),
        "marks": _marks(case, seed, run),
    }


def _series(case: Scenario, seed: int, run: int) -> dict[str, list[float]]:
    cells = lay_out(case).cells
    wanted = np.array([cells.cluster(name) for name in SERIES], dtype=np.int64)
    walked = walk_runs(case, 1, seed, np.zeros(0, dtype=np.int64), wanted, first_run=run, threads=1)
    columns = walked.months[0].T
    return {
        name: column.astype(np.int64).tolist() if CLUSTER[name].whole else column.tolist()
        for name, column in zip(SERIES, columns, strict=True)
    }


def _cutoffs(case: Scenario) -> dict[str, Any]:
    """What makes a cluster active and dynamic when the run begins."""
    found: dict[str, Any] = {
        level: {
            name: case.value(f"cluster.{level}.{name}")
            for name in ("cutoff", "indicators", "producers")
        }
        for level in LEVELS
    }
    found["hold_months"] = case.value("cluster.hold_months")
    return found


def _marks(case: Scenario, seed: int, run: int) -> list[dict[str, Any]]:
    """Months in which interventions acted, in their order."""
    marks = [
        {"month": one.month, "planned": True, "ends": False, "why": one.why}
        for one in case.interventions
        if one.month is not None
    ]
    if any(one.month is None for one in case.interventions):
        marks += _reactions(case, seed, run)
    return sorted(marks, key=lambda mark: mark["month"])


def _reactions(case: Scenario, seed: int, run: int) -> list[dict[str, Any]]:
    """When interventions that answer to a quantity began to act, and ceased to."""
    marks = []
    before = [0] * len(case.interventions)
    for month, records in enumerate(trace(case, seed, run)):
        acting = records.interventions["acting"].tolist()
        for was, now, one in zip(before, acting, case.interventions, strict=True):
            if was != now:
                marks.append({"month": month, "planned": False, "ends": now == 0, "why": one.why})
        before = acting
    return marks
