"""The people page: who left and why, and what would have kept them."""

# mypy: disable-error-code="attr-defined, no-untyped-call, untyped-decorator"
# Solara says little of its types.

from __future__ import annotations

from typing import Any

import solara

from .desk import Answer
from .page import told, use_frame, use_work
from .persons import (
    asked,
    everybody,
    people_command,
    reasons_of,
    shown_person,
    term_names,
)
from .widgets.pages import PeoplePage as PeopleWidget


@solara.component
def PeoplePage() -> None:
    """Show the people of the run that the address says, and one of them."""
    frame = use_frame("people")
    settings, lang = frame.settings, frame.settings.lang
    case, seed = settings.case, settings.seed
    wanted, wrong = solara.use_memo(lambda: asked(settings), [settings])
    kept = use_work("kept", wanted and wanted.key, lambda: wanted.kept() if wanted else {})
    wish = ("reasons", case.hash, seed) if settings.extra("reasons") else None
    reasons = use_work("reasons", wish, lambda: reasons_of(case, seed))
    levers = kept.result["levers"] if kept is not None and kept.state == "done" else ()
    person = solara.use_memo(
        lambda: shown_person(wanted, levers, lang) if wanted else {}, [wanted, levers, lang]
    )
    solara.Title(frame.shown["words"]["title"])
    PeopleWidget.element(
        everybody=everybody(case, seed), person=person | {"work": _standing(kept)},
        reasons=told(reasons), terms=term_names(lang), wrong=wrong,
        view=frame.shown | {"command": people_command(settings, wanted)}, offers=frame.offers,
        faults=frame.faults, saved=frame.saved, on_asked=frame.answer,
    )  # fmt: skip


def _standing(answer: Answer | None) -> dict[str, Any]:
    """Return where the work stands, without what came of it."""
    if answer is None:
        return {}
    return {"state": answer.state, "before": answer.before, "share": answer.share}
