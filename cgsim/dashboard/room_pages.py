"""The pages of a room: the lecturer's on the projector, the players' on their phones."""

# mypy: disable-error-code="attr-defined, no-untyped-call, untyped-decorator"
# Solara says little of its types.

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast
from urllib.parse import parse_qsl, urlencode

import segno
import solara
from solara.lab.utils.headers import headers
from solara.server.kernel_context import get_current_context

from ..language import languages
from .addressed import HEADER
from .page import accepted_language, steady, told, use_work
from .room.after import beside, luck_of_sides, luck_words, sides
from .room.hall import HALL
from .room.lived import run_so_far
from .room.player import Refused
from .room.room import Room
from .room.shown import page_words, refusal_words, shown_to_lecturer, shown_to_player
from .widgets.room import RoomSeat, RoomWall

log = logging.getLogger("cgsim")

LONGEST = 100
"""Signs of a word that a browser sends."""

BELLS = ThreadPoolExecutor(max_workers=1, thread_name_prefix="cgsim-room")
"""Tells open pages of a change, outside of the page that made it."""

ARRIVING = {"who": "arriving"}
"""What is seen before the browser has said which secret it keeps."""

Asked = dict[str, Any]


def use_room() -> Room | None:
    """Return the room and show the page anew at each of its changes; a hook of Solara."""
    room = HALL.room()
    _, set_version = solara.use_state(0)

    def listen() -> Callable[[], None] | None:
        if room is None:
            return None
        context = get_current_context()

        def tell() -> None:
            try:
                with context:
                    set_version(room.version)
            except Exception:  # a page that was closed meanwhile
                log.debug("nobody to tell", exc_info=True)

        return room.subscribe(lambda: BELLS.submit(tell))

    solara.use_effect(listen, [room])
    return room


def use_tongue(path: str) -> tuple[str, Callable[[str], None]]:
    """Return the language of the page and how it is changed; it stands in the address."""
    router = solara.use_router()
    query = dict(parse_qsl(router.search or ""))
    chosen = query.get("lang", "")
    lang = chosen if chosen in languages() else accepted_language()

    def change(to: str) -> None:
        if to in languages():
            router.push(f"{path}?{urlencode(query | {'lang': to})}")

    return lang, change


def use_wishes(
    lang: str, change: Callable[[str], None], act: Callable[[str, Asked], None]
) -> tuple[str, Callable[[Asked], None]]:
    """Return why the last wish was refused, and how wishes are answered; a hook of Solara."""
    refused, set_refused = solara.use_state("")

    def answer(asked: Asked) -> None:
        wish = _word(asked, "do")
        try:
            if wish == "lang":
                change(_word(asked, "lang"))
            else:
                act(wish, asked)
            set_refused("")
        except Refused as wrong:
            set_refused(refusal_words(wrong, lang))

    return refused, steady(answer)


def _word(asked: Asked, name: str) -> str:
    return str(asked.get(name, ""))[:LONGEST]


def _number(asked: Asked, name: str) -> int:
    value = asked.get(name)
    return value if isinstance(value, int) else -1


def view_of(lang: str, page: str) -> dict[str, Any]:
    """Return what the head of a page needs."""
    return {"lang": lang, "words": page_words(lang), "page": page, "pages": [], "query": ""}


def doors(room: Room) -> dict[str, Any]:
    """Return where players come in, with a picture to scan."""
    urls = [f"{url}/join" for url in HALL.doors.urls]
    join = f"{urls[0]}?code={room.code}"
    picture = segno.make(join, error="m", micro=False).svg_data_uri(scale=8, border=2, light="#fff")
    return {"urls": urls, "open": HALL.doors.open, "picture": picture}


@solara.component
def RoomPage() -> None:
    """Show the room on the projector, to the lecturer alone."""
    room = use_room()
    lang, change = use_tongue("/room")
    sent, set_token = solara.use_state(cast("str | None", None))
    token = sent or ""
    asked_luck, set_asked_luck = solara.use_state(False)

    def act(wish: str, asked: Asked) -> None:
        if wish == "hello":
            set_token(_word(asked, "token"))
        elif wish == "luck":
            set_asked_luck(True)
        elif room is not None:
            lecture(room, token, wish, asked)

    refused, answer = use_wishes(lang, change, act)
    lectures = room is not None and room.is_lecturer(token)
    version = room.version if room is not None else 0
    shown = solara.use_memo(lambda: _wall(room, lang, lectures), [room, version, lang, lectures])
    over = lectures and room is not None and room.over
    cases = sides(room) if over and asked_luck and room is not None else {}
    key = ("room", room.seed, *(one.hash for one in cases.values())) if cases and room else None
    luck = use_work("room", key, lambda: luck_of_sides(cases, room.seed) if room else {})
    found = told(luck)
    if found.get("state") == "done":
        found["said"] = luck_words(found, lang)
    if sent is None and room is not None:
        shown = shown | {"seen": ARRIVING}
    solara.Title(page_words(lang)["title"])
    RoomWall.element(
        view=view_of(lang, "room"), seen=shown["seen"], run=shown["run"], after=shown["after"],
        luck=found, refused=refused, on_asked=answer,
    )  # fmt: skip


def lecture(room: Room, token: str, wish: str, asked: Asked) -> None:
    """Do what the lecturer wishes, if it is the lecturer who wishes it."""
    if wish == "advance":
        room.advance(token)
    elif wish == "undo":
        room.undo(token)
    elif wish == "finish":
        room.finish(token)
    elif wish == "free":
        room.free(token, _number(asked, "number"))


def _wall(room: Room | None, lang: str, lectures: bool) -> dict[str, Any]:
    if room is None:
        return {"seen": {"who": "no_room"}, "run": {}, "after": {}}
    if not lectures:
        return {"seen": {"who": "stranger"}, "run": {}, "after": {}}
    return {
        "seen": shown_to_lecturer(room, lang) | {"who": "lecturer", "doors": doors(room)},
        "run": run_so_far(room),
        "after": beside(room, lang) if room.over else {},
    }


@solara.component
def JoinPage() -> None:
    """Show a player the way into the room, and then the player's own part."""
    room = use_room()
    lang, change = use_tongue("/join")
    sent, set_token = solara.use_state(cast("str | None", None))
    token = sent or ""
    named, set_named = solara.use_state(("", ""))

    def act(wish: str, asked: Asked) -> None:
        if room is None:
            return
        if wish == "hello":
            set_token(_word(asked, "token"))
        elif wish == "look":
            room.look_in(_word(asked, "code"), _from())
            set_named((_word(asked, "code"), _word(asked, "name")))
        elif wish == "take":
            if room.player(token) is not None:  # one part for a page
                room.leave(token)
            set_token(room.take(named[0], _from(), named[1], _word(asked, "part")))
        elif wish == "leave":
            room.leave(token)
            set_token("")
        else:
            play(room, token, wish, asked)

    refused, answer = use_wishes(lang, change, act)
    seen = _seat(room, token, named, lang)
    if token and named[0] and seen["who"] == "chooser":
        refused = refused or refusal_words(Refused("gone"), lang)
    if sent is None and room is not None:
        seen = ARRIVING
    solara.Title(page_words(lang)["title"])
    RoomSeat.element(
        view=view_of(lang, "join"), seen=seen, refused=refused,
        token=token if seen["who"] == "player" else "", on_asked=answer,
    )  # fmt: skip


def play(room: Room, token: str, wish: str, asked: Asked) -> None:
    """Do what a player wishes with the player's own part."""
    if wish == "share":
        room.set_share(token, _word(asked, "lever"), asked.get("value"))
    elif wish == "lever":
        room.set_lever(token, _word(asked, "path"), _word(asked, "value"))
    elif wish == "ready":
        room.set_ready(token, asked.get("value") is True)


def _from() -> str:
    """Return the visitor's address in the network."""
    return ",".join((headers.value or {}).get(HEADER, []))


def _seat(room: Room | None, token: str, named: tuple[str, str], lang: str) -> dict[str, Any]:
    """Return what a visitor of the players' page may see."""
    if room is None:
        return {"who": "no_room"}
    if part := shown_to_player(room, token, lang):
        return part | {"who": "player"}
    if not named[0]:
        return {"who": "guest"}
    parts = [
        {"key": part.key, "name": part.names[lang], "kind": part.kind,
         "players": [one.name for one in room.playing(part.key)]}
        for part in room.parts.values()
    ]  # fmt: skip
    return {"who": "chooser", "parts": parts}
