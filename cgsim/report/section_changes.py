"""What changes from the first scenario to each other one, pair by pair."""

from __future__ import annotations

from ..language import text
from ..study.compare.comparison import Comparison
from ..study.compare.differences import Difference
from ..study.compare.outcomes import OUTCOMES
from ..study.compare.words import figure_of, interval_of, outcome_label
from .findings import Findings
from .numbers import number, percent, time_words
from .parts import Cell, Part, Picture, Row, Section, Table, Words
from .pictures import png


def section(found: Findings, lang: str) -> Section | None:
    """Return the section, of several scenarios."""
    if not found.several:
        return None
    told, runs = found.comparison(lang), number(found.runs, 0, lang)
    first, *others = told.names
    parts: list[Part] = [Words(text("report.several.changes.lead", lang, runs=runs))]
    parts += [changes_table(found, told, other, lang) for other in others]
    time = time_words(found.months, lang)
    alt = text("report.several.alt.bands", lang, time=time, runs=runs)
    caption = text("report.several.caption.bands", lang)
    parts.append(Picture(png(told.plot.bands(lang)), alt, caption))
    alt = text("report.several.alt.changes", lang, time=time, first=first)
    caption = text("report.several.caption.changes", lang)
    parts.append(Picture(png(told.plot.differences(lang)), alt, caption))
    return Section("changes", text("report.several.changes.title", lang), parts, new_page=True)


def changes_table(found: Findings, told: Comparison, other: str, lang: str) -> Table:
    """Return every outcome of both, their difference, and the pairs that do better."""
    first = told.names[0]
    rows = tuple(
        row_of(outcome_label(one.name, lang), told.differences[other][one.name], lang)
        for one in OUTCOMES
    )
    heads = (
        text("report.several.changes.outcome", lang, time=time_words(found.months, lang)),
        first,
        other,
        text("report.several.changes.difference", lang),
        text("report.several.changes.better", lang),
    )
    caption = text("report.several.changes.table", lang, first=first, other=other)
    return Table(caption, heads, rows)


def row_of(label: str, one: Difference, lang: str) -> Row:
    """Return an outcome as a row: before, after, difference, pairs that do better."""
    before, after = (figure_of(one.outcome, value, lang) for value in (one.before, one.after))
    return label, before, after, change_cell(one, lang), percent(one.better, lang)


def change_cell(one: Difference, lang: str) -> Cell:
    """Return a mean difference above its interval."""
    main = figure_of(one.outcome, one.mean, lang, sign=True)
    return Cell(main, interval_of(one.outcome, one.low, one.high, lang))
