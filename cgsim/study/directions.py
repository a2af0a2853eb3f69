"""Where an outcome goes when a lever or constant is raised: one table, and what is seen of it.

``directions.yaml`` states for every lever, and for constants where it is clear, one outcome and
the way it must go, or why it may go either way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from ruamel.yaml import YAML

from ..evidence import Words, both
from ..parameters import find

if TYPE_CHECKING:
    from ..scenario import Scenario

RUNS, SEED = 100, 20263

Way = Literal["up", "down", "either"]


@dataclass(frozen=True)
class Direction:
    """What raising one lever or constant does to one outcome.

    Attributes
    ----------
    lever : str
        Dotted path; ``organisations.*`` means all of them.
    outcome : str
        Outcome of `cgsim.study.outcomes`.
    goes : {"up", "down", "either"}
    low, high : number, bool or str
        The values between which it is raised, in the unit of the lever.
    after : int
        Months passed when the outcome is read.
    of : str
        Scenario.
    set : dict
        Levers held at other values in both.
    because : Words or None
        Why it may go either way.
    """

    lever: str
    outcome: str
    goes: Way
    low: Any
    high: Any
    after: int = 60
    of: str = "sangatta-utara"
    set: dict[str, Any] = field(default_factory=dict)
    because: Words | None = None

    def scenario(self, value: Any) -> Scenario:
        """Return the scenario with the lever at a value, as long as it is needed."""
        from ..scenario import Scenario

        return Scenario.load(self.of).replace({**self.set, self.lever: value}, months=self.after)


@cache
def directions() -> dict[str, Direction]:
    """Return every direction by the path of its lever, in the order of the file.

    Examples
    --------
    >>> directions()["community.selection"].goes
    'down'
    """
    text = files("cgsim.study").joinpath("directions.yaml").read_text(encoding="utf-8")
    read = YAML(typ="safe").load(text)
    rows = {
        **read["levers"],
        **{f"constants.{name}": row for name, row in read["constants"].items()},
    }
    return {path: _direction(path, row) for path, row in rows.items()}


def _direction(path: str, row: dict[str, Any]) -> Direction:
    parameter = find(path)
    if parameter is None:
        raise ValueError(f"directions.yaml: {path} is no lever or constant")
    low, high = parameter.spread or (None, None)
    stated = {"low": low, "high": high, **row}
    if "because" in stated:
        stated["because"] = both(stated["because"])
    return Direction(lever=path, **stated)


def direction_of(path: str) -> Direction | None:
    """Return what is stated of a lever, for an organisation's lever that of its name.

    Examples
    --------
    >>> direction_of("organisations.tourism.visits").outcome
    'producers'
    """
    known = directions()
    if path in known:
        return known[path]
    lever = path.rpartition(".")[2]
    if path.startswith("organisations."):
        same = [one for key, one in known.items() if key.startswith("organisations.")]
        return next((one for one in same if one.lever.endswith(f".{lever}")), None)
    return None


def moved(one: Direction, runs: int = RUNS, seed: int = SEED) -> tuple[float, float]:
    """Return by how much the outcome rises when the lever does, in pairs of the same luck.

    Returns
    -------
    tuple of float
        Mean and half the width of its 95 % interval.
    """
    from .outcomes import follow
    from .promises import interval

    low, high = (
        follow(one.scenario(value), runs, seed, [one.outcome], [one.after])[one.outcome, one.after]
        for value in (one.low, one.high)
    )
    return interval(high - low)
