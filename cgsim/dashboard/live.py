"""The live class: one run, month by month."""

# mypy: disable-error-code="attr-defined, no-untyped-call, untyped-decorator"
# Solara says little of its types.

from __future__ import annotations

import solara

from .luck import luck_of
from .page import told, use_frame, use_work
from .state import run_of
from .widgets import LiveClass


@solara.component
def LivePage() -> None:
    """Show the live class as the address says; a change of a lever is a new address."""
    frame = use_frame("live")
    run = run_of(frame.settings.case, frame.settings.seed)
    case, seed = frame.settings.case, frame.settings.seed
    asked = bool(frame.settings.extra("luck"))
    luck = use_work(
        "luck", ("luck", case.hash, seed) if asked else None, lambda: luck_of(case, seed)
    )
    solara.Title(frame.shown["words"]["title"])
    LiveClass.element(
        trajectory=run, luck=told(luck), view=frame.shown, offers=frame.offers, faults=frame.faults,
        saved=frame.saved, on_asked=frame.answer,
    )  # fmt: skip
