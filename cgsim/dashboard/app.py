"""The page that Solara serves: it reads the address, computes the run, hands both on."""

# mypy: disable-error-code="attr-defined, no-untyped-call, untyped-decorator"
# Solara says little of its types.

from __future__ import annotations

from typing import Any, cast

import solara
from solara.lab.utils.headers import headers

from ..errors import Message
from .address import changed, language_of, read, write
from .state import run_of, view
from .widgets import LiveClass


@solara.component
def Page() -> None:
    """Show the live class as the address says; a change of a lever is a new address."""
    router = solara.use_router()
    refused, set_refused = solara.use_state(cast("list[Message]", []))
    settings, notices = read(router.search, _accepted_language())

    def answer(asked: dict[str, Any]) -> None:
        after, wrong = changed(settings, asked["change"])
        set_refused(wrong)
        router.push(f"/?{write(after)}")

    shown = view(settings, [*notices, *refused])
    run = run_of(settings.case, settings.seed)
    solara.Title(shown["words"]["title"])
    LiveClass.element(trajectory=run, view=shown, on_asked=answer)


@solara.component
def Layout(children: list[Any]) -> None:
    """Leave the whole window to the page."""
    solara.Column(children=children, gap="0", style={"min-height": "100vh"})


def _accepted_language() -> str:
    """The language that the visitor's browser asks for."""
    sent = headers.value or {}
    return language_of(",".join(sent.get("accept-language", [])))
