"""The frontier's plans in other worlds: which still reach the goal, and what is lost at worst."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ...scenario import Scenario
from .. import worlds as other_worlds
from ..intervals import wilson
from .budget import Budget
from .evaluation import Evaluator, spending

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_PLANS = 6
"""Plans of the frontier that are taken to other worlds."""

WORLD_RUNS = 40
"""Runs of each plan in each world."""

Worlds = int | str | os.PathLike[str] | pd.DataFrame


@dataclass(frozen=True, eq=False)
class Robust:
    """Plans in many worlds.

    Attributes
    ----------
    names : tuple of str
        Of the plans; the scenario as it stands is among them under ``as_it_is``.
    worlds : DataFrame
        A row a world, a column an assumption under its path.
    runs : int
        Runs in each world; run r has the same luck in every world and plan.
    chance : float
    probability, cost : array, shape (plans, worlds)
        Share of runs that reach the goal; Rp million a year.
    within : array of bool, same shape
        Whether spending is within the budget.
    """

    names: tuple[str, ...]
    worlds: pd.DataFrame
    runs: int
    chance: float
    probability: NDArray[np.float64]
    cost: NDArray[np.float64]
    within: NDArray[np.bool_]

    @property
    def reaching(self) -> NDArray[np.bool_]:
        """Whether a plan reaches the goal in a world, with the probability asked for."""
        return self.probability >= self.chance

    @cached_property
    def regret(self) -> NDArray[np.float64]:
        """What a plan misses in a world, beside the best of these plans there: probability lost.

        What lies beyond the chance asked for does not count, so that a plan need not be dear.
        """
        useful = np.minimum(self.probability, self.chance)
        return np.asarray(useful.max(axis=0) - useful)

    @property
    def choice(self) -> int:
        """The plan of least largest regret; of equals the cheapest."""
        rows = zip(self.regret.max(axis=1).round(9), self.cost.mean(axis=1), strict=True)
        ranked = [(*row, k) for k, row in enumerate(rows)]
        return min(ranked)[-1]

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row a plan: worlds in which it reaches the goal, regret, cost."""
        count = self.probability.shape[1]
        dearer = self._dearer()
        rows = []
        for k, name in enumerate(self.names):
            reaching = int(self.reaching[k].sum())
            low, high = wilson(reaching, count)
            rows.append(
                {
                    "plan": name, "worlds": count, "reaching": reaching / count, "low": low,
                    "high": high, "worst_probability": float(self.probability[k].min()),
                    "largest_regret": float(self.regret[k].max()),
                    "mean_regret": float(self.regret[k].mean()),
                    "mean_cost": float(self.cost[k].mean()),
                    "largest_extra_cost": dearer[k],
                    "within_budget": float(self.within[k].mean()),
                }
            )  # fmt: skip
        return pd.DataFrame(rows)

    def _dearer(self) -> list[float]:
        """Return what each plan costs more, at most, than the cheapest that reaches the goal.

        Over the worlds in which it does so itself; missing where it never does.
        """
        reached = np.where(self.reaching, self.cost, np.inf)
        least = reached.min(axis=0)
        found = []
        for k in range(len(self.names)):
            extra = (self.cost[k] - least)[self.reaching[k]]
            found.append(float(extra.max()) if len(extra) else np.nan)
        return found

    @cached_property
    def by_world(self) -> pd.DataFrame:
        """A row a world: its assumptions, then probability and cost of each plan."""
        table = self.worlds.reset_index(names=other_worlds.WORLD)
        for k, name in enumerate(self.names):
            table[f"probability_{name}"] = self.probability[k]
            table[f"cost_{name}"] = self.cost[k]
        return table


def worlds_of(said: Worlds, case: Scenario, seed: int) -> pd.DataFrame:
    """Return worlds: so many drawn, those of a file, or those given.

    Drawn worlds are those of ``cgsim compare --worlds`` for the same number and seed: a plan
    moves nothing that is uncertain.
    """
    if isinstance(said, pd.DataFrame):
        return said
    if isinstance(said, int):
        return other_worlds.draw(other_worlds.uncertain(case), said, seed)
    return other_worlds.load(said, case)


def in_worlds(
    plans: Sequence[tuple[str, Scenario]], worlds: pd.DataFrame, runs: int, seed: int,
    chance: float, budget: Budget, evaluate: Evaluator,
    tick: Callable[[int], None] | None = None,
) -> Robust:  # fmt: skip
    """Run plans in worlds; a plan that stands in the journal is looked up."""
    rows = np.ascontiguousarray(worlds.to_numpy(dtype=np.float64))
    digest = blake2b(rows.tobytes() + " ".join(map(str, worlds.columns)).encode(), digest_size=8)
    names, shares, costs, within = [], [], [], []
    for name, case in plans:
        question = f"{case.hash} {seed} {runs} {digest.hexdigest()}"
        if question not in evaluate.journal:
            evaluate.journal[question] = _walked(case, worlds, runs, seed, evaluate)
        share, spent = (np.asarray(one) for one in evaluate.journal[question])
        names.append(name)
        shares.append(share)
        costs.append(spent.sum(axis=1))
        payers = [dict(zip(case.organisations, one, strict=True)) for one in spent.tolist()]
        within.append(np.array([budget.allows(one) for one in payers]))
        if tick is not None:
            tick(len(worlds) * runs)
    return Robust(
        tuple(names), worlds, runs, chance, np.array(shares), np.array(costs), np.array(within)
    )


def _walked(
    case: Scenario, worlds: pd.DataFrame, runs: int, seed: int, evaluate: Evaluator
) -> list[list[float] | list[list[float]]]:
    """Return of each world the share that reaches the goal, and spending by organisation."""
    table = other_worlds.runs_in(
        case, worlds, runs, seed, outcomes=evaluate.columns(case), workers=evaluate.threads
    )
    reached = evaluate.goal.reached(table).reshape(len(worlds), runs)
    spent = spending(table, case).reshape(len(worlds), runs, -1)
    return [reached.mean(axis=1).tolist(), spent.mean(axis=1).tolist()]
