"""Where scenarios stand on a map: each lever's value among the values of an axis."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..scenario import Scenario
from ..scenario_shape import number
from ..study.sweep.axes import Axis
from .levers import levers_of
from .state import Side


def spelt(path: str, case: Scenario) -> list[str]:
    """Return the levers that a path stands for: of every organisation where it has a star.

    Examples
    --------
    >>> spelt("organisations.*.visits", Scenario.load("sangatta-utara"))[0]
    'organisations.industry.visits'
    """
    parts = path.split(".")
    keys = case.organisations if parts[:2] == ["organisations", "*"] else ()
    return [f"organisations.{key}.{parts[2]}" for key in keys] or [path]


def pin(side: Side, letter: str, x: Axis, y: Axis, lang: str) -> dict[str, Any]:
    """Return where a scenario stands: on each axis one place, or one of every organisation."""
    case = side.case
    return {
        "letter": letter,
        "title": side.base.title[lang],
        "x": [place(x, case, path) for path in spelt(x.path, case)],
        "y": [place(y, case, path) for path in spelt(y.path, case)],
    }


def place(axis: Axis, case: Scenario, path: str) -> float | None:
    """Return where a scenario's value lies among an axis's: 0 the first, 1.5 half way on.

    Beyond the ends it is the end; of a word that the axis does not have, or a lever that the
    scenario does not have, None.

    Examples
    --------
    >>> axis = Axis("community.persistence.mean", (0.2, 0.4, 0.6))
    >>> place(axis, Scenario.load("sangatta-utara"), axis.path)
    1.5
    """
    if path not in levers_of(case):
        return None
    value = _number(axis, case.value(path))
    if value in axis.values:
        return float(axis.values.index(value))
    parameter = axis.parameter
    if parameter is None or parameter.sort in ("flag", "choice"):
        return None
    rate = _rate if parameter.sort == "interval" else float
    line = [rate(one) for one in axis.values]
    return round(float(np.interp(rate(value), line, np.arange(len(line)))), 6)


def _number(axis: Axis, said: Any) -> float:
    assert axis.parameter is not None
    return float(number(axis.parameter, said))


def _rate(months: float) -> float:
    """Return how often something is done that is done every so many months; never is 0."""
    return 1.0 / months if months else 0.0
