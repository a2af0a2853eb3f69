"""Reads what a spec varies: each lever with its list or range of values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from ...errors import Fault, ScenarioError
from ...parameters import BY_PATH, NEVER, PLAN, Parameter, find
from ...scenario import Scenario
from ...scenario_faults import allowed
from ...scenario_file import did_you_mean
from ...scenario_shape import number
from ...scenario_yaml import Node, Place, described
from .axes import LUCK, Axis

RANGE = ("from", "to", "steps")
MOST_LIST, SEEDS = 10_000, 2**32


@dataclass
class Noting:
    """A tree of a spec's words, and the faults found in it."""

    tree: Node
    folder: Path
    faults: list[Fault] = field(default_factory=list)

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


class AxesReading(Noting):
    """Reads axes."""

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
        if parameter is not None and parameter.sort in ("flag", "choice"):
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
    every = [f"organisations.{key}.{name}" for key in ("*", *case.organisations) for name in PLAN]
    return [*BY_PATH, *every]
