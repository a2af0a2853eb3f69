"""What several scenarios cost against the first, and who pays."""

from __future__ import annotations

from ..language import text
from ..study.compare.comparison import Comparison
from ..study.compare.money import Price
from ..study.compare.outcomes import Outcome
from ..study.compare.words import figure_of, price_words
from .findings import Findings
from .numbers import number, time_words
from .parts import Part, Picture, Row, Section, Table, Words
from .pictures import png
from .section_changes import change_cell

MONEY = Outcome("", "Rp million", -1, 1)


def section(found: Findings, lang: str) -> Section | None:
    """Return the section, of several scenarios."""
    if not found.several:
        return None
    told = found.comparison(lang)
    lead = text(
        "report.several.costs.lead", lang, runs=number(found.runs, 0, lang),
        time=time_words(found.months, lang),
    )  # fmt: skip
    parts: list[Part] = [Words(lead)]
    for other in told.names[1:]:
        parts.append(spending_table(found, told, other, "payer", lang))
        parts.append(spending_table(found, told, other, "activity", lang))
        parts.append(Words(price_words(told.prices[other]["artisan_years"], lang)))
        if said := dynamic_words(told.prices[other]["dynamic"], lang):
            parts.append(Words(said))
    parts.append(picture(told, lang))
    return Section("costs", text("report.several.costs.title", lang), parts)


def spending_table(
    found: Findings, told: Comparison, other: str, kind: str, lang: str
) -> Table:  # fmt: skip
    """Return spending of both and its difference, by payer or by activity, with the sum."""
    names = {key: said for case in found.cases for key, said in case.names.items()}
    rows: list[Row] = []
    for which, name, one in told.spending[other]:
        if which not in (kind, "all"):
            continue
        label = (
            names[name][lang]
            if which == "payer"
            else text(f"cli.costs.{name}", lang)
            if which == "activity"
            else text("report.costs.total", lang)
        )
        values = (figure_of(one.outcome, value, lang) for value in (one.before, one.after))
        rows.append((label, *values, change_cell(one, lang)))
    first = told.names[0]
    head = "who" if kind == "payer" else "what"
    heads = (
        text(f"report.costs.{head}", lang),
        first,
        other,
        text("report.several.changes.difference", lang),
    )
    caption = text(f"report.several.costs.{kind}", lang, first=first, other=other)
    return Table(caption, heads, tuple(rows), strong=1)


def dynamic_words(price: Price, lang: str) -> str:
    """Return what a run more that ends dynamic costs, nothing where there is no such number."""
    if price.quadrant != "dearer_better":
        return ""
    low, high, ratio = (figure_of(MONEY, one, lang) for one in (price.low, price.high, price.ratio))
    interval = text("compare.to", lang, low=low, high=high)
    return text("report.several.costs.dynamic", lang, ratio=ratio, interval=interval)


def picture(told: Comparison, lang: str) -> Picture:
    """Return the figure of extra cost against extra effect."""
    points = "; ".join(
        text(
            "report.several.alt.point", lang, name=other,
            cost=number(told.prices[other]["artisan_years"].cost, 0, lang),
            gain=number(told.prices[other]["artisan_years"].gain, 1, lang),
        )
        for other in told.names[1:]
    )  # fmt: skip
    alt = text("report.several.alt.money", lang, first=told.names[0], points=points)
    return Picture(png(told.plot.money(lang)), alt, text("report.several.caption.money", lang))
