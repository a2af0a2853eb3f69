"""The live class: one run, month by month."""

# mypy: disable-error-code="attr-defined, no-untyped-call, untyped-decorator"
# Solara says little of its types.

from __future__ import annotations

import solara

from .page import use_frame
from .state import run_of
from .widgets import LiveClass


@solara.component
def LivePage() -> None:
    """Show the live class as the address says; a change of a lever is a new address."""
    frame = use_frame("live")
    run = run_of(frame.settings.case, frame.settings.seed)
    solara.Title(frame.shown["words"]["title"])
    LiveClass.element(
        trajectory=run, view=frame.shown, offers=frame.offers, faults=frame.faults,
        saved=frame.saved, on_asked=frame.answer,
    )  # fmt: skip
