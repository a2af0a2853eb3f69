"""Scenarios compared on the same luck, as tables, a verdict and figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from .differences import Difference, difference
from .money import EFFECTS, Price, price, spending
from .outcomes import OUTCOMES
from .pairs import Asked, Pairs, paired
from .ranking import Ranking, rankings
from .tables import (
    change_table,
    losers_table,
    lost,
    runs_table,
    series_table,
    state_table,
    transition_table,
)
from .verdict import Verdict, decide

if TYPE_CHECKING:
    import pandas as pd

    from ...ensemble import Progress
    from ...figures.compare import ComparisonPlots
    from ..worlds import Worlds
    from .worlds import InWorlds

TABLES = (
    "outcomes", "ranking", "states", "transitions", "money", "ratios", "losers", "precision",
    "over_time", "changes_over_time", "runs",
)  # fmt: skip
"""Every table of a comparison."""

FIGURES = ("bands", "differences", "states", "money")
"""What `Comparison.plot` can draw."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """Any number of scenarios against the first, pair by pair.

    Attributes
    ----------
    pairs : Pairs
        The runs themselves.
    worlds : InWorlds or None
        The same in many worlds, where that was asked for.
    """

    pairs: Pairs
    worlds: InWorlds | None = None

    def in_worlds(
        self, worlds: Worlds = 200, runs: int = 20, *, single: bool = True,
        threads: int | None = None, progress: Progress | None = None,
    ) -> InWorlds:  # fmt: skip
        """Repeat the comparison in many worlds: does it hold where assumed numbers are others?

        Parameters
        ----------
        worlds : int, path or DataFrame
            How many worlds to draw, or worlds as they are (`compare.worlds.in_worlds`).
        runs : int
            Pairs in each world.
        single : bool
            Whether to move each assumption alone too, which takes longer.
        threads : int, optional
            Threads to use; the numbers do not depend on it.
        progress : callable, optional
            Called with runs done and runs in all.
        """
        from .overturn import overturn_all
        from .worlds import in_worlds

        found = in_worlds(self.pairs, worlds, runs, threads=threads, progress=progress)
        return overturn_all(found, threads=threads, progress=progress) if single else found

    @property
    def names(self) -> tuple[str, ...]:
        """The scenarios as they are called; the first is what the others are compared with."""
        return tuple(one.name for one in self.pairs.every)

    @cached_property
    def differences(self) -> dict[str, dict[str, Difference]]:
        """By scenario and outcome the difference from the first."""
        return {
            other.name: {one.name: difference(self.pairs, other, one) for one in OUTCOMES}
            for other in self.pairs.others
        }

    @cached_property
    def rankings(self) -> dict[str, list[Ranking]]:
        """By scenario the pairs in which it ends better, equal, worse."""
        return {other.name: rankings(self.pairs, other) for other in self.pairs.others}

    @cached_property
    def prices(self) -> dict[str, dict[str, Price]]:
        """By scenario and effect the extra cost held against the extra effect."""
        return {
            other.name: {effect: price(self.pairs, other, effect) for effect in EFFECTS}
            for other in self.pairs.others
        }

    @cached_property
    def spending(self) -> dict[str, list[tuple[str, str, Difference]]]:
        """By scenario what each payer and activity costs more: kind, name, difference."""
        return {other.name: spending(self.pairs, other) for other in self.pairs.others}

    @cached_property
    def verdicts(self) -> dict[str, Verdict]:
        """By scenario the answer, by stated rules."""
        first = self.pairs.first.scenario.hash
        return {
            other.name: decide(
                other.name, other.scenario.hash == first, self.differences[other.name],
                self.rankings[other.name],
            )
            for other in self.pairs.others
        }  # fmt: skip

    def verdict(self, lang: str = "en") -> str:
        """Return the answer in words, a paragraph a scenario.

        Parameters
        ----------
        lang : {"en", "id"}
            Language.
        """
        from .words import verdict_words

        return "\n".join(verdict_words(self, name, lang) for name in self.names[1:])

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """A row a scenario and outcome: means, mean and median difference with 95 % and 80 %
        intervals, pairs better, equal, worse, and the interval without pairing.
        """
        import pandas as pd

        rows = []
        for found in self.differences.values():
            for one in found.values():
                told = asdict(one)
                told.pop("outcome")
                rows.append(
                    {
                        "scenario": told.pop("other"), "outcome": one.outcome.name,
                        "unit": one.outcome.unit, **told, "judgement": one.judgement,
                    }
                )  # fmt: skip
        return pd.DataFrame(rows)

    @cached_property
    def precision(self) -> pd.DataFrame:
        """What pairing gains: for each outcome the runs that would be needed without it, and
        pairs and runs for an interval as narrow as ± the smallest difference that counts.
        """
        import pandas as pd

        rows = []
        for name, found in self.differences.items():
            for one in found.values():
                least = one.outcome.smallest
                needed = (None, None) if least is None else one.pairs_for(least)
                rows.append(
                    {
                        "scenario": name, "outcome": one.outcome.name, "pairs": one.pairs,
                        "spread": one.spread, "unpaired_spread": one.unpaired_spread,
                        "runs_instead": one.runs_instead, "half_width": least,
                        "pairs_needed": needed[0], "runs_needed": needed[1],
                    }
                )  # fmt: skip
        whole = dict.fromkeys(("pairs_needed", "runs_needed"), "Int64")
        return pd.DataFrame(rows).astype(whole)

    @cached_property
    def ranking(self) -> pd.DataFrame:
        """Pairs in which each scenario ends better, equal, worse: by state with each pair of
        cut-offs, and by the time to it where the state is the same.
        """
        import pandas as pd

        return _scenario_first(
            pd.DataFrame([asdict(one) for found in self.rankings.values() for one in found])
        )

    @cached_property
    def states(self) -> pd.DataFrame:
        """Share of the runs of each scenario that end in each state, with each cut-offs."""
        return state_table(self.pairs)

    @cached_property
    def transitions(self) -> pd.DataFrame:
        """Pairs by the state in which the first ends and that in which the other does."""
        return transition_table(self.pairs)

    @cached_property
    def money(self) -> pd.DataFrame:
        """What each payer and each activity costs more, Rp million a run."""
        import pandas as pd

        names = ("before", "after", "mean", "low", "high", "low_80", "high_80", "judgement")
        return pd.DataFrame(
            [
                {"scenario": scenario, "kind": kind, "name": name}
                | {column: getattr(one, column) for column in names}
                for scenario, found in self.spending.items()
                for kind, name, one in found
            ]
        )

    @cached_property
    def ratios(self) -> pd.DataFrame:
        """Extra cost for each additional artisan-year and each run more that ends dynamic."""
        import pandas as pd

        rows = [
            {**asdict(one), "quadrant": one.quadrant}
            for found in self.prices.values()
            for one in found.values()
        ]
        return _scenario_first(pd.DataFrame(rows))

    @cached_property
    def losers(self) -> pd.DataFrame:
        """What clearly gets worse, and who clearly pays more."""
        return losers_table(self.lost)

    @cached_property
    def lost(self) -> dict[str, list[tuple[str, str, Difference]]]:
        """By scenario what clearly gets worse and who clearly pays more: kind, name, difference."""
        return {name: lost(found, self.spending[name]) for name, found in self.differences.items()}

    @cached_property
    def over_time(self) -> pd.DataFrame:
        """A row a scenario, quantity and month: median, half of the runs, nine in ten."""
        return series_table(self.pairs)

    @cached_property
    def changes_over_time(self) -> pd.DataFrame:
        """A row a scenario, quantity and month: the paired difference, mean with 95 % interval,
        median, half of the pairs, nine in ten.
        """
        return change_table(self.pairs)

    @cached_property
    def runs(self) -> pd.DataFrame:
        """A row a scenario and run: end states and every outcome."""
        return runs_table(self.pairs)

    @cached_property
    def plot(self) -> ComparisonPlots:
        """Figures: ``plot.bands()``, ``plot.differences()``, ``plot.states()``,
        ``plot.money()``.
        """
        from ...figures.compare import ComparisonPlots

        return ComparisonPlots(self)


def _scenario_first(table: pd.DataFrame) -> pd.DataFrame:
    return table.rename(columns={"other": "scenario"})


def compare(
    scenarios: Asked,
    runs: int = 500,
    seed: int = 1,
    *,
    worlds: Worlds | None = None,
    world_runs: int = 20,
    threads: int | None = None,
    progress: Progress | None = None,
    places: Sequence[str] = ("scenarios", "runs"),
) -> Comparison:
    """Compare scenarios with the first of them, run r with run r on the same luck.

    Parameters
    ----------
    scenarios : mapping or sequence
        Scenarios, or their names or paths; in a mapping under the names to call them by.
    runs : int
        Pairs.
    seed : int
        Their luck.
    worlds : int, path or DataFrame, optional
        Worlds to repeat it in (`Comparison.in_worlds`): how many to draw, or which.
    world_runs : int
        Pairs in each world.
    threads : int, optional
        Threads to use; the numbers do not depend on it.
    progress : callable, optional
        Called with runs done and runs in all.
    places : sequence of str
        What to blame for scenarios that cannot be compared, and for too many runs.

    Raises
    ------
    ScenarioError
        For fewer than two scenarios, scenarios of different people, and too many runs.

    Examples
    --------
    >>> base = "sangatta-utara"
    >>> found = compare({"as it is": base, "again": base}, runs=20)
    >>> found.verdict()
    'No difference: “again” and “as it is” are the same world.'
    """
    found = Comparison(
        paired(scenarios, runs, seed, threads=threads, progress=progress, places=places)
    )
    if worlds is None:
        return found
    told = found.in_worlds(worlds, world_runs, threads=threads, progress=progress)
    return replace(found, worlds=told)
