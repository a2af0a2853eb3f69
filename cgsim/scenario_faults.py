"""What is wrong with a scenario's values, in words: what was read, what is allowed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from .errors import Fault, Message, say
from .parameters import BY_PATH, PLAN, Parameter
from .scenario_file import TOP, did_you_mean, nearest
from .scenario_yaml import Node, Place, described

MAX_MONTHS = 1200
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
"""What may be the key of an organisation."""

FEW = 7
"""How many names a message lists."""

REACTION = ("month", "when", "for", "once", "why", "set", "else")


def all_in_words(tree: Node, found: Iterable[tuple[tuple[int | str, ...], str]]) -> list[Fault]:
    """Say pydantic's faults in our words.

    What one line has set for all organisations is one fault, and so is all that a new
    organisation leaves out.
    """
    faults: dict[object, Fault] = {}
    missing: dict[str, list[str]] = {}
    for path, kind in found:
        _, node = _walk(tree, path)
        if path[0] == "organisations" and kind == "missing" and len(path) == 3:
            missing.setdefault(str(path[1]), []).append(str(path[2]))
        elif path[0] == "organisations" and len(path) == 3 and id(node) in faults:
            faults[id(node)] = _in_words(tree, ("organisations", "*", path[2]), kind, node)
        else:
            faults[id(node) if node else path] = _in_words(tree, path, kind, node)
    missing = {key: names for key, names in missing.items() if KEY.fullmatch(key)}
    return [*faults.values(), *(_incomplete(tree, key, names) for key, names in missing.items())]


def _incomplete(tree: Node, key: str, names: list[str]) -> Fault:
    """Say what a new organisation leaves out, or which one was perhaps meant."""
    _, held = _walk(tree, ("organisations",))
    assert held is not None
    others = [other for other in held.value if other != key]
    place: Place = held.value[key].key
    return place.fault(
        "error.organisation.incomplete",
        key=key[:40],
        names=tuple(name for name in PLAN if name in names),
        hint=did_you_mean(key, others),
    )


def _in_words(tree: Node, path: tuple[int | str, ...], kind: str, node: Node | None) -> Fault:
    """Say one of pydantic's faults in our words, at its place in the file."""
    shown = dotted(path)
    if kind == "missing":
        place = tree.place if len(path) == 1 else _walk(tree, path)[0].place
        return place.fault("error.missing", path=shown, allowed=expected(path))
    assert node is not None
    if kind == "extra_forbidden":
        return unknown(path, node.key)
    parameter = _parameter([str(part) for part in path])
    if parameter is not None:
        return wrong_value(shown, node, parameter)
    what = {"path": shown, "read": described(node), "allowed": expected(path), "hint": ""}
    return node.place.fault("error.value", **what)


def wrong_value(path: str, node: Node, parameter: Parameter) -> Fault:
    """Return the fault of a lever's value that is not allowed."""
    right = remedy(parameter, node.value)
    return node.place.fault(
        "error.value",
        path=path,
        read=described(node),
        allowed=allowed(parameter, node.value),
        hint=say("error.hint.write", right=right) if right else "",
    )


_SAID = {
    "interval": {"never": "never", "tidak pernah": "never", "none": "never", "0": "never"},
    "flag": dict.fromkeys(("true", "yes", "on", "1", "ya", "benar"), "true")
    | dict.fromkeys(("false", "no", "off", "0", "tidak", "salah"), "false"),
    "choice": {"dinas": "agency", "perusahaan": "company", "agency": "agency", "company": "company",
               "firm": "company", "government": "agency", "pemerintah": "agency",
               "commitment": "by commitment", "by_commitment": "by commitment",
               "by commitment": "by commitment", "menurut komitmen": "by commitment",
               "always": "always", "selalu": "always", "yes": "always", "ya": "always",
               "never": "never", "tidak pernah": "never", "no": "never", "tidak": "never"},
}  # fmt: skip


def remedy(parameter: Parameter, value: object) -> str:
    """Return what was probably meant, as it should be written; empty where nobody can tell.

    Examples
    --------
    >>> remedy(PLAN["goal"], "0,6"), remedy(PLAN["goal"], "60%")
    ('0.6', '0.6')
    >>> remedy(PLAN["present"], "ya"), remedy(PLAN["kind"], "dinas")
    ('true', 'agency')
    """
    word = str(value).strip().lower()
    right = _SAID.get(parameter.sort, {}).get(word)
    if right and (parameter.sort != "choice" or right in parameter.words):
        return right
    if not isinstance(value, str) or (parameter.sort in _SAID and parameter.sort != "interval"):
        return ""
    scale = 1.0
    if word.endswith("%") and parameter.high <= 1:
        word, scale = word[:-1].strip(), 0.01
    if not re.fullmatch(r"[-+]?[0-9]{1,9}([.,][0-9]{1,9})?", word):
        return ""
    number = round(float(word.replace(",", ".")) * scale, 12)
    return f"{number:.12g}" if parameter.low <= number <= parameter.high else ""


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
    if parameter.sort == "flag":
        return say("error.allowed.flag")
    if parameter.sort == "choice":
        return say(f"error.allowed.{parameter.name}")
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


def expected(path: tuple[int | str, ...]) -> Message:
    """Say what may stand at a path of a scenario."""
    names = [str(part) for part in path if not isinstance(part, int)]
    if (parameter := _parameter(names)) is not None:
        return allowed(parameter)
    if names[0] == "sources" and len(names) > 1:
        return say("error.allowed.text")
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
    if not hint and (len(known) <= FEW or not block):
        hint = say("error.hint.one_of", names=tuple(known))
    if not block:
        return place.fault("error.unknown.top", path=word[:60], hint=hint)
    if block[0] == "interventions":
        return place.fault("error.unknown.intervention", path=dotted(path), hint=hint)
    section = (home or block[0]).split(".")[0]
    return place.fault("error.unknown.lever", path=dotted(path), hint=hint, section=section)


def _home(word: str) -> str:
    """Return the block in which a lever of this very name stands, empty where there is none."""
    if word in PLAN:
        return "organisations.<key>"
    homes = [p for p in BY_PATH if p.split(".")[-1] == word or f".{word}." in p]
    return homes[0].rsplit(f".{word}", 1)[0] if homes else ""
