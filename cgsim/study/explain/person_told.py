"""One person's explanation as a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .person_words import sentences
from .plain import head_of, rows_of

if TYPE_CHECKING:
    from .person import PersonExplained


def told(found: PersonExplained, lang: str) -> dict[str, Any]:
    """Return all of it, fit for JSON."""
    life = found.life
    return {
        **head_of("person", life.scenario, life.seed),
        "run": life.run,
        "person": life.person,
        "month": found.month,
        "left": found.left,
        "leavings": list(life.leavings),
        "hazard": found.hazard,
        "probability": found.probability,
        "luck": found.moment.luck,
        "threshold": found.moment.threshold,
        "decisive": list(found.decisive),
        "at_the_moment": rows_of(found.moment_table),
        "through_the_world": [
            {
                "lever": one.path,
                **{name: one.stated(name) for name in ("present", "flip", "short")},
                "steps": one.steps,
                "tried": one.tried,
                "outcome": one.outcome,
            }
            for one in found.levers
        ],
        "life": rows_of(life.table),
        "against": None if found.other is None else {
            "scenario": found.other.scenario.name,
            "scenario_hash": found.other.scenario.hash,
            "leavings": list(found.other.leavings),
            "life": rows_of(found.other.table),
        },
        "sentences": sentences(found, lang),
    }  # fmt: skip
