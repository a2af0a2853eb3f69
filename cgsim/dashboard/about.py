"""The about page: what is sourced, what is assumed, what the model shows and cannot say."""

from __future__ import annotations

import platform
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from ..evidence import Evidence, both, cited, entries, read, standings
from ..language import has, text
from ..parameters import NEVER, PLAN, POLICY, Parameter
from ..study.varied import value_words
from ..study.verdicts import verdicts

SENTENCES = 10
"""The month, as README tells it."""

LIMITS = ("forecast", "judgement", "cutoffs", "order", "visits", "label", "ageing")
"""What the model cannot say, beside what the evidence leaves open."""

PACKAGES = ("cgsim", "mesa", "numba", "numpy", "solara")


@lru_cache(maxsize=4)
def about(lang: str) -> dict[str, Any]:
    """Return all that the about page tells in a language; never written to.

    Returns
    -------
    dict
        ``counts`` of levers and constants by mark, ``parameters``, ``evidence``, ``references``,
        ``limits``, ``month`` (sentences), ``patterns`` with verdicts, ``verdicts`` counted,
        ``versions``.

    Examples
    --------
    >>> told = about("en")
    >>> told["counts"]["all"] == len(told["parameters"]), told["patterns"][0]["verdict"]
    (True, 'met')
    """
    rows = [_parameter(key, one, lang) for key, one in _parameters()]
    marks = [row["mark"] for row in rows]
    counted = {mark: marks.count(mark) for mark in ("sourced", "leans", "assumed")}
    patterns = [_pattern(name, ruling, lang) for name, ruling in verdicts().items()]
    return {
        "counts": counted | {"all": len(rows)},
        "parameters": rows,
        "evidence": [_entry(one, lang) for one in entries()],
        "standings": {name: getattr(said, lang) for name, said in standings().items()},
        "references": [_reference(one) for one in read()["references"]],
        "limits": [text(f"dashboard.about.limit_{name}", lang) for name in LIMITS]
        + [getattr(one, lang) for one in entries("G")],
        "month": [text(f"dashboard.about.month_{k + 1}", lang) for k in range(SENTENCES)],
        "patterns": patterns,
        "verdicts": {
            word: sum(one["ruling"] == word for one in patterns)
            for word in ("met", "direction met", "not met")
        },
        "versions": {name: _version(name) for name in PACKAGES}
        | {"Python": platform.python_version()},
    }


def _parameters() -> list[tuple[str, Parameter]]:
    shared = [(one.path, one) for one in POLICY.values()]
    return shared + [(f"organisations.{name}", one) for name, one in PLAN.items()]


def mark_of(one: Parameter) -> str:
    """Return how a number stands: sourced, an assumption that leans on a source, or assumed.

    Examples
    --------
    >>> mark_of(PLAN["monitoring_interval"]), mark_of(PLAN["visits"])
    ('sourced', 'assumed')
    """
    if not one.assumed:
        return "sourced"
    return "leans" if cited(one.source) else "assumed"


def _parameter(key: str, one: Parameter, lang: str) -> dict[str, Any]:
    default = "" if one.default is None else value_words(one, one.default, lang)
    plain = one.sort in ("flag", "choice") or (one.sort == "interval" and one.default == NEVER)
    return {
        "path": key,
        "label": text(f"lever.{key}.label", lang),
        "help": text(f"lever.{key}.help", lang),
        "value": default,
        "unit": "" if plain else text(f"unit.{one.unit}", lang),
        "lever": one.is_lever,
        "mark": mark_of(one),
        "codes": cited(one.source),
    }


@lru_cache(maxsize=1)
def _titles() -> dict[str, dict[str, str]]:
    return {section["key"]: section["title"] for section in read()["sections"]}


def _entry(one: Evidence, lang: str) -> dict[str, Any]:
    page = {name: both(said) for name, said in read()["page"].items()}
    use = "" if one.use is None else f"{getattr(page['use'], lang)}: {getattr(one.use, lang)}"
    return {
        "code": one.code,
        "section": _titles()[one.section][lang],
        "words": getattr(one, lang),
        "use": use,
        "source": one.source or " – ".join(part for part in (one.term, one.place) if part),
        "standing": list(one.standing),
    }


def _reference(one: dict[str, Any]) -> dict[str, str]:
    return {"citation": one["citation"].strip(), "doi": one.get("doi", "")}


def _pattern(name: str, ruling: str, lang: str) -> dict[str, Any]:
    note = f"pattern.note.{name}"
    return {
        "name": name,
        "title": text(f"pattern.title.{name}", lang),
        "ruling": ruling,
        "verdict": text(f"pattern.verdict.{ruling}", lang),
        "note": text(note, lang) if ruling != "met" and has(note, lang) else "",
    }


def _version(name: str) -> str:
    if name == "cgsim":
        from .. import __version__

        return __version__
    try:
        return version(name)
    except PackageNotFoundError:
        return "–"
