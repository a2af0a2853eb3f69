"""What a report is made of: sections of sentences, tables, figures; no HTML yet.

A section says what stands in it; the templates say how it looks. Text is plain everywhere and
is escaped when it is set into the page: titles and questions come from files of users.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple


class Cell(NamedTuple):
    """A number of a table and, beneath it in small, its interval."""

    main: str
    more: str = ""


Row = tuple[str | Cell, ...]
"""A row of a table: its name, then its cells."""


def row(*cells: str | Cell) -> Row:
    """Return a row of a table."""
    return cells


@dataclass(frozen=True)
class Words:
    """A paragraph; a note is set smaller."""

    kind: ClassVar[str] = "words"
    words: str
    note: bool = False


@dataclass(frozen=True)
class Points:
    """A list of sentences, each perhaps with a bold word before it."""

    kind: ClassVar[str] = "points"
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """A table with a caption; the first cell of each row names it.

    Attributes
    ----------
    caption : str
    head : tuple of str
    rows : tuple
        Each a name and its cells, as many as the head has.
    strong : int
        How many rows at the end are sums.
    words : bool
        Whether cells hold words, not numbers, and so start at the left.
    """

    MOST_WHOLE: ClassVar[int] = 24

    kind: ClassVar[str] = "table"
    caption: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    strong: int = 0
    words: bool = False

    @property
    def whole(self) -> bool:
        """Whether it is short enough to stand on one page."""
        return len(self.rows) <= self.MOST_WHOLE


@dataclass(frozen=True)
class Picture:
    """A figure as PNG, what it shows in words for who cannot see it, and a caption."""

    kind: ClassVar[str] = "picture"
    png: bytes
    alt: str
    caption: str


@dataclass(frozen=True)
class Tiles:
    """The few numbers to remember: number, interval, what it is."""

    kind: ClassVar[str] = "tiles"
    items: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Facts:
    """Names and what stands behind them."""

    kind: ClassVar[str] = "facts"
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Code:
    """What is typed or stands in a file, letter by letter; a long one in columns."""

    kind: ClassVar[str] = "code"
    words: str
    label: str
    long: bool = False


Part = Words | Points | Table | Picture | Tiles | Facts | Code


@dataclass(frozen=True)
class Section:
    """One section of a report.

    Attributes
    ----------
    key : str
        Its place in the address, as ``costs``.
    title : str
    parts : sequence of Part
    new_page : bool
        Whether it starts on a new page in print.
    """

    key: str
    title: str
    parts: Sequence[Part]
    new_page: bool = False
