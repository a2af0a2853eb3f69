"""What the model shows of the targets in a world with other constants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from ...parameters import BY_PATH
from ..outcomes import follow

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ...scenario import Scenario
    from .targets import Target

SEEN_BEFORE = tuple[float, ...]


@dataclass
class Eyes:
    """Looks at worlds; each scenario is walked once a world, no longer than it is looked at.

    Parameters
    ----------
    case : Scenario
        What is calibrated.
    targets : sequence of Target
    paths : sequence of str
        The constants that a world sets, in the order of its values.
    runs, seed, first_run : int
        Runs a scenario and world, and their luck: the same in every world.
    threads : int or None
    """

    case: Scenario
    targets: Sequence[Target]
    paths: Sequence[str]
    runs: int
    seed: int
    first_run: int = 0
    threads: int | None = None
    errors: NDArray[np.float64] | None = None
    seen: dict[SEEN_BEFORE, NDArray[np.float64]] = field(default_factory=dict)

    def look(self, world: Sequence[float]) -> NDArray[np.float64]:
        """Return the statistic of every target in a world."""
        key = tuple(map(float, world))
        if key not in self.seen:
            self.seen[key] = self._looked(dict(zip(self.paths, key, strict=True)))
        return self.seen[key]

    def off(self, world: Sequence[float]) -> float:
        """Return the distance: how far the worst target is off, in tolerances."""
        seen = self.look(world)
        return max(float(one.off(value)) for one, value in zip(self.targets, seen, strict=True))

    def _looked(self, world: Mapping[str, float]) -> NDArray[np.float64]:
        found = np.zeros(len(self.targets))
        wrong = np.zeros(len(self.targets))
        for case, mine in self._by_scenario():
            names = {self.targets[k].outcome for k in mine}
            after = {self.targets[k].after for k in mine}
            # nothing that comes later counts; what was checked before need not be checked again
            policy = case.policy | {BY_PATH[path].name: value for path, value in world.items()}
            shorter = replace(case, policy=policy, months=max(after))
            walked = follow(
                shorter, self.runs, self.seed, sorted(names), sorted(after),
                first_run=self.first_run, threads=self.threads,
            )  # fmt: skip
            for k in mine:
                values = walked[self.targets[k].outcome, self.targets[k].after]
                found[k] = self.targets[k].of(values)
                wrong[k] = self.targets[k].error(values)
        # the largest seen anywhere: how much luck blurs what a target shows
        self.errors = wrong if self.errors is None else np.maximum(self.errors, wrong)
        return found

    def _by_scenario(self) -> list[tuple[Scenario, list[int]]]:
        found: dict[str, tuple[Scenario, list[int]]] = {}
        for k, one in enumerate(self.targets):
            case = one.scenario or self.case
            found.setdefault(case.hash, (case, []))[1].append(k)
        return list(found.values())
