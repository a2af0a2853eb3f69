"""Sobol indices: which share of the spread of an outcome comes from which number or group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..sweep.designs import Saltelli

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..sweep import Spec

RESAMPLES, LEVEL = 500, 0.95
MOST_CELLS = 1_000_000
"""Numbers that one step of the bootstrap holds of each side."""


@dataclass(frozen=True, eq=False)
class Indices:
    """Shares of the variance of an outcome.

    Attributes
    ----------
    table : DataFrame
        A row a number or group, in the order of the design: `path`, `first` (what it does by
        itself) with `first_low` and `first_high`, `total` (together with all others) with
        `total_low` and `total_high`; 95 % intervals.
    together, together_low, together_high : float
        What no number does by itself: 1 less the sum of `first`.
    mean, variance : float
        Of the outcome; without variance all shares are 0.
    """

    table: pd.DataFrame
    together: float
    together_low: float
    together_high: float
    mean: float
    variance: float

    def of(self, path: str) -> dict[str, float]:
        """Return the shares of a number or group."""
        row = self.table[self.table["path"] == path].drop(columns="path")
        return dict(zip(map(str, row.columns), row.to_numpy(dtype=np.float64)[0].tolist(),
                        strict=True))  # fmt: skip


def indices(spec: Spec, answers: NDArray[np.float64], seed: int = 1) -> Indices:
    """Return first and total indices of a design `saltelli`, with joint bootstrap intervals.

    Parameters
    ----------
    spec : Spec
        Of the design ``saltelli``, with or without groups.
    answers : array, shape (points, runs)
        In the order of the design; replicates are averaged. Where luck is an axis there is one.
    seed : int
        Seed of the bootstrap, which draws base rows: all shares of a draw belong together.

    References
    ----------
    Saltelli et al. 2010, DOI 10.1016/j.cpc.2009.09.018, as SALib has it
    """
    from SALib.analyze import sobol

    design = _saltelli(spec)
    names = list(dict.fromkeys(spec.groups or (axis.path for axis in spec.axes)))
    values = answers.mean(axis=1)
    mean, variance = float(values.mean()), float(values.var())
    if variance <= (1e-9 * (1.0 + abs(mean))) ** 2:
        return _still(names, mean)
    values = (values - mean) / np.sqrt(variance)  # estimators are biased for outcomes off 0
    base = spec.points // design.width
    a, b, ab, _ = sobol.separate_output_values(values, len(names), base, spec.second_order)
    found = _estimates(a, b, ab)
    drawn = _resampled(a, b, ab, seed)
    table = pd.DataFrame({"path": names})
    for name, one, again in zip(("first", "total"), found, drawn, strict=True):
        table[name] = one
        table[f"{name}_low"], table[f"{name}_high"] = _interval(again)
    low, high = _interval(1.0 - drawn[0].sum(axis=1))
    together = 1.0 - float(found[0].sum())
    return Indices(table, together, float(low), float(high), mean, variance)


def _saltelli(spec: Spec) -> Saltelli:
    design = spec.rows
    if not isinstance(design, Saltelli):
        raise ValueError(f"Sobol indices need the design saltelli, not {spec.design}")
    return design


def _estimates(
    a: NDArray[np.float64], b: NDArray[np.float64], ab: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return first and total indices, by number last; `a`, `b` (rows, …), `ab` (rows, names, …)."""
    from SALib.analyze import sobol

    names = range(ab.shape[1])
    first = [np.asarray(sobol.first_order(a, ab[:, k], b)) for k in names]
    total = [np.asarray(sobol.total_order(a, ab[:, k], b)) for k in names]
    return np.stack(first, axis=-1), np.stack(total, axis=-1)


def _resampled(
    a: NDArray[np.float64], b: NDArray[np.float64], ab: NDArray[np.float64], seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the estimates of `RESAMPLES` draws of base rows, each of shape (draws, names)."""
    rng, base = np.random.default_rng(seed), len(a)
    step = max(1, MOST_CELLS // (base * ab.shape[1]))
    parts = []
    for start in range(0, RESAMPLES, step):
        rows = rng.integers(base, size=(base, min(step, RESAMPLES - start)))
        # a draw that caught only equal outcomes says nothing, and SALib would warn of it
        parts.append(_estimates(a[rows], b[rows], np.moveaxis(ab[rows], 2, 1)))
    return np.vstack([one for one, _ in parts]), np.vstack([one for _, one in parts])


def _interval(
    drawn: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    tail = (1.0 - LEVEL) / 2.0
    low, high = np.quantile(drawn, (tail, 1.0 - tail), axis=0)
    return low, high


def _still(names: list[str], mean: float) -> Indices:
    """Return the shares of an outcome that is always the same: none."""
    nothing = {f"{kind}{end}": 0.0 for kind in ("first", "total") for end in ("", "_low", "_high")}
    table = pd.DataFrame([{"path": name, **nothing} for name in names])
    return Indices(table, 0.0, 0.0, 0.0, mean, 0.0)


def base_rows(spec: Spec) -> NDArray[np.int64]:
    """Return the points of a design `saltelli` that are independent draws: A and B of each row."""
    width = _saltelli(spec).width
    starts = np.arange(0, spec.points, width)
    return np.sort(np.concatenate([starts, starts + width - 1]))
