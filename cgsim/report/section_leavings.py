"""Why people left: what their hazard came from, and how often no reason alone decided."""

from __future__ import annotations

from ..language import text
from ..study.explain.leavings import PARTS, LeavingsExplained
from ..study.explain.leavings_words import sentences
from .findings import Findings, titles
from .numbers import MISSING, number, percent
from .parts import Cell, Part, Picture, Points, Section, Table, Words
from .pictures import png


def section(found: Findings, lang: str) -> Section | None:
    """Return the section; of several scenarios the sentences alone."""
    if not found.leavings:
        return None
    parts: list[Part] = []
    if found.several:
        said = zip(titles(found, lang), found.leavings, strict=True)
        parts.append(Points(tuple((name, " ".join(sentences(one, lang))) for name, one in said)))
    else:
        told = found.leavings[0]
        parts += [Words(one) for one in sentences(told, lang)]
        if not told.leavings.empty:
            parts += [shares_table(told, lang), picture(told, lang)]
    parts.append(Words(text("report.leavings.note", lang), note=True))
    return Section("leavings", text("report.leavings.title", lang), parts)


def shares_table(told: LeavingsExplained, lang: str) -> Table:
    """Return what the hazard of all who left came from, and how often each reason decided."""
    rows = []
    for part in PARTS:
        one = told.part(part)
        name = text(f"explain.term.{part}", lang)
        cell = Cell(points(one["share"], lang), points_span(one["low"], one["high"], lang))
        rows.append((name, cell, percent(one["decisive"], lang) if part != "base" else MISSING))
    heads = tuple(text(f"report.leavings.{one}", lang) for one in ("reason", "share", "decided"))
    runs = number(told.runs, 0, lang)
    return Table(text("report.leavings.table", lang, runs=runs), heads, tuple(rows))


def points(share: float, lang: str) -> str:
    """Return a share that may be below 0, in per cent."""
    return f"{number(100.0 * share, 0, lang)}%"


def points_span(low: float, high: float, lang: str) -> str:
    """Return the ends of an interval of such a share, nothing where there is none."""
    if low != low or high != high:
        return ""
    return text("compare.to", lang, low=points(low, lang), high=points(high, lang))


def picture(told: LeavingsExplained, lang: str) -> Picture:
    """Return the figure of what the hazard came from, of all and by organisation."""
    ends = ", ".join(
        text(
            "report.alt.one", lang, name=text(f"explain.term.{part}", lang),
            value=points(told.part(part)["share"], lang),
        )
        for part in PARTS
    )  # fmt: skip
    alt = text("report.leavings.alt", lang, ends=ends)
    return Picture(png(told.plot(lang)), alt, text("report.leavings.caption", lang))
