"""Luck and ignorance: how much of a difference's spread comes from which.

Run r has the same luck in every world, so worlds and runs are crossed like rows and columns:
difference = mean + world + run + rest. What is left between the means of worlds after few runs
is ignorance and a part of the rest; the luck of a run moves all worlds alike and does not
spread them. Taking the spread within worlds for the error of a world's mean would thus take too
much away; the rest alone is right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

ENDS = (0.05, 0.95)
"""A band holds what lies between these quantiles."""

RESAMPLES, LEVEL = 400, 0.95


class Split(NamedTuple):
    """Parts of the variance of a single pair's difference in a world drawn at random.

    Attributes
    ----------
    ignorance : float
        Variance of the mean difference from world to world.
    luck : float
        Variance from run to run: of what a run has in all worlds alike, and of what it has in
        this world alone.
    """

    ignorance: float
    luck: float

    @property
    def share(self) -> float:
        """Share of ignorance in the whole; NaN where nothing varies."""
        whole = self.ignorance + self.luck
        return self.ignorance / whole if whole > 0.0 else float("nan")


class Bands(NamedTuple):
    """Where the difference lies, as intervals between quantiles `ENDS`.

    Attributes
    ----------
    median : float
        Of a single pair in a world drawn at random.
    luck : tuple of float
        Luck alone: a single pair in the world as set.
    ignorance : tuple of float
        Ignorance alone: the mean difference from world to world, freed of luck.
    both : tuple of float
        A single pair in a world drawn at random.
    """

    median: float
    luck: tuple[float, float]
    ignorance: tuple[float, float]
    both: tuple[float, float]

    def named(self) -> dict[str, float]:
        """Return the bands' ends by name, as columns of a table."""
        found = {"median": self.median}
        for name in ("luck", "ignorance", "both"):
            found |= dict(zip((f"{name}_low", f"{name}_high"), getattr(self, name), strict=True))
        return found


def split(pairs: NDArray[np.float64]) -> Split:
    """Part the variance of paired differences into luck and ignorance.

    Parameters
    ----------
    pairs : array, shape (worlds, runs)
        At least two of each.

    References
    ----------
    Two-way layout with random effects and one observation a cell: Searle, Casella & McCulloch
    1992, Variance Components, DOI 10.1002/9780470316856, section 4.3

    Examples
    --------
    >>> worlds, runs = np.array([[0.0], [2.0], [4.0]]), np.array([[-1.0, 0.0, 1.0]])
    >>> split(worlds + runs)  # nothing but worlds and runs: variances 4 and 1
    Split(ignorance=4.0, luck=1.0)
    """
    worlds, runs = pairs.shape
    if worlds < 2 or runs < 2:
        return Split(float("nan"), float("nan"))
    whole = pairs.mean()
    of_world, of_run = pairs.mean(axis=1) - whole, pairs.mean(axis=0) - whole
    rest = pairs - whole - of_world[:, None] - of_run[None, :]
    between_worlds = runs * float(of_world @ of_world) / (worlds - 1)
    between_runs = worlds * float(of_run @ of_run) / (runs - 1)
    left = float((rest * rest).sum()) / ((worlds - 1) * (runs - 1))
    shared = max(0.0, (between_runs - left) / worlds)
    return Split(max(0.0, (between_worlds - left) / runs), shared + left)


def share_interval(pairs: NDArray[np.float64], seed: int) -> tuple[float, float]:
    """Return a 95 % interval for the share of ignorance: a bootstrap over worlds."""
    draws = np.random.default_rng(seed).integers(len(pairs), size=(RESAMPLES, len(pairs)))
    shares = np.array([split(pairs[one]).share for one in draws])
    shares = shares[np.isfinite(shares)]
    if not len(shares):
        return float("nan"), float("nan")
    tail = (1.0 - LEVEL) / 2.0
    low, high = np.quantile(shares, (tail, 1.0 - tail))
    return float(low), float(high)


def bands(pairs: NDArray[np.float64], reference: NDArray[np.float64]) -> Bands:
    """Return where the difference lies by luck alone, by ignorance alone, and by both.

    Means of worlds after a few runs are spread too far by luck; they are drawn together by the
    ratio of the standard deviations. Luck is read where all numbers are as set: it spreads a
    difference less in worlds where both scenarios come to nothing, so that no one width of it
    would be right in all.

    Parameters
    ----------
    pairs : array, shape (worlds, runs)
        Paired differences.
    reference : array, shape (runs,)
        Paired differences in the world as set.
    """
    of_world = pairs.mean(axis=1)
    mean, parts = float(of_world.mean()), split(pairs)
    away = of_world - mean
    ignorance = mean + away * _ratio(parts.ignorance, float(away @ away) / max(1, len(away) - 1))
    return Bands(float(np.median(pairs)), _ends(reference), _ends(ignorance), _ends(pairs))


def _ratio(right: float, seen: float) -> float:
    return float(np.sqrt(right / seen)) if seen > 0.0 and np.isfinite(right) else 1.0


def _ends(values: NDArray[np.float64]) -> tuple[float, float]:
    low, high = np.quantile(values, ENDS)
    return float(low), float(high)
