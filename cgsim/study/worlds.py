"""Other worlds: the same scenario with other values for the numbers that nobody has measured.

A table of worlds has a row a world and a column an assumption, under its path. It is drawn
here, or read from a file such as the posterior samples of `cgsim calibrate`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..errors import Fault as _Fault
from ..errors import ScenarioError, say
from ..parameters import BY_PATH, Parameter
from ..scenario import Scenario
from .sweep import Spec, tabulate
from .sweep.axes import Axis
from .sweep.designs import LatinHypercube
from .sweep.spec import usual_chunk
from .sweep.spec_reading import digest_of
from .varied import fault, moved_by

if TYPE_CHECKING:
    from numpy.typing import NDArray

SECTIONS = ("constants", "costs", "market", "cluster")
"""Where a scenario keeps what the world sets, not who decides."""

WORLD = "world"

Progress = Callable[[int, int], None]


def uncertain(*scenarios: Scenario) -> list[str]:
    """Return the paths of all assumed numbers that no one decides and that the scenarios share.

    Where scenarios differ in a number, or an intervention sets it, it is what they compare and
    stays as it is.

    Examples
    --------
    >>> "constants.gain" in uncertain(Scenario.load("sangatta-utara"))
    True
    """
    first = scenarios[0]
    moved = {
        path
        for case in scenarios
        for one in case.interventions
        for path, _ in (*one.set, *one.otherwise)
    }
    return [
        path
        for path, one in BY_PATH.items()
        if _unmeasured(one)
        and path not in moved
        and all(case.policy[one.name] == first.policy[one.name] for case in scenarios)
    ]


def _unmeasured(one: Parameter) -> bool:
    section = one.path.split(".")[0]
    return section in SECTIONS and one.assumed and one.spread is not None and _wide(one.spread)


def _wide(spread: tuple[float, float]) -> bool:
    return spread[0] < spread[1]


def draw(paths: Sequence[str], number: int, seed: int = 1) -> pd.DataFrame:
    """Draw worlds: a Latin hypercube over the spreads of assumed numbers, each independent.

    Parameters
    ----------
    paths : sequence of str
        Assumed numbers, usually `uncertain`.
    number : int
        Worlds.
    seed : int
        Seed of the draws.

    Returns
    -------
    DataFrame
        A row a world, numbered by the index ``world``.
    """
    axes = [_axis(BY_PATH[path]) for path in paths]
    rows = LatinHypercube(axes, number, seed).rows(0, number)
    return pd.DataFrame(rows, columns=list(paths), index=pd.RangeIndex(number, name=WORLD))


def _axis(one: Parameter) -> Axis:
    low, high = one.spread or (one.default or 0.0, one.default or 0.0)
    return Axis(one.path, (), low, high, one.sort == "whole")


Worlds = int | str | os.PathLike[str] | pd.DataFrame
"""How many worlds to draw, the file that holds them, or worlds as they are."""


def table_of(said: Worlds, case: Scenario, seed: int, place: str = "worlds") -> pd.DataFrame:
    """Return worlds of one scenario: so many drawn, those of a file, or those given.

    Raises
    ------
    ScenarioError
        For a file that cannot be read, and for worlds that set what the scenario itself moves.
    """
    if isinstance(said, int):
        return draw(uncertain(case), said, seed)
    table = said if isinstance(said, pd.DataFrame) else load(said, case, place)
    for path in map(str, table.columns):
        if moved_by(case, path):
            raise fault(place, "worlds.error.moved", path=path, scenario=case.name)
    return table


def load(file: str | os.PathLike[str], case: Scenario, place: str = "worlds") -> pd.DataFrame:
    """Read a table of worlds, CSV or Parquet; each value is checked.

    Parameters
    ----------
    file : path
    case : Scenario
        Whose levers and constants the columns are.
    place : str
        What to blame where no place of the file is to blame.

    Raises
    ------
    ScenarioError
        With the place of what is wrong.
    """
    if not Path(file).is_file():
        raise fault(place, "worlds.error.file", file=os.fspath(file))
    said = {"scenario": case.name, "design": "file", "file": str(Path(file).resolve())}
    try:
        spec = Spec.make(said)
    except ScenarioError as wrong:
        raise ScenarioError(
            _Fault(place if one.path == "spec" else one.path, one.line, one.column,
                   one.meaning or one.message)
            for one in wrong.faults
        ) from None  # fmt: skip
    if spec.table is None or not len(spec.table):
        raise ScenarioError([_Fault(os.fspath(file), 0, 0, say("sweep.spec.file"))])
    names = [axis.path for axis in spec.axes]
    return pd.DataFrame(spec.table, columns=names, index=pd.RangeIndex(len(spec.table), name=WORLD))


def runs_in(
    case: Scenario,
    worlds: pd.DataFrame,
    runs: int,
    seed: int = 1,
    *,
    outcomes: Sequence[str] = (),
    workers: int | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Run a scenario in each world; run r has the same luck in every world and scenario.

    Parameters
    ----------
    case : Scenario
    worlds : DataFrame
        As `draw` or `load` return it.
    runs : int
        Runs in each world.
    seed : int
        Seed in [0, 2³²).
    outcomes : sequence of str
        Columns of `runs` to keep, all if empty.

    Returns
    -------
    DataFrame
        The table of runs; its column ``world`` numbers the worlds. Rows are in the order of
        worlds and runs.

    Examples
    --------
    >>> case = Scenario.load("sangatta-utara")
    >>> table = runs_in(case, draw(["constants.gain"], 3), 2, outcomes=["producers"])
    >>> table["world"].tolist(), table["run"].tolist()
    ([0, 0, 1, 1, 2, 2], [0, 1, 0, 1, 0, 1])
    """
    rows: NDArray[np.float64] = worlds.to_numpy(dtype=np.float64)
    spec = Spec(
        case, tuple(Axis(str(path)) for path in worlds.columns), "file", len(rows), runs, seed,
        outcomes=tuple(outcomes), chunk=_chunk(case, runs, len(rows)), table=rows,
        table_hash=digest_of(rows),
    )  # fmt: skip
    table = tabulate(spec, workers=workers, progress=progress)
    return table.rename(columns={"point": WORLD}).drop(columns=list(map(str, worlds.columns)))


def _chunk(case: Scenario, runs: int, worlds: int) -> int:
    """Return a size of chunks that gives every thread something to do."""
    return max(1, min(usual_chunk(case, runs, False), -(-runs * worlds // 16)))
