"""Many runs of one scenario, as tables."""

from __future__ import annotations

import platform
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..ensemble import Progress, trace_trainees, walk_runs
from ..results import (
    month_cells,
    months_table,
    people_table,
    run_cells,
    run_columns,
    runs_table,
    year_cells,
    years_table,
)
from ..scenario import Scenario

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..figures import Plots

LIBRARIES = ("cgsim", "mesa", "numpy", "numba", "pandas")


@dataclass(frozen=True)
class Simulation:
    """An ensemble of runs of one scenario.

    Attributes
    ----------
    scenario : Scenario
    seed : int
    runs : DataFrame
        A row a run.
    months : DataFrame
        A row a run and month; empty if not asked for.
    yearly : array, shape (runs, years, columns)
        What stood after each whole year; empty if only some outcomes were asked for.
    """

    scenario: Scenario
    seed: int
    runs: pd.DataFrame
    months: pd.DataFrame = field(default_factory=pd.DataFrame)
    yearly: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 0, 3)))

    @cached_property
    def years(self) -> pd.DataFrame:
        """A row a run and whole year; made when first asked for, to keep large ensembles small."""
        if self.yearly.shape[-1] == 0:
            return pd.DataFrame()
        first = int(self.runs["run"].iloc[0]) if len(self.runs) else 0
        return years_table(self.yearly, first)

    @property
    def manifest(self) -> dict[str, Any]:
        """What made these numbers, and a hash of them."""
        return {
            "scenario": self.scenario.name,
            "scenario_hash": self.scenario.hash,
            "seed": self.seed,
            "runs": len(self.runs),
            "months": self.scenario.months,
            "results_hash": table_hash(self.runs),
            "versions": versions(),
            "python": platform.python_version(),
            "platform": this_platform(),
        }

    def people(self, run: int = 0) -> pd.DataFrame:
        """Return the `people` table of one run: a row a person and month."""
        return people(self.scenario, self.seed, run)

    @cached_property
    def plot(self) -> Plots:
        """Figures: ``plot.states()`` of the ensemble, ``plot.lives(run=0)`` of one run."""
        from ..figures import Plots

        return Plots(self)


def versions() -> dict[str, str]:
    """Return the versions of this program and of the libraries that numbers come from."""
    return {name: _version(name) for name in LIBRARIES}


def this_platform() -> str:
    """Return the system and processor of this computer."""
    return f"{platform.system()} {platform.machine()}"


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "not installed"


def table_hash(table: pd.DataFrame) -> str:
    """Return 16 hexadecimal digits that change with any bit of any number of a table."""
    digest = blake2b(digest_size=8)
    for name in table.columns:
        column = table[name]
        digest.update(str(name).encode())
        if isinstance(column.dtype, pd.CategoricalDtype):
            digest.update(" ".join(map(str, column.cat.categories)).encode())
            digest.update(column.cat.codes.to_numpy().tobytes())
        else:
            digest.update(column.to_numpy().tobytes())
    return digest.hexdigest()


def simulate(
    scenario: Scenario | str | os.PathLike[str],
    runs: int = 200,
    seed: int = 1,
    *,
    months: bool = True,
    outcomes: Sequence[str] | None = None,
    first_run: int = 0,
    threads: int | None = None,
    chunk: int | None = None,
    progress: Progress | None = None,
) -> Simulation:
    """Run a scenario many times.

    Parameters
    ----------
    scenario : Scenario or str
        A scenario, or the name or path of one.
    runs : int
        Number of runs; run r of a seed has the same luck in every command and engine.
    seed : int
        Seed in [0, 2³²).
    months : bool
        Whether to keep the `months` table too; without it memory stays small.
    outcomes : sequence of str, optional
        Columns of `runs` to keep; all if not given.
    threads, chunk : int, optional
        How the work is shared out. The numbers do not depend on it.
    progress : callable, optional
        Called with runs done and runs in all.

    Raises
    ------
    ScenarioError
        If the scenario does not pass its check.
    ValueError
        For a number of runs or a seed out of range.

    Examples
    --------
    >>> result = simulate("sangatta-utara", runs=20, seed=1)
    >>> result.runs.shape[0], sorted(result.runs["end_state"].unique())[0]
    (20, 'active')
    """
    case = scenario if isinstance(scenario, Scenario) else Scenario.load(scenario)
    check_numbers(runs, seed, first_run)
    columns = run_columns(case, outcomes)
    ensemble = walk_runs(
        case,
        runs,
        seed,
        run_cells(case, columns),
        month_cells(case) if months else None,
        year_cells(case) if outcomes is None else None,
        first_run=first_run,
        threads=threads,
        chunk=chunk,
        progress=progress,
    )
    table = runs_table(case, seed, columns, ensemble.runs, ensemble.states, first_run)
    monthly = months_table(case, ensemble.months, first_run) if months else pd.DataFrame()
    return Simulation(case, seed, table, monthly, ensemble.years)


def people(
    scenario: Scenario | str | os.PathLike[str], seed: int = 1, run: int = 0
) -> pd.DataFrame:
    """Return the `people` table of one run: a row a person and month."""
    case = scenario if isinstance(scenario, Scenario) else Scenario.load(scenario)
    check_numbers(1, seed, run)
    return people_table(trace_trainees(case, seed, run), run)


def check_numbers(runs: int, seed: int, first_run: int) -> None:
    """Raise ValueError for a number of runs, a seed or a first run out of range."""
    if runs < 1:
        raise ValueError(f"runs must be 1 or more, not {runs}")
    if not 0 <= seed < 2**32:
        raise ValueError(f"seed must be a whole number from 0 to {2**32 - 1}, not {seed}")
    if not 0 <= first_run <= 2**32 - runs:
        raise ValueError(f"runs are numbered from 0 to {2**32 - 1}, not {first_run}")
