"""What the tables of explanations share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rich.table import Table

from .words import word

if TYPE_CHECKING:
    from rich.console import Console


def words_of(key: str, **values: object) -> str:
    """Return the words under a key of ``explain``."""
    return word(f":explain.{key}", **values)


def term_of(name: str) -> str:
    """Return a reason's name."""
    return words_of(f"term.{name}")


def say_all(sheet: Console, sentences: Iterable[str]) -> None:
    """Print sentences, the first in bold."""
    for k, sentence in enumerate(sentences):
        sheet.print(sentence, style="bold" if k == 0 else None)


def print_title(sheet: Console, key: str, **values: object) -> None:
    """Print the title of a table."""
    sheet.print(f"\n{words_of(f'table.{key}', **values)}", style="bold")


def plain_table(headings: Iterable[str], left: int = 1, gap: int = 2) -> Table:
    """Return a table without lines, the first columns to the left."""
    table = Table(box=None, pad_edge=False, padding=(0, gap, 0, 0), header_style="dim")
    for k, heading in enumerate(headings):
        justify: Any = "left" if k < left else "right"
        table.add_column(heading, justify=justify, vertical="bottom", overflow="fold")
    return table


def status_of(name: str) -> str:
    """Return a status in a word."""
    return words_of(f"short.{name}")


def blocker_of(by: str) -> str:
    """Return in a word or two what stands in the way."""
    if not by:
        return words_of("table.nothing")
    return words_of(f"{'short' if by in ('producers', 'time') else 'blocker'}.{by}")
