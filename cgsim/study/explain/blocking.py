"""What keeps a cluster from a state in one month, and by how much.

Closeness to a state is the scarcer of two: the indicator that is the last of those needed,
over the cut-off, and the producers over their floor. The scarcer one blocks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ...columns import INDICATORS
from ...world.indicators import closeness

PRODUCERS, TIME = "producers", "time"

BLOCKERS = (*INDICATORS, PRODUCERS, TIME)
"""All that may stand between a cluster and its next state."""


class Obstacle(NamedTuple):
    """What blocks a state in one month.

    Attributes
    ----------
    by : str
        An indicator, ``producers``, or ``time``: all is reached, it must only last.
    value, needed : float
        What it is and should be: an indicator from 0 to 1, or persons.
    closeness : float
        1 when reached, as the world reckons it.
    """

    by: str
    value: float
    needed: float
    closeness: float

    @property
    def missing(self) -> float:
        """How much is missing, 0 where it is reached."""
        return max(0.0, self.needed - self.value)


def obstacle(
    six: Mapping[str, float], producers: float, level: str, policy: Any
) -> Obstacle:  # fmt: skip
    """Return what blocks a state.

    Parameters
    ----------
    six : mapping
        The six indicators by name.
    producers : float
        Persons.
    level : {"active", "dynamic"}
        The state.
    policy : namespace
        Levers and constants of that month.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> policy = SimpleNamespace(active_cutoff=0.3, active_indicators=4, active_producers=5,
    ...                          indicator_producers=2)
    >>> six = dict.fromkeys(INDICATORS, 0.6) | {"skill": 0.2, "trust": 0.1, "technology": 0.15}
    >>> obstacle(six, 10, "active", policy)
    Obstacle(by='skill', value=0.2, needed=0.3, closeness=0.6666666666666667)
    """
    cutoff, number, floor = (
        getattr(policy, f"{level}_{name}") for name in ("cutoff", "indicators", "producers")
    )
    ranked = sorted(INDICATORS, key=lambda name: -six[name])
    last = ranked[int(number) - 1]
    near = closeness(six[last], cutoff, producers, floor)
    if near >= 1.0:
        return Obstacle(TIME, 0.0, 0.0, near)
    # with fewer producers than it takes to tell indicators, these stand at 0
    enough = policy.indicator_producers
    if producers / floor <= six[last] / cutoff or producers < enough:
        needed = floor if producers < floor else max(floor, enough)
        return Obstacle(PRODUCERS, producers, needed, near)
    return Obstacle(last, six[last], cutoff, near)


def needed_for(name: str, level: str, policy: Any) -> float:
    """Return an indicator's cut-off for a state, or how many producers it takes."""
    kind = "producers" if name == PRODUCERS else "cutoff"
    return float(getattr(policy, f"{level}_{kind}"))


def reached(six: Mapping[str, float], producers: float, level: str, policy: Any) -> dict[str, bool]:
    """Return of each indicator and of the producers whether a state's cut-off is reached."""
    values = {**{name: six[name] for name in INDICATORS}, PRODUCERS: producers}
    # the world divides too
    return {name: one / needed_for(name, level, policy) >= 1.0 for name, one in values.items()}
