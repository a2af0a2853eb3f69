"""What it costs, and who pays."""

from __future__ import annotations

from collections.abc import Iterable

from ..language import text
from ..study.summary import Mean, Summary
from .findings import Findings
from .numbers import MISSING, mean_cell, mean_span, number, percent, time_words
from .parts import Part, Row, Section, Table, Words


def section(found: Findings, lang: str) -> Section | None:
    """Return the section, of one scenario only."""
    if found.several:
        return None
    told, names = found.summaries[0], found.cases[0].names
    lead = text(
        "report.costs.lead", lang, runs=number(told.runs, 0, lang),
        time=time_words(told.months, lang),
    )  # fmt: skip
    payers = ((names[key][lang], mean) for key, mean in told.spent_by.items())
    activities = ((text(f"cli.costs.{key}", lang), mean) for key, mean in told.spent_on.items())
    parts: list[Part] = [
        Words(lead),
        table(told, "payer", "who", payers, lang),
        table(told, "activity", "what", activities, lang),
        Words(each_words(told, lang)),
    ]
    visits = told.visits_per_trainee_year
    if visits.mean is not None:
        values = {"n": number(visits.mean, 1, lang), "interval": mean_span(visits, 1, lang)}
        parts.append(Words(text("report.costs.visits", lang, **values)))
    return Section("costs", text("report.costs.title", lang), parts)


def table(
    told: Summary, caption: str, first: str, means: Iterable[tuple[str, Mean]], lang: str
) -> Table:
    """Return spending, row by row, with each row's share and the sum."""
    total = told.spent.mean or 0.0

    def spending(words: str, mean: Mean) -> Row:
        share = percent((mean.mean or 0.0) / total, lang) if total else MISSING
        return words, mean_cell(mean, 0, lang), share

    rows = [spending(words, mean) for words, mean in means]
    rows.append(spending(text("report.costs.total", lang), told.spent))
    heads = tuple(text(f"report.costs.{name}", lang) for name in (first, "amount", "share"))
    return Table(text(f"report.costs.{caption}", lang), heads, tuple(rows), strong=1)


def each_words(told: Summary, lang: str) -> str:
    """Return what an independent artisan costs."""
    each = told.cost_per_independent
    if each.mean is None:
        return text("report.costs.none", lang)
    values = {"each": number(each.mean, 0, lang), "interval": mean_span(each, 0, lang) or MISSING}
    if each.runs == told.runs:
        return text("report.costs.each", lang, **values)
    runs = {"some": number(each.runs, 0, lang), "runs": number(told.runs, 0, lang)}
    return text("report.costs.each_some", lang, **values, **runs)
