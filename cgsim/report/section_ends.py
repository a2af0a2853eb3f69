"""Where the pairs end: better, equal or worse, and from which state to which."""

from __future__ import annotations

from ..language import text
from ..study.compare.comparison import Comparison
from ..world.shape import STATES
from .findings import Findings
from .front import state_word
from .front_of_several import ends_picture
from .numbers import percent
from .parts import Part, Section, Table


def section(found: Findings, lang: str) -> Section | None:
    """Return the section, of several scenarios."""
    if not found.several:
        return None
    told = found.comparison(lang)
    parts: list[Part] = [] if len(told.names) == 2 else [ends_picture(told, lang)]
    for other in told.names[1:]:
        parts.append(ranking_table(told, other, lang))
        parts.append(transition_table(told, other, lang))
    return Section("ends", text("report.several.ends.title", lang), parts)


def ranking_table(told: Comparison, other: str, lang: str) -> Table:
    """Return the shares of pairs that end better, equal, worse, by each way to read it."""
    rows = tuple(
        (
            text(f"report.several.ends.{one.rule}.{one.cutoffs}", lang),
            *(percent(many / one.pairs, lang) for many in (one.better, one.equal, one.worse)),
        )
        for one in told.rankings[other]
    )
    heads = tuple(
        text(f"report.several.ends.{one}", lang) for one in ("rule", "better", "equal", "worse")
    )
    caption = text("report.several.ends.table", lang, first=told.names[0], other=other)
    return Table(caption, heads, rows)


def transition_table(told: Comparison, other: str, lang: str) -> Table:
    """Return the shares of pairs by the end states of both."""
    table = told.transitions[told.transitions["scenario"] == other]
    share = table.set_index(["first_state", "state"])["share"]
    rows = tuple(
        (
            state_word(before, lang),
            *(percent(float(share[before, after]), lang) for after in STATES),
        )
        for before in STATES
    )
    heads = (text("report.several.ends.from", lang), *(state_word(one, lang) for one in STATES))
    caption = text("report.several.ends.transitions", lang, first=told.names[0], other=other)
    return Table(caption, heads, rows)
