"""Why people left: of an ensemble each leaving's reasons, shared out, by whom and when."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from ...records import make_records
from ...scenario import Scenario
from ...world.shape import INDEPENDENT, STATUSES, TRAINING
from ..simulate import check_numbers
from .leavings_walk import Left, at_risk_table, leavings_table, walk_run
from .life import TERMS
from .shares import shares_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

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
        neutral), ``hazard`` [per month], ``probability``, ``luck``; ``decisive`` (the
        terms that, alone at 0, would have kept the person with the same luck; empty: bad
        luck); and each term's Shapley value ``share_skill`` … [per month]: base and the six
        sum to the hazard.
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
        row = table[(table["kind"] == kind) & (table["group"] == group) & (table["part"] == part)]
        return {str(name): value for name, value in row.iloc[0].items()}

    def plot(self, lang: str = "en") -> Figure:
        """Draw what the hazard of those who left came from, of all and by organisation.

        Parameters
        ----------
        lang : {"en", "id"}
            Language of every word.
        """
        from ...figures.explain_leavings import draw_leavings

        return draw_leavings(self, lang)

    def sentences(self, lang: str = "en") -> list[str]:
        """Return the answer in words, sentence by sentence."""
        from .leavings_words import sentences

        return sentences(self, lang)

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Return all of it as dicts, lists, text and numbers alone, fit for JSON."""
        from .leavings_told import told

        return told(self, lang)


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
    >>> float(round(sum(found.part(part)["share"] for part in PARTS), 9))
    1.0
    """
    check_numbers(runs, seed, first_run)
    case = scenario if isinstance(scenario, Scenario) else Scenario.load(scenario)
    years = -(-case.months // 12)
    counts = np.zeros((runs, len(case.organisations), 3, years), np.int64)
    records = make_records(case)
    found: list[Left] = []
    for k in range(runs):
        found += walk_run(case, seed, first_run + k, records, counts[k])
        if progress:
            progress(k + 1, runs)
    return LeavingsExplained(
        case,
        runs,
        seed,
        leavings_table(case, seed, found, first_run),
        at_risk_table(case, counts, first_run),
        first_run,
    )
