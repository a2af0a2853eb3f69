"""The lever that `cgsim why` is asked about, in the scenario that it is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..parameters import Parameter, find
from ..scenario import Scenario
from ..scenario_file import did_you_mean
from .levers import every
from .words import refusal

BASE = "sangatta-utara"
"""The scenario that is asked where none is named."""


@dataclass(frozen=True)
class Asked:
    """A lever in a scenario, and how far to look into it.

    Attributes
    ----------
    path : str
        Full path; ``organisations.*.lever`` means all organisations.
    parameter : Parameter
    case : Scenario
    """

    path: str
    parameter: Parameter
    case: Scenario

    @property
    def listed(self) -> str:
        """The path under which `cgsim levers` lists it."""
        parts = self.path.split(".")
        return ".".join(["organisations", "*", parts[2]]) if self.is_plan else self.path

    @property
    def is_plan(self) -> bool:
        """Whether each organisation sets it for itself."""
        return self.path.startswith("organisations.")

    def values(self) -> dict[str, Any]:
        """Return what the scenario says, by full path."""
        value = self.case.value(self.path)
        if not isinstance(value, dict):
            return {self.path: value}
        return {self.path.replace("*", key): one for key, one in value.items()}

    def mark(self, path: str) -> str:
        """Return what the scenario says of a value's source, empty where nothing."""
        sources = self.case.sources
        return sources.get(path) or sources.get(self.listed, "")

    def moved_later(self) -> bool:
        """Whether an intervention of the scenario sets it too."""
        paths = set(self.values())
        return any(
            path in paths
            for one in self.case.interventions
            for path, _ in (*one.set, *one.otherwise)
        )


def asked(read: str, scenario: str | None) -> Asked:
    """Find the lever that is meant: a path, or the last part of one where only one ends so.

    Raises
    ------
    ScenarioError
        Where there is none, or more than one; the nearest right word is named.
    """
    case = Scenario.load(scenario or BASE)
    own = {f"organisations.{key}.{p.name}" for key in case.organisations for p in _plan()}
    known = {*every(), *own}
    if read in known:
        path = read
    else:
        ends = [path for path in every() if path.endswith(f".{read}") or _name(path) == read]
        if len(ends) > 1:
            raise refusal("why", "many_levers", read=read[:80], found=", ".join(ends))
        if not ends:
            parts = read.split(".")
            if parts[0] == "organisations" and len(parts) == 3 and find(read) is not None:
                hint = did_you_mean(parts[1], case.organisations)
                raise refusal("why", "no_organisation", read=parts[1][:40],
                              scenario=case.name, hint=hint)  # fmt: skip
            words = [*known, *(part for path in every() for part in path.split(".")[1:])]
            raise refusal("why", "unknown_lever", read=read[:80], hint=did_you_mean(read, words))
        path = ends[0]
    parameter = find(path)
    assert parameter is not None
    return Asked(path, parameter, case)


def _plan() -> list[Parameter]:
    return [one for path, one in every().items() if path.startswith("organisations.")]


def _name(path: str) -> str:
    return every()[path].name if not path.startswith("organisations.") else ""
