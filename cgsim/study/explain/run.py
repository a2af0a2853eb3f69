"""Why one run went as it did: when and why its state changed, and what blocked the next."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from ...columns import INDICATORS
from ...scenario import Scenario
from ...world.shape import DYNAMIC, STATES
from ..events import Event, story
from ..simulate import check_numbers
from .blocking import Obstacle, obstacle
from .leavings import LeavingsExplained, explain_leavings
from .life import TERMS, policy_of, walk_months

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

WORTH_ASKING = 8
"""How many of those who left are named as worth asking about."""


@dataclass(frozen=True, eq=False)
class RunExplained:
    """Why one run went as it did.

    Attributes
    ----------
    scenario : Scenario
    seed, run : int
    months : DataFrame
        A row a month: ``month, state``; ``next_state`` (empty once dynamic), ``closeness`` to
        it, ``blocked_by`` (an indicator, producers, or time: all reached, it must only last),
        what that was and should be (``value, needed, missing``); ``months_pending`` that
        another state has been shown; closeness to both states, the six indicators, producers.
    changes : DataFrame
        A row a change of state: ``month`` in which it came, ``before, after`` (states),
        ``since`` (month from which the signs of the new state held), ``by``: what was the
        last to be reached or, on the way down, fell short; ``value`` then and ``needed``.
    events : tuple of Event
        All that is worth telling of the run.
    leavings : LeavingsExplained
        Who left, with terms and luck.
    """

    scenario: Scenario
    seed: int
    run: int
    months: pd.DataFrame
    changes: pd.DataFrame
    events: tuple[Event, ...]
    leavings: LeavingsExplained

    @cached_property
    def spells(self) -> pd.DataFrame:
        """Months on end in which the same blocked the same state.

        Columns: ``next_state, blocked_by``, ``first, last`` (months), ``months``, ``closeness``
        in the first and the last of them, ``missing`` in the last.
        """
        import pandas as pd

        rows = []
        keys = ["next_state", "blocked_by"]
        table = self.months[self.months["next_state"] != ""]
        for (level, by), some in groupby(table.to_dict("records"), lambda r: _pair(r, keys)):
            spell = list(some)
            rows.append(
                {
                    "next_state": level,
                    "blocked_by": by,
                    "first": spell[0]["month"],
                    "last": spell[-1]["month"],
                    "months": len(spell),
                    "closeness_first": spell[0]["closeness"],
                    "closeness_last": spell[-1]["closeness"],
                    "missing_last": spell[-1]["missing"],
                }
            )
        columns = [*keys, "first", "last", "months", "closeness_first", "closeness_last",
                   "missing_last"]  # fmt: skip
        return pd.DataFrame(rows, columns=columns)

    @cached_property
    def blocked(self) -> pd.DataFrame:
        """For how many months what blocked each next state: the most first."""
        counts = (
            self.months[self.months["next_state"] != ""]
            .groupby(["next_state", "blocked_by"], sort=True)
            .agg(months=("month", "size"), missing=("missing", "mean"))
            .reset_index()
        )
        order = counts.assign(level=counts["next_state"].map(STATES.index))
        ranked = order.sort_values(["level", "months"], ascending=[True, False], kind="stable")
        return ranked.drop(columns="level").reset_index(drop=True)

    @cached_property
    def people(self) -> pd.DataFrame:
        """Who left, those nearest to staying first: the least change would have kept them.

        Columns: ``person, month, admitted_by, status, hazard, probability, luck``; ``strongest``
        (the largest term), ``decisive`` (terms that, alone neutral, would have kept the person;
        empty: bad luck), ``too_much`` (hazard over the largest with which one stays).
        """
        left = self.leavings.leavings
        by_term = left[[f"hazard_{name}" for name in TERMS]].to_numpy()
        kept = ["person", "month", "admitted_by", "status", "hazard", "probability", "luck"]
        table = left[kept].assign(
            strongest=[TERMS[k] for k in by_term.argmax(axis=1)],
            decisive=left["decisive"],
            too_much=left["hazard"] / -np.log1p(-left["luck"]),
        )
        return table.sort_values("too_much", kind="stable", ignore_index=True)

    def plot(self, lang: str = "en") -> Figure:
        """Draw closeness to both states, and what blocked the next one when.

        Parameters
        ----------
        lang : {"en", "id"}
            Language of every word.
        """
        from ...figures.explain_run import draw_run

        return draw_run(self, lang)

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Return all of it as dicts, lists, text and numbers alone, fit for JSON."""
        from .run_told import told

        return told(self, lang)


def _pair(row: dict[Any, Any], keys: list[str]) -> tuple[str, str]:
    return str(row[keys[0]]), str(row[keys[1]])


def explain_run(
    scenario: Scenario | str | os.PathLike[str], seed: int = 1, run: int = 0
) -> RunExplained:
    """Explain one run: when and why its state changed, what blocked the next, by how much.

    Parameters
    ----------
    scenario : Scenario or str
        A scenario, or the name or path of one.
    seed, run : int
        Which luck.

    Examples
    --------
    >>> why = explain_run("sangatta-utara", seed=7)
    >>> why.months["state"].iloc[-1], why.changes["after"].tolist()[0]
    ('active', 'active')
    """
    import pandas as pd

    check_numbers(1, seed, run)
    case = scenario if isinstance(scenario, Scenario) else Scenario.load(scenario)
    rows: list[dict[str, Any]] = []
    changes: list[dict[str, Any]] = []
    seen: list[dict[str, Obstacle]] = []
    for t, records in walk_months(case, seed, run):
        if t < 0:
            continue
        policy, cluster = policy_of(records), records.cluster[0]
        six = {name: float(cluster[name]) for name in INDICATORS}
        makers = float(cluster["producers"])
        seen.append({level: obstacle(six, makers, level, policy) for level in STATES[1:]})
        state = int(cluster["state"])
        before = STATES.index(rows[-1]["state"]) if rows else 0
        if state != before:
            changes.append(_change(t, before, state, int(policy.hold_months), seen))
        rows.append({"month": t, "state": STATES[state], **_row(state, cluster, seen[-1]), **six,
                     "producers": int(makers)})  # fmt: skip
    columns = ["month", "before", "after", "since", "by", "value", "needed"]
    left = explain_leavings(case, 1, seed, first_run=run)
    events = tuple(story(case, seed, run))
    return RunExplained(
        case, seed, run, pd.DataFrame(rows), pd.DataFrame(changes, columns=columns), events, left
    )


def _row(state: int, cluster: Any, seen: dict[str, Obstacle]) -> dict[str, Any]:
    level = "" if state == DYNAMIC else STATES[state + 1]
    block = seen[level] if level else Obstacle("", 0.0, 0.0, float("nan"))
    return {
        "next_state": level,
        "closeness": block.closeness,
        "blocked_by": block.by,
        "value": block.value,
        "needed": block.needed,
        "missing": block.missing,
        "months_pending": int(cluster["months_pending"]),
        "closeness_active": float(cluster["closeness_active"]),
        "closeness_dynamic": float(cluster["closeness_dynamic"]),
    }


def _change(
    month: int, before: int, after: int, hold: int, seen: list[dict[str, Obstacle]]
) -> dict[str, Any]:
    """Say why the state changed: the obstacle overcome last or, on the way down, the new one.

    The signs of the new state have held `hold` months by now: what was missing in the month
    before them (up), or from the first of them on (down), tells why.
    """
    since = month - hold + 1
    at, level = (since - 1, STATES[after]) if after > before else (since, STATES[after + 1])
    found = seen[at][level] if at >= 0 else Obstacle("", 0.0, 0.0, float("nan"))
    return {
        "month": month, "before": STATES[before], "after": STATES[after], "since": since,
        "by": found.by, "value": found.value, "needed": found.needed,
    }  # fmt: skip
