"""Do conclusions outlast other cut-offs and other weights of support?

Both are ours: the cut-offs of the typology (E61) and how strongly a visit holds a trainee, whose
only measurements come from other fields (N30, N31).
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal

from ..parameters import POLICY
from ..scenario import Scenario
from .outcomes import follow
from .promises import interval
from .staying import Surroundings, factor_for, log_odds, scaled, surroundings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RUNS, SEED = 400, 20264
"""Runs a scenario, and the seed that serves this page alone."""

REFERENCE = "sangatta-utara"
VISITOR = "kpc"
"""Who visits monthly where the odds of staying are reckoned: who does so in the reference."""

SHIFTS = (-0.10, -0.05, 0.05, 0.10)
LOG_ODDS = (0.3, 0.73, 1.5)
"""Low, as measured (N30), and beyond the upper bound with reward (N31)."""

ELSEWHERE = ("rise-and-fall", "mina-bayu-lestari")
"""Shipped scenarios that are not ranked: another length, another place."""

OUTCOMES = ("state", "dynamic", "inactive", "producers", "cluster_index")

Answer = Literal["holds", "not told apart", "reversed"]


@dataclass(frozen=True)
class Variant:
    """One other assumption.

    Attributes
    ----------
    name : str
        As the page shows it.
    changes : dict
        Levers and constants, the same in every scenario.
    """

    name: str
    changes: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Claim:
    """A conclusion: one scenario ends above another."""

    says: str
    more: str
    less: str


CLAIMS = (
    Claim("without any monitoring the cluster ends lower", REFERENCE, "nobody-monitors"),
    Claim("monthly monitoring by all ends higher", "everybody-monitors-monthly", REFERENCE),
    Claim("persistence of 0.75 ends higher", "persistent-trainees", REFERENCE),
    Claim(
        "monthly monitoring beats persistence", "everybody-monitors-monthly", "persistent-trainees"
    ),
    Claim("both together beat monitoring alone", "full-package", "everybody-monitors-monthly"),
    Claim("both together beat persistence alone", "full-package", "persistent-trainees"),
    Claim("recommendation 1 helps", "recommendation-1", REFERENCE),
    Claim("recommendation 2 helps", "recommendation-2", REFERENCE),
    Claim("recommendation 1 beats recommendation 2", "recommendation-1", "recommendation-2"),
    Claim("both recommendations beat the first", "both-recommendations", "recommendation-1"),
    Claim("both recommendations beat the second", "both-recommendations", "recommendation-2"),
    Claim("without the company the cluster ends lower", REFERENCE, "kpc-leaves"),
)


def ranked() -> list[str]:
    """Return the shipped scenarios that are ranked."""
    return [name for name in Scenario.shipped() if name not in ELSEWHERE]


def cutoffs(shift: float) -> Variant:
    """Return the variant with both cut-offs shifted."""
    changes = {}
    for name in ("active_cutoff", "dynamic_cutoff"):
        default = POLICY[name].default
        assert default is not None
        changes[POLICY[name].path] = round(default + shift, 6)
    return Variant(f"{shift:+.2f}".replace("-", "−"), changes)


@cache
def ground(runs: int = RUNS, seed: int = SEED) -> tuple[Scenario, Surroundings]:
    """Return the reference scenario, and what a trainee finds in it after five years."""
    scenario = Scenario.load(REFERENCE)
    return scenario, surroundings(scenario, runs, seed)


@dataclass(frozen=True)
class Weight:
    """A factor on all weights of support, and the log-odds that it gives."""

    factor: float
    log_odds: float

    @property
    def variant(self) -> Variant:
        """The variant with these weights."""
        return Variant(f"log-odds {self.log_odds:g}", scaled(self.factor))


@cache
def weights() -> tuple[Weight, ...]:
    """Return the factors that give each of `LOG_ODDS`, and 1 with what it gives."""
    scenario, around = ground()
    found = [Weight(factor_for(odds, scenario, around, VISITOR), odds) for odds in LOG_ODDS]
    return (*found, Weight(1.0, log_odds(scenario, around, VISITOR)))


def variants() -> tuple[Variant, ...]:
    """Return all variants: as set, shifted cut-offs, other weights of support."""
    shifted = [cutoffs(shift) for shift in SHIFTS]
    return (Variant("as set"), *shifted, *(one.variant for one in weights()[:-1]))


@dataclass
class Ends:
    """Where runs of scenarios end under each variant; walked when first asked for and kept."""

    runs: int = RUNS
    seed: int = SEED
    _walked: dict[tuple[str, str], dict[str, NDArray[np.float64]]] = field(default_factory=dict)

    def of(self, scenario: str, variant: Variant) -> dict[str, NDArray[np.float64]]:
        """Return `OUTCOMES` of each run after the last month."""
        key = scenario, variant.name
        if key not in self._walked:
            case = Scenario.load(scenario)
            changed: dict[str, Any] = dict(variant.changes)
            case = case.replace(changed) if changed else case
            found = follow(case, self.runs, self.seed, OUTCOMES, [case.months])
            self._walked[key] = {name: values for (name, _), values in found.items()}
        return self._walked[key]

    def answer(self, more: str, less: str, outcome: str, variant: Variant) -> Answer:
        """Say whether one scenario ends above another, in pairs of the same luck at 95 %."""
        above, below = self.of(more, variant)[outcome], self.of(less, variant)[outcome]
        mean, half = interval(above - below)
        if mean - half > 0.0:
            return "holds"
        return "reversed" if mean + half < 0.0 else "not told apart"

    def reversals(self, outcome: str, variant: Variant) -> list[tuple[str, str]]:
        """Return pairs clearly ordered as set and clearly the other way in a variant.

        Returns
        -------
        list of (str, str)
            Who was above, who was below.
        """
        as_set, found = Variant("as set"), []
        for pair in combinations(ranked(), 2):
            before = self.answer(*pair, outcome, as_set)
            after = self.answer(*pair, outcome, variant)
            if {before, after} == {"holds", "reversed"}:
                found.append(pair if before == "holds" else (pair[1], pair[0]))
        return found

    def order(self, variant: Variant) -> list[str]:
        """Return the ranked scenarios, the one that ends in the highest states first."""
        place = {name: k for k, name in enumerate(ranked())}
        return sorted(
            ranked(), key=lambda name: (-self.of(name, variant)["state"].mean(), place[name])
        )


if __name__ == "__main__":
    from .robustness_page import write

    sys.exit(write())
