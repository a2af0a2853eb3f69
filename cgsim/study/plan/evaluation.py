"""One plan on one block of luck: how often it reaches the goal, and what it costs whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ...scenario import Scenario
from ..intervals import wilson
from ..simulate import simulate
from .goal import Goal
from .journal import Journal

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

Z95 = 1.959963984540054


class Luck(NamedTuple):
    """A block of runs of one seed, the same for all that is compared on it."""

    seed: int
    runs: int


@dataclass(frozen=True)
class Evaluated:
    """What a plan came to.

    Attributes
    ----------
    reached, runs : int
        How many of how many runs reached the goal.
    spent : dict
        Expected spending by organisation, Rp million a year.
    spread : float
        Standard deviation between runs of what all spend, Rp million a year.
    nearness : float
        How near the runs come to the goal, mean, in [0, 1].
    years : float
        Length of a run.
    """

    reached: int
    runs: int
    spent: dict[str, float]
    spread: float
    nearness: float
    years: float

    @property
    def probability(self) -> float:
        """Share of runs that reached the goal."""
        return self.reached / self.runs

    @property
    def interval(self) -> tuple[float, float]:
        """Its 95 % interval, after Wilson."""
        return wilson(self.reached, self.runs)

    @property
    def cost(self) -> float:
        """Expected spending of all, Rp million a year."""
        return sum(self.spent.values())

    @property
    def cost_interval(self) -> tuple[float, float]:
        """The 95 % interval of `cost`: of the mean, not of single runs."""
        half = Z95 * self.spread / self.runs**0.5
        return self.cost - half, self.cost + half

    @property
    def whole_cost(self) -> float:
        """Expected spending of all over the whole horizon, Rp million."""
        return self.cost * self.years


class Evaluator:
    """Evaluates scenarios, each question once.

    Parameters
    ----------
    goal : Goal
    journal : Journal
    threads : int, optional
    tick : callable, optional
        Called with the runs of each evaluation that is done.
    """

    def __init__(
        self, goal: Goal, journal: Journal, threads: int | None = None,
        tick: Callable[[int], None] | None = None,
    ) -> None:  # fmt: skip
        self.goal, self.journal, self.threads, self.tick = goal, journal, threads, tick

    def __call__(self, case: Scenario, luck: Luck) -> Evaluated:
        """Evaluate a scenario on a block of luck, or look up what it came to."""
        question = f"{case.hash} {luck.seed} {luck.runs}"
        if question not in self.journal:
            table = self.runs(case, luck)
            reached, spent = self.goal.reached(table), spending(table, case)
            near, total = self.goal.nearness(table), spent.sum(axis=1)
            spread = float(total.std(ddof=1)) if luck.runs > 1 else 0.0
            self.journal[question] = [int(reached.sum()), spent.mean(axis=0).tolist(), spread, near]
        if self.tick is not None:
            self.tick(luck.runs)
        hits, means, spread, near = self.journal[question]
        payers = dict(zip(case.organisations, means, strict=True))
        return Evaluated(hits, luck.runs, payers, spread, near, case.months / 12)

    def by_run(self, case: Scenario, luck: Luck) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
        """Return of every run whether it reached the goal, and spending by organisation.

        Returns
        -------
        array, shape (runs,)
        array, shape (runs, organisations)
            Rp million a year.
        """
        table = self.runs(case, luck)
        return self.goal.reached(table), spending(table, case)

    def runs(self, case: Scenario, luck: Luck) -> pd.DataFrame:
        """Return the columns of `runs` that an evaluation needs."""
        return simulate(
            case, luck.runs, luck.seed, months=False, outcomes=self.columns(case),
            threads=self.threads,
        ).runs  # fmt: skip

    def columns(self, case: Scenario) -> list[str]:
        """Return the names of the columns that an evaluation needs."""
        return [*self.goal.columns, *(f"spent_{key}" for key in case.organisations)]


def spending(table: pd.DataFrame, case: Scenario) -> NDArray[np.float64]:
    """Return spending by run and organisation, Rp million a year."""
    columns = [f"spent_{key}" for key in case.organisations]
    return table[columns].to_numpy(dtype=float) * (12 / case.months)
