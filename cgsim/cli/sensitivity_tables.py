"""The tables of a sensitivity study, within 80 columns."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from ..study.sensitivity import Decomposition, Screening, Whose
from ..study.sensitivity.screening import stands_out, way
from ..study.sensitivity.words import (
    asked_first_words,
    choice_words,
    decomposed_words,
    figure_of,
    interval_of,
    name_of,
    outcome_words,
    screened_words,
    share_of,
    whose_words,
)
from .show import show_levers
from .words import console, lang, number, word

if TYPE_CHECKING:
    from rich.console import Console

    from .sensitivity_giving import Found

TOP = 10
"""Numbers that a table shows; --json and --out have all."""

WAYS = {"up": "+", "down": "−", "both": "±", "none": "–"}
"""Which way an outcome goes as a number rises."""


def print_found(found: Found, levers: Sequence[str] = (), read_from: str = "") -> None:
    """Print a study: for each outcome what it says, then its table.

    Parameters
    ----------
    levers : sequence of str
        Changes of the scenario.
    read_from : str
        What is said of the sweep that it was read from.
    """
    from ..study.sensitivity.words import about_words
    from .sensitivity_giving import method_name

    sheet, question = console(), found.question
    case, against = question.scenario, question.against
    key = "heading_whose" if isinstance(found, Whose) else "heading"
    pair = {"first": case.name, "second": "" if against is None else against.name}
    if against is not None and not isinstance(found, Whose):
        key = "heading_against"
    sheet.print(word(f"sensitivity.{key}", **pair), style="bold")
    sheet.print(case.title[lang()])
    sheet.print(f"{case.name} · {about_words(found, lang())} · {case.hash}")
    show_levers(sheet, levers)
    if read_from:
        sheet.print(read_from)
    if isinstance(found, Decomposition) and found.screening is not None:
        points = number(found.screening.spec.size)
        sheet.print(word("sensitivity.screened", points=points))
    for outcome in question.outcomes:
        sheet.print(f"\n{outcome_words(question, outcome, lang())}", style="bold")
        if isinstance(found, Screening):
            _print_screening(sheet, found, outcome)
        elif isinstance(found, Whose):
            _print_whose(sheet, found, outcome)
        else:
            _print_indices(sheet, found, outcome)
    name = method_name(found)
    if isinstance(found, Decomposition) and not found.has_luck:
        name = "sobol_runs"
    sheet.print(f"\n{word(f'sensitivity.note_{name}', runs=found.spec.runs)}", style="dim")
    sheet.print(f"\n{word(':figure.notice')}", style="italic")


def sentences(found: Found, outcome: str) -> list[str]:
    """Return what a study says of an outcome."""
    if isinstance(found, Screening):
        said = [screened_words(found, outcome, lang())]
    elif isinstance(found, Whose):
        said = [
            choice_words(found, outcome, lang()),
            whose_words(found, outcome, lang()),
            asked_first_words(found, outcome, lang()),
        ]
    else:
        said = [decomposed_words(found, outcome, lang())]
    return [one for one in said if one]


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    for k, key in enumerate(headings):
        words = word(f"sensitivity.{key}") if key else ""
        table.add_column(
            words, justify="left" if k == 0 else "right", overflow="fold", vertical="top",
            no_wrap=k > 0, ratio=1 if k == 0 else None,
        )  # fmt: skip
    return table


def _name(found: Found, row: Any) -> Text:
    """Return a number's name, with its path below, by which other commands know it."""
    path = str(row["path"])
    name = name_of(path, found.question.scenario, lang())
    return Text.assemble(name, (f"\n{path}", "dim")) if "." in path else Text(name)


def _print_screening(sheet: Console, found: Screening, outcome: str) -> None:
    sheet.print(screened_words(found, outcome, lang()))
    table = _table("number", "size", "interval", "way", "sigma", "luck")
    rows = found.tables[outcome].to_dict("records")
    for row in rows[:TOP]:
        size, low, high, sigma, luck = (
            figure_of(outcome, row[key], lang()) for key in ("size", "low", "high", "sigma", "luck")
        )
        mark = "*" if stands_out(row) else "\u00a0"
        table.add_row(
            _name(found, row), f"{size}{mark}", f"{low}–{high}", WAYS[way(row)],
            sigma, luck,
        )  # fmt: skip
    _print_table(sheet, table, len(rows))


def _print_indices(sheet: Console, found: Decomposition, outcome: str) -> None:
    told = found.indices[outcome]
    sheet.print(decomposed_words(found, outcome, lang()))
    if told.variance == 0.0:
        return
    table = _table("number", "own", "interval", "total", "interval")
    rows = told.table.sort_values("total", ascending=False).to_dict("records")
    for row in rows[:TOP]:
        table.add_row(_name(found, row), *_shares(row))
    _print_table(sheet, table, len(rows))


def _shares(row: Any) -> list[str]:
    cells = []
    for kind in ("first", "total"):
        cells.append(share_of(row[kind], lang()))
        cells.append(interval_of(row[f"{kind}_low"], row[f"{kind}_high"], lang()))
    return cells


def _print_whose(sheet: Console, found: Whose, outcome: str) -> None:
    told = found.groups[outcome]
    if words := choice_words(found, outcome, lang()):
        sheet.print(words)
    sheet.print(whose_words(found, outcome, lang()))
    if told.variance == 0.0:
        return
    mean, spread = (figure_of(outcome, one, lang()) for one in (told.mean, sqrt(told.variance)))
    sheet.print(word("sensitivity.mean", mean=mean, sd=spread), style="dim")
    table = _table("group", "own", "interval", "total", "interval")
    for row in told.table.to_dict("records"):
        table.add_row(_name(found, row), *_shares(row))
    sheet.print(table)
    sheet.print(f"\n{word('sensitivity.first_ask')}", style="bold dim")
    known = found.information[outcome]
    choice = ["worth"] if known.decides else []
    table = _table("number", "at_low", "at_high", "share", "interval", *choice)
    rows = known.table.to_dict("records")
    for row in rows[:TOP]:
        ends = [figure_of(outcome, row[key], lang()) for key in ("at_low", "at_high")]
        share = share_of(row["share"], lang())
        interval = interval_of(row["share_low"], row["share_high"], lang())
        worth = [figure_of(outcome, row["worth"], lang())] if choice else []
        table.add_row(_name(found, row), *ends, share, interval, *worth)
    _print_table(sheet, table, len(rows))
    sheet.print(asked_first_words(found, outcome, lang()))


def _print_table(sheet: Console, table: Table, rows: int) -> None:
    sheet.print(table)
    if rows > TOP:
        sheet.print(word("sensitivity.rest", n=number(rows - TOP)), style="dim")
