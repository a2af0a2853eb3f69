"""Runs of several scenarios on the same luck: run r of one beside run r of the other."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from ...scenario import Scenario
from ..varied import fault
from .outcomes import COLUMNS, values_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ...ensemble import Progress

SERIES = ("producers", "cluster_index", "mean_income")
"""What is kept of every month, to be drawn over time."""

MOST_ROWS = 40_000_000
"""Runs × months of all scenarios that are held in memory: about a gigabyte."""

MOST_SCENARIOS = 12

Asked = (
    Mapping[str, "Scenario | str | os.PathLike[str]"]
    | Sequence["Scenario | str | os.PathLike[str]"]
)
"""Scenarios, names or paths; in a mapping under the names by which they are called."""


@dataclass(frozen=True, eq=False)
class Outcomes:
    """What one scenario came to, run by run.

    Attributes
    ----------
    name : str
        How it is called in this comparison.
    scenario : Scenario
    seed : int
        Run r of a seed has the same luck in every scenario.
    values : mapping
        By outcome (`outcomes.OUTCOMES`, then ``spent_<organisation>`` and
        ``spent_on_<activity>``) an array of shape (runs,).
    states : array, shape (runs, 3)
        State after the last month (0 inactive, 1 active, 2 dynamic) with the cut-offs as set,
        both 0.05 lower, both 0.05 higher.
    series : mapping
        By quantity of `SERIES` an array of shape (runs, months); empty if not asked for.
    """

    name: str
    scenario: Scenario
    seed: int
    values: Mapping[str, NDArray[np.float64]]
    states: NDArray[np.int8]
    series: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)

    @property
    def runs(self) -> int:
        """How many runs."""
        return len(self.states)

    def value(self, outcome: str) -> NDArray[np.float64]:
        """Return an outcome of each run; 0 for the spending of an organisation not there."""
        if outcome not in self.values and outcome.startswith("spent_"):
            return np.zeros(self.runs)
        return self.values[outcome]


@dataclass(frozen=True, eq=False)
class Pairs:
    """Several scenarios on the same luck; the first is what the others are compared with.

    Attributes
    ----------
    every : tuple of Outcomes
    runs, seed, months : int
        Pairs, their luck, and the length of each run.
    shortened : tuple of str
        Scenarios that were cut to the length of the shortest.
    """

    every: tuple[Outcomes, ...]
    runs: int
    seed: int
    months: int
    shortened: tuple[str, ...] = ()

    @property
    def first(self) -> Outcomes:
        """What the others are compared with."""
        return self.every[0]

    @property
    def others(self) -> tuple[Outcomes, ...]:
        """What is compared with the first."""
        return self.every[1:]

    @property
    def payers(self) -> tuple[str, ...]:
        """Keys of all organisations that any scenario has."""
        keys = [key for one in self.every for key in one.scenario.organisations]
        return tuple(dict.fromkeys(keys))

    def difference(self, other: Outcomes, outcome: str) -> NDArray[np.float64]:
        """Return, pair by pair, by how much an outcome is more than in the first scenario."""
        return other.value(outcome) - self.first.value(outcome)


def paired(
    asked: Asked, runs: int, seed: int, *, series: bool = True, threads: int | None = None,
    progress: Progress | None = None, places: Sequence[str] = ("scenarios", "runs"),
) -> Pairs:  # fmt: skip
    """Run every scenario on the same luck.

    Parameters
    ----------
    asked : mapping or sequence
        Two scenarios or more; the first is what the others are compared with.
    runs, seed : int
        Pairs, and their luck.
    series : bool
        Whether to keep what is drawn over time.
    threads : int, optional
        Threads to use; the numbers do not depend on it.
    progress : callable, optional
        Called with runs done and runs in all.
    places : sequence of str
        What to blame for scenarios that cannot be compared, and for too many runs.

    Raises
    ------
    ScenarioError
        For scenarios that cannot be compared, and for too many runs.
    """
    from ..simulate import check_numbers

    check_numbers(runs, seed, 0)
    cases = named(asked, places[0])
    months = min(case.months for case in cases.values())
    _check(cases, months, runs, places)
    shortened = tuple(name for name, case in cases.items() if case.months > months)
    total, found = runs * len(cases), []

    def told(base: int) -> Callable[[int, int], None] | None:
        return None if progress is None else lambda done, _: progress(base + done, total)

    for k, (name, case) in enumerate(cases.items()):
        cut = shorter(case, months)
        found.append(walked(name, cut, runs, seed, series, threads, told(k * runs)))
    return Pairs(tuple(found), runs, seed, months, shortened)


def named(asked: Asked, place: str = "scenarios") -> dict[str, Scenario]:
    """Return scenarios under the names by which they are called, each name once.

    Examples
    --------
    >>> list(named(["sangatta-utara", "nobody-monitors", "nobody-monitors"]))
    ['sangatta-utara', 'nobody-monitors', 'nobody-monitors (2)']
    """
    if isinstance(asked, Mapping):
        found = {str(name): _loaded(case) for name, case in asked.items()}
    else:
        found = {}
        for one in [asked] if isinstance(asked, str | os.PathLike | Scenario) else asked:
            case, again = _loaded(one), 2
            name = case.name
            while name in found:
                name, again = f"{case.name} ({again})", again + 1
            found[name] = case
    check_number(len(found), place)
    return found


def check_number(many: int, place: str) -> None:
    """Refuse fewer than two scenarios, and more than can be read side by side."""
    if not 2 <= many <= MOST_SCENARIOS:
        raise fault(place, "compare.error.number", n=many, most=MOST_SCENARIOS)


def _loaded(one: Scenario | str | os.PathLike[str]) -> Scenario:
    return one if isinstance(one, Scenario) else Scenario.load(one)


def _check(cases: Mapping[str, Scenario], months: int, runs: int, places: Sequence[str]) -> None:
    """Refuse scenarios of different people, and more runs than memory holds."""
    (first, base), *rest = cases.items()
    for name, case in rest:
        people = [one.value("community.people") for one in (base, case)]
        if people[0] != people[1]:
            told = {"first": first, "many": people[0], "second": name, "others": people[1]}
            raise fault(places[0], "compare.error.people", **told)
    rows = months * len(cases)
    if runs * rows > MOST_ROWS:
        most = f"{MOST_ROWS // rows:_}".replace("_", " ")
        raise fault(places[1], "compare.error.many", most=most)


def shorter(case: Scenario, months: int) -> Scenario:
    """Return a scenario's first months: the same world, walked less far."""
    if case.months <= months:
        return case
    own = case.to_dict().get("interventions", [])
    kept = [one for one in own if "month" not in one or one["month"] < months]
    levers: dict[str, Any] = {"interventions": kept} if own else {}
    return case.replace(levers, months=months)


def walked(
    name: str, case: Scenario, runs: int, seed: int, series: bool = True,
    threads: int | None = None, progress: Progress | None = None, first_run: int = 0,
) -> Outcomes:  # fmt: skip
    """Run one scenario and keep what a comparison looks at."""
    from ...ensemble import walk_runs
    from ...layout import lay_out
    from ...results import run_cells, run_columns, runs_table

    wanted = [*COLUMNS, *(f"spent_{key}" for key in case.organisations)]
    columns, cells = run_columns(case, wanted), lay_out(case).cells
    monthly = np.array([cells.cluster(one) for one in SERIES], dtype=np.int64) if series else None
    ensemble = walk_runs(
        case, runs, seed, run_cells(case, columns), monthly, first_run=first_run,
        threads=threads, progress=progress,
    )  # fmt: skip
    table = runs_table(case, seed, columns, ensemble.runs, ensemble.states, first_run)
    kept = {one: ensemble.months[:, :, k] for k, one in enumerate(SERIES)} if series else {}
    states = ensemble.states[:, -1, :].astype(np.int8)
    return Outcomes(name, case, seed, values_of(table, case.months), states, kept)


__all__ = [
    "SERIES",
    "Asked",
    "Outcomes",
    "Pairs",
    "named",
    "paired",
    "shorter",
    "walked",
]
