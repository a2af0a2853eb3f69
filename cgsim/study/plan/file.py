"""A plan as a scenario file: what it extends, and only what differs."""

from __future__ import annotations

import io
from typing import Any

from ...parameters import PLAN, POLICY
from ...scenario import Scenario
from ...scenario_writing import SCHEMA_LINE


def extending(case: Scenario, parent: Scenario, extends: str) -> str:
    """Return a scenario as a file that extends another one.

    Where it differs in more than levers and length it is written complete.

    Parameters
    ----------
    case, parent : Scenario
    extends : str
        Name or path of the parent, as the file is to say it.

    Examples
    --------
    >>> base = Scenario.load("sangatta-utara")
    >>> more = base.replace({"organisations.kpc.visits": 10})
    >>> print(extending(more, base, "sangatta-utara").splitlines()[-1])
      organisations.kpc.visits: 10
    """
    if case.organisations != parent.organisations or case.interventions != parent.interventions:
        return case.to_yaml()
    whole: dict[str, Any] = {
        "extends": extends, "title": dict(case.title), "question": dict(case.question),
    }  # fmt: skip
    if case.months != parent.months:
        whole["months"] = case.months
    paths = [one.path for one in POLICY.values()]
    paths += [f"organisations.{key}.{name}" for key in case.organisations for name in PLAN]
    changed = {path: case.value(path) for path in paths if case.value(path) != parent.value(path)}
    if changed:
        whole["set"] = changed
    return _written(whole)


def _written(whole: dict[str, Any]) -> str:
    from ruamel.yaml import YAML
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted

    for name in ("title", "question"):
        whole[name] = {lang: Quoted(words) for lang, words in whole[name].items()}
    whole["extends"] = Quoted(whole["extends"])
    writer, written = YAML(), io.StringIO()
    writer.width, writer.allow_unicode = 100, True
    writer.dump(whole, written)
    return SCHEMA_LINE + written.getvalue()
