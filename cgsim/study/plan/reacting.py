"""A fixed plan against a policy that reacts, at equal cost and on the same luck.

The reacting policy visits monthly while producers are few and seldom otherwise, as
``adaptive-follow-up`` does. All else is as in the plan. How many are visited in a round is tuned
until both cost the same on the luck of the search; then both are judged on fresh luck, run by run.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import numpy as np

from ...language import languages, text
from ...parameters import INTERVALS, NEVER, PLAN
from ...scenario import Scenario, shown
from ..simulate import simulate
from ..varied import moved_by
from .evaluation import Z95, Evaluated, Evaluator, Luck

QUANTILES = (0.2, 0.4, 0.6, 0.8)
"""Of the plan's mean producers over its months: the thresholds that are tried."""

HOLD = 3
"""Months that the condition must hold, as in ``adaptive-follow-up``."""

FACTORS = (0.25, 4.0)
"""How far visits in a round are scaled, at most."""

EQUAL = 0.002
"""Costs that differ by no more than this share count as equal when tuning."""

HALVINGS = 9

Verdict = Literal["reacting", "fixed", "equal"]


@dataclass(frozen=True)
class Reacting:
    """A fixed plan and a reacting policy of the same cost.

    Attributes
    ----------
    scenario : Scenario
        The reacting policy.
    threshold : float
        It visits more often while producers are fewer.
    seldom : dict
        Months between rounds otherwise, by organisation; 0 is never.
    factor : float
        By how much visits in a round were scaled to make costs equal.
    fixed, reacting : Evaluated
        Both on fresh luck.
    only_fixed, only_reacting : int
        Runs in which one alone reached the goal.
    cost_difference : tuple of float
        Mean of what the reacting policy costs more, with its 95 % interval, paired; Rp million a
        year.
    """

    scenario: Scenario
    threshold: float
    seldom: dict[str, float]
    factor: float
    fixed: Evaluated
    reacting: Evaluated
    only_fixed: int
    only_reacting: int
    cost_difference: tuple[float, float, float]

    @property
    def difference(self) -> tuple[float, float, float]:
        """How much likelier the reacting policy is to reach the goal, with its 95 % interval."""
        more, less = self.only_reacting, self.only_fixed
        return paired_difference(more, less, self.fixed.runs)

    @property
    def verdict(self) -> Verdict:
        """Which is better, surely at 95 %."""
        _, low, high = self.difference
        return "reacting" if low > 0.0 else "fixed" if high < 0.0 else "equal"


def paired_difference(more: int, less: int, runs: int) -> tuple[float, float, float]:
    """Return the difference of two shares seen in the same runs, with its 95 % interval.

    Parameters
    ----------
    more, less : int
        Runs in which only the one, only the other happened.

    References
    ----------
    The adjusted Wald interval of Bonett and Price 2012, DOI 10.3102/1076998611411915

    Examples
    --------
    >>> [round(x, 3) for x in paired_difference(20, 5, 100)]
    [0.15, 0.051, 0.243]
    """
    first, second = (more + 1) / (runs + 2), (less + 1) / (runs + 2)
    half = Z95 * math.sqrt((first + second - (first - second) ** 2) / (runs + 2))
    return (more - less) / runs, first - second - half, first - second + half


def may_react(plan: Scenario) -> bool:
    """Whether there are visits to let react, and the scenario leaves them alone."""
    return bool(_visitors(plan)) and not any(
        moved_by(plan, f"organisations.{key}.monitoring_interval") for key in plan.organisations
    )


def react(
    plan: Scenario, evaluate: Evaluator, searched: Luck, fresh: Luck
) -> Reacting | None:  # fmt: skip
    """Return the best reacting policy of the plan's cost, judged beside it on fresh luck.

    None where there are no visits to let react, or no policy of equal cost was found.
    """
    if not may_react(plan):
        return None
    cost = evaluate(plan, searched).cost
    best: tuple[float, Scenario, float, dict[str, float], float] | None = None
    for threshold, seldom in _policies(plan, searched, evaluate.threads):
        tuned = _tuned(
            partial(_policy, plan, threshold, seldom),
            lambda case: evaluate(case, searched).cost, cost,
        )  # fmt: skip
        if tuned is None:
            continue
        case, factor = tuned
        probability = evaluate(case, searched).probability
        if best is None or probability > best[0]:
            best = probability, case, threshold, seldom, factor
    if best is None:
        return None
    _, case, threshold, seldom, factor = best
    return _judged(plan, case, threshold, seldom, factor, evaluate, fresh)


def _judged(
    plan: Scenario, case: Scenario, threshold: float, seldom: dict[str, float], factor: float,
    evaluate: Evaluator, fresh: Luck,
) -> Reacting:  # fmt: skip
    reached, spent = evaluate.by_run(plan, fresh)
    other, paid = evaluate.by_run(case, fresh)
    more = (paid - spent).sum(axis=1)
    half = Z95 * float(more.std(ddof=1)) / len(more) ** 0.5 if len(more) > 1 else math.inf
    mean = float(more.mean())
    return Reacting(
        case, threshold, seldom, factor, evaluate(plan, fresh), evaluate(case, fresh),
        int((reached & ~other).sum()), int((other & ~reached).sum()),
        (mean, mean - half, mean + half),
    )  # fmt: skip


def _visitors(plan: Scenario) -> list[str]:
    return [
        key
        for key in plan.organisations
        if plan.plans[key]["present"] > 0.0
        and plan.plans[key]["monitoring_interval"] != NEVER
        and plan.plans[key]["visits"] > 0.0
    ]


def _policies(
    plan: Scenario, luck: Luck, threads: int | None
) -> Iterator[tuple[float, dict[str, float]]]:
    """Yield thresholds [producers], each with the next seldomer interval and with never."""
    months = simulate(plan, luck.runs, luck.seed, threads=threads).months
    producers = months.groupby("month")["producers"].mean().to_numpy(dtype=float)
    thresholds = sorted({float(round(x)) for x in np.quantile(producers, QUANTILES)} - {0.0})
    own = {key: plan.plans[key]["monitoring_interval"] for key in _visitors(plan)}
    for threshold in thresholds:
        yield threshold, {key: _seldomer(months) for key, months in own.items()}
        yield threshold, dict.fromkeys(own, NEVER)


def _seldomer(months: float) -> float:
    """Return the next seldomer of the intervals worth trying.

    Examples
    --------
    >>> _seldomer(1.0), _seldomer(6.0), _seldomer(12.0)
    (2.0, 12.0, 0.0)
    """
    return next((one for one in INTERVALS if one > months), NEVER)


def _policy(plan: Scenario, threshold: float, seldom: dict[str, float], factor: float) -> Scenario:
    """Return the plan with visits that react."""
    interval = PLAN["monitoring_interval"]
    path = "organisations.{}.monitoring_interval".format
    why = {lang: text("plan.file.why", lang, threshold=f"{threshold:g}") for lang in languages()}
    change = {
        "when": f"producers < {threshold:g}", "for": HOLD, "once": False, "why": why,
        "set": {path(key): 1 for key in seldom},
        "else": {path(key): shown(interval, months) for key, months in seldom.items()},
    }  # fmt: skip
    visits = {
        f"organisations.{key}.visits": round(plan.plans[key]["visits"] * factor, 3)
        for key in seldom
    }
    own = plan.to_dict().get("interventions", [])
    at_first = {path(key): 1 for key in seldom}
    case = plan.replace({**at_first, **visits, "interventions": [*own, change]})
    title = {lang: text("plan.file.reacting", lang, title=plan.title[lang]) for lang in languages()}
    return replace(case, title=title)


def _tuned(
    policy: Callable[[float], Scenario], cost_of: Callable[[Scenario], float], cost: float
) -> tuple[Scenario, float] | None:
    """Return the policy with visits scaled until it costs as much as the plan; None if none does.

    Costs rise with visits, so halving the range of the factor finds it.
    """
    low, high = FACTORS
    if cost_of(policy(low)) > cost * (1 + EQUAL) or cost_of(policy(high)) < cost * (1 - EQUAL):
        return None
    for _ in range(HALVINGS):
        factor = round(math.sqrt(low * high), 4)
        case = policy(factor)
        found = cost_of(case)
        if abs(found / cost - 1.0) <= EQUAL:
            return case, factor
        low, high = (low, factor) if found > cost else (factor, high)
    return None
