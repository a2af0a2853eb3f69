"""What came of a plan: tables, its file, its figures."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Self

import numpy as np

from ...scenario import Scenario
from ..sweep.axes import Axis
from ..varied import stated
from .budget import ALL, Budget
from .evaluation import Evaluated, Luck
from .frontier import Candidate
from .goal import Goal
from .levers import own_values
from .reacting import Reacting
from .robust import Robust
from .search import Trial

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

Verdict = Literal["reached", "likely", "missed", "none", "over"]


class Lucks(NamedTuple):
    """Three blocks of luck: searched on, chosen on, reported on."""

    searched: Luck
    second: Luck
    fresh: Luck

    @classmethod
    def of(cls, seed: int, runs: int, checked: int) -> Self:
        """Return the blocks of a seed: its own and those of the next two seeds."""
        after = [(seed + k) % 2**32 for k in (1, 2)]
        return cls(Luck(seed, runs), *(Luck(one, checked) for one in after))


@dataclass(frozen=True, eq=False)
class Planned:
    """What came of a plan.

    Attributes
    ----------
    scenario : Scenario
        What it starts from, of the length planned for.
    goal : Goal
    chance : float
    budget : Budget
    axes : tuple of Axis
        The levers that were searched.
    lucks : Lucks
    tried : tuple of Trial
        Every plan that was tried.
    candidates : tuple of Candidate
        The frontier.
    chosen : Candidate or None
        The plan; where none reaches the goal within the budget the likeliest, where none is
        within the budget None.
    surely : bool
        Whether it reached the goal surely on the luck that it was chosen on.
    beyond : Candidate or None
        Where none within the budget reaches the goal, the cheapest that does beyond it.
    as_it_is, checked, beyond_checked : Evaluated
        The scenario, the plan, and the one beyond the budget, on fresh luck.
    changed : tuple of (Axis, float)
        Levers in which the plan differs, and its values.
    without : tuple of Evaluated
        The plan with each of them left as it is, on fresh luck.
    reacting : Reacting or None
    could_react : bool
        Whether there were visits to let react.
    robust : Robust or None
    """

    scenario: Scenario
    goal: Goal
    chance: float
    budget: Budget
    axes: tuple[Axis, ...]
    lucks: Lucks
    tried: tuple[Trial, ...]
    candidates: tuple[Candidate, ...]
    chosen: Candidate | None
    surely: bool
    beyond: Candidate | None
    as_it_is: Evaluated
    checked: Evaluated | None
    beyond_checked: Evaluated | None
    changed: tuple[tuple[Axis, float], ...]
    without: tuple[Evaluated, ...]
    reacting: Reacting | None
    could_react: bool
    robust: Robust | None

    @property
    def plan(self) -> Scenario | None:
        """The plan as a scenario."""
        return None if self.chosen is None else self.chosen.scenario

    @property
    def verdict(self) -> Verdict:
        """Whether the plan reaches the goal.

        ``reached``: the 95 % interval on fresh luck is not below the chance; ``likely``: the
        share is not, the interval is; ``missed``: chosen as one that does, it did not on fresh
        luck; ``none``: nothing tried within the budget reaches it; ``over``: nothing tried is
        within the budget.
        """
        if self.chosen is None or self.checked is None:
            return "over"
        if self.chosen.second.probability < self.chance:
            return "none"
        if self.checked.interval[0] >= self.chance:
            return "reached"
        return "likely" if self.checked.probability >= self.chance else "missed"

    @cached_property
    def levers(self) -> pd.DataFrame:
        """A row a lever in which the plan differs: as it is, planned, and what it would be without.

        Without: probability and cost, Rp million a year, with this one lever left as it is, less
        those of the plan, on the same fresh luck.
        """
        import pandas as pd

        rows = []
        for (axis, value), left in zip(self.changed, self.without, strict=True):
            assert self.checked is not None
            own = ", ".join(
                _said(stated(axis, one)) for one in own_values(axis.path, self.scenario)
            )
            rows.append(
                {
                    "lever": axis.path, "as_it_is": own, "plan": _said(stated(axis, value)),
                    "probability_without": left.probability - self.checked.probability,
                    "cost_without": left.cost - self.checked.cost,
                }
            )  # fmt: skip
        names = ["lever", "as_it_is", "plan", "probability_without", "cost_without"]
        return pd.DataFrame(rows, columns=names)

    @cached_property
    def costs(self) -> pd.DataFrame:
        """A row a payer, ``all`` last: Rp million a year and over the horizon, on fresh luck."""
        import pandas as pd

        rows = []
        bounds = self.budget.to_dict()
        for payer in (*self.scenario.organisations, ALL):
            before, then = (self._paid(one, payer) for one in (self.as_it_is, self.checked))
            bound = bounds.get(payer, math.nan)
            rows.append(
                {
                    "payer": payer, "as_it_is": before, "plan": then, "more": then - before,
                    "budget": bound, "plan_over_horizon": then * self.as_it_is.years,
                }
            )  # fmt: skip
        return pd.DataFrame(rows)

    def _paid(self, found: Evaluated | None, payer: str) -> float:
        if found is None:
            return math.nan
        return found.cost if payer == ALL else found.spent[payer]

    @cached_property
    def frontier(self) -> pd.DataFrame:
        """A row a plan of the frontier: cost and probability, searched on and on second luck."""
        import pandas as pd

        rows = [
            {
                "plan": one.name, "chosen": one is self.chosen, "trial": one.trial.number,
                "cost": one.second.cost, "cost_low": one.second.cost_interval[0],
                "cost_high": one.second.cost_interval[1],
                "probability_searched": one.trial.found.probability,
                "probability": one.second.probability, "low": one.second.interval[0],
                "high": one.second.interval[1], "within_budget": one.within,
                **{f"cost_{who}": much for who, much in one.second.spent.items()},
                **self._values(one.trial),
            }
            for one in self.candidates
        ]  # fmt: skip
        return pd.DataFrame(rows)

    @cached_property
    def trials(self) -> pd.DataFrame:
        """A row a trial: its levers, and what it came to on the luck of the search."""
        import pandas as pd

        rows = [
            {
                "trial": one.number, "stage": one.stage, "cost": one.found.cost,
                "probability": one.found.probability, "within_budget": one.within,
                **{f"cost_{who}": much for who, much in one.found.spent.items()},
                **self._values(one),
            }
            for one in self.tried
        ]  # fmt: skip
        return pd.DataFrame(rows)

    def _values(self, trial: Trial) -> dict[str, str | float]:
        return {
            axis.path: _said(stated(axis, axis.values[place]))
            if axis.has_words
            else axis.values[place]
            for axis, place in zip(self.axes, trial.point, strict=True)
        }

    @property
    def flattered(self) -> float:
        """How much likelier the frontier's plans looked on the luck they were found on, mean."""
        gaps = [one.trial.found.probability - one.second.probability for one in self.candidates]
        return float(np.mean(gaps)) if gaps else 0.0

    def tables(self) -> Mapping[str, pd.DataFrame]:
        """Return every table by name."""
        found = {
            "frontier": self.frontier, "levers": self.levers, "costs": self.costs,
            "trials": self.trials,
        }  # fmt: skip
        if self.robust is not None:
            found |= {"worlds": self.robust.table, "by_world": self.robust.by_world}
        return found

    def plot(self, lang: str = "en") -> Figure:
        """Draw the frontier of cost against probability.

        Parameters
        ----------
        lang : {"en", "id"}
            Language of every word.
        """
        from ...figures.plan import draw_frontier

        return draw_frontier(self, lang)

    def to_yaml(self, extends: str, parent: Scenario) -> str:
        """Return the plan as a scenario file that extends another.

        Parameters
        ----------
        extends : str
            Name or path of the file, as seen from where the plan will stand.
        parent : Scenario
            What stands there.
        """
        from .file import extending

        if self.plan is None:
            raise ValueError("there is no plan within the budget")
        return extending(self.plan, parent, extends)


def _said(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
