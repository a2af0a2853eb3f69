"""The nearest single assumption that overturns a conclusion.

Each assumed number alone is moved from its value to either end of its spread, all others left as
they are, on the same luck. Where the mean difference has not its sign any more at an end, the
value nearest to the reference at which it turns is closed in on by halving.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ...parameters import find
from .outcomes import Outcome
from .worlds_verdict import VERDICTS, Verdict, error_of, reverse_of, verdicts
from .worlds_walk import CHIEF_BY_NAME, differences, walk_worlds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ...ensemble import Progress
    from ...scenario import Scenario
    from .pairs import Outcomes, Pairs
    from .worlds import InWorlds

RUNS = 60
"""Pairs at each value."""

HALVINGS = 6
"""A turning value is known to 1/64 of the way to the end of the spread, whole numbers exactly."""


@dataclass(frozen=True, eq=False)
class Overturned:
    """What single assumptions do to a conclusion.

    Attributes
    ----------
    scenario, outcome : str
        The compared scenario, and what the conclusion goes by.
    runs : int
        Pairs at each value.
    conclusion : {"better", "same", "untold", "worse"}
        Verdict with all numbers as they are, on these pairs.
    difference : float
        Mean paired difference with all numbers as they are.
    table : DataFrame
        A row an assumption, the nearest that overturns first, then those that come nearest to
        it: `path`, `reference`, `low`, `high` (its value and spread), `at_low`, `at_high` (mean
        differences at the ends, with `at_low_error`, `at_high_error`), `turns`, `value` (nearest
        to the reference at which the sign is another), `before` (the nearest tried at which it
        is not yet), `distance` (of `value`, as a share of the spread), `at_value`,
        `at_value_error`, `verdict` (there).
    """

    scenario: str
    outcome: str
    runs: int
    conclusion: Verdict
    difference: float
    table: pd.DataFrame

    @property
    def concluded(self) -> bool:
        """Whether there is a conclusion to overturn."""
        return self.conclusion in ("better", "worse")

    @property
    def nearest(self) -> dict[str, Any] | None:
        """The row of the nearest assumption that overturns the conclusion; None without one."""
        turning = self.table[self.table["turns"]] if self.concluded else self.table[:0]
        return None if turning.empty else {str(k): v for k, v in turning.iloc[0].items()}

    @property
    def reversed(self) -> int:
        """How many assumptions alone turn the conclusion round, told apart from 0 at an end."""
        other = reverse_of(self.conclusion)
        return int(((self.table["end_verdict"] == other) & self.table["turns"]).sum())


@dataclass(frozen=True)
class _Side:
    """One way from the reference towards an end of a spread."""

    path: str
    start: float
    end: float
    whole: bool

    def at(self, part: float) -> float:
        value = self.start + part * (self.end - self.start)
        return float(round(value)) if self.whole else value


def overturn(
    pairs: Pairs, paths: Sequence[str], outcome: str, runs: int = RUNS, *,
    threads: int | None = None, progress: Progress | None = None,
) -> dict[str, Overturned]:  # fmt: skip
    """Move each assumption alone, and find where it overturns the conclusion.

    Parameters
    ----------
    pairs : Pairs
        The comparison in the world as set.
    paths : sequence of str
        Assumptions with a spread.
    outcome : str
        One of `worlds_walk.CHIEF`: what the conclusion goes by.
    runs : int
        Pairs at each value; run r has the luck of run r of the reference.
    threads : int, optional
    progress : callable, optional
        Called with parts done and parts in all.

    Returns
    -------
    dict
        By name of the compared scenario.

    Notes
    -----
    A sign that turns between and is back at the end of the spread is not seen.
    """
    walk = _Walk(pairs, list(paths), outcome, runs, threads, progress)
    sides = [side for path in paths for side in _sides(pairs.first.scenario, path)]
    rows = [{}, *({one.path: one.end} for one in sides)]
    ends = walk.differences(rows, pairs.others, len(rows))
    found = {}
    for one, every in zip(pairs.others, ends, strict=True):
        found[one.name] = _one(walk, one, sides, every)
    if progress:
        progress(walk.total, walk.total)
    return found


def overturn_all(
    found: InWorlds, outcome: str | None = None, runs: int = RUNS, *,
    threads: int | None = None, progress: Progress | None = None,
) -> InWorlds:  # fmt: skip
    """Return a comparison in worlds with what single assumptions do to it.

    All assumed numbers that the scenarios share are moved, whatever worlds it was repeated in.
    """
    from ..worlds import uncertain
    from .worlds import MAIN

    paths = uncertain(*(one.scenario for one in found.pairs.every))
    told = overturn(
        found.pairs, paths, outcome or MAIN, runs, threads=threads, progress=progress
    )  # fmt: skip
    return replace(found, overturned=told)


def _sides(case: Scenario, path: str) -> list[_Side]:
    parameter = find(path)
    assert parameter is not None
    start, spread = float(case.value(path)), parameter.spread or ()
    whole = parameter.sort == "whole"
    return [_Side(path, start, float(end), whole) for end in spread if float(end) != start]


@dataclass
class _Walk:
    """Runs scenarios with single assumptions moved, and says how far it is."""

    pairs: Pairs
    paths: list[str]
    outcome: str
    runs: int
    threads: int | None
    progress: Progress | None
    done: int = 0
    total: int = 0

    @property
    def told(self) -> Outcome:
        return CHIEF_BY_NAME[self.outcome]

    def differences(
        self, rows: Sequence[dict[str, float]], others: Sequence[Outcomes], first_look: int = 0
    ) -> list[NDArray[np.float64]]:
        """Return for each scenario paired differences, shape (rows, runs)."""
        if first_look:
            # halving adds at most one row a side and step, usually few
            self.total = 2 * first_look * self.runs * (1 + len(others))
        first = self._walked(self.pairs.first.scenario, rows)
        return [
            differences(self.outcome, first, self._walked(one.scenario, rows)) for one in others
        ]

    def _walked(self, case: Scenario, rows: Sequence[dict[str, float]]) -> Any:
        as_set = {path: float(case.value(path)) for path in self.paths}
        table = pd.DataFrame([{**as_set, **row} for row in rows], columns=self.paths)
        base, progress = self.done, self.progress
        made = walk_worlds(
            case, table, self.runs, self.pairs.seed, years=False, threads=self.threads,
            progress=None if progress is None else
            lambda done, _: progress(min(base + done, self.total), self.total),
        )  # fmt: skip
        self.done += len(rows) * self.runs
        return made.values


def _one(
    walk: _Walk, other: Outcomes, sides: list[_Side], ends: NDArray[np.float64]
) -> Overturned:  # fmt: skip
    """Tell of one scenario what comes of every side."""
    means, told = ends.mean(axis=1), walk.told
    codes = verdicts(ends, told.kind, told.better)
    conclusion, sign = VERDICTS[int(codes[0])], np.sign(means[0])
    turned = [k for k in range(len(sides)) if not means[k + 1] * sign > 0.0]
    closed: dict[int, dict[str, Any]] = {}
    if conclusion in ("better", "worse") and turned:
        found = _closed_in(walk, other, [sides[k] for k in turned], float(sign))
        for k, row in zip(turned, found, strict=True):
            if math.isnan(row["at_value"]):  # the end itself
                row |= _seen(ends[k + 1], told)
            closed[k] = row
    table = pd.DataFrame(_rows(walk, sides, ends, codes, closed))
    table["nearness"] = np.fmin(table["at_low"] * sign, table["at_high"] * sign)
    table = table.sort_values(["distance", "nearness"], kind="stable", ignore_index=True)
    return Overturned(
        other.name, walk.outcome, walk.runs, conclusion, float(means[0]),
        table.drop(columns="nearness"),
    )  # fmt: skip


def _closed_in(
    walk: _Walk, other: Outcomes, sides: list[_Side], sign: float
) -> list[dict[str, Any]]:  # fmt: skip
    """Halve every side between where the sign holds and where it has turned."""
    holds, turns = np.zeros(len(sides)), np.ones(len(sides))
    seen: list[dict[str, Any]] = [{"at_value": math.nan} for _ in sides]
    for _ in range(HALVINGS):
        middle = (holds + turns) / 2.0
        open_ = [
            k for k, one in enumerate(sides)
            if one.at(middle[k]) not in (one.at(holds[k]), one.at(turns[k]))
        ]  # fmt: skip
        if not open_:
            break
        rows = [{sides[k].path: sides[k].at(middle[k])} for k in open_]
        (pairs,) = walk.differences(rows, [other])
        for k, one in zip(open_, pairs, strict=True):
            if float(one.mean()) * sign > 0.0:
                holds[k] = middle[k]
            else:
                turns[k], seen[k] = middle[k], _seen(one, walk.told)
    return [
        {"value": one.at(turns[k]), "before": one.at(holds[k]), **seen[k]}
        for k, one in enumerate(sides)
    ]


def _seen(pairs: NDArray[np.float64], told: Outcome) -> dict[str, Any]:
    code = int(verdicts(pairs[None, :], told.kind, told.better)[0])
    return {
        "at_value": float(pairs.mean()), "at_value_error": float(error_of(pairs)),
        "verdict": VERDICTS[code],
    }  # fmt: skip


def _rows(
    walk: _Walk, sides: list[_Side], ends: NDArray[np.float64], codes: NDArray[np.int64],
    closed: dict[int, dict[str, Any]],
) -> list[dict[str, Any]]:  # fmt: skip
    """Return a row an assumption; of two sides that turn, the nearer one."""
    rows = []
    for path in walk.paths:
        own = [k for k, one in enumerate(sides) if one.path == path]
        if not own:
            continue
        parameter = find(path)
        assert parameter is not None
        assert parameter.spread is not None
        low, high = map(float, parameter.spread)
        row: dict[str, Any] = {"path": path, "reference": sides[own[0]].start,
                               "low": low, "high": high}  # fmt: skip
        for name, end in (("low", low), ("high", high)):
            # an end where the reference stands itself
            at = next((k + 1 for k in own if sides[k].end == end), 0)
            row |= {f"at_{name}": float(ends[at].mean()),
                    f"at_{name}_error": float(error_of(ends[at]))}  # fmt: skip
        turning = [(abs(closed[k]["value"] - row["reference"]), k) for k in own if k in closed]
        row |= {"turns": bool(turning), "value": math.nan, "before": math.nan,
                "distance": math.nan, "at_value": math.nan, "at_value_error": math.nan,
                "verdict": None, "end_verdict": None}  # fmt: skip
        if turning:
            away, k = min(turning)
            row |= {**closed[k], "distance": away / (high - low),
                    "end_verdict": VERDICTS[int(codes[k + 1])]}  # fmt: skip
        rows.append(row)
    return rows
