"""How it was made."""

from __future__ import annotations

from ..language import text
from .findings import Findings
from .numbers import number, time_words
from .parts import Points, Section


def section(found: Findings, lang: str) -> Section:
    """Return the section."""
    policy = found.cases[0].policy
    values = {
        "runs": number(found.runs, 0, lang),
        "seed": found.seed,
        "time": time_words(found.months, lang),
        "hold": number(policy["hold_months"], 0, lang),
    }
    for level in ("active", "dynamic"):
        values[level] = number(policy[f"{level}_cutoff"], 2, lang)
        values[f"{level}_n"] = number(policy[f"{level}_indicators"], 0, lang)
        values[f"{level}_p"] = number(policy[f"{level}_producers"], 0, lang)
    names = ("model", "states", "runs", "intervals", "grades")
    said = tuple(
        (text(f"report.method.{one}", lang), text(f"report.method.{one}_words", lang, **values))
        for one in names
    )
    return Section("method", text("report.method.title", lang), [Points(said)])
