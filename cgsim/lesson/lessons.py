"""What a lesson holds: its words in both languages, its levers, its steps and bets."""

from __future__ import annotations

import itertools
import math
import shlex
from collections.abc import Mapping
from dataclasses import dataclass

from ..scenario import Scenario
from ..study.sweep.axes import Axis
from ..study.varied import stated
from ..world.shape import STATES

Words = Mapping[str, str]
"""Text by language."""

OUTCOMES = (*STATES, "producers")
"""What may be bet on: how many runs are in a state, or the median of producers."""

MOST_LEVERS, MOST_POINTS = 4, 250
"""Levers of a lesson, and points of its grid: what a file of 5 MB holds."""


@dataclass(frozen=True)
class Lever:
    """A lever that the reader moves.

    Attributes
    ----------
    axis : Axis
        Its path and the values recorded.
    start : int
        Place of the value first shown.
    label : Words or None
        What the lesson calls it, None for its usual name.
    """

    axis: Axis
    start: int = 0
    label: Words | None = None


@dataclass(frozen=True)
class Bet:
    """A question whose answer is recorded.

    Attributes
    ----------
    question : Words
    outcome : str
        One of `OUTCOMES`.
    after : int
        Months passed.
    reveal : Words or None
        What is said once the bet is laid; ``{here}`` is the answer, ``{start}`` the same
        outcome where the lesson starts, ``{runs}`` the number of runs.
    """

    question: Words
    outcome: str
    after: int
    reveal: Words | None = None


@dataclass(frozen=True)
class Step:
    """A piece of the story; `at` is the grid's place that it speaks of, if it speaks of one."""

    title: Words
    text: Words
    at: tuple[int, ...] | None = None
    bet: Bet | None = None


@dataclass(frozen=True)
class Lesson:
    """A lesson as its file tells it.

    Attributes
    ----------
    name : str
    title, question : Words
    scenario : Scenario
        What every point of the grid starts from.
    called : str
        How the file names the scenario.
    levers : tuple of Lever
    story : tuple of Step
    leaves_out : tuple of Words
        What the model says nothing about.
    """

    name: str
    title: Words
    question: Words
    scenario: Scenario
    called: str
    levers: tuple[Lever, ...]
    story: tuple[Step, ...]
    leaves_out: tuple[Words, ...]

    @property
    def shape(self) -> tuple[int, ...]:
        """How many values each lever has."""
        return tuple(len(one.axis.values) for one in self.levers)

    @property
    def points(self) -> list[tuple[int, ...]]:
        """Every place of the grid, the last lever fastest."""
        return list(itertools.product(*map(range, self.shape)))

    @property
    def start(self) -> tuple[int, ...]:
        """The place first shown."""
        return tuple(one.start for one in self.levers)

    def number(self, place: tuple[int, ...]) -> int:
        """Return which of `points` a place is."""
        found = 0
        for size, k in zip(self.shape, place, strict=True):
            found = found * size + k
        return found

    def scenario_at(self, place: tuple[int, ...]) -> Scenario:
        """Return the scenario of a place, checked like any other."""
        pairs = zip(self.levers, place, strict=True)
        return self.scenario.replace(
            {one.axis.path: stated(one.axis, one.axis.values[k]) for one, k in pairs}
        )

    def setting(self, lever: int, k: int) -> str:
        """Return what ``--set`` says of a lever's value, quoted for a shell."""
        axis = self.levers[lever].axis
        value = stated(axis, axis.values[k])
        said = str(value).lower() if isinstance(value, bool) else str(value)
        return shlex.quote(f"{axis.path}={said}")


def size_of(levers: list[Lever]) -> int:
    """Return how many points the grid of some levers has."""
    return math.prod(len(one.axis.values) for one in levers)
