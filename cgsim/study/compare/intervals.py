"""Intervals for what differs between scenarios. Runs lie along the last axis of every array.

Each is closed form, so that the very function that a study uses is tried on thousands of small
studies at once (`coverage`). Where all pairs differ by the same, an interval is that value.
"""

from __future__ import annotations

import math
from functools import cache
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Interval = tuple[NDArray[np.float64], NDArray[np.float64]]

POWER = 0.8
"""Chance with which the pairs that are said to settle a question do so (assumption)."""


@cache
def student_quantile(level: float, freedom: float) -> float:
    """Return by how many standard errors an interval of a mean reaches to either side."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.5 + level / 2.0))


def student(values: Numbers, level: float = 0.95) -> Interval:
    """Return Student's interval of a mean.

    Examples
    --------
    >>> low, high = student(np.array([1.0, 2.0, 3.0]))
    >>> round(float(low), 3), round(float(high), 3)
    (-0.484, 4.484)
    """
    runs = values.shape[-1]
    middle = values.mean(axis=-1)
    if runs < 2:
        return np.full_like(middle, np.nan), np.full_like(middle, np.nan)
    error = values.std(axis=-1, ddof=1) / math.sqrt(runs)
    half = student_quantile(level, runs - 1) * error
    return middle - half, middle + half


def mean_interval(values: Numbers, level: float = 0.95) -> Interval:
    """Return Student's interval of a mean with the skewness of the values taken off.

    Of differences it is that of the paired mean difference. Where many pairs are equal and a
    few differ much, Student's own covers too seldom (docs/coverage.md).

    References
    ----------
    Hall 1992, On the removal of skewness by transformation, Journal of the Royal Statistical
    Society B 54:221–228

    Examples
    --------
    >>> low, high = mean_interval(np.array([0.0, 1.0, 2.0]))  # not skewed: as Student
    >>> round(float(low), 3), round(float(high), 3)
    (-1.484, 3.484)
    """
    runs = values.shape[-1]
    if runs < 2:
        return student(values, level)
    middle, spread = values.mean(axis=-1), values.std(axis=-1, ddof=1)
    third = ((values - middle[..., None]) ** 3).mean(axis=-1)
    cube = spread**3
    skew = np.divide(third, cube, out=np.zeros_like(third), where=cube > 0.0) / math.sqrt(runs)
    reach, error = student_quantile(level, runs - 1), spread / math.sqrt(runs)
    return middle - error * _bent(reach, skew), middle - error * _bent(-reach, skew)


def _bent(reach: float, skew: Numbers) -> Numbers:
    """Return how many standard errors an end lies off, on the scale of a skewed mean."""
    little = np.abs(skew) < 1e-6
    safe = np.where(little, 1.0, skew)
    bent = 3.0 / safe * (np.cbrt(1.0 + safe * (reach - safe / 6.0)) - 1.0)
    return np.where(little, reach, bent)


def welch(first: Numbers, second: Numbers, level: float = 0.95) -> Interval:
    """Return Welch's interval of second − first, as if their runs had nothing in common.

    References
    ----------
    Welch 1947, DOI 10.2307/2332510
    """
    from scipy.special import stdtrit

    runs = (first.shape[-1], second.shape[-1])
    middle = second.mean(axis=-1) - first.mean(axis=-1)
    if min(runs) < 2:
        return np.full_like(middle, np.nan), np.full_like(middle, np.nan)
    one, two = (x.var(axis=-1, ddof=1) / n for x, n in zip((first, second), runs, strict=True))
    below = one * one / (runs[0] - 1) + two * two / (runs[1] - 1)
    usual = np.full_like(below, min(runs) - 1.0)
    freedom = np.divide((one + two) ** 2, below, out=usual, where=below > 0.0)
    half = stdtrit(freedom, 0.5 + level / 2.0) * np.sqrt(one + two)
    return middle - half, middle + half


def matched(more: Numbers, fewer: Numbers, runs: int, level: float = 0.95) -> Interval:
    """Return the interval of a difference of two shares of the same pairs.

    Half a pair is added to each cell, then Wald's interval taken: near its level even where
    few pairs disagree, and never of no width.

    Parameters
    ----------
    more, fewer : array
        Pairs in which the second scenario has what the first has not, and the other way round.
    runs : int
        All pairs.

    References
    ----------
    Agresti & Min 2005, DOI 10.1002/sim.1781

    Examples
    --------
    >>> low, high = matched(np.array(30.0), np.array(10.0), 100)
    >>> round(float(low), 3), round(float(high), 3)
    (0.079, 0.313)
    """
    reach = NormalDist().inv_cdf(0.5 + level / 2.0)
    whole = runs + 2.0
    middle = (more - fewer) / whole
    half = reach * np.sqrt(more + fewer + 1.0 - (more - fewer) ** 2 / whole) / whole
    return np.maximum(middle - half, -1.0), np.minimum(middle + half, 1.0)


@cache
def _rank(runs: int, level: float) -> int:
    """Return from which value from either end the interval of a median reaches; 0 if none."""
    from scipy.stats import binom

    return int(binom.ppf((1.0 - level) / 2.0, runs, 0.5))


def median_interval(values: Numbers, level: float = 0.95) -> Interval:
    """Return the interval of a median from the order of the values: exact, whatever they are.

    It covers at least as often as it says, and more often where many values are equal.

    References
    ----------
    David & Nagaraja 2003, Order Statistics, section 7.1, DOI 10.1002/0471722162

    Examples
    --------
    >>> low, high = median_interval(np.arange(1.0, 101.0))
    >>> float(low), float(high)
    (40.0, 61.0)
    """
    rank = _rank(values.shape[-1], level)
    if rank == 0:
        nothing = np.full(values.shape[:-1], np.nan)
        return nothing, nothing
    ordered = np.sort(values, axis=-1)
    return ordered[..., rank - 1], ordered[..., -rank]


def fieller(cost: Numbers, effect: Numbers, level: float = 0.95) -> Interval:
    """Return the interval of mean cost / mean effect over pairs; missing where it has no ends.

    A ratio has no ends where the effect may be none: then no number can be told.

    Parameters
    ----------
    cost, effect : array, shape (…, runs)
        Differences of the same pairs.

    References
    ----------
    Fieller 1954, DOI 10.1111/j.2517-6161.1954.tb00159.x

    Examples
    --------
    >>> luck = np.random.default_rng(1).normal(size=(2, 200))
    >>> low, high = fieller(10.0 + luck[0], 5.0 + luck[1])
    >>> 1.8 < float(low) < 2.0 < float(high) < 2.2
    True
    """
    runs = cost.shape[-1]
    if runs < 2:
        nothing = np.full(cost.shape[:-1], np.nan)
        return nothing, nothing
    top, below = cost.mean(axis=-1), effect.mean(axis=-1)
    reach = student_quantile(level, runs - 1) ** 2 / (runs * (runs - 1))
    over, under = cost - top[..., None], effect - below[..., None]
    square = below * below - reach * (under * under).sum(axis=-1)
    cross = top * below - reach * (over * under).sum(axis=-1)
    rest = top * top - reach * (over * over).sum(axis=-1)
    known = square > 0.0
    root = np.sqrt(np.maximum(cross * cross - square * rest, 0.0))
    divisor = np.where(known, square, np.nan)
    return (cross - root) / divisor, (cross + root) / divisor


def runs_for(spread: float, half: float, level: float = 0.95, power: float = 0.0) -> int:
    """Return how many pairs give an interval of a mean that reaches no further than `half`.

    Parameters
    ----------
    spread : float
        Standard deviation of what is averaged.
    half : float
        How far to either side the interval may reach.
    power : float
        Chance above one in two that the interval is clear of 0 if the true mean is `half`;
        0 asks for the reach alone.

    Examples
    --------
    >>> runs_for(10.0, 1.0), runs_for(10.0, 1.0, power=0.8)
    (385, 785)
    """
    normal = NormalDist()
    reach = normal.inv_cdf(0.5 + level / 2.0) + (normal.inv_cdf(power) if power else 0.0)
    return max(2, math.ceil((reach * spread / half) ** 2))


def ends(interval: tuple[Any, Any]) -> tuple[float, float]:
    """Return an interval as two plain numbers."""
    return float(interval[0]), float(interval[1])
