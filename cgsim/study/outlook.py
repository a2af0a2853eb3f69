"""Does the end of one scenario hold in other worlds, and which assumption decides?

Worlds differ in every number that nobody has measured (`worlds.uncertain`); the same luck is
used in each, so that what differs between worlds is not luck.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..world.shape import STATES
from .summary import Share, share_of
from .worlds import WORLD, Worlds, runs_in, table_of

if TYPE_CHECKING:
    from ..scenario import Scenario

RUNS = 40
"""Runs in each world."""

FEWEST = 20
"""Worlds from which on it is told which assumption decides."""


@dataclass(frozen=True)
class Outlook:
    """Where one scenario ends in many worlds.

    Attributes
    ----------
    scenario : Scenario
    runs, seed : int
        Runs in each world; their luck, which also draws the worlds.
    drawn : DataFrame
        A row a world, a column an assumption.
    table : DataFrame
        A row a world: the share of its runs in each state after the last month, the
        commonest state, the mean of producers.
    state : str
        The state in which most runs end with every number as it is.
    given : bool
        Whether the worlds were given, not drawn here.
    """

    scenario: Scenario
    runs: int
    seed: int
    drawn: pd.DataFrame
    table: pd.DataFrame
    state: str
    given: bool = False

    @property
    def holding(self) -> Share:
        """Share of worlds in which that state is the commonest too."""
        return share_of(int((self.table["commonest"] == self.state).sum()), len(self.table))

    def band(self, column: str) -> tuple[float, float]:
        """Return the ends between which nine in ten worlds lie."""
        low, high = np.quantile(self.table[column].to_numpy(dtype=float), (0.05, 0.95))
        return float(low), float(high)

    def leading(self, column: str) -> pd.DataFrame:
        """Return the assumptions that move a column beyond chance, the strongest first.

        Spearman's rank correlation over worlds, tested after Bonferroni: it sees what goes one
        way, not what goes up and down again.

        Returns
        -------
        DataFrame
            ``path, rho``; empty where no assumption stands out.
        """
        from .compare.worlds_ranks import ranks

        found = ranks(self.drawn, self.table[column].to_numpy(dtype=float))
        told = found[found["told"] & (len(self.table) >= FEWEST)].reset_index(drop=True)
        return told[["path", "correlation"]].rename(columns={"correlation": "rho"})


def outlook(
    case: Scenario, state: str, worlds: Worlds, seed: int = 1, *, runs: int = RUNS,
    threads: int | None = None, progress: Callable[[int, int], None] | None = None,
    place: str = "worlds",
) -> Outlook:  # fmt: skip
    """Run a scenario in worlds, drawn over every number that nobody has measured or given.

    Parameters
    ----------
    state : str
        The state in which most runs end with every number as it is.
    worlds : int, path or DataFrame
        How many to draw, or which.
    runs : int
        Runs in each.
    place : str
        What to blame for worlds that cannot be.

    Examples
    --------
    >>> from cgsim import Scenario
    >>> found = outlook(Scenario.load("sangatta-utara"), "active", 4, runs=2)
    >>> found.table.shape, 0.0 <= found.holding.share <= 1.0
    ((4, 5), True)
    """
    drawn = table_of(worlds, case, seed, place)
    table = runs_in(
        case, drawn, runs, seed, outcomes=("end_state", "producers"), workers=threads,
        progress=progress,
    )  # fmt: skip
    by_world = table.groupby(WORLD, sort=True)
    shares = {
        name: (table["end_state"] == name).groupby(table[WORLD], sort=True).mean()
        for name in STATES
    }
    ends = pd.DataFrame(shares)
    ends["commonest"] = ends.idxmax(axis=1)
    ends["producers"] = by_world["producers"].mean()
    return Outlook(case, runs, seed, drawn, ends, state, not isinstance(worlds, int))
