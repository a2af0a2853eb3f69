"""What a plan is measured against: the best of a grid of as many plans, chosen by the same rule.

A grid lays its values out beforehand, so it can vary few levers, and those for all organisations
at once.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product

from ...scenario import Scenario
from ..sweep.axes import Axis
from ..varied import axis_of, stated
from .evaluation import Evaluated, Evaluator
from .frontier import Candidate, choose, frontier
from .planned import Lucks
from .search import Trial

GRIDS = {
    "visits": (
        "organisations.*.monitoring_interval=1,2,3,6,12", "organisations.*.visits=3,5,6,8,10",
        "organisations.*.seats=2,3,4,5", "community.intake_interval=6,12",
    ),
    "delivery": (
        "organisations.*.monitoring_interval=1,2,3,6,12", "organisations.*.promotion=0.3,0.6,1,1.5",
        "organisations.*.toolkit=0,0.3,0.6,1", "organisations.*.waste=0,0.5",
    ),
    "who visits": (
        "organisations.industry.monitoring_interval=1,2,3,6,12,never",
        "organisations.tourism.monitoring_interval=1,2,3,6,12,never",
        "organisations.kpc.monitoring_interval=1,2,3,6,12,never",
    ),
}  # fmt: skip
"""Grids of about 200 plans that an analyst might lay out for the baseline, by what they vary."""


def grid(
    case: Scenario, vary: Sequence[str], chance: float, target: float, lucks: Lucks,
    evaluate: Evaluator, most: int | None = None,
) -> tuple[Candidate | None, Evaluated | None, int]:  # fmt: skip
    """Return the plan of a grid that would be chosen, what it comes to on fresh luck, and how many.

    Parameters
    ----------
    vary : sequence of str
        Levers with their values, as in `levers.space`.
    target : float
        Probability asked for on the luck that is searched on.
    most : int, optional
        So many plans at most, at equal distances through the grid.
    """
    axes = [axis_of(words, case) for words in vary]
    points = list(product(*(range(len(axis.values)) for axis in axes)))
    if most is not None and len(points) > most:
        points = [points[k * len(points) // most] for k in range(most)]
    trials = []
    for k, point in enumerate(points):
        found = evaluate(at(case, axes, point), lucks.searched)
        trials.append(Trial(k, "search", point, found, True))
    candidates = []
    for one in frontier(trials, target):
        plan = at(case, axes, one.point)
        candidates.append(Candidate("", one, plan, evaluate(plan, lucks.second), True))
    chosen, _ = choose(candidates, chance)
    checked = None if chosen is None else evaluate(chosen.scenario, lucks.fresh)
    return chosen, checked, len(points)


def at(case: Scenario, axes: Sequence[Axis], point: Sequence[int]) -> Scenario:
    """Return a scenario at a point of a grid."""
    return case.replace(
        {axis.path: stated(axis, axis.values[k]) for axis, k in zip(axes, point, strict=True)}
    )


def aimed(chance: float, lucks: Lucks) -> float:
    """Return the probability that a search with this luck aims at."""
    from .study import MARGIN

    error = math.sqrt(chance * (1.0 - chance) / lucks.searched.runs)
    return min(1.0, chance + MARGIN * error)
