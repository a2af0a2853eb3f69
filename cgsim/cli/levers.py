"""``cgsim levers``: every lever and constant, with unit, bounds, default and source."""

from __future__ import annotations

from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Any

from rich.padding import Padding
from rich.text import Text

from ..language import has, text
from ..parameters import BY_PATH, PLAN, Parameter
from ..scenario import shown
from ..scenario_file import did_you_mean
from .words import as_json, console, lang, number, refusal, word


def every() -> dict[str, Parameter]:
    """Return all levers and constants by path; an organisation's under ``organisations.*``."""
    return {**BY_PATH, **{f"organisations.*.{name}": p for name, p in PLAN.items()}}


def chosen(pattern: str | None) -> dict[str, Parameter]:
    """Return the levers whose path begins with, contains or matches a pattern.

    Raises
    ------
    ScenarioError
        Where there is none.
    """
    levers = every()
    if pattern is None:
        return levers
    found = {p: q for p, q in levers.items() if pattern in p or fnmatchcase(p, pattern)}
    if not found:
        hint = did_you_mean(pattern, [part for path in levers for part in path.split(".")])
        raise refusal("levers", "no_lever", read=pattern[:80], hint=hint)
    return found


def list_levers(pattern: str | None, json: bool) -> None:
    """Print each lever: what it is, its unit and bounds, its value and who says so."""
    found = chosen(pattern)
    if json:
        print(as_json([told_of(path, one) for path, one in found.items()]))
        return
    sheet = console()
    for path, one in found.items():
        told = told_of(path, one)
        sheet.print(Text.assemble(path, "  ", (told["label"], "bold")), soft_wrap=True)
        source = told["source"].replace("assumption", word("levers.assumption"))
        facts = word(
            "levers.facts", default=written(told["default"]), allowed=told["allowed"],
            when=told["when"], source=source,
        )  # fmt: skip
        sheet.print(Padding(told["help"], (0, 0, 0, 2)), markup=False)
        sheet.print(Padding(facts, (0, 0, 0, 2)), style="dim", markup=False)


def written(value: Any) -> str:
    if value is None:
        return word("levers.stated")
    return str(value).lower() if isinstance(value, (bool, str)) else figure(value)


def figure(value: float) -> str:
    """Return a number with the digits it needs."""
    digits = max(0, -Decimal(f"{value:g}").normalize().as_tuple().exponent)  # type: ignore[operator]
    return number(value, digits)


def told_of(path: str, one: Parameter) -> dict[str, Any]:
    words = f"lever.{path.replace('.*', '')}"
    unit = text(f"unit.{one.unit}", lang()) if has(f"unit.{one.unit}") else one.unit
    return {
        "path": path,
        "label": text(f"{words}.label", lang()),
        "help": text(f"{words}.help", lang()),
        "default": None if one.default is None else shown(one, one.default),
        "unit": unit,
        "low": one.low,
        "high": one.high,
        "allowed": word(
            f"levers.{one.name if one.words else one.sort}",
            low=figure(one.low),
            high=figure(one.high),
            unit=unit,
        ),
        "when": word("levers.birth" if one.when == "at birth" else "levers.any"),
        "source": one.source,
        "assumed": one.assumed,
        "spread": one.spread,
        "candidates": [shown(one, value) for value in one.candidates],
    }
