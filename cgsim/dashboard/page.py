"""What all pages share: the address read, a change answered, the frame handed on."""

# mypy: disable-error-code="attr-defined, no-untyped-call, untyped-decorator"
# Solara says little of its types.

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, cast

import solara
from solara.lab.utils.headers import headers
from solara.server.kernel_context import get_current_context

from ..errors import Message, ScenarioError
from .address import OTHERS, changed, language_of, read, write
from .desk import DESK, Answer
from .own import LONGEST_ADDRESS, packed, too_long, unpacked
from .state import Settings
from .view import PAGES, offers, saved, view

log = logging.getLogger("cgsim")

PATHS = {page: "/" if page == PAGES[0] else f"/{page}" for page in PAGES}


@dataclass(frozen=True)
class Frame:
    """What a page gets around its own pictures.

    Attributes
    ----------
    settings : Settings
    shown : dict
        `view`, for the widget.
    offers : str
        Every lever of each scenario, for the widget, as JSON.
    faults : list of dict
        What is wrong with a file that the visitor opened: words of each fault.
    saved : str
        The scenario played, as a file.
    answer : callable
        Takes what the widget asks: ``change`` of the address, ``page`` to go to, ``open`` the
        text of a file, ``side`` the letter of the scenario that it takes the place of.
    """

    settings: Settings
    shown: dict[str, Any]
    offers: str
    faults: list[str]
    saved: str
    answer: Callable[[dict[str, Any]], None]


def use_frame(page: str, filled: Callable[[Settings], Settings] | None = None) -> Frame:
    """Read the address and return the frame of a page; a hook of Solara.

    Parameters
    ----------
    page : str
        One of `view.PAGES`.
    filled : callable, optional
        Puts into the settings what the page needs and the address leaves out.
    """
    router = solara.use_router()
    refused, set_refused = solara.use_state(cast("list[Message]", []))
    faults, set_faults = solara.use_state(cast("list[ScenarioError]", []))
    settings, notices = read(router.search, accepted_language())
    settings = settings if filled is None else filled(settings)

    def go(after: Settings, to: str) -> None:
        router.push(f"{PATHS[to]}?{write(after)}")

    def answer(asked: dict[str, Any]) -> None:
        to = asked.get("page", page)
        set_faults([])
        set_refused([])
        try:
            change = dict(asked.get("change") or {})
            if "open" in asked:
                change[_own_of(asked.get("side"))] = _opened(asked["open"])
        except ScenarioError as wrong:
            set_faults([wrong])
            return
        after, wrongs = changed(settings, change)
        if len(write(after)) > LONGEST_ADDRESS:
            set_faults([too_long()])
            return
        set_refused(wrongs)
        go(after, to if to in PATHS else page)

    lines = [line for one in faults for line in one.in_language(settings.lang).splitlines()]
    return Frame(
        settings, view(settings, page, [*notices, *refused]), offers(settings), lines,
        saved(settings), steady(answer),
    )  # fmt: skip


def steady(answer: Callable[[dict[str, Any]], None]) -> Callable[[dict[str, Any]], None]:
    """Return an answer that no message can break, such as one that no page of ours sends.

    The page stays as it was; what went wrong stands in the log and is not shown to the visitor.
    """

    def answered(asked: dict[str, Any]) -> None:
        try:
            answer(asked)
        except Exception:
            log.exception("a wish of a page was not understood")

    return answered


def use_work(slot: str, key: Hashable, work: Callable[[], Any]) -> Answer | None:
    """Hand work to the desk and return where it stands; a hook of Solara.

    Parameters
    ----------
    slot : str
        Which picture it is for; a new wish for the same takes the place of the old one.
    key : hashable
        What is asked; None asks for nothing.
    work : callable
        Makes the answer.
    """
    answer, set_answer = solara.use_state(cast("tuple[Hashable, Answer] | None", None))

    def ask() -> Callable[[], None] | None:
        if key is None:
            return None
        context, visitor = get_current_context(), (solara.get_kernel_id(), slot)

        def tell(told: Answer) -> None:
            with context:
                set_answer((key, told))

        set_answer((key, DESK.ask(visitor, key, work, tell)))
        return lambda: DESK.withdraw(visitor)

    solara.use_effect(ask, [key])
    return answer[1] if answer is not None and answer[0] == key else None


def told(answer: Answer | None) -> dict[str, Any]:
    """Return an answer as a widget gets it: where it stands, and what came of it."""
    if answer is None:
        return {}
    found = {"state": answer.state, "before": answer.before, "share": answer.share}
    return found | (answer.result if answer.state == "done" else {})


def _own_of(letter: Any) -> str:
    """Return under what name the own scenario of a side stands in the address."""
    return f"{letter}.own" if letter in tuple(OTHERS) else "own"


def _opened(words: str) -> str:
    word = packed(words)
    unpacked(word)  # checked before it stands in an address
    return word


def accepted_language() -> str:
    """Return the language that the visitor's browser asks for."""
    sent = headers.value or {}
    return language_of(",".join(sent.get("accept-language", [])))
