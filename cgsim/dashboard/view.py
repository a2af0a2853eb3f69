"""What every page shows around its own pictures: words, levers, scenarios, notices, the command."""

from __future__ import annotations

import json
import shlex
from functools import lru_cache
from typing import Any

from ..errors import Message
from ..scenario import Scenario
from .address import write
from .levers import offered
from .own import OWN
from .state import Settings, Side, presets, shipped_scenario, words

PAGES = ("live", "what-if", "map", "people", "about")
"""Pages in the order of the menu; the first stands at the root."""


def view(settings: Settings, page: str, notices: list[Message]) -> dict[str, Any]:
    """Return all that a page shows besides what it is about.

    Parameters
    ----------
    settings : Settings
    page : str
        One of `PAGES`.
    notices : list of Message
        What was put right in the address, or refused.
    """
    lang = settings.lang
    return {
        "lang": lang,
        "page": page,
        "pages": list(PAGES),
        "query": write(settings),
        "words": words(lang) | words(lang, page.replace("-", "_")),
        "notices": [notice.in_language(lang) for notice in notices],
        "presets": presets(lang),
        "seed": settings.seed,
        "month": settings.month,
        "extras": dict(settings.extras),
        "sides": [shown_side(side, lang) for side in (settings.side, *settings.others)],
        "command": command(settings),
    }


def shown_side(side: Side, lang: str) -> dict[str, Any]:
    """Return one scenario as a page shows it: its words, its levers, what was moved later."""
    case, base = side.case, side.base
    return {
        "scenario": OWN if side.own else side.scenario,
        "title": base.title[lang],
        "question": base.question[lang],
        "months": case.months,
        "hash": case.hash,
        "organisations": [
            {"key": key, "name": case.names[key][lang]} for key in case.organisations
        ],
        "changed": dict(side.levers),
        "planned": _planned(base),
        "moves": [
            {"month": month, "path": path, "value": value} for month, path, value in side.moves
        ],
    }


@lru_cache(maxsize=64)
def _planned(base: Scenario) -> list[dict[str, Any]]:
    """Return which levers a scenario moves by itself at fixed months."""
    return [
        {"month": one["month"], "path": path, "value": value}
        for one in base.to_dict().get("interventions", [])
        if "month" in one
        for path, value in one["set"].items()
    ]


def offers(settings: Settings) -> str:
    """Return every lever of each scenario shown, as JSON; it is written once."""
    sides = (settings.side, *settings.others)
    return _offers(tuple(side.base for side in sides), settings.lang)


@lru_cache(maxsize=64)
def _offers(bases: tuple[Scenario, ...], lang: str) -> str:
    return json.dumps([offered(base, lang) for base in bases], separators=(",", ":"))


def command(settings: Settings) -> str:
    """Return the command that gives the run shown; of what no command can say, with a file.

    Examples
    --------
    >>> command(Settings(Side(levers=(("organisations.kpc.visits", 3),)), seed=7))
    'cgsim run sangatta-utara --runs 1 --seed 7 --set organisations.kpc.visits=3'
    """
    side = settings.side
    name = "mine.yaml" if side.own or side.moves else side.scenario
    said = ["cgsim", "run", name, "--runs", "1", "--seed", str(settings.seed)]
    if name == side.scenario:
        said += set_words(side)
    return shlex.join(said)


def set_words(side: Side) -> list[str]:
    """Return the options of a command that set a visitor's levers."""
    return [word for path, value in side.levers for word in ("--set", f"{path}={_yaml(value)}")]


def saved(settings: Settings) -> str:
    """Return the scenario played as a file."""
    return saved_side(settings.side)


def saved_side(side: Side) -> str:
    """Return a scenario as a file: what it extends, and what differs."""
    if side.own or side.moves:
        return side.case.to_yaml()
    lines = [f"extends: {side.scenario}"]
    base = shipped_scenario(side.scenario)
    if side.levers:
        lines.append("set:")
        lines += [f"  {path}: {_yaml(value)}" for path, value in side.levers]
    else:
        lines.insert(0, f"# {base.title['en']}")
    return "\n".join(lines) + "\n"


def _yaml(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
