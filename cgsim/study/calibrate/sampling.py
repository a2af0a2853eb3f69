"""Sequential Monte Carlo by pyabc: worlds drawn from the spreads, those that fit kept.

The distance of a world is how far its worst target is off, in tolerances. Each generation allows
half of what the one before allowed, down to 1: then every target is within its tolerance, and the
worlds kept are draws from the spreads under that one condition.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..sweep.axes import Axis
from .seeing import Eyes

if TYPE_CHECKING:
    from numpy.typing import NDArray

WITHIN = 1.0
"""The distance from which on every target is within its tolerance."""

LEAST_ACCEPTED = 0.005
"""A generation of which fewer worlds fit is given up."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Kept:
    """What the last whole generation holds.

    Attributes
    ----------
    worlds : DataFrame
        A row a world, a column a constant.
    weights : array
        They add up to 1.
    generations : DataFrame
        By generation: the tolerance allowed, worlds tried and kept, their effective number.
    """

    worlds: pd.DataFrame
    weights: NDArray[np.float64]
    generations: pd.DataFrame


def sample(
    eyes: Eyes, axes: Sequence[Axis], population: int, generations: int, seed: int,
    progress: Progress | None = None,
) -> Kept:  # fmt: skip
    """Draw worlds generation by generation until all targets are within their tolerance.

    Parameters
    ----------
    eyes : Eyes
        Looks at the targets that count.
    axes : sequence of Axis
        Constants and their spreads: uniform before anything is seen.
    population : int
        Worlds kept in each generation.
    generations : int
        At most so many.
    seed : int
        Seed of the draws.
    progress : callable, optional
        Called with worlds kept and worlds to keep at most.
    """
    import pyabc  # first: it sets up its own log

    with _quiet(), _seeded(seed):
        return _sample(pyabc, eyes, axes, population, generations, progress)


def _sample(
    pyabc: Any, eyes: Eyes, axes: Sequence[Axis], population: int, generations: int,
    progress: Progress | None,
) -> Kept:  # fmt: skip
    paths = [axis.path for axis in axes]
    prior = pyabc.Distribution(
        **{axis.path: pyabc.RV("uniform", axis.low, axis.high - axis.low) for axis in axes}
    )

    def distance(seen: dict[str, float], _: dict[str, float]) -> float:
        return seen["off"]

    def model(world: dict[str, float]) -> dict[str, float]:
        off = eyes.off([world[path] for path in paths])
        counted(off)
        return {"off": off}

    allowed = _down_to_one(pyabc.QuantileEpsilon)
    counted = _counting(allowed, population, generations, progress)
    search = pyabc.ABCSMC(
        model, prior, distance_function=distance, population_size=population, eps=allowed,
        sampler=pyabc.sampler.SingleCoreSampler(check_max_eval=True),
        transitions=pyabc.MultivariateNormalTransition(bandwidth_selector=_wide),
    )  # fmt: skip
    search.new("sqlite://", {"off": 0.0})
    try:
        history = search.run(
            minimum_epsilon=WITHIN, max_nr_populations=generations,
            min_acceptance_rate=LEAST_ACCEPTED,
        )  # fmt: skip
        return _kept(history, paths)
    finally:
        # later Pythons warn of a data base that nobody closed
        engine = search.history._engine
        if engine is not None:
            search.history._session.close()
            engine.dispose()


def _kept(history: Any, paths: list[str]) -> Kept:
    worlds, weights = history.get_distribution(0, history.max_t)
    told = history.get_all_populations()
    told = told[told["t"] >= 0]
    # the first population of the data base stands for what was seen, not for worlds
    rows = []
    for t, epsilon, tried in zip(told["t"], told["epsilon"], told["samples"], strict=True):
        _, mine = history.get_distribution(0, int(t))
        rows.append(
            {
                "generation": int(t) + 1,
                "allowed": float(epsilon),
                "tried": int(tried),
                "kept": len(mine),
                "effective": _effective(np.asarray(mine)),
            }
        )
    share = np.asarray(weights, dtype=np.float64)
    frame = worlds[paths].reset_index(drop=True).astype(np.float64)
    frame.columns.name = None
    return Kept(frame, share / share.sum(), pd.DataFrame(rows))


def _wide(count: int, size: int) -> float:
    """Return by how much a step is wider than the spread of the worlds it starts from.

    Steps of twice their covariance keep the weights even (Filippi et al. 2013,
    doi:10.1515/sagmb-2012-0069); pyabc's own, narrower rule left few worlds with all the weight.
    """
    return math.sqrt(2.0)


def _effective(weights: NDArray[np.float64]) -> float:
    return float(weights.sum() ** 2 / np.square(weights).sum())


def _down_to_one(base: type[Any]) -> Any:
    """Return pyabc's rule for what the next generation allows, never less than `WITHIN`."""

    class DownToOne(base):  # type: ignore[misc]
        def __call__(self, t: int) -> float:
            return max(WITHIN, float(super().__call__(t)))

    return DownToOne(alpha=0.5)


def _counting(
    allowed: Any, population: int, generations: int, progress: Progress | None
) -> Callable[[float], None]:
    """Return what counts the worlds that fit, of whichever generation is being drawn."""
    done = [0]

    def counted(off: float) -> None:
        if progress is None:
            return
        # nothing is allowed yet while it still looks how far off worlds are at all
        most = allowed._look_up.get(done[0] // population, -math.inf)
        if off <= max(WITHIN, most) and most > 0.0:
            done[0] = min(done[0] + 1, population * generations)
            progress(done[0], population * generations)

    return counted


@contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """Give numpy's one hidden stream a seed of ours, and its own state back afterwards."""
    before = np.random.get_state()  # noqa: NPY002  pyabc draws from it and from nothing else
    np.random.seed(seed)  # noqa: NPY002
    try:
        yield
    finally:
        np.random.set_state(before)  # noqa: NPY002


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pyabc's own log to warnings: progress is told in our words."""
    logs = [logging.getLogger(name) for name in ("ABC", "ABC.History", "ABC.Sampler")]
    before = [log.level for log in logs]
    for log in logs:
        log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        for log, level in zip(logs, before, strict=True):
            log.setLevel(level)


def evenly(weights: NDArray[np.float64], number: int) -> NDArray[np.int64]:
    """Return which worlds stand for all, each as often as its weight asks: systematic resampling.

    Examples
    --------
    >>> evenly(np.array([0.5, 0.25, 0.25]), 4).tolist()
    [0, 0, 1, 2]
    """
    edges = np.cumsum(weights) / weights.sum()
    at = (np.arange(number) + 0.5) / number
    return np.minimum(np.searchsorted(edges, at), len(weights) - 1)
