"""What a scenario costs more than the first, who pays it, and what is had for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from ...columns import ACTIVITIES
from .differences import FEWEST, Difference, difference
from .intervals import ends, fieller, student
from .outcomes import BY_NAME, Outcome

if TYPE_CHECKING:
    from .pairs import Outcomes, Pairs

Quadrant = Literal[
    "dearer_better", "dearer_worse", "dearer_unclear",
    "cheaper_better", "cheaper_worse", "cheaper_unclear",
    "unclear_better", "unclear_worse", "unclear_unclear", "same",
]  # fmt: skip

EFFECTS = ("artisan_years", "dynamic")
"""What money is held against: producers summed over all months / 12; runs that end dynamic."""

PRICED = ("dearer_better", "cheaper_worse")
"""Where one number tells something: what more costs, or what is saved for less."""


@dataclass(frozen=True)
class Price:
    """Extra cost against extra effect.

    Attributes
    ----------
    other : str
    effect : {"artisan_years", "dynamic"}
    pairs : int
    cost, cost_low, cost_high : float
        Mean extra spending of a run with its 95 % interval, Rp million.
    gain, gain_low, gain_high : float
        Mean extra effect of a run with its 95 % interval.
    ratio, low, high : float
        Rp million for one more, with Fieller's 95 % interval; missing where it tells nothing:
        where the effect may be none, or is had for less money, or is lost for more.
    """

    other: str
    effect: str
    pairs: int
    cost: float
    cost_low: float
    cost_high: float
    gain: float
    gain_low: float
    gain_high: float
    ratio: float
    low: float
    high: float

    @property
    def quadrant(self) -> Quadrant:
        """Dearer or cheaper, better or worse; unclear where the interval of it holds 0."""
        if self.cost == self.cost_low == self.cost_high == self.gain == 0.0:
            return "same"
        return _QUADRANTS[
            _way(self.cost_low, self.cost_high, self.pairs),
            _way(self.gain_low, self.gain_high, self.pairs),
        ]


_QUADRANTS: dict[tuple[int, int], Quadrant] = {
    (1, 1): "dearer_better",
    (1, -1): "dearer_worse",
    (1, 0): "dearer_unclear",
    (-1, 1): "cheaper_better",
    (-1, -1): "cheaper_worse",
    (-1, 0): "cheaper_unclear",
    (0, 1): "unclear_better",
    (0, -1): "unclear_worse",
    (0, 0): "unclear_unclear",
}


def _way(low: float, high: float, pairs: int) -> int:
    """Return 1 where an interval lies above 0, −1 where below, 0 where it cannot be told."""
    if pairs < FEWEST:
        return 0
    return 1 if low > 0.0 else -1 if high < 0.0 else 0


def price(pairs: Pairs, other: Outcomes, effect: str) -> Price:
    """Hold a scenario's extra cost against its extra effect, pair by pair."""
    costs, gains = pairs.difference(other, "spent"), pairs.difference(other, effect)
    paid = difference(pairs, other, BY_NAME["spent"])
    had = difference(pairs, other, BY_NAME[effect])
    # one interval for the sign and the ratio: else the one could have ends where the other
    # holds 0
    gain_ends = (np.nan, np.nan) if had.rests_on_few else ends(student(gains))
    found = Price(
        other.name, effect, paid.pairs, paid.mean, paid.low, paid.high, had.mean, *gain_ends,
        np.nan, np.nan, np.nan,
    )  # fmt: skip
    if found.quadrant not in PRICED:
        return found
    return Price(
        other.name, effect, paid.pairs, paid.mean, paid.low, paid.high, had.mean, *gain_ends,
        paid.mean / had.mean, *ends(fieller(costs, gains)),
    )  # fmt: skip


def spending(pairs: Pairs, other: Outcomes) -> list[tuple[str, str, Difference]]:
    """Return what each payer and each activity costs more, then all: kind, name, difference."""
    rows = [("payer", key, f"spent_{key}") for key in pairs.payers]
    rows += [("activity", name, f"spent_on_{name}") for name in ACTIVITIES]
    rows += [("all", "spent", "spent")]
    return [
        (kind, name, difference(pairs, other, Outcome(column, "Rp million", -1, 0)))
        for kind, name, column in rows
    ]
