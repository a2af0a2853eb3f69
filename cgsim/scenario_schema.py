"""The JSON Schema of scenario files, by which editors complete, explain and check."""

from __future__ import annotations

from typing import Any

from .language import text
from .parameters import BY_PATH, PLAN, Parameter
from .scenario import shown
from .scenario_faults import MAX_MONTHS
from .scenario_file import SECTIONS
from .scenario_shape import MAX_ORGANISATIONS

_WORDS = {
    "anyOf": [
        {"type": "string", "minLength": 1},
        {
            "type": "object",
            "properties": {"en": {"type": "string"}, "id": {"type": "string"}},
            "minProperties": 1,
            "additionalProperties": False,
        },
    ]
}
_LEVERS = {"type": "object", "minProperties": 1}


def schema(lang: str = "en") -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12), with descriptions in a language."""
    sections = {
        name: _block({p: q for p, q in BY_PATH.items() if p.startswith(f"{name}.")}, name, lang)
        for name in SECTIONS
    }
    properties: dict[str, Any] = {
        "title": _WORDS,
        "question": _WORDS,
        "alias": {"type": ["string", "array"], "items": {"type": "string"}},
        "extends": {"type": "string"},
        "set": _LEVERS,
        "months": {"type": "integer", "minimum": 1, "maximum": MAX_MONTHS, "default": 120},
        **sections,
        "organisations": {
            "type": "object",
            "maxProperties": MAX_ORGANISATIONS,
            "propertyNames": {"pattern": "^[a-z][a-z0-9_]{0,39}$"},
            "additionalProperties": {"anyOf": [_organisation(lang), {"type": "null"}]},
        },
        "interventions": {"type": "array", "items": _intervention()},
        "sources": {"type": "object", "additionalProperties": {"type": "string"}},
    }
    for name, one in properties.items():
        properties[name] = {"description": text(f"schema.{name}", lang), **one}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": text("schema.scenario", lang),
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def _block(below: dict[str, Parameter], start: str, lang: str) -> dict[str, Any]:
    """Return the schema of a block from the parameters below its path."""
    properties: dict[str, Any] = {}
    for path, parameter in below.items():
        head = path[len(start) + 1 :].split(".")[0]
        inner = f"{start}.{head}"
        if path == inner:
            properties[head] = _value(parameter, f"lever.{path}", lang)
        elif head not in properties:
            deeper = {p: q for p, q in below.items() if p.startswith(f"{inner}.")}
            properties[head] = _block(deeper, inner, lang)
    return {"type": ["object", "null"], "properties": properties, "additionalProperties": False}


def _organisation(lang: str) -> dict[str, Any]:
    properties: dict[str, Any] = {"name": _WORDS}
    for name, parameter in PLAN.items():
        properties[name] = _value(parameter, f"lever.organisations.{name}", lang)
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _value(parameter: Parameter, key: str, lang: str) -> dict[str, Any]:
    """Return the schema of one lever, with its label, help and unit."""
    found: dict[str, Any] = {
        "title": text(f"{key}.label", lang),
        "description": f"{text(f'{key}.help', lang)} [{text(f'unit.{parameter.unit}', lang)}]",
    }
    whole = {"type": "integer", "minimum": parameter.low, "maximum": parameter.high}
    if parameter.sort == "flag":
        return found | {"type": "boolean", "default": bool(parameter.default)}
    if parameter.sort == "choice":
        if parameter.default is not None:
            found["default"] = shown(parameter, parameter.default)
        return found | {"enum": list(parameter.words)}
    if parameter.sort == "interval":
        return found | {"anyOf": [whole, {"const": "never"}]}
    if parameter.sort == "number":
        whole["type"] = "number"
    if parameter.default is not None:
        found["default"] = parameter.default
    return found | whole


def _intervention() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "month": {"type": "integer", "minimum": 0},
            "when": {"type": "string"},
            "for": {"type": "integer", "minimum": 1, "maximum": MAX_MONTHS, "default": 1},
            "once": {"type": "boolean", "default": True},
            "why": _WORDS,
            "set": _LEVERS,
            "else": _LEVERS,
        },
        "required": ["set"],
        "oneOf": [{"required": ["month"]}, {"required": ["when"]}],
        "additionalProperties": False,
    }
