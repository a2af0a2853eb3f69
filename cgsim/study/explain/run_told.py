"""One run's explanation as a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .plain import head_of, rows_of
from .run_words import sentences

if TYPE_CHECKING:
    from .run import RunExplained


def told(found: RunExplained, lang: str) -> dict[str, Any]:
    """Return all of it, fit for JSON."""
    return {
        **head_of("run", found.scenario, found.seed),
        "run": found.run,
        "changes": rows_of(found.changes),
        "crossings": rows_of(found.crossings),
        "blocked": rows_of(found.blocked),
        "spells": rows_of(found.spells),
        "months": rows_of(found.months),
        "people": rows_of(found.people),
        "events": [
            {"after_months": one.after, "kind": one.kind, "text": one.in_language(lang)}
            for one in found.events
        ],
        "sentences": sentences(found, lang),
    }
