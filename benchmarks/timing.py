"""Measures taken in turns, so that what disturbs the computer disturbs all alike."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from statistics import median
from typing import NamedTuple


class Times(NamedTuple):
    """What one measure gave, round by round."""

    rounds: list[float]

    @property
    def best(self) -> float:
        return min(self.rounds)

    @property
    def median(self) -> float:
        return median(self.rounds)

    def words(self, unit: str, scale: float = 1.0) -> str:
        """Say median and best, as `0.55 (0.54) ms`."""
        return f"{self.median * scale:.3g} ({self.best * scale:.3g}) {unit}"


class Ratio(NamedTuple):
    """How many times `above` takes what `below` takes, round by round and of the bests."""

    median: float
    best: float

    def words(self) -> str:
        return f"{self.median:.3g} ({self.best:.3g})×"


def ratio(above: Times, below: Times) -> Ratio:
    """Return the median of the rounds' ratios, and the ratio of the two bests.

    Examples
    --------
    >>> ratio(Times([4.0, 9.0]), Times([2.0, 3.0]))
    Ratio(median=2.5, best=2.0)
    """
    pairs = zip(above.rounds, below.rounds, strict=True)
    return Ratio(median(a / b for a, b in pairs), above.best / below.best)


def in_turns(measures: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, Times]:
    """Take every measure once a round: A, B, A, B, …"""
    taken: dict[str, list[float]] = {name: [] for name in measures}
    for _ in range(rounds):
        for name, measure in measures.items():
            gc.collect()
            taken[name].append(measure())
    return {name: Times(values) for name, values in taken.items()}


def cpu(work: Callable[[], object]) -> float:
    """Processor time of this process [s]."""
    began = time.process_time()
    work()
    return time.process_time() - began


class Row(NamedTuple):
    """One line of the table."""

    measure: str
    found: str
    target: str = ""
    met: bool | None = None
