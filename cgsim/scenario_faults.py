"""What is wrong with a scenario's values, in words: what was read, what is allowed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .errors import Fault, Message, say
from .parameters import BY_PATH, PLAN, Parameter
from .scenario_file import nearest
from .scenario_yaml import Node, Place, described

MAX_MONTHS = 1200
SECTIONS = tuple(dict.fromkeys(path.split(".")[0] for path in BY_PATH))
TOP = (
    "title", "question", "alias", "extends", "set", "months", *SECTIONS, "organisations",
    "interventions", "sources",
)  # fmt: skip
REACTION = ("month", "when", "for", "once", "why", "set", "else")


def in_words(tree: Node, path: tuple[int | str, ...], kind: str) -> Fault:
    """Say one of pydantic's faults in our words, at its place in the file."""
    shown = dotted(path)
    parent, node = _walk(tree, path)
    if kind == "missing":
        place = tree.place if len(path) == 1 else parent.key
        return place.fault("error.missing", path=shown, allowed=expected(path))
    assert node is not None
    if kind == "extra_forbidden":
        return unknown(path, node.key)
    return wrong_value(shown, node, expected(path, node))


def wrong_value(path: str, node: Node, allowed: Message) -> Fault:
    """Return the fault of a value that is not allowed."""
    return node.place.fault("error.value", path=path, read=described(node), allowed=allowed)


def _walk(tree: Node, path: tuple[int | str, ...]) -> tuple[Node, Node | None]:
    """Return the innermost block that a path leads through, and the value at its end."""
    parent, node = tree, tree
    for part in path:
        parent = node
        held: Any = node.value
        if isinstance(held, list):
            held = dict(enumerate(held))
        if not isinstance(held, dict) or part not in held:
            return parent, None
        node = held[part]
    return parent, node


def dotted(path: Iterable[int | str]) -> str:
    """Return a path as it is shown: dots between keys, the place in a list from 1.

    Examples
    --------
    >>> dotted(("interventions", 0, "month"))
    'interventions[1].month'
    """
    shown = ""
    for part in path:
        shown += f"[{part + 1}]" if isinstance(part, int) else f".{part[:60]}"
    return shown.removeprefix(".")


def allowed(parameter: Parameter, read: object = None) -> Message:
    """Say what a parameter may be, in either language."""
    if parameter.sort in ("kind", "flag"):
        return say(f"error.allowed.{parameter.sort}")
    low, high = f"{parameter.low:g}", f"{parameter.high:,.0f}".replace(",", " ")
    if parameter.high < 1000:
        high = f"{parameter.high:g}"
    if parameter.sort == "interval":
        return say("error.allowed.interval", low=low, high=high)
    unit = say(f"unit.{parameter.unit}")
    far = parameter.high >= 10_000
    if far and not (isinstance(read, int | float) and read > parameter.high):
        return say(f"error.allowed.{parameter.sort}_from", low=low, unit=unit)
    return say(f"error.allowed.{parameter.sort}", low=low, high=high, unit=unit)


def expected(path: tuple[int | str, ...], node: Node | None = None) -> Message:
    """Say what may stand at a path of a scenario."""
    names = [str(part) for part in path if not isinstance(part, int)]
    parameter = _parameter(names)
    if parameter is not None:
        return allowed(parameter, None if node is None else node.value)
    if names[0] in ("title", "question") or names[-1] in ("name", "why"):
        return say("error.allowed.words")
    if names[0] == "interventions":
        last = names[-1] if len(names) > 1 else "list" if len(path) == 1 else "one"
        return say(f"error.allowed.intervention_{last if len(names) < 3 else 'set'}")
    if names[0] in ("alias", "months", "sources"):
        return say(f"error.allowed.{names[0]}", most=MAX_MONTHS)
    if names[0] == "organisations" and len(names) == 1:
        return say("error.allowed.organisations")
    return say("error.allowed.block", names=tuple(inside(names)[:6]))


def _parameter(names: list[str]) -> Parameter | None:
    if names[0] == "organisations":
        return PLAN.get(names[2]) if len(names) == 3 else None
    return BY_PATH.get(".".join(names))


def inside(names: list[str]) -> list[str]:
    """Return the names that may stand in a block."""
    if not names:
        return list(TOP)
    if names[0] == "organisations":
        return ["name", *PLAN]
    if names[0] == "interventions":
        return list(REACTION)
    start = ".".join(names) + "."
    return list(
        dict.fromkeys(p[len(start) :].split(".")[0] for p in BY_PATH if p.startswith(start))
    )


def unknown(path: tuple[int | str, ...], place: Place) -> Fault:
    """Say that a name is none of ours, with the nearest right one or where it belongs."""
    names = [str(part) for part in path if not isinstance(part, int)]
    block, word = names[:-1], names[-1]
    known = inside(block)
    hint: Message | str = ""
    home = _home(word)
    near = nearest(word, known)
    if home and near != word:
        hint = say("error.hint.belongs", block=home)
    elif near:
        hint = say("error.hint.near", near=near)
    if block and block[0] == "interventions":
        return place.fault("error.unknown.intervention", path=dotted(path), hint=hint,
                           names=tuple(known))  # fmt: skip
    if not block:
        return place.fault("error.unknown.top", path=word[:60], hint=hint or say(
            "error.hint.one_of", names=TOP))  # fmt: skip
    return place.fault("error.unknown.lever", path=dotted(path), hint=hint,
                       section=(home or block[0]).split(".")[0])  # fmt: skip


def _home(word: str) -> str:
    """Return the block in which a lever of this very name stands, empty where there is none."""
    if word in PLAN:
        return "organisations.<key>"
    homes = [p for p in BY_PATH if p.split(".")[-1] == word or f".{word}." in p]
    return homes[0].rsplit(f".{word}", 1)[0] if homes else ""
