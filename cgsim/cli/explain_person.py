"""One person's explanation as sentences and tables, within 80 columns."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rich.table import Table

from ..study.explain.life import TERMS
from ..study.explain.wording import decimal, flip_words
from .explain_sheet import plain_table, print_title, say_all, status_of, term_of, words_of
from .words import lang

if TYPE_CHECKING:
    from rich.console import Console

    from ..scenario import Scenario
    from ..study.explain import PersonExplained

BEFORE, AFTER = 11, 2
"""Months of a life line shown before the month explained, and after it."""

LABEL = 44
"""Columns of a lever's name."""


def print_person(sheet: Console, found: PersonExplained) -> None:
    """Print the answer, both kinds of flip values, the life line and the other life."""
    from ..study.explain.person_words import sentences

    say_all(sheet, sentences(found, lang()))
    print_title(sheet, "reasons", month=found.month)
    sheet.print(_reasons(found))
    if found.levers:
        _print_levers(sheet, found)
    first, last = _window(found)
    print_title(sheet, "life", first=first, last=last)
    sheet.print(_life(found, first, last))
    sheet.print(words_of("table.life_note"), style="dim")
    if found.other is not None:
        print_title(sheet, "beside")
        sheet.print(_beside(found, first, last))


def _reasons(found: PersonExplained) -> Table:
    keeps = "keeps" if found.left else "loses"
    names = ("reason", "value", "neutral", "factor", keeps, "decisive")
    table = plain_table([words_of(f"table.{name}") for name in names])
    for one in found.reasons:
        flip = flip_words(one, lang())
        if one.flip is not None:
            flip = f"{'≥' if one.flip > (one.short or 0.0) else '≤'} {flip}"
            flip = flip if one.possible else words_of("table.impossible", value=flip)
        factor = decimal(math.exp(one.push), lang(), 2)
        decisive = words_of(f"table.{'yes' if one.decisive else 'no'}")
        value, neutral = (decimal(x, lang()) for x in (one.value, one.neutral))
        table.add_row(term_of(one.term), value, neutral, factor, flip, decisive)
    return table


def _print_levers(sheet: Console, found: PersonExplained) -> None:
    from ..study.varied import lever_words, value_words

    case = found.life.scenario
    print_title(sheet, "levers")
    kept = [one for one in found.levers if one.outcome == "kept"]
    if kept:
        table = plain_table(
            [words_of(f"table.{name}") for name in ("lever", "present", "flip", "short")]
        )
        table.columns[0].width = LABEL
        for one in kept:
            cells = [
                value_words(one.parameter, value, lang())
                for value in (one.present, one.flip, one.short)
                if value is not None
            ]
            table.add_row(lever_words(one.path, case, lang()), *cells)
        sheet.print(table)
    for outcome in ("none", "moved"):
        paths = _gathered([one.path for one in found.levers if one.outcome == outcome], case)
        names = [lever_words(path, case, lang()) for path in paths]
        if names:
            key = f"table.levers_{outcome}"
            sheet.print(words_of(key, levers=", ".join(names)), style="dim")
    times = sum(month <= found.month for month in found.life.leavings)
    key = "kept_means" if times == 1 else "kept_means_again"
    sheet.print(words_of(f"table.{key}", month=found.month, n=times), style="dim")


def _gathered(paths: list[str], case: Scenario) -> list[str]:
    """Put a lever of all organisations in place of each one's."""
    found: list[str] = []
    for path in paths:
        parts = path.split(".")
        if parts[0] == "organisations":
            every = [f"organisations.{key}.{parts[2]}" for key in case.organisations]
            path = f"organisations.*.{parts[2]}" if set(every) <= set(paths) else path
        if path not in found:
            found.append(path)
    return found


def _window(found: PersonExplained) -> tuple[int, int]:
    """Return the months of the life line to show: the stay in question, its last year."""
    life, month = found.life, found.month
    admitted = max((one for one in life.admissions if one <= month), default=0)
    last = min(len(life.table) - 1, month + AFTER)
    return max(admitted - 1, month - BEFORE, 0), last


def _life(found: PersonExplained, first: int, last: int) -> Table:
    short = ("month", "status", "visits", *TERMS, "hazard", "chance", "luck")
    table = plain_table([words_of(f"table.{name}") for name in short], left=0, gap=1)
    table.columns[1].justify = "left"
    for row in found.life.table.iloc[first : last + 1].to_dict("records"):
        cells = [decimal(row[f"read_{name}"], lang(), 2) for name in TERMS]
        cells += [decimal(row[name], lang()) for name in ("hazard", "probability", "luck")]
        visits = str(row["visits"]) if row["in_programme"] else "–"
        table.add_row(
            str(row["month"]), status_of(row["status"]), visits, *cells,
            style="bold" if row["month"] == found.month else None,
        )  # fmt: skip
    return table


def _beside(found: PersonExplained, first: int, last: int) -> Table:
    assert found.other is not None
    here = words_of("table.here", scenario=found.life.scenario.name)
    there = words_of("table.there", scenario=found.other.scenario.name)
    chance, luck = words_of("table.chance"), words_of("table.luck")
    table = plain_table([words_of("table.month"), here, chance, there, chance, luck])
    for k in (1, 3):
        table.columns[k].justify = "left"
    rows = found.beside
    for row in rows[(rows["month"] >= first) & (rows["month"] <= last)].to_dict("records"):
        sides = []
        for side in ("", "_other"):
            status = row[f"status{side}"]
            sides.append("–" if status != status else status_of(status))
            sides.append(decimal(row[f"probability{side}"], lang()))
        drawn = row["luck"] if row["luck"] == row["luck"] else row["luck_other"]
        table.add_row(str(row["month"]), *sides, decimal(drawn, lang()))
    return table
