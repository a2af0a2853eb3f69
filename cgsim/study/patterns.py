"""Does the world show what it must? Patterns P1–P20 and moves C1–C15, promised and seen.

A promise about shares is kept if the 99 % interval (Newcombe) of promised minus seen contains
0 or they differ by at most 0.10; one about a size if it is within 15 %; one about a direction
if it holds in pairs of the same luck at 95 %. A pattern is *met* if all its promises are kept,
*direction met* if its directions are, else *not met*.
"""

from __future__ import annotations

import sys
from typing import Literal

from .cases import RUNS, SEED, Study, cases_of, names, table
from .promises import DIRECTIONS, Check, promise

Verdict = Literal["met", "direction met", "not met"]

VERDICTS: tuple[Verdict, ...] = ("met", "direction met", "not met")

__all__ = [
    "RUNS", "SEED", "VERDICTS", "Check", "Study", "Verdict", "cases_of", "check", "names",
    "table", "verdict",
]  # fmt: skip


def check(study: Study, pattern: str) -> list[Check]:
    """Return every promise of a pattern with what was seen.

    Raises
    ------
    KeyError
        For a pattern that the table does not have.
    """
    return [
        one for row in table()["patterns"][pattern] for one in promise(study, pattern, row)
    ]  # fmt: skip


def verdict(checks: list[Check]) -> Verdict:
    """Return the verdict on one pattern's promises."""
    if all(one.holds for one in checks):
        return "met"
    directions = [one for one in checks if one.kind in DIRECTIONS]
    if directions and all(one.holds for one in directions):
        return "direction met"
    return "not met"


if __name__ == "__main__":
    from .pattern_page import write

    sys.exit(write())
