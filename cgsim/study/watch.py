"""`watch`: which monthly number foretells decline a year ahead, by a simple threshold.

The threshold is chosen on some runs and judged on others: fresh luck. Intervals are by run, since
the months of a run are not independent.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from ..scenario import Scenario
from .watching import AHEAD, CALENDAR, Signal, Watched, signals, watch_runs

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

THRESHOLDS = 99
"""Quantiles of a number that are tried as its threshold."""

FEWEST_RUNS = 10
"""Runs with and run-months without a decline below which nothing is learnt from (assumption)."""

RESAMPLES = 999
DECLINING = ("kpc-leaves", "rise-and-fall")
"""Shipped scenarios in which clusters decline."""

Outcome = Literal["foretold", "not_foretold", "rare", "never", "never_up"]


@dataclass(frozen=True)
class Alarm:
    """A number with its threshold: it warns where the number is above, or below."""

    signal: Signal
    threshold: float
    above: bool

    def at(self, values: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return where it warns."""
        return values >= self.threshold if self.above else values <= self.threshold


@dataclass(frozen=True, eq=False)
class Watch:
    """Which numbers foretell decline.

    Attributes
    ----------
    scenario : Scenario
    runs, seed : int
        Runs to choose thresholds on, and as many to judge them on; their luck.
    learnt, fresh : Watched
    """

    scenario: Scenario
    runs: int
    seed: int
    learnt: Watched
    fresh: Watched

    @property
    def declining(self) -> float:
        """Share of fresh runs with a decline."""
        return float((self.fresh.onset >= 0).mean())

    @property
    def before(self) -> float:
        """Share of run-months followed by a decline."""
        return float(self.fresh.declines.sum() / max(1, self.fresh.eligible.sum()))

    @cached_property
    def outcome(self) -> Outcome:
        """Whether any number foretells, none does, or declines are too rare to learn from."""
        ill, well = (_rich(one) for one in (self.learnt, self.fresh))
        if not (self.learnt.eligible.any() or self.fresh.eligible.any()):
            return "never_up"
        if not (self.learnt.declines.any() or self.fresh.declines.any()):
            return "never"
        if not (ill and well):
            return "rare"
        best = self.best
        return "not_foretold" if best is None else "foretold"

    @cached_property
    def alarms(self) -> list[Alarm]:
        """The threshold of each number that tells ill from well best, on the runs learnt from."""
        return [chosen(one, k, self.learnt) for k, one in enumerate(signals())]

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row a number, the best on the runs learnt from first; empty where nothing is learnt.

        ``hits``: share of run-months before a decline in which it warns; ``false_alarms``: share
        of the others; ``youden``: hits − false alarms; each on fresh luck with a 95 % interval by
        run. ``warned``: share of declines with a warning in the year before the first, ``lead``:
        how many months before at the median.
        """
        names = ["signal", "column", "form", "by", "warns", "threshold", "youden", "youden_low",
                 "youden_high", "hits", "hits_low", "hits_high", "false_alarms",
                 "false_alarms_low", "false_alarms_high", "warned", "lead", "youden_learnt",
                 "beats_calendar"]  # fmt: skip
        if not (_rich(self.learnt) and _rich(self.fresh)):
            return pd.DataFrame(columns=names)
        counts = np.stack([_counts(one, k, self.fresh) for k, one in enumerate(self.alarms)])
        drawn = _resampled(counts, self.seed)
        calendar = len(self.alarms) - 1
        rows = [
            self._row(k, one, counts[k], drawn[:, k], drawn[:, calendar])
            for k, one in enumerate(self.alarms)
        ]
        table = pd.DataFrame(rows, columns=names)
        # ranked by the luck that thresholds were chosen on: what is said of the first on other
        # luck is then not flattered by its having come first there
        return table.sort_values("youden_learnt", ascending=False, kind="stable", ignore_index=True)

    def _row(
        self, k: int, alarm: Alarm, counts: NDArray[np.float64], drawn: NDArray[np.float64],
        calendar: NDArray[np.float64],
    ) -> dict[str, Any]:  # fmt: skip
        hits, false = _shares(counts.sum(axis=0))
        learnt = _shares(_counts(alarm, k, self.learnt).sum(axis=0))
        warned, lead = leads(alarm, k, self.fresh)
        gain = drawn[:, 0] - drawn[:, 1]
        over = gain - (calendar[:, 0] - calendar[:, 1])
        row: dict[str, Any] = {
            "signal": alarm.signal.name, "column": alarm.signal.column, "form": alarm.signal.form,
            "by": alarm.signal.by, "warns": "above" if alarm.above else "below",
            "threshold": alarm.threshold, "youden": hits - false, "hits": hits,
            "false_alarms": false, "warned": warned, "lead": lead,
            "youden_learnt": learnt[0] - learnt[1],
            "beats_calendar": bool(np.quantile(over, 0.025) > 0.0),
        }  # fmt: skip
        for name, values in (
            ("youden", gain), ("hits", drawn[:, 0]), ("false_alarms", drawn[:, 1]),
        ):  # fmt: skip
            row[f"{name}_low"], row[f"{name}_high"] = np.quantile(values, (0.025, 0.975))
        return row

    @cached_property
    def best(self) -> dict[str, Any] | None:
        """The number that led where thresholds were chosen; None if it warns no better than chance.

        Only the first is asked: among so many some would look good on any luck.
        """
        return self._first(self.table["signal"] != CALENDAR)

    def best_by(self, by: str) -> dict[str, Any] | None:
        """Return the same of those that are counted, or asked."""
        return self._first(self.table["by"] == by)

    def _first(self, which: pd.Series[bool]) -> dict[str, Any] | None:
        rows = self.table[which]
        if not len(rows) or not rows["youden_low"].iloc[0] > 0.0:
            return None
        return dict(rows.iloc[0])

    def sentences(self, lang: str = "en") -> list[str]:
        """Say what foretells decline, and how well."""
        from .watch_words import sentences

        return sentences(self, lang)

    def plot(self, lang: str = "en") -> Figure:
        """Draw hits against false alarms of every number."""
        from ..figures.watch import draw_watch

        return draw_watch(self, lang)


def watch(
    scenario: Scenario | str | os.PathLike[str],
    runs: int = 400,
    seed: int = 1,
    *,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Watch:
    """Find the monthly number that foretells decline a year ahead.

    Parameters
    ----------
    scenario : Scenario or str
        A scenario, or the name or path of one.
    runs : int
        Runs to choose thresholds on; as many more judge them.
    seed : int
        Their luck.
    threads : int, optional
        Threads to use; the numbers do not depend on it.
    progress : callable, optional
        Called with runs done and runs in all.

    Examples
    --------
    >>> found = watch("kpc-leaves", 20)
    >>> found.outcome, found.table["signal"].is_unique
    ('foretold', True)
    """
    from .simulate import check_numbers

    check_numbers(runs, seed, 0)
    case = scenario if isinstance(scenario, Scenario) else Scenario.load(scenario)

    def told(base: int) -> Callable[[int, int], None] | None:
        return None if progress is None else lambda done, _: progress(base + done, 2 * runs)

    learnt, fresh = (
        watch_runs(case, runs, seed, first, threads, told(first)) for first in (0, runs)
    )
    return Watch(case, runs, seed, learnt, fresh)


def _rich(watched: Watched) -> bool:
    """Whether there are runs enough that decline, and months enough that none follows."""
    ill = (watched.onset >= 0).sum() >= FEWEST_RUNS
    return bool(ill and (watched.eligible & ~watched.declines).any(axis=1).sum() >= FEWEST_RUNS)


def chosen(signal: Signal, k: int, watched: Watched) -> Alarm:
    """Return the alarm with the largest hits − false alarms; the first of equals."""
    ill = np.sort(watched.values[:, :, k][watched.declines])
    well = np.sort(watched.values[:, :, k][watched.eligible & ~watched.declines])
    if not len(ill) or not len(well):
        return Alarm(signal, float("nan"), True)
    every = np.concatenate((ill, well))
    tried = np.unique(np.quantile(every, np.arange(1, THRESHOLDS + 1) / (THRESHOLDS + 1)))
    above = 1.0 - np.searchsorted(ill, tried, "left") / len(ill)
    above -= 1.0 - np.searchsorted(well, tried, "left") / len(well)
    below = np.searchsorted(ill, tried, "right") / len(ill)
    below -= np.searchsorted(well, tried, "right") / len(well)
    up = bool(above.max() >= below.max())
    best = int(np.argmax(above if up else below))
    return Alarm(signal, float(tried[best]), up)


def _counts(alarm: Alarm, k: int, watched: Watched) -> NDArray[np.float64]:
    """Return by run: warned and followed, followed, warned and not followed, not followed."""
    warns = alarm.at(watched.values[:, :, k])
    ill, well = watched.declines, watched.eligible & ~watched.declines
    parts = (warns & ill, ill, warns & well, well)
    return np.stack([part.sum(axis=1).astype(np.float64) for part in parts], axis=1)


def _shares(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return hits and false alarms of counts, whose last axis is that of `_counts`."""
    hits = counts[..., 0] / np.maximum(counts[..., 1], 1.0)
    false = counts[..., 2] / np.maximum(counts[..., 3], 1.0)
    return np.stack((hits, false), axis=-1)


def _resampled(counts: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    """Return hits and false alarms when runs are drawn anew; whole runs, the same for all alarms.

    Returns
    -------
    array, shape (draws, alarms, 2)
    """
    runs = counts.shape[1]
    generator = np.random.default_rng(seed)
    times = generator.multinomial(runs, np.full(runs, 1.0 / runs), RESAMPLES).astype(np.float64)
    return _shares(np.einsum("dr,arc->dac", times, counts))


def leads(alarm: Alarm, k: int, watched: Watched) -> tuple[float, float]:
    """Return the share of first declines warned of in the year before, and the median lead.

    Returns
    -------
    warned : float
    lead : float
        Months from the first warning of that year to the decline; missing if none was warned of.
    """
    warns = alarm.at(watched.values[:, :, k]) & watched.eligible
    early = []
    declining = np.flatnonzero(watched.onset >= 0)
    for run in declining:
        onset = int(watched.onset[run])
        year = warns[run, max(0, onset - AHEAD) : onset]
        if year.any():
            early.append(len(year) - int(year.argmax()))
    if not len(declining):
        return float("nan"), float("nan")
    return len(early) / len(declining), float(np.median(early)) if early else float("nan")
