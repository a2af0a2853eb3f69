"""What a sweep is: a scenario, levers to vary, a design, runs a point; in one fixed form."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...scenario import Scenario
from .axes import LUCK, Axis
from .designs import Design, Grid, LatinHypercube, Listed, Morris, Saltelli, Sobol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DESIGNS = ("grid", "lhs", "sobol", "saltelli", "morris", "file")

MOST_SIMULATIONS = 10**12
MOST_CHUNK = 100_000
CHUNK_SECONDS = 2.0
"""Work of a chunk that is not told its size [s of CPU, about]."""

PERSON_MONTH_SECONDS = 40e-9
"""About what one person-month costs [s of CPU]; a round number: every machine cuts alike."""


@dataclass(frozen=True, repr=False)
class Spec:
    """A sweep.

    Attributes
    ----------
    scenario : Scenario
        What every point starts from.
    axes : tuple of Axis
        What is varied.
    design : str
        One of `DESIGNS`.
    size : int
        Points of `lhs` and `sobol`, base rows of `saltelli`, trajectories of `morris`, rows of a
        `file`; for a `grid` its points.
    runs : int
        Runs at each point; all points share the luck of a replicate.
    seed, design_seed : int
        Seeds of the runs' luck and of the design.
    groups : tuple of str
        Group of each axis, empty where each stands for itself (`saltelli`, `morris`).
    second_order : bool
        Whether `saltelli` can tell pairs too.
    outcomes : tuple of str
        Columns of `runs` to keep; empty: all.
    months : tuple of str
        Columns of `months` to keep a row a month of; empty: no such table.
    chunk : int
        Runs a chunk.
    table : array, shape (points, axes), or None
        Rows of a `file` design, as the rules read the values.
    table_hash : str
        16 hexadecimal digits of the table's bytes.
    """

    scenario: Scenario
    axes: tuple[Axis, ...]
    design: str = "grid"
    size: int = 1
    runs: int = 1
    seed: int = 1
    design_seed: int = 1
    groups: tuple[str, ...] = ()
    second_order: bool = False
    outcomes: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    chunk: int = 0
    table: NDArray[np.float64] | None = field(default=None, compare=False)
    table_hash: str = ""

    def __repr__(self) -> str:
        """Name it, for a line on a screen; `frozen` gives it whole."""
        varied = ", ".join(axis.path for axis in self.axes)
        return f"<Spec {self.scenario.name}: {varied}; {self.points} points × {self.runs} runs>"

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Spec:
        """Read a spec's file.

        Raises
        ------
        ScenarioError
            With all that is wrong, each at its place.
        """
        from .spec_reading import read_spec

        return read_spec(path)

    @classmethod
    def make(cls, said: Mapping[str, Any], folder: Path | None = None) -> Spec:
        """Make a spec of the same words that a file would hold.

        Examples
        --------
        >>> spec = Spec.make({
        ...     "scenario": "sangatta-utara", "runs": 5,
        ...     "vary": {"organisations.*.monitoring_interval": ["never", 6, 1]}})
        >>> spec.points, spec.simulations
        (3, 15)
        """
        from .spec_reading import make_spec

        return make_spec(said, folder)

    @cached_property
    def rows(self) -> Design:
        """What stands at each point."""
        if self.design == "lhs":
            return LatinHypercube(self.axes, self.size, self.design_seed)
        if self.design == "sobol":
            return Sobol(self.axes, self.size, self.design_seed)
        if self.design == "saltelli":
            return Saltelli(self.axes, self.size, self.design_seed, self.groups, self.second_order)
        if self.design == "morris":
            return Morris(self.axes, self.size, self.design_seed, self.groups)
        if self.design == "file" and self.table is not None:
            return Listed(self.axes, self.table)
        return Grid(self.axes)

    @property
    def points(self) -> int:
        """Number of points."""
        return self.rows.points

    @property
    def simulations(self) -> int:
        """Number of runs in all."""
        return self.points * self.runs

    @property
    def chunks(self) -> int:
        """Number of chunks."""
        return -(-self.simulations // self.chunk)

    @property
    def problem(self) -> dict[str, Any]:
        """The axes as SALib wants them told; bounds are those of the unit cube."""
        told: dict[str, Any] = {
            "num_vars": len(self.axes),
            "names": [axis.path for axis in self.axes],
            "bounds": [[0.0, 1.0]] * len(self.axes),
        }
        return {**told, "groups": list(self.groups)} if self.groups else told

    def frozen(self) -> dict[str, Any]:
        """Return all that moves a number or a byte of the sweep, in one fixed form."""
        return {
            "scenario": self.scenario.hash,
            "vary": [
                {"path": a.path, "values": list(a.values), "low": a.low, "high": a.high,
                 "whole": a.whole}
                for a in self.axes
            ],
            "design": self.design,
            "size": self.size,
            "runs": self.runs,
            "seed": self.seed,
            "design_seed": self.design_seed,
            "groups": list(self.groups),
            "second_order": self.second_order,
            "outcomes": list(self.outcomes),
            "months": list(self.months),
            "chunk": self.chunk,
            "table": self.table_hash,
        }  # fmt: skip

    @classmethod
    def thawed(
        cls, said: Mapping[str, Any], scenario: Scenario, table: NDArray[np.float64] | None
    ) -> Spec:
        """Return the spec that `frozen` wrote down."""
        axes = tuple(
            Axis(a["path"], tuple(a["values"]), a["low"], a["high"], a["whole"])
            for a in said["vary"]
        )
        return cls(
            scenario, axes, said["design"], said["size"], said["runs"], said["seed"],
            said["design_seed"], tuple(said["groups"]), said["second_order"],
            tuple(said["outcomes"]), tuple(said["months"]), said["chunk"], table, said["table"],
        )  # fmt: skip

    @property
    def hash(self) -> str:
        """Return 16 hexadecimal digits that name the sweep."""
        words = json.dumps(self.frozen(), sort_keys=True, separators=(",", ":"))
        return blake2b(words.encode(), digest_size=8).hexdigest()


def usual_chunk(scenario: Scenario, runs: int, months: bool) -> int:
    """Return how many runs make a chunk that is not told its size.

    It depends on the world's size alone, never on the machine; with a monthly table chunks are
    an eighth, so that a chunk stays small in memory.
    """
    people = max(20.0, scenario.policy["people"])
    seconds = people * scenario.months * PERSON_MONTH_SECONDS
    size = max(1, min(MOST_CHUNK, round(CHUNK_SECONDS / seconds / (8 if months else 1))))
    # whole points where that is possible, so that a point seldom stands in two files
    return size if runs > size else size // runs * runs


__all__ = ["DESIGNS", "LUCK", "MOST_SIMULATIONS", "Spec", "usual_chunk"]
