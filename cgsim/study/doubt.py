"""What moves if a number is wrong: the same runs with the number low, as it is, and high."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ..errors import ScenarioError
from ..parameters import NEVER, Parameter, find
from ..scenario import Scenario, shown
from ..world.shape import STATES

if TYPE_CHECKING:
    import pandas as pd

    from .summary import Mean, Share

LEVEL = 0.95
"""Confidence with which all intervals of one table hold together."""

LADDER = (1.0, 2.0, 3.0, 6.0, 12.0, NEVER)
"""Intervals worth trying, from often to never [months]."""

Verdict = Literal["same", "noise", "somewhat", "depends"]


class Gap(NamedTuple):
    """A mean difference to the same runs with the number as it is, and its interval."""

    mean: float
    low: float
    high: float

    @property
    def seen(self) -> bool:
        """Whether the difference is beyond noise: the interval leaves out 0."""
        return self.low > 0.0 or self.high < 0.0


class Try(NamedTuple):
    """One value and what comes of it.

    Attributes
    ----------
    values : dict
        What a scenario file would say, by path.
    ends : dict of Share
        Share of runs in each state after the last month.
    producers : Mean
        After the last month [persons].
    gap : Gap or None
        Producers less those with the number as it is, run by run; None for that itself.
    state_gap : Gap or None
        The same for the end state, counted inactive 0, active 1, dynamic 2.
    moved : float
        Share of runs that end in another state or with other producers.
    """

    values: dict[str, Any]
    ends: dict[str, Share]
    producers: Mean
    gap: Gap | None
    state_gap: Gap | None
    moved: float

    @property
    def commonest(self) -> str:
        """The state in which most runs end."""
        return max(STATES, key=lambda state: self.ends[state].share)


@dataclass(frozen=True)
class Doubt:
    """What moves if a number is wrong.

    Attributes
    ----------
    path : str
        The lever; ``organisations.*.lever`` moves it for all organisations at once.
    scenario, scenario_hash : str
    runs, seed, months : int
    tries : tuple of Try
        From low to high; one of them is the value as it is.
    verdict : {"same", "noise", "somewhat", "depends"}
        No run differs; within noise; beyond noise with the same commonest end state; another
        commonest end state.
    """

    path: str
    scenario: str
    scenario_hash: str
    runs: int
    seed: int
    months: int
    tries: tuple[Try, ...]
    verdict: Verdict


def alternatives(case: Scenario, path: str) -> list[dict[str, Any]]:
    """Return what to try instead of the value that a scenario has, lower ones first.

    Numbers and whole numbers take the ends of their spread, intervals the next shorter and the
    next longer one (or the two nearest), flags and kinds the other value.

    Returns
    -------
    list of dict
        Each fit for `Scenario.replace`; without what equals the scenario or cannot be.

    Examples
    --------
    >>> path = "organisations.tourism.monitoring_interval"
    >>> [one[path] for one in alternatives(Scenario.load("sangatta-utara"), path)]
    [3, 12]
    """
    parameter = find(path)
    assert parameter is not None
    paths = _single(case, path)
    found = [
        {one: shown(parameter, value[k]) for one, value in paths.items()}
        for k in range(min(len(value) for value in paths.values()))
    ]
    return [one for one in found if _possible(case, one)]


def _single(case: Scenario, path: str) -> dict[str, tuple[float, ...]]:
    """Return the values to try for each lever that a path means."""
    parameter = find(path)
    assert parameter is not None
    if not path.startswith("organisations."):
        return {path: _next(parameter, case.policy[parameter.name])}
    key = path.split(".")[1]
    return {
        f"organisations.{k}.{parameter.name}": _next(parameter, case.plans[k][parameter.name])
        for k in (case.organisations if key == "*" else [key])
    }


def _next(parameter: Parameter, value: float) -> tuple[float, ...]:
    if parameter.sort == "flag":
        return (0.0 if value else 1.0,)
    if parameter.sort == "choice":
        return tuple(float(k) for k in range(len(parameter.words)) if k != int(value))
    if parameter.sort == "interval":
        return _neighbours(value)
    if parameter.spread is not None:
        return float(parameter.spread[0]), float(parameter.spread[1])
    if parameter.default is None:
        return (parameter.low, parameter.high)
    low, high = parameter.default / 2, parameter.default * 2
    return max(parameter.low, float(round(low))), min(parameter.high, float(round(high)))


def _neighbours(value: float) -> tuple[float, ...]:
    far = 1e9  # never comes after every number of months
    often = [months for months in LADDER if (months or far) < (value or far)]
    seldom = [months for months in LADDER if (months or far) > (value or far)]
    if not often:
        return seldom[0], seldom[1]
    return (often[-1], seldom[0]) if seldom else (often[-2], often[-1])


def _possible(case: Scenario, change: dict[str, Any]) -> bool:
    try:
        return case.replace(change).hash != case.hash
    except ScenarioError:  # as a group larger than its community
        return False


def doubt(
    case: Scenario,
    path: str,
    runs: int = 100,
    seed: int = 1,
    *,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Doubt:
    """Run a scenario with a number low, as it is and high, on the same luck.

    Parameters
    ----------
    case : Scenario
    path : str
        Lever or constant.
    runs, seed : int
        Runs of each; run r has the same luck in all of them.
    threads : int, optional
    progress : callable, optional
        Called with runs done and runs in all.

    Raises
    ------
    KeyError
        Where the scenario has no such lever.

    Examples
    --------
    >>> case = Scenario.load("sangatta-utara")
    >>> told = doubt(case, "community.persistence.mean", runs=20)
    >>> [one.values["community.persistence.mean"] for one in told.tries], told.verdict
    ([0.25, 0.5, 1], 'depends')
    """
    from .simulate import simulate

    value = case.value(path)
    here = value if isinstance(value, dict) else {path: value}
    if isinstance(value, dict):
        here = {path.replace("*", key): one for key, one in value.items()}
    changes: list[dict[str, Any]] = [{}, *alternatives(case, path)]
    tables = []
    for k, change in enumerate(changes):
        done = _shifted(progress, k * runs, len(changes) * runs)
        one = simulate(
            case.replace(change), runs, seed, months=False, outcomes=("end_state", "producers"),
            threads=threads, progress=done,
        )  # fmt: skip
        tables.append(one.runs)
    looks = 2 * max(1, len(changes) - 1)
    tries = [_try({**here, **change}, table, tables[0], looks)
             for change, table in zip(changes, tables, strict=True)]  # fmt: skip
    tries[0] = tries[0]._replace(gap=None, state_gap=None)
    return Doubt(
        path, case.name, case.hash, runs, seed, case.months,
        tuple(_in_order(tries)), _verdict(tries),
    )  # fmt: skip


def _shifted(
    progress: Callable[[int, int], None] | None, before: int, total: int
) -> Callable[[int, int], None] | None:
    return None if progress is None else lambda done, _: progress(before + done, total)


def _try(values: dict[str, Any], runs: pd.DataFrame, as_is: pd.DataFrame, looks: int) -> Try:
    from .summary import mean, shares

    number, before = (table["producers"].to_numpy(dtype=float) for table in (runs, as_is))
    state, state_before = (
        table["end_state"].cat.codes.to_numpy(dtype=float) for table in (runs, as_is)
    )
    moved = float(((number != before) | (state != state_before)).mean())
    gaps = [paired(number - before, looks), paired(state - state_before, looks)]
    return Try(values, shares(runs["end_state"]), mean(number), gaps[0], gaps[1], moved)


def paired(differences: Any, looks: int = 1) -> Gap:
    """Return the mean of paired differences with Student's interval, shared out over `looks`.

    Parameters
    ----------
    differences : array of float, shape (runs,)
    looks : int
        How many intervals are to hold together with probability `LEVEL` (Bonferroni).

    Examples
    --------
    >>> import numpy as np
    >>> paired(np.array([1.0, 2.0, 3.0])).seen, paired(np.array([0.0, 0.0])).seen
    (False, False)
    """
    from scipy.special import stdtrit

    middle, runs = float(differences.mean()), len(differences)
    if runs < 2:
        return Gap(middle, -math.inf, math.inf)
    tail = (1.0 - LEVEL) / (2.0 * looks)
    half = float(stdtrit(runs - 1, 1.0 - tail) * differences.std(ddof=1) / math.sqrt(runs))
    return Gap(middle, middle - half, middle + half)


def _in_order(tries: list[Try]) -> list[Try]:
    """Sort from low to high; where organisations differ, as it is stands in the middle."""
    as_is, *others = tries
    if len(set(as_is.values.values())) > 1:
        return [*others[:1], as_is, *others[1:]]
    first = next(iter(as_is.values))

    def rank(one: Try) -> float:
        value = one.values[first]
        return float(value) if isinstance(value, int | float) else math.inf  # never comes last

    return sorted(tries, key=rank)


def _verdict(tries: list[Try]) -> Verdict:
    others = tries[1:]
    if all(one.moved == 0.0 for one in others):
        return "same"
    if not any(gap.seen for one in others for gap in (one.gap, one.state_gap) if gap is not None):
        return "noise"
    turned = [
        one for one in others
        if one.commonest != tries[0].commonest and one.state_gap is not None and one.state_gap.seen
    ]  # fmt: skip
    return "depends" if turned else "somewhat"
