"""The explanation of all leavings as a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .leavings_words import sentences
from .plain import head_of, rows_of

if TYPE_CHECKING:
    from .leavings import LeavingsExplained


def told(found: LeavingsExplained, lang: str) -> dict[str, Any]:
    """Return all but the single leavings, fit for JSON."""
    return {
        **head_of("leavings", found.scenario, found.seed),
        "runs": found.runs,
        "leavings": len(found.leavings),
        "person_months": int(found.at_risk["person_months"].sum()),
        "shares": rows_of(found.shares),
        "sentences": sentences(found, lang),
    }
