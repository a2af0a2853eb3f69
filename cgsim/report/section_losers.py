"""Who clearly gains and who clearly loses by each scenario against the first."""

from __future__ import annotations

from ..language import text
from ..study.compare.comparison import Comparison
from ..study.compare.differences import Difference
from ..study.compare.words import figure_of, outcome_label
from .findings import Findings
from .parts import Part, Row, Section, Table, Words
from .section_changes import change_cell

PEOPLE = (
    "producers", "independents", "retention", "mean_income", "household_income", "jobs", "sales",
    "unmet_orders",
)  # fmt: skip
"""Outcomes in which somebody gains; whatever gets worse is told, whoever it hits."""


def section(found: Findings, lang: str) -> Section | None:
    """Return the section, of several scenarios."""
    if not found.several:
        return None
    told = found.comparison(lang)
    parts: list[Part] = [Words(text("report.several.gains.lead", lang))]
    for other in told.names[1:]:
        for judgement, caption, nobody in (
            ("better", "gains", "nobody_gains"), ("worse", "losers", "nobody_loses"),
        ):  # fmt: skip
            rows = judged(found, told, other, judgement, lang)
            if not rows:
                parts.append(Words(text(f"report.several.gains.{nobody}", lang, other=other)))
                continue
            heads = tuple(
                text(f"report.several.gains.{one}", lang)
                for one in ("what", "before", "difference")
            )
            said = text(f"report.several.gains.{caption}", lang, other=other)
            parts.append(Table(said, heads, tuple(rows)))
    return Section("gains", text("report.several.gains.title", lang), parts)


def judged(found: Findings, told: Comparison, other: str, judgement: str, lang: str) -> list[Row]:
    """Return every outcome and payer that clearly does better, or clearly does worse."""
    names = {key: said for case in found.cases for key, said in case.names.items()}
    every: list[tuple[str, Difference]] = [
        (outcome_label(name, lang), one)
        for name, one in told.differences[other].items()
        if name != "spent" and (judgement == "worse" or name in PEOPLE)
    ]
    every += [
        (text("report.several.gains.pays", lang, who=names[name][lang]), one)
        for kind, name, one in told.spending[other]
        if kind == "payer"
    ]
    return [
        (label, figure_of(one.outcome, one.before, lang), change_cell(one, lang))
        for label, one in every
        if one.judgement == judgement
    ]
