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

from .peeling import Sides, candidates, ends_of_ties, peeled, peeled_again

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

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
    ends = ends_of_ties(np.take_along_axis(values, order, axis=0))
    picked = candidates(order, ends, fails)
    sides = peeled(values[:, picked], fails)
    score = _score(values[:, picked], fails, sides)
    random = np.random.default_rng(seed)
    as_good = 0
    for _ in range(shuffles):
        dealt = random.permutation(fails)
        some = values[:, candidates(order, ends, dealt)]
        as_good += _score(some, dealt, peeled(some, dealt)) >= score
        if 1 + as_good > CHANCE * (1 + shuffles):
            return None  # whatever the other shuffles bring
    chance = (1 + as_good) / (1 + shuffles)
    own, names = values[:, picked], [paths[k] for k in picked]
    few = _pruned(own, fails, sides, values.shape[1])
    few = _pruned(own, fails, peeled_again(own, fails, few), values.shape[1])
    return _told(own, fails, few, names, chance)


def _score(values: NDArray[np.float64], fails: NDArray[np.bool_], sides: Sides) -> float:
    """Return how good a box is, −log of the chance of as many failures with the base share."""
    inside = sides.holds(values)
    return -_log_tail(int(fails[inside].sum()), int(inside.sum()), float(fails.mean()))


def _log_tail(failures: int, worlds: int, share: float) -> float:
    """Return the log of the chance of at least so many failures."""
    from scipy.stats import binom

    return float(binom.logsf(failures - 1, worlds, share))


def _pruned(
    values: NDArray[np.float64], fails: NDArray[np.bool_], sides: Sides, looked_at: int
) -> Sides:
    """Open limits that chance explains, the least sure first; the surest one stays.

    As many assumptions were looked at, so chance must be as much rarer.
    """
    while len(sides.ends) > 1:
        chances = {
            (k, upper): _chance(values, fails, sides, k, (upper,)) for k, upper in sides.ends
        }
        worst = max(chances, key=lambda one: chances[one])
        if chances[worst] <= CHANCE / looked_at:
            break
        sides = sides.opened(worst[0], (worst[1],))
    return sides


def _chance(
    values: NDArray[np.float64], fails: NDArray[np.bool_], sides: Sides, k: int,
    ends: tuple[bool, ...] = (False, True),
) -> float:  # fmt: skip
    """Return the quasi-p-value of an assumption's limits, or of one of them."""
    inside, without = sides.holds(values), sides.opened(k, ends).holds(values)
    share = float(fails[without].mean())
    return float(np.exp(_log_tail(int(fails[inside].sum()), int(inside.sum()), share)))


def _told(
    values: NDArray[np.float64], fails: NDArray[np.bool_], sides: Sides, names: list[str],
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
