"""The box in which a conclusion fails: a few assumptions, each within limits (PRIM).

Patient rule induction peels a thin slice off one side of one assumption at a time, whichever
raises the share of failures most for each world given up. Of all boxes on the way the one with
the best balance of density and coverage is taken, limits that chance explains are dropped, and
the whole search is repeated with failures dealt out at random: where chance finds a box as good
in more than one of twenty, there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

PEEL = 0.05
"""Share of the worlds in a box that a peel takes away."""

SMALLEST = 0.05
"""Least share of all worlds in a box."""

CANDIDATES = 10
"""Assumptions that enter the search: those in which failures are spread least like the rest."""

FEWEST = 8
"""Failures, and worlds without, below which no box is looked for."""

SHUFFLES, CHANCE = 199, 0.05


class Limit(NamedTuple):
    """One limited assumption of a box.

    Attributes
    ----------
    path : str
    low, high : float or None
        Limits, both within the box; None where it is open.
    chance : float
        Quasi-p-value: with this assumption not limited and the others as they are, how likely as
        many failures would be among as many worlds.
    """

    path: str
    low: float | None
    high: float | None
    chance: float


@dataclass(frozen=True)
class Box:
    """Where failures crowd.

    Attributes
    ----------
    limits : tuple of Limit
        The surest first.
    density : float
        Share of failures among the worlds in the box.
    coverage : float
        Share of all failures that lie in the box.
    mass : float
        Share of all worlds that lie in the box.
    base : float
        Share of failures among all worlds.
    inside, failures : int
        Worlds in the box, and failures among them.
    chance : float
        How often the same search found as good a box with failures dealt out at random.
    """

    limits: tuple[Limit, ...]
    density: float
    coverage: float
    mass: float
    base: float
    inside: int
    failures: int
    chance: float

    def holds(self, values: NDArray[np.float64], paths: Sequence[str]) -> NDArray[np.bool_]:
        """Return which worlds lie in the box."""
        inside = np.ones(len(values), dtype=bool)
        for one in self.limits:
            column = values[:, list(paths).index(one.path)]
            inside &= (column >= one.low) if one.low is not None else True
            inside &= (column <= one.high) if one.high is not None else True
        return inside


class _Sides(NamedTuple):
    """Limits of every candidate, ±∞ where open."""

    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def holds(self, values: NDArray[np.float64]) -> NDArray[np.bool_]:
        return np.asarray(((values >= self.low) & (values <= self.high)).all(axis=1))

    def opened(self, k: int) -> _Sides:
        low, high = self.low.copy(), self.high.copy()
        low[k], high[k] = -np.inf, np.inf
        return _Sides(low, high)

    @property
    def limited(self) -> list[int]:
        return np.flatnonzero(np.isfinite(self.low) | np.isfinite(self.high)).tolist()


def find_box(
    values: NDArray[np.float64], fails: NDArray[np.bool_], paths: Sequence[str], seed: int = 1,
    shuffles: int = SHUFFLES,
) -> Box | None:  # fmt: skip
    """Look for the box in which failures crowd.

    Parameters
    ----------
    values : array, shape (worlds, assumptions)
    fails : array of bool, shape (worlds,)
    paths : sequence of str
        The assumptions.
    seed : int
        Seed of the shuffles.
    shuffles : int
        How often failures are dealt out at random.

    Returns
    -------
    Box or None
        None where chance explains what is found, or there are too few failures or too few
        worlds without.

    References
    ----------
    Friedman & Fisher 1999, DOI 10.1023/A:1008894516817 (PRIM); Bryant & Lempert 2010, DOI
    10.1016/j.techfore.2009.08.002 (coverage, density, quasi-p-values); Kwakkel & Jaxa-Rozen 2016,
    DOI 10.1016/j.envsoft.2015.11.020 (gain for each world given up, which suits whole numbers)

    Examples
    --------
    >>> values = np.random.default_rng(1).uniform(size=(200, 5))
    >>> found = find_box(values, values[:, 2] > 0.7, ["a", "b", "c", "d", "e"])
    >>> [(one.path, round(one.low, 1), one.high) for one in found.limits]
    [('c', 0.7, None)]
    """
    count = int(fails.sum())
    if not FEWEST <= count <= len(fails) - FEWEST:
        return None
    order = np.argsort(values, axis=0, kind="stable")
    ends = _ends_of_ties(np.take_along_axis(values, order, axis=0))
    picked = _candidates(order, ends, fails)
    sides = _peeled(values[:, picked], fails)
    score = _score(values[:, picked], fails, sides)
    random = np.random.default_rng(seed)
    as_good = 0
    for _ in range(shuffles):
        dealt = random.permutation(fails)
        some = values[:, _candidates(order, ends, dealt)]
        as_good += _score(some, dealt, _peeled(some, dealt)) >= score
        if 1 + as_good > CHANCE * (1 + shuffles):
            return None  # whatever the other shuffles bring
    chance = (1 + as_good) / (1 + shuffles)
    own, names = values[:, picked], [paths[k] for k in picked]
    return _told(own, fails, _pruned(own, fails, sides, values.shape[1]), names, chance)


def _ends_of_ties(ordered: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return where in each sorted column the last of equal values stands."""
    ends = np.ones(ordered.shape, dtype=bool)
    ends[:-1] = ordered[:-1] != ordered[1:]
    return ends


def _candidates(
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


def _peeled(values: NDArray[np.float64], fails: NDArray[np.bool_]) -> _Sides:
    """Peel until the box is as small as may be; return the best box on the way.

    Best is the harmonic mean of density and coverage; of equal ones the larger box.
    """
    sides = _Sides(np.full(values.shape[1], -np.inf), np.full(values.shape[1], np.inf))
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
        sides = _Sides(low, high)
        inside = sides.holds(values)
        here = 2.0 * int(fails[inside].sum()) / (int(inside.sum()) + every)
        if here > balance:
            best, balance = sides, here


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


def _score(values: NDArray[np.float64], fails: NDArray[np.bool_], sides: _Sides) -> float:
    """Return how good a box is, −log of the chance of as many failures with the base share."""
    inside = sides.holds(values)
    return -_log_tail(int(fails[inside].sum()), int(inside.sum()), float(fails.mean()))


def _log_tail(failures: int, worlds: int, share: float) -> float:
    """Return the log of the chance of at least so many failures."""
    from scipy.stats import binom

    return float(binom.logsf(failures - 1, worlds, share))


def _pruned(
    values: NDArray[np.float64], fails: NDArray[np.bool_], sides: _Sides, looked_at: int
) -> _Sides:
    """Open assumptions that chance explains, the least sure first; the surest one stays.

    As many assumptions were looked at, so chance must be as much rarer.
    """
    while len(sides.limited) > 1:
        chances = {k: _chance(values, fails, sides, k) for k in sides.limited}
        worst = max(chances, key=lambda k: chances[k])
        if chances[worst] <= CHANCE / looked_at:
            break
        sides = sides.opened(worst)
    return sides


def _chance(
    values: NDArray[np.float64], fails: NDArray[np.bool_], sides: _Sides, k: int
) -> float:  # fmt: skip
    """Return the quasi-p-value of an assumption's limits."""
    inside, without = sides.holds(values), sides.opened(k).holds(values)
    share = float(fails[without].mean())
    return float(np.exp(_log_tail(int(fails[inside].sum()), int(inside.sum()), share)))


def _told(
    values: NDArray[np.float64], fails: NDArray[np.bool_], sides: _Sides, names: list[str],
    chance: float,
) -> Box:  # fmt: skip
    inside = sides.holds(values)
    count, hits = int(inside.sum()), int(fails[inside].sum())
    limits = [
        Limit(
            names[k],
            float(sides.low[k]) if np.isfinite(sides.low[k]) else None,
            float(sides.high[k]) if np.isfinite(sides.high[k]) else None,
            _chance(values, fails, sides, k),
        )
        for k in sides.limited
    ]
    return Box(
        tuple(sorted(limits, key=lambda one: one.chance)), hits / count,
        hits / int(fails.sum()), count / len(fails), float(fails.mean()), count, hits, chance,
    )  # fmt: skip
