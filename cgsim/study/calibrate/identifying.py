"""What the targets tell of each constant, and which constants trade off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..sweep.axes import Axis

TOLD, HARDLY = 0.75, 0.35
"""Contraction from which on a constant counts as told, and below which as hardly told
(assumptions). The median of a uniform spread that is cut in half has 0.75."""

TRADES = 0.5
"""Rank correlation from which on two constants are said to trade off (assumption)."""

GAIN = 1.5
"""How many times better a combination must be told than either constant (in variance), to say
that the targets tell the combination rather than each (assumption)."""


def weighted_variance(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    """Return the variance of weighted values."""
    middle = float(np.average(values, weights=weights))
    return float(np.average(np.square(values - middle), weights=weights))


def weighted_quantiles(
    values: NDArray[np.float64], weights: NDArray[np.float64], at: Sequence[float]
) -> list[float]:
    """Return quantiles of weighted values.

    Examples
    --------
    >>> weighted_quantiles(np.array([3.0, 1.0, 2.0]), np.array([1.0, 1.0, 1.0]), [0.5])
    [2.0]
    """
    order = np.argsort(values, kind="stable")
    edges = (np.cumsum(weights[order]) - 0.5 * weights[order]) / weights.sum()
    return [float(np.interp(one, edges, values[order])) for one in at]


def contraction(values: NDArray[np.float64], weights: NDArray[np.float64], axis: Axis) -> float:
    """Return 1 − variance after / variance before, at least 0; before, the spread is uniform."""
    before = (axis.high - axis.low) ** 2 / 12.0
    return max(0.0, 1.0 - weighted_variance(values, weights) / before)


def verdict_of(contracted: float) -> str:
    """Say whether a constant is told, partly told or hardly told."""
    if contracted >= TOLD:
        return "told"
    return "partly" if contracted >= HARDLY else "hardly"


def constants_table(
    worlds: pd.DataFrame, weights: NDArray[np.float64], axes: Sequence[Axis]
) -> pd.DataFrame:
    """Return a row a constant: its spread before, what is left of it, and how much is told."""
    rows = []
    for axis in axes:
        values = worlds[axis.path].to_numpy()
        low, tenth, middle, ninth, high = weighted_quantiles(
            values, weights, (0.025, 0.1, 0.5, 0.9, 0.975)
        )
        told = contraction(values, weights, axis)
        rows.append(
            {
                "path": axis.path, "prior_low": axis.low, "prior_high": axis.high,
                "low": low, "q10": tenth, "median": middle, "q90": ninth, "high": high,
                "mean": float(np.average(values, weights=weights)),
                "sd": float(np.sqrt(weighted_variance(values, weights))),
                "contraction": told, "verdict": verdict_of(told),
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def rank_correlations(worlds: pd.DataFrame, weights: NDArray[np.float64]) -> pd.DataFrame:
    """Return the rank correlations of weighted worlds (Spearman)."""
    ranks = worlds.rank().to_numpy()
    middle = np.average(ranks, axis=0, weights=weights)
    off = ranks - middle
    covariance = (off * weights[:, None]).T @ off
    scale = np.sqrt(np.diag(covariance))
    with np.errstate(invalid="ignore", divide="ignore"):
        table = np.nan_to_num(covariance / np.outer(scale, scale))
    return pd.DataFrame(table, index=list(worlds.columns), columns=list(worlds.columns))


def pairs_table(
    worlds: pd.DataFrame, weights: NDArray[np.float64], axes: Sequence[Axis]
) -> pd.DataFrame:
    """Return a row a pair, strongest first: their correlation, and how well they are told together.

    ``together`` is the combination that is told best: the product or ratio of two positive
    numbers, else the sum or difference; ``told_together`` its contraction, against the spread
    that it has when both constants are drawn independently.
    """
    table = rank_correlations(worlds, weights).to_dict()
    rows = []
    for i, first in enumerate(axes):
        for second in axes[i + 1 :]:
            rho = float(table[first.path][second.path])
            kind, told = _together(worlds, weights, first, second, rho)
            own = max(
                contraction(worlds[one.path].to_numpy(), weights, one) for one in (first, second)
            )
            trades = _is_clear(rho, weights) and (1.0 - own) >= GAIN * (1.0 - told)
            rows.append(
                {
                    "first": first.path, "second": second.path, "correlation": rho,
                    "together": kind, "told_together": told, "told_alone": own,
                    "trade_off": trades,
                }
            )  # fmt: skip
    names = ["first", "second", "correlation", "together", "told_together", "told_alone",
             "trade_off"]  # fmt: skip
    frame = pd.DataFrame(rows, columns=names)
    order = frame["correlation"].abs().sort_values(ascending=False, kind="stable").index
    return frame.loc[order].reset_index(drop=True)


def _is_clear(rho: float, weights: NDArray[np.float64]) -> bool:
    """Whether a correlation is strong, and not by chance of few worlds (Fisher's z, 99 %)."""
    effective = float(weights.sum() ** 2 / np.square(weights).sum())
    if abs(rho) < TRADES or effective <= 4.0:
        return False
    strength = np.arctanh(min(abs(rho), 1.0 - 1e-12))
    return bool(strength * np.sqrt(effective - 3.0) > 2.576)


def _together(
    worlds: pd.DataFrame, weights: NDArray[np.float64], first: Axis, second: Axis, rho: float
) -> tuple[str, float]:
    """Return which combination the targets tell, and how much of its spread they took away."""
    a, b = worlds[first.path].to_numpy(), worlds[second.path].to_numpy()
    sign = 1.0 if rho <= 0.0 else -1.0
    if min(first.low, second.low) > 0.0:
        kind = "product" if rho <= 0.0 else "ratio"
        values = np.log(a) + sign * np.log(b)
        before = _log_variance(first) + _log_variance(second)
    else:
        # in shares of each spread, so that neither drowns the other
        kind = "sum" if rho <= 0.0 else "difference"
        values = a / (first.high - first.low) + sign * b / (second.high - second.low)
        before = 2.0 / 12.0
    return kind, max(0.0, 1.0 - weighted_variance(values, weights) / before)


def _log_variance(axis: Axis) -> float:
    """Return the variance of the logarithm of a number drawn uniformly from a spread."""

    def integral(x: float, power: int) -> float:
        log = float(np.log(x))
        return x * log - x if power == 1 else x * log * log - 2.0 * x * log + 2.0 * x

    width = axis.high - axis.low
    first, second = (
        (integral(axis.high, power) - integral(axis.low, power)) / width for power in (1, 2)
    )
    return second - first * first


def directions_table(
    worlds: pd.DataFrame, weights: NDArray[np.float64], axes: Sequence[Axis]
) -> pd.DataFrame:
    """Return the directions of the spread that is left, the best told first.

    Each constant counts in standard deviations of its spread before; ``left`` is the variance
    along the direction, 1 if nothing was told; a column a constant holds its part.
    """
    scaled = np.column_stack(
        [(worlds[axis.path] - axis.low) / (axis.high - axis.low) * np.sqrt(12.0) for axis in axes]
    )
    off = scaled - np.average(scaled, axis=0, weights=weights)
    values, vectors = np.linalg.eigh((off * weights[:, None]).T @ off)
    rows: list[dict[str, Any]] = []
    for k, left in enumerate(values):
        vector = vectors[:, k]
        vector = vector * np.sign(vector[np.argmax(np.abs(vector))])
        parts = {axis.path: float(part) for axis, part in zip(axes, vector, strict=True)}
        rows.append({"direction": k + 1, "left": float(max(0.0, left)), **parts})
    return pd.DataFrame(rows)
