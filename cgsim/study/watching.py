"""Which run-months a decline follows within a year, and what could be seen of them in the field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from ..ensemble import Progress, walk_runs
from ..layout import lay_out
from ..world.shape import INACTIVE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..scenario import Scenario

AHEAD, BACK = 12, 6
"""Months ahead that are looked at; months back over which producers are averaged and changes are
taken (assumptions)."""

FALL = 1.0 / 3.0
"""The part of producers whose loss counts as decline (assumption)."""

Form = Literal["level", "change", "recent", "calendar"]
By = Literal["counted", "asked", "calendar"]

COUNTED = (
    "producers", "independents", "active_trainees", "attendance", "mean_income", "output", "demand",
    "unmet_orders", "sales", "spent",
)  # fmt: skip
"""What lists, books and orders show."""

ASKED = (
    "skill", "mean_support", "tie_trust", "peer_trust", "organisation_trust", "commitment",
    "dialogue_quality", "market_information", "reputation",
)  # fmt: skip
"""What has to be asked or judged: a questionnaire shows it more roughly than the model does."""

SO_FAR = ("admissions", "left", "graduations")
"""Counts that only grow: what came in the last six months is taken."""

FLOWS = ("visits", "new_designs")
"""Counts of a month, uneven from one to the next: added up over six months."""

CALENDAR = "calendar"
"""Months passed: what knows nothing of the cluster. A number no better warns of nothing."""


class Signal(NamedTuple):
    """One number that may foretell: the column, its form, and how it is come by."""

    column: str
    form: Form
    by: By

    @property
    def name(self) -> str:
        """Return what names it in a table."""
        return self.column if self.form in ("level", "calendar") else f"{self.column}_{self.form}"


def signals() -> list[Signal]:
    """Return all numbers that are tried, the calendar last.

    Examples
    --------
    >>> [one.name for one in signals()][:2], signals()[-1].name
    (['producers', 'producers_change'], 'calendar')
    """
    found: list[Signal] = []
    for names, by in ((COUNTED, "counted"), (ASKED, "asked")):
        for name in names:
            found += [Signal(name, "level", by), Signal(name, "change", by)]  # type: ignore[arg-type]
    found += [Signal(name, "recent", "counted") for name in (*SO_FAR, *FLOWS)]
    return [*found, Signal(CALENDAR, "calendar", "calendar")]


@dataclass(frozen=True, eq=False)
class Watched:
    """Runs, month by month.

    Attributes
    ----------
    values : array, shape (runs, months, signals)
        In the order of `signals`; missing in the first months of a change.
    eligible : array of bool, shape (runs, months)
        Months in which there is something to lose and a year to come.
    declines : array of bool, same shape
        Whether a decline follows within a year.
    onset : array of int, shape (runs,)
        The month of the first decline, −1 for none.
    """

    values: NDArray[np.float64]
    eligible: NDArray[np.bool_]
    declines: NDArray[np.bool_]
    onset: NDArray[np.int64]


def watch_runs(
    case: Scenario, runs: int, seed: int, first_run: int = 0, threads: int | None = None,
    progress: Progress | None = None,
) -> Watched:  # fmt: skip
    """Walk runs and note what was to be seen, and what followed."""
    raw = ["state", *COUNTED, *ASKED, *SO_FAR, *FLOWS]
    cells = lay_out(case).cells
    walked = walk_runs(
        case, runs, seed, np.zeros(0, dtype=np.int64),
        np.array([cells.cluster(name) for name in raw], dtype=np.int64), first_run=first_run,
        threads=threads, progress=progress,
    ).months  # fmt: skip
    series = {name: walked[:, :, k] for k, name in enumerate(raw)}
    values = np.stack([_values(one, series) for one in signals()], axis=2)
    floor = float(case.policy["active_producers"])
    eligible, declines, onset = decline(series["state"], series["producers"], floor)
    return Watched(values, eligible, declines, onset)


def _values(one: Signal, series: dict[str, NDArray[np.float64]]) -> NDArray[np.float64]:
    if one.form == "calendar":
        shape = series["state"].shape
        return np.broadcast_to(np.arange(1.0, shape[1] + 1.0), shape)
    found = np.asarray(series[one.column], dtype=np.float64)
    if one.form == "level":
        return found
    summed = np.cumsum(found, axis=1) if one.column in FLOWS else found
    change = np.full(found.shape, np.nan)
    change[:, BACK:] = summed[:, BACK:] - summed[:, :-BACK]
    return change


def decline(
    state: NDArray[np.float64], producers: NDArray[np.float64], floor: float
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.int64]]:
    """Say of each month whether a decline follows within a year, and when the first begins.

    Producers are taken as their mean over six months, as long as from one intake to the next. A
    decline, seen from a month in which the cluster bears the label active or dynamic and has at
    least `floor` producers: within the next 12 months the state falls below that month's, or
    producers fall below the floor or by at least a third.

    Parameters
    ----------
    state, producers : array, shape (runs, months)
    floor : float
        Producers that a cluster needs to be called active at all.

    Returns
    -------
    eligible, declines : array of bool, shape (runs, months)
    onset : array of int, shape (runs,)

    Examples
    --------
    >>> makers = np.array([[9.0] * 20 + [6.0] * 20])
    >>> eligible, declines, onset = decline(np.ones((1, 40)), makers, 5.0)
    >>> int(onset[0]), declines[0, 12:14].tolist(), int(eligible.sum())
    (25, [False, True], 22)
    """
    runs, months = producers.shape
    summed = np.cumsum(producers, axis=1)
    level = np.full(producers.shape, np.nan)
    level[:, BACK:] = (summed[:, BACK:] - summed[:, :-BACK]) / BACK
    eligible = (state > INACTIVE) & (level >= floor)
    eligible &= np.arange(months) < months - AHEAD
    declines = np.zeros(producers.shape, bool)
    onset = np.full(runs, months, dtype=np.int64)
    for ahead in range(1, AHEAD + 1):
        now, then = slice(0, months - ahead), slice(ahead, months)
        fallen = level[:, then] < floor
        # a hair wider than a third, so that rounding of means does not decide
        fallen |= level[:, then] <= (1.0 - FALL) * level[:, now] + 1e-9
        fallen |= state[:, then] < state[:, now]
        fallen &= eligible[:, now]
        declines[:, now] |= fallen
        first = np.where(fallen.any(axis=1), fallen.argmax(axis=1) + ahead, months)
        onset = np.minimum(onset, first)
    return eligible, declines, np.where(onset == months, -1, onset)
