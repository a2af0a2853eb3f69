"""What a comparison looks at: outcomes of a run, which way is better, and what counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from ...columns import ACTIVITIES, INDICATORS
from ...world.shape import DYNAMIC, INACTIVE

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

Kind = Literal["share", "number"]


class Outcome(NamedTuple):
    """An outcome of a run after its last month, or over the whole of it.

    Attributes
    ----------
    name : str
    unit : str
        As in `cgsim columns`.
    better : int
        1 where more of it is better, −1 where less is, 0 where it is neither.
    decimals : int
        Digits after the point that are worth reading.
    kind : {"number", "share"}
        A share of runs is 1 in a run or 0.
    smallest : float or None
        A mean difference no larger counts as none (assumption); None where nobody has said.
    """

    name: str
    unit: str
    better: int
    decimals: int
    kind: Kind = "number"
    smallest: float | None = None


SMALLEST = {"dynamic": 0.10, "producers": 1.0, "cluster_index": 0.02}
"""As in a ramp: mean differences no larger count as none (assumption)."""

OUTCOMES: tuple[Outcome, ...] = (
    Outcome("dynamic", "share", 1, 2, "share", SMALLEST["dynamic"]),
    Outcome("inactive", "share", -1, 2, "share", SMALLEST["dynamic"]),
    Outcome("months_to_active", "months", -1, 1),
    Outcome("months_to_dynamic", "months", -1, 1),
    Outcome("producers", "persons", 1, 1, "number", SMALLEST["producers"]),
    Outcome("independents", "persons", 1, 1),
    Outcome("artisan_years", "artisan-years", 1, 1),
    Outcome("retention", "share", 1, 2),
    Outcome("mean_income", "share of the minimum wage", 1, 2),
    Outcome("household_income", "Rp million per month", 1, 1),
    Outcome("jobs", "persons", 1, 1),
    Outcome("sales", "Rp million per month", 1, 1),
    Outcome("unmet_orders", "units per month", -1, 1),
    Outcome("cluster_index", "share", 1, 3, "number", SMALLEST["cluster_index"]),
    *(Outcome(name, "share", 1, 3) for name in INDICATORS),
    Outcome("spent", "Rp million", -1, 0),
)
"""Every outcome, in the order in which it is told."""

BY_NAME = {one.name: one for one in OUTCOMES}

COLUMNS = (
    "months_to_active", "months_to_dynamic", "producers", "independents", "producer_months",
    "active_trainees", "ever_trained", "mean_income", "household_income", "jobs", "sales",
    "unmet_orders", "cluster_index", *INDICATORS, "spent",
    *(f"spent_on_{name}" for name in ACTIVITIES),
)  # fmt: skip
"""Columns of `runs` that outcomes are made from, besides the states and each payer's spending."""


def values_of(runs: pd.DataFrame, months: int) -> dict[str, NDArray[np.float64]]:
    """Return every outcome of every run, and its spending by payer and activity.

    What never came about has taken all the months of the run: a mean of months over runs that
    got there alone would call a scenario slow because it brought more of them there.

    Parameters
    ----------
    runs : DataFrame
        With `COLUMNS`, ``end_state``, and ``spent_<organisation>`` of each organisation.
    months : int
        Length of a run.

    Returns
    -------
    dict
        By name arrays of shape (runs,); after `OUTCOMES` ``spent_<organisation>`` and
        ``spent_on_<activity>``.
    """
    state = runs["end_state"].cat.codes.to_numpy()
    found = {"dynamic": state == DYNAMIC, "inactive": state == INACTIVE}
    for name in ("months_to_active", "months_to_dynamic"):
        found[name] = runs[name].fillna(float(months)).to_numpy()
    found["artisan_years"] = runs["producer_months"].to_numpy() / 12.0
    ever = runs["ever_trained"].to_numpy(dtype=np.float64)
    found["retention"] = np.divide(
        runs["active_trainees"].to_numpy(), ever, out=np.zeros_like(ever), where=ever > 0.0
    )
    names = [one.name for one in OUTCOMES]
    names += [str(name) for name in runs.columns if str(name).startswith("spent_")]
    return {
        name: np.asarray(found[name] if name in found else runs[name], dtype=np.float64)
        for name in names
    }
