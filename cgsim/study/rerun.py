"""A folder of results, made once more: does every number come back the same?"""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ..errors import ScenarioError
from ..scenario import Scenario
from .kept import MANIFEST, TABLE_FILES, tables_of
from .kept_reading import (
    check_holds,
    fault,
    is_study,
    read_manifest,
    read_table,
    whole_scenario,
)
from .simulate import Simulation, simulate, this_platform, versions

if TYPE_CHECKING:
    import pandas as pd

    from ..ensemble import Progress

_OF_RUNS: dict[str, type] = {"seed": int, "runs": int}
"""What that of an ensemble must hold besides."""


class Difference(NamedTuple):
    """A column that did not come back the same.

    Attributes
    ----------
    table, column : str
    rows : int
        How many rows differ; all, where the column or the rows are not there.
    most : float or None
        The largest difference; None for words, and where a number is missing on one side.
    first : int or None
        The first row that differs, from 0; None where the column or the rows are not there.
    """

    table: str
    column: str
    rows: int
    most: float | None
    first: int | None


@dataclass(frozen=True)
class Kept:
    """A folder of results that was read and is as it was written.

    Attributes
    ----------
    folder : Path
    manifest : dict
    scenario : Scenario
    tables : dict
        By name: `runs`, `months`, `people`; those of a study have names of their own.
    """

    folder: Path
    manifest: dict[str, Any]
    scenario: Scenario
    tables: dict[str, pd.DataFrame]

    @property
    def first_run(self) -> int:
        """Number of the first run."""
        return int(self.tables["runs"]["run"].iloc[0])


@dataclass(frozen=True)
class Comparison:
    """What came back of a folder of results.

    Attributes
    ----------
    rows : dict
        Rows compared, by table.
    columns : dict
        Columns compared, by table.
    differences : tuple of Difference
        None if every number is the same.
    elsewhere : dict
        What made the results then and now, by name, where it is not the same.
    """

    rows: dict[str, int]
    columns: dict[str, int]
    differences: tuple[Difference, ...]
    elsewhere: dict[str, tuple[str, str]]

    @property
    def same(self) -> bool:
        """Whether every number is the same."""
        return not self.differences


def read_kept(folder: str | os.PathLike[str]) -> Kept:
    """Read a folder of results and check that nobody has changed it.

    Raises
    ------
    ScenarioError
        Where files are missing, torn or not as they were written, all of them at once.
    """
    place = Path(folder)
    manifest = read_manifest(place)
    if is_study(manifest):
        raise ScenarioError([fault(place, "study", command=manifest["command"])])
    check_holds(place, manifest, _OF_RUNS)
    if not (manifest["runs"] >= 1 and 0 <= manifest["seed"] < 2**32):
        raise ScenarioError([fault(place / MANIFEST, "torn")])
    scenario = whole_scenario(place, manifest, TABLE_FILES.values())
    tables = {name: read_table(place / file) for name, file in TABLE_FILES.items()}
    runs = tables["runs"]
    fits = len(runs) == manifest["runs"] and set(runs.get("seed", ())) == {manifest["seed"]}
    if not fits or "run" not in runs:
        raise ScenarioError([fault(place / MANIFEST, "unfit", table=TABLE_FILES["runs"])])
    return Kept(place, manifest, scenario, tables)


def rerun(
    kept: Kept, *, threads: int | None = None, progress: Progress | None = None,
    make: Callable[..., Simulation] = simulate,
) -> Comparison:  # fmt: skip
    """Make results once more and compare every number with those kept.

    Parameters
    ----------
    kept : Kept
        What `read_kept` found.
    threads : int, optional
        Threads to use; the numbers do not depend on it.
    progress : callable, optional
        Told how many runs are done.
    make : callable
        What simulates.
    """
    again = make(
        kept.scenario, kept.manifest["runs"], kept.manifest["seed"],
        first_run=kept.first_run, threads=threads, progress=progress,
    )  # fmt: skip
    return compare_all(kept, tables_of(again))


def compare_all(kept: Kept, again: Mapping[str, pd.DataFrame]) -> Comparison:
    """Compare every table that is kept with the one of its name, made once more."""
    none = next(iter(kept.tables.values())).iloc[:0, :0]
    every = {**again, **kept.tables}
    differences = [
        one
        for name in every
        for one in compare(name, kept.tables.get(name, none), again.get(name, none))
    ]
    return Comparison(
        rows={name: len(table) for name, table in every.items()},
        columns={name: len(table.columns) for name, table in every.items()},
        differences=tuple(differences),
        elsewhere=elsewhere(kept.manifest),
    )


def compare(name: str, before: pd.DataFrame, after: pd.DataFrame) -> Iterator[Difference]:
    """Yield each column of a table that differs in any bit of any number.

    Missing values equal one another and nothing else.
    """
    every = [*before.columns, *(one for one in after.columns if one not in before.columns)]
    for column in every:
        there = column in before.columns and column in after.columns
        if not there or len(before) != len(after):
            yield Difference(name, column, max(len(before), len(after)), None, None)
            continue
        old, new = _values(before[column]), _values(after[column])
        gone, now_gone = before[column].isna().to_numpy(), after[column].isna().to_numpy()
        differ = ((old != new) & ~(gone & now_gone)) | (gone != now_gone)
        if differ.any():
            first = int(np.flatnonzero(differ)[0])
            yield Difference(name, column, int(differ.sum()), _most(old, new, differ), first)


def _values(column: pd.Series[Any]) -> Any:
    """Return a column as numbers, or as words where it holds words."""
    kind = column.dtype.kind
    return column.to_numpy() if kind in "iuf" else column.astype(str).to_numpy(dtype=object)


def _most(old: Any, new: Any, differ: Any) -> float | None:
    if old.dtype == object or new.dtype == object:
        return None
    gaps = np.abs(new[differ].astype(np.float64) - old[differ].astype(np.float64))
    most = float(gaps.max())
    return most if np.isfinite(most) else None


def elsewhere(manifest: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Return what made the results, then and now, where the two differ."""
    then = {**manifest["versions"], "Python": manifest["python"], "platform": manifest["platform"]}
    now = {**versions(), "Python": platform.python_version(), "platform": this_platform()}
    return {
        name: (str(then.get(name, "–")), now.get(name, "–"))
        for name in sorted({*then, *now}, key=str.lower)
        if then.get(name) != now.get(name)
    }
