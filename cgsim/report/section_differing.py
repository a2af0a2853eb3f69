"""In which levers several scenarios differ, and what each changes during a run."""

from __future__ import annotations

from ..language import text
from ..parameters import PLAN, POLICY, find
from ..scenario import Scenario
from ..study.varied import lever_words, value_words
from .findings import Findings, titles
from .numbers import MISSING
from .parts import Cell, Part, Section, Table, Words, row
from .section_assumptions import changes_table

MOST_COLUMNS = 4
"""Scenarios side by side."""


def section(found: Findings, lang: str) -> Section | None:
    """Return the section, of several scenarios."""
    if not found.several:
        return None
    names, cases = titles(found, lang), found.cases
    paths = differing(cases)
    parts: list[Part] = [Words(text("report.several.differing.lead", lang))]
    if short := shortened(found, names):
        said = text("report.several.differing.shortened", lang, names=", ".join(short))
        parts.append(Words(said))
    if not paths:
        parts.append(Words(text("report.several.differing.none", lang)))
    for start in range(1, len(cases), MOST_COLUMNS - 1):
        if paths:
            shown = [0, *range(start, min(start + MOST_COLUMNS - 1, len(cases)))]
            rows = tuple(
                row(
                    Cell(label(path, cases, lang), path),
                    *(value(cases[k], path, lang) for k in shown),
                )
                for path in paths
            )
            heads = (text("report.assumptions.lever", lang), *(names[k] for k in shown))
            parts.append(Table(text("report.several.differing.table", lang), heads, rows))
    for name, case in zip(names, cases, strict=True):
        if case.interventions:
            parts.append(Words(text("report.several.differing.interventions", lang, name=name)))
            parts.append(changes_table(case, lang))
    return Section("differing", text("report.several.differing.title", lang), parts)


def shortened(found: Findings, names: tuple[str, ...]) -> list[str]:
    """Return the titles of scenarios that were cut to the length of the shortest."""
    assert found.pairs is not None
    cut = found.pairs.shortened
    every = found.pairs.every
    return [title for title, one in zip(names, every, strict=True) if one.name in cut]


def differing(cases: tuple[Scenario, ...]) -> list[str]:
    """Return the paths of all levers that are not the same in all scenarios.

    Examples
    --------
    >>> load = Scenario.load
    >>> differing((load("sangatta-utara"), load("recommendation-1")))[0]
    'organisations.industry.monitoring_interval'
    """
    shared = [one.path for name, one in POLICY.items() if len({c.policy[name] for c in cases}) > 1]
    keys = list(dict.fromkeys(key for case in cases for key in case.organisations))
    own = [
        f"organisations.{key}.{name}"
        for key in keys
        for name in PLAN
        if len({case.plans.get(key, {}).get(name) for case in cases}) > 1
    ]
    return ["months"] * (len({case.months for case in cases}) > 1) + shared + own


def label(path: str, cases: tuple[Scenario, ...], lang: str) -> str:
    """Return a lever's name; an organisation's with whose it is."""
    if path == "months":
        return text("report.several.differing.months", lang)
    key = path.split(".")[1]
    case = next((one for one in cases if key in one.names), cases[0])
    return lever_words(path, case, lang)


def value(case: Scenario, path: str, lang: str) -> str:
    """Return what a scenario says at a path, a dash where it has no such organisation."""
    if path == "months":
        return str(case.months)
    parameter, parts = find(path), path.split(".")
    assert parameter is not None
    if parts[0] != "organisations":
        return value_words(parameter, case.policy[parameter.name], lang)
    plan = case.plans.get(parts[1])
    return MISSING if plan is None else value_words(parameter, plan[parameter.name], lang)
