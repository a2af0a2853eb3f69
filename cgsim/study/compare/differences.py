"""How much an outcome differs between two scenarios, pair by pair, and how surely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from .intervals import POWER, ends, matched, mean_interval, median_interval, runs_for, welch
from .outcomes import Outcome

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .pairs import Outcomes, Pairs

Judgement = Literal["better", "worse", "more", "less", "none", "unclear"]

FEWEST = 20
"""Pairs below which nothing is judged: an interval from so few promises too much (assumption)."""

FEW_DIFFER = 10
"""Pairs that differ, below which an interval of a mean is not judged by: it rests on too few."""


@dataclass(frozen=True)
class Difference:
    """An outcome of one scenario against the first.

    Attributes
    ----------
    outcome : Outcome
    other : str
        The scenario.
    pairs : int
    before, after : float
        Mean in the first scenario and in the other.
    mean, low, high : float
        Mean difference with its 95 % interval over pairs.
    low_80, high_80 : float
    low_all, high_all : float
        An interval so wide that those of all scenarios hold together in 95 % of studies
        (Bonferroni); what is judged by.
    median, median_low, median_high, median_low_80, median_high_80 : float
        Median of the differences of the pairs.
    better, equal, worse : float
        Shares of pairs; where neither way is better, in which it is more, the same, less.
    unpaired_low, unpaired_high : float
        The 95 % interval of the mean difference, had the runs nothing in common.
    spread, unpaired_spread : float
        Standard deviation of a pair's difference, and of that of two runs of other luck.
    """

    outcome: Outcome
    other: str
    pairs: int
    before: float
    after: float
    mean: float
    low: float
    high: float
    low_80: float
    high_80: float
    low_all: float
    high_all: float
    median: float
    median_low: float
    median_high: float
    median_low_80: float
    median_high_80: float
    better: float
    equal: float
    worse: float
    unpaired_low: float
    unpaired_high: float
    spread: float
    unpaired_spread: float

    @property
    def judgement(self) -> Judgement:
        """What can be said: better or worse (more or less, where neither is), no difference
        that counts, or that it cannot be told.
        """
        if self.pairs < FEWEST:
            return "unclear"
        said = judged(self.low_all, self.high_all, self.outcome)
        return "unclear" if self.rests_on_few and said != "none" else said

    @property
    def rests_on_few(self) -> bool:
        """Whether some pairs differ, but so few that the interval of a mean tells little."""
        return (
            self.outcome.kind == "number"
            and 0 < round((1.0 - self.equal) * self.pairs) < FEW_DIFFER
        )

    @property
    def runs_instead(self) -> float:
        """Runs of each scenario that would tell as much, had they nothing in common."""
        if self.spread == 0.0:
            return np.nan if self.unpaired_spread == 0.0 else np.inf
        return float(self.pairs * (self.unpaired_spread / self.spread) ** 2)

    @property
    def pairs_to_settle(self) -> int | None:
        """About how many pairs would settle what cannot be told; None without a smallest.

        Either the interval is then clear of 0, or it lies within what counts as none. If the
        mean difference is as seen, one of both comes about with four chances in five.
        """
        least = self.outcome.smallest
        if least is None or not np.isfinite(self.spread):
            return None
        size = abs(self.mean)
        return runs_for(self.spread, max(size, least - size), power=POWER)

    def pairs_for(self, half: float) -> tuple[int | None, int | None]:
        """Return the pairs, and the runs without pairing, for an interval of ± `half`."""
        if not np.isfinite(self.spread):
            return None, None
        return runs_for(self.spread, half), runs_for(self.unpaired_spread, half)


def judged(low: float, high: float, outcome: Outcome) -> Judgement:
    """Return what an interval of a mean difference says.

    Examples
    --------
    >>> from .outcomes import BY_NAME
    >>> judged(1.5, 4.0, BY_NAME["producers"]), judged(1.5, 4.0, BY_NAME["unmet_orders"])
    ('better', 'worse')
    >>> judged(0.1, 0.9, BY_NAME["producers"]), judged(-0.1, 4.0, BY_NAME["producers"])
    ('none', 'unclear')
    """
    least = outcome.smallest
    if low == 0.0 == high or (least is not None and -least <= low and high <= least):
        return "none"
    if not (low > 0.0 or high < 0.0):
        return "unclear"
    way = outcome.better * (1 if low > 0.0 else -1)
    if way == 0:
        return "more" if low > 0.0 else "less"
    return "better" if way > 0 else "worse"


def difference(pairs: Pairs, other: Outcomes, outcome: Outcome) -> Difference:
    """Compare one outcome of a scenario with that of the first."""
    one, two = pairs.first.value(outcome.name), other.value(outcome.name)
    by_pair = two - one
    same = pairs.first.scenario.hash == other.scenario.hash
    together = 1.0 - 0.05 / len(pairs.others)
    levels = [(0.0, 0.0) if same else interval(by_pair, outcome, k) for k in (0.95, 0.8, together)]
    middles = [ends(median_interval(by_pair, level)) for level in (0.95, 0.8)]
    good = by_pair * (outcome.better or 1)
    runs = len(by_pair)
    spread, apart = np.nan, np.nan
    if runs > 1:
        spread = float(by_pair.std(ddof=1))
        apart = float(np.sqrt(one.var(ddof=1) + two.var(ddof=1)))
    return Difference(
        outcome, other.name, runs, float(one.mean()), float(two.mean()), float(by_pair.mean()),
        *levels[0], *levels[1], *levels[2], float(np.median(by_pair)), *middles[0], *middles[1],
        float((good > 0).mean()), float((good == 0).mean()), float((good < 0).mean()),
        *unpaired(one, two, outcome), spread, apart,
    )  # fmt: skip


def interval(
    by_pair: NDArray[np.float64], outcome: Outcome, level: float
) -> tuple[float, float]:  # fmt: skip
    """Return the interval of a mean difference over pairs; of a share, that for matched shares."""
    if outcome.kind == "share":
        more, fewer = (np.asarray(float((way * by_pair > 0).sum())) for way in (1, -1))
        return ends(matched(more, fewer, len(by_pair), level))
    return ends(mean_interval(by_pair, level))


def unpaired(
    one: NDArray[np.float64], two: NDArray[np.float64], outcome: Outcome
) -> tuple[float, float]:  # fmt: skip
    """Return the 95 % interval as if the runs of both scenarios had nothing in common."""
    if outcome.kind == "share":
        from ..intervals import newcombe

        return newcombe(float(two.mean()), len(two), float(one.mean()), len(one))
    return ends(welch(one, two))
