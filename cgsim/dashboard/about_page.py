"""The about page: who says so, what is assumed, and what the model cannot say."""

# mypy: disable-error-code="attr-defined, no-untyped-call, untyped-decorator"
# Solara says little of its types.

from __future__ import annotations

import shlex

import solara

from .about import about
from .page import use_frame
from .widgets.pages import AboutPage as AboutWidget


@solara.component
def AboutPage() -> None:
    """Show what the model stands on; nothing is computed."""
    frame = use_frame("about")
    wanted = frame.settings.extra("find")
    command = shlex.join(["cgsim", "levers", *([wanted] if wanted else [])])
    solara.Title(frame.shown["words"]["title"])
    AboutWidget.element(
        about=about(frame.settings.lang), view=frame.shown | {"command": command},
        offers=frame.offers, faults=frame.faults, saved=frame.saved, on_asked=frame.answer,
    )  # fmt: skip
