"""What came of a calibration: worlds that fit, what they tell, and what stays open."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ...scenario import Scenario
from ..worlds import WORLD
from .identifying import (
    constants_table,
    directions_table,
    pairs_table,
    rank_correlations,
    weighted_quantiles,
)
from .sampling import Kept
from .targets import Targets

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from ..sweep.axes import Axis


@dataclass(frozen=True, eq=False)
class Calibration:
    """What came of a calibration.

    Attributes
    ----------
    scenario : Scenario
        What was calibrated.
    targets : Targets
    axes : tuple of Axis
        The constants, each with its spread before.
    runs, seed : int
        Runs a scenario and world, and their luck.
    kept : Kept
        The worlds of the last generation and their weights.
    distances : array, shape (worlds,)
        How far the worst target is off, in tolerances, with the luck that was fitted to.
    seen : array, shape (worlds, targets)
        What each world shows of all targets, with other luck.
    errors : array, shape (targets,)
        Largest standard error of what one world shows: what luck alone blurs.
    reached : bool
        Whether all targets that count are within their tolerances.
    chosen : array of int
        Which of the worlds kept stand for all, each as often as its weight asks.
    """

    scenario: Scenario
    targets: Targets
    axes: tuple[Axis, ...]
    runs: int
    seed: int
    kept: Kept
    distances: NDArray[np.float64]
    seen: NDArray[np.float64]
    errors: NDArray[np.float64]
    reached: bool
    chosen: NDArray[np.int64]

    @cached_property
    def worlds(self) -> pd.DataFrame:
        """Worlds of equal weight, a column a constant: what other commands take as worlds."""
        table = self.kept.worlds.iloc[self.chosen]
        return table.set_axis(pd.RangeIndex(len(table), name=WORLD))

    @cached_property
    def samples(self) -> pd.DataFrame:
        """A row a world kept: weight, distance, constants, and what it shows of each target."""
        head = pd.DataFrame({"weight": self.kept.weights, "distance": self.distances})
        names = [f"seen.{one.name}" for one in self.targets.all]
        seen = pd.DataFrame(self.seen, columns=names)
        return pd.concat([head, self.kept.worlds, seen], axis=1)

    @property
    def generations(self) -> pd.DataFrame:
        """By generation: what was allowed, worlds tried and kept, their effective number."""
        return self.kept.generations

    @cached_property
    def constants(self) -> pd.DataFrame:
        """A row a constant: spread before, what is left, contraction and verdict."""
        return constants_table(self.kept.worlds, self.kept.weights, self.axes)

    @cached_property
    def correlations(self) -> pd.DataFrame:
        """Rank correlations of the constants among the worlds that fit."""
        return rank_correlations(self.kept.worlds, self.kept.weights)

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """A row a pair of constants, the strongest correlation first."""
        return pairs_table(self.kept.worlds, self.kept.weights, self.axes)

    @cached_property
    def directions(self) -> pd.DataFrame:
        """Directions of the spread that is left, the best told first."""
        return directions_table(self.kept.worlds, self.kept.weights, self.axes)

    @cached_property
    def patterns(self) -> pd.DataFrame:
        """A row a target: wanted, seen with other luck, whether it is met.

        ``low``, ``median`` and ``high`` are of what the worlds show (95 % of them), ``inside``
        the share of worlds within the tolerance, ``error`` what luck alone blurs in one world.
        *met*: the median is within the tolerance; *in reach*: the interval touches it.
        """
        rows = []
        for k, one in enumerate(self.targets.all):
            values = self.seen[:, k]
            low, middle, high = weighted_quantiles(values, self.kept.weights, (0.025, 0.5, 0.975))
            within = (one.off(values) <= 1.0).astype(float)
            case = one.scenario or self.scenario
            rows.append(
                {
                    "target": one.name, "source": one.source, "hold_out": one.hold_out,
                    "scenario": case.name, "outcome": one.outcome, "after_months": one.after,
                    "statistic": one.statistic, "wanted": one.wanted, "tolerance": one.tolerance,
                    "low": low, "median": middle, "high": high,
                    "inside": float(np.average(within, weights=self.kept.weights)),
                    "error": float(self.errors[k]),
                    "verdict": _verdict(one.wanted, one.tolerance, low, middle, high),
                }
            )  # fmt: skip
        return pd.DataFrame(rows)

    @cached_property
    def best(self) -> dict[str, float]:
        """The constants of the world whose worst target is least off."""
        row = self.kept.worlds.iloc[int(np.argmin(self.distances))]
        return {str(path): float(value) for path, value in row.items()}

    def best_scenario(self) -> Scenario:
        """Return the scenario with the constants of the best world, marked as fitted."""
        from .best import best_scenario

        return best_scenario(self)

    def sentences(self, lang: str = "en") -> list[str]:
        """Say what the targets tell and what not."""
        from .saying import sentences

        return sentences(self, lang)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return all tables by name, as a folder holds them."""
        correlations = self.correlations.rename_axis("path").reset_index()
        return {
            "worlds": self.worlds.reset_index(drop=True), "samples": self.samples,
            "constants": self.constants, "targets": self.patterns, "pairs": self.pairs,
            "correlations": correlations, "directions": self.directions,
            "generations": self.generations,
        }  # fmt: skip

    def figures(self, lang: str = "en") -> dict[str, Figure]:
        """Draw what is left of each spread, targets seen and wanted, and the strongest pair."""
        from ...figures.calibrate import draw_pair, draw_posterior, draw_targets

        drawn = {"constants": draw_posterior(self, lang), "targets": draw_targets(self, lang)}
        if len(self.axes) > 1:
            drawn["pair"] = draw_pair(self, lang)
        return drawn

    def to_dict(self) -> dict[str, Any]:
        """Return all but the single worlds, for machines."""
        tables = self.tables()
        told = {
            name: _records(tables[name]) for name in tables if name not in ("worlds", "samples")
        }
        return {"reached": self.reached, "best": self.best, **told}


def _verdict(wanted: float, tolerance: float, low: float, middle: float, high: float) -> str:
    if abs(middle - wanted) <= tolerance:
        return "met"
    return "in_reach" if low <= wanted + tolerance and high >= wanted - tolerance else "not_met"


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(k): None if isinstance(v, float) and v != v else v for k, v in row.items()}
        for row in table.to_dict("records")
    ]
