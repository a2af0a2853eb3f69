"""Reads a sweep's spec: every fault at its place, all at once."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ...columns import MONTH_COLUMNS
from ...errors import Fault, ScenarioError, say
from ...parameters import NEVER, PLAN, Parameter, find
from ...results import run_columns
from ...scenario import Scenario
from ...scenario_building import tree_of
from ...scenario_faults import allowed
from ...scenario_file import did_you_mean
from ...scenario_file import find as find_scenario
from ...scenario_shape import number
from ...scenario_yaml import MAX_BYTES, Node, Place, decode, described, plain, read
from .axes import LUCK, Axis
from .spec import DESIGNS, MOST_CHUNK, MOST_SIMULATIONS, Spec, usual_chunk

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FIELDS = (
    "title", "question", "scenario", "set", "length", "vary", "design", "points", "file", "runs",
    "seed", "design_seed", "groups", "second_order", "outcomes", "months", "chunk",
)  # fmt: skip
RANGE = ("from", "to", "steps")
MOST_AXES, MOST_LIST, MOST_SIZE, SEEDS = 1000, 10_000, 2**30, 2**32
PLACED = ("lhs", "sobol", "saltelli", "morris")
"""Designs that need a number of points and can take ranges without steps."""


def read_spec(path: str | os.PathLike[str]) -> Spec:
    """Read a spec's file."""
    file = Path(path)
    shown = os.fspath(path)
    start = Place(shown, 1, 1)
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise ScenarioError([Fault(shown, 0, 0, say("sweep.spec.missing"))]) from None
    except OSError as wrong:
        why = wrong.strerror or type(wrong).__name__
        raise ScenarioError([start.fault("error.file.unreadable", why=why)]) from None
    return Reading(read(decode(data, shown), shown), file.parent).spec()


def make_spec(said: Mapping[str, Any], folder: Path | None = None) -> Spec:
    """Make a spec of plain values."""
    return Reading(tree_of(dict(said), Place("spec", 0, 0)), folder or Path()).spec()


@dataclass
class Reading:
    """One spec being read."""

    tree: Node
    folder: Path
    faults: list[Fault] = field(default_factory=list)

    def spec(self) -> Spec:
        if not isinstance(self.tree.value, dict):
            raise ScenarioError([self.tree.place.fault("sweep.spec.block")])
        for name, node in self.tree.value.items():
            if name not in FIELDS:
                hint = did_you_mean(name, FIELDS)
                self._wrong(node.key, "field", read=name[:80], known=", ".join(FIELDS), hint=hint)
        scenario = self._scenario()
        design = self._word("design", DESIGNS, "grid")
        axes, size, table = self._points(scenario, design)
        runs = self._whole("runs", 1, MOST_SIMULATIONS, 1)
        months = self._columns("months", [*MONTH_COLUMNS, *_spent(scenario)])
        outcomes = self._outcomes(scenario)
        chunk = self._whole("chunk", 1, MOST_CHUNK, 0)
        spec = Spec(
            scenario, axes, design, size, runs,
            self._whole("seed", 0, SEEDS - 1, 1), self._whole("design_seed", 0, SEEDS - 1, 1),
            self._groups(axes, design), self._flag("second_order"), outcomes, months,
            chunk or usual_chunk(scenario, runs, bool(months)), table,
            digest_of(table),
        )  # fmt: skip
        self._stop()
        if spec.simulations > MOST_SIMULATIONS:
            self._wrong(self.tree.place, "many", most=f"{MOST_SIMULATIONS:_}".replace("_", " "))
        if (luck := next((a for a in axes if a.path == LUCK), None)) is not None:
            if max(luck.high, *luck.values, 0) + runs > SEEDS:
                self._wrong(self.tree.place, "luck", most=SEEDS)
        self._stop()
        return spec

    def _scenario(self) -> Scenario:
        named = self.tree.child("scenario")
        if named is None or not isinstance(named.value, str):
            read_as = say("error.read.nothing") if named is None else described(named)
            place = self.tree.place if named is None else named.place
            self._wrong(place, "scenario", read=read_as)
            self._stop()
            raise AssertionError
        near = self.folder / named.value
        found = find_scenario(named.value) if not near.is_file() else near
        try:
            case = Scenario.load(found or named.value)
        except ScenarioError as wrong:
            raise ScenarioError([*self.faults, *wrong.faults]) from None
        levers: dict[str, Any] = {}
        if (more := self.tree.child("set")) is not None:
            levers = plain(more) if isinstance(more.value, dict) else {}
            if not isinstance(more.value, dict):
                self._wrong(more.place, "set", read=described(more))
        months = self.tree.child("length")
        try:
            return case.replace(levers, months=plain(months) if months is not None else None)
        except ScenarioError as wrong:
            place = (more or months or self.tree).place
            self.faults += [
                Fault(*place, one.meaning or one.message) if one.path == "replace" else one
                for one in wrong.faults
            ]
            return case

    def _points(
        self, case: Scenario, design: str
    ) -> tuple[tuple[Axis, ...], int, NDArray[np.float64] | None]:
        if design == "file":
            from .spec_table import read_table

            return read_table(self, case)
        if (file := self.tree.child("file")) is not None:
            self._wrong(file.key, "file_unused", design=design)
        axes = self._axes(case, steps=design not in PLACED)
        if design not in PLACED:
            if (points := self.tree.child("points")) is not None:
                self._wrong(points.key, "points_unused")
            size = math.prod(len(axis.values) or 1 for axis in axes)
            if size > MOST_SIMULATIONS:
                most = f"{MOST_SIMULATIONS:_}".replace("_", " ")
                self._wrong(self.tree.place, "many", most=most)
            return axes, size, None
        size = self._whole("points", 1, MOST_SIZE, 0)
        if not size and self.tree.child("points") is None:
            self._wrong(self.tree.place, f"points_{design}")
        node = self.tree.child("points")
        if design == "saltelli" and node is not None and size & (size - 1):
            near = (1 << (size.bit_length() - 1), 1 << size.bit_length())
            self._wrong(node.place, "power", read=size, below=near[0], above=near[1])
        return axes, size, None

    def _axes(self, case: Scenario, steps: bool) -> tuple[Axis, ...]:
        held = self.tree.child("vary")
        if held is None or not isinstance(held.value, dict) or not held.value:
            place = self.tree.place if held is None else held.place
            self._wrong(place, "vary")
            return ()
        if len(held.value) > MOST_AXES:
            self._wrong(held.place, "axes", most=MOST_AXES)
            return ()
        made = [self.axis(path, node, case, steps) for path, node in held.value.items()]
        axes = tuple(axis for axis in made if axis is not None)
        self.check_overlap([(axis.path, held.value[axis.path].key) for axis in axes], case)
        return axes

    def check_overlap(self, paths: Iterable[tuple[str, Place]], case: Scenario) -> None:
        """Say which levers are varied twice, once by name and once by a star."""
        seen: dict[str, str] = {}
        for path, place in paths:
            for one in spelt_out(path, case):
                if one in seen:
                    self._wrong(place, "twice", path=path, other=seen[one])
                    break
                seen[one] = path

    def axis(self, path: str, node: Node, case: Scenario, steps: bool) -> Axis | None:
        """Read one varied lever; None where it is faulty."""
        parameter = self.parameter(path, node.key, case)
        if path != LUCK and parameter is None:
            return None
        before = len(self.faults)
        if isinstance(node.value, list):
            found = self._listed(path, node, parameter)
        elif isinstance(node.value, dict):
            found = self._ranged(path, node, parameter, steps)
        else:
            self._wrong(node.place, "values", path=path, read=described(node))
            return None
        return found if len(self.faults) == before else None

    def parameter(self, path: str, place: Place, case: Scenario) -> Parameter | None:
        """Return a lever's parameter; says so where there is none."""
        parameter = find(path)
        parts = path.split(".")
        known = parts[0] != "organisations" or parts[1] in ("*", *case.organisations)
        if path != LUCK and (parameter is None or not known):
            near = [*_paths(case), LUCK]
            self._wrong(place, "lever", read=path[:80], hint=did_you_mean(path, near))
            return None
        return parameter

    def _listed(self, path: str, node: Node, parameter: Parameter | None) -> Axis | None:
        if not node.value or len(node.value) > MOST_LIST:
            self._wrong(node.place, "list", path=path, most=MOST_LIST)
            return None
        found = [self.value(path, one, parameter) for one in node.value]
        if len(set(found)) < len(found) and None not in found:
            self._wrong(node.place, "repeated", path=path)
        return Axis(path, tuple(value for value in found if value is not None))

    def value(self, path: str, node: Node, parameter: Parameter | None) -> float | None:
        """Read one value as the rules read it; says so where it is not allowed."""
        if parameter is None:
            if type(node.value) is int and 0 <= node.value < SEEDS:
                return float(node.value)
            self._wrong(node.place, "luck_value", read=described(node))
            return None
        try:
            return number(parameter, node.value)
        except (ValidationError, ValueError):
            may = allowed(parameter, node.value)
            self._wrong(node.place, "value", path=path, read=described(node), allowed=may)
            return None

    def _ranged(
        self, path: str, node: Node, parameter: Parameter | None, steps: bool
    ) -> Axis | None:
        for name, child in node.value.items():
            if name not in RANGE:
                hint = did_you_mean(name, RANGE)
                self._wrong(child.key, "range_field", read=name[:80], hint=hint)
        ends = [node.child("from"), node.child("to")]
        if parameter is not None and parameter.sort in ("flag", "kind"):
            self._wrong(node.place, "range_words", path=path)
            return None
        if ends[0] is None or ends[1] is None:
            self._wrong(node.place, "range", path=path)
            return None
        low, high = (self.value(path, end, parameter) for end in ends if end is not None)
        if low is None or high is None:
            return None
        if parameter is not None and parameter.sort == "interval" and NEVER in (low, high):
            self._wrong(node.place, "range_words", path=path)
            return None
        if low >= high:
            self._wrong(node.place, "range_order", path=path)
            return None
        whole = parameter is None or parameter.sort in ("whole", "interval")
        if node.child("steps") is None and not steps:
            return Axis(path, (), low, high, whole)
        return self._stepped(path, node, low, high, whole)

    def _stepped(self, path: str, node: Node, low: float, high: float, whole: bool) -> Axis | None:
        child = node.child("steps")
        number_of = None if child is None else child.value
        if type(number_of) is not int or not 2 <= number_of <= MOST_LIST:
            place = (child or node).place
            self._wrong(place, "steps", path=path, most=MOST_LIST)
            return None
        step = (high - low) / (number_of - 1)
        values = [float(f"{low + k * step:.12g}") for k in range(number_of)]
        if whole and any(not value.is_integer() for value in values):
            self._wrong(node.place, "steps_whole", path=path)
            return None
        return Axis(path, tuple(values))

    def _groups(self, axes: tuple[Axis, ...], design: str) -> tuple[str, ...]:
        node = self.tree.child("groups")
        if node is None:
            return ()
        if design not in ("saltelli", "morris") or not isinstance(node.value, dict):
            self._wrong(node.key, "groups")
            return ()
        group: dict[str, str] = {}
        for name, members in node.value.items():
            for one in members.value if isinstance(members.value, list) else [members]:
                if one.value not in [axis.path for axis in axes] or one.value in group:
                    self._wrong(one.place, "group_member", read=described(one))
                else:
                    group[one.value] = name
        return tuple(group.get(axis.path, axis.path) for axis in axes)

    def _outcomes(self, case: Scenario) -> tuple[str, ...]:
        every = run_columns(case)
        chosen = self._columns("outcomes", every)
        return () if set(chosen) == set(every) else chosen

    def _columns(self, name: str, known: list[str]) -> tuple[str, ...]:
        node = self.tree.child(name)
        if node is None or node.value is False:
            return ()
        if node.value is True:
            return tuple(known)
        if not isinstance(node.value, list):
            self._wrong(node.place, "columns", name=name, read=described(node))
            return ()
        for one in node.value:
            if one.value not in known:
                hint = did_you_mean(str(one.value), known)
                self._wrong(one.place, "column", name=name, read=described(one), hint=hint)
        asked = {one.value for one in node.value}
        return tuple(column for column in known if column in asked)

    def _word(self, name: str, known: tuple[str, ...], usual: str) -> str:
        node = self.tree.child(name)
        if node is None:
            return usual
        if node.value not in known:
            hint = did_you_mean(str(node.value), known)
            more = {"name": name, "read": described(node), "known": ", ".join(known)}
            self._wrong(node.place, "word", **more, hint=hint)
            return usual
        return str(node.value)

    def _whole(self, name: str, low: int, high: int, usual: int) -> int:
        node = self.tree.child(name)
        if node is None:
            return usual
        if type(node.value) is not int or not low <= node.value <= high:
            self._wrong(node.place, "whole", name=name, read=described(node), low=low, high=high)
            return usual
        return node.value

    def _flag(self, name: str) -> bool:
        node = self.tree.child(name)
        if node is not None and not isinstance(node.value, bool):
            self._wrong(node.place, "flag", name=name, read=described(node))
        return node is not None and node.value is True

    def _wrong(self, place: Place, key: str, /, **values: object) -> None:
        self.faults.append(place.fault(f"sweep.spec.{key}", **values))

    def wrong(self, place: Place, key: str, /, **values: object) -> None:
        """Note a fault."""
        self._wrong(place, key, **values)

    def _stop(self) -> None:
        if self.faults:
            raise ScenarioError(self.faults)


def digest_of(table: NDArray[np.float64] | None) -> str:
    """Return 16 hexadecimal digits of a table's bytes, nothing for no table."""
    return "" if table is None else blake2b(table.tobytes(), digest_size=8).hexdigest()


def spelt_out(path: str, case: Scenario) -> list[str]:
    """Return the levers that a path with a star means.

    Examples
    --------
    >>> spelt_out("organisations.*.visits", Scenario.load("sangatta-utara"))[0]
    'organisations.industry.visits'
    """
    parts = path.split(".")
    if parts[0] == "organisations" and parts[1] == "*":
        return [f"organisations.{key}.{parts[2]}" for key in case.organisations]
    return [path]


def _paths(case: Scenario) -> list[str]:
    from ...parameters import BY_PATH

    every = [f"organisations.{key}.{name}" for key in ("*", *case.organisations) for name in PLAN]
    return [*BY_PATH, *every]


def _spent(case: Scenario) -> list[str]:
    return [f"spent_{key}" for key in case.organisations]
