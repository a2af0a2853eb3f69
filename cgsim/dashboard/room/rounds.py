"""Rounds played, and the scenario that they make."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ...scenario import Scenario
from ..state import Value, moved


@dataclass(frozen=True)
class Round:
    """A round played: what was moved when it began.

    Attributes
    ----------
    month : int
        Months lived before it.
    moves : tuple of (path, value)
    """

    month: int
    moves: tuple[tuple[str, Value], ...]


@lru_cache(maxsize=32)
def played(base: Scenario, rounds: tuple[Round, ...]) -> Scenario:
    """Return a scenario with the moves of all rounds as interventions."""
    moves = tuple((one.month, path, value) for one in rounds for path, value in one.moves)
    return moved(base, moves) if moves else base
