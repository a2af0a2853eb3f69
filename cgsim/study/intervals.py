"""Intervals for shares of runs."""

from __future__ import annotations

import math
from statistics import NormalDist


def wilson(count: float, runs: int, level: float = 0.95) -> tuple[float, float]:
    """Return Wilson's interval for a share.

    Parameters
    ----------
    count, runs : int
        How many of how many, at least one.
    level : float
        Confidence in (0, 1).

    References
    ----------
    Wilson 1927, DOI 10.1080/01621459.1927.10502953

    Examples
    --------
    >>> [round(x, 3) for x in wilson(8, 10)]
    [0.49, 0.943]
    """
    z = NormalDist().inv_cdf(0.5 + level / 2.0)
    share, over = count / runs, z * z / runs
    middle = (share + over / 2.0) / (1.0 + over)
    half = z * math.sqrt(share * (1.0 - share) / runs + over / (4.0 * runs)) / (1.0 + over)
    low = 0.0 if count == 0 else max(0.0, middle - half)
    high = 1.0 if count == runs else min(1.0, middle + half)
    return low, high


def newcombe(
    first: float, runs: int, second: float, other_runs: int, level: float = 0.95
) -> tuple[float, float]:
    """Return Newcombe's interval for the difference of two shares.

    Parameters
    ----------
    first, second : float
        Shares seen in `runs` and in `other_runs`.

    References
    ----------
    Newcombe 1998, method 10, DOI
    10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I

    Examples
    --------
    >>> low, high = newcombe(56 / 70, 70, 48 / 80, 80)
    >>> round(low, 4), round(high, 4)
    (0.0524, 0.3339)
    """
    low_1, high_1 = wilson(first * runs, runs, level)
    low_2, high_2 = wilson(second * other_runs, other_runs, level)
    difference = first - second
    return (
        difference - math.hypot(first - low_1, high_2 - second),
        difference + math.hypot(high_1 - first, second - low_2),
    )
