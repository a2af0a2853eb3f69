"""Why people left: of an ensemble each leaving's reasons, shared out, by whom and when."""

from __future__ import annotations

import math
import os
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ...records import make_records
from ...scenario import Scenario
from ...world.draws import PERSON_MONTH, draw
from ...world.leaving import HazardTerms, leaving_hazard
from ...world.shape import COMMUNITY, INDEPENDENT, LEFT, STATUSES, TRAINING, Luck
from ..simulate import check_numbers
from .life import TERMS, walk_months
from .shapley import shapley

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

RESAMPLES = 2000
"""Resamples of runs behind an interval."""

PARTS = ("base", *TERMS)
"""What the hazard is shared out among: what would be there anyway, and the six terms."""

KINDS = ("all", "organisation", "status", "year")
"""How leavings are grouped."""


@dataclass(frozen=True, eq=False)
class LeavingsExplained:
    """Why people left in many runs.

    Attributes
    ----------
    scenario : Scenario
    runs, seed : int
    leavings : DataFrame
        A row a leaving: ``run, month, person, admitted_by``, ``status`` in which it came,
        ``year`` (from 1), the terms ``hazard_skill`` …, ``base`` (the hazard with all terms
        neutral), ``hazard`` [per month], ``probability``, ``luck``; ``decisive`` (the terms that, alone at 0, would have kept the
        person with the same luck; empty: bad luck); and each term's Shapley value
        ``share_skill`` … [per month]: base and the six sum to the hazard.
    at_risk : DataFrame
        Person-months in which somebody might have left, by ``run, admitted_by, status, year``.
    """

    scenario: Scenario
    runs: int
    seed: int
    leavings: pd.DataFrame
    at_risk: pd.DataFrame
    first_run: int = 0

    @cached_property
    def shares(self) -> pd.DataFrame:
        """What the hazard of those who left came from, by group: a row a group and part.

        Columns: ``kind`` (all, organisation, status, year), ``group``, ``part`` (base or a
        term), ``leavings``, ``person_months``, ``rate`` [leavings a person-month], ``added``
        (mean over leavings [per month]), ``share`` of the hazard of all leavings of the group
        with its 95 % interval ``low``, ``high`` over runs, ``decisive``: the share of leavings in
        which this term alone at 0 would have kept the person; of base, in which none would:
        bad luck. The column share of a group sums to 1; below 0 is what held people.
        """
        import pandas as pd

        rows = [
            row
            for kind in KINDS
            for group, left, risk in self._groups(kind)
            for row in self._rows(kind, group, left, risk)
        ]
        columns = ["kind", "group", "part", "leavings", "person_months", "rate", "added",
                   "share", "low", "high", "decisive"]  # fmt: skip
        return pd.DataFrame(rows, columns=columns)

    def _groups(self, kind: str) -> list[tuple[str, pd.DataFrame, pd.DataFrame]]:
        left, risk = self.leavings, self.at_risk
        if kind == "all":
            return [("all", left, risk)]
        column = "admitted_by" if kind == "organisation" else kind
        order: Any = {
            "organisation": self.scenario.organisations,
            "status": STATUSES[TRAINING : INDEPENDENT + 1],
            "year": range(1, -(-self.scenario.months // 12) + 1),
        }[kind]
        return [(str(k), left[left[column] == k], risk[risk[column] == k]) for k in order]

    def _rows(
        self, kind: str, group: str, left: pd.DataFrame, risk: pd.DataFrame
    ) -> list[dict[str, Any]]:
        months = int(risk["person_months"].sum())
        parts = left[["base", *(f"share_{name}" for name in TERMS)]].to_numpy()
        decided = [set(one.split(", ")) for one in left["decisive"]]
        shares, low, high = shares_of(
            left["run"].to_numpy() - self.first_run, parts, self.runs, self.seed
        )
        return [
            {
                "kind": kind,
                "group": group,
                "part": part,
                "leavings": len(left),
                "person_months": months,
                "rate": len(left) / months if months else np.nan,
                "added": float(parts[:, k].mean()) if len(left) else np.nan,
                "share": shares[k],
                "low": low[k],
                "high": high[k],
                "decisive": (
                    sum((part if k else "") in one for one in decided) / len(left)
                    if decided
                    else np.nan
                ),
            }
            for k, part in enumerate(PARTS)
        ]

    def part(self, part: str, kind: str = "all", group: str = "all") -> dict[str, Any]:
        """Return one row of `shares`."""
        table = self.shares
        row = table[
            (table["kind"] == kind) & (table["group"] == group) & (table["part"] == part)
        ]
        found: dict[str, Any] = row.iloc[0].to_dict()
        return found

    def plot(self, lang: str = "en") -> Figure:
        """Draw what the hazard of those who left came from, of all and by organisation.

        Parameters
        ----------
        lang : {"en", "id"}
            Language of every word.
        """
        from ...figures.explain_leavings import draw_leavings

        return draw_leavings(self, lang)

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Return all of it as dicts, lists, text and numbers alone, fit for JSON."""
        from .leavings_told import told

        return told(self, lang)


def shares_of(
    run: NDArray[np.int64], parts: NDArray[np.float64], runs: int, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return each part's share of the sum of all, with its 95 % interval over runs.

    Parameters
    ----------
    run : array, shape (n,)
        The run, from 0, of each leaving.
    parts : array, shape (n, k)
    runs : int
        Runs in all; those without a leaving count too.
    seed : int
        Of the bootstrap (bias-corrected; percentiles where that fails).
    """
    sums = np.zeros((runs, parts.shape[1]))
    np.add.at(sums, run, parts)
    whole, missing = sums.sum(axis=1), np.full(parts.shape[1], np.nan)
    if whole.sum() == 0.0:
        return missing, missing, missing
    share = sums.sum(axis=0) / whole.sum()
    if np.count_nonzero(whole) < 2:
        return share, missing, missing

    def ratio(rows: NDArray[np.int64], axis: int = -1) -> NDArray[np.float64]:
        below = np.maximum(whole[rows].sum(axis=axis), 1e-300)
        return np.stack([sums[rows, k].sum(axis=axis) / below for k in range(sums.shape[1])])

    low, high = missing.copy(), missing.copy()
    for method in ("BCa", "percentile"):
        found = _bootstrapped(np.arange(runs), ratio, method, seed)
        low = np.where(np.isfinite(low), low, found[0])
        high = np.where(np.isfinite(high), high, found[1])
        if np.isfinite(low).all() and np.isfinite(high).all():
            break
    return share, low, high


def _bootstrapped(
    rows: NDArray[np.int64], statistic: Callable[..., Any], method: Any, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    from scipy.stats import bootstrap

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = bootstrap(
            (rows,), statistic, n_resamples=RESAMPLES, vectorized=True, method=method,
            batch=max(1, 2_000_000 // len(rows)), rng=np.random.default_rng(seed),
        ).confidence_interval  # fmt: skip
    return found.low, found.high


class _Left(NamedTuple):
    """Leavings of one month of one run."""

    run: int
    month: int
    persons: NDArray[np.int64]
    trainees: Any
    status: NDArray[np.int64]
    policy: Any
    """Base rate of leaving and the factor of the independent, by name."""


def explain_leavings(
    scenario: Scenario | str | os.PathLike[str],
    runs: int = 200,
    seed: int = 1,
    *,
    first_run: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> LeavingsExplained:
    """Explain why people left, over many runs.

    Each leaving's hazard is shared out among the six terms by their exact Shapley values
    (`shapley`); shares are of the sum over leavings, with bootstrap intervals over runs.

    Parameters
    ----------
    scenario : Scenario or str
        A scenario, or the name or path of one.
    runs : int
        Number of runs, from `first_run` on.
    seed : int
        Which luck.
    progress : callable, optional
        Called with runs done and runs in all.

    Examples
    --------
    >>> found = explain_leavings("sangatta-utara", runs=3, seed=1)
    >>> round(sum(found.part(part)["share"] for part in PARTS), 9)
    1.0
    """
    check_numbers(runs, seed, first_run)
    case = scenario if isinstance(scenario, Scenario) else Scenario.load(scenario)
    years = -(-case.months // 12)
    counts = np.zeros((runs, len(case.organisations), 3, years), np.int64)
    records, found = make_records(case), []
    for k in range(runs):
        found += _walked(case, seed, first_run + k, records, counts[k])
        if progress:
            progress(k + 1, runs)
    return LeavingsExplained(
        case, runs, seed, _table(case, seed, found, first_run), _at_risk(case, counts, first_run),
        first_run,
    )


def _walked(
    case: Scenario, seed: int, run: int, records: Any, counts: NDArray[np.int64]
) -> list[_Left]:
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
                found.append(_Left(run, t, persons, kept, was[persons], _rates(now.policy[0])))
        before = status
    return found


def _rates(policy: Any) -> SimpleNamespace:
    names = ("leave_hazard", "independent_hazard")
    return SimpleNamespace(**{name: float(policy[name]) for name in names})


def _table(case: Scenario, seed: int, found: list[_Left], first_run: int) -> pd.DataFrame:
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


def _at_risk(case: Scenario, counts: NDArray[np.int64], first_run: int) -> pd.DataFrame:
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


