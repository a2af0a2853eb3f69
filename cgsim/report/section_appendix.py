"""The scenarios, complete, so that whoever has the report alone can do it again."""

from __future__ import annotations

from ..language import text
from .findings import Findings
from .parts import Code, Part, Section, Words


def section(found: Findings, lang: str) -> Section:
    """Return the section."""
    parts: list[Part] = []
    for case in found.cases:
        parts.append(Words(text("report.appendix.lead", lang, hash=case.hash), note=True))
        label = text("report.appendix.label", lang, name=case.name)
        parts.append(Code(case.to_yaml(), label, long=True))
    return Section("scenario", text("report.appendix.title", lang), parts, new_page=True)
