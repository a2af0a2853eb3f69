"""What the model cannot say: fixed, since it is the same whatever comes out."""

from __future__ import annotations

from ..evidence import entry
from ..language import text
from .findings import Findings
from .parts import Part, Points, Section, Words

OWN = ("forecast", "label", "time", "choice")
GAPS = ("G4", "G3", "G1", "G6")
"""What we do not know, in the evidence."""

AGENCY = "industry"
"""In whose place the other agency could stand (E17)."""


def section(found: Findings, lang: str) -> Section:
    """Return the section."""
    own = [one for one in OWN if one != "choice" or all(AGENCY in c.plans for c in found.cases)]
    said = [
        (text(f"report.limits.{name}", lang), text(f"report.limits.{name}_words", lang))
        for name in own
    ]
    known = [(code, getattr(entry(code), lang)) for code in GAPS]
    parts: list[Part] = [Words(text("report.limits.lead", lang)), Points((*said, *known))]
    return Section("limits", text("report.limits.title", lang), parts)
