"""Runs of compared scenarios in many worlds: world by world the same luck, run by run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..sweep import Spec
from ..sweep.axes import Axis
from ..sweep.pools import Threads
from ..sweep.spec_reading import digest_of
from .outcomes import BY_NAME, COLUMNS, Outcome, values_of

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from ...ensemble import Progress
    from ...scenario import Scenario
    from ..sweep.work import Bench

COST = "cost_per_artisan_year"

CHIEF: tuple[Outcome, ...] = (
    *(
        BY_NAME[name]
        for name in (
            "cluster_index", "dynamic", "producers", "independents", "mean_income", "spent",
        )
    ),
    Outcome(COST, "Rp million per artisan-year", -1, 2),
)  # fmt: skip
"""What is told of every world; the first is what the sentences go by."""

CHIEF_BY_NAME = {one.name: one for one in CHIEF}

OVER_TIME = ("cluster_index", "producers", "mean_income")
"""What is kept after every whole year."""

CHUNKS = 16
"""Parts that the work is cut into at least, so that every thread has something to do."""


@dataclass(frozen=True, eq=False)
class WorldRuns:
    """What one scenario came to in every world.

    Attributes
    ----------
    values : mapping
        By outcome an array of shape (worlds, runs).
    series : mapping
        By quantity of `OVER_TIME` an array of shape (worlds, runs, years): after each whole year.
    """

    values: Mapping[str, NDArray[np.float64]]
    series: Mapping[str, NDArray[np.float64]]


def walk_worlds(
    case: Scenario, worlds: pd.DataFrame, runs: int, seed: int, *, years: bool = True,
    threads: int | None = None, progress: Progress | None = None,
) -> WorldRuns:  # fmt: skip
    """Run a scenario in each world; run r has the same luck in every world and scenario.

    Parameters
    ----------
    case : Scenario
    worlds : DataFrame
        A row a world, a column an assumption under its path.
    runs, seed : int
        Runs in each world, and their luck.
    years : bool
        Whether to keep what is drawn over time.

    Raises
    ------
    RuntimeError
        Where a run gave no row: nothing is left out in silence.
    """
    import pandas as pd

    from ...ensemble import cores

    spec = _spec(case, worlds, runs, seed, years)
    length = case.months
    parts: dict[int, pd.DataFrame] = {}
    yearly: dict[int, NDArray[np.float64]] = {}

    def job(bench: Bench, chunk: int) -> int:
        made = bench.work(chunk)
        if made.failures:
            raise RuntimeError(f"a run gave no row: {made.failures[0]}")
        parts[chunk] = made.runs
        if made.months is not None:
            months = made.months[list(OVER_TIME)].to_numpy(dtype=np.float64)
            by_month = months.reshape(-1, length, len(OVER_TIME))
            yearly[chunk] = by_month[:, 11::12].copy()
        return chunk

    done = 0
    with Threads(spec, job, threads or cores()) as pool:
        for chunk in pool.results(range(spec.chunks)):
            if chunk is not None:
                done += len(parts[chunk])
                if progress:
                    progress(done, spec.simulations)
    table = pd.concat([parts[k] for k in range(spec.chunks)], ignore_index=True)
    shape = (len(worlds), runs)
    values = {name: one.reshape(shape) for name, one in values_of(table, length).items()}
    series = {}
    if yearly:
        every = np.concatenate([yearly[k] for k in range(spec.chunks)])
        series = {name: every[:, :, k].reshape(*shape, -1) for k, name in enumerate(OVER_TIME)}
    return WorldRuns(values, series)


def _spec(case: Scenario, worlds: pd.DataFrame, runs: int, seed: int, years: bool) -> Spec:
    rows: NDArray[np.float64] = worlds.to_numpy(dtype=np.float64)
    return Spec(
        case, tuple(Axis(str(path)) for path in worlds.columns), "file", len(rows), runs, seed,
        outcomes=(*COLUMNS, *(f"spent_{key}" for key in case.organisations)),
        months=OVER_TIME if years and case.months >= 12 else (),
        chunk=_chunk(case, runs, len(rows)), table=rows, table_hash=digest_of(rows),
    )  # fmt: skip


def _chunk(case: Scenario, runs: int, worlds: int) -> int:
    from ..sweep.spec import usual_chunk

    return max(1, min(usual_chunk(case, runs, True), -(-runs * worlds // CHUNKS)))


def differences(
    outcome: str, first: Mapping[str, NDArray[np.float64]], other: Mapping[str, NDArray[np.float64]]
) -> NDArray[np.float64]:
    """Return pair by pair by how much an outcome is more than in the first scenario.

    Parameters
    ----------
    outcome : str
        One of `CHIEF` or of `outcomes.OUTCOMES`.
    first, other : mapping
        By outcome arrays whose last axis is that of runs.

    Returns
    -------
    array
        Of the same shape. Of a cost per artisan-year, which is a ratio of sums, what each pair
        adds to the difference to first order: its mean is the difference of the ratios, its
        spread gives their interval; NaN where nobody worked a single year.
    """
    if outcome == COST:
        return _unit_cost(other) - _unit_cost(first)
    return other[outcome] - first[outcome]


def _unit_cost(values: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64]:
    """Return spending per artisan-year of all runs together, spread over the runs.

    References
    ----------
    Linearisation of a ratio: Cochran 1977, Sampling Techniques, 3rd edition, section 6.3.
    """
    spent, years = values["spent"], values["artisan_years"]
    mean = years.mean(axis=-1, keepdims=True)
    known = np.where(mean > 0.0, mean, np.nan)
    ratio = spent.mean(axis=-1, keepdims=True) / known
    return np.asarray(ratio + (spent - ratio * years) / known)
