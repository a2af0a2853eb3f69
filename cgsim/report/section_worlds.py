"""In how many worlds the end of one scenario holds, and which assumption decides."""

from __future__ import annotations

import numpy as np

from ..language import text
from ..study.outlook import Outlook
from ..study.summary import Share
from ..study.varied import lever_words
from ..world.shape import STATES
from .findings import Findings
from .front import state_word
from .numbers import number, percent, signed, span_of, time_words
from .parts import Cell, Part, Row, Section, Table, Words, row

MOST = 3
"""Assumptions named for each outcome."""


def section(found: Findings, lang: str) -> Section | None:
    """Return the section; none where no worlds were drawn."""
    told = found.outlook
    if told is None:
        return None
    lead = text(
        f"report.worlds.{'given' if told.given else 'lead'}", lang,
        worlds=number(len(told.table), 0, lang),
        n=number(len(told.drawn.columns), 0, lang), runs=number(told.runs, 0, lang),
    )  # fmt: skip
    parts: list[Part] = [Words(lead), Words(holding_words(told, lang)), bands(found, told, lang)]
    parts += deciding(told, found, lang)
    return Section("worlds", text("report.worlds.title", lang), parts)


def holding_words(told: Outlook, lang: str) -> str:
    """Return in how many worlds the commonest state is the same, and what it is elsewhere."""
    share = told.holding
    counts = told.table["commonest"].value_counts()
    said = text(
        "report.worlds.holding", lang, state=state_word(told.state, lang),
        n=number(int(counts.get(told.state, 0)), 0, lang),
        worlds=number(len(told.table), 0, lang),
        share=percent(share.share, lang), interval=span_of(share, lang),
    )  # fmt: skip
    elsewhere = [
        text("report.worlds.other", lang, state=state_word(one, lang), n=int(counts[one]))
        for one in STATES
        if one != told.state and one in counts.index
    ]
    if elsewhere:
        said += " " + text("report.worlds.elsewhere", lang, others=", ".join(elsewhere))
    return said


def bands(found: Findings, told: Outlook, lang: str) -> Table:
    """Return how far luck alone and how far other numbers spread what comes out."""
    runs = found.simulations[0].runs
    low, high = np.quantile(runs["producers"].to_numpy(dtype=float), (0.05, 0.95))
    rows: list[Row] = [
        (
            text("report.worlds.producers", lang),
            span(float(low), float(high), lang),
            span(*told.band("producers"), lang),
        )
    ]
    for state in STATES:
        share = float((runs["end_state"] == state).mean())
        low_share, high_share = told.band(state)
        ends = span_of(Share(share, low_share, high_share), lang)
        name = text("report.worlds.share", lang, state=state_word(state, lang))
        rows.append((name, percent(share, lang), ends))
    time = time_words(found.months, lang)
    heads = (
        text("report.worlds.what", lang, time=time),
        text("report.worlds.luck", lang),
        text("report.worlds.ignorance", lang),
    )
    return Table(text("report.worlds.table", lang), heads, tuple(rows))


def span(low: float, high: float, lang: str) -> str:
    """Return the ends of a band of counts."""
    return f"{number(low, 0, lang)}–{number(high, 0, lang)}"


def deciding(told: Outlook, found: Findings, lang: str) -> list[Part]:
    """Return the assumptions that move the answer most."""
    case, state = found.cases[0], state_word(told.state, lang)
    names = {
        told.state: text("report.worlds.on_state", lang, state=state),
        "producers": text("report.worlds.on_producers", lang),
    }
    leading = {column: told.leading(column).head(MOST) for column in names}
    rows = tuple(
        row(Cell(lever_words(path, case, lang), path), names[column], signed(rho, 2, lang))
        for column, table in leading.items()
        for path, rho in zip(table["path"].astype(str), table["rho"], strict=True)
    )
    worlds = number(len(told.table), 0, lang)
    if not rows:
        return [Words(text("report.worlds.nobody", lang, worlds=worlds))]
    first = leading[told.state]
    if len(first):
        way = "more" if first["rho"].iloc[0] > 0 else "less"
        path = str(first["path"].iloc[0])
        said = text(
            "report.worlds.decides", lang, lever=lever_words(path, case, lang), path=path,
            more=text(f"report.worlds.{way}", lang), state=state,
        )  # fmt: skip
    else:
        said = text("report.worlds.nobody_state", lang, worlds=worlds, state=state)
    heads = tuple(text(f"report.worlds.{one}", lang) for one in ("assumption", "moves", "strength"))
    table = Table(text("report.worlds.deciding", lang), heads, rows)
    return [Words(said), table, Words(text("report.worlds.note", lang), note=True)]
