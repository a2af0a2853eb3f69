"""Makes a scenario of a resolved tree: checks it whole, and gathers all that is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .errors import MAX_FAULTS, Fault, Message, ScenarioError
from .parameters import BY_PATH, PLAN, POLICY, find
from .scenario_faults import MAX_MONTHS
from .scenario_file import Resolved, did_you_mean
from .scenario_interventions import interventions
from .scenario_yaml import Node, Place


def built(resolved: Resolved) -> dict[str, Any]:
    """Check a resolved tree; return the fields of a `Scenario`.

    Raises
    ------
    ScenarioError
        With all that is wrong.
    """
    from .scenario_shape import checked  # pydantic, only once there is something to check

    tree = resolved.tree
    shape, faults = checked(tree)
    held, months = tree.child("organisations"), tree.child("months")
    keys = tuple(held.value) if held is not None and isinstance(held.value, dict) else ()
    length = shape.months if shape else 120 if months is None else months.value
    known = type(length) is int and 1 <= length <= MAX_MONTHS
    changes, more = interventions(tree, keys, length if known else MAX_MONTHS)
    faults += [*resolved.faults, *more, *_across(shape, tree), *_source_faults(tree, keys)]
    if faults:
        raise ScenarioError(faults)
    said = shape.model_dump(warnings=False)
    fallback = resolved.name.replace("-", " ").replace("_", " ")
    return {
        "name": resolved.name,
        "title": said["title"] or {"en": fallback, "id": fallback},
        "question": said["question"] or {"en": "", "id": ""},
        "months": said["months"],
        "organisations": keys,
        "names": {key: _named(key, said["organisations"][key]["name"]) for key in keys},
        "policy": {name: _at(said, p.path) for name, p in POLICY.items()},
        "plans": {key: {n: said["organisations"][key][n] + 0.0 for n in PLAN} for key in keys},
        "interventions": changes,
        "aliases": said["alias"],
        "sources": said["sources"],
        "origins": dict(_origins(tree)),
    }


def _named(key: str, name: dict[str, str] | None) -> dict[str, str]:
    plain = key.replace("_", " ").capitalize()
    return name or {"en": plain, "id": plain}


def _at(said: dict[str, Any], path: str) -> float:
    value: Any = said
    for part in path.split("."):
        value = value[part]
    return float(value) + 0.0


def _across(shape: Any, tree: Node) -> list[Fault]:
    """Say where two levers, each allowed, cannot go together."""
    if shape is None or shape.community.group_size <= shape.community.people:
        return []
    held = tree.child("community")
    given = [node for name in ("group_size", "people") if (node := held and held.child(name))]
    own = [node for node in given if node.place.file in (tree.place.file, REPLACE.file)]
    node = [*own, *given, tree][0]
    group, people = f"{shape.community.group_size:g}", f"{shape.community.people:g}"
    return [node.place.fault("error.across.group_size", group=group, people=people)]


def _source_faults(tree: Node, keys: tuple[str, ...]) -> list[Fault]:
    """Say which entries of `sources` name no lever."""
    held = tree.child("sources")
    faults = []
    for path, node in held.value.items() if held and isinstance(held.value, dict) else ():
        parts = path.split(".")
        astray = parts[0] == "organisations" and len(parts) > 1 and parts[1] not in ("*", *keys)
        if path != "months" and (find(path) is None or astray):
            known = [*BY_PATH, *(f"organisations.{key}.{n}" for key in ("*", *keys) for n in PLAN)]
            hint: Message | str = did_you_mean(path, known)
            faults.append(node.key.fault("error.sources.path", path=path[:80], hint=hint))
        if len(faults) > MAX_FAULTS:
            break
    return faults


def _origins(tree: Node, prefix: str = "") -> list[tuple[str, Place]]:
    """Return each value's place, save those that no file and no `replace` states."""
    found: list[tuple[str, Place]] = []
    for name, node in tree.value.items():
        if isinstance(node.value, dict):
            found += _origins(node, f"{prefix}{name}.")
        elif node.place.line or node.place == REPLACE:
            found.append((f"{prefix}{name}", node.place))
    return found


REPLACE = Place("replace", 0, 0)
"""Where values given to `Scenario.replace` stand."""


def tree_of(
    value: Any, place: Place = REPLACE, places: Mapping[str, Place] | None = None, path: str = ""
) -> Node:
    """Return plain values as a tree, to be checked as a file's is.

    Parameters
    ----------
    value : object
        Blocks, lists and values.
    place : Place
        Where they stand.
    places : mapping
        Where some of them stand, by path, if not there.
    """
    here = (places or {}).get(path, place)
    if isinstance(value, Mapping):
        held = {
            str(name): tree_of(child, place, places, f"{path}.{name}" if path else str(name))
            for name, child in value.items()
        }
        return Node(held, here, here)
    if isinstance(value, list | tuple):
        return Node([tree_of(child, place) for child in value], here, here)
    if hasattr(value, "item") and not isinstance(value, type):
        value = value.item()
    return Node(value, here, here, _written(value))


def _written(value: Any) -> str:
    """Return a plain value as a file would write it."""
    if isinstance(value, str):
        return f'"{value}"'
    return str(value).lower() if isinstance(value, bool) else str(value)
