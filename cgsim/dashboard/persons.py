"""The people page: everybody ever trained, one of them from month to month, why people leave."""

from __future__ import annotations

import math
import shlex
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from ..language import languages, text
from ..scenario import Scenario
from ..study.explain.leavings import PARTS, explain_leavings
from ..study.explain.leavings_words import sentences as leaving_sentences
from ..study.explain.life import TERMS, Life, life_of
from ..study.explain.moment import moment_flips
from ..study.explain.person import PersonExplained
from ..study.explain.person_words import sentences, term_words, times_words
from ..study.explain.through import Rewalk, WorldFlip, levers_of, world_flips
from ..study.explain.wording import decimal, flip_words
from ..study.varied import lever_words, value_words
from ..world.shape import STATUSES
from .desk import DESK
from .state import Settings, run_of

RUNS = 200
"""Runs of the answer why people leave at all."""

DIGITS = 6
"""Decimals that travel to the page."""


@lru_cache(maxsize=64)
def _left(case: Scenario, seed: int) -> Any:
    """Return who left in a run, with reasons and luck; never written to."""
    return explain_leavings(case, 1, seed).leavings


@lru_cache(maxsize=128)
def _life(case: Scenario, who: int, seed: int) -> Life:
    return life_of(case, who, seed)


@lru_cache(maxsize=64)
def everybody(case: Scenario, seed: int) -> list[dict[str, Any]]:
    """Return everybody ever trained in a run, in the order in which they came; never written to.

    Returns
    -------
    list of dict
        ``who``, ``persistence``, ``came`` and ``left`` (months from 0), ``status`` at the end; of
        the last leaving ``strongest`` (the largest term, none below 0) and ``luck``, whether no
        reason alone decided.

    Examples
    --------
    >>> some = everybody(Scenario.load("sangatta-utara"), seed=7)
    >>> next(one["left"] for one in some if one["who"] == 29)
    [15]
    """
    reasons = {(int(row.person), int(row.month)): row for row in _left(case, seed).itertuples()}
    found = []
    for who, persistence, changes in run_of(case, seed)["lives"]:
        came, left = _turns(changes)
        one = {
            "who": who, "persistence": persistence, "came": came, "left": left,
            "status": STATUSES[changes[-1][1]], "strongest": "", "luck": False,
        }  # fmt: skip
        if left:
            row = reasons[who, left[-1]]
            terms = {name: getattr(row, f"hazard_{name}") for name in TERMS}
            most = max(TERMS, key=lambda name: terms[name])
            one |= {"strongest": most if terms[most] > 0 else "", "luck": not row.decisive}
        found.append(one)
    return sorted(found, key=lambda one: (one["came"][0] if one["came"] else -1, one["who"]))


def _turns(changes: list[list[int]]) -> tuple[list[int], list[int]]:
    """Return the months of admissions and of leavings."""
    came, left, was = [], [], "community"
    for month, code in changes:
        status = STATUSES[code]
        if status == "left":
            if was == "community":  # came and left within one month
                came.append(month)
            left.append(month)
        elif was in ("community", "left") and status != "community":
            came.append(month)
        was = status
    return came, left


def nearest_to_staying(case: Scenario, seed: int) -> int | None:
    """Return whom the least would have kept; of a run without leavings the first who came."""
    left = _left(case, seed)
    if len(left):
        too_much = left["hazard"] / -np.log1p(-left["luck"])
        return int(left["person"].iloc[int(too_much.to_numpy().argmin())])
    every = everybody(case, seed)
    return every[0]["who"] if every else None


@dataclass(frozen=True, eq=False)
class Asked:
    """A person whom a page asks about.

    Attributes
    ----------
    life : Life
    month : int
        The month explained, from 0.
    other : Life or None
        The same person with the same luck in the scenario beside.
    """

    life: Life
    month: int
    other: Life | None

    @property
    def key(self) -> tuple[Any, ...] | None:
        """What the desk knows the levers that keep by; None of a month that nobody left in."""
        if self.month not in self.life.leavings:
            return None
        return ("kept", self.life.scenario.hash, self.life.seed, self.life.person, self.month)

    def kept(self) -> dict[str, Any]:
        """Try levers on the whole run; work for the desk."""
        life, month = self.life, self.month
        times = sum(one <= month for one in life.leavings)
        rewalk = Rewalk(life.scenario, life.seed, life.run, life.person, month, times)
        return {"levers": world_flips(rewalk, levers_of(life.scenario), DESK.watch())}

    def explained(self, levers: tuple[WorldFlip, ...] = ()) -> PersonExplained:
        """Return why, as `cgsim explain` does."""
        life, month = self.life, self.month
        moment, policy = life.moments[month], life.policies[month]
        reasons = moment_flips(moment, policy)
        return PersonExplained(life, month, moment, policy, reasons, levers, self.other)


def asked(settings: Settings) -> tuple[Asked | None, list[str]]:
    """Return the person that an address asks about, and what is wrong with the question.

    Who was never trained gives way to the one nearest to staying, a month in which the person
    was not in the programme to the nearest.
    """
    case, seed, wrong = settings.case, settings.seed, []
    said = settings.extra("who")
    trained = {one["who"] for one in everybody(case, seed)}
    who = int(said) if said and int(said) in trained else nearest_to_staying(case, seed)
    if who is None:
        return None, [text("dashboard.notices.nobody", settings.lang)]
    if said and who != int(said):
        wrong.append(text("dashboard.notices.never_trained", settings.lang, who=said, used=who))
    life = _life(case, who, seed)
    month = life.leavings[0] if life.leavings else life.riskiest()
    if wanted := settings.extra("when"):
        month = min(life.moments, key=lambda one: (abs(one - int(wanted)), one))
    other = settings.others[0].case if settings.others else None
    beside = other is not None and who < int(other.policy["people"])
    return Asked(life, month, _life(other, who, seed) if beside and other else None), wrong


# ------------------------------------------------------------------ what the page shows


def shown_person(wanted: Asked, levers: tuple[WorldFlip, ...], lang: str) -> dict[str, Any]:
    """Return one person as the page shows them: life, reasons, sentences, what would keep."""
    found = wanted.explained(levers)
    # the page offers every leaving to be chosen; the sentence about it names an option
    again = times_words(found, lang) if len(wanted.life.leavings) > 1 else ""
    return {
        "who": wanted.life.person,
        "month": wanted.month,
        "left": found.left,
        "leavings": list(wanted.life.leavings),
        "life": line_of(wanted.life, lang),
        "other": None if wanted.other is None else line_of(wanted.other, lang),
        "sentences": [one for one in sentences(found, lang) if one != again],
        "decisive": list(found.decisive),
        "moment": [
            {
                "term": one.term,
                "value": decimal(one.value, lang),
                "flip": flip_words(one, lang) if one.possible else "",
                "decisive": one.decisive,
            }
            for one in found.reasons
        ],
        "levers": [_lever_told(one, wanted.life.scenario, lang) for one in levers],
    }


def line_of(life: Life, lang: str) -> dict[str, Any]:
    """Return a life by month: status, visits, and of months in the programme what decides.

    ``months`` holds of each month in the programme a row: month, hazard, probability, luck,
    largest hazard that the luck bears, the six terms, what they read.
    """
    table, names = life.table, life.scenario.names
    rows = []
    for month, moment in life.moments.items():
        policy = life.policies[month]
        terms = moment.terms(policy)
        hazard = moment.hazard(policy)
        numbers = (hazard, -math.expm1(-hazard), moment.luck, moment.threshold, *terms,
                   *(moment.value(name) for name in TERMS))  # fmt: skip
        rows.append([month, *(round(one, DIGITS) for one in numbers)])
    visited = table[table["visits"] > 0]
    return {
        "scenario": life.scenario.title[lang],
        "status": [STATUSES.index(one) for one in table["status"]],
        "months": rows,
        "left": list(life.leavings),
        "came": list(life.admissions),
        "visits": [
            [month, ", ".join(names[key][lang] for key in by.split(", ") if key)]
            for month, by in zip(
                visited["month"].tolist(), visited["visited_by"].tolist(), strict=True
            )
        ],
    }


def _lever_told(one: WorldFlip, case: Scenario, lang: str) -> dict[str, Any]:
    values = {
        name: "" if value is None else value_words(one.parameter, value, lang)
        for name, value in (("present", one.present), ("flip", one.flip), ("short", one.short))
    }
    return {
        "path": one.path, "label": lever_words(one.path, case, lang), "outcome": one.outcome,
        "steps": one.steps, **values,
    }  # fmt: skip


def reasons_of(case: Scenario, seed: int, runs: int = RUNS) -> dict[str, Any]:
    """Return why people leave, over many runs; work for the desk.

    Returns
    -------
    dict
        ``runs``, ``leavings``; ``rows``: of base and each term its share of the hazard with low and
        high end of the interval, and how often it alone decided; ``sentences`` by language.
    """
    found = explain_leavings(case, runs, seed, progress=DESK.watch())
    rows = [found.part(part) for part in PARTS] if len(found.leavings) else []
    numbers = ("share", "low", "high", "decisive")
    return {
        "runs": runs,
        "leavings": len(found.leavings),
        "rows": [[row["part"], *(round(float(row[name]), 6) for name in numbers)] for row in rows],
        "sentences": {lang: leaving_sentences(found, lang) for lang in languages()},
    }


def term_names(lang: str) -> dict[str, str]:
    """Return the names of the six reasons and of the base rate."""
    return {name: term_words(name, lang) for name in (*TERMS, "base")}


def people_command(settings: Settings, wanted: Asked | None) -> str:
    """Return the command that explains the person shown."""
    side = settings.side
    name = "mine.yaml" if side.own or side.moves else side.scenario
    said = ["cgsim", "explain", name, "--seed", str(settings.seed)]
    if wanted is not None:
        said += ["--who", str(wanted.life.person), "--month", str(wanted.month)]
        others = settings.others
        if others and not (others[0].own or others[0].moves or others[0].levers):
            said += ["--against", others[0].scenario]
    if name == side.scenario:
        for path, value in side.levers:
            word = str(value).lower() if isinstance(value, bool) else str(value)
            said += ["--set", f"{path}={word}"]
    return shlex.join(said)
