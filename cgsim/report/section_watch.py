"""What warns of decline a year ahead."""

from __future__ import annotations

from ..language import text
from .findings import Findings
from .parts import Section, Words


def section(found: Findings, lang: str) -> Section | None:
    """Return the section, of one scenario."""
    if found.watch is None:
        return None
    parts = [Words(one) for one in found.watch.sentences(lang)]
    return Section("watch", text("report.watch.title", lang), parts)
