"""Cost of a month of one active person, in clusters of 120 to 12,000 people."""

from __future__ import annotations

from typing import Any

import cgsim

from .engines import CASE
from .timing import Row, cpu, in_turns, ratio

WITHIN = 1.3
SHARED = (
    "community.people",
    "constants.demand_base",
    "constants.demand_reach",
    "cluster.critical_mass",
    "cluster.active.producers",
    "cluster.dynamic.producers",
)
"""What grows with the number of people; groups keep their size."""

OWN = ("seats", "visits", "budget")


def enlarged(case: cgsim.Scenario, times: int) -> cgsim.Scenario:
    """Return a cluster so many times as large, in which a person meets the same conditions."""
    levers: dict[str, Any] = {path: case.value(path) * times for path in SHARED}
    for key in case.organisations:
        for lever in OWN:
            path = f"organisations.{key}.{lever}"
            levers[path] = case.value(path) * times
    return case.replace(levers, name=f"{case.name} × {times}")


def measure(quick: bool) -> list[Row]:
    base = cgsim.Scenario.load(CASE)
    runs, rounds = (200, 3) if quick else (600, 5)
    months: dict[int, float] = {}

    def cost(times: int) -> float:
        """Processor time of a person's active month [s]."""
        kept: list[cgsim.Simulation] = []
        case, count = cases[times], max(2, runs // times)
        spent = cpu(
            lambda: kept.append(cgsim.simulate(case, runs=count, seed=1, months=False, threads=1))
        )
        # person-months of all who are in training, artisans or independent
        total = float(kept[0].runs["trainee_months"].sum())
        months[times] = total / count / (120 * times)
        return spent / total

    cases = {times: enlarged(base, times) for times in (1, 10, 100)}
    for times in cases:
        cost(times)
    taken = in_turns({str(t): lambda t=t: cost(t) for t in cases}, rounds)  # type: ignore[misc]
    most = max(taken.values(), key=lambda t: t.median)
    least = min(taken.values(), key=lambda t: t.median)
    ends, spread = ratio(taken["100"], taken["1"]), ratio(most, least)
    return [
        Row("An active person's month, dearest against cheapest of the three sizes",
            spread.words(), f"≤ {WITHIN:g}×", spread.median <= WITHIN),
        Row("– 12,000 people against 120", ends.words()),
        *(Row(f"– {120 * t:,} people ({months[t]:.1f} active months a person)",
              taken[str(t)].words("ns", 1e9)) for t in cases),
    ]  # fmt: skip
