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
from .blocking import PRODUCERS, TIME, Obstacle, needed_for, obstacle, reached
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
        ``since`` (month from which the signs of the new state held), ``by``: which indicators,
        or the producers, crossed the state's cut-off in that month, upwards or downwards; of the
        first of them ``value`` then and what was ``needed``.
    crossings : DataFrame
        A row a month, state and quantity: which indicator, or the producers, crossed that state's
        cut-off, ``up`` or down, its ``value`` and what is ``needed``.
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
    crossings: pd.DataFrame
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

    def sentences(self, lang: str = "en") -> list[str]:
        """Return the answer in words, sentence by sentence."""
        from .run_words import sentences

        return sentences(self, lang)

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
    crossings: list[dict[str, Any]] = []
    there = {level: dict.fromkeys((*INDICATORS, PRODUCERS), False) for level in STATES[1:]}
    seen: list[dict[str, Obstacle]] = []
    for t, records in walk_months(case, seed, run):
        if t < 0:
            continue
        policy, cluster = policy_of(records), records.cluster[0]
        six = {name: float(cluster[name]) for name in INDICATORS}
        makers = float(cluster["producers"])
        seen.append({level: obstacle(six, makers, level, policy) for level in STATES[1:]})
        now = {level: reached(six, makers, level, policy) for level in STATES[1:]}
        crossings += _crossed(t, there, now, {**six, PRODUCERS: makers}, policy)
        there, state = now, int(cluster["state"])
        before = STATES.index(rows[-1]["state"]) if rows else 0
        if state != before:
            changes.append(_change(t, before, state, int(policy.hold_months), seen, crossings))
        rows.append({"month": t, "state": STATES[state], **_row(state, cluster, seen[-1]), **six,
                     "producers": int(makers)})  # fmt: skip
    columns = ["month", "before", "after", "since", "by", "value", "needed"]
    left = explain_leavings(case, 1, seed, first_run=run)
    events = tuple(story(case, seed, run))
    names = ["month", "level", "name", "up", "value", "needed"]
    return RunExplained(
        case, seed, run, pd.DataFrame(rows), pd.DataFrame(changes, columns=columns),
        pd.DataFrame(crossings, columns=names), events, left,
    )  # fmt: skip


def _crossed(
    month: int, before: dict[str, dict[str, bool]], now: dict[str, dict[str, bool]],
    values: dict[str, float], policy: Any,
) -> list[dict[str, Any]]:  # fmt: skip
    """Return which cut-offs were crossed this month, and which way."""
    return [
        {
            "month": month,
            "level": level,
            "name": name,
            "up": up,
            "value": values[name],
            "needed": needed_for(name, level, policy),
        }
        for level, each in now.items()
        for name, up in each.items()
        if up != before[level][name]
    ]


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
    month: int,
    before: int,
    after: int,
    hold: int,
    seen: list[dict[str, Obstacle]],
    crossings: list[dict[str, Any]],
) -> dict[str, Any]:
    """Say why the state changed: what crossed a cut-off when the signs of the new state began.

    They have held `hold` months by now. Where nothing crossed in that month (another state
    was shown in between) it is what blocked, before on the way up, by then on the way down.
    """
    since, up = month - hold + 1, after > before
    level = STATES[after] if up else STATES[after + 1]
    crossed = [
        one for one in crossings if (one["month"], one["level"], one["up"]) == (since, level, up)
    ]
    at = since - 1 if up else since
    block = seen[at][level] if at >= 0 else Obstacle(TIME, 0.0, 0.0, 1.0)
    first = crossed[0] if crossed else {"value": block.value, "needed": block.needed}
    return {
        "month": month, "before": STATES[before], "after": STATES[after], "since": since,
        "by": ", ".join(one["name"] for one in crossed) or block.by,
        "value": first["value"], "needed": first["needed"],
    }  # fmt: skip
