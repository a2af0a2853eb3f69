"""The scenarios set side by side: which stand there unasked, how they are saved and said."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import Any

from ..scenario import Scenario
from .address import OTHERS
from .state import BASELINE, MOST_OTHERS, Settings, Side, Value, shipped_scenario
from .view import saved_side, set_words

LETTERS = "A" + OTHERS.upper()
"""What the scenarios are called; the first is what the others are compared with."""

SUGGESTED = (
    "recommendation-1", "recommendation-2", "both-recommendations", "persistent-trainees",
    "nobody-monitors", BASELINE,
)  # fmt: skip
"""Scenarios offered next, those of the source's recommendations first."""


def filled(settings: Settings) -> Settings:
    """Return the settings with something to compare with, where the address names nothing.

    Examples
    --------
    >>> moved = Settings(Side(levers=(("community.persistence.mean", 0.9),)))
    >>> filled(moved).others
    (Side(scenario='sangatta-utara', own='', levers=(), moves=()),)
    """
    if settings.others:
        return settings
    return replace(settings, others=(_usual_other(settings.side),))


def _usual_other(side: Side) -> Side:
    """Return a scenario as it is where a visitor changed it; else with visits every month by
    every organisation, and with none where that is so already.
    """
    if side.levers or side.moves:
        return replace(side, levers=(), moves=())
    for interval in (1, "never"):
        if levers := _visiting(side.base, interval):
            return replace(side, levers=levers)
    return side


def _visiting(case: Scenario, interval: Value) -> tuple[tuple[str, Value], ...]:
    paths = [f"organisations.{key}.monitoring_interval" for key in sorted(case.organisations)]
    return tuple((path, interval) for path in paths if case.value(path) != interval)


def addition(settings: Settings) -> dict[str, Any]:
    """Return the change of the address that adds a scenario; none where no more has room.

    Examples
    --------
    >>> addition(filled(Settings()))
    {'c.scenario': 'recommendation-1'}
    """
    sides = (settings.side, *settings.others)
    if len(settings.others) >= MOST_OTHERS:
        return {}
    letter = OTHERS[len(settings.others)]
    if settings.side.own:  # a shipped one may be of other people
        return {f"{letter}.own": settings.side.own}
    used = {(one.scenario, one.own) for one in sides}
    people = settings.side.base.value("community.people")
    for name in SUGGESTED:
        alike = shipped_scenario(name).value("community.people") == people
        if alike and (name, "") not in used:
            return {f"{letter}.scenario": name}
    return {f"{letter}.scenario": settings.side.scenario}


def answered(settings: Settings, asked: dict[str, Any]) -> dict[str, Any]:
    """Return what a visitor asks, with what it means on this page.

    ``add`` adds a scenario. Where the other scenario is the one that stands there unasked,
    another first scenario brings another such: it may be of another place.

    Examples
    --------
    >>> answered(filled(Settings()), {"change": {"scenario": "neither"}})["change"]
    {'scenario': 'neither', 'b.scenario': None}
    """
    if asked.get("add"):
        return asked | {"change": addition(settings)}
    change = dict(asked.get("change") or {})
    another = "scenario" in change or ("open" in asked and not asked.get("side"))
    if another and settings == filled(replace(settings, others=())):
        change[f"{OTHERS[0]}.scenario"] = None
    return asked | {"change": change}


def said_by_name(settings: Settings) -> bool:
    """Return whether a command can say every scenario: by its name, with the same levers."""
    sides = (settings.side, *settings.others)
    plain = not any(side.own or side.moves for side in sides)
    return plain and all(side.levers == settings.side.levers for side in sides)


def files(settings: Settings) -> list[list[str]]:
    """Return every scenario as a file: name and text."""
    return [
        [f"{letter.lower()}.yaml", saved_side(side)]
        for letter, side in zip(LETTERS, (settings.side, *settings.others), strict=False)
    ]


def compare_command(settings: Settings) -> str:
    """Return the command that gives these numbers; of what no command can say, with files.

    Examples
    --------
    >>> compare_command(Settings(Side(), (Side("recommendation-1"),), extras=(("runs", "500"),)))
    'cgsim compare sangatta-utara recommendation-1 --runs 500 --seed 1'
    >>> compare_command(filled(Settings()))
    'cgsim compare sangatta-utara b.yaml --runs 200 --seed 1'
    """
    sides = (settings.side, *settings.others)
    by_name = said_by_name(settings)
    names = [
        side.scenario if by_name or side == Side(side.scenario) else f"{letter.lower()}.yaml"
        for letter, side in zip(LETTERS, sides, strict=False)
    ]
    runs = settings.extra("runs", "200")
    said = ["cgsim", "compare", *names, "--runs", runs, "--seed", str(settings.seed)]
    if by_name:
        said += set_words(settings.side)
    return shlex.join(said)
