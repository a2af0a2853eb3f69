"""Which numbers a sensitivity study moves, how far, and whose number each is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from ...errors import Fault, ScenarioError, say
from ...parameters import BY_PATH, NEVER, PLAN, Parameter, find
from ...scenario_file import did_you_mean
from ..sweep.axes import LUCK, Axis
from ..sweep.spec_axes import spelt_out
from ..varied import moved_by
from ..worlds import SECTIONS

if TYPE_CHECKING:
    from ...scenario import Scenario

CONDITIONS = (
    "community.people",
    "community.group_size",
    "community.persistence.mean",
    "community.persistence.sd",
    "process.leadership",
    "process.ground_rules",
    "process.initial_trust",
    "process.interdependence",
)
"""What a place is like before anybody decides anything; nobody has measured it there."""

LEFT_OUT = ("kind", "present", "goal", "attends")
"""Levers of an organisation that no set moves: who takes part, and what for."""

SETS = ("all", "numbers", "assumed", "sourced", "constants", "levers")
"""Words for whole sets of numbers; anything else is part of a path, or a pattern."""

GROUPS = ASSUMED, SOURCED, OF_LUCK = ("assumed", "sourced", LUCK)
"""Whose number it is: nobody's who measured it, a source's, or nobody's at all."""

MOST_LUCK = 2**20
"""Runs among which luck is drawn where it is a factor."""


def chosen(words: Sequence[str], *scenarios: Scenario, place: str = "levers") -> tuple[Axis, ...]:
    """Return what is to be varied, each within the range worth trying.

    Numbers in which the scenarios differ, and those that a change of theirs sets, stay as they
    are: they are what is compared.

    Parameters
    ----------
    words : sequence of str
        Each one of `SETS`, part of a path, or a pattern with ``*``.
    *scenarios : Scenario
    place : str
        What to blame.

    Raises
    ------
    ScenarioError
        Where a word fits nothing that may be varied.

    Examples
    --------
    >>> from cgsim import Scenario
    >>> [axis.path for axis in chosen(["sourced"], Scenario.load("sangatta-utara"))][:2]
    ['cluster.active.producers', 'market.minimum_wage']
    """
    case = scenarios[0]
    every = _every(case)
    may = {path: one for path, one in every.items() if _free(path, one, scenarios)}
    found: dict[str, None] = {}
    for word in words:
        fits = [path for path, one in may.items() if _fits(word, path, one)]
        if not fits:
            known = [*SETS, *may, *(part for path in may for part in path.split("."))]
            held = any(_fits(word, path, one) for path, one in every.items())
            key = f"sensitivity.error.{'held' if held else 'none'}"
            fault = say(key, read=word[:80], hint=did_you_mean(word, known))
            raise ScenarioError([Fault(place, 0, 0, fault)])
        found |= dict.fromkeys(fits)
    taken = _without_twins(found, case)
    return _sized(tuple(axis_within(path, may[path], *scenarios) for path in taken))


def named(paths: Iterable[str], *scenarios: Scenario) -> tuple[Axis, ...]:
    """Return the axes of paths that are known to be free."""
    every = _every(scenarios[0])
    return _sized(tuple(axis_within(path, every[path], *scenarios) for path in paths))


def _every(case: Scenario) -> dict[str, Parameter]:
    """Return all levers and constants by path, those of all organisations before each one's."""
    own = {
        f"organisations.{key}.{name}": one
        for key in ("*", *case.organisations)
        for name, one in PLAN.items()
    }
    return {**BY_PATH, **own}


def _free(path: str, one: Parameter, scenarios: Sequence[Scenario]) -> bool:
    """Whether there is something to try, and the scenarios leave the number alone."""
    if not one.candidates and (one.spread is None or one.spread[0] >= one.spread[1]):
        return False
    if any(moved_by(case, path) for case in scenarios):
        return False
    return all(case.value(path) == scenarios[0].value(path) for case in scenarios)


def _fits(word: str, path: str, one: Parameter) -> bool:
    parts = path.split(".")
    if word not in SETS:
        # an organisation's own lever is meant only where the organisation is named
        own = parts[0] == "organisations" and parts[1] != "*" and parts[1] not in word.split(".")
        return word == path or (not own and (word in path or fnmatchcase(path, word)))
    if parts[0] == "organisations":
        return word in ("all", "levers") and parts[1] == "*" and one.name not in LEFT_OUT
    number = parts[0] in SECTIONS or path in CONDITIONS
    return {
        "all": True,
        "numbers": number,
        "assumed": number and one.assumed,
        "sourced": number and not one.assumed,
        "constants": not one.is_lever,
        "levers": one.is_lever,
    }[word]


def _without_twins(paths: Iterable[str], case: Scenario) -> list[str]:
    """Leave out an organisation's own lever where the lever of all is varied too."""
    taken: list[str] = []
    seen: set[str] = set()
    for path in sorted(paths, key=lambda path: ".*." not in path):
        single = set(spelt_out(path, case))
        if not single & seen:
            seen |= single
            taken.append(path)
    return sorted(taken, key=list(_every(case)).index)


def axis_within(path: str, one: Parameter, *scenarios: Scenario) -> Axis:
    """Return a number with its range worth trying, stretched to hold the scenarios' own value."""
    if one.candidates:
        # a programme that never takes anybody in is none
        kept = [v for v in one.candidates if one.name != "intake_interval" or v != NEVER]
        return Axis(path, tuple(kept))
    ends = [*(one.spread or (one.low, one.high))]
    if ".*." not in path:
        ends += [case.value(path) for case in scenarios]
    return Axis(path, (), float(min(ends)), float(max(ends)), one.sort == "whole")


def _sized(axes: tuple[Axis, ...]) -> tuple[Axis, ...]:
    """Keep a group from being larger than the smallest community that is tried."""
    people = next((axis for axis in axes if axis.path == "community.people"), None)
    if people is None:
        return axes
    return tuple(
        Axis(axis.path, (), min(axis.low, people.low), min(axis.high, people.low), axis.whole)
        if axis.path == "community.group_size"
        else axis
        for axis in axes
    )


def luck_axis() -> Axis:
    """Return luck as something that varies: which run's luck a point has."""
    return Axis(LUCK, (), 0.0, float(MOST_LUCK - 1), True)


def group_of(path: str) -> str:
    """Return whose number a path's is, one of `GROUPS`.

    Examples
    --------
    >>> group_of("constants.gain"), group_of("constants.forgetting"), group_of("luck")
    ('assumed', 'sourced', 'luck')
    """
    if path == LUCK:
        return OF_LUCK
    one = find(path)
    return ASSUMED if one is None or one.assumed else SOURCED
