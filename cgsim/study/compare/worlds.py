"""A comparison repeated in many worlds: does it hold where assumed numbers are others?

A world is a scenario with other values for the numbers that nobody has measured (`study.worlds`).
The same pairs of runs, on the same luck, are walked in each of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..intervals import wilson
from . import worlds_bands
from .box import Box, find_box
from .pairs import Outcomes, Pairs
from .worlds_ranks import ranks
from .worlds_table import Worlds, check_size, table_of
from .worlds_verdict import VERDICTS, Verdict, error_of, verdicts
from .worlds_walk import CHIEF, CHIEF_BY_NAME, COST, OVER_TIME, WorldRuns, differences, walk_worlds

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from ...ensemble import Progress
    from .overturn import Overturned

MAIN = CHIEF[0].name
"""What sentences, box and overturning go by: it moves before a label does."""

WORLDS, WORLD_RUNS = 200, 20


@dataclass(frozen=True, eq=False)
class InWorlds:
    """A comparison in many worlds.

    Attributes
    ----------
    pairs : Pairs
        The comparison in the world as set: the reference.
    worlds : DataFrame
        A row a world, a column an assumption under its path.
    runs : int
        Pairs in each world; run r has the luck of run r of the reference.
    drawn : bool
        Whether the worlds were drawn here; False where they were given.
    every : tuple of WorldRuns
        What each scenario came to, in the order of ``pairs.every``.
    overturned : dict
        By scenario what single assumptions do (`overturn.Overturned`), where that was asked for.
    """

    pairs: Pairs
    worlds: pd.DataFrame
    runs: int
    drawn: bool
    every: tuple[WorldRuns, ...]
    overturned: dict[str, Overturned] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the scenarios that are compared with the first."""
        return tuple(one.name for one in self.pairs.others)

    def differences(self, name: str, outcome: str) -> NDArray[np.float64]:
        """Return paired differences to the first scenario, shape (worlds, runs).

        Parameters
        ----------
        name : str
            One of `names`.
        outcome : str
            One of `CHIEF` or another outcome of the comparison.
        """
        place = 1 + self.names.index(name)
        return differences(outcome, self.every[0].values, self.every[place].values)

    def reference(self, name: str, outcome: str) -> NDArray[np.float64]:
        """Return paired differences to the first scenario in the world as set, shape (runs,)."""
        return reference_of(self.pairs, self._other(name), outcome)

    def conclusion(self, name: str, outcome: str) -> Verdict:
        """Return the verdict in the world as set."""
        one = CHIEF_BY_NAME[outcome]
        pairs = self.reference(name, outcome)[None, :]
        return VERDICTS[int(verdicts(pairs, one.kind, one.better)[0])]

    def fails(self, name: str, outcome: str = MAIN) -> NDArray[np.bool_]:
        """Return in which worlds the conclusion fails: the mean difference has not its sign.

        Luck moves a mean either way, so it blurs this and does not bend it; "cannot be told
        with so few runs" is no failure.
        """
        return self._sides(name, outcome) <= 0.0

    def _sides(self, name: str, outcome: str) -> NDArray[np.float64]:
        """Return mean differences, positive on the side of the conclusion."""
        mean = self.differences(name, outcome).mean(axis=1)
        side = np.sign(self.reference(name, outcome).mean())
        sides: NDArray[np.float64] = np.nan_to_num(mean * side)
        return sides

    def _other(self, name: str) -> Outcomes:
        return self.pairs.others[self.names.index(name)]

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row a scenario, outcome and world: mean difference, its error, the verdict."""
        parts = []
        for name in self.names:
            for one in CHIEF:
                pairs = self.differences(name, one.name)
                codes = verdicts(pairs, one.kind, one.better)
                parts.append(
                    pd.DataFrame(
                        {
                            "scenario": name, "outcome": one.name, "world": self.worlds.index,
                            "difference": pairs.mean(axis=1), "error": error_of(pairs),
                            "verdict": [VERDICTS[k] for k in codes],
                        }
                    )
                )  # fmt: skip
        return pd.concat(parts, ignore_index=True)

    @cached_property
    def verdicts(self) -> pd.DataFrame:
        """A row a scenario and outcome: in how many worlds it is better, and how it spreads.

        Columns: `reference` and `conclusion` (mean difference and verdict in the world as set);
        `better`, `same`, `untold`, `worse` (worlds); `share_better`, `share_worse` with Wilson's
        95 % intervals; `mean_better` (share of worlds whose mean difference is on the better
        side, told or not); `middle` (median over worlds of the mean difference); the bands of
        `worlds_bands.Bands`; `luck_sd`, `ignorance_sd` and `ignorance`, its share of the
        variance, with its interval. A cost per artisan-year has no bands and no shares: where
        hardly anybody works it is as large as you like.
        """
        rows = [self._row(name, one.name) for name in self.names for one in CHIEF]
        return pd.DataFrame(rows)

    def _row(self, name: str, outcome: str) -> dict[str, Any]:
        one, count = CHIEF_BY_NAME[outcome], len(self.worlds)
        pairs = self.differences(name, outcome)
        codes, mean = verdicts(pairs, one.kind, one.better), pairs.mean(axis=1)
        told: dict[str, int] = {
            verdict: int((codes == k).sum()) for k, verdict in enumerate(VERDICTS)
        }
        row: dict[str, Any] = {
            "scenario": name, "outcome": outcome,
            "reference": float(self.reference(name, outcome).mean()),
            "conclusion": self.conclusion(name, outcome), **told,
        }  # fmt: skip
        for verdict in ("better", "worse"):
            low, high = wilson(told[verdict], count)
            row |= {f"share_{verdict}": told[verdict] / count,
                    f"{verdict}_low": low, f"{verdict}_high": high}  # fmt: skip
        known = mean[np.isfinite(mean)]
        row |= {"mean_better": float((np.nan_to_num(mean) * one.better > 0.0).mean()),
                "middle": float(np.median(known)) if len(known) else float("nan")}  # fmt: skip
        if outcome == COST:
            return row
        parts = worlds_bands.split(pairs)
        low, high = worlds_bands.share_interval(pairs, self.pairs.seed)
        row |= worlds_bands.bands(pairs, self.reference(name, outcome)).named()
        return row | {
            "luck_sd": float(np.sqrt(parts.luck)), "ignorance_sd": float(np.sqrt(parts.ignorance)),
            "ignorance": parts.share, "ignorance_share_low": low, "ignorance_share_high": high,
        }  # fmt: skip

    @cached_property
    def over_time(self) -> pd.DataFrame:
        """A row a scenario, quantity and whole year: the same bands of the difference."""
        rows = []
        for place, other in enumerate(self.pairs.others, start=1):
            for quantity in OVER_TIME if self.every[0].series else ():
                first, second = (self.every[k].series[quantity] for k in (0, place))
                as_set = other.series[quantity] - self.pairs.first.series[quantity]
                for year in range(first.shape[-1]):
                    pairs = second[:, :, year] - first[:, :, year]
                    found = worlds_bands.bands(pairs, as_set[:, 12 * year + 11])
                    row = {"scenario": other.name, "outcome": quantity,
                           "after_months": 12 * (year + 1)}  # fmt: skip
                    share = worlds_bands.split(pairs).share
                    rows.append({**row, **found.named(), "ignorance": share})
        return pd.DataFrame(rows)

    def sentences(self, name: str, lang: str = "en") -> list[str]:
        """Return in words how far the comparison holds, the answer first."""
        from .worlds_words import sentences

        return sentences(self, name, lang)

    def plot(self, name: str, lang: str = "en") -> Figure:
        """Draw in how many worlds a scenario is better, for each outcome."""
        from ...figures.compare_worlds import draw_verdicts

        return draw_verdicts(self, name, lang)

    def ranks(self, name: str, outcome: str = MAIN) -> pd.DataFrame:
        """Return the assumptions, the one that moves the difference most first.

        Columns as `worlds_ranks.ranks` returns them.
        """
        mean = self.differences(name, outcome).mean(axis=1)
        return ranks(self.worlds, mean)

    def box(self, name: str, outcome: str = MAIN) -> Box | None:
        """Return the box of assumptions in which the conclusion fails; None where there is none.

        There is none either where nothing is concluded in the world as set.
        """
        key = name, outcome
        if key not in self._boxes:
            found = None
            if self.conclusion(name, outcome) in ("better", "worse"):
                values = self.worlds.to_numpy(dtype=np.float64)
                paths = [str(path) for path in self.worlds.columns]
                found = find_box(values, self.fails(name, outcome), paths, self.pairs.seed)
            self._boxes[key] = found
        return self._boxes[key]

    @cached_property
    def _boxes(self) -> dict[tuple[str, str], Box | None]:
        return {}


def reference_of(pairs: Pairs, other: Outcomes, outcome: str) -> NDArray[np.float64]:
    """Return paired differences to the first scenario in the world as set, shape (runs,)."""
    return differences(outcome, pairs.first.values, other.values)


def in_worlds(
    pairs: Pairs, worlds: Worlds = WORLDS, runs: int = WORLD_RUNS, *,
    threads: int | None = None, progress: Progress | None = None,
    places: Sequence[str] = ("worlds", "world_runs"),
) -> InWorlds:  # fmt: skip
    """Repeat a comparison in many worlds.

    Parameters
    ----------
    pairs : Pairs
        The comparison in the world as set.
    worlds : int, path or DataFrame
        How many worlds to draw: a Latin hypercube over the spreads of all numbers that are
        assumed, that no one decides and that the scenarios share; sourced numbers stay. Or
        worlds as they are: a file (CSV, Parquet) or table with a row a world and a column a
        lever or constant under its path.
    runs : int
        Pairs in each world.
    threads : int, optional
        Threads to use; the numbers do not depend on it.
    progress : callable, optional
        Called with runs done and runs in all.
    places : sequence of str
        What to blame for faulty worlds and for too many runs.

    Raises
    ------
    ScenarioError
        For worlds that cannot be read, that set what the scenarios differ in, or that are too
        many.

    Examples
    --------
    >>> from cgsim.study.compare import paired
    >>> pairs = paired(["sangatta-utara", "nobody-monitors"], runs=10, seed=1)
    >>> found = in_worlds(pairs, worlds=12, runs=4)
    >>> found.verdicts.set_index("outcome").loc["cluster_index", "conclusion"]
    'worse'
    >>> found.every[0].values["producers"].shape
    (12, 4)
    """
    if isinstance(worlds, int):
        check_size(worlds, runs, pairs, places[1])
    table, drawn = table_of(pairs, worlds, places[0])
    check_size(len(table), runs, pairs, places[1])
    total, found = len(table) * runs * len(pairs.every), []
    for k, one in enumerate(pairs.every):
        base = k * len(table) * runs
        told = None if progress is None else _shifted(progress, base, total)
        found.append(
            walk_worlds(one.scenario, table, runs, pairs.seed, threads=threads, progress=told)
        )
    return InWorlds(pairs, table, runs, drawn, tuple(found))


def _shifted(progress: Progress, base: int, total: int) -> Progress:
    return lambda done, _: progress(base + done, total)
