"""What warns of decline a year ahead."""

from __future__ import annotations

from typing import Any

from ..language import text
from ..study.watch import Watch
from ..study.watch_words import about_words, definition_words, rule_words, signal_words
from .findings import Findings
from .numbers import percent
from .parts import Cell, Part, Section, Table, Words, row

MOST = 5
"""Numbers that a reader is shown."""


def section(found: Findings, lang: str) -> Section | None:
    """Return the section, of one scenario."""
    told = found.watch
    if told is None:
        return None
    parts: list[Part] = [Words(one) for one in told.sentences(lang)]
    if told.outcome in ("foretold", "not_foretold"):
        parts.append(signals_table(told, lang))
    parts.append(Words(f"{definition_words(told, lang)} {about_words(told, lang)}.", note=True))
    return Section("watch", text("report.watch.title", lang), parts)


def first_rows(told: Watch) -> list[dict[str, Any]]:
    """Return the best rows of the table of what warns."""
    rows = told.table.head(MOST).to_dict("records")
    return [{str(name): value for name, value in one.items()} for one in rows]


def signals_table(told: Watch, lang: str) -> Table:
    """Return the numbers that warn best, from which value on, with hits and false alarms."""
    rows = tuple(
        row(
            Cell(signal_words(str(one["signal"]), lang), rule_words(one, lang)),
            *(
                Cell(
                    percent(float(one[name]), lang),
                    f"{percent(float(one[f'{name}_low']), lang)}–"
                    f"{percent(float(one[f'{name}_high']), lang)}",
                )
                for name in ("hits", "false_alarms")
            ),
        )
        for one in first_rows(told)
    )
    heads = tuple(text(f"report.watch.{one}", lang) for one in ("signal", "hits", "alarms"))
    return Table(text("report.watch.table", lang), heads, rows)
