"""What the next state waits for."""

from __future__ import annotations

from ..language import text
from ..study.summary_words import block_words
from .findings import Findings
from .numbers import percent, time_words
from .parts import Section, Table, Words


def section(found: Findings, lang: str) -> Section | None:
    """Return the section, of one scenario only."""
    if found.several:
        return None
    told, case = found.summaries[0], found.cases[0]
    rows = tuple(
        (block_words(one, case.policy["hold_months"], lang), percent(one.share, lang))
        for one in told.blocked
    )
    time = time_words(told.months, lang)
    heads = (text("report.blocked.what", lang), text("report.blocked.runs", lang))
    table = Table(text("report.blocked.table", lang, time=time), heads, rows)
    return Section(
        "blocked", text("report.blocked.title", lang),
        [Words(text("report.blocked.lead", lang)), table],
    )  # fmt: skip
