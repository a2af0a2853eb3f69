"""One person's life in one run: what the six reasons to leave read each month, and the luck.

A person leaves in a month in which its luck u, drawn uniformly from (0, 1), lies below
1 − e^(−h), h the hazard: with the same u one stays as long as h ≤ −ln(1 − u).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ...ensemble import blank, kernel
from ...parameters import POLICY
from ...records import Records, make_records
from ...scenario import Scenario
from ...world.draws import PERSON_MONTH, draw
from ...world.leaving import HazardTerms, hazard_terms, leaving_hazard
from ...world.shape import COMMUNITY, LEFT, STATUSES, TRAINING, Luck

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

TERMS = HazardTerms._fields
"""The six reasons to leave, in the order of the hazard."""

READ = {
    "skill": "skill",
    "persistence": "persistence",
    "support": "support",
    "trust": "mean_trust",
    "income": "earning",
    "peers": "peer_trust",
}
"""What each reason reads of a person."""

POSSIBLE = {name: (0.01, 0.99) if name == "persistence" else (0.0, 1.0) for name in TERMS}
"""Between which values each of these lies in any world (`world.birth`, `world.live`)."""


class Moment(NamedTuple):
    """All that decides whether one stays or leaves in one month.

    Attributes
    ----------
    skill, persistence, support, mean_trust, earning, peer_trust : float
        What the six reasons read; earning is income as a share of the minimum wage, at most 1.
    status : int
        As the month's decision found it.
    luck : float
        The u drawn, in (0, 1).
    """

    skill: float
    persistence: float
    support: float
    mean_trust: float
    earning: float
    peer_trust: float
    status: int
    luck: float

    @property
    def threshold(self) -> float:
        """The largest hazard with which one stays, −ln(1 − u) [per month]."""
        return -math.log1p(-self.luck)

    def value(self, term: str) -> float:
        """Return what a term reads."""
        found: float = getattr(self, READ[term])
        return found

    def having(self, term: str, value: float) -> Moment:
        """Return the same moment with another value of what one term reads."""
        changed: dict[str, Any] = {READ[term]: value}
        return self._replace(**changed)

    def terms(self, policy: Any) -> HazardTerms:
        """Return the six terms, as the world reckons them."""
        moment: Any = self
        return hazard_terms(moment, self.earning, policy)

    def hazard(self, policy: Any) -> float:
        """Return the hazard [per month], as the world reckons it."""
        return leaving_hazard(self.terms(policy), self.status, policy)

    def probability(self, policy: Any) -> float:
        """Return the probability of leaving in this month."""
        return 1.0 - math.exp(-self.hazard(policy))

    def stays(self, policy: Any) -> bool:
        """Whether one stays: the world's own comparison."""
        return not self.luck < self.probability(policy)


@dataclass(frozen=True, eq=False)
class Life:
    """One person's months in one run.

    Attributes
    ----------
    scenario : Scenario
    seed, run, person : int
    table : DataFrame
        A row a month, see `life_of`.
    moments : dict of Moment
        By month, those in which the person was in the programme and might leave.
    policies : dict
        Levers and constants as they stood in those months.
    """

    scenario: Scenario
    seed: int
    run: int
    person: int
    table: pd.DataFrame
    moments: dict[int, Moment]
    policies: dict[int, Any]

    @property
    def leavings(self) -> tuple[int, ...]:
        """Months in which the person left."""
        return tuple(self.table.loc[self.table["leaves"], "month"].tolist())

    @property
    def admissions(self) -> tuple[int, ...]:
        """Months in which the person was admitted."""
        return tuple(self.table.loc[self.table["admitted"], "month"].tolist())

    def riskiest(self) -> int:
        """Return the month of the greatest hazard; the first of several."""
        return max(self.moments, key=lambda month: self.moments[month].hazard(self.policies[month]))


def walk_months(
    scenario: Scenario, seed: int, run: int, records: Records | None = None
) -> Iterator[tuple[int, Records]]:  # fmt: skip
    """Yield a run at birth, as month -1, then after each month; always the same memory."""
    quick, nothing = kernel(), np.zeros(0, np.int64)
    records = records or make_records(scenario)
    wanted = blank(nothing, nothing, nothing, 1, 0, 0)
    quick(run, run + 1, 0, 0, seed, records, wanted)
    yield -1, records
    for t in range(scenario.months):
        quick(run, run + 1, t, t + 1, seed, records, wanted)
        yield t, records


def policy_of(records: Records) -> Any:
    """Return levers and constants as they stand, by the names that rules read."""
    return SimpleNamespace(**dict(zip(POLICY, records.policy[0].tolist(), strict=True)))


def life_of(scenario: Scenario, person: int, seed: int = 1, run: int = 0) -> Life:
    """Walk one run and keep what happens to one person.

    The table has the columns ``run, month, person, status``; ``in_programme`` (in training,
    artisan or independent when the month's decision came); ``admitted``, ``admitted_by``,
    ``visits``, ``visited_by``; ``leaves``; ``skill`` and ``income`` [Rp million per month]
    after the month; what the terms read: ``read_skill`` … ``read_peers``; the six terms
    ``hazard_skill`` … ``hazard_peers``, ``hazard`` [per month], ``probability`` of leaving,
    ``luck`` u, and ``threshold`` −ln(1 − u), the largest hazard with which one stays. Numbers
    of months in which the person was not in the programme are missing.
    """
    import pandas as pd

    rows: list[dict[str, Any]] = []
    moments: dict[int, Moment] = {}
    policies: dict[int, Any] = {}
    before: Any = None
    for t, records in walk_months(scenario, seed, run):
        now = records.trainees[person].copy()
        if t >= 0:
            ties = records.ties[person]["months_unvisited"].tolist()
            row = _row(scenario, before, now, ties)
            if row["in_programme"]:
                policies[t] = policy_of(records)
                moments[t] = _moment(before, now, policies[t], Luck(seed, run), person, t)
                row |= _decision(moments[t], policies[t])
            rows.append({"run": run, "month": t, "person": person, **row})
        before = now
    return Life(scenario, seed, run, person, pd.DataFrame(rows), moments, policies)


def _row(case: Scenario, before: Any, now: Any, unvisited: list[int]) -> dict[str, Any]:
    status, was = int(now["status"]), int(before["status"])
    left = status == LEFT and was != LEFT
    inside = left or status not in (COMMUNITY, LEFT)
    by = int(now["admitted_by"])
    came = [key for key, months in zip(case.organisations, unvisited, strict=True) if months == 0]
    visits = int(now["visits"]) if inside else 0
    return {
        "status": STATUSES[status],
        "in_programme": inside,
        "admitted": inside and was == COMMUNITY,
        "admitted_by": case.organisations[by] if now["ever_trained"] else "",
        "visits": visits,
        "visited_by": ", ".join(came) if visits else "",
        "leaves": left,
        "skill": float(now["skill"]),
        "income": float(now["income"]),
        **dict.fromkeys([f"read_{name}" for name in TERMS], math.nan),
        **dict.fromkeys([f"hazard_{name}" for name in TERMS], math.nan),
        **dict.fromkeys(("hazard", "probability", "luck", "threshold"), math.nan),
    }


def _moment(before: Any, now: Any, policy: Any, luck: Luck, person: int, month: int) -> Moment:
    """Return what the decision found: skill, income and status as the month before left them."""
    status = int(before["status"])
    return Moment(
        skill=float(before["skill"]),
        persistence=float(now["persistence"]),
        support=float(now["support"]),
        mean_trust=float(now["mean_trust"]),
        earning=min(1.0, float(before["income"]) / policy.minimum_wage),
        peer_trust=float(now["peer_trust"]),
        status=TRAINING if status == COMMUNITY else status,
        luck=draw(luck, PERSON_MONTH, person, month, 0)[0],
    )


def _decision(moment: Moment, policy: Any) -> dict[str, float]:
    terms = moment.terms(policy)
    return {
        **{f"read_{name}": moment.value(name) for name in TERMS},
        **{f"hazard_{name}": value for name, value in terms._asdict().items()},
        "hazard": moment.hazard(policy),
        "probability": moment.probability(policy),
        "luck": moment.luck,
        "threshold": moment.threshold,
    }
