"""Phase map: how likely each state of the cluster is, over two levers.

``python -m cgsim.study.phase_map`` makes the maps that ship with cgsim again, each from its
spec beside it in ``cgsim/maps/``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from ..columns import CUTOFFS
from ..errors import Fault, ScenarioError
from ..scenario import Scenario
from ..world.shape import STATES
from .intervals import wilson
from .sweep.axes import Axis
from .sweep.spec import Spec, usual_chunk
from .varied import Said, axis_of, fault, moved_by, refuse_overlap, stated

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from ..ensemble import Progress

MONITORING = "organisations.*.monitoring_interval=never,12,6,3,2,1"
PERSISTENCE = "community.persistence.mean=0.2:0.8:7"
"""The two levers of a map that names none: those that the study asks about first (P17)."""

MOST_CELLS, MOST_RUNS = 2_500, 2_000_000
"""Cells of a map, and runs of all of them together, that are held in memory."""


@dataclass(frozen=True, eq=False)
class PhaseMap:
    """How many runs of each cell end in each state.

    Attributes
    ----------
    scenario : Scenario
        What every cell starts from.
    x, y : Axis
        The two levers and their values.
    runs, seed : int
        Runs a cell, and their luck: run r has the same in every cell.
    counts : array of int, shape (cut-offs, x values, y values, states)
        Runs by state after the last month, with cut-offs as set, 0.05 lower and 0.05 higher.
    """

    scenario: Scenario
    x: Axis
    y: Axis
    runs: int
    seed: int
    counts: NDArray[np.int64]

    @property
    def spec(self) -> Spec:
        """The sweep that makes the map; its hash names the map."""
        return spec_of(self.scenario, self.x, self.y, self.runs, self.seed)

    @property
    def shares(self) -> NDArray[np.float64]:
        """Share of runs by x, y and state, cut-offs as set."""
        return np.asarray(self.counts[0] / self.runs)

    @cached_property
    def intervals(self) -> NDArray[np.float64]:
        """Low and high end of the 95 % interval (Wilson) of each share, on the last axis."""
        known = {int(n): wilson(int(n), self.runs) for n in np.unique(self.counts[0])}
        flat = [known[int(n)] for n in self.counts[0].ravel()]
        return np.array(flat).reshape(*self.counts[0].shape, 2)

    @property
    def likeliest(self) -> NDArray[np.int64]:
        """Place in `STATES` of each cell's commonest state."""
        return np.asarray(self.counts[0].argmax(axis=-1))

    @cached_property
    def told(self) -> NDArray[np.bool_]:
        """Whether the interval of a cell's commonest state lies clear of the next one's."""
        ranked = np.argsort(-self.counts[0], axis=-1, kind="stable")
        low, high = (
            np.take_along_axis(self.intervals[..., end], ranked[..., [rank]], axis=-1)[..., 0]
            for rank, end in ((0, 0), (1, 1))
        )
        return np.asarray(low > high)

    def label_differs(self) -> dict[str, int]:
        """Return in how many cells another state is commonest with other cut-offs."""
        return {
            suffix.removeprefix("_"): int((found.argmax(axis=-1) != self.likeliest).sum())
            for suffix, found in zip(CUTOFFS, self.counts, strict=True)
            if suffix
        }

    def moved(self) -> list[str]:
        """Return which of the two levers the scenario itself changes in the course of a run."""
        return [axis.path for axis in (self.x, self.y) if moved_by(self.scenario, axis.path)]

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row a cell and state: x, y, state, share, low, high, and the share at both other
        cut-offs.
        """
        import pandas as pd

        nx, ny, ns = self.counts[0].shape
        place = np.indices((nx, ny, ns)).reshape(3, -1)
        columns: dict[str, Any] = {
            name: axis.column(np.asarray(axis.values)[place[k]])
            for k, (name, axis) in enumerate((("x", self.x), ("y", self.y)))
        }
        kind = pd.CategoricalDtype(list(STATES), ordered=True)
        columns["state"] = pd.Categorical.from_codes(place[2].astype(np.int8), dtype=kind)
        columns["share"] = self.shares.ravel()
        columns["low"], columns["high"] = self.intervals.reshape(-1, 2).T
        for suffix, found in zip(CUTOFFS, self.counts, strict=True):
            if suffix:
                columns[f"share{suffix}"] = found.ravel() / self.runs
        return pd.DataFrame(columns)

    def named_table(self) -> pd.DataFrame:
        """Return the table for a file that stands alone: levers by their full names."""
        table = self.table.rename(columns={"x": self.x.path, "y": self.y.path})
        head: dict[str, Any] = {
            "scenario_hash": self.scenario.hash,
            "seed": self.seed,
            "runs": self.runs,
        }
        for place, (name, value) in enumerate(head.items()):
            table.insert(place, name, value)
        return table

    def plot(self, lang: str = "en") -> Figure:
        """Draw the map: the likeliest state, and each state's probability.

        Parameters
        ----------
        lang : {"en", "id"}
            Language of every word.
        """
        from ..figures.phase_map import draw_map

        return draw_map(self, lang)

    def to_dict(self) -> dict[str, Any]:
        """Return the map as dicts, lists and numbers alone, fit for JSON."""
        return {
            "scenario": self.scenario.name,
            "scenario_hash": self.scenario.hash,
            "spec_hash": self.spec.hash,
            "runs": self.runs,
            "seed": self.seed,
            "months": self.scenario.months,
            "x": _axis_told(self.x),
            "y": _axis_told(self.y),
            "states": list(STATES),
            "cutoffs": [suffix.removeprefix("_") or "as_set" for suffix in CUTOFFS],
            "counts": self.counts.tolist(),
        }


def phase_map(
    scenario: Scenario | str | os.PathLike[str],
    x: Said = MONITORING,
    y: Said = PERSISTENCE,
    runs: int = 100,
    seed: int = 1,
    *,
    threads: int | None = None,
    progress: Progress | None = None,
    places: Sequence[str] = ("x", "y"),
) -> PhaseMap:
    """Run a scenario at every combination of two levers' values.

    Parameters
    ----------
    scenario : Scenario or str
        A scenario, or the name or path of one.
    x, y : str, mapping or Axis
        Levers and values: ``LEVER=a,b,c``, ``LEVER=from:to:steps``, or an entry of a sweep's
        ``vary`` such as ``{"process.leadership": [0.1, 0.6]}``.
    runs : int
        Runs a cell.
    seed : int
        Seed in [0, 2³²).
    threads : int, optional
        Threads to use; the numbers do not depend on it.
    progress : callable, optional
        Called with runs done and runs in all.
    places : sequence of str
        What to blame for a faulty lever.

    Raises
    ------
    ScenarioError
        For a faulty scenario, lever or value, or too large a map.

    Examples
    --------
    >>> found = phase_map("sangatta-utara", {"process.leadership": [0.1, 0.6]},
    ...                   "organisations.*.monitoring_interval=never,1", runs=10)
    >>> found.table.shape, found.likeliest.tolist()
    ((12, 8), [[0, 2], [0, 2]])
    """
    from .simulate import check_numbers

    check_numbers(runs, seed, 0)
    case = scenario if isinstance(scenario, Scenario) else Scenario.load(scenario)
    first, second = axes_of(case, x, y, places)
    return map_of(checked(case, first, second, runs, seed, places), threads, progress)


def axes_of(case: Scenario, x: Said, y: Said, places: Sequence[str] = ("x", "y")) -> list[Axis]:
    """Read both levers of a map; says all that is wrong with either at once."""
    found: list[Axis] = []
    faults: list[Fault] = []
    for said, place in zip((x, y), places, strict=True):
        try:
            found.append(axis_of(said, case, place))
        except ScenarioError as wrong:
            faults += wrong.faults
    if faults:
        raise ScenarioError(faults)
    refuse_overlap(found, case, places[1])
    return found


def spec_of(case: Scenario, x: Axis, y: Axis, runs: int, seed: int) -> Spec:
    """Return the sweep that makes a map."""
    size = len(x.values) * len(y.values)
    chunk = usual_chunk(case, runs, False)
    return Spec(case, (x, y), size=size, runs=runs, seed=seed, outcomes=("producers",), chunk=chunk)


def checked(
    case: Scenario, x: Axis, y: Axis, runs: int, seed: int, places: Sequence[str]
) -> Spec:  # fmt: skip
    """Return the sweep that makes a map, if every cell of it can be.

    Raises
    ------
    ScenarioError
        For too many cells or runs, and for two values that cannot go together.
    """
    from .sweep.work import SHAPING, scenario_at

    spec = spec_of(case, x, y, runs, seed)
    if spec.points > MOST_CELLS:
        raise fault(places[1], "varied.cells", read=spec.points, most=MOST_CELLS)
    if spec.simulations > MOST_RUNS:
        most = f"{MOST_RUNS:_}".replace("_", " ")
        raise fault("--runs" if places[0].startswith("-") else "runs", "varied.many", most=most)
    if any(axis.parameter is not None and axis.parameter.name in SHAPING for axis in (x, y)):
        for point in range(spec.points):
            try:
                scenario_at(spec, point)
            except ScenarioError as wrong:
                meaning = wrong.faults[0].meaning or wrong.faults[0].message
                raise ScenarioError([Fault(places[0], 0, 0, meaning)]) from None
    return spec


def map_of(
    spec: Spec, threads: int | None = None, progress: Progress | None = None
) -> PhaseMap:  # fmt: skip
    """Run a sweep over two levers and count how its runs end."""
    from .sweep.table import tabulate

    x, y = spec.axes
    table = tabulate(spec, workers=threads, progress=progress)
    shape = (len(x.values), len(y.values), len(STATES))
    cell = table["point"].to_numpy() * len(STATES)
    counts = [
        np.bincount(cell + table[f"end_state{suffix}"].cat.codes, minlength=int(np.prod(shape)))
        for suffix in CUTOFFS
    ]
    found = np.array(counts, dtype=np.int64).reshape(len(CUTOFFS), *shape)
    return PhaseMap(spec.scenario, x, y, spec.runs, spec.seed, found)


def _axis_told(axis: Axis) -> dict[str, Any]:
    return {"lever": axis.path, "values": [stated(axis, value) for value in axis.values]}


if __name__ == "__main__":
    from .shipped_maps import make_shipped, shipped_names

    for one in sys.argv[1:] or shipped_names():
        make_shipped(one)
