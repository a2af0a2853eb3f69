"""One lever varied on the command line or from Python: its values, and its words.

``LEVER=a,b,c`` lists values, ``LEVER=from:to:steps`` goes from one to the other in equal steps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from ..errors import Fault, ScenarioError, say
from ..language import text
from ..parameters import Parameter
from ..scenario import Scenario, shown
from ..scenario_yaml import Node, Scalar, scalar
from ..scenario_yaml import Place as At
from .sweep.axes import LUCK, Axis
from .sweep.spec_axes import spelt_out
from .sweep.spec_reading import Reading

Said = str | Mapping[str, Any] | Axis
"""How a varied lever may be told: in words, as in a sweep's ``vary``, or as it is read."""


def axis_of(said: Said, case: Scenario, place: str = "axis") -> Axis:
    """Read a varied lever of a scenario.

    Parameters
    ----------
    said : str, mapping or Axis
        ``LEVER=a,b,c``, ``LEVER=from:to:steps``, or one entry of a sweep's ``vary``.
    place : str
        What to blame: the option.

    Raises
    ------
    ScenarioError
        With all that is wrong.

    Examples
    --------
    >>> case = Scenario.load("sangatta-utara")
    >>> axis_of("organisations.*.monitoring_interval=never,6,1", case).values
    (0.0, 6.0, 1.0)
    >>> axis_of("community.persistence.mean=0.2:0.8:4", case).values
    (0.2, 0.4, 0.6, 0.8)
    """
    if isinstance(said, Axis):
        return said
    at = At(place, 0, 0)
    if isinstance(said, str):
        path, node = _read(said, at)
    else:
        ((path, value),) = said.items()
        node = _node(value, at)
    return read_axis(path, node, case, at)


def read_axis(path: str, node: Node, case: Scenario, at: At) -> Axis:
    """Read a varied lever from a list of values or a block of from, to and steps."""
    if path == LUCK:
        raise ScenarioError([at.fault("sweep.spec.lever", read=path, hint="")])
    reading = Reading(Node({}, at, at), Path())
    axis = reading.axis(path, Node(node.value, node.place, at), case, steps=True)
    if axis is None or reading.faults:
        raise ScenarioError(reading.faults)
    if len(axis.values) < 2:
        raise ScenarioError([at.fault("varied.one", path=path)])
    return axis


def listed(words: str, at: At) -> Node:
    """Return values parted by commas as a list, each read as a scenario file would."""
    return Node([_word(one, at) for one in words.split(",")], at, at)


def ranged(low: str, high: str, steps: str, at: Sequence[At]) -> Node:
    """Return a range as a block; each part has its own place."""
    parts = zip(("from", "to", "steps"), (low, high, steps), at, strict=True)
    return Node({name: _word(one, place) for name, one, place in parts}, at[0], at[0])


def _read(said: str, at: At) -> tuple[str, Node]:
    path, equals, words = (part.strip() for part in said.partition("="))
    range_parts = words.split(":")
    if not equals or not path or not words or len(range_parts) not in (1, 3):
        raise ScenarioError([at.fault("varied.form", read=said[:80])])
    if len(range_parts) == 3:
        low, high, steps = range_parts
        return path, ranged(low, high, steps, (at, at, at))
    return path, listed(words, at)


def _word(word: str, at: At) -> Node:
    value: Scalar = scalar(word.strip())
    return Node(value, at, at, word.strip())


def _node(value: Any, at: At) -> Node:
    if isinstance(value, Mapping):
        return Node({name: _node(one, at) for name, one in value.items()}, at, at)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return Node([_node(one, at) for one in value], at, at)
    value = value.item() if hasattr(value, "item") else value
    return Node(value, at, at, str(value))


def refuse_overlap(axes: Sequence[Axis], case: Scenario, place: str) -> None:
    """Refuse two varied levers that are one, by name or by a star."""
    at = At(place, 0, 0)
    reading = Reading(Node({}, at, at), Path())
    reading.check_overlap([(axis.path, at) for axis in axes], case)
    if reading.faults:
        raise ScenarioError(reading.faults)


def moved_by(case: Scenario, path: str) -> bool:
    """Whether a change of the scenario itself sets a lever in the course of a run."""
    own = set(spelt_out(path, case))
    changes = (pair for one in case.interventions for pair in (*one.set, *one.otherwise))
    return any(lever in own for lever, _ in changes)


def lever_words(path: str, case: Scenario, lang: str = "en") -> str:
    """Return a lever's label; an organisation's lever with whose it is.

    Examples
    --------
    >>> case = Scenario.load("sangatta-utara")
    >>> lever_words("organisations.tourism.visits", case)
    'Visits per round (Tourism Agency)'
    """
    parts = path.split(".")
    if parts[0] != "organisations":
        return text(f"lever.{path}.label", lang)
    label = text(f"lever.organisations.{parts[2]}.label", lang)
    who = text("varied.all", lang) if parts[1] == "*" else case.names[parts[1]][lang]
    return f"{label} ({who})"


def unit_of(axis: Axis, lang: str = "en") -> str:
    """Return the unit of a varied lever."""
    parameter = axis.parameter
    return "" if parameter is None else text(f"unit.{parameter.unit}", lang)


def value_words(parameter: Parameter | None, value: float, lang: str = "en") -> str:
    """Return a value as the language writes it.

    Examples
    --------
    >>> from cgsim.parameters import PLAN, BY_PATH
    >>> value_words(PLAN["monitoring_interval"], 0.0, "id")
    'tidak pernah'
    >>> value_words(BY_PATH["community.persistence.mean"], 0.25, "id")
    '0,25'
    """
    said = value if parameter is None else shown(parameter, value)
    if isinstance(said, bool):
        return text(f"varied.{str(said).lower()}", lang)
    if isinstance(said, str):
        return text(f"varied.{said}", lang)
    from babel.numbers import format_decimal

    return format_decimal(Decimal(f"{said:.6g}"), "#,##0.######", locale=lang)


def stated(axis: Axis, value: float) -> Any:
    """Return a value as a scenario file states it."""
    return value if axis.parameter is None else shown(axis.parameter, value)


def fault(place: str, key: str, **values: object) -> ScenarioError:
    """Return an error that says what is wrong with a map or a ramp."""
    return ScenarioError([Fault(place, 0, 0, say(key, **values))])
