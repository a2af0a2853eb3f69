"""YAML as a tree in which every value knows where it stands; nothing of scenarios yet.

YAML 1.2 without tags, keys twice, several documents or more than a few aliases. Size, depth
and number of values are bounded, so that no file can take memory or time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from .errors import Fault, Message, ScenarioError, say

MAX_BYTES = 1 << 20
MAX_DEPTH = 16
MAX_VALUES = 20_000
MAX_ALIASES = 100

Scalar = None | bool | int | float | str
_NULL = re.compile(r"~|null|Null|NULL|")
_BOOL = re.compile(r"true|True|TRUE|false|False|FALSE")
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_INFINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_UNPRINTABLE = re.compile(
    r"[^\x09\x0A\x0D\x20-\x7E\x85\xA0-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]"
)


class Place(NamedTuple):
    """Where something stands: file, line and column, both from 1."""

    file: str
    line: int
    column: int

    def fault(self, key: str, /, **values: object) -> Fault:
        """Return a fault at this place, its message by key."""
        return Fault(*self, say(key, **values))

    def says(self, message: Message) -> Fault:
        """Return a fault at this place."""
        return Fault(*self, message)


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a file: where it stands, where its key stands, and as it was written."""

    value: Any
    place: Place
    key: Place
    raw: str = ""
    size: int = 1

    def child(self, name: str) -> Node | None:
        """Return the value under a key, None where there is none."""
        return self.value.get(name) if isinstance(self.value, dict) else None


def plain(node: Node) -> Any:
    """Return a tree's values without their places."""
    if isinstance(node.value, dict):
        return {name: plain(child) for name, child in node.value.items()}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return node.value


def scalar(word: str) -> Scalar:
    """Read an unquoted word by the core schema of YAML 1.2.

    Examples
    --------
    >>> scalar("0.5"), scalar("never"), scalar("true"), scalar("~"), scalar("no")
    (0.5, 'never', True, None, 'no')
    """
    if _NULL.fullmatch(word):
        return None
    if _BOOL.fullmatch(word):
        return word.lower() == "true"
    if _INT.fullmatch(word) and len(word) <= 300:
        base = {"0o": 8, "0x": 16}.get(word[:2], 10)
        return int(word, base)
    if _FLOAT.fullmatch(word):
        return float(word)
    if _INFINITE.fullmatch(word):
        return float(word.replace(".", ""))
    return word


def _code(sign: re.Match[str]) -> str:
    return f"U+{ord(sign.group()):04X}"


def decode(data: bytes, file: str) -> str:
    """Return the text of a file's bytes; UTF-8, with or without its mark."""
    if len(data) > MAX_BYTES:
        raise ScenarioError([Place(file, 1, 1).fault("error.file.large")])
    if b"\0" in data[:2]:  # UTF-16 without its mark, as some editors save it
        raise ScenarioError([Place(file, 1, 1).fault("error.file.utf8")])
    try:
        words = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        before = data[: wrong.start]
        line = before.count(b"\n") + 1
        place = Place(file, line, wrong.start - (before.rfind(b"\n") + 1) + 1)
        raise ScenarioError([place.fault("error.file.utf8")]) from None
    if unprintable := _UNPRINTABLE.search(words):
        before_it = words[: unprintable.start()]
        line = before_it.count("\n") + 1
        place = Place(file, line, unprintable.start() - (before_it.rfind("\n") + 1) + 1)
        raise ScenarioError([place.fault("error.file.character", code=_code(unprintable))])
    return words


def read(words: str, file: str) -> Node:
    """Read YAML text as a tree.

    Raises
    ------
    ScenarioError
        With every key that stands twice or is no word, or with the one place at which the text
        stops being YAML.
    """
    reader = _Reader(file)
    try:
        tree = reader.document(_events(words))
    except ScenarioError as wrong:
        raise ScenarioError([*reader.faults, *wrong.faults]) from None
    except Exception as wrong:  # the parser's own, of many kinds
        raise ScenarioError([*reader.faults, _unreadable(wrong, reader.last)]) from None
    if reader.faults:
        raise ScenarioError(reader.faults)
    return tree


def _events(words: str) -> Iterator[Any]:
    from ruamel.yaml import YAML  # only once there is something to read

    return iter(YAML(typ="safe", pure=True).parse(words))


_PROBLEMS = (
    (r"found character '(\\t|\t)'|found a tab", "error.yaml.tab"),
    (r"found unexpected end of stream", "error.yaml.quote"),
    (r"mapping values are not allowed|could not find expected ':'", "error.yaml.colon"),
    (r"expected ',' or|<stream end>", "error.yaml.bracket"),
    (r"found '[}\]]'", "error.yaml.closed"),
    (r"found '<scalar>'", "error.yaml.after_quote"),
    (r"expected <block end>|sequence entries are not allowed", "error.yaml.indent"),
    (r"cannot start any token|escape character", "error.yaml.character"),
)


def _unreadable(wrong: Exception, last: Place) -> Fault:
    """Say in our words, and at the parser's place, why the text is no YAML."""
    problem = str(getattr(wrong, "problem", None) or "")
    mark = getattr(wrong, "problem_mark", None)
    place = last if mark is None else Place(last.file, mark.line + 1, mark.column + 1)
    key = next((k for seen, k in _PROBLEMS if re.search(seen, problem)), "error.yaml.other")
    begun = getattr(wrong, "context_mark", None)
    if key in ("error.yaml.quote", "error.yaml.bracket") and begun is not None:
        place = Place(last.file, begun.line + 1, begun.column + 1)
    return place.fault(key)


class _Reader:
    """Builds the tree from the parser's events, and stops where a bound is passed."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.anchors: dict[str, Node] = {}
        self.values = 0
        self.aliases = 0
        self.last = Place(file, 1, 1)

    def document(self, events: Iterator[Any]) -> Node:
        """Return the only document's tree."""
        tree: Node | None = None
        for event in events:
            kind = self._see(event)
            if kind == "DocumentStart":
                if tree is not None:
                    raise ScenarioError([self.last.fault("error.yaml.documents")])
                tree = self._node(next(events), events, 0, self.last)
        if tree is None or tree.value is None:
            raise ScenarioError([Place(self.file, 1, 1).fault("error.file.empty")])
        return tree

    def _see(self, event: Any) -> str:
        self.last = Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)
        return type(event).__name__.removesuffix("Event")

    def _node(self, event: Any, events: Iterator[Any], depth: int, key: Place | None) -> Node:
        kind = self._see(event)
        place = self.last
        key = key or place
        if kind == "Alias":
            return self._alias(event.anchor, key)
        if getattr(event, "tag", None) is not None:
            tag = _short(str(event.tag).replace("tag:yaml.org,2002:", "!!"))
            self.faults.append(place.fault("error.yaml.tag", read=tag))
        if depth > MAX_DEPTH:
            raise ScenarioError([place.fault("error.yaml.deep", most=MAX_DEPTH)])
        if kind == "Scalar":
            quoted = not event.implicit[0]
            value = event.value if quoted or event.style else scalar(event.value)
            node = Node(value, place, key, f'"{event.value}"' if quoted else event.value)
            if unprintable := _UNPRINTABLE.search(event.value):  # written as an escape
                self.faults.append(place.fault("error.file.character", code=_code(unprintable)))
        elif kind == "SequenceStart":
            node = self._list(events, depth, place, key)
        else:
            node = self._mapping(events, depth, place, key)
        self._count(1, place)
        if event.anchor:
            self.anchors[event.anchor] = node
        return node

    def _count(self, more: int, place: Place) -> None:
        self.values += more
        if self.values > MAX_VALUES:
            raise ScenarioError([place.fault("error.yaml.many", most=MAX_VALUES)])

    def _alias(self, anchor: str, key: Place) -> Node:
        self.aliases += 1
        place = self.last
        if self.aliases > MAX_ALIASES:
            raise ScenarioError([place.fault("error.yaml.aliases", most=MAX_ALIASES)])
        if anchor not in self.anchors:
            name = _short(anchor.rstrip(":"))
            raise ScenarioError([place.fault("error.yaml.alias", name=name)])
        meant = self.anchors[anchor]
        self._count(meant.size, place)
        return Node(meant.value, place, key, meant.raw, meant.size)

    def _list(self, events: Iterator[Any], depth: int, place: Place, key: Place) -> Node:
        found: list[Node] = []
        for event in events:
            if type(event).__name__ == "SequenceEndEvent":
                break
            found.append(self._node(event, events, depth + 1, None))
        return Node(found, place, key, size=1 + sum(child.size for child in found))

    def _mapping(self, events: Iterator[Any], depth: int, place: Place, key: Place) -> Node:
        found: dict[str, Node] = {}
        for event in events:
            if type(event).__name__ == "MappingEndEvent":
                break
            name = self._node(event, events, depth + 1, None)
            child = self._node(next(events), events, depth + 1, name.place)
            if not isinstance(name.value, str) or not name.value:
                number = type(name.value) in (int, float)
                wrong = "error.yaml.key_number" if number else "error.yaml.key"
                self.faults.append(name.place.fault(wrong, read=described(name)))
            elif name.value in found:
                line = found[name.value].key.line
                self.faults.append(
                    name.place.fault("error.yaml.twice", name=_short(name.value), line=line)
                )
            else:
                found[name.value] = child
        return Node(found, place, key, size=1 + sum(child.size for child in found.values()))


def _short(words: str, most: int = 40) -> str:
    """Cut what was read to what fits into a message."""
    words = " ".join(words.split())
    return words if len(words) <= most else words[: most - 1] + "…"


def described(node: Node) -> str | Message:
    """Say what was read: as it was written, or that it is a block, a list or nothing."""
    if isinstance(node.value, dict):
        return say("error.read.block")
    if isinstance(node.value, list):
        return say("error.read.list")
    if node.value is None:
        return say("error.read.nothing")
    return _short(node.raw)
