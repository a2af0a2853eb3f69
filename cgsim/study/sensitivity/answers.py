"""What a study asks of its runs: one number a run, by point and replicate, checked for gaps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ...errors import Fault, ScenarioError, say
from ...results import run_columns
from ...scenario_file import did_you_mean
from ...world.shape import STATES
from ..sweep import Spec, tabulate

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from ...scenario import Scenario

OUTCOMES = ("producers", "cluster_index", "dynamic")
"""What is asked after the last month where nothing is named."""

ENDS = {"inactive": STATES[0], "dynamic": STATES[2]}
"""Outcomes that are 1 where a run ends in a state, 0 elsewhere: their mean is a probability."""

Progress = Callable[[int, int], None]


def check_outcomes(names: Sequence[str], *scenarios: Scenario, place: str = "outcome") -> None:
    """Refuse an outcome that some scenario's table of runs does not have."""
    tables = [run_columns(case) for case in scenarios]
    known = [*ENDS, *(name for name in tables[0] if all(name in table for table in tables))]
    faults = [
        Fault(
            place, 0, 0,
            say("sensitivity.error.outcome", read=name[:80], hint=did_you_mean(name, known)),
        )
        for name in names
        if name not in known
    ]  # fmt: skip
    if not names:
        faults.append(Fault(place, 0, 0, say("sensitivity.error.no_outcome")))
    if faults:
        raise ScenarioError(faults)


def columns_for(names: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of `runs` from which outcomes are read; states are always there."""
    return tuple(name for name in names if name not in ENDS) or ("producers",)


def answers_of(spec: Spec, table: pd.DataFrame, outcome: str) -> NDArray[np.float64]:
    """Return one outcome of a sweep's table, in the order of its design.

    Parameters
    ----------
    spec : Spec
        What the table is said to hold.
    table : DataFrame
        A row a run, as `tabulate` makes it.
    outcome : str
        A column, or one of `ENDS`.

    Returns
    -------
    array, shape (points, runs)

    Raises
    ------
    ScenarioError
        Where rows are missing, twice there or in another order, a level is not the design's, or
        a value is missing: indices of such a table would be wrong without a sign of it.
    """
    check_rows(spec, table)
    if outcome in ENDS:
        ends = table["end_state"].astype(str).to_numpy()
        values = np.asarray(ends == ENDS[outcome], dtype=np.float64)
    else:
        values = table[outcome].to_numpy(dtype=np.float64)
    if (gaps := np.flatnonzero(~np.isfinite(values))).size:
        raise _wrong_rows("value", outcome=outcome, row=int(gaps[0]))
    return values.reshape(spec.points, spec.runs)


def check_rows(spec: Spec, table: pd.DataFrame) -> None:
    """Refuse a table whose rows are not the design's, all of them, in its order."""
    if len(table) != spec.simulations:
        raise _wrong_rows("count", rows=len(table), expected=spec.simulations)
    point, run = np.divmod(np.arange(spec.simulations), spec.runs)
    astray = (table["point"].to_numpy() != point) | (table["run"].to_numpy() != run)
    if astray.any():
        row = int(np.flatnonzero(astray)[0])
        raise _wrong_rows("order", row=row, point=int(point[row]), run=int(run[row]))
    rows = spec.rows.rows(0, spec.points)
    for k, axis in enumerate(spec.axes):
        expected = np.repeat(rows[:, k], spec.runs)
        if axis.has_words:
            off = table[axis.path].astype(str).to_numpy() != np.asarray(axis.column(expected), str)
        else:
            levels = table[axis.path].to_numpy(dtype=np.float64)
            off = ~np.isclose(levels, expected, rtol=1e-9, atol=0.0)
        if off.any():
            raise _wrong_rows("level", row=int(np.flatnonzero(off)[0]), path=axis.path)


def _wrong_rows(key: str, **values: object) -> ScenarioError:
    return ScenarioError([Fault("runs", 0, 0, say(f"sensitivity.rows.{key}", **values))])


def ask(
    spec: Spec, outcomes: Sequence[str], against: Scenario | None = None, *,
    workers: int | None = None, progress: Progress | None = None,
) -> dict[str, NDArray[np.float64]]:  # fmt: skip
    """Run a design; return each outcome, or how much more of it `against` brings.

    Parameters
    ----------
    spec : Spec
    outcomes : sequence of str
    against : Scenario, optional
        Another scenario, run at the same points with the same luck: the answer is then what it
        brings less what the first one brings, run by run.

    Returns
    -------
    dict of array, shape (points, runs)
    """
    cases = [spec.scenario] if against is None else [spec.scenario, against]
    total = spec.simulations * len(cases)
    found = []
    for k, case in enumerate(cases):
        done = _shifted(progress, k * spec.simulations, total)
        one = replace(spec, scenario=case)
        table = tabulate(one, workers=workers, progress=done)
        found.append({name: answers_of(one, table, name) for name in outcomes})
    if against is None:
        return found[0]
    return {name: found[1][name] - found[0][name] for name in outcomes}


def _shifted(progress: Progress | None, before: int, total: int) -> Progress | None:
    return None if progress is None else lambda done, _: progress(before + done, total)
