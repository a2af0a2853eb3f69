"""Walks the grid of a lesson: what is kept of each point's ensemble, and of its first run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..study.events import Event, story
from ..study.simulate import simulate
from ..world.shape import STATES
from .lessons import Lesson

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..scenario import Scenario

Progress = Callable[[int, int], None]

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Of producers, by month."""

DECIMALS = 1
"""Of quantiles of producers, which are whole or half for the median."""

EXAMPLE = 0
"""The run told as an example."""


@dataclass(frozen=True, eq=False)
class Point:
    """What is kept of one point.

    Attributes
    ----------
    counts : array of int, shape (months, states)
        Runs in each state after each month.
    producers : array, shape (quantiles, months)
        Quantiles over runs, rounded to `DECIMALS`.
    states, line : array of int, shape (months,)
        State and producers of the example run.
    events : tuple of Event
        What happens in it.
    """

    counts: NDArray[np.int64]
    producers: NDArray[np.float64]
    states: NDArray[np.int64]
    line: NDArray[np.int64]
    events: tuple[Event, ...]


def record(
    lesson: Lesson, runs: int, seed: int, threads: int | None = None,
    progress: Progress | None = None,
) -> tuple[Point, ...]:  # fmt: skip
    """Run every point of a lesson; run r has the same luck in all."""
    places = lesson.points
    found: list[Point] = []
    for done, place in enumerate(places):
        part = None if progress is None else _after(progress, done * runs, len(places) * runs)
        found.append(record_point(lesson.scenario_at(place), runs, seed, threads, part))
    return tuple(found)


def _after(progress: Progress, before: int, every: int) -> Progress:
    return lambda done, _: progress(before + done, every)


def record_point(
    case: Scenario, runs: int, seed: int, threads: int | None = None,
    progress: Progress | None = None,
) -> Point:  # fmt: skip
    """Run one scenario and keep what a lesson shows of it."""
    told = simulate(case, runs, seed, threads=threads, progress=progress)
    shape = (runs, case.months)
    states = told.months["state"].cat.codes.to_numpy().astype(np.int64).reshape(shape)
    producers = told.months["producers"].to_numpy().astype(np.int64).reshape(shape)
    counts = np.stack([(states == k).sum(axis=0) for k in range(len(STATES))], axis=1)
    spread = np.round(np.quantile(producers, QUANTILES, axis=0), DECIMALS)
    return Point(
        counts, spread, states[EXAMPLE], producers[EXAMPLE], tuple(story(case, seed, EXAMPLE))
    )


def value_of(point: Point, outcome: str, after: int) -> float:
    """Return how many runs are in a state after some months, or the median of producers."""
    if outcome == "producers":
        return float(point.producers[QUANTILES.index(0.5), after - 1])
    return float(point.counts[after - 1, STATES.index(outcome)])
