"""Tables of a comparison that are made from the runs themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ...world.shape import STATES
from ..summary import share_of
from .differences import Difference
from .intervals import mean_interval
from .outcomes import OUTCOMES
from .pairs import SERIES, Pairs
from .ranking import CUTOFF_NAMES, transitions

if TYPE_CHECKING:
    from numpy.typing import NDArray

QUANTILES = {"q05": 0.05, "q25": 0.25, "median": 0.5, "q75": 0.75, "q95": 0.95}
"""Nine in ten runs lie between first and last, half of them between second and fourth."""


def state_table(pairs: Pairs) -> pd.DataFrame:
    """Return the share of runs in each state after the last month, with Wilson's interval."""
    return pd.DataFrame(
        [
            {"scenario": one.name, "cutoffs": cutoffs, "state": state}
            | share_of(int((one.states[:, k] == code).sum()), one.runs)._asdict()
            for one in pairs.every
            for k, cutoffs in enumerate(CUTOFF_NAMES)
            for code, state in enumerate(STATES)
        ]
    )


def transition_table(pairs: Pairs) -> pd.DataFrame:
    """Return the pairs by the end states of both of their runs."""
    rows = []
    for other in pairs.others:
        counts = transitions(pairs, other)
        for i, first in enumerate(STATES):
            for j, second in enumerate(STATES):
                many = int(counts[i, j])
                rows.append(
                    {
                        "scenario": other.name, "first_state": first, "state": second,
                        "pairs": many, "share": many / pairs.runs,
                    }
                )  # fmt: skip
    return pd.DataFrame(rows)


def runs_table(pairs: Pairs) -> pd.DataFrame:
    """Return the end states and outcomes of every run; runs of one number are a pair."""
    parts = []
    for one in pairs.every:
        columns: dict[str, Any] = {"scenario": one.name, "run": np.arange(one.runs)}
        for k, cutoffs in enumerate(CUTOFF_NAMES):
            words = np.array(STATES)[one.states[:, k]]
            name = "end_state" if cutoffs == "as_set" else f"end_state_{cutoffs}"
            columns[name] = pd.Categorical(words, STATES, ordered=True)
        names = [outcome.name for outcome in OUTCOMES]
        names += [f"spent_{key}" for key in pairs.payers]
        columns |= {name: one.value(name) for name in names}
        parts.append(pd.DataFrame(columns))
    return pd.concat(parts, ignore_index=True)


def lost(
    differences: Mapping[str, Difference], spending: Iterable[tuple[str, str, Difference]]
) -> list[tuple[str, str, Difference]]:
    """Return every outcome that clearly gets worse and every payer that clearly pays more.

    All spending is left out: its payers are named.

    Returns
    -------
    list
        Kind (``outcome`` or ``payer``), name, difference.
    """
    told = [("outcome", name, one) for name, one in differences.items() if name != "spent"]
    told += [one for one in spending if one[0] == "payer"]
    return [one for one in told if one[2].judgement == "worse"]


def losers_table(found: Mapping[str, list[tuple[str, str, Difference]]]) -> pd.DataFrame:
    """Return a row for each of what is lost, by scenario."""
    columns = ["before", "after", "mean", "low", "high", "worse"]
    rows = [
        [scenario, kind, name, *(getattr(one, column) for column in columns)]
        for scenario, told in found.items()
        for kind, name, one in told
    ]
    return pd.DataFrame(rows, columns=["scenario", "kind", "name", *columns])


def series_table(pairs: Pairs) -> pd.DataFrame:
    """Return each scenario's quantities after each month, over its runs."""
    return _told(
        (one.name, name, one.series[name], False) for one in pairs.every for name in SERIES
    )


def change_table(pairs: Pairs) -> pd.DataFrame:
    """Return the paired differences after each month, over the pairs."""
    return _told(
        (other.name, name, other.series[name] - pairs.first.series[name], True)
        for other in pairs.others
        for name in SERIES
    )


def _told(found: Iterator[tuple[str, str, NDArray[np.float64], bool]]) -> pd.DataFrame:
    parts = []
    for scenario, quantity, values, with_interval in found:
        months = values.shape[1]
        columns: dict[str, Any] = {
            "scenario": scenario, "quantity": quantity, "after_months": np.arange(1, months + 1),
            "mean": values.mean(axis=0),
        }  # fmt: skip
        if with_interval:
            columns["low"], columns["high"] = mean_interval(np.ascontiguousarray(values.T))
        columns |= zip(QUANTILES, np.quantile(values, list(QUANTILES.values()), axis=0),
                       strict=True)  # fmt: skip
        parts.append(pd.DataFrame(columns))
    return pd.concat(parts, ignore_index=True)
