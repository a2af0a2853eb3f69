"""The gap between two ways over the same values, run by run, and what can be said of it."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Verdict = Literal["seen", "not_seen", "cannot_tell"]

FEWEST = 20
"""Runs below which nothing is said: an interval from so few promises too much."""

RESAMPLES = 4_999


@dataclass(frozen=True, eq=False)
class Gap:
    """The mean height of one way above another, in the unit of what was read.

    Attributes
    ----------
    by_run : array, shape (runs,)
        Gap of each run beyond its drift in time.
    whole, drift : float
        Mean of the gap as it is, and of the part that time alone makes.
    beyond : float
        Mean of `by_run`: `whole` − `drift`.
    low, high : float or None
        95 % interval of `beyond`, bootstrapped over runs; None with one run.
    smallest : float
        A gap no larger counts as none.
    """

    by_run: NDArray[np.float64]
    whole: float
    drift: float
    beyond: float
    low: float | None
    high: float | None
    smallest: float

    @property
    def verdict(self) -> Verdict:
        """Seen: the interval is clear of 0 and reaches past `smallest`; not seen: it lies
        within ±`smallest`; else it cannot be told.
        """
        if self.low is None or self.high is None or len(self.by_run) < FEWEST:
            return "cannot_tell"
        if -self.smallest <= self.low and self.high <= self.smallest:
            return "not_seen"
        return "seen" if self.low > 0.0 or self.high < 0.0 else "cannot_tell"

    def closes_to(self, other: Gap, seed: int) -> bool:
        """Whether another gap of the same runs is nearer to 0, surely at 95 %."""
        sign = 1.0 if self.beyond >= 0.0 else -1.0
        _, high = bootstrapped(sign * (other.by_run - self.by_run), seed)
        return high is not None and high < 0.0


def gap_of(
    ramped: NDArray[np.float64], control: NDArray[np.float64], smallest: float, seed: int
) -> Gap:
    """Return the gap between the way there and the way back.

    Parameters
    ----------
    ramped, control : array, shape (ways, values, runs)
        What was read on either way, and with the lever held all along, of the same runs in the
        same months.
    smallest : float
        A gap no larger counts as none.
    seed : int
        Of the bootstrap.

    Examples
    --------
    >>> there = np.zeros((3, 30)); back = np.array([[0.2], [0.2], [0.0]]) + there
    >>> found = gap_of(np.stack([there, back]), np.zeros((2, 3, 30)), 0.02, 1)
    >>> round(found.beyond, 3), found.verdict
    (0.15, 'seen')
    """
    whole, drift = area(ramped), area(control)
    by_run = whole - drift
    low, high = bootstrapped(by_run, seed)
    return Gap(
        by_run, float(whole.mean()), float(drift.mean()), float(by_run.mean()), low, high, smallest
    )


def area(ways: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the area between two ways of each run, divided by the steps: the mean gap.

    Values stand one step apart, whatever they are, since `never` has no number.

    Parameters
    ----------
    ways : array, shape (2, values, runs)
    """
    found = np.trapezoid(ways[1] - ways[0], axis=0)
    return np.asarray(found / (ways.shape[1] - 1))


def bootstrapped(
    values: NDArray[np.float64], seed: int
) -> tuple[float | None, float | None]:  # fmt: skip
    """Return the 95 % interval of a mean, by the bias-corrected bootstrap over runs.

    Of runs that are all the same it is that value itself.

    Examples
    --------
    >>> bootstrapped(np.ones(5), 1), bootstrapped(np.ones(1), 1)
    ((1.0, 1.0), (None, None))
    """
    if len(values) < 2:
        return None, None
    if np.ptp(values) == 0.0:
        return float(values[0]), float(values[0])
    from scipy.stats import bootstrap

    batch = max(1, 5_000_000 // len(values))
    for method in ("BCa", "percentile"):  # the first fails where nearly all values are the same
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = bootstrap(
                (values,), np.mean, n_resamples=RESAMPLES, batch=batch, method=method,
                rng=np.random.default_rng(seed),
            ).confidence_interval  # fmt: skip
        if np.isfinite(found.low) and np.isfinite(found.high):
            break
    return float(found.low), float(found.high)
