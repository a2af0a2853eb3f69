"""Small pieces of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|$~])")


def plain(words: str) -> str:
    """Return words so that none of their signs means anything."""
    return _SIGNS.sub(r"\\\1", " ".join(words.split()))


def code(words: str) -> str:
    """Return words as code, fit for a cell of a table."""
    return f"`{words.replace('|', chr(92) + '|')}`"


def anchor(words: str) -> str:
    """Return words as a name to link to, as Sphinx writes it.

    >>> anchor("lever-organisations.*.seats")
    'lever-organisations-seats'
    """
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def anchored(words: str, name: str) -> str:
    """Return words as code that can be linked to."""
    return f"[{code(words)}]{{#{name}}}"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table."""
    lines = [list(head), *(list(row) for row in rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def fence(words: str, language: str) -> str:
    """Return a block of code."""
    return f"```{language}\n{words.strip()}\n```"
