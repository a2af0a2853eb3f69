"""What a report tells of: the runs of each scenario and the studies made of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from ..study.summary import Summary, summarise
from ..world.shape import STATES

if TYPE_CHECKING:
    from ..scenario import Scenario
    from ..study.compare.comparison import Comparison
    from ..study.compare.pairs import Pairs
    from ..study.compare.worlds import InWorlds
    from ..study.explain import LeavingsExplained
    from ..study.outlook import Outlook
    from ..study.simulate import Simulation
    from ..study.watch import Watch


@dataclass(frozen=True, eq=False)
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
    worlds : int or str
        How many worlds were drawn, 0 for none, or from which file they are.
    outlook : Outlook or None
        One scenario in other worlds.
    pairs : Pairs or None
        The runs of several scenarios, pair by pair.
    in_worlds : InWorlds or None
        The comparison in other worlds.
    leavings : tuple of LeavingsExplained
        Why people left, in each scenario.
    watch : Watch or None
        What foretells decline, in one scenario.
    """

    simulations: tuple[Simulation, ...]
    asked: tuple[str, ...]
    levers: tuple[str, ...] = ()
    worlds: int | str = 0
    outlook: Outlook | None = None
    pairs: Pairs | None = None
    in_worlds: InWorlds | None = None
    leavings: tuple[LeavingsExplained, ...] = ()
    watch: Watch | None = None
    _comparisons: dict[str, Comparison] = field(default_factory=dict)

    @cached_property
    def summaries(self) -> tuple[Summary, ...]:
        """What each scenario comes to."""
        return tuple(summarise(one) for one in self.simulations)

    @property
    def cases(self) -> tuple[Scenario, ...]:
        """The scenarios."""
        return tuple(one.scenario for one in self.simulations)

    def comparison(self, lang: str) -> Comparison:
        """Return the comparison, each scenario under its title in a language."""
        if lang not in self._comparisons:
            from ..study.compare.comparison import Comparison

            assert self.pairs is not None
            every = tuple(
                replace(one, name=title)
                for one, title in zip(self.pairs.every, titles(self, lang), strict=True)
            )
            pairs = replace(self.pairs, every=every)
            self._comparisons[lang] = Comparison(pairs, self._renamed(pairs))
        return self._comparisons[lang]

    def _renamed(self, pairs: Pairs) -> InWorlds | None:
        """Return the comparison in other worlds under the names of these pairs."""
        told = self.in_worlds
        if told is None:
            return None
        names = zip(told.names, (one.name for one in pairs.others), strict=True)
        overturned = {
            new: replace(told.overturned[old], scenario=new)
            for old, new in names
            if old in told.overturned
        }
        return replace(told, pairs=pairs, overturned=overturned)

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
        """Months of a run; of several scenarios those of the shortest."""
        return min(case.months for case in self.cases)


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
