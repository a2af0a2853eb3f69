"""Targets: what was seen of the world, each with how far the model may be off."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from ...errors import Fault, ScenarioError, say

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ...scenario import Scenario

STATISTICS = ("mean", "median", "share", "quantile")
"""What is taken over the runs."""

YES_OR_NO = ("inactive", "dynamic")
"""Outcomes that are 0 or 1, of which a share needs no bounds."""

BATCHES = 10
"""Parts of the runs from whose statistics the error of the whole is reckoned."""


@dataclass(frozen=True)
class Target:
    """One number that the model should show.

    Attributes
    ----------
    name : str
        Its key in the file.
    outcome : str
        A monthly quantity, or one made from several (`outcomes.follow`).
    after : int
        Months passed.
    wanted, tolerance : float
        In the outcome's unit; the model is in order within wanted ± tolerance.
    statistic : {"mean", "median", "share", "quantile"}
    at : float or None
        Which quantile.
    at_least, at_most : float or None
        Between which values a run counts for a share.
    scenario : Scenario or None
        In which world; None for the one that is calibrated.
    source : str
        Evidence codes, or "assumption".
    why : dict
        How the number is read into the model, by language.
    hold_out : bool
        Kept out of the fit; only reported on.
    """

    name: str
    outcome: str
    after: int
    wanted: float
    tolerance: float
    statistic: str = "mean"
    at: float | None = None
    at_least: float | None = None
    at_most: float | None = None
    scenario: Scenario | None = None
    source: str = "assumption"
    why: dict[str, str] | None = None
    hold_out: bool = False

    def of(self, values: NDArray[np.float64]) -> float:
        """Return the statistic of runs.

        Examples
        --------
        >>> three = np.array([4.0, 6.0, 11.0])
        >>> Target("a", "producers", 60, 13.0, 3.0).of(three)
        7.0
        >>> Target("a", "producers", 60, 0.5, 0.1, "share", at_least=5.0, at_most=10.0).of(three)
        0.3333333333333333
        """
        if self.statistic == "median":
            return float(np.median(values))
        if self.statistic == "quantile":
            return float(np.quantile(values, 0.5 if self.at is None else self.at))
        if self.statistic == "share":
            low = -np.inf if self.at_least is None else self.at_least
            high = np.inf if self.at_most is None else self.at_most
            if self.at_least is None and self.at_most is None:
                low = 0.5
            return float(np.mean((values >= low) & (values <= high)))
        return float(np.mean(values))

    def error(self, values: NDArray[np.float64]) -> float:
        """Return the standard error of the statistic, from batches of runs; 0 for too few."""
        if len(values) < 2 * BATCHES:
            return 0.0
        each = [self.of(values[k::BATCHES]) for k in range(BATCHES)]
        return float(np.std(each, ddof=1) / np.sqrt(BATCHES))

    def off(self, seen: Any) -> Any:
        """Return how far a value seen is off, in tolerances: up to 1 is within."""
        return np.abs(seen - self.wanted) / self.tolerance


@dataclass(frozen=True)
class Targets:
    """What a file of targets says.

    Attributes
    ----------
    name : str
    title : dict
        By language.
    all : tuple of Target
    constants : tuple of str
        Which constants the targets may speak of: paths, parts of paths or patterns.
    """

    name: str
    title: dict[str, str]
    all: tuple[Target, ...]
    constants: tuple[str, ...] = ()

    @cached_property
    def fitted(self) -> tuple[Target, ...]:
        """Those that the constants are fitted to."""
        return tuple(one for one in self.all if not one.hold_out)

    @cached_property
    def held_out(self) -> tuple[Target, ...]:
        """Those kept out."""
        return tuple(one for one in self.all if one.hold_out)

    def scenarios(self, case: Scenario) -> list[Scenario]:
        """Return all worlds that the targets speak of, the calibrated one first."""
        found = {case.hash: case}
        for one in self.all:
            if one.scenario is not None:
                found.setdefault(one.scenario.hash, one.scenario)
        return list(found.values())

    def check(self, case: Scenario, place: str = "targets") -> None:
        """Refuse targets later than the last month of their scenario.

        Raises
        ------
        ScenarioError
            With every target at fault.
        """
        faults = [
            Fault(place, 0, 0, say("calibrate.error.late", name=one.name, after=one.after,
                                   scenario=case.name, months=case.months))
            for one in self.all
            if one.scenario is None and one.after > case.months
        ]  # fmt: skip
        if not self.fitted:
            faults.append(Fault(place, 0, 0, say("calibrate.error.all_held_out")))
        if faults:
            raise ScenarioError(faults)
