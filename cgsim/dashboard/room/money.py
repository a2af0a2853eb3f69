"""Shares of a budget as efforts, and back, at the unit costs of the scenario.

Money is that of one month: what is not spent in a month does not wait for the next. A share
says what an organisation pays at most, in a month in which all of it falls due and with its
full commitment; the model then spends what commitment and shared understanding let it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from ...scenario import Scenario
from .parts import SPLIT, Part, in_force, parameter_at

DIGITS = 4
"""Decimals of an effort that a share is turned into."""


@dataclass(frozen=True)
class Purse:
    """What an organisation may spend in a month, and what a unit of each effort costs.

    Attributes
    ----------
    budget : float
        Rp million per month.
    units : dict
        Rp million per month for 1 of each lever of `SPLIT`.
    """

    budget: float
    units: Mapping[str, float]

    def cost(self, lever: str, value: float) -> float:
        """Return what a lever costs at most [Rp million per month]."""
        return float(value) * self.units[lever]

    def total(self, values: Mapping[str, float]) -> float:
        """Return what all levers together cost at most [Rp million per month]."""
        return sum(self.cost(lever, values[lever]) for lever in SPLIT)

    def value(self, lever: str, share: float) -> float:
        """Return the lever that a share of the budget pays, within what is allowed.

        Examples
        --------
        >>> Purse(40.0, {"promotion": 10.0}).value("promotion", 0.25)
        1.0
        """
        unit = self.units[lever]
        parameter = parameter_at(f"organisations.any.{lever}")
        if unit <= 0 or self.budget <= 0:
            return 0.0
        return round(min(share * self.budget / unit, parameter.high), DIGITS)

    def share(self, lever: str, value: float) -> float:
        """Return which share of the budget a lever takes at most."""
        return self.cost(lever, value) / self.budget if self.budget > 0 else 0.0

    def over(self, values: Mapping[str, float]) -> bool:
        """Whether more is planned than there is; a rounding is none."""
        return self.total(values) > self.budget * (1 + 1e-4) + 1e-9

    def fitted(self, values: Mapping[str, float]) -> dict[str, float]:
        """Return the levers brought down in proportion to what the budget pays.

        Examples
        --------
        >>> purse = Purse(10.0, dict.fromkeys(SPLIT, 10.0))
        >>> purse.fitted(dict.fromkeys(SPLIT, 0.0) | {"waste": 3.0, "seats": 1.0})["waste"]
        0.75
        """
        if not self.over(values):
            return dict(values)
        part = self.budget / self.total(values)
        scale = 10**DIGITS
        return {lever: math.floor(values[lever] * part * scale) / scale for lever in SPLIT}


def purse_of(case: Scenario, part: Part, month: int) -> Purse:
    """Return the purse of an organisation when a month begins."""

    def now(path: str) -> float:
        return float(in_force(case, path, month))

    units = {lever: now(f"costs.{lever}") for lever in SPLIT[:5]}
    units["seats"] = now("costs.training") * now(part.path("training_months"))
    units["visits"] = now("costs.visit")
    return Purse(now(part.path("budget")), units)
