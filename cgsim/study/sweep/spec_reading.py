"""Reads a sweep's spec: every fault at its place, all at once."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...columns import MONTH_COLUMNS
from ...errors import Fault, ScenarioError, say
from ...results import run_columns
from ...scenario import Scenario
from ...scenario_building import tree_of
from ...scenario_file import did_you_mean
from ...scenario_file import find as find_scenario
from ...scenario_yaml import MAX_BYTES, Place, decode, described, plain, read
from .axes import LUCK, Axis
from .spec import DESIGNS, MOST_CHUNK, MOST_SIMULATIONS, Spec, usual_chunk
from .spec_axes import SEEDS, AxesReading, spelt_out

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FIELDS = (
    "title", "question", "scenario", "set", "length", "vary", "design", "points", "file", "runs",
    "seed", "design_seed", "groups", "second_order", "outcomes", "months", "chunk",
)  # fmt: skip
MOST_AXES, MOST_SIZE = 1000, 2**30
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
class Reading(AxesReading):
    """One spec being read."""

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


def digest_of(table: NDArray[np.float64] | None) -> str:
    """Return 16 hexadecimal digits of a table's bytes, nothing for no table."""
    return "" if table is None else blake2b(table.tobytes(), digest_size=8).hexdigest()


def _spent(case: Scenario) -> list[str]:
    return [f"spent_{key}" for key in case.organisations]


__all__ = ["Reading", "digest_of", "make_spec", "read_spec", "spelt_out"]
