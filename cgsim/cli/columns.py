"""``cgsim columns``: what the columns of the tables hold, and in which unit."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import NamedTuple, get_args

from rich.padding import Padding
from rich.text import Text

from ..columns import TABLES, Table, columns, meaning, unit_words
from ..scenario_file import did_you_mean
from .words import as_json, console, lang, refusal, word


class Told(NamedTuple):
    """A column as it is told in the language of this call."""

    table: str
    column: str
    unit: str
    meaning: str


def list_columns(pattern: str | None, table: str | None, json: bool) -> None:
    """Print each column, by table: its name, its unit, what it holds.

    Raises
    ------
    ScenarioError
        Where there is no such table, or no column that fits the pattern.
    """
    found = _chosen(pattern, _tables(table))
    if json:
        print(as_json([one._asdict() for one in found]))
        return
    sheet = console()
    for k, name in enumerate(dict.fromkeys(one.table for one in found)):
        sheet.print(("\n" if k else "") + word(f"columns.{name}"), style="bold")
        for one in (one for one in found if one.table == name):
            sheet.print(Text.assemble(one.column, "  ", (f"[{one.unit}]", "dim")))
            sheet.print(Padding(one.meaning, (0, 0, 0, 2)), markup=False)


def _tables(read: str | None) -> tuple[Table, ...]:
    for table in get_args(Table):
        if read == table:
            return (table,)
    if read is not None:
        allowed = ", ".join(TABLES)
        hint = did_you_mean(read, TABLES)
        raise refusal("--table", "no_table", read=read[:80], allowed=allowed, hint=hint)
    return TABLES


def _chosen(pattern: str | None, tables: tuple[Table, ...]) -> list[Told]:
    """Return the columns whose name contains or matches a pattern."""
    every = [(table, name) for table in tables for name in columns(table)]
    found = [
        (table, name)
        for table, name in every
        if pattern is None or pattern in name or fnmatchcase(name, pattern)
    ]
    if pattern is not None and not found:
        found = [(table, pattern) for table in tables if _is_made(pattern, table)]
    if pattern is not None and not found:
        hint = did_you_mean(pattern, [name for _, name in every])
        raise refusal("columns", "no_column", read=pattern[:80], hint=hint)
    return [
        Told(table, name, unit_words(name, table, lang()), meaning(name, table, lang()))
        for table, name in found
    ]


def _is_made(name: str, table: Table) -> bool:
    """Whether a scenario can make a column of this name, such as state_24 or spent_kpc."""
    if not re.fullmatch(r"(state_\d|spent_(?!on_)[a-z]).*", name):
        return False
    try:
        meaning(name, table)
    except KeyError:
        return False
    return True
