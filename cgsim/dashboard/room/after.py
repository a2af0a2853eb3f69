"""Afterwards: the room beside the scenario as it stands and a good plan, under the same luck."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...language import text
from ...scenario import Scenario
from ...study.simulate import simulate
from ...world.shape import STATES
from ..luck import RUNS
from ..state import run_of, shipped_scenario
from .room import Room
from .shown import decimal

GOOD_PLAN = "full-package"
"""The shipped scenario that a room is compared with, where it is of the same cluster."""


def good_plan(base: Scenario, plan: Scenario | None = None) -> Scenario | None:
    """Return the plan to compare with: of the same organisations and length, or none.

    Examples
    --------
    >>> good_plan(Scenario.load("sangatta-utara")).name
    'full-package'
    >>> good_plan(Scenario.load("mina-bayu-lestari")) is None
    True
    """
    found = plan or shipped_scenario(GOOD_PLAN)
    same = found.organisations == base.organisations and found.months == base.months
    return found if same and found.hash != base.hash else None


def sides(room: Room) -> dict[str, Scenario]:
    """Return the scenarios that are compared."""
    found = {"room": room.case, "as_is": room.base}
    plan = good_plan(room.base, room.plan)
    return found if plan is None else found | {"plan": plan}


def beside(room: Room, lang: str) -> dict[str, Any]:
    """Return the runs of all sides under the room's luck, and what is to be said of them.

    Returns
    -------
    dict
        ``months``, ``sides``: of each its name, its title, by month ``producers``, ``state``
        (a place in ``states``) and ``spent`` so far [Rp million]; ``said``, sentences.
    """
    found = []
    for name, case in sides(room).items():
        series = run_of(case, room.seed)["series"]
        found.append(
            {
                "name": name,
                "title": text(f"room.after.{name}", lang, title=case.title[lang]),
                "producers": series["producers"],
                "state": series["state"],
                "spent": np.cumsum(series["spent"]).round(3).tolist(),
            }
        )
    return {
        "months": room.base.months,
        "states": list(STATES),
        "played": room.month,
        "sides": found,
        "said": _said(room, found, lang),
    }


def _said(room: Room, found: list[dict[str, Any]], lang: str) -> list[str]:
    told = []
    for side in found:
        told.append(
            text("room.after.end", lang, who=side["title"], producers=side["producers"][-1],
                 state=text(f"dashboard.page.{STATES[side['state'][-1]]}", lang).lower(),
                 spent=decimal(side["spent"][-1], lang, 0))
        )  # fmt: skip
    own, as_is = found[0], found[1]
    more = own["producers"][-1] - as_is["producers"][-1]
    key = "more" if more > 0 else "fewer" if more < 0 else "same"
    told.append(text(f"room.after.{key}", lang, n=abs(more)))
    if room.month < room.base.months:
        told.append(text("room.after.early", lang, n=room.month))
    return told


def luck_of_sides(cases: dict[str, Scenario], seed: int, runs: int = RUNS) -> dict[str, Any]:
    """Return how often each side ends in which state under other luck; long work.

    Run r of every side has the same luck; the run that was played is not among them.
    """
    found = {}
    for name, case in cases.items():
        ends = simulate(case, runs, seed, first_run=1, months=False).runs["end_state"].astype(str)
        found[name] = [float(np.mean(ends == state)) for state in STATES]
    return {"runs": runs, "shares": found}


def luck_words(told: dict[str, Any], lang: str) -> list[str]:
    """Return the other luck in sentences, a side each."""
    sentences = []
    for name, shares in told["shares"].items():
        percent = {state: round(100 * share) for state, share in zip(STATES, shares, strict=True)}
        who = text(f"room.after.short_{name}", lang)
        sentences.append(text("room.after.luck", lang, who=who, runs=told["runs"], **percent))
    return sentences
