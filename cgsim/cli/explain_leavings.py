"""All leavings' explanation as sentences and tables, within 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from ..study.explain.leavings import PARTS
from ..study.explain.life import TERMS
from ..study.explain.wording import decimal, percent
from .explain_sheet import plain_table, print_title, say_all, status_of, term_of, words_of
from .words import lang, number

if TYPE_CHECKING:
    from rich.console import Console

    from ..study.explain import LeavingsExplained

GROUP = 20
"""Columns of a group's name."""


def print_leavings(sheet: Console, found: LeavingsExplained) -> None:
    """Print the answer, the shares of all, and those of each group."""
    from ..study.explain.leavings_words import sentences

    say_all(sheet, sentences(found, lang()))
    if found.leavings.empty:
        return
    print_title(sheet, "shares")
    sheet.print(_shares(found))
    print_title(sheet, "groups")
    sheet.print(_groups(found))
    sheet.print(f"\n{words_of('table.shares_note')}", style="dim")


def _shares(found: LeavingsExplained) -> Table:
    names = ("reason", "share", "added", "alone")
    table = plain_table([words_of(f"table.{name}") for name in names])
    for part in PARTS:
        row = found.part(part)
        share = percent(row["share"], lang())
        if row["low"] == row["low"]:
            low, high = (number(round(100.0 * row[end]) + 0.0) for end in ("low", "high"))
            share = f"{share} {f'({low} … {high})':>13}"
        table.add_row(
            term_of(part), share, decimal(row["added"], lang()), percent(row["decisive"], lang())
        )
    return table


def _groups(found: LeavingsExplained) -> Table:
    names = [words_of(f"table.{name}") for name in ("group", "left", "rate", "base")]
    names += [words_of(f"table.{name}") for name in (*TERMS, "bad")]
    table = plain_table(names, gap=1)
    table.columns[0].min_width = GROUP
    shares = found.shares
    for kind in ("organisation", "status", "year"):
        table.add_row(words_of(f"kind.{kind}"), style="dim")
        some = shares[shares["kind"] == kind]
        for group in some["group"].unique():
            parts = {row["part"]: row for row in some[some["group"] == group].to_dict("records")}
            base = parts["base"]
            cells = [number(base["leavings"]), _share(base["rate"], 1), _share(base["share"])]
            cells += [_share(parts[term]["share"]) for term in TERMS]
            table.add_row(f" {_group(found, kind, group)}", *cells, _share(base["decisive"]))
    return table


def _share(value: float, digits: int = 0) -> str:
    return "–" if value != value else number(round(100.0 * value, digits) + 0.0, digits)


def _group(found: LeavingsExplained, kind: str, group: str) -> str:
    if kind == "organisation":
        return found.scenario.names[group][lang()]
    return status_of(group) if kind == "status" else group
