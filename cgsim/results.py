"""Tables of results, made from what the engines write down; their columns are in `columns`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .columns import CUTOFFS, MONTH_COLUMNS, PEOPLE_COLUMNS, RUN_COLUMNS, WHOLE_RUN, YEAR_COLUMNS
from .layout import lay_out
from .scenario import Scenario
from .state import CLUSTER
from .world.shape import COMMUNITY, LEFT, STATES, STATUSES

if TYPE_CHECKING:
    from numpy.typing import NDArray


def month_cells(scenario: Scenario) -> NDArray[np.int64]:
    """Return the cells that make a row of `months`, in the order of its columns."""
    cells = lay_out(scenario).cells
    own = [cells.organisation(key, "spent") for key in scenario.organisations]
    return np.array([cells.cluster(name) for name in MONTH_COLUMNS] + own, dtype=np.int64)


def year_cells(scenario: Scenario) -> NDArray[np.int64]:
    """Return the cells that make a row of `years`, in the order of its columns."""
    cells = lay_out(scenario).cells
    return np.array([cells.cluster(name) for name in YEAR_COLUMNS], dtype=np.int64)


def run_columns(scenario: Scenario, outcomes: Sequence[str] | None = None) -> list[str]:
    """Return the numeric columns of `runs`, all or those asked for.

    Raises
    ------
    KeyError
        For an outcome that the table does not have.
    """
    every = [*RUN_COLUMNS, *(f"spent_{key}" for key in scenario.organisations)]
    if outcomes is None:
        return every
    for name in outcomes:
        if name not in every and not name.startswith(("state_", "end_state")):
            raise KeyError(name)
    return [name for name in every if name in outcomes]


def run_cells(scenario: Scenario, columns: Sequence[str]) -> NDArray[np.int64]:
    """Return the cells that hold the named columns of `runs` after the last month."""
    cells = lay_out(scenario).cells
    found = []
    for name in columns:
        if name in CLUSTER:
            found.append(cells.cluster(WHOLE_RUN.get(name, name)))
        else:
            found.append(cells.organisation(name.removeprefix("spent_"), "spent_total"))
    return np.array(found, dtype=np.int64)


def month_reporters(scenario: Scenario) -> dict[str, Callable[[Any], Any]]:
    """Return what a Mesa DataCollector collects: the columns of `months`."""
    reporters = {name: _reporter(name) for name in MONTH_COLUMNS}
    for o, key in enumerate(scenario.organisations):
        reporters[f"spent_{key}"] = partial(_spent, o)
    return reporters


def _reporter(name: str) -> Callable[[Any], Any]:
    if name.startswith("state"):
        return partial(_state, name)
    return partial(_whole if CLUSTER[name].whole else _number, name)


def _state(name: str, model: Any) -> str:
    return STATES[int(getattr(model.cluster, name))]


def _whole(name: str, model: Any) -> int:
    return int(getattr(model.cluster, name))


def _number(name: str, model: Any) -> float:
    value: float = getattr(model.cluster, name)
    return value


def _spent(organisation: int, model: Any) -> float:
    spent: float = model.organisations[organisation].spent
    return spent


def _categories(codes: NDArray[Any], words: Sequence[str]) -> Any:
    """Return codes as words, in their order."""
    dtype = pd.CategoricalDtype(list(words), ordered=True)
    return pd.Categorical.from_codes(codes.astype(np.int8), dtype=dtype)


def _as_declared(name: str, values: NDArray[np.float64]) -> Any:
    if name.startswith("state"):
        return _categories(values, STATES)
    return values.astype(np.int64) if CLUSTER[name].whole else values


def months_table(
    scenario: Scenario, values: NDArray[np.float64], first_run: int = 0
) -> pd.DataFrame:
    """Make the `months` table.

    Parameters
    ----------
    values : array, shape (runs, months, columns)
        In the order of `month_cells`.
    """
    runs, months, _ = values.shape
    columns: dict[str, Any] = {
        "run": np.repeat(np.arange(first_run, first_run + runs), months),
        "month": np.tile(np.arange(months), runs),
    }
    flat = values.reshape(runs * months, values.shape[2])
    for k, name in enumerate(MONTH_COLUMNS):
        columns[name] = _as_declared(name, flat[:, k])
    for k, key in enumerate(scenario.organisations, start=len(MONTH_COLUMNS)):
        columns[f"spent_{key}"] = flat[:, k]
    return pd.DataFrame(columns)


def years_table(values: NDArray[np.float64], first_run: int = 0) -> pd.DataFrame:
    """Make the `years` table: what stood after 12, 24, … months.

    Parameters
    ----------
    values : array, shape (runs, years, columns)
        In the order of `year_cells`.
    """
    runs, years, _ = values.shape
    columns: dict[str, Any] = {
        "run": np.repeat(np.arange(first_run, first_run + runs), years),
        "after_months": np.tile(np.arange(12, 12 * years + 1, 12), runs),
    }
    flat = values.reshape(runs * years, len(YEAR_COLUMNS))
    for k, name in enumerate(YEAR_COLUMNS):
        columns[name] = _as_declared(name, flat[:, k])
    return pd.DataFrame(columns)


def runs_table(
    scenario: Scenario,
    seed: int,
    columns: Sequence[str],
    values: NDArray[np.float64],
    states: NDArray[np.int8],
    first_run: int = 0,
) -> pd.DataFrame:
    """Make the `runs` table.

    Parameters
    ----------
    values : array, shape (runs, columns)
        Not copied: it must not be written to afterwards.
    states : array, shape (runs, years + 1, 3)
        State after each year and after the last month, at each of the `CUTOFFS`.
    """
    runs = len(values)
    head: dict[str, Any] = {
        "scenario_hash": _categories(np.zeros(runs), [scenario.hash]),
        "run": np.arange(first_run, first_run + runs),
        "seed": np.full(runs, seed, dtype=np.int64),
    }
    for k, suffix in enumerate(CUTOFFS):
        head[f"end_state{suffix}"] = _categories(states[:, -1, k], STATES)
        for year in range(1, states.shape[1]):
            head[f"state_{12 * year}{suffix}"] = _categories(states[:, year - 1, k], STATES)
    for name in ("months_to_active", "months_to_dynamic"):
        if name in columns:
            column = values[:, list(columns).index(name)]
            column[column == 0.0] = np.nan
    body = pd.DataFrame(values, columns=list(columns), copy=False)
    for name in columns:
        if name in CLUSTER and CLUSTER[name].whole and not name.startswith("months_to"):
            body[name] = body[name].astype(np.int64)
    return pd.concat([pd.DataFrame(head), body], axis=1)


def people_table(records: NDArray[Any], run: int) -> pd.DataFrame:
    """Make the `people` table of one run.

    Parameters
    ----------
    records : record array, shape (months, people)
        Trainees at the end of each month.
    """
    months, people = records.shape
    columns: dict[str, Any] = {
        "run": np.full(months * people, run),
        "month": np.repeat(np.arange(months), people),
        "person": np.tile(np.arange(people), months),
    }
    for name in PEOPLE_COLUMNS:
        columns[name] = records[name].reshape(-1)
    # who is not active has no hazard and no support, only what was last written down
    status = columns["status"]
    idle = (status == COMMUNITY) | ((status == LEFT) & (columns["months_in_status"] > 0))
    for name in PEOPLE_COLUMNS:
        if name.startswith("hazard") or name == "support":
            columns[name] = np.where(idle, np.nan, columns[name])
    columns["status"] = _categories(status, STATUSES)
    return pd.DataFrame(columns)
