"""Ramp: a lever goes step by step to its last value and back within each run.

Where the cluster stands otherwise on the way back than on the way there, it remembers: path
dependence. But a cluster also changes with time alone (nobody ages here: the baseline drifts
upward), so each value is also held all along, with the same luck, and read in the same months.
Only what the gap between the ways exceeds that drift by is counted.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from ..scenario import Scenario
from ..scenario_faults import MAX_MONTHS
from .gap import Gap, Verdict, gap_of
from .ramp_walk import QUANTITIES, SHARES, holds_of, walked
from .sweep.axes import Axis
from .varied import Said, axis_of, fault, moved_by

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from ..ensemble import Progress

MAIN = "cluster_index"
"""The quantity whose gap the verdict goes by: it moves before a label does."""

SMALLEST = {"dynamic": 0.10, "at_least_active": 0.10, "producers": 1.0, "cluster_index": 0.02}
"""Gaps no larger than these count as none (assumption)."""

BRANCHES = ("there", "back")
MOST_ROWS = 10_000_000
"""Runs × months of one ensemble that are held in memory."""


@dataclass(frozen=True, eq=False)
class Ramp:
    """What came of a ramp.

    Attributes
    ----------
    scenario : Scenario
        What the ramp starts from.
    lever : Axis
        The lever and its values, in the order of the way there.
    hold : int
        Months that each value is held.
    runs, seed : int
    ramped : array, shape (branches, values, runs, quantities)
        Each run at the end of each hold.
    control : array, same shape
        The same run in the same month with the lever at that value all along.
    slower : Ramp or None
        The same with each value held twice as long; None where that would be too long.
    """

    scenario: Scenario
    lever: Axis
    hold: int
    runs: int
    seed: int
    ramped: NDArray[np.float64]
    control: NDArray[np.float64]
    slower: Ramp | None = None

    @property
    def months(self) -> int:
        """Length of a run."""
        return holds_of(self.lever) * self.hold

    @cached_property
    def gaps(self) -> dict[str, Gap]:
        """The gap between the ways by quantity, in the quantity's own unit."""
        return {
            name: gap_of(
                self.ramped[..., k], self.control[..., k], SMALLEST[name], self.seed
            )
            for k, name in enumerate(QUANTITIES)
        }  # fmt: skip

    @property
    def verdict(self) -> Verdict:
        """Whether path dependence is seen, by the cluster index."""
        return self.gaps[MAIN].verdict

    def closes(self) -> bool | None:
        """Whether the gap is smaller when values are held twice as long: delay, not memory.

        None where that was not tried.
        """
        if self.slower is None:
            return None
        here, there = self.gaps[MAIN], self.slower.gaps[MAIN]
        return here.closes_to(there, self.seed)

    def after(self, branch: int, step: int) -> int:
        """Return after how many months a value's hold ends."""
        stage = step if branch == 0 else 2 * (len(self.lever.values) - 1) - step
        return (stage + 1) * self.hold

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row a quantity, way and value: mean with 95 % interval, 10 %, median, 90 %, and the
        mean with the lever held at that value all along.
        """
        import pandas as pd

        rows = [
            self._row(name, k, branch, step)
            for k, name in enumerate(QUANTITIES)
            for branch in range(2)
            for step in range(len(self.lever.values))
        ]
        table = pd.DataFrame(rows)
        steps = np.tile(np.arange(len(self.lever.values)), 2 * len(QUANTITIES))
        value = self.lever.column(np.asarray(self.lever.values)[steps])
        table.insert(2, "value", value)
        return table

    def named_table(self) -> pd.DataFrame:
        """Return the table for a file that stands alone: with the lever's full name."""
        table = self.table.rename(columns={"value": self.lever.path})
        head: dict[str, Any] = {
            "scenario_hash": self.scenario.hash, "seed": self.seed, "runs": self.runs,
            "hold": self.hold,
        }  # fmt: skip
        for place, (name, value) in enumerate(head.items()):
            table.insert(place, name, value)
        return table

    def _row(self, name: str, k: int, branch: int, step: int) -> dict[str, Any]:
        from .summary import mean, share_of

        values = self.ramped[branch, step, :, k]
        share = name in SHARES
        middle, low, high = share_of(int(values.sum()), self.runs) if share else mean(values)[:3]
        tenth, half, most = (np.nan,) * 3 if share else np.quantile(values, (0.1, 0.5, 0.9))
        return {
            "quantity": name,
            "branch": BRANCHES[branch],
            "after_months": self.after(branch, step),
            "mean": middle,
            "low": np.nan if low is None else low,
            "high": np.nan if high is None else high,
            "q10": tenth,
            "median": half,
            "q90": most,
            "control": float(self.control[branch, step, :, k].mean()),
        }

    def plot(self, lang: str = "en") -> Figure:
        """Draw both ways of every quantity.

        Parameters
        ----------
        lang : {"en", "id"}
            Language of every word.
        """
        from ..figures.ramp import draw_ramp

        return draw_ramp(self, lang)


def ramp(
    scenario: Scenario | str | os.PathLike[str],
    lever: Said,
    hold: int = 24,
    runs: int = 100,
    seed: int = 1,
    *,
    slower: bool = True,
    threads: int | None = None,
    progress: Progress | None = None,
    places: Sequence[str] = ("lever", "hold", "runs"),
) -> Ramp:
    """Take a lever to its last value and back within each run.

    Parameters
    ----------
    scenario : Scenario or str
        A scenario, or the name or path of one. Its length is not kept.
    lever : str, mapping or Axis
        Lever and values in the order of the way there: ``LEVER=never,6,1``,
        ``LEVER=from:to:steps``.
    hold : int
        Months that each value is held.
    runs, seed : int
        Runs, and their luck.
    slower : bool
        Whether to hold each value twice as long too, as far as runs may be that long.
    threads : int, optional
        Threads to use; the numbers do not depend on it.
    progress : callable, optional
        Called with runs done and runs in all.
    places : sequence of str
        What to blame for a faulty lever, hold or number of runs.

    Raises
    ------
    ScenarioError
        For a lever that cannot be moved, and for too long or too many runs.

    Examples
    --------
    >>> found = ramp("sangatta-utara", "organisations.*.monitoring_interval=never,1", 12, 20,
    ...              slower=False)
    >>> found.months, found.ramped.shape
    (36, (2, 2, 20, 4))
    """
    from .simulate import check_numbers

    check_numbers(runs, seed, 0)
    case = scenario if isinstance(scenario, Scenario) else Scenario.load(scenario)
    axis = axis_of(lever, case, places[0])
    check_ramp(case, axis, hold, runs, places)
    holds = [hold]
    if slower and fits(axis, 2 * hold, runs):
        holds.append(2 * hold)
    total, done = ensembles(axis) * runs * len(holds), 0

    def told(base: int) -> Callable[[int, int], None] | None:
        return None if progress is None else lambda some, _: progress(base + some, total)

    found: Ramp | None = None
    for months in reversed(holds):
        ramped, control = walked(case, axis, months, runs, seed, threads, told, done)
        found = Ramp(case, axis, months, runs, seed, ramped, control, found)
        done += ensembles(axis) * runs
    assert found is not None
    return found


def ensembles(axis: Axis) -> int:
    """Return how many ensembles a ramp walks: itself, and each value held all along."""
    return 1 + len(axis.values)


def fits(axis: Axis, hold: int, runs: int) -> bool:
    """Whether runs of a ramp are neither too long nor too many."""
    months = holds_of(axis) * hold
    return months <= MAX_MONTHS and months * runs <= MOST_ROWS


def check_ramp(
    case: Scenario, axis: Axis, hold: int, runs: int, places: Sequence[str]
) -> None:  # fmt: skip
    """Refuse a lever that cannot be moved within a run, and too long or too many runs."""
    parameter = axis.parameter
    assert parameter is not None
    if parameter.when == "at birth":
        raise fault(places[0], "ramp.error.birth", path=axis.path)
    if moved_by(case, axis.path):
        raise fault(places[0], "ramp.error.moved", path=axis.path, scenario=case.name)
    holds = holds_of(axis)
    if hold < 1 or holds * hold > MAX_MONTHS:
        told = {"holds": holds, "hold": hold, "months": holds * hold, "most": MAX_MONTHS}
        raise fault(places[1], "ramp.error.long", **told)
    if not fits(axis, hold, runs):
        most = f"{MOST_ROWS // (holds * hold):_}".replace("_", " ")
        raise fault(places[2], "ramp.error.many", most=most)
