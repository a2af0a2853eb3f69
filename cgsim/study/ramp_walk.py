"""The runs of a ramp: a lever that goes there and back, and each value held all along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..scenario import Scenario
from ..world.shape import ACTIVE, DYNAMIC
from .sweep.axes import Axis
from .varied import stated

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..ensemble import Progress

SHARES = ("dynamic", "at_least_active")
QUANTITIES = (*SHARES, "producers", "cluster_index")
"""What is read at the end of each hold; the first two of a run are 0 or 1."""


def holds_of(axis: Axis) -> int:
    """Return how many times a value is held; the last one serves both ways."""
    return 2 * len(axis.values) - 1


def ramped_scenario(case: Scenario, axis: Axis, hold: int) -> Scenario:
    """Return the scenario in which the lever goes there and back."""
    way = _way(axis)
    changes = [
        {"month": stage * hold, "set": {axis.path: stated(axis, axis.values[step])}}
        for stage, step in enumerate(way)
        if stage
    ]
    return _held(case, axis, axis.values[0], len(way) * hold, changes)


def _held(
    case: Scenario, axis: Axis, value: float, months: int, changes: Sequence[Any] = ()
) -> Scenario:  # fmt: skip
    own = [
        one
        for one in case.to_dict().get("interventions", [])
        if "month" not in one or one["month"] < months  # a later one never acts
    ]
    levers = {axis.path: stated(axis, value), "interventions": [*own, *changes]}
    return case.replace(levers, months=months)


def _way(axis: Axis) -> list[int]:
    steps = len(axis.values)
    return [*range(steps), *reversed(range(steps - 1))]


def walked(
    case: Scenario, axis: Axis, hold: int, runs: int, seed: int, threads: int | None,
    told: Callable[[int], Any], done: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:  # fmt: skip
    """Walk the ramp and each value held all along; read both at the ends of the holds."""
    steps = len(axis.values)
    ends = np.array([np.arange(steps), 2 * (steps - 1) - np.arange(steps)])
    ends = (ends + 1) * hold - 1
    moving = _read(ramped_scenario(case, axis, hold), runs, seed, threads, told(done))
    control = np.empty((2, steps, runs, len(QUANTITIES)))
    for k, value in enumerate(axis.values):
        done += runs
        still = _held(case, axis, value, len(_way(axis)) * hold)
        months = _read(still, runs, seed, threads, told(done))
        control[:, k] = months[:, ends[:, k]].transpose(1, 0, 2)
    return moving[:, ends].transpose(1, 2, 0, 3), control


def _read(
    case: Scenario, runs: int, seed: int, threads: int | None, progress: Progress | None
) -> NDArray[np.float64]:
    """Return the quantities of each run and month."""
    from ..ensemble import walk_runs
    from ..layout import lay_out

    cells = lay_out(case).cells
    names = ("state", "producers", "cluster_index")
    wanted = np.array([cells.cluster(name) for name in names], dtype=np.int64)
    nothing = np.zeros(0, np.int64)
    months = walk_runs(
        case, runs, seed, nothing, wanted, threads=threads, progress=progress
    ).months  # fmt: skip
    state = months[..., 0]
    return np.stack(
        [state == DYNAMIC, state >= ACTIVE, months[..., 1], months[..., 2]], axis=-1
    ).astype(np.float64)
