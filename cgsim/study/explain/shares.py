"""Each part's share of a sum over many runs, with its interval."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RESAMPLES = 2000
"""Resamples of runs behind an interval."""


def shares_of(
    run: NDArray[np.int64], parts: NDArray[np.float64], runs: int, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return each part's share of the sum of all, with its 95 % interval over runs.

    Parameters
    ----------
    run : array, shape (n,)
        The run, from 0, of each leaving.
    parts : array, shape (n, k)
    runs : int
        Runs in all; those without a leaving count too.
    seed : int
        Of the bootstrap (bias-corrected; percentiles where that fails).
    """
    sums = np.zeros((runs, parts.shape[1]))
    np.add.at(sums, run, parts)
    whole, missing = sums.sum(axis=1), np.full(parts.shape[1], np.nan)
    if whole.sum() == 0.0:
        return missing, missing, missing
    share = sums.sum(axis=0) / whole.sum()
    if np.count_nonzero(whole) < 2:
        return share, missing, missing

    def ratio(rows: NDArray[np.int64], axis: int = -1) -> NDArray[np.float64]:
        below = np.maximum(whole[rows].sum(axis=axis), 1e-300)
        return np.stack([sums[rows, k].sum(axis=axis) / below for k in range(sums.shape[1])])

    low, high = missing.copy(), missing.copy()
    for method in ("BCa", "percentile"):
        found = _bootstrapped(np.arange(runs), ratio, method, seed)
        low = np.where(np.isfinite(low), low, found[0])
        high = np.where(np.isfinite(high), high, found[1])
        if np.isfinite(low).all() and np.isfinite(high).all():
            break
    return share, low, high


def _bootstrapped(
    rows: NDArray[np.int64], statistic: Callable[..., Any], method: Any, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    from scipy.stats import bootstrap

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = bootstrap(
            (rows,), statistic, n_resamples=RESAMPLES, vectorized=True, method=method,
            batch=max(1, 2_000_000 // len(rows)), rng=np.random.default_rng(seed),
        ).confidence_interval  # fmt: skip
    return np.asarray(found.low), np.asarray(found.high)
