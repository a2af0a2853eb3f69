"""The live class: one run, month by month."""

# mypy: disable-error-code="attr-defined, no-untyped-call, untyped-decorator"
# Solara says little of its types.

from __future__ import annotations

from typing import Any, cast

import solara

from .luck import luck_of
from .page import told, use_frame, use_work
from .state import run_text
from .table import table_of
from .widgets import LiveClass


@solara.component
def LivePage() -> None:
    """Show the live class as the address says; a change of a lever is a new address."""
    frame = use_frame("live")
    case, seed = frame.settings.case, frame.settings.seed
    table, set_table = solara.use_state(cast("dict[str, Any]", {}))
    asked = bool(frame.settings.extra("luck"))
    luck = use_work(
        "luck", ("luck", case.hash, seed) if asked else None, lambda: luck_of(case, seed)
    )

    def answer(wish: dict[str, Any]) -> None:
        if "table" in wish:  # large and seldom wanted, so never sent unasked
            set_table({"n": wish.get("n"), "text": table_of(case, seed)})
        else:
            set_table({})
            frame.answer(wish)

    solara.Title(frame.shown["words"]["title"])
    LiveClass.element(
        trajectory=run_text(case, seed), luck=told(luck), table=table, view=frame.shown,
        offers=frame.offers, faults=frame.faults, saved=frame.saved, on_asked=answer,
    )  # fmt: skip
