"""Tables of worlds for a comparison: drawn, read, or given, and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ...parameters import find
from ...scenario import shown
from .. import worlds as other_worlds
from ..varied import fault, moved_by
from ..worlds import Worlds

if TYPE_CHECKING:
    from ...scenario import Scenario
    from .pairs import Pairs

FEWEST_WORLDS = 2
MOST_ROWS = 10_000_000
"""Worlds × runs × months of one scenario that are held in memory."""


def table_of(pairs: Pairs, worlds: Worlds, place: str = "worlds") -> tuple[pd.DataFrame, bool]:
    """Return a table of worlds, and whether it was drawn here."""
    cases = [one.scenario for one in pairs.every]
    if isinstance(worlds, int):
        paths = other_worlds.uncertain(*cases)
        if worlds < FEWEST_WORLDS or not paths:
            raise fault(place, "worlds.error.few", n=worlds, least=FEWEST_WORLDS)
        return other_worlds.draw(paths, worlds, pairs.seed), True
    if isinstance(worlds, pd.DataFrame):
        _check_values(cases[0], worlds)
        table = worlds.copy()
        table.index = pd.RangeIndex(len(table), name=other_worlds.WORLD)
    else:
        table = other_worlds.load(worlds, cases[0], place)
    if len(table) < FEWEST_WORLDS:
        raise fault(place, "worlds.error.few", n=len(table), least=FEWEST_WORLDS)
    _refuse_what_is_compared(pairs, table, place)
    return table, False


def _check_values(case: Scenario, table: pd.DataFrame) -> None:
    """Raise ScenarioError for columns that are no levers, and for values out of bounds.

    Bounds hold for all values of a column where they hold for the lowest and the highest.
    """
    for at in (np.nanmin, np.nanmax):
        levers = {}
        for path, column in table.items():
            parameter, values = find(str(path)), column.to_numpy(dtype=np.float64)
            missing = bool(np.isnan(values).any())
            value = float("nan") if missing or not len(values) else float(at(values))
            levers[str(path)] = value if parameter is None else shown(parameter, value)
        case.replace(levers)


def _refuse_what_is_compared(pairs: Pairs, table: pd.DataFrame, place: str) -> None:
    """Refuse worlds that set what scenarios differ in, or what one of them changes itself."""
    for path in map(str, table.columns):
        for one in pairs.others:
            if one.scenario.value(path) != pairs.first.scenario.value(path):
                told = {"path": path, "first": pairs.first.name, "second": one.name}
                raise fault(place, "worlds.error.compared", **told)
        for one in pairs.every:
            if moved_by(one.scenario, path):
                raise fault(place, "worlds.error.moved", path=path, scenario=one.name)


def check_size(worlds: int, runs: int, pairs: Pairs, place: str) -> None:
    """Refuse more runs than memory holds."""
    if runs < 1 or worlds * runs * pairs.months > MOST_ROWS:
        most = f"{MOST_ROWS // pairs.months:_}".replace("_", " ")
        raise fault(place, "worlds.error.many", n=worlds, runs=runs, most=most)
