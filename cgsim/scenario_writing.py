"""Writes a scenario back as a file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from .parameters import ATTENDANCE, KINDS, PLAN, POLICY, find

if TYPE_CHECKING:
    from .scenario import Scenario
    from .scenario_interventions import Intervention

SCHEMA_LINE = "# yaml-language-server: $schema=scenario.schema.json\n"


def as_file(scenario: Scenario) -> dict[str, Any]:
    """Return a scenario as nested blocks, complete, in the order of the documentation."""
    whole: dict[str, Any] = {"title": dict(scenario.title)}
    if scenario.question["en"]:
        whole["question"] = dict(scenario.question)
    if scenario.aliases:
        whole["alias"] = list(scenario.aliases)
    whole["months"] = scenario.months
    for parameter in POLICY.values():
        *blocks, last = parameter.path.split(".")
        block = whole
        for name in blocks:
            block = block.setdefault(name, {})
        block[last] = scenario.value(parameter.path)
    whole["organisations"] = {
        key: {
            "name": dict(scenario.names[key]),
            **{name: scenario.value(f"organisations.{key}.{name}") for name in PLAN},
        }
        for key in scenario.organisations
    }
    if scenario.interventions:
        whole["interventions"] = [_written(one) for one in scenario.interventions]
    if scenario.sources:
        whole["sources"] = dict(scenario.sources)
    return whole


def _written(one: Intervention) -> dict[str, Any]:
    written: dict[str, Any] = {}
    if one.month is not None:
        written["month"] = one.month
    else:
        written["when"] = f"{one.quantity} {one.sense} {one.bound!r}"
        written["for"] = one.for_months
        written["once"] = one.once
    if one.why["en"]:
        written["why"] = dict(one.why)
    written["set"] = _levers(one.set)
    if one.otherwise:
        written["else"] = _levers(one.otherwise)
    return written


def _levers(changes: tuple[tuple[str, float], ...]) -> dict[str, Any]:
    from .scenario import shown

    found = {}
    for path, value in changes:
        parameter = find(path)
        assert parameter is not None
        found[path] = shown(parameter, value)
    return found


def as_yaml(scenario: Scenario) -> str:
    """Return a scenario as the text of a file."""
    from ruamel.yaml import YAML

    writer = YAML()
    writer.width = 100
    writer.allow_unicode = True
    text = io.StringIO()
    writer.dump(_quoted(as_file(scenario)), text)
    return SCHEMA_LINE + text.getvalue()


def _quoted(value: Any) -> Any:
    """Quote what people wrote, so that it can only be read as text."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    if isinstance(value, dict):
        return {name: _quoted(child) for name, child in value.items()}
    if isinstance(value, list):
        return [_quoted(child) for child in value]
    if isinstance(value, str) and value not in ("never", *KINDS, *ATTENDANCE):
        return DoubleQuotedScalarString(value)
    return value
