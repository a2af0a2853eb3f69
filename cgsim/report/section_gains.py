"""Who gains and who loses, as one scenario leaves them."""

from __future__ import annotations

from ..language import text
from ..study.summary import mean
from .findings import Findings
from .numbers import DECIMALS, mean_cell, number, time_words
from .parts import Part, Row, Section, Table, Words

COLUMNS = (
    "ever_trained", "active_trainees", "gone", "mean_income", "independents_above_wage", "jobs",
    "sales", "local_revenue", "unmet_orders",
)  # fmt: skip
"""Columns of `runs`, and who was trained and is not there, in the order of the table."""

FINE = {**DECIMALS, "local_revenue": 2}


def section(found: Findings, lang: str) -> Section | None:
    """Return the section, of one scenario only."""
    if found.several:
        return None
    told, runs = found.summaries[0], found.simulations[0].runs
    runs = runs.assign(gone=runs["ever_trained"] - runs["active_trainees"])
    time = time_words(told.months, lang)
    rows: list[Row] = [
        (
            text(f"report.gains.{name}", lang),
            mean_cell(mean(runs[name].to_numpy(dtype=float)), FINE.get(name, 1), lang),
        )
        for name in COLUMNS
    ]
    for key, spent in told.spent_by.items():
        who = found.cases[0].names[key][lang]
        label = text("report.gains.spent_by", lang, who=who, time=time)
        rows.append((label, mean_cell(spent, 0, lang)))
    heads = (text("report.gains.side", lang), text("report.gains.mean", lang))
    middle = {name: float(runs[name].mean()) for name in (*COLUMNS, "sales_total", "producers")}
    few = middle["active_trainees"] > 0.5 * middle["ever_trained"]
    sentence = text(
        "report.gains.few" if few else "report.gains.sentence", lang,
        trained=number(middle["ever_trained"], 0, lang),
        active=number(middle["active_trainees"], 0, lang),
        income=number(middle["mean_income"], 2, lang),
        above=number(middle["independents_above_wage"], 0, lang),
        producers=number(middle["producers"], 0, lang),
    )  # fmt: skip
    sums = text(
        "report.gains.sums", lang, time=time, sales=number(middle["sales_total"], 0, lang),
        spent=number(told.spent.mean, 0, lang),
    )  # fmt: skip
    parts: list[Part] = [
        Words(text("report.gains.lead", lang, time=time)),
        Words(sentence),
        Words(sums),
        Table(text("report.gains.table", lang, time=time), heads, tuple(rows)),
    ]
    return Section("gains", text("report.gains.title", lang), parts)
