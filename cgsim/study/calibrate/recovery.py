"""Does calibration find constants again that the model's own data were made with?

Truths are drawn from the spreads, each makes data with luck of its own, and the data are all
that calibration is told. Run as a module it writes ``docs/calibrate-study.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np

from ...parameters import BY_PATH
from ...scenario import Scenario
from ..worlds import draw
from .fitting import calibrate
from .identifying import contraction, weighted_quantiles
from .seeing import Eyes
from .target_reading import read_targets

if TYPE_CHECKING:
    import pandas as pd

    from .calibration import Calibration

TRUTHS, TRUTH_SEED, DATA_SEED = 20, 7, 20265
RUNS, POPULATION, DATA_RUNS = 20, 100, 400

LOCAL_RUNS, LOCAL_POPULATION = 40, 200

SPOKEN_OF = (
    "constants.apply_base", "constants.hold_base", "constants.learning_rate",
    "constants.equipment_gain",
)  # fmt: skip
"""Constants that the data below speak of, each through one of them above all."""

SILENT = "constants.demand_reach"
"""One that nothing in the data depends on within two years."""

DATA = {
    "trained": ("ever_trained", 24, 2.5), "attending": ("attendance_so_far", 24, 0.08),
    "skill": ("skill", 24, 0.06), "tools": ("equipment", 24, 0.03),
}  # fmt: skip
"""What is told: outcome, after how many months, tolerance."""

DATA_WORDS = {
    "trained": "persons ever trained", "attending": "share of active trainees at meetings so far",
    "skill": "mean skill of producers", "tools": "how well producers are equipped",
}  # fmt: skip

PRODUCT = ("constants.peer_loss", "constants.peer_breach")
"""Two constants that the rules read only as a product: what trust loses when a peer leaves."""

PRODUCT_RUNS = 100
"""Runs a world: peer trust of a small place differs much from run to run."""

PEERS = {"peers": ("peer_trust", 24, 0.02)}

LEVELS = {50: (0.25, 0.75), 80: (0.1, 0.9), 95: (0.025, 0.975)}

# the bands that are promised; the page says whether they hold
LEAST_COVERED, MOST_OFF, MOST_TOLD = 0.90, 0.10, 0.35
"""At least so many truths within the 95 % interval; the median off by at most this share of
the spread, at the median of truths; what nothing speaks of is told by at most so much."""


@cache
def world() -> Scenario:
    """Return the small place in which constants are looked for."""
    levers = {"community.people": 40, "community.group_size": 5, "organisations.*.seats": 6}
    return Scenario.load("sangatta-utara").replace(levers, months=24)


@cache
def truths() -> pd.DataFrame:
    """Return the worlds that make data, a row each."""
    return draw([*SPOKEN_OF, SILENT], TRUTHS, TRUTH_SEED)


def data_of(
    truth: dict[str, float], wanted: dict[str, tuple[str, int, float]]
) -> dict[str, object]:
    """Return targets as a file would state them: what a truth shows with luck of its own."""
    blank = {
        name: {"outcome": outcome, "after": after, "wanted": 0.0, "tolerance": width,
               "source": "assumption"}
        for name, (outcome, after, width) in wanted.items()
    }  # fmt: skip
    known = read_targets({"targets": blank})
    seen = Eyes(world().replace(truth), known.all, (), DATA_RUNS, DATA_SEED).look(())
    stated = {
        name: {**one, "wanted": float(value)}
        for (name, one), value in zip(blank.items(), seen, strict=True)
    }
    return {"targets": stated}


def truth_of(number: int) -> dict[str, float]:
    """Return one world that makes data."""
    return {str(path): float(value) for path, value in truths().iloc[number].items()}


@cache
def found_again(number: int) -> Calibration:
    """Return the calibration to the data of one truth."""
    constants = [*SPOKEN_OF, SILENT]
    return calibrate(
        world(), data_of(truth_of(number), DATA), constants, RUNS, POPULATION, number + 1
    )


@cache
def product() -> Calibration:
    """Return the calibration of two constants that enter as a product."""
    return calibrate(world(), data_of({}, PEERS), PRODUCT, PRODUCT_RUNS, 2 * POPULATION, 1)


@cache
def local() -> Calibration:
    """Return the calibration of the reference to what is on record there."""
    return calibrate("sangatta-utara", "local", (), LOCAL_RUNS, LOCAL_POPULATION, 1)


def own(path: str) -> float:
    """Return the model's own value of a constant."""
    return float(BY_PATH[path].default or 0.0)


@dataclass(frozen=True)
class Recovery:
    """How well one constant came back from all truths."""

    path: str

    @cached_property
    def _each(self) -> list[tuple[float, float, float, dict[int, bool]]]:
        rows = []
        for number in range(TRUTHS):
            found = found_again(number)
            axis = next(one for one in found.axes if one.path == self.path)
            true = truth_of(number)[self.path]
            values = found.kept.worlds[self.path].to_numpy()
            middle = weighted_quantiles(values, found.kept.weights, [0.5])[0]
            inside = {}
            for level, ends in LEVELS.items():
                low, high = weighted_quantiles(values, found.kept.weights, ends)
                inside[level] = low <= true <= high
            told = contraction(values, found.kept.weights, axis)
            rows.append((abs(middle - true) / (axis.high - axis.low), true, told, inside))
        return rows

    def covered(self, level: int) -> float:
        """Return the share of truths within the interval of a level [%]."""
        return float(np.mean([row[3][level] for row in self._each]))

    @property
    def off(self) -> float:
        """Return how far medians are off, as a share of the spread; the median of truths."""
        return float(np.median([row[0] for row in self._each]))

    @property
    def told(self) -> float:
        """Return the mean contraction."""
        return float(np.mean([row[2] for row in self._each]))

    @property
    def holds(self) -> bool:
        """Whether the promised bands hold."""
        if self.path == SILENT:
            return self.covered(95) >= LEAST_COVERED and self.told <= MOST_TOLD
        return self.covered(95) >= LEAST_COVERED and self.off <= MOST_OFF


if __name__ == "__main__":
    from ..pattern_page import write_whole
    from .recovery_page import PAGE, page

    write_whole(PAGE, page())
