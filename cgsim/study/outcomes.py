"""Outcomes of many runs after chosen months, and those that are made from several columns.

`follow` walks a scenario once and keeps of every run only what is asked for, so that a table
of many scenarios fits into little memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ..ensemble import Progress, walk_runs
from ..layout import lay_out
from ..scenario import Scenario
from ..state import CLUSTER
from ..world.shape import INACTIVE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Series = Mapping[str, NDArray[np.float64]]
    """Monthly quantities by name, each of shape (runs, months)."""


def _ratio(part: str, whole: str) -> Callable[[Series], NDArray[np.float64]]:
    """Return part / whole, 0 where there is no whole."""

    def share(series: Series) -> NDArray[np.float64]:
        whole_ = series[whole]
        return np.divide(series[part], whole_, out=np.zeros_like(whole_), where=whole_ > 0.0)

    return share


def _months_to_active(series: Series) -> NDArray[np.float64]:
    """Months until the cluster was first active; the month itself where it is not yet."""
    reached = series["months_to_active"]
    return np.where(reached == 0.0, np.arange(1.0, reached.shape[1] + 1.0), reached)


def _steps_up(series: Series) -> NDArray[np.float64]:
    """Upward changes of state so far; a step lost and climbed again counts twice."""
    before = np.concatenate((np.zeros((len(series["state"]), 1)), series["state"]), axis=1)
    return np.asarray(np.cumsum(np.diff(before, axis=1) > 0.0, axis=1), dtype=float)


def _attendance(series: Series) -> NDArray[np.float64]:
    """Share of active trainees at a meeting, mean over the meetings so far."""
    meeting = series["meeting"]
    met = np.cumsum(meeting, axis=1)
    came = np.cumsum(series["attendance"] * meeting, axis=1)
    return np.divide(came, met, out=np.zeros_like(came), where=met > 0.0)


_MADE: dict[str, tuple[tuple[str, ...], Callable[[Series], NDArray[Any]]]] = {
    "retention": (("active_trainees", "ever_trained"), _ratio("active_trainees", "ever_trained")),
    "completion": (("graduations", "admissions"), _ratio("graduations", "admissions")),
    "independents_share": (("independents", "producers"), _ratio("independents", "producers")),
    "hard_share": (("difficulty_exits", "left"), _ratio("difficulty_exits", "left")),
    "inactive": (("state",), lambda series: series["state"] == INACTIVE),
    "dynamic": (("state",), lambda series: series["state"] > INACTIVE + 1),
    "months_to_active": (("months_to_active",), _months_to_active),
    "states_reached": (("state",), lambda s: np.maximum.accumulate(s["state"], axis=1)),
    "steps_up": (("state",), _steps_up),
    "attendance_so_far": (("attendance", "meeting"), _attendance),
    "places_so_far": (("places",), lambda series: np.cumsum(series["places"], axis=1)),
}
"""What is made from monthly quantities: from which, and how (evidence.md, Counterfactual)."""


def made_outcomes() -> list[str]:
    """Return the names of the outcomes that are made from monthly quantities."""
    return list(_MADE)


def is_outcome(name: str) -> bool:
    """Whether a name is a monthly quantity or one made from several."""
    return name in _MADE or name in CLUSTER


def follow(
    scenario: Scenario,
    runs: int,
    seed: int,
    outcomes: Iterable[str],
    after: Iterable[int],
    progress: Progress | None = None,
    *,
    first_run: int = 0,
    threads: int | None = None,
) -> dict[tuple[str, int], NDArray[np.float64]]:
    """Return outcomes of every run after so many months.

    Parameters
    ----------
    scenario : Scenario
    runs, seed : int
        As in `simulate`.
    outcomes : iterable of str
        Columns of the `months` table, or ``retention`` (active trainees / ever trained),
        ``completion`` (graduations / admissions), ``independents_share`` (of producers),
        ``hard_share`` (of leavings), ``inactive`` and ``dynamic`` (0 or 1),
        ``months_to_active`` (so far, if not yet), ``states_reached`` (0, 1 or 2),
        ``steps_up``, ``attendance_so_far``, ``places_so_far``.
    after : iterable of int
        Months passed, from 1; those beyond the scenario's last are left out.
    progress : callable, optional
        Called with runs done and runs in all.
    first_run : int
        The first run's number: other runs, other luck.
    threads : int, optional
        Threads to use; the numbers do not depend on it.

    Returns
    -------
    dict
        By outcome and months passed an array of shape (runs,).

    Raises
    ------
    KeyError
        For an outcome that there is not.

    Examples
    --------
    >>> case = Scenario.load("sangatta-utara")
    >>> found = follow(case, 20, 1, ["retention", "producers"], [120])
    >>> bool(0.0 < found["retention", 120].mean() < 1.0)
    True
    """
    wanted = tuple(dict.fromkeys(outcomes))
    raw = list(dict.fromkeys(part for name in wanted for part in _MADE.get(name, ((name,),))[0]))
    for name in raw:
        if name not in CLUSTER:
            raise KeyError(name)
    cells = lay_out(scenario).cells
    walked = walk_runs(
        scenario, runs, seed, np.zeros(0, dtype=np.int64),
        np.array([cells.cluster(name) for name in raw], dtype=np.int64), progress=progress,
        first_run=first_run, threads=threads,
    )  # fmt: skip
    series = {name: walked.months[:, :, k] for k, name in enumerate(raw)}
    kept = [months for months in after if 1 <= months <= scenario.months]
    found = {}
    for name in wanted:
        every = _MADE[name][1](series) if name in _MADE else series[name]
        for months in kept:
            found[name, months] = np.array(every[:, months - 1], dtype=float)
    return found
