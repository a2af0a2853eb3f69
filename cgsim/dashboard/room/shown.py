"""What the projector and what a phone shows: words and numbers, to each what is for them."""

from __future__ import annotations

import shlex
from typing import Any

from babel.numbers import format_decimal

from ...language import keys, text
from ...world.shape import STATES
from ..levers import offered
from ..state import Value, run_of, words
from .lived import Ledger, ledger_of, movers
from .parts import SPLIT, Part
from .player import Refused
from .room import MOST_PLAYERS, Room

FILE = "room.yaml"
"""Name of the file that a room is saved as."""

MOST_TOLD = 6
"""Events of the last round that a page tells."""


def page_words(lang: str) -> dict[str, str]:
    """Return the words of both pages: those of all pages, and the room's own over them."""
    prefix = "room.page."
    own = {k.removeprefix(prefix): text(k, lang) for k in keys(lang) if k.startswith(prefix)}
    return words(lang) | own


def refusal_words(wrong: Refused, lang: str) -> str:
    """Return why an act is not allowed."""
    return text(f"room.refused.{wrong.key}", lang, **wrong.values)


def decimal(value: float, lang: str, digits: int = 1) -> str:
    """Return a number as the language writes it."""
    return str(format_decimal(round(value, digits) + 0.0, "#,##0." + "0" * digits, locale=lang))


def shown_to_all(room: Room, lang: str) -> dict[str, Any]:
    """Return what everybody may see: the round, and how the cluster stands."""
    case, month = room.base, room.month
    found: dict[str, Any] = {
        "title": case.title[lang],
        "question": case.question[lang],
        "round": len(room.rounds),
        "rounds": room.most_rounds,
        "quarter": room.quarter,
        "month": month,
        "months": case.months,
        "over": room.over,
        "state": None,
    }
    if month:
        series = run_of(room.case, room.seed)["series"]
        found["state"] = STATES[series["state"][month - 1]]
        for name in ("producers", "active_trainees"):
            found[name] = series[name][month - 1]
    return found


def shown_to_lecturer(room: Room, lang: str) -> dict[str, Any]:
    """Return what the projector shows besides the pictures."""
    players = room.players
    parts = []
    for part in room.parts.values():
        who = [one for one in players if one.part == part.key]
        parts.append(
            {
                "key": part.key,
                "name": part.names[lang],
                "kind": part.kind,
                "players": [
                    {"number": one.number, "name": one.name, "ready": one.ready} for one in who
                ],
            }
        )
    return shown_to_all(room, lang) | {
        "code": room.code,
        "parts": parts,
        "players": len(players),
        "ready": sum(one.ready for one in players),
        "most": MOST_PLAYERS,
        "told": [] if room.over else told_to_all(room, lang),
        "log": [] if room.over else happened(room, lang),
    } | (ending(room) if room.over else {})  # fmt: skip


def ending(room: Room) -> dict[str, Any]:
    """Return what is told only once the play is over: the luck, and the scenario as a file."""
    command = ["cgsim", "run", FILE, "--runs", "1", "--seed", str(room.seed)]
    return {"seed": room.seed, "saved": room.case.to_yaml(), "command": shlex.join(command)}


def told_to_all(room: Room, lang: str) -> list[str]:
    """Return who moved what in the last round, a sentence a part."""
    if not room.rounds:
        return []
    last = room.rounds[-1]
    moved = dict(last.moves)
    told = []
    for key in movers(room, last.moves):
        part = room.parts[key]
        said = [_moved(room, path, moved[path], lang) for path in part.paths if path in moved]
        told.append(text("room.told.part", lang, who=part.names[lang], what="; ".join(said)))
    return told or [text("room.told.nobody", lang)]


def _moved(room: Room, path: str, value: Value, lang: str) -> str:
    offer = _offers(room, lang)[path]
    return f"{offer['label'].lower()} {_value_words(offer, value, lang)}"


def _value_words(offer: dict[str, Any], value: Value, lang: str) -> str:
    if offer["sort"] == "interval":
        if value == "never":
            return text("varied.never", lang)
        if value == 1:
            return text("dashboard.page.every_month", lang)
        return text("room.told.every", lang, n=value)
    chosen = {str(one): word for one, word in offer.get("choices", [])}
    if str(value) in chosen:
        return str(chosen[str(value)])
    return decimal(float(value), lang, 2)


def happened(room: Room, lang: str) -> list[str]:
    """Return the events of the last round, the latest last."""
    month = room.month
    first = month - (month % room.quarter or room.quarter)
    if month == 0:
        return []
    events = run_of(room.case, room.seed)["events"]
    told = [one["words"][lang] for one in events if first < one["after"] <= month]
    return told[-MOST_TOLD:]


def _offers(room: Room, lang: str) -> dict[str, dict[str, Any]]:
    return {one["path"]: one for one in offered(room.base, lang)}


def shown_to_player(room: Room, token: str, lang: str) -> dict[str, Any]:
    """Return what a phone shows of a player's own part; empty if the secret is nobody's."""
    player = room.player(token)
    if player is None:
        return {}
    part = room.parts[player.part]
    return shown_to_all(room, lang) | {
        "name": player.name,
        "part": part.names[lang],
        "kind": part.kind,
        "partners": [one.name for one in room.playing(part.key) if one.token != token],
        "ready": player.ready,
        "levers": _levers(room, part, lang),
        "purse": _purse(room, part),
        "told": _lived(room, part, lang),
    }


def _purse(room: Room, part: Part) -> dict[str, Any] | None:
    if part.kind != "organisation":
        return None
    purse, split = room.purse(part), room.split(part)
    return {
        "budget": purse.budget,
        "planned": purse.total(split),
        "over": purse.over(split),
        "split": [
            {"lever": lever, "value": split[lever], "share": purse.share(lever, split[lever]),
             "cost": purse.cost(lever, split[lever]), "free": purse.units[lever] <= 0}
            for lever in SPLIT
        ],
    }  # fmt: skip


def _levers(room: Room, part: Part, lang: str) -> list[dict[str, Any]]:
    offers, values = _offers(room, lang), room.values(part)
    found = []
    for path in part.paths:
        lever = path.rsplit(".", 1)[-1]
        found.append(offers[path] | {"lever": lever, "value": values[path]})
    return found


def _lived(room: Room, part: Part, lang: str) -> list[str]:
    """Return in words what the last round was for a part."""
    if room.month == 0:
        return []
    book = ledger_of(room.case, room.seed, room.month, room.quarter)
    if part.kind == "circle":
        return _lived_by_circle(book, int(part.key[-1]) - 1, lang)
    return _lived_by_organisation(room, book, part, lang)


def _lived_by_circle(book: Ledger, circle: int, lang: str) -> list[str]:
    told = [text("room.told.circle", lang, n=book.active[circle])]
    if book.left[circle]:
        told.append(text("room.told.left", lang, n=book.left[circle]))
    income = book.income[circle]
    if income is not None:
        told.append(text("room.told.income", lang, share=decimal(income, lang, 2)))
    return told


def _lived_by_organisation(room: Room, book: Ledger, part: Part, lang: str) -> list[str]:
    o = room.base.organisations.index(part.short)
    if not book.present[o]:
        return [text("room.told.away", lang)]
    budget = room.purse(part).budget
    told = [
        text("room.told.spent", lang, spent=decimal(sum(book.spent[o]), lang),
             all=decimal(budget * len(book.spent[o]), lang)),
    ]  # fmt: skip
    if book.meetings:
        key = "came" if book.came[o] == book.meetings else "stayed_away"
        told.append(text(f"room.told.{key}", lang, n=book.came[o], all=book.meetings))
    trust = book.trust[o]
    if trust is not None:
        before = book.trust_before[o] if book.trust_before else None
        told.append(text("room.told.trust", lang, trust=decimal(trust, lang, 2)))
        if before is not None and abs(trust - before) >= 0.005:
            way = "more" if trust > before else "less"
            told.append(
                text(f"room.told.trust_{way}", lang, n=decimal(abs(trust - before), lang, 2))
            )
    return told
