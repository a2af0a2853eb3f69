"""What the room has lived so far, and nothing beyond: the future never leaves the server."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any

import numpy as np

from ...ensemble import trace
from ...language import languages, text
from ...scenario import Scenario
from ...study.events import ACTIVE_STATUSES
from ...world.shape import CIRCLES, LEFT
from ..state import run_of
from .room import Room

HIDDEN = ("seed", "run", "scenario_hash")
"""What of a run would let somebody work out the rest of it."""


def run_so_far(room: Room) -> dict[str, Any]:
    """Return the run up to the month lived, in the form of `study.trajectory`.

    Interventions still to come, and people who come later, are left out; of what the room moved
    there is one mark a round that says who did. Empty before the first round.
    """
    month = room.month
    if month == 0:
        return {}
    run = run_of(room.case, room.seed)
    cut = _cut(run, month)
    own = [one.why for one in room.base.interventions]
    marks = [one for one in run["marks"] if one["why"] in own and one["month"] < month]
    cut["marks"] = sorted(marks + _marks(room), key=lambda one: one["month"])
    return cut


def _cut(run: dict[str, Any], month: int) -> dict[str, Any]:
    kept = {name: value for name, value in run.items() if name not in HIDDEN}
    lives = [
        [number, persistence, [one for one in changes if one[0] < month]]
        for number, persistence, changes in run["lives"]
        if changes[0][0] < month
    ]
    return kept | {
        "seed": 0,
        "scenario_hash": "",
        "lived": month,
        "series": {name: values[:month] for name, values in run["series"].items()},
        "organisations": [
            one | {name: one[name][:month] for name in ("present", "attended", "trust")}
            for one in run["organisations"]
        ],
        "pacts": run["pacts"][:month],
        "lives": lives,
        "events": [one for one in run["events"] if one["after"] <= month],
    }


def movers(room: Room, moves: tuple[tuple[str, Any], ...]) -> list[str]:
    """Return the keys of the parts that moved something in a round."""
    moved = {path for path, _ in moves}
    return [key for key, part in room.parts.items() if moved & set(part.paths)]


def _marks(room: Room) -> list[dict[str, Any]]:
    found = []
    for number, one in enumerate(room.rounds, start=1):
        who = movers(room, one.moves)
        if not who:
            continue
        why = {
            lang: text("room.told.moved", lang, round=number,
                       who=", ".join(room.parts[key].names[lang] for key in who))
            for lang in languages()
        }  # fmt: skip
        found.append({"month": one.month, "planned": True, "ends": False, "why": why})
    return found


@dataclass
class Ledger:
    """What a player is told of the last round.

    Attributes
    ----------
    spent : list of list
        By organisation, Rp million in each month of the round.
    present : list of bool
        By organisation, at the end.
    meetings, came : list of int
        By organisation, meetings of the round and those it came to.
    trust : list of (float or None)
        By organisation, mean trust of those active in it, at the end.
    trust_before : list of (float or None)
        The same before the round; empty in the first.
    active, began, left : list of int
        By circle: active at the end; of those active before or come since, who left.
    income : list of (float or None)
        By circle, mean income of those active, in minimum wages.
    """

    spent: list[list[float]]
    present: list[bool] = field(default_factory=list)
    meetings: int = 0
    came: list[int] = field(default_factory=list)
    trust: list[float | None] = field(default_factory=list)
    trust_before: list[float | None] = field(default_factory=list)
    active: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    income: list[float | None] = field(default_factory=list)


@lru_cache(maxsize=16)
def ledger_of(case: Scenario, seed: int, month: int, quarter: int) -> Ledger:
    """Return the ledger of the round that ended after `month` months; walks no further."""
    first = month - (month % quarter or quarter)
    count = len(case.organisations)
    book = Ledger([[] for _ in range(count)], came=[0] * count, left=[0] * CIRCLES)
    every = int(case.policy["meeting_interval"])
    was: Any = None
    for now, records in enumerate(islice(trace(case, seed), month)):
        status = records.trainees["status"].copy()
        if now == first - 1:
            book.trust_before = _trust(records)
        if now >= first:
            for o in range(count):
                book.spent[o].append(float(records.organisations["spent"][o]))
            if was is not None:
                gone = (status == LEFT) & (was != LEFT)
                for circle in range(CIRCLES):
                    of_circle = records.trainees["group"] % CIRCLES == circle
                    book.left[circle] += int(np.sum(gone & of_circle))
            if every > 0 and now % every == 0:
                book.meetings += 1
                for o in range(count):
                    book.came[o] += int(records.organisations["attended"][o])
        was = status
    _close(book, records, float(case.policy["minimum_wage"]))
    return book


def _close(book: Ledger, records: Any, wage: float) -> None:
    """Write down how things stand at the end of the round."""
    book.present = [bool(one) for one in records.organisations["present"]]
    book.trust = _trust(records)
    active = np.isin(records.trainees["status"], ACTIVE_STATUSES)
    for circle in range(CIRCLES):
        of_circle = active & (records.trainees["group"] % CIRCLES == circle)
        incomes = records.trainees["income"][of_circle]
        book.active.append(int(of_circle.sum()))
        book.income.append(float(incomes.mean()) / wage if len(incomes) else None)


def _trust(records: Any) -> list[float | None]:
    active = records.active[: int(records.cluster[0]["active_trainees"])]
    if not len(active):
        return [None] * len(records.organisations)
    return [float(one) for one in records.ties["trust"][active].mean(axis=0)]
