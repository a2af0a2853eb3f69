"""A chunk of a sweep: from its number alone to the bytes of its files.

A chunk's rows are the runs first … last−1 of the sweep, counted point by point, replicate by
replicate. The scenario of a point is the sweep's scenario with the levers' cells written over:
the same numbers as `Scenario.replace` gives, without checking a whole scenario at each point.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from ...ensemble import Wanted, blank, kernel
from ...errors import Message, ScenarioError, say
from ...language import languages
from ...layout import lay_out
from ...parameters import BY_PATH, POLICY
from ...records import Records, make_records
from ...results import month_cells, months_table, run_cells, run_columns, runs_table
from ...scenario import Scenario, shown
from .axes import LUCK
from .spec import Spec
from .spec_axes import spelt_out

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHAPING = ("people", "group_size")
"""Levers that decide how large a world is: it is laid out anew where they are varied."""

MISSING = ("months_to_active", "months_to_dynamic")
"""Outcomes that may be missing."""


class Failure(NamedTuple):
    """A run that gave no row: its point, its replicate and why, by language."""

    point: int
    run: int
    why: dict[str, str]


@dataclass(frozen=True)
class Chunk:
    """What a chunk came to: a row a run, a row a run and month if asked for, and failures."""

    runs: pd.DataFrame
    months: pd.DataFrame | None
    failures: tuple[Failure, ...] = ()


@dataclass
class Bench:
    """Where one thread works through chunks, one after another.

    Parameters
    ----------
    spec : Spec
    stop : array of one int
        Set to 1 to stop all work at the end of a run.
    """

    spec: Spec
    stop: NDArray[np.int64] = field(default_factory=lambda: np.zeros(1, np.int64))
    _worlds: dict[tuple[float, ...], Records] = field(default_factory=dict)

    @cached_property
    def columns(self) -> list[str]:
        """Numeric columns of the table of runs."""
        case = self.spec.scenario
        return run_columns(case, list(self.spec.outcomes) or None)

    @cached_property
    def _run_cells(self) -> NDArray[np.int64]:
        return run_cells(self.spec.scenario, self.columns)

    @cached_property
    def _month_cells(self) -> NDArray[np.int64]:
        every = month_cells(self.spec.scenario)
        return every if self.spec.months else every[:0]

    @cached_property
    def _cells(self) -> list[list[int]]:
        """The cells that each axis writes; none for luck."""
        return [_cells_of(axis.path, self.spec.scenario) for axis in self.spec.axes]

    @cached_property
    def _shaping(self) -> list[tuple[int, str]]:
        """Which axes decide how large a world is."""
        found = []
        for k, axis in enumerate(self.spec.axes):
            if axis.parameter is not None and axis.parameter.name in SHAPING:
                found.append((k, axis.path))
        return found

    def bounds(self, chunk: int) -> tuple[int, int]:
        """Return the first run of a chunk and the one after its last."""
        first = chunk * self.spec.chunk
        return first, min(first + self.spec.chunk, self.spec.simulations)

    def work(self, chunk: int) -> Chunk:
        """Walk a chunk's runs.

        Raises
        ------
        Stopped
            If `stop` was set meanwhile.
        """
        return self.walk(*self.bounds(chunk))

    def walk(self, first: int, last: int) -> Chunk:
        """Walk runs first … last−1 of the sweep."""
        spec = self.spec
        number = np.arange(first, last)
        point, replicate = np.divmod(number, spec.runs)
        rows = spec.rows.rows(int(point[0]), int(point[-1]) + 1)
        wanted = self._wanted(last - first)
        failed: dict[int, dict[str, str]] = {}
        for place, values in enumerate(rows, start=int(point[0])):
            span = slice(max(place * spec.runs, first) - first,
                         min((place + 1) * spec.runs, last) - first)  # fmt: skip
            self._walk_point(values, replicate, wanted, span, failed)
        if self.stop[0]:
            raise Stopped
        return self._tables(point, replicate, rows[point - point[0]], wanted, failed)

    def _wanted(self, runs: int) -> Wanted:
        length, months = self.spec.scenario.months, self._month_cells
        each = length if len(months) else 0
        nothing = np.zeros(0, np.int64)
        return blank(self._run_cells, months, nothing, runs, each, length // 12, self.stop)

    def _walk_point(
        self, values: NDArray[np.float64], replicate: NDArray[np.int64], wanted: Wanted,
        span: slice, failed: dict[int, dict[str, str]],
    ) -> None:  # fmt: skip
        """Walk a point's runs; where one of them fails, each by itself, and note which do."""
        try:
            self._walk(values, replicate[span], wanted, span)
        except (ValueError, ArithmeticError) as wrong:
            if span.stop - span.start == 1:
                failed[span.start] = _told(wrong)
                return
            for k in range(span.start, span.stop):
                self._walk_point(values, replicate, wanted, slice(k, k + 1), failed)

    def _walk(
        self, values: NDArray[np.float64], replicate: NDArray[np.int64], wanted: Wanted, span: slice
    ) -> None:
        records = self._world(values)
        start = 0
        for cells, axis, value in zip(self._cells, self.spec.axes, values.tolist(), strict=True):
            records.start[cells] = value
            start += int(value) if axis.path == LUCK else 0
        part = wanted._replace(
            runs=wanted.runs[span],
            states=wanted.states[span],
            months=wanted.months[span],
            years=wanted.years[span],
        )
        first = start + int(replicate[0])
        months = self.spec.scenario.months
        kernel()(first, first + len(replicate), 0, months, self.spec.seed, records, part)

    def _world(self, values: NDArray[np.float64]) -> Records:
        """Return records of a point's size, made once for each size.

        Raises
        ------
        ValueError
            For a size that cannot be.
        """
        key = tuple(float(values[k]) for k, _ in self._shaping)
        if key not in self._worlds:
            case = self.spec.scenario
            if key:
                case = _of_size(case, dict(zip((p for _, p in self._shaping), key, strict=True)))
            if len(self._worlds) > 64:
                self._worlds.clear()
            self._worlds[key] = make_records(case)
        return self._worlds[key]

    def _tables(
        self, point: NDArray[np.int64], replicate: NDArray[np.int64], values: NDArray[np.float64],
        wanted: Wanted, failed: dict[int, dict[str, str]],
    ) -> Chunk:  # fmt: skip
        astray = self._astray(wanted)
        for k in np.flatnonzero(astray).tolist():
            failed.setdefault(k, _words(say("sweep.failure.number")))
        keep = np.ones(len(point), bool)
        keep[list(failed)] = False
        case, seed = self.spec.scenario, self.spec.seed
        table = runs_table(case, seed, self.columns, wanted.runs[keep], wanted.states[keep])
        names = _names(point[keep], replicate[keep])
        axes = {axis.path: axis.column(values[keep, k]) for k, axis in enumerate(self.spec.axes)}
        head = {"scenario_hash": table["scenario_hash"], **names, "seed": table["seed"], **axes}
        rest = table.drop(columns=["scenario_hash", "run", "seed"])
        months = self._months(wanted.months[keep], names) if self.spec.months else None
        why = tuple(Failure(int(point[k]), int(replicate[k]), failed[k]) for k in sorted(failed))
        return Chunk(pd.concat([pd.DataFrame(head), rest], axis=1), months, why)

    def _astray(self, wanted: Wanted) -> NDArray[np.bool_]:
        known = [k for k, name in enumerate(self.columns) if name not in MISSING]
        return np.asarray(~np.isfinite(wanted.runs[:, known]).all(axis=1))

    def _months(self, values: NDArray[np.float64], names: dict[str, Any]) -> pd.DataFrame:
        months = self.spec.scenario.months
        table = months_table(self.spec.scenario, values)
        for name in ("run", "point"):
            table[name] = np.repeat(names[name], months)
        return table[["point", "run", "month", *self.spec.months]]


def _of_size(case: Scenario, sizes: dict[str, float]) -> Scenario:
    """Return a scenario of another size, by path; the sizes themselves were checked before.

    Only one size that does not go with another is left to check, so a sound scenario need not be
    checked whole, which takes longer than its run.

    Raises
    ------
    ValueError
        For a size that cannot be.
    """
    policy = case.policy | {BY_PATH[path].name: value for path, value in sizes.items()}
    if policy["group_size"] > policy["people"]:
        return case.replace(sizes)
    return replace(case, policy=policy)


class Stopped(Exception):
    """Work was told to stop; what was begun is not kept."""


def _told(wrong: Exception) -> dict[str, str]:
    if isinstance(wrong, ScenarioError):
        return {lang: wrong.in_language(lang) for lang in languages()}
    return _words(say("sweep.failure.arithmetic", why=str(wrong) or type(wrong).__name__))


def _words(message: Message) -> dict[str, str]:
    return {lang: message.in_language(lang) for lang in languages()}


def _names(point: NDArray[np.int64], replicate: NDArray[np.int64]) -> dict[str, Any]:
    return {"point": point, "run": replicate}


def _cells_of(path: str, scenario: Scenario) -> list[int]:
    cells = lay_out(scenario).cells
    found = []
    for one in [] if path == LUCK else spelt_out(path, scenario):
        parts = one.split(".")
        if parts[0] == "organisations":
            found.append(cells.organisation(parts[1], parts[2]))
        else:
            name = next(name for name, p in POLICY.items() if p.path == one)
            found.append(cells.policy(name))
    return found


def scenario_at(spec: Spec, point: int) -> Scenario:
    """Return the scenario of a point, checked like any other."""
    values = spec.rows.rows(point, point + 1)[0].tolist()
    levers = {
        axis.path: shown(axis.parameter, value)
        for axis, value in zip(spec.axes, values, strict=True)
        if axis.parameter is not None
    }
    return spec.scenario.replace(levers)
