"""What everybody has set for the coming round, and what of it moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...scenario import Scenario
from ..state import Value
from .money import purse_of
from .parts import SPLIT, Part, in_force


def split_of(values: Mapping[str, Value], part: Part) -> dict[str, float]:
    """Return how an organisation splits its budget: efforts by lever."""
    return {lever: float(values[part.path(lever)]) for lever in SPLIT}


class Plans:
    """Levers set for the coming round, by path.

    Parameters
    ----------
    parts : dict
        Every part of the room.
    """

    def __init__(self, parts: Mapping[str, Part]) -> None:
        self._parts = parts
        self._wanted: dict[str, Value] = {}

    def want(self, path: str, value: Value) -> None:
        """Set a lever."""
        self._wanted[path] = value

    def put_back(self, moves: Iterable[tuple[str, Value]]) -> None:
        """Set what a round had moved that was taken back, where nothing newer was set."""
        self._wanted = dict(moves) | self._wanted

    def clear(self) -> None:
        """Forget what was set: from now on it stands in the scenario, or nowhere."""
        self._wanted = {}

    def values(self, case: Scenario, month: int, part: Part) -> dict[str, Value]:
        """Return what the levers of a part are to be when a month begins."""
        return {path: self._wanted.get(path, in_force(case, path, month)) for path in part.paths}

    def moves(self, case: Scenario, month: int) -> tuple[tuple[str, Value], ...]:
        """Return what moves when a month begins: only what differs, no budget overdrawn."""
        wanted = dict(self._wanted)
        for part in self._parts.values():
            if part.kind == "organisation" and any(path in wanted for path in part.paths):
                split = split_of(self.values(case, month, part), part)
                fitted = purse_of(case, part, month).fitted(split)
                cut = {lever: value for lever, value in fitted.items() if value != split[lever]}
                wanted |= {part.path(lever): value for lever, value in cut.items()}
        return tuple(
            (path, value)
            for path, value in sorted(wanted.items())
            if value != in_force(case, path, month)
        )
