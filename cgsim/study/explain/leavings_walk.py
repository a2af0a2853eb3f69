"""Who left, run by run: walked, and put into tables."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ...scenario import Scenario
from ...world.draws import PERSON_MONTH, draw
from ...world.leaving import HazardTerms, leaving_hazard
from ...world.shape import COMMUNITY, INDEPENDENT, LEFT, STATUSES, TRAINING, Luck
from .life import TERMS, walk_months
from .shapley import shapley

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray


class Left(NamedTuple):
    """Leavings of one month of one run."""

    run: int
    month: int
    persons: NDArray[np.int64]
    trainees: Any
    status: NDArray[np.int64]
    policy: Any
    """Base rate of leaving and the factor of the independent, by name."""


def walk_run(
    case: Scenario, seed: int, run: int, records: Any, counts: NDArray[np.int64]
) -> list[Left]:
    """Walk one run; count who might leave, keep who did."""
    found, before = [], None
    for t, now in walk_months(case, seed, run, records):
        status = now.trainees["status"].copy()
        if before is not None:
            left = (status == LEFT) & (before != LEFT)
            inside = left | ((status != COMMUNITY) & (status != LEFT))
            was = np.where(before == COMMUNITY, TRAINING, before)
            by = now.trainees["admitted_by"]
            np.add.at(counts[..., t // 12], (by[inside], was[inside] - TRAINING), 1)
            if left.any():
                persons = np.flatnonzero(left)
                kept = now.trainees[persons].copy()
                found.append(Left(run, t, persons, kept, was[persons], _rates(now.policy[0])))
        before = status
    return found


def _rates(policy: Any) -> SimpleNamespace:
    names = ("leave_hazard", "independent_hazard")
    return SimpleNamespace(**{name: float(policy[name]) for name in names})


def leavings_table(case: Scenario, seed: int, found: list[Left], first_run: int) -> pd.DataFrame:
    """Make the table of leavings from what each month left behind."""
    import pandas as pd

    def joined(parts: list[Any], kind: type = float) -> Any:
        return np.concatenate(parts) if parts else np.zeros(0, kind)

    each = [len(one.persons) for one in found]
    terms = {
        name: joined([one.trainees[f"hazard_{name}"] for one in found]) for name in TERMS
    }  # fmt: skip
    status = joined([one.status for one in found], int)
    base, factor = (
        np.repeat([getattr(one.policy, name) for one in found], each)
        for name in ("leave_hazard", "independent_hazard")
    )
    base = np.where(status == INDEPENDENT, base * factor, base)
    hazard = joined([one.trainees["hazard"] for one in found])
    month = np.repeat(np.array([one.month for one in found], np.int64), each)
    by = joined([one.trainees["admitted_by"] for one in found], int)
    luck = [
        draw(Luck(seed, one.run), PERSON_MONTH, who, one.month, 0)[0]
        for one in found
        for who in one.persons.tolist()
    ]
    policies = [one.policy for one in found for _ in one.persons]
    rows = zip(*terms.values(), strict=True)
    told = zip(rows, status.astype(np.int64).tolist(), luck, policies, strict=True)
    decisive = [", ".join(decisive_terms(*one)) for one in told]
    shares = shapley(base, np.stack(list(terms.values()), axis=1))
    return pd.DataFrame(
        {
            "run": np.repeat(np.array([one.run for one in found], np.int64), each),
            "month": month,
            "person": joined([one.persons for one in found], int).astype(np.int64),
            "admitted_by": np.array(case.organisations, object)[by.astype(np.int64)],
            "status": np.array(STATUSES, object)[status.astype(np.int64)],
            "year": month // 12 + 1,
            **{f"hazard_{name}": values for name, values in terms.items()},
            "base": base,
            "hazard": hazard,
            "probability": 1.0 - np.exp(-hazard),
            "luck": np.array(luck, np.float64),
            "decisive": np.array(decisive, object),
            **{f"share_{name}": shares[:, k] for k, name in enumerate(TERMS)},
        }
    )


def decisive_terms(
    terms: tuple[float, ...], status: int, luck: float, policy: Any
) -> list[str]:  # fmt: skip
    """Return the terms that, alone at 0, would have kept one who left with this luck."""
    found = []
    for name in TERMS:
        without = HazardTerms(*(float(one) for one in terms))._replace(**{name: 0.0})
        if not luck < 1.0 - math.exp(-leaving_hazard(without, status, policy)):
            found.append(name)
    return found


def at_risk_table(case: Scenario, counts: NDArray[np.int64], first_run: int) -> pd.DataFrame:
    import pandas as pd

    run, by, status, year = np.nonzero(counts)
    return pd.DataFrame(
        {
            "run": run + first_run,
            "admitted_by": np.array(case.organisations, object)[by],
            "status": np.array(STATUSES, object)[status + TRAINING],
            "year": year + 1,
            "person_months": counts[run, by, status, year],
        }
    )
