"""Which scenario of a pair ends better: by the state it ends in, and how soon it got there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ...columns import CUTOFFS
from ...world.shape import ACTIVE, DYNAMIC, STATES
from .intervals import ends, matched

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .pairs import Outcomes, Pairs

RULES = ("state", "time")
"""By end state alone; where it is the same, by the months until it was first reached."""

CUTOFF_NAMES = tuple(suffix.removeprefix("_") or "as_set" for suffix in CUTOFFS)


@dataclass(frozen=True)
class Ranking:
    """Pairs in which a scenario ends better than the first, equal, worse.

    Attributes
    ----------
    other : str
    rule : {"state", "time"}
    cutoffs : {"as_set", "lenient", "strict"}
        With which cut-offs the end state is read; the time is that with the cut-offs as set.
    pairs, better, equal, worse : int
    net : float
        Share better − share worse.
    low, high : float
        Its 95 % interval.
    low_all, high_all : float
        The same, wide enough that those of all scenarios hold together.
    """

    other: str
    rule: str
    cutoffs: str
    pairs: int
    better: int
    equal: int
    worse: int
    net: float
    low: float
    high: float
    low_all: float
    high_all: float

    @property
    def way(self) -> int:
        """1 where the scenario clearly ends better, −1 where clearly worse, else 0."""
        return 1 if self.low_all > 0.0 else -1 if self.high_all < 0.0 else 0


def rankings(pairs: Pairs, other: Outcomes) -> list[Ranking]:
    """Return how a scenario ranks against the first, by each rule and each pair of cut-offs."""
    found = []
    for rule in RULES:
        for k, cutoffs in enumerate(CUTOFF_NAMES):
            if rule == "time" and cutoffs != "as_set":
                continue  # months are counted with the cut-offs as set alone
            found.append(_ranking(pairs, other, rule, cutoffs, k))
    return found


def _ranking(pairs: Pairs, other: Outcomes, rule: str, cutoffs: str, k: int) -> Ranking:
    sign = np.sign(other.states[:, k].astype(int) - pairs.first.states[:, k])
    if rule == "time":
        sooner = np.sign(_months_to_it(pairs.first) - _months_to_it(other))
        sign = np.where(sign == 0, sooner, sign)
    better, worse = int((sign > 0).sum()), int((sign < 0).sum())
    runs = len(sign)
    if pairs.first.scenario.hash == other.scenario.hash:
        levels = [(0.0, 0.0)] * 2
    else:
        together = 1.0 - 0.05 / len(pairs.others)
        levels = [
            ends(matched(np.array(float(better)), np.array(float(worse)), runs, level))
            for level in (0.95, together)
        ]
    return Ranking(
        other.name, rule, cutoffs, runs, better, runs - better - worse, worse,
        (better - worse) / runs, *levels[0], *levels[1],
    )  # fmt: skip


def _months_to_it(one: Outcomes) -> NDArray[np.float64]:
    """Return the months until the end state was first reached; 0 for inactive, where all begin."""
    state = one.states[:, 0]
    found = np.zeros(one.runs)
    for code, name in ((ACTIVE, "months_to_active"), (DYNAMIC, "months_to_dynamic")):
        found = np.where(state == code, one.value(name), found)
    return found


def transitions(pairs: Pairs, other: Outcomes) -> NDArray[np.int64]:
    """Return in how many pairs the first ends in one state and the other in another, (3, 3)."""
    size = len(STATES)
    cells = pairs.first.states[:, 0].astype(np.int64) * size + other.states[:, 0]
    return np.bincount(cells, minlength=size * size).reshape(size, size)
