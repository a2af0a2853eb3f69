"""What a report tells of: the runs of each scenario and the studies made of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ..study.summary import Summary, summarise
from ..world.shape import STATES

if TYPE_CHECKING:
    from ..scenario import Scenario
    from ..study.outlook import Outlook
    from ..study.simulate import Simulation


@dataclass(frozen=True)
class Findings:
    """What the sections read.

    Attributes
    ----------
    simulations : tuple of Simulation
        One of each scenario, with months; the same luck in all.
    asked : tuple of str
        Each scenario as it is named in the command.
    levers : tuple of str
        Changes made to all of them, as ``--set`` says them.
    worlds : int
        How many worlds were drawn, 0 for none.
    outlook : Outlook or None
        The first scenario in other worlds.
    """

    simulations: tuple[Simulation, ...]
    asked: tuple[str, ...]
    levers: tuple[str, ...] = ()
    worlds: int = 0
    outlook: Outlook | None = None

    @cached_property
    def summaries(self) -> tuple[Summary, ...]:
        """What each scenario comes to."""
        return tuple(summarise(one) for one in self.simulations)

    @property
    def cases(self) -> tuple[Scenario, ...]:
        """The scenarios."""
        return tuple(one.scenario for one in self.simulations)

    @property
    def several(self) -> bool:
        """Whether scenarios are compared."""
        return len(self.simulations) > 1

    @property
    def seed(self) -> int:
        """Whose luck."""
        return self.simulations[0].seed

    @property
    def runs(self) -> int:
        """Runs of each scenario."""
        return len(self.simulations[0].runs)

    @property
    def months(self) -> int:
        """Months of a run of the first scenario."""
        return self.cases[0].months


def commonest(summary: Summary, cutoffs: str = "as_set") -> str:
    """Return the state in which most runs end, the lower one of two that are equal."""
    found = summary.end[cutoffs]
    return max(STATES, key=lambda state: found[state].share)


def titles(found: Findings, lang: str) -> tuple[str, ...]:
    """Return the scenarios' titles, told apart by name where two have the same."""
    said = [case.title[lang] or case.name for case in found.cases]
    return tuple(
        title if said.count(title) == 1 else f"{title} ({name})"
        for title, name in zip(said, found.asked, strict=True)
    )
