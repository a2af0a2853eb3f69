"""Why one person left, or stayed: the reasons, the luck, and what would have kept them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ...scenario import Scenario
from ...world.leaving import HazardTerms
from ..simulate import check_numbers
from ..varied import fault
from .life import Life, Moment, life_of
from .moment import MomentFlip, moment_flips
from .through import Rewalk, WorldFlip, levers_of, world_flips

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

WHO, MONTH, AGAINST, LEVER = "--who", "--month", "--against", "--lever"
"""What is blamed for a fault, as the command calls it."""

NEAR = 3
"""How many near persons an error names."""


@dataclass(frozen=True, eq=False)
class PersonExplained:
    """Why one person left or stayed in one month of one run.

    Attributes
    ----------
    life : Life
        The person's months.
    month : int
        The month explained, from 0.
    moment : Moment
        What the decision of that month read.
    policy : namespace
        Levers and constants of that month.
    reasons : tuple of MomentFlip
        At the moment: for each of the six terms the value with which, with the same luck, the
        decision would have been the other.
    levers : tuple of WorldFlip
        Through the world: of each lever the nearest value that keeps the person; empty where
        the person did not leave in that month.
    other : Life or None
        The same person, with the same luck, in the other scenario.
    """

    life: Life
    month: int
    moment: Moment
    policy: Any
    reasons: tuple[MomentFlip, ...]
    levers: tuple[WorldFlip, ...] = ()
    other: Life | None = None

    @property
    def left(self) -> bool:
        """Whether the person left in that month."""
        return self.month in self.life.leavings

    @property
    def terms(self) -> HazardTerms:
        """The six terms of that month."""
        return self.moment.terms(self.policy)

    @property
    def hazard(self) -> float:
        """The hazard of that month [per month]."""
        return self.moment.hazard(self.policy)

    @property
    def probability(self) -> float:
        """The probability of leaving in that month, 1 − e^(−hazard)."""
        return self.moment.probability(self.policy)

    @property
    def decisive(self) -> tuple[str, ...]:
        """Terms that, alone at 0, would have kept the person; none: bad luck."""
        return tuple(one.term for one in self.reasons if one.decisive) if self.left else ()

    @cached_property
    def moment_table(self) -> pd.DataFrame:
        """A row a term: what it read, its neutral value, the term, the flip, and its neighbour."""
        import pandas as pd

        return pd.DataFrame([one._asdict() for one in self.reasons])

    @cached_property
    def world_table(self) -> pd.DataFrame:
        """A row a lever: its value, the flip and its neighbour, as a scenario states them."""
        import pandas as pd

        names = ("present", "flip", "short")
        rows = [
            {
                "lever": one.path,
                **{n: None if one.stated(n) is None else str(one.stated(n)) for n in names},
                "steps": one.steps,
                "tried": one.tried,
                "outcome": one.outcome,
            }
            for one in self.levers
        ]
        columns = ["lever", *names, "steps", "tried", "outcome"]
        return pd.DataFrame(rows, columns=columns)

    @cached_property
    def beside(self) -> pd.DataFrame:
        """Both lives by month: statuses, hazards, probabilities, who left; empty without other."""
        import pandas as pd

        if self.other is None:
            return pd.DataFrame()
        kept = ["month", "status", "visits", "skill", "hazard", "probability", "luck", "leaves"]
        return self.life.table[kept].merge(
            self.other.table[kept], on="month", how="outer", suffixes=("", "_other")
        )

    def plot(self, lang: str = "en") -> Figure:
        """Draw the life line, and the six terms against the luck.

        Parameters
        ----------
        lang : {"en", "id"}
            Language of every word.
        """
        from ...figures.explain_person import draw_person

        return draw_person(self, lang)

    def sentences(self, lang: str = "en") -> list[str]:
        """Return the answer in words, sentence by sentence."""
        from .person_words import sentences

        return sentences(self, lang)

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Return all of it as dicts, lists, text and numbers alone, fit for JSON."""
        from .person_told import told

        return told(self, lang)


def explain_person(
    scenario: Scenario | str | os.PathLike[str],
    who: int,
    seed: int = 1,
    run: int = 0,
    month: int | None = None,
    *,
    against: Scenario | str | os.PathLike[str] | None = None,
    levers: Sequence[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> PersonExplained:
    """Explain why one person left, or stayed, with the luck of one run.

    Parameters
    ----------
    scenario : Scenario or str
        A scenario, or the name or path of one.
    who : int
        The person's number, from 0, as in the table `people`.
    seed, run : int
        Which luck.
    month : int, optional
        A month in which the person was in the programme, from 0. If not given: the month of
        the first leaving or, for one who never left, that of the greatest hazard.
    against : Scenario or str, optional
        Another scenario in which the same person lives with the same luck.
    levers : sequence of str
        What to move: paths, parts of paths or patterns; if none, the levers that act on
        trainees.
    progress : callable, optional
        Called with levers tried and levers in all.

    Raises
    ------
    ScenarioError
        For a person that there is not or that was never trained, a month in which the person
        was not in the programme, a pattern without a lever; the nearest is named.

    Notes
    -----
    Two kinds of flip value are given. *At the moment*: with the same luck u one stays as long
    as h ≤ −ln(1 − u), so each term has one value, all else the same, at which the decision
    turns. *Through the world*: the whole run is walked again with the same luck and another
    value of a lever; a value keeps the person if the person is in the programme at the end of
    that month and has left less often by then: for a first leaving, has not left up to and
    including it. Allowed values are tried outward from the present one.

    Examples
    --------
    >>> why = explain_person("sangatta-utara", who=29, seed=7, levers=["leadership"])
    >>> why.left, why.hazard > why.moment.threshold
    (True, True)
    """
    check_numbers(1, seed, run)
    case = scenario if isinstance(scenario, Scenario) else Scenario.load(scenario)
    _check_person(case, who)
    paths = levers_of(case, levers, LEVER)
    other = None
    if against is not None:
        second = against if isinstance(against, Scenario) else Scenario.load(against)
        _check_person(second, who, AGAINST)
        other = life_of(second, who, seed, run)
    life = life_of(case, who, seed, run)
    if not life.moments:
        raise _never_trained(case, who, seed, run)
    if month is None:
        month = life.leavings[0] if life.leavings else life.riskiest()
    elif month not in life.moments:
        raise _not_there(life, month)
    moment, policy = life.moments[month], life.policies[month]
    flips: tuple[WorldFlip, ...] = ()
    if month in life.leavings:
        times = sum(one <= month for one in life.leavings)
        flips = world_flips(Rewalk(case, seed, run, who, month, times), paths, progress)
    return PersonExplained(life, month, moment, policy, moment_flips(moment, policy), flips, other)


def _check_person(case: Scenario, who: int, place: str = WHO) -> None:
    people = int(case.policy["people"])
    if not 0 <= who < people:
        told = {"who": who, "last": people - 1, "scenario": case.name}
        raise fault(place, "explain.error.person", **told)


def _never_trained(case: Scenario, who: int, seed: int, run: int) -> Exception:
    from ...ensemble import trace_trainees

    trained = trace_trainees(case, seed, run)["ever_trained"][-1].nonzero()[0].tolist()
    if not trained:
        return fault(WHO, "explain.error.nobody", run=run, seed=seed, scenario=case.name)
    near = sorted(sorted(trained, key=lambda one: (abs(one - who), one))[:NEAR])
    told = {"who": who, "run": run, "near": ", ".join(str(one) for one in near)}
    return fault(WHO, "explain.error.never_trained", **told)


def _not_there(life: Life, month: int) -> Exception:
    last = life.scenario.months - 1
    if not 0 <= month <= last:
        return fault(MONTH, "explain.error.month", month=month, last=last)
    near = min(life.moments, key=lambda one: (abs(one - month), one))
    told = {"who": life.person, "month": month, "near": near}
    return fault(MONTH, "explain.error.not_there", **told)
