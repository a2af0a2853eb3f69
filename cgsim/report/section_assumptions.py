"""What was assumed: who plans what, what all share, what changes during a run."""

from __future__ import annotations

from ..evidence import cited
from ..language import text
from ..parameters import PLAN, POLICY, Parameter
from ..scenario import Intervention, Scenario
from ..study.varied import lever_words, value_words
from ..study.worlds import uncertain
from .findings import Findings
from .numbers import number
from .parts import Cell, Part, Section, Table, Words, row

MOST_COLUMNS = 3
"""Organisations side by side, so that a phone shows them."""

SHARED = ("community", "process", "cluster", "market", "costs")
"""Sections of a scenario shown number by number; constants are counted and stand in the file."""


def section(found: Findings, lang: str) -> Section:
    """Return the section, of the first scenario: the others are told by what differs."""
    case = found.cases[0]
    many = number(len(uncertain(*found.cases)), 0, lang)
    parts: list[Part] = [Words(text("report.assumptions.lead", lang, n=many))]
    if case.interventions:
        parts.append(changes_table(case, lang))
    parts += organisation_tables(case, lang)
    parts.append(shared_table(case, lang))
    return Section("assumptions", text("report.assumptions.title", lang), parts)


def organisation_tables(case: Scenario, lang: str) -> list[Table]:
    """Return what the organisations plan, a column each."""
    keys, found = case.organisations, []
    for start in range(0, len(keys), MOST_COLUMNS):
        shown = keys[start : start + MOST_COLUMNS]
        rows = tuple(
            row(
                label(f"organisations.{shown[0]}.{name}", one, case, lang),
                *(value_words(one, case.plans[key][name], lang) for key in shown),
            )
            for name, one in PLAN.items()
        )
        heads = (text("report.assumptions.lever", lang), *(case.names[k][lang] for k in shown))
        found.append(Table(text("report.assumptions.organisations", lang), heads, rows))
    return found


def shared_table(case: Scenario, lang: str) -> Table:
    """Return the numbers that all share, without the constants."""
    rows = tuple(
        row(label(one.path, one, case, lang), value_words(one, case.policy[name], lang))
        for name, one in POLICY.items()
        if one.path.split(".")[0] in SHARED
    )
    heads = (text("report.assumptions.lever", lang), text("report.assumptions.value", lang))
    return Table(text("report.assumptions.shared", lang), heads, rows)


def label(path: str, parameter: Parameter, case: Scenario, lang: str) -> Cell:
    """Return a lever's name above its unit and who says so."""
    kind = "lever.organisations." if path.startswith("organisations.") else "lever."
    own = kind + parameter.path.removeprefix("organisations.")
    unit = text(f"unit.{parameter.unit}", lang)
    return Cell(text(f"{own}.label", lang), f"{unit} · {mark(path, parameter, case, lang)}")


def mark(path: str, parameter: Parameter, case: Scenario, lang: str) -> str:
    """Return who says so: the scenario's own mark, else whether it is assumed, and codes."""
    if path in case.sources:
        return case.sources[path]
    key = "cli.levers.assumption" if parameter.assumed else "report.assumptions.sourced"
    codes = ", ".join(cited(parameter.source))
    said = text(key, lang)
    return f"{said} ({codes})" if codes else said


def changes_table(case: Scenario, lang: str) -> Table:
    """Return what changes during a run, and when."""
    rows = tuple((Cell(when_words(one, lang), one.why.get(lang, "")), set_words(one, case, lang))
                 for one in case.interventions)  # fmt: skip
    heads = (text("report.assumptions.change", lang), text("report.assumptions.acts", lang))
    return Table(text("report.assumptions.changes", lang), heads, rows, words=True)


def when_words(one: Intervention, lang: str) -> str:
    """Return when a change acts."""
    if one.month is not None:
        return text("report.assumptions.at", lang, n=number(one.month, 0, lang))
    return text(
        "report.assumptions.when", lang, quantity=one.quantity, sense=one.sense,
        bound=f"{one.bound:g}", n=one.for_months,
    )  # fmt: skip


def set_words(one: Intervention, case: Scenario, lang: str) -> str:
    """Return which levers a change sets."""
    from ..parameters import find

    said = [
        f"{lever_words(path, case, lang)}: {value_words(find(path), value, lang)}"
        for path, value in one.set
    ]
    return "; ".join(said)
