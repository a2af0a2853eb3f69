"""What a visitor has set, the run that follows from it, and what a page shows of both.

Nothing here knows how a page is drawn, and nothing is kept between visitors but what can
never change: scenarios read, runs computed, words.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..language import keys, languages, text
from ..parameters import find
from ..scenario import Scenario
from ..scenario_shape import number
from ..study.trajectory import trajectory
from ..study.varied import lever_words, value_words
from .own import unpacked

BASELINE = "sangatta-utara"
Value = float | int | str | bool


@dataclass(frozen=True)
class Side:
    """A scenario with what a visitor changed: the one played, or one it is compared with.

    Attributes
    ----------
    scenario : str
        Name of a shipped scenario.
    own : str
        A scenario of the visitor's own, packed (`own.packed`); then it counts, not the name.
    levers : tuple of (path, value)
        Levers that differ from the scenario's from the start, in alphabetical order.
    moves : tuple of (month, path, value)
        Levers moved later: at the start of a month, so that all before stays as it was.
    """

    scenario: str = BASELINE
    own: str = ""
    levers: tuple[tuple[str, Value], ...] = ()
    moves: tuple[tuple[int, str, Value], ...] = ()

    @property
    def base(self) -> Scenario:
        """The scenario without the visitor's changes."""
        return own_scenario(self.own) if self.own else shipped_scenario(self.scenario)

    @property
    def case(self) -> Scenario:
        """The scenario with the visitor's levers, and what was moved later as interventions."""
        return _changed(self)


@dataclass(frozen=True)
class Settings:
    """What a visitor has set.

    Attributes
    ----------
    side : Side
        What is played.
    others : tuple of Side
        What it is compared with, at most `MOST_OTHERS`.
    seed : int
        Seed of the run shown.
    month : int
        Months lived when the page opens, from 1.
    lang : str
        Language of the page.
    chosen_lang : bool
        Whether the visitor asked for the language, so that it stands in the address.
    extras : tuple of (name, value)
        What single pages keep in the address, such as the person asked about; see
        `address.EXTRAS`.
    """

    side: Side = Side()
    others: tuple[Side, ...] = ()
    seed: int = 1
    month: int = 1
    lang: str = "en"
    chosen_lang: bool = False
    extras: tuple[tuple[str, str], ...] = ()

    @property
    def case(self) -> Scenario:
        """The scenario played."""
        return self.side.case

    def extra(self, name: str, usual: str = "") -> str:
        """Return what a page keeps under a name."""
        return dict(self.extras).get(name, usual)


MOST_OTHERS = 3
"""Scenarios beside the first one that a page compares at most."""


@lru_cache(maxsize=64)
def shipped_scenario(name: str) -> Scenario:
    """Return a shipped scenario, read once."""
    return Scenario.load(name)


@lru_cache(maxsize=64)
def own_scenario(packed: str) -> Scenario:
    """Return a visitor's own scenario, unpacked and checked."""
    return unpacked(packed)


@lru_cache(maxsize=256)
def _changed(side: Side) -> Scenario:
    case = side.base
    if side.levers:
        case = case.replace(dict(side.levers))
    return moved(case, side.moves) if side.moves else case


def moved(case: Scenario, moves: tuple[tuple[int, str, Value], ...]) -> Scenario:
    """Return a scenario with levers moved at some months, after its own changes of that month.

    Raises
    ------
    ScenarioError
        For a lever that cannot be moved in the course of a run.
    """
    by_month: dict[int, dict[str, Value]] = {}
    for month, path, value in moves:
        by_month.setdefault(month, {})[path] = value
    planned = [
        {"month": month, "why": {lang: _why(levers, case, lang) for lang in languages()},
         "set": levers}
        for month, levers in by_month.items()
    ]  # fmt: skip
    return case.replace({"interventions": [*case.to_dict().get("interventions", []), *planned]})


def _why(levers: dict[str, Value], case: Scenario, lang: str) -> str:
    """Say which levers a visitor moved, and to what."""
    parts = []
    for path, value in levers.items():
        parameter = find(path)
        assert parameter is not None
        words = value_words(parameter, number(parameter, value), lang)
        parts.append(f"{lever_words(path, case, lang)}: {words}")
    return "; ".join(parts)


@lru_cache(maxsize=32)
def run_of(case: Scenario, seed: int) -> dict[str, Any]:
    """Return the run of a scenario under a seed; computed once, never written to."""
    return trajectory(case, seed)


@lru_cache(maxsize=128)
def run_text(case: Scenario, seed: int) -> str:
    """Return the run of a scenario as JSON: the library walks through lists at every change."""
    return json.dumps(run_of(case, seed), separators=(",", ":"))


@lru_cache(maxsize=32)
def words(lang: str, section: str = "page") -> dict[str, str]:
    """Return the words of a page in a language, by their key after ``dashboard.<section>.``."""
    prefix = f"dashboard.{section}."
    return {k.removeprefix(prefix): text(k, lang) for k in keys(lang) if k.startswith(prefix)}


@lru_cache(maxsize=8)
def presets(lang: str) -> list[dict[str, str]]:
    """Return the shipped scenarios with title and question, the baseline first."""
    names = sorted(Scenario.shipped(), key=lambda name: (name != BASELINE, name))
    cases = [shipped_scenario(name) for name in names]
    return [
        {"name": case.name, "title": case.title[lang], "question": case.question[lang]}
        for case in cases
    ]
