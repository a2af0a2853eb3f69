"""The map: how likely each state is over two levers, with the scenarios as pins."""

# mypy: disable-error-code="attr-defined, no-untyped-call, untyped-decorator"
# Solara says little of its types.

from __future__ import annotations

from typing import Any

import solara

from .desk import Answer
from .page import told, use_frame, use_work
from .phases import Asked, asked, fault_words, map_command, offered_axes, shown_map
from .state import Settings
from .widgets.pages import PhaseMapPage


@solara.component
def MapPage() -> None:
    """Show the map as the address says; the shipped one at once, another from the desk."""
    frame = use_frame("map")
    settings, lang = frame.settings, frame.settings.lang
    wanted, wrong = asked(settings)
    answer = use_work("map", wanted.key, wanted.made)
    phases = solara.use_memo(
        lambda: _phases(wanted, answer, settings), [settings, wanted.key, answer]
    )
    faults = [*fault_words(wrong, lang), *phases.pop("fault", [])]
    solara.Title(frame.shown["words"]["title"])
    PhaseMapPage.element(
        phases=phases, axes=offered_axes(settings.case, lang), wrong=faults,
        view=frame.shown | {"command": map_command(settings, wanted)}, offers=frame.offers,
        faults=frame.faults, saved=frame.saved, on_asked=frame.answer,
    )  # fmt: skip


def _phases(wanted: Asked, answer: Answer | None, settings: Settings) -> dict[str, Any]:
    """Return the map for the widget, or where the work on it stands."""
    axes = {"chosen": [wanted.x.path, wanted.y.path]}
    if wanted.shipped is not None:
        return axes | {"state": "done"} | shown_map(wanted.shipped, settings, "shipped")
    if wanted.runs == 0:
        return axes | {"state": "large"}
    if answer is None or answer.state != "done":
        return axes | told(answer)
    if "fault" in answer.result:
        return axes | {"state": "none", "fault": fault_words(answer.result["fault"], settings.lang)}
    return axes | {"state": "done"} | shown_map(answer.result["map"], settings, "computed")
