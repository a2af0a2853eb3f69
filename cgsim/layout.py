"""A scenario as the numbers that either engine starts from.

`Cells` lays everything that a lever or a monthly quantity can name (the policy, the
organisations and the cluster) one after another, so that an intervention is a list of
(cell, value) for either engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from .parameters import POLICY, find
from .scenario import Intervention, Scenario
from .state import CLUSTER, INTERVENTION, ORGANISATION

SENSES = ("<", "<=", ">", ">=")
"""How a reacting intervention compares, by the number that the rules use."""


_PLACE = {
    kind: {name: k for k, name in enumerate(names)}
    for kind, names in (("policy", POLICY), ("organisation", ORGANISATION), ("cluster", CLUSTER))
}


@dataclass(frozen=True)
class Cells:
    """Where each policy field, organisation field and monthly quantity lies in one row.

    Parameters
    ----------
    organisations : tuple of str
        Keys of the scenario's organisations, in its order.
    """

    organisations: tuple[str, ...]

    @property
    def size(self) -> int:
        """Number of cells."""
        return len(POLICY) + len(self.organisations) * len(ORGANISATION) + len(CLUSTER)

    def policy(self, name: str) -> int:
        """Cell of a shared lever or constant."""
        return _PLACE["policy"][name]

    def organisation(self, key: str, name: str) -> int:
        """Cell of an organisation's lever or state."""
        place = self.organisations.index(key)
        return len(POLICY) + place * len(ORGANISATION) + _PLACE["organisation"][name]

    def cluster(self, name: str) -> int:
        """Cell of a monthly quantity of the cluster."""
        start = len(POLICY) + len(self.organisations) * len(ORGANISATION)
        return start + _PLACE["cluster"][name]

    def names(self) -> list[tuple[Literal["policy", "organisation", "cluster"], int, str]]:
        """Return which actor (kind and place) and attribute each cell belongs to."""
        every: list[tuple[Literal["policy", "organisation", "cluster"], int, str]] = []
        every.extend(("policy", 0, name) for name in POLICY)
        for place in range(len(self.organisations)):
            every.extend(("organisation", place, name) for name in ORGANISATION)
        every.extend(("cluster", 0, name) for name in CLUSTER)
        return every


class Layout(NamedTuple):
    """The start of a run: a row of cells, and interventions with their changes.

    Attributes
    ----------
    cells : Cells
        Where everything lies in the row.
    start : tuple of float
        Policy, organisations (their levers) and cluster (zeros) before birth.
    interventions : tuple of dict
        Fields of `state.InterventionState`.
    changes : tuple of (int, float)
        Cell and new value, one intervention's after another's.
    """

    cells: Cells
    start: tuple[float, ...]
    interventions: tuple[dict[str, float], ...]
    changes: tuple[tuple[int, float], ...]


def groups_of(scenario: Scenario) -> int:
    """Return how many groups of trainees a scenario makes room for."""
    people, size = int(scenario.policy["people"]), int(scenario.policy["group_size"])
    return people // size + 1


@lru_cache(maxsize=256)
def lay_out(scenario: Scenario) -> Layout:
    """Return a scenario as numbers."""
    cells = Cells(scenario.organisations)
    start = [0.0] * cells.size
    for name, value in scenario.policy.items():
        start[cells.policy(name)] = float(value)
    for key, plan in scenario.plans.items():
        for lever, value in plan.items():
            start[cells.organisation(key, lever)] = float(value)
    rows: list[dict[str, float]] = []
    changes: list[tuple[int, float]] = []
    for one in scenario.interventions:
        rows.append(_row(one, cells, changes))
    return Layout(cells, tuple(start), tuple(rows), tuple(changes))


def _row(one: Intervention, cells: Cells, changes: list[tuple[int, float]]) -> dict[str, float]:
    row: dict[str, float] = dict.fromkeys(INTERVENTION, 0)
    row["month"] = -1 if one.month is None else one.month
    if one.quantity is not None:
        row["quantity"] = _quantity(one.quantity, cells)
        row["sense"] = SENSES.index(one.sense)
        row["bound"] = float(one.bound)
        row["for_months"] = one.for_months
        row["once"] = int(one.once)
    row["first_change"] = len(changes)
    changes.extend((_lever(path, cells), float(value)) for path, value in one.set)
    row["first_else"] = len(changes)
    changes.extend((_lever(path, cells), float(value)) for path, value in one.otherwise)
    row["end"] = len(changes)
    return row


def _lever(path: str, cells: Cells) -> int:
    parts = path.split(".")
    if parts[0] == "organisations":
        return cells.organisation(parts[1], parts[2])
    parameter = find(path)
    if parameter is None or parameter.name not in POLICY:
        raise KeyError(path)
    return cells.policy(parameter.name)


def _quantity(name: str, cells: Cells) -> int:
    if name in CLUSTER:
        return cells.cluster(name)
    return cells.organisation(name.removeprefix("spent_"), "spent")
