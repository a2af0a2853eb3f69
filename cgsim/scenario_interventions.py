"""Interventions: what is to change when, written out as single levers and numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from .errors import MAX_FAULTS, Fault, Message, say
from .parameters import BY_PATH, PLAN, find
from .scenario_file import did_you_mean, flat
from .scenario_yaml import Node, described, plain, scalar
from .state import CLUSTER
from .world.shape import STATES

Sense = Literal["<", "<=", ">", ">="]
SENSES: tuple[Sense, ...] = get_args(Sense)
"""Below, at most, above, at least: in the order of the numbers by which rules read them."""

QUANTITIES = tuple(name for name in list(CLUSTER)[: list(CLUSTER).index("months_to_active")])
"""Monthly quantities that a condition may watch, besides `spent_<organisation>`."""

_WHEN = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_]*)\s*(<=|>=|<|>|≤|≥)\s*(\S+)\s*")


@dataclass(frozen=True)
class Intervention:
    """A change of levers, at a month or whenever a monthly quantity passes a bound.

    Attributes
    ----------
    month : int or None
        The month at whose start it acts; None if it reacts.
    quantity : str or None
        The monthly quantity that it watches: a column of the table of months.
    sense, bound
        The condition on the quantity.
    for_months : int
        How many months the condition must have held.
    once : bool
        Whether it acts one time only.
    why : dict
        Its reason in both languages, by language.
    set : tuple of (str, float)
        Levers by full dotted path, each with its new value as rules read it.
    otherwise : tuple of (str, float)
        The same, for the month in which the condition no longer holds.
    """

    month: int | None
    quantity: str | None
    sense: Sense
    bound: float
    for_months: int
    once: bool
    why: dict[str, str] = field(hash=False)
    set: tuple[tuple[str, float], ...]
    otherwise: tuple[tuple[str, float], ...]


def interventions(
    tree: Node, organisations: Sequence[str], months: int
) -> tuple[tuple[Intervention, ...], list[Fault]]:
    """Return a scenario's interventions, written out, and what is wrong with them."""
    held = tree.child("interventions")
    if held is None or not isinstance(held.value, list):
        return (), []
    found: list[Intervention] = []
    faults: list[Fault] = []
    for place, node in enumerate(held.value):
        if len(faults) > MAX_FAULTS:
            break
        if isinstance(node.value, dict):
            one = _Reader(node, f"interventions[{place + 1}]", organisations, months)
            if (read := one.read()) is not None:
                found.append(read)
            faults += one.faults
    return tuple(found), faults


class _Reader:
    """Reads one intervention; leaves to the models what has the wrong type."""

    def __init__(self, node: Node, path: str, organisations: Sequence[str], months: int) -> None:
        self.node = node
        self.path = path
        self.organisations = organisations
        self.months = months
        self.faults: list[Fault] = []

    def read(self) -> Intervention | None:
        """Return the intervention, None where it is faulty."""
        month, when = self._get("month", int), self._get("when", str)
        self._timing()
        if month is not None and not 0 <= month.value < self.months:
            self.faults.append(
                month.place.fault(
                    "error.intervention.month", path=f"{self.path}.month", read=described(month),
                    last=self.months - 1,
                )
            )  # fmt: skip
        condition: tuple[str | None, Sense, float] | None = (None, ">=", 0.0)
        if when is not None:
            condition = self._condition(when)
        changes, otherwise = self._changes("set"), self._changes("else")
        if self.faults or condition is None or (month is None and when is None):
            return None
        quantity, sense, bound = condition
        return Intervention(
            None if month is None else month.value, quantity, sense, bound,
            self._or("for", int, 1), self._or("once", bool, True), self._why(), changes, otherwise,
        )  # fmt: skip

    def _get(self, name: str, kind: type) -> Node | None:
        node = self.node.child(name)
        return node if node is not None and type(node.value) is kind else None

    def _or(self, name: str, kind: type, default: Any) -> Any:
        node = self._get(name, kind)
        return default if node is None else node.value

    def _why(self) -> dict[str, str]:
        node = self.node.child("why")
        said = "" if node is None else plain(node)
        if not isinstance(said, dict):
            return {"en": str(said), "id": str(said)}
        first = next(iter(said.values()), "")
        return {lang: said.get(lang, first) for lang in ("en", "id")}

    def _timing(self) -> None:
        """Say where month and condition contradict each other, or are both missing."""
        month, when = self.node.child("month"), self.node.child("when")
        if month is not None and when is not None:
            later = max(month, when, key=lambda node: node.key)
            self.faults.append(later.key.fault("error.intervention.both", path=self.path))
        elif month is None and when is None:
            self.faults.append(self.node.place.fault("error.intervention.neither", path=self.path))
        for name in ("for", "once", "else") if when is None else ():
            if (node := self.node.child(name)) is not None:
                self.faults.append(
                    node.key.fault("error.intervention.needs_when", path=f"{self.path}.{name}")
                )

    def _condition(self, when: Node) -> tuple[str | None, Sense, float] | None:
        """Read ``producers < 10``."""
        match = _WHEN.fullmatch(when.value)
        if match is None:
            self.faults.append(
                when.place.fault(
                    "error.intervention.when", path=f"{self.path}.when", read=described(when)
                )
            )
            return None
        quantity, sense, word = match.groups()
        bound = self._bound(quantity, word, when)
        known = [*QUANTITIES, *(f"spent_{key}" for key in self.organisations)]
        if quantity not in known:
            hint = did_you_mean(quantity, known)
            self.faults.append(
                when.place.fault("error.intervention.quantity", name=quantity[:40], hint=hint)
            )
        if bound is None:
            return None
        meant: Any = {"≤": "<=", "≥": ">="}.get(sense, sense)
        return quantity, meant, bound

    def _bound(self, quantity: str, word: str, when: Node) -> float | None:
        if quantity == "state" and word in STATES:
            return float(STATES.index(word))
        bound = scalar(word)
        if isinstance(bound, int | float) and type(bound) is not bool and _finite(bound):
            return float(bound) + 0.0
        key = "error.intervention.state" if quantity == "state" else "error.intervention.bound"
        self.faults.append(when.place.fault(key, path=f"{self.path}.when", read=word[:40]))
        return None

    def _changes(self, name: str) -> tuple[tuple[str, float], ...]:
        """Write out a block of levers; a later one wins over an earlier one."""
        block = self.node.child(name)
        if block is None or not isinstance(block.value, dict):
            return ()
        if not block.value:
            self.faults.append(
                block.place.fault("error.intervention.nothing", path=f"{self.path}.{name}")
            )
        changes: dict[str, float] = {}
        for path, node in flat(block):
            if len(self.faults) > MAX_FAULTS:
                break
            if full := list(self._paths(path, node)):
                changes |= dict.fromkeys(full, self._number(path, node))
        return tuple(changes.items())

    def _paths(self, path: str, node: Node) -> Iterator[str]:
        """Yield the full paths that a path means; note what is wrong with it."""
        parts = path.split(".")
        named = parts[1] if parts[0] == "organisations" and len(parts) > 1 else "*"
        if named not in ("*", *self.organisations):
            hint = did_you_mean(named, self.organisations)
            self.faults.append(
                node.key.fault("error.organisation.unknown", key=named[:40], hint=hint)
            )
            return
        parameter = find(path)
        if parameter is None:
            self.faults.append(self._no_lever(path, node))
        elif parameter.when == "at birth":
            self.faults.append(node.key.fault("error.intervention.birth", path=path))
        elif parts[0] == "organisations" and parts[1] == "*":
            for key in self.organisations:
                yield f"organisations.{key}.{parts[2]}"
        else:
            yield path

    def _no_lever(self, path: str, node: Node) -> Fault:
        parts = path.split(".")
        hint: Message | str
        if parts[0] == "organisations" and len(parts) == 2:
            return node.key.fault("error.intervention.organisation", path=path[:80])
        if parts[0] == "organisations" and len(parts) == 3:
            hint = did_you_mean(parts[2], PLAN)
        else:
            hint = did_you_mean(path, [*BY_PATH, *(f"organisations.*.{name}" for name in PLAN)])
        if not hint and parts[-1] in PLAN:
            hint = say("error.hint.near", near=f"organisations.*.{parts[-1]}")
        section = parts[0] if parts[0] in {p.split(".")[0] for p in BY_PATH} else "organisations"
        return node.key.fault(
            "error.unknown.lever", path=path[:80], hint=hint, section=section
        )  # fmt: skip

    def _number(self, path: str, node: Node) -> float:
        from .scenario_faults import wrong_value
        from .scenario_shape import number

        parameter = find(path)
        assert parameter is not None
        try:
            return number(parameter, node.value) + 0.0
        except ValueError:
            self.faults.append(wrong_value(path, node, parameter))
            return 0.0


def _finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:
        return False
