"""What would have kept one person through the world: a lever's nearest value that does.

The whole run is walked again with the same luck and another value of one lever, from the
first month to the month in question. Allowed values are tried outward from the present one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

import numpy as np

from ...ensemble import blank, kernel
from ...layout import lay_out
from ...parameters import BY_PATH, NEVER, PLAN, Parameter, find
from ...records import make_records
from ...scenario import Scenario, shown
from ...scenario_file import did_you_mean
from ...world.shape import COMMUNITY, LEFT
from ..varied import fault, moved_by
from .life import walk_months

ACTING = (
    "monitoring_interval", "promised_interval", "visits", "training_months", "reward",
    "practice_obligation",
)  # fmt: skip
"""Levers of each organisation that act on its trainees: tried if none is named."""

SHARED = (
    "community.persistence.mean", "process.meeting_interval", "process.leadership",
    "process.ground_rules", "process.initial_trust",
)  # fmt: skip
"""Levers of all that act on trainees: tried if none is named."""

POINTS = 101
"""Values of a range, both ends included."""

COUNTED = ("trainees per round", "places per intake", "persons", "producers")
"""Units of which only whole ones are tried."""

WIDE = 12.0
"""A range is tried to its bound up to here; a wider one to `FAR` times what is usual."""

FAR = 4.0

FIXED = ("people", "kind")
"""With another number of people, or another kind, it would be another place."""


class WorldFlip(NamedTuple):
    """One lever, and what of it would have kept a person.

    Attributes
    ----------
    path : str
        The lever's full path.
    present : float
        Its value, as rules read it (never is 0).
    flip : float or None
        The nearest value that keeps the person; None where none does.
    short : float or None
        Its neighbour towards the present value, which does not.
    steps : int
        How many values further the flip lies.
    tried : int
        How many other values were tried.
    outcome : {"kept", "none", "moved"}
        ``moved``: the scenario itself moves the lever in the course of a run, none was tried.
    """

    path: str
    present: float
    flip: float | None
    short: float | None
    steps: int
    tried: int
    outcome: str

    @property
    def parameter(self) -> Parameter:
        """The lever."""
        found = find(self.path)
        assert found is not None
        return found

    def stated(self, name: str) -> Any:
        """Return present, flip or short as a scenario file states it."""
        value = getattr(self, name)
        return None if value is None else shown(self.parameter, value)


def levers_of(case: Scenario, patterns: Sequence[str] = (), place: str = "levers") -> list[str]:
    """Return the full paths of the levers to try.

    Parameters
    ----------
    patterns : sequence of str
        Paths, parts of paths, or patterns with ``*``; the levers that act on trainees if none.

    Raises
    ------
    ScenarioError
        For a pattern without a lever.

    Examples
    --------
    >>> case = Scenario.load("sangatta-utara")
    >>> levers_of(case, ["organisations.*.visits"])
    ['organisations.industry.visits', 'organisations.tourism.visits', 'organisations.kpc.visits']
    """
    own = [f"organisations.{key}.{name}" for key in case.organisations for name in PLAN]
    every = [path for path in (*own, *BY_PATH) if _name(path) not in FIXED]
    if not patterns:
        usual = {f"organisations.{key}.{name}" for key in case.organisations for name in ACTING}
        return [path for path in every if path in usual or path in SHARED]
    found: list[str] = []
    for pattern in patterns:
        exact = [path for path in every if path == pattern]
        some = exact or [p for p in every if pattern in p or fnmatchcase(p, pattern)]
        if not some:
            words = [*every, *(part for path in every for part in path.split("."))]
            hint = did_you_mean(pattern, words)
            raise fault(place, "explain.error.lever", read=pattern[:80], hint=hint)
        found += [path for path in some if path not in found]
    return found


def _name(path: str) -> str:
    parameter = find(path)
    assert parameter is not None
    return parameter.name


def present_value(case: Scenario, path: str) -> float:
    """Return a lever's value when the run begins, as rules read it."""
    parts = path.split(".")
    if parts[0] == "organisations":
        return float(case.plans[parts[1]][parts[2]])
    return float(case.policy[_name(path)])


def allowed_values(parameter: Parameter, present: float) -> list[float]:
    """Return the values to try in order, the present one among them; never comes last.

    All whole numbers and categories; of a range 101 values between its bounds. Where the
    checker's bound is far off (persons, money) it ends at four times what is usual.

    Examples
    --------
    >>> [allowed_values(PLAN["monitoring_interval"], 6.0)[k] for k in (0, 239, 240)]
    [1.0, 240.0, 0.0]
    >>> allowed_values(PLAN["visits"], 6.0)[-1], len(allowed_values(PLAN["goal"], 0.5))
    (48.0, 101)
    """
    if parameter.sort == "flag":
        return [0.0, 1.0]
    if parameter.sort == "interval":
        return [float(k) for k in range(int(parameter.low), int(parameter.high) + 1)] + [NEVER]
    low, high = parameter.low, parameter.high
    if high > WIDE and parameter.sort != "whole":
        usual = 0.0 if parameter.spread is None else parameter.spread[1]
        high = min(high, FAR * max(usual, present, 1.0))
    if parameter.sort == "whole" or parameter.unit in COUNTED:
        every = {float(k) for k in range(math.ceil(low), math.floor(high) + 1)}
    else:
        every = {round(low + (high - low) * k / (POINTS - 1), 12) for k in range(POINTS)}
    return sorted({*every, present})


class Rewalk:
    """Walks one run again with another value of one lever, and looks at one person.

    Parameters
    ----------
    case : Scenario
    seed, run, person, month : int
        Whether the person is kept is asked of the end of this month.
    left : int
        How often the person had left by then.
    """

    def __init__(self, case: Scenario, seed: int, run: int, person: int, month: int, left: int):
        self.case, self.seed, self.run = case, seed, run
        self.person, self.month, self.left = person, month, left
        self._quick, self._records = kernel(), make_records(case)
        nothing = np.zeros(0, np.int64)
        self._wanted = blank(nothing, nothing, nothing, 1, 0, 0)

    def keeps(self, path: str, value: float) -> bool:
        """Whether the person is in the programme at the end of the month, and left less often.

        Who was never admitted was not kept.
        """
        if _name(path) == "group_size":  # decides how many groups there is room for
            return self._keeps(self.case.replace({path: int(value)}), None)
        cell, records = self._cell(path), self._records
        before = records.start[cell]
        records.start[cell] = value
        try:
            return self._keeps(self.case, records)
        finally:
            records.start[cell] = before

    def _cell(self, path: str) -> int:
        cells, parts = lay_out(self.case).cells, path.split(".")
        if parts[0] == "organisations":
            return cells.organisation(parts[1], parts[2])
        return cells.policy(_name(path))

    def _keeps(self, case: Scenario, records: Any) -> bool:
        records = records or make_records(case)
        last = self.month + 1
        self._quick(self.run, self.run + 1, 0, last, self.seed, records, self._wanted)
        if int(records.trainees[self.person]["status"]) in (COMMUNITY, LEFT):
            return False
        return self._leavings(case, records) < self.left

    def _leavings(self, case: Scenario, records: Any) -> int:
        """Count how often the person leaves; one may come back, so each month is looked at."""
        count, was = 0, COMMUNITY
        for t, now in walk_months(case, self.seed, self.run, records):
            if t > self.month:
                break
            status = int(now.trainees[self.person]["status"])
            count += status == LEFT and was != LEFT
            was = status
        return count


def world_flips(
    rewalk: Rewalk, paths: Sequence[str], progress: Callable[[int, int], None] | None = None
) -> tuple[WorldFlip, ...]:
    """Return for each lever the nearest value that would have kept the person."""
    found = []
    for k, path in enumerate(paths):
        found.append(world_flip(rewalk, path))
        if progress:
            progress(k + 1, len(paths))
    return tuple(found)


def world_flip(rewalk: Rewalk, path: str) -> WorldFlip:
    """Return of one lever the nearest value that would have kept the person.

    Of two equally near values the lower one counts, in the order of `allowed_values`.
    """
    parameter = find(path)
    assert parameter is not None
    present = present_value(rewalk.case, path)
    if moved_by(rewalk.case, path):
        return WorldFlip(path, present, None, None, 0, 0, "moved")
    values = allowed_values(parameter, present)
    place, tried = values.index(present), 0
    for steps in range(1, len(values)):
        for side in (-1, 1):
            at = place + side * steps
            if not 0 <= at < len(values):
                continue
            tried += 1
            if rewalk.keeps(path, values[at]):
                short = values[at - side]
                return WorldFlip(path, present, values[at], short, steps, tried, "kept")
    return WorldFlip(path, present, None, None, 0, tried, "none")
