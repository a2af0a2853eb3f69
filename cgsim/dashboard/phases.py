"""The map page: how likely each state is over two levers, and where the scenarios stand on it."""

from __future__ import annotations

import math
import shlex
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from ..errors import ScenarioError
from ..parameters import PLAN, Parameter, find
from ..scenario import Scenario
from ..study.phase_map import MONITORING, PERSISTENCE, PhaseMap, axes_of, checked, map_of
from ..study.shipped_maps import shipped_map
from ..study.sweep.axes import Axis
from ..study.varied import lever_words, stated, unit_of, value_words
from .desk import DESK
from .levers import ends, levers_of
from .pins import pin, spelt
from .state import Settings

USUAL = (MONITORING.partition("=")[0], PERSISTENCE.partition("=")[0])
"""The two levers of a map whose address names none: those that the study asks about first."""

LEFT_OUT = ("people", "kind")
"""With another number of people, or another kind of organisation, it would be another place."""

STEPS = 7
"""Values of a range, about."""

RUNS = 100
FEWEST_RUNS = 20
SEED = 1
"""Runs a cell, and their luck, which all cells share; the seed of the run shown is one luck."""

MOST_PERSON_MONTHS = 150_000_000
"""People × months × cells × runs of a map; half a minute of one core."""


@dataclass(frozen=True, eq=False)
class Asked:
    """A map that a page asks for.

    Attributes
    ----------
    case : Scenario
        The scenario played.
    x, y : Axis
    runs : int
        Runs a cell; fewer of a large place, 0 where even the fewest are too many.
    shipped : PhaseMap or None
        The map that ships with cgsim, where it says the same.
    """

    case: Scenario
    x: Axis
    y: Axis
    runs: int
    shipped: PhaseMap | None = None

    @property
    def key(self) -> tuple[Any, ...] | None:
        """What the desk knows it by; None where there is nothing to compute."""
        if self.shipped is not None or self.runs == 0:
            return None
        first = _at_first_cell(self.case, self.x, self.y)
        axes = [(axis.path, axis.values) for axis in (self.x, self.y)]
        return ("map", first.hash, *axes, self.runs)

    def made(self) -> dict[str, Any]:
        """Compute it; work for the desk."""
        try:
            spec = checked(self.case, self.x, self.y, self.runs, SEED, ("x", "y"))
            return {"map": map_of(spec, progress=DESK.watch())}
        except ScenarioError as wrong:  # two values that cannot go together
            return {"fault": wrong}


def asked(settings: Settings) -> tuple[Asked, ScenarioError | None]:
    """Return the map that an address asks for, and what is wrong with its levers."""
    case = settings.case
    paths = (settings.extra("x", USUAL[0]), settings.extra("y", USUAL[1]))
    wrong = None
    try:
        x, y = axes_of(case, *(_said(path, case) for path in paths))
    except ScenarioError as fault:
        wrong = fault
        x, y = axes_of(case, *(_said(path, case) for path in USUAL))
    for shipped in _shipped():
        if (x.path, y.path) == (shipped.x.path, shipped.y.path) and _says_the_same(case, shipped):
            found = replace(shipped, scenario=case)
            return Asked(case, found.x, found.y, found.runs, found), wrong
    return Asked(case, x, y, _runs(case, len(x.values) * len(y.values))), wrong


def _runs(case: Scenario, cells: int) -> int:
    one = case.policy["people"] * case.months * cells
    runs = min(RUNS, int(MOST_PERSON_MONTHS // one))
    return runs if runs >= FEWEST_RUNS else 0


@lru_cache(maxsize=1)
def _shipped() -> tuple[PhaseMap, PhaseMap]:
    """Return the shipped map, and the same with its levers exchanged."""
    found = shipped_map()
    turned = replace(found, x=found.y, y=found.x, counts=found.counts.transpose(0, 2, 1, 3))
    return found, turned


@lru_cache(maxsize=256)
def _says_the_same(case: Scenario, shipped: PhaseMap) -> bool:
    """Whether scenarios that differ in no more than the two levers stand behind both."""
    x, y = shipped.x, shipped.y
    return _at_first_cell(case, x, y).hash == _at_first_cell(shipped.scenario, x, y).hash


@lru_cache(maxsize=256)
def _at_first_cell(case: Scenario, x: Axis, y: Axis) -> Scenario:
    return case.replace({axis.path: stated(axis, axis.values[0]) for axis in (x, y)})


def _said(path: str, case: Scenario) -> Any:
    """Return a lever with the values that its map has."""
    for usual in (MONITORING, PERSISTENCE):
        if usual.startswith(f"{path}="):
            return usual
    parameter = _lever(path, case)
    if parameter is None:
        return {path: [0, 1]}  # the reading of levers says what is wrong
    return {path: values(parameter, [case.value(one) for one in spelt(path, case)])}


def _lever(path: str, case: Scenario) -> Parameter | None:
    parameter = find(path)
    known = parameter is not None and parameter.is_lever and parameter.name not in LEFT_OUT
    starred = path.startswith("organisations.*.") and path.split(".")[-1] in PLAN
    return parameter if known and (starred or path in levers_of(case)) else None


def values(parameter: Parameter, own: list[Any]) -> list[Any]:
    """Return the values of a lever on a map, as a scenario file states them.

    Parameters
    ----------
    parameter : Parameter
    own : list
        The scenario's own values, which a range must span.

    Examples
    --------
    >>> values(PLAN["visits"], [6])
    [0, 2, 4, 6, 8, 10, 12]
    >>> values(PLAN["monitoring_interval"], ["never"])
    ['never', 12, 6, 3, 2, 1]
    """
    if parameter.sort == "flag":
        return [False, True]
    if parameter.sort == "choice":
        return list(parameter.words)
    if parameter.sort == "interval":
        return ["never", 12, 6, 3, 2, 1]
    both = [ends(parameter, float(one)) for one in own]
    return _round(min(one[0] for one in both), max(one[1] for one in both), parameter.sort)


def _round(low: float, high: float, sort: str) -> list[Any]:
    """Return about `STEPS` round numbers from one bound to the other."""
    scale = 10.0 ** math.floor(math.log10(high - low))
    steps = [part * power * scale for power in (0.1, 1.0) for part in (1, 2, 2.5, 5)]
    if sort == "whole":
        steps = [step for step in steps if step >= 1 and step == int(step)] or [1.0]
    ways = []
    for step in steps:
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        ways.append((abs(last - first + 1 - STEPS), step, first, last))
    _, step, first, last = min(ways)
    every = [round(k * step, 9) for k in range(first, last + 1)]
    return [int(one) if one == int(one) else one for one in every]


# ------------------------------------------------------------------ what the page shows


def offered_axes(case: Scenario, lang: str) -> list[dict[str, Any]]:
    """Return every lever that a map may have, with its group; first those of all organisations."""
    paths = [f"organisations.*.{name}" for name in PLAN] + list(levers_of(case))
    return [
        {
            "path": path,
            "group": path.split(".")[1] if path.startswith("organisations") else path.split(".")[0],
            "label": lever_words(path, case, lang),
        }
        for path in paths
        if _lever(path, case) is not None
    ]


def shown_map(found: PhaseMap, settings: Settings, source: str) -> dict[str, Any]:
    """Return a map as the page shows it, with the pins of all scenarios, words and table.

    Parameters
    ----------
    found : PhaseMap
        Its scenario is the one played.
    settings : Settings
    source : {"shipped", "computed"}
    """
    lang = settings.lang
    found = replace(found, scenario=settings.case)
    return {
        "x": _shown_axis(found.x, settings.case, lang),
        "y": _shown_axis(found.y, settings.case, lang),
        "counts": found.counts.tolist(),
        "intervals": np.round(found.intervals, 4).tolist(),
        "told": found.told.tolist(),
        "runs": found.runs,
        "seed": found.seed,
        "months": settings.case.months,
        "source": source,
        "differs": found.label_differs(),
        "moved": [lever_words(path, settings.case, lang) for path in found.moved()],
        "pins": [
            pin(side, letter, found.x, found.y, lang)
            for letter, side in zip("ABCD", (settings.side, *settings.others), strict=False)
        ],
        "csv": found.named_table().to_csv(index=False, lineterminator="\n"),
    }


def _shown_axis(axis: Axis, case: Scenario, lang: str) -> dict[str, Any]:
    return {
        "path": axis.path,
        "label": lever_words(axis.path, case, lang),
        "unit": unit_of(axis, lang) if _is_range(axis) else "",
        "sort": axis.parameter.sort if axis.parameter else "",
        "words": [value_words(axis.parameter, value, lang) for value in axis.values],
        "stated": [stated(axis, value) for value in axis.values],
        "sets": spelt(axis.path, case),
    }


def _is_range(axis: Axis) -> bool:
    return axis.parameter is not None and axis.parameter.sort in ("number", "whole")


def map_command(settings: Settings, wanted: Asked) -> str:
    """Return the command that gives the map shown."""
    side = settings.side
    name = "mine.yaml" if side.own or side.moves else side.scenario
    said = ["cgsim", "map", name]
    for option, axis in (("--x", wanted.x), ("--y", wanted.y)):
        every = ",".join(_word(stated(axis, value)) for value in axis.values)
        said += [option, f"{axis.path}={every}"]
    said += ["--runs", str(wanted.runs), "--seed", str(SEED)]
    if name == side.scenario:
        for path, value in side.levers:
            said += ["--set", f"{path}={_word(value)}"]
    return shlex.join(said)


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def fault_words(wrong: ScenarioError | None, lang: str) -> list[str]:
    """Return what is wrong with the levers of a map, in words."""
    return [] if wrong is None else wrong.in_language(lang).splitlines()
