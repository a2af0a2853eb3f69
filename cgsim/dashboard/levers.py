"""Every lever of a scenario as a page offers it: label, unit, bounds, value, choices."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from ..language import text
from ..parameters import BY_PATH, PLAN, Parameter
from ..scenario import Scenario, shown
from ..scenario_shape import number

STEPS = 40
"""Steps of a slider between its bounds, about."""

MONTHS = (1, 2, 3, 6, 12)
"""Intervals offered beside the scenario's own [months]."""

FIRST = ("monitoring_interval", "community.persistence.mean")
"""Levers that are always seen; the others stand behind a disclosure."""


class Refused(ValueError):
    """A value that no lever has, and that none is near to."""


@lru_cache(maxsize=64)
def _levers(organisations: tuple[str, ...]) -> dict[str, Parameter]:
    shared = {path: one for path, one in BY_PATH.items() if one.is_lever}
    own = {
        f"organisations.{key}.{name}": one for key in organisations for name, one in PLAN.items()
    }
    return {**shared, **own}


def levers_of(case: Scenario) -> dict[str, Parameter]:
    """Return every lever of a scenario by its path."""
    return _levers(case.organisations)


def understood(parameter: Parameter, word: str) -> tuple[Any, bool]:
    """Return the allowed value nearest to a word, as a scenario file states it.

    Returns
    -------
    value : number, word or bool
    exact : bool
        Whether it is what the word says.

    Raises
    ------
    Refused
        Where nobody can tell what is meant.

    Examples
    --------
    >>> understood(PLAN["monitoring_interval"], "3"), understood(PLAN["visits"], "-2")
    ((3, True), (0, False))
    """
    meant = {"true": True, "false": False}.get(word, word)
    if parameter.sort in ("flag", "choice"):
        try:
            return shown(parameter, number(parameter, meant)), True
        except (ValidationError, ValueError):
            raise Refused(word) from None
    if parameter.sort == "interval" and word == "never":
        return "never", True
    try:
        read = float(word)
    except ValueError:
        raise Refused(word) from None
    if not math.isfinite(read):
        raise Refused(word)
    inside = min(max(read, parameter.low), parameter.high)
    if parameter.sort in ("whole", "interval"):
        inside = float(math.floor(inside + 0.5))
    return shown(parameter, inside), inside == read


@lru_cache(maxsize=64)
def offered(base: Scenario, lang: str) -> list[dict[str, Any]]:
    """Return what a page needs to offer every lever of a scenario, made once and never written to.

    Parameters
    ----------
    base : Scenario
        Without the visitor's changes.
    lang : {"en", "id"}

    Returns
    -------
    list of dict
        ``path``, ``group`` (section, or an organisation's key), ``ours`` (of an organisation),
        ``label``, ``help``, ``unit``, ``sort``, ``own`` (the scenario's value), ``choices`` or
        ``low``, ``high`` and ``step``, ``first`` (always seen), ``birth`` (fixed at the start),
        ``assumed``.
    """
    return [_offer(path, one, base, lang) for path, one in levers_of(base).items()]


def _offer(path: str, one: Parameter, base: Scenario, lang: str) -> dict[str, Any]:
    parts = path.split(".")
    ours = parts[0] == "organisations"
    key = f"organisations.{parts[2]}" if ours else path
    own = base.value(path)
    found = {
        "path": path,
        "group": parts[1] if ours else parts[0],
        "ours": ours,
        "label": text(f"lever.{key}.label", lang),
        "help": text(f"lever.{key}.help", lang),
        "unit": text(f"unit.{one.unit}", lang),
        "sort": one.sort,
        "own": own,
        "first": parts[-1] in FIRST or path in FIRST,
        "birth": one.when == "at birth",
        "assumed": one.assumed,
    }
    return found | _range(one, own, lang)


def _range(one: Parameter, own: Any, lang: str) -> dict[str, Any]:
    if one.sort == "flag":
        return {"choices": [[value, text(f"varied.{str(value).lower()}", lang)]
                            for value in (True, False)]}  # fmt: skip
    if one.sort == "choice":
        return {"choices": [[word, text(f"varied.{word}", lang)] for word in one.words]}
    if one.sort == "interval":
        months = sorted({*MONTHS, *(n for n in (own,) if n != "never")}, reverse=True)
        return {"choices": [["never", text("varied.never", lang)], *([n, ""] for n in months)]}
    low, high = ends(one, own)
    return {"low": low, "high": high, "step": _step(one, low, high)}


def ends(one: Parameter, own: float) -> tuple[float, float]:
    """Return the ends of a slider: the bounds, or where they are wide what is worth trying."""
    if one.high - one.low <= 4:
        return one.low, one.high
    low, high = one.spread or (one.low, one.high)
    return min(low, own, max(one.low, 0)), max(high, own)


def _step(one: Parameter, low: float, high: float) -> float:
    if one.sort == "whole":
        return 1.0
    step = 10.0 ** math.floor(math.log10((high - low) / STEPS))
    return next(k * step for k in (1, 2, 5, 10) if k * step >= (high - low) / STEPS)
