"""What stands at each point of a sweep: row i is a pure function of the spec.

No design is ever held whole: a block of rows is made when a chunk asks for it, the same on
every machine and in every order. scipy makes the Sobol numbers, SALib the Morris trajectories.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property, lru_cache
from math import prod
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from .axes import Axis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MORRIS_LEVELS = 4
"""Levels of the grid on which Morris' trajectories step (Campolongo, Cariboni & Saltelli 2007)."""

_SCRAMBLE = np.uint64(0x9E3779B97F4A7C15)


class Design(Protocol):
    """Rows of values, one a point."""

    axes: tuple[Axis, ...]
    points: int

    def rows(self, first: int, last: int) -> NDArray[np.float64]:
        """Return points first … last−1, a row each, as the rules read the values."""
        ...


class Grid:
    """Every combination of the axes' values; the last axis turns fastest.

    Examples
    --------
    >>> grid = Grid((Axis("process.feedback", (0.0, 1.0)), Axis("process.leadership", (0.1, 0.6))))
    >>> grid.points, grid.rows(1, 3).tolist()
    (4, [[0.0, 0.6], [1.0, 0.1]])
    """

    def __init__(self, axes: Sequence[Axis]) -> None:
        self.axes = tuple(axes)
        self.points = prod(len(axis.values) for axis in axes)

    def rows(self, first: int, last: int) -> NDArray[np.float64]:
        """Return points first … last−1."""
        rest = np.arange(first, last, dtype=np.int64)
        table = np.empty((len(rest), len(self.axes)))
        for k in reversed(range(len(self.axes))):
            rest, place = np.divmod(rest, len(self.axes[k].values))
            table[:, k] = np.asarray(self.axes[k].values)[place]
        return table


class _Placed(ABC):
    """A design made in the unit cube, then laid on the axes."""

    def __init__(self, axes: Sequence[Axis], points: int, seed: int) -> None:
        self.axes = tuple(axes)
        self.points = points
        self.seed = seed

    @abstractmethod
    def positions(self, first: int, last: int) -> NDArray[np.float64]:
        """Return points first … last−1 in the unit cube."""

    def rows(self, first: int, last: int) -> NDArray[np.float64]:
        """Return points first … last−1."""
        places = self.positions(first, last)
        return np.column_stack([axis.at(places[:, k]) for k, axis in enumerate(self.axes)])


class LatinHypercube(_Placed):
    """Each axis cut into as many equal parts as there are points, each part met once.

    Which part a point has is a keyed permutation (a Feistel network on the point's number), so
    that no table is needed however many points there are.
    """

    def positions(self, first: int, last: int) -> NDArray[np.float64]:
        """Return points first … last−1 in the unit cube."""
        index = np.arange(first, last, dtype=np.uint64)
        columns = []
        for k in range(len(self.axes)):
            key = (self.seed << 20) + 2 * k
            part = permuted(index, self.points, key).astype(np.float64)
            within = _mixed(index, key + 1) * 2.0**-64
            columns.append(np.minimum((part + within) / self.points, np.nextafter(1.0, 0.0)))
        return np.column_stack(columns)


class Sobol(_Placed):
    """A scrambled Sobol sequence."""

    @cached_property
    def _sequence(self) -> _Sequence:
        return _Sequence(len(self.axes), self.seed)

    def positions(self, first: int, last: int) -> NDArray[np.float64]:
        """Return points first … last−1 in the unit cube."""
        return self._sequence.numbers(first, last)


class Saltelli(_Placed):
    """Radial points for Sobol indices, in the order that `SALib.analyze.sobol` reads.

    For each base row A, B of a Sobol sequence: A, then A with each group of axes taken from B
    (and with `second_order` B with each group from A), then B.

    Parameters
    ----------
    axes : sequence of Axis
    base : int
        Base rows, a power of two.
    seed : int
    groups : sequence of str, optional
        Group of each axis; each axis is its own group if not given.
    second_order : bool
        Whether indices of pairs can be told too.
    """

    def __init__(
        self, axes: Sequence[Axis], base: int, seed: int,
        groups: Sequence[str] | None = None, second_order: bool = False,
    ) -> None:  # fmt: skip
        own = list(groups) if groups else [axis.path for axis in axes]
        names = list(dict.fromkeys(own))
        self.member = np.array([names.index(name) for name in own])
        self.second_order = second_order
        self.width = len(names) * (2 if second_order else 1) + 2
        super().__init__(axes, base * self.width, seed)

    @cached_property
    def _sequence(self) -> _Sequence:
        return _Sequence(2 * len(self.axes), self.seed)

    def positions(self, first: int, last: int) -> NDArray[np.float64]:
        """Return points first … last−1 in the unit cube."""
        start = first // self.width
        base = self._sequence.numbers(start, -(-last // self.width))
        row, step = np.divmod(np.arange(first, last), self.width)
        a, b = np.split(base[row - start], 2, axis=1)
        groups = (self.width - 2) // (2 if self.second_order else 1)
        # 0: A; 1 … G: A with a group from B; G+1 … 2G: B with a group from A; last: B
        turned = (step > groups)[:, None]
        base_row, other = np.where(turned, b, a), np.where(turned, a, b)
        taken = (self.member[None, :] == ((step - 1) % groups)[:, None]) & (step > 0)[:, None]
        mixed = np.where(taken, other, base_row)
        mixed[step == self.width - 1] = b[step == self.width - 1]
        return mixed


class Morris(_Placed):
    """Trajectories that move one axis (or group) at a time, in the order of `SALib.analyze.morris`.

    Each trajectory is SALib's own for a seed of its own.
    """

    def __init__(
        self, axes: Sequence[Axis], trajectories: int, seed: int,
        groups: Sequence[str] | None = None,
    ) -> None:  # fmt: skip
        self.groups = list(groups) if groups else None
        self.length = len(dict.fromkeys(self.groups or [axis.path for axis in axes])) + 1
        super().__init__(axes, trajectories * self.length, seed)

    def positions(self, first: int, last: int) -> NDArray[np.float64]:
        """Return points first … last−1 in the unit cube."""
        start, end = first // self.length, -(-last // self.length)
        paths = [self._trajectory(number) for number in range(start, end)]
        skip = first - start * self.length
        return np.vstack(paths)[skip : skip + last - first]

    def _trajectory(self, number: int) -> NDArray[np.float64]:
        paths = tuple(axis.path for axis in self.axes)
        return _trajectory(paths, tuple(self.groups or ()), self.seed, number)


class Listed:
    """The rows of a table that the user gave, a column an axis."""

    def __init__(self, axes: Sequence[Axis], table: NDArray[np.float64]) -> None:
        self.axes = tuple(axes)
        self.points = len(table)
        self.table = table

    def rows(self, first: int, last: int) -> NDArray[np.float64]:
        """Return points first … last−1."""
        return self.table[first:last]


class _Sequence:
    """A scrambled Sobol sequence that can be read from any place."""

    def __init__(self, axes: int, seed: int) -> None:
        self.axes = axes
        self.seed = seed

    def numbers(self, first: int, last: int) -> NDArray[np.float64]:
        from scipy.stats import qmc

        engine = qmc.Sobol(self.axes, scramble=True, seed=self.seed)
        # a lone first row, since scipy warns of any other first block that is no power of two
        head = engine.random(1)
        if first > 1:
            engine.fast_forward(first - 1)
        rest = last - max(first, 1)
        body = engine.random(rest) if rest > 0 else head[:0]
        return np.vstack([head, body]) if first == 0 else body


@lru_cache(maxsize=4096)
def _trajectory(
    paths: tuple[str, ...], groups: tuple[str, ...], seed: int, number: int
) -> NDArray[np.float64]:
    from SALib.sample import morris

    problem: dict[str, Any] = {
        "num_vars": len(paths),
        "names": list(paths),
        "bounds": [[0.0, 1.0]] * len(paths),
    }
    if groups:
        problem["groups"] = list(groups)
    own = int(_mixed(np.array([number], np.uint64), seed)[0] >> np.uint64(33))
    made: NDArray[np.float64] = morris.sample(problem, 1, num_levels=MORRIS_LEVELS, seed=own)
    return made


def permuted(index: NDArray[np.uint64], size: int, key: int) -> NDArray[np.uint64]:
    """Return where a keyed permutation of 0 … size−1 takes each number.

    Parameters
    ----------
    index : array of uint64
        Numbers below `size`.
    size : int
    key : int

    Examples
    --------
    >>> sorted(permuted(np.arange(5, dtype=np.uint64), 5, 7).tolist())
    [0, 1, 2, 3, 4]
    """
    half = np.uint64(max(1, (max(size - 1, 1).bit_length() + 1) // 2))
    mask = np.uint64((1 << int(half)) - 1)
    found = index.copy()
    outside = np.ones(len(index), bool)
    while outside.any():  # a number that falls beyond the size goes round again
        left, right = found[outside] >> half, found[outside] & mask
        for turn in range(4):
            left, right = right, left ^ (_mixed(right, key * 4 + turn) & mask)
        found[outside] = (left << half) | right
        outside = found >= np.uint64(size)
    return found


def _mixed(numbers: NDArray[np.uint64], key: int) -> NDArray[np.uint64]:
    """Return 64 well-mixed bits for each number (the finaliser of SplitMix64)."""
    with np.errstate(over="ignore"):
        z = numbers + np.uint64(key & 0xFFFFFFFFFFFFFFFF) * _SCRAMBLE + _SCRAMBLE
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))
