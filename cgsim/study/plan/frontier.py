"""The frontier of cost against probability, and the choice of a plan on luck of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...scenario import Scenario
from .evaluation import Evaluated
from .search import Trial, best_of

MOST = 12
"""Plans of a frontier that are evaluated again."""

NEAR = 6
"""Of these, the cheapest that reach the target on the luck of the search, so many."""


@dataclass(frozen=True)
class Candidate:
    """A plan of the frontier.

    Attributes
    ----------
    name : str
        A, B, … from the cheapest.
    trial : Trial
        With what it came to on the luck that was searched on: too good on average.
    scenario : Scenario
    second : Evaluated
        On a second block of luck, on which the choice is made.
    within : bool
        Whether it is within the budget there too.
    """

    name: str
    trial: Trial
    scenario: Scenario
    second: Evaluated
    within: bool


def frontier(trials: Sequence[Trial], target: float) -> list[Trial]:
    """Return the trials that no cheaper one equals in probability, cheapest first; `MOST` at most.

    All are kept where there are few; else those around the target and, of the rest, some at equal
    distances.
    """
    best, found = -1.0, []
    for one in sorted(trials, key=lambda t: (t.found.cost, -t.found.probability, t.number)):
        if one.found.probability > best:
            best = one.found.probability
            found.append(one)
    if best <= 0.0 and trials:  # the cheapest is of no use: take the one that comes nearest
        found = [best_of(trials, target)]
    if len(found) <= MOST:
        return found
    first = next((k for k, t in enumerate(found) if t.found.probability >= target), len(found) - 1)
    start = max(0, min(first - 1, len(found) - NEAR))
    near = set(range(start, start + NEAR))
    rest = [k for k in range(len(found)) if k not in near]
    step = (len(rest) - 1) / (MOST - len(near) - 1)
    spaced = {rest[round(k * step)] for k in range(MOST - len(near))}
    return [found[k] for k in sorted(near | spaced)]


def lettered(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates from the cheapest, named A, B, …; each plan once."""
    found: list[Candidate] = []
    for one in sorted(candidates, key=lambda c: (c.second.cost, c.trial.number)):
        if all(one.scenario != other.scenario for other in found):
            found.append(replace(one, name=chr(ord("A") + len(found))))
    return found


def choose(candidates: Sequence[Candidate], chance: float) -> tuple[Candidate | None, bool]:
    """Return the cheapest candidate that reaches the chance on the second luck, and how surely.

    Surely: the lower end of its 95 % interval is not below the chance. Where none does so surely,
    the cheapest whose share of runs is not below it; where none is, None.

    Returns
    -------
    Candidate or None
    bool
        Whether surely.
    """
    within = sorted((one for one in candidates if one.within), key=lambda one: one.second.cost)
    for one in within:
        if one.second.interval[0] >= chance:
            return one, True
    for one in within:
        if one.second.probability >= chance:
            return one, False
    return None, False


def likeliest(candidates: Sequence[Candidate]) -> Candidate | None:
    """Return the candidate within the budget that reaches the goal most often; None without any."""
    within = [one for one in candidates if one.within]
    if not within:
        return None
    return min(within, key=_farthest)


def _farthest(one: Candidate) -> tuple[float, float, float]:
    return -one.second.probability, -one.second.nearness, one.second.cost
