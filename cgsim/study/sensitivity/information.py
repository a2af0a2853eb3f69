"""What knowing a number would be worth: for the spread of an answer, and for a choice.

Each number's part is read from one sample by regression: the answer's mean as a smooth curve
over that number alone, all others and luck left to vary (Strong, Oakley & Brennan 2014).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..sweep.axes import Axis

KNOTS, DEGREE = (1.0 / 3.0, 2.0 / 3.0), 3
"""Inner knots and degree of the curve: six coefficients a number."""

RESAMPLES, LEVEL = 200, 0.95
MATERIAL = 0.01
"""Part of a gain's standard deviation below which a worth is not spoken of."""

FIFTH = 0.2
"""Part of a number's range at each end over which the answer's mean is told."""


class Choice(NamedTuple):
    """A choice between two scenarios by the answer alone, before and with knowledge.

    Attributes
    ----------
    gain : float
        Mean gain of the second over the first; it is chosen where that is at least `least`.
    better : float
        Share of draws, of numbers and luck, in which the gain is above `least`.
    least : float
        Gain from which the second is worth having.
    spread : float
        Standard deviation of the gain.
    all_known : float
        What knowing every number and the luck too would bring: an upper bound.
    """

    gain: float
    better: float
    least: float
    spread: float
    all_known: float


@dataclass(frozen=True, eq=False)
class Information:
    """Numbers ranked by what knowing each would tell.

    Attributes
    ----------
    table : DataFrame
        A row a number, the most telling first: `path`, `share` (of the answer's variance that
        would go, on average, were the number known) with `share_low` and `share_high` (95 %),
        `at_low` and `at_high` (mean answer in the lowest and highest fifth of its range, or at
        the first and last value of a list); where there is a choice also `worth` (expected gain
        by choosing with the number known) with `worth_low` and `worth_high`.
    choice : Choice or None
    draws : int
        Draws it is read from.
    """

    table: pd.DataFrame
    choice: Choice | None
    draws: int

    @property
    def decides(self) -> bool:
        """Whether knowing some number would change the choice often enough to matter."""
        return self.choice is not None and bool(
            (self.table["worth_low"] > MATERIAL * self.choice.spread).any()
        )

    def first(self, count: int) -> float:
        """Return the share that the first so many numbers take off together, at least."""
        shares = self.table["share"].head(count).clip(lower=0.0)
        return float(min(1.0, shares.sum()))


def information(
    axes: Sequence[Axis], places: NDArray[np.float64], values: NDArray[np.float64],
    least: float | None = None, seed: int = 1,
) -> Information:  # fmt: skip
    """Rank numbers by the value of knowing each.

    Parameters
    ----------
    axes : sequence of Axis
        The numbers; luck is none.
    places : array, shape (draws, axes)
        Where in its range each draw has each number, in [0, 1], uniform and independent.
    values : array, shape (draws,)
        The answer.
    least : float, optional
        Where the answer is a gain of one scenario over another: from which gain on it is worth
        having. Without it there is no choice.
    seed : int
        Seed of the bootstrap.

    References
    ----------
    Strong, Oakley & Brennan 2014, DOI 10.1177/0272989X13505910
    """
    draws = len(values)
    again = np.random.default_rng(seed).multinomial(
        draws, np.full(draws, 1.0 / draws), size=RESAMPLES
    )
    weights = np.vstack([np.ones((1, draws)), again])  # the sample itself comes first
    # numbers are centred: sums of squares of large ones would lose their last digits
    centre = float(values.mean())
    rows = []
    for axis, place in zip(axes, places.T, strict=True):
        basis = _basis(axis, place)
        found, left = _coefficients(basis, values - centre, weights)
        row: dict[str, Any] = {"path": axis.path}
        row |= _named("share", _share(left, basis.shape[1], values - centre, weights))
        row |= {"at_low": _mean_where(place < _end(axis), values),
                "at_high": _mean_where(place >= 1.0 - _end(axis), values)}  # fmt: skip
        if least is not None:
            row |= _named("worth", _worth(found @ basis.T + centre, least, values, weights))
        rows.append(row)
    table = pd.DataFrame(rows)
    told = Information(table, None if least is None else _choice(values, least), draws)
    # a worth that does not matter ranks nothing
    order = ["worth", "share"] if told.decides else ["share"]
    table = table.sort_values(order, ascending=False, kind="stable", ignore_index=True)
    return replace(told, table=table)


def _named(name: str, found: tuple[float, float, float]) -> dict[str, float]:
    return dict(zip((name, f"{name}_low", f"{name}_high"), found, strict=True))


def _end(axis: Axis) -> float:
    return 1.0 / len(axis.values) if axis.values else FIFTH


def _mean_where(there: NDArray[np.bool_], values: NDArray[np.float64]) -> float:
    return float(values[there].mean()) if there.any() else float("nan")


def _basis(axis: Axis, place: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the columns of a smooth curve over a number, or one for each value of a list."""
    if axis.values:
        values = axis.at(place)
        return np.stack([(values == one).astype(np.float64) for one in axis.values], axis=1)
    from scipy.interpolate import BSpline

    ends = DEGREE + 1
    knots = np.r_[np.zeros(ends), KNOTS, np.ones(ends)]
    made: NDArray[np.float64] = BSpline.design_matrix(place, knots, DEGREE).toarray()
    return made


def _coefficients(
    basis: NDArray[np.float64], values: NDArray[np.float64], weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return for each row of weights the least-squares coefficients, and what they leave over.

    What is left over is the mean square between values and curve, read from the same sums.
    """
    draws, columns = basis.shape
    pairs = (basis[:, :, None] * basis[:, None, :]).reshape(draws, -1)
    gram = (weights @ pairs).reshape(-1, columns, columns)
    # a value of a list that a resample misses has no coefficient: nothing, not an error
    solvable = gram + 1e-9 * draws * np.eye(columns)
    right = weights @ (basis * values[:, None])
    found: NDArray[np.float64] = np.linalg.solve(solvable, right[:, :, None])[:, :, 0]
    fitted = np.einsum("wc,wcd,wd->w", found, gram, found) - 2.0 * np.sum(found * right, axis=1)
    return found, (weights @ (values * values) + fitted) / draws


def _share(
    left: NDArray[np.float64], columns: int, values: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> tuple[float, float, float]:  # fmt: skip
    """Return the share of variance that the curve explains, and its interval.

    Adjusted for what a curve of so many coefficients explains of nothing at all.
    """
    draws = len(values)
    mean = weights @ values / draws
    spread = weights @ (values * values) / draws - mean * mean
    moves = spread > (1e-9 * (1.0 + np.abs(mean))) ** 2
    ratio = np.divide(left, spread, out=np.ones_like(left), where=moves)
    shares = 1.0 - ratio * (draws - 1.0) / max(1.0, draws - columns)
    return _with_interval(np.where(moves, shares, 0.0))


def _worth(
    curves: NDArray[np.float64], least: float, values: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> tuple[float, float, float]:  # fmt: skip
    """Return what choosing with the number known brings above choosing without, and interval."""
    draws = len(values)
    told = np.einsum("wd,wd->w", weights, np.maximum(curves - least, 0.0)) / draws
    blind = np.maximum(weights @ (values - least) / draws, 0.0)
    middle, low, high = (max(0.0, one) for one in _with_interval(told - blind))
    return middle, low, high


def _with_interval(drawn: NDArray[np.float64]) -> tuple[float, float, float]:
    """Return the sample's own value (first) and the interval of its resamples, laid about it."""
    tail = (1.0 - LEVEL) / 2.0
    low, high = np.quantile(drawn[1:], (tail, 1.0 - tail)) - drawn[1:].mean()
    return float(drawn[0]), float(drawn[0] + low), float(drawn[0] + high)


def _choice(values: NDArray[np.float64], least: float) -> Choice:
    gain = values - least
    known = float(np.maximum(gain, 0.0).mean() - max(0.0, float(gain.mean())))
    better = float((gain > 0.0).mean())
    return Choice(float(values.mean()), better, least, float(gain.std()), known)
