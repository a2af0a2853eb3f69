"""Peeling: how PRIM takes thin slices off a box until failures crowd in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

PEEL = 0.05
"""Share of the worlds in a box that a peel takes away."""

SMALLEST = 0.05
"""Least share of all worlds in a box."""

CANDIDATES = 10
"""Assumptions that enter the search: those in which failures are spread least like the rest."""


class Sides(NamedTuple):
    """Limits of every candidate, ±∞ where open."""

    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def holds(self, values: NDArray[np.float64]) -> NDArray[np.bool_]:
        return np.asarray(((values >= self.low) & (values <= self.high)).all(axis=1))

    def opened(self, k: int, ends: tuple[bool, ...] = (False, True)) -> Sides:
        low, high = self.low.copy(), self.high.copy()
        for upper in ends:
            (high if upper else low)[k] = np.inf if upper else -np.inf
        return Sides(low, high)

    @property
    def ends(self) -> list[tuple[int, bool]]:
        """Every limit: of which candidate, and whether it is the upper one."""
        lower = [(int(k), False) for k in np.flatnonzero(np.isfinite(self.low))]
        return [*lower, *((int(k), True) for k in np.flatnonzero(np.isfinite(self.high)))]

    @property
    def limited(self) -> list[int]:
        return np.flatnonzero(np.isfinite(self.low) | np.isfinite(self.high)).tolist()


def ends_of_ties(ordered: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return where in each sorted column the last of equal values stands."""
    ends = np.ones(ordered.shape, dtype=bool)
    ends[:-1] = ordered[:-1] != ordered[1:]
    return ends


def candidates(
    order: NDArray[np.int64], ends: NDArray[np.bool_], fails: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Return the assumptions in which failures are spread least like the rest.

    Measured by the distance of Kolmogorov and Smirnov, which also sees failures crowd in the
    middle.
    """
    count = fails.sum()
    step = np.where(fails, 1.0 / count, -1.0 / (len(fails) - count))
    away = np.abs(np.cumsum(step[order], axis=0)) * ends
    return np.argsort(-away.max(axis=0), kind="stable")[:CANDIDATES]


def peeled(values: NDArray[np.float64], fails: NDArray[np.bool_]) -> Sides:
    """Peel until the box is as small as may be; return the best box on the way.

    Best is the harmonic mean of density and coverage; of equal ones the larger box.
    """
    sides = _open(values.shape[1])
    fewest, every = max(2, int(np.ceil(SMALLEST * len(fails)))), int(fails.sum())
    inside = np.ones(len(fails), dtype=bool)
    best, balance = sides, 2.0 * every / (len(fails) + every)
    while True:
        cut = _next_peel(values[inside], fails[inside], fewest)
        if cut is None:
            return best
        k, upper, limit = cut
        low, high = sides.low.copy(), sides.high.copy()
        (high if upper else low)[k] = limit
        sides = Sides(low, high)
        inside = sides.holds(values)
        here = _balance(fails, inside)
        if here > balance:
            best, balance = sides, here


def _open(columns: int) -> Sides:
    return Sides(np.full(columns, -np.inf), np.full(columns, np.inf))


def _balance(fails: NDArray[np.bool_], inside: NDArray[np.bool_]) -> float:
    """Return the harmonic mean of density and coverage."""
    return 2.0 * int(fails[inside].sum()) / (int(inside.sum()) + int(fails.sum()))


def peeled_again(values: NDArray[np.float64], fails: NDArray[np.bool_], sides: Sides) -> Sides:
    """Peel once more over the limited assumptions alone; return the better box.

    Among many assumptions a few worlds lead the peeling astray; among those that count it
    comes nearer to their limits.
    """
    limited = sides.limited
    if not limited:
        return sides
    few = peeled(values[:, limited], fails)
    other = _open(values.shape[1])
    other.low[limited], other.high[limited] = few.low, few.high
    better = _balance(fails, other.holds(values)) > _balance(fails, sides.holds(values))
    return other if better else sides


def _next_peel(
    values: NDArray[np.float64], fails: NDArray[np.bool_], fewest: int
) -> tuple[int, bool, float] | None:
    """Return which side of which assumption to peel, and the limit that is then kept.

    The side that raises the share of failures most for each world given up; a slice never parts
    equal values.
    """
    worlds, columns = values.shape
    slice_ = max(1, int(PEEL * worlds))
    ordered = np.sort(values, axis=0)
    across = np.arange(columns)
    best: tuple[float, int, bool, float] | None = None
    base = fails.mean()
    for upper in (False, True):
        line = ordered[worlds - slice_] if upper else ordered[slice_ - 1]
        kept = values < line if upper else values > line
        # the slice is a part of equal values: they go together
        left = kept.sum(axis=0)
        hits = (kept & fails[:, None]).sum(axis=0)
        with np.errstate(divide="ignore", invalid="ignore"):
            gain = (hits / left - base) / (worlds - left)
        gain = np.where((left >= fewest) & (left < worlds), gain, -np.inf)
        k = int(np.argmax(gain))
        if gain[k] > (best[0] if best else -np.inf) and np.isfinite(gain[k]):
            column = values[kept[:, k], across[k]]
            best = float(gain[k]), k, upper, float(column.max() if upper else column.min())
    # a box of failures alone, or of none, cannot become better
    return None if best is None or base in (0.0, 1.0) else best[1:]
