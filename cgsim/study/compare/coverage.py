"""How often the intervals of a comparison hold what is true, on a case whose truth is known.

Many thousands of pairs are run once and taken for all there is; their mean, median and ratio
are the truth. Small studies are drawn from them with replacement, and the intervals are those
that `cgsim compare` gives: the very same functions. A study without pairing draws its runs of
one scenario apart from those of the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ...scenario import Scenario
from ...scenario_faults import MAX_MONTHS
from .intervals import fieller, matched, mean_interval, median_interval, student, welch
from .outcomes import OUTCOMES
from .pairs import Pairs, paired, shorter

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Interval = tuple[Numbers, Numbers]

FIRST, OTHERS = "sangatta-utara", ("recommendation-1", "strong-ground-rules")
"""A clear difference, and one so small that the price of it often cannot be told."""

PAIRS, STUDIES, SIZES, SEED = 20_000, 10_000, (50, 100, 500), 20265
"""Pairs taken for all there is; studies of each size; pairs a study; a seed of its own."""

BOUNDS = (0.93, 0.97)
"""Between which a 95 % interval must cover; exact ones may cover more often."""

NUMBERS = tuple(one.name for one in OUTCOMES if one.kind == "number")
SHARES = ("dynamic",)
EFFECTS = ("artisan_years", "dynamic")
BATCH = 500
"""Studies drawn at a time."""


@dataclass(frozen=True)
class Coverage:
    """How often an interval held the truth.

    Attributes
    ----------
    kind : str
        ``paired``, ``unpaired``, ``median``, ``ratio``.
    outcome : str
    truth : float
    runs : int
        Pairs, or runs of each scenario, in a study.
    covered : float
        Share of the studies whose interval holds the truth. An interval of a ratio without
        ends rules nothing out and counts as holding it.
    told : float
        Share of the studies whose interval has ends.
    least : bool
        Whether the interval is exact and promises *at least* its level.
    """

    kind: str
    outcome: str
    truth: float
    runs: int
    covered: float
    told: float = 1.0
    least: bool = False

    @property
    def holds(self) -> bool:
        """Whether it covers as often as it must."""
        return self.covered >= BOUNDS[0] and (self.least or self.covered <= BOUNDS[1])


def coverage(
    pairs: Pairs, sizes: tuple[int, ...] = SIZES, studies: int = STUDIES, seed: int = SEED
) -> list[Coverage]:
    """Return how often each kind of interval covers, for studies of each size.

    Parameters
    ----------
    pairs : Pairs
        All there is: of its second scenario against the first.
    sizes : tuple of int
        Pairs a study.
    studies : int
        Studies of each size.
    seed : int
        Which studies are drawn.
    """
    found = []
    for size in sizes:
        found += [_means(pairs, name, size, studies, seed) for name in NUMBERS]
        found += [_shares(pairs, name, size, studies, seed) for name in SHARES]
        found += [_welch(pairs, name, size, studies, seed) for name in NUMBERS]
        found += [_newcombe(pairs, name, size, studies, seed) for name in SHARES]
        found += [_medians(pairs, name, size, studies, seed) for name in NUMBERS]
        effects = [name for name in EFFECTS if _mean(pairs.difference(pairs.others[0], name))]
        found += [_ratios(pairs, name, size, studies, seed) for name in effects]
    return found


def _drawn(
    total: int, size: int, studies: int, seed: int, stream: int = 0
) -> Iterator[NDArray[np.int64]]:
    """Return which pairs each study has, batch by batch."""
    luck = np.random.default_rng([seed, size, stream])
    for start in range(0, studies, BATCH):
        yield luck.integers(0, total, (min(BATCH, studies - start), size))


def _share(studies: Iterator[Interval], truth: float) -> tuple[float, float]:
    """Return which share of intervals hold the truth, and which share have ends."""
    held, told, every = 0, 0, 0
    for low, high in studies:
        known = np.isfinite(low)
        held += int(((low <= truth) & (truth <= high) | ~known).sum())
        told += int(known.sum())
        every += len(low)
    return held / every, told / every


def _paired(
    kind: str, pairs: Pairs, name: str, size: int, studies: int, seed: int,
    interval: Callable[[Numbers], Interval], middle: Callable[[Numbers], float],
) -> Coverage:  # fmt: skip
    values = pairs.difference(pairs.others[0], name)
    drawn = _drawn(pairs.runs, size, studies, seed)
    truth = float(middle(values))
    covered, told = _share((interval(values[rows]) for rows in drawn), truth)
    return Coverage(kind, name, truth, size, covered, told, kind == "median")


def _means(pairs: Pairs, name: str, size: int, studies: int, seed: int) -> Coverage:
    return _paired("paired", pairs, name, size, studies, seed, mean_interval, _mean)


def plain(pairs: Pairs, name: str, size: int, studies: int, seed: int = SEED) -> Coverage:
    """Return how often Student's interval covers as it stands, skewness left in."""
    return _paired("plain", pairs, name, size, studies, seed, student, _mean)


def _medians(pairs: Pairs, name: str, size: int, studies: int, seed: int) -> Coverage:
    return _paired("median", pairs, name, size, studies, seed, median_interval, _median)


def _shares(pairs: Pairs, name: str, size: int, studies: int, seed: int) -> Coverage:
    def interval(values: Numbers) -> Interval:
        more, fewer = ((way * values > 0).sum(axis=-1).astype(float) for way in (1, -1))
        return matched(more, fewer, size)

    return _paired("paired", pairs, name, size, studies, seed, interval, _mean)


def _mean(values: Numbers) -> float:
    return float(values.mean())


def _median(values: Numbers) -> float:
    return float(np.median(values))


def _apart(pairs: Pairs, name: str, size: int, studies: int, seed: int) -> Iterator[Interval]:
    """Return the runs of the first and those of the other, drawn apart."""
    values = [one.value(name) for one in (pairs.first, pairs.others[0])]
    drawn = (_drawn(pairs.runs, size, studies, seed, stream) for stream in (1, 2))
    for first, second in zip(*drawn, strict=True):
        yield values[0][first], values[1][second]


def _welch(pairs: Pairs, name: str, size: int, studies: int, seed: int) -> Coverage:
    truth = _mean(pairs.difference(pairs.others[0], name))
    apart = _apart(pairs, name, size, studies, seed)
    covered, told = _share((welch(one, two) for one, two in apart), truth)
    return Coverage("unpaired", name, truth, size, covered, told)


def _newcombe(pairs: Pairs, name: str, size: int, studies: int, seed: int) -> Coverage:
    from ..intervals import newcombe

    truth = _mean(pairs.difference(pairs.others[0], name))

    def intervals() -> Iterator[Interval]:
        for one, two in _apart(pairs, name, size, studies, seed):
            shares = zip(two.mean(axis=-1), one.mean(axis=-1), strict=True)
            ends = np.array([newcombe(b, size, a, size) for b, a in shares])
            yield ends[:, 0], ends[:, 1]

    covered, told = _share(intervals(), truth)
    return Coverage("unpaired", name, truth, size, covered, told)


def _ratios(pairs: Pairs, name: str, size: int, studies: int, seed: int) -> Coverage:
    costs, gains = (pairs.difference(pairs.others[0], one) for one in ("spent", name))
    drawn = _drawn(pairs.runs, size, studies, seed)
    truth = _mean(costs) / _mean(gains)
    covered, told = _share((fieller(costs[rows], gains[rows]) for rows in drawn), truth)
    return Coverage("ratio", name, truth, size, covered, told)


def populations(
    runs: int = PAIRS, seed: int = SEED, others: Sequence[str] = OTHERS, months: int | None = None
) -> list[Pairs]:
    """Return the pairs that are taken for all there is, scenario by scenario."""
    cases = [shorter(Scenario.load(name), months or MAX_MONTHS) for name in (FIRST, *others)]
    every = paired(cases, runs, seed, series=False)
    return [replace(every, every=(every.first, other)) for other in every.others]


if __name__ == "__main__":
    from .coverage_page import write

    raise SystemExit(write())
