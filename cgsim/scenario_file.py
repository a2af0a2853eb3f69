"""Finds scenario files, follows `extends`, applies `set`: one tree, every value with its place."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from .errors import MAX_FAULTS, Fault, Message, ScenarioError, say
from .parameters import BY_PATH
from .scenario_hints import did_you_mean as did_you_mean  # others take it from here
from .scenario_hints import file_beside, near_lever
from .scenario_hints import nearest as nearest
from .scenario_yaml import MAX_BYTES, Node, Place, decode, described, read

MAX_CHAIN = 16
"""How many files may extend one another."""

TOLD = ("title", "question", "alias")
"""What a file says of itself: what extends it does not inherit it."""

ORDERS = ("extends", "set")
"""What is done, and gone, once a file is resolved."""

SECTIONS = tuple(dict.fromkeys(path.split(".")[0] for path in BY_PATH))
TOP = (
    "title", "question", "alias", "extends", "set", "months", *SECTIONS, "organisations",
    "interventions", "sources",
)  # fmt: skip
"""What may stand at the top of a scenario."""

_ALIAS = re.compile(r"^alias:[ \t]*\[?([^\]#\n]+)", re.MULTILINE)


@dataclass(frozen=True)
class Resolved:
    """A scenario file with all that it inherits, and what could not be laid together."""

    name: str
    tree: Node
    faults: tuple[Fault, ...] = ()


def shipped_folder() -> Path:
    """Return where the shipped scenarios are: in the package, or beside it in a checkout."""
    here = Path(__file__).resolve().parent
    inside = here / "scenarios"
    return inside if inside.is_dir() else here.parent / "scenarios"


def shipped() -> list[str]:
    """Return the names of the shipped scenarios, in alphabetical order."""
    return sorted(path.stem for path in shipped_folder().glob("*.yaml"))


def find(name_or_path: str | os.PathLike[str], folder: Path | None = None) -> Path | None:
    """Return the file of a shipped name or alias, or of a path (from `folder`, if given)."""
    name = os.fspath(name_or_path)
    if _is_name(name):
        path = shipped_folder() / f"{name}.yaml"
        if path.is_file():
            return path
        if name in (others := aliases()):
            return shipped_folder() / f"{others[name]}.yaml"
    try:
        path = Path(name) if folder is None else Path(os.path.normpath(folder / name))
        return path if path.exists() else None
    except (OSError, ValueError):
        return None


def _is_name(name: str) -> bool:
    return re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", name) is not None


def aliases() -> dict[str, str]:
    """Return the other names of shipped scenarios, each with the name that it stands for."""
    found: dict[str, str] = {}
    for name in shipped():
        words = (shipped_folder() / f"{name}.yaml").read_text(encoding="utf-8")
        if match := _ALIAS.search(words):
            for alias in match.group(1).split(","):
                found[alias.strip().strip("'\"")] = name
    return found


def load(name_or_path: str | os.PathLike[str]) -> Resolved:
    """Read a scenario by shipped name, alias or path, with all that it inherits."""
    name = os.fspath(name_or_path)
    path = find(name)
    if path is None:
        key = "error.file.name" if _is_name(name) else "error.file.missing"
        hint = file_beside(name) or did_you_mean(Path(name).stem, [*shipped(), *aliases()])
        raise ScenarioError([Fault(name, 0, 0, say(key, name=name, hint=hint))])
    shown = name if path == Path(name) else _short_path(str(path))
    faults: list[Fault] = []
    tree = _inherit(read(_words(path, shown), shown), path, (), faults)
    return Resolved(path.stem, tree, tuple(faults))


def parse(words: str, name: str = "scenario", folder: Path | None = None) -> Resolved:
    """Read a scenario's text; it may extend shipped ones, and with `folder` files from there."""
    tree = read(decode(words.encode("utf-8", "surrogatepass"), name), name)
    faults: list[Fault] = []
    whole = _inherit(tree, None if folder is None else folder / name, (), faults)
    return Resolved(name, whole, tuple(faults))


def _short_path(path: str) -> str:
    """Return a path from where we stand, if it lies below."""
    try:
        return str(Path(path).relative_to(Path.cwd()))
    except ValueError:
        return path


def _words(path: Path, shown: str) -> str:
    """Return a file's text."""
    start = Place(shown, 1, 1)
    if path.is_dir():
        raise ScenarioError([start.fault("error.file.directory")])
    if not path.is_file():
        raise ScenarioError([start.fault("error.file.special")])
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as wrong:
        why = wrong.strerror or type(wrong).__name__
        raise ScenarioError([start.fault("error.file.unreadable", why=why)]) from None
    return decode(data, shown)


def _inherit(tree: Node, path: Path | None, chain: tuple[Path, ...], faults: list[Fault]) -> Node:
    """Return a file's tree laid over the tree that it extends, its own `set` applied.

    What names an organisation that is not there is added to the faults and left out.
    """
    if not isinstance(tree.value, dict):
        raise ScenarioError([tree.place.fault("error.file.mapping", read=described(tree))])
    parent = Node({}, tree.place, tree.key)
    extends = tree.value.get("extends")
    if extends is not None:
        parent = _parent(extends, path, chain, faults)
    merged = merge(_without(parent, TOLD), _without(tree, ORDERS), (), faults)
    if (levers := tree.value.get("set")) is not None and levers.value is not None:
        merged = put_all(merged, levers, faults)
    return merged


def _without(node: Node, names: Iterable[str]) -> Node:
    return replace(node, value={k: v for k, v in node.value.items() if k not in names})


def _parent(extends: Node, path: Path | None, chain: tuple[Path, ...], faults: list[Fault]) -> Node:
    """Return the tree of the file that `extends` names."""
    where = extends.place
    if not isinstance(extends.value, str):
        raise ScenarioError([where.fault("error.extends.word", read=described(extends))])
    chain = (*chain, path) if path is not None else chain
    found = _find_parent(extends.value, path)
    if found is None:
        raise ScenarioError([_no_parent(extends, chain)])
    shown = " → ".join([*(link.stem for link in chain), found.stem])
    if found.resolve() in [link.resolve() for link in chain]:
        raise ScenarioError([where.fault("error.extends.cycle", chain=shown)])
    if len(chain) >= MAX_CHAIN:
        raise ScenarioError([where.fault("error.extends.long", most=MAX_CHAIN)])
    name = _short_path(str(found))
    return _inherit(read(_words(found, name), name), found, chain, faults)


def _find_parent(name: str, path: Path | None) -> Path | None:
    """Return the file of a parent: a shipped name, or a path from the file that extends it."""
    if path is None:
        return find(name) if _is_name(name) and name in {*shipped(), *aliases()} else None
    found = find(name, path.parent)
    if found is None and _is_name(name):
        found = find(f"{name}.yaml", path.parent)
    return found


def _no_parent(extends: Node, chain: tuple[Path, ...]) -> Fault:
    hint: Message | str = did_you_mean(Path(extends.value).stem, [*shipped(), *aliases()])
    if len(chain) > 1:
        links = " → ".join([*(link.stem for link in chain), extends.raw])
        hint = say("error.hint.chain", hint=hint, chain=links)
    return extends.place.fault("error.extends.missing", read=described(extends), hint=hint)


def merge(parent: Node, child: Node, path: tuple[str, ...], faults: list[Fault]) -> Node:
    """Lay a child's block over its parent's: deep, lists replaced, nothing said inherits."""
    merged = dict(parent.value)
    for name, node in child.value.items():
        before = merged.get(name)
        if node.value is None:
            if path == ("organisations",):
                _remove(merged, name, node, faults)
            elif before is None:
                merged[name] = node
        elif before is not None and isinstance(before.value, dict) and isinstance(node.value, dict):
            merged[name] = merge(before, node, (*path, name), faults)
        elif isinstance(node.value, dict) and len(path) < 2:
            empty = replace(node, value={})
            merged[name] = merge(empty, node, (*path, name), faults)
        else:
            merged[name] = node
    return replace(child, value=merged)


def _remove(organisations: dict[str, Node], key: str, node: Node, faults: list[Fault]) -> None:
    if organisations.pop(key, None) is None:
        hint = did_you_mean(key, organisations)
        faults.append(node.key.fault("error.organisation.unknown", key=key, hint=hint))


def flat(levers: Node, prefix: str = "") -> Iterator[tuple[str, Node]]:
    """Yield a block's dotted paths, whether written with dots or as blocks within blocks."""
    for name, node in levers.value.items():
        path = f"{prefix}{name}"
        whole = path in WHOLE or not isinstance(node.value, dict) or not node.value
        if whole or (re.fullmatch(r"organisations\.[^.]+", path) and "kind" in node.value):
            yield path, node
        else:
            yield from flat(node, f"{path}.")


MAX_PARTS = 6

WHOLE = ("title", "question", "interventions", "sources", "alias")
"""Blocks that `set` and `replace` take as one."""


def put_all(tree: Node, levers: Node, faults: list[Fault]) -> Node:
    """Return the tree with each dotted lever of a block set to its value."""
    if not isinstance(levers.value, dict):
        faults.append(levers.place.fault("error.set.block", read=described(levers)))
        return tree
    for path, node in flat(levers):
        if len(faults) > MAX_FAULTS:
            break
        parts = path.split(".")
        if not all(parts) or len(parts) > MAX_PARTS or parts[0] in ORDERS:
            faults.append(node.key.fault("error.set.path", path=path[:80]))
        elif parts[0] not in TOP:
            held = tree.child("organisations")
            keys = held.value if held is not None and isinstance(held.value, dict) else ()
            hint = near_lever(path, keys)
            faults.append(node.key.fault("error.set.lever", path=path[:80], hint=hint))
        elif parts[0] == "organisations" and len(parts) > 1:
            tree = _put_organisation(tree, parts, node, faults)
        else:
            tree = _put(tree, parts, node)
    return tree


def _put_organisation(tree: Node, parts: list[str], node: Node, faults: list[Fault]) -> Node:
    """Set one organisation's lever, or `organisations.*.lever` for all; null removes one."""
    held = tree.child("organisations")
    known = list(held.value) if held is not None and isinstance(held.value, dict) else []
    if len(parts) == 2 and isinstance(node.value, dict) and parts[1] != "*":
        return _put(tree, parts, node)
    if parts[1] != "*" and parts[1] not in known:
        hint = did_you_mean(parts[1], known)
        faults.append(node.key.fault("error.organisation.unknown", key=parts[1][:40], hint=hint))
        return tree
    for key in known if parts[1] == "*" else [parts[1]]:
        if len(parts) == 2 and node.value is None and held is not None:
            rest = {k: v for k, v in held.value.items() if k != key}
            held = replace(held, value=rest)
            tree = replace(tree, value={**tree.value, "organisations": held})
        else:
            tree = _put(tree, ["organisations", key, *parts[2:]], node)
    return tree


def _put(tree: Node, parts: list[str], node: Node) -> Node:
    """Return a tree with one value replaced; blocks on the way are made."""
    if not parts:
        return node
    held = tree.value if isinstance(tree.value, dict) else {}
    before = held.get(parts[0]) or Node({}, node.place, node.key)
    return replace(tree, value={**held, parts[0]: _put(before, parts[1:], node)})
