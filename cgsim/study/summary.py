"""A simulation in a few numbers: where the runs end, what they bring, cost and wait for."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ..columns import ACTIVITIES, CUTOFFS, INDICATORS, YEAR_COLUMNS
from ..world.shape import ACTIVE, DYNAMIC, INACTIVE, STATES
from .intervals import wilson

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from ..scenario import Scenario
    from .simulate import Simulation

OUTCOMES = ("producers", "independents", "mean_income", "jobs", "sales", "unmet_orders")
"""Columns of `runs` told as means after the last month; then `admissions`, over the run."""


class Share(NamedTuple):
    """A share of runs with its 95 % interval after Wilson."""

    share: float
    low: float
    high: float


class Mean(NamedTuple):
    """A mean over runs with its 95 % interval after Student.

    `runs` counts the runs that have a value; the mean is missing where none has, the interval
    where fewer than two have.
    """

    mean: float | None
    low: float | None
    high: float | None
    runs: int


class Block(NamedTuple):
    """What keeps runs from their next state, and in which share of all runs.

    `next_state` is empty for runs that are dynamic; `by` is an indicator, ``producers``,
    ``time`` (the signs of the next state have not held long enough yet) or empty.
    """

    next_state: str
    by: str
    share: float


@dataclass(frozen=True)
class Summary:
    """What many runs of one scenario come to.

    Attributes
    ----------
    scenario, scenario_hash : str
    title, question : dict
        By language.
    runs, seed, months : int
    states : dict
        By months passed (12, 24, …, and the last), by state: the share of runs.
    years : dict
        By months passed as `states`, by column of `years`: the mean of producers, of the
        independent among them, of income as a share of the minimum wage.
    end : dict
        By cut-offs ``as_set``, ``lenient`` (0.05 lower), ``strict`` (0.05 higher), by state:
        the share of runs after the last month.
    outcomes : dict
        Means after the last month by column of `runs`; admissions over the whole run.
    spent : Mean
        Rp million over the whole run.
    spent_by, spent_on : dict
        The same by organisation and by activity.
    cost_per_independent : Mean
        All spending / independents after the last month, over runs that have any.
    visits_per_trainee_year : Mean
        12 · visits / months of active trainees, over runs that have any.
    blocked : tuple of Block
        Largest share first.
    """

    scenario: str
    scenario_hash: str
    title: dict[str, str]
    question: dict[str, str]
    runs: int
    seed: int
    months: int
    states: dict[int, dict[str, Share]]
    years: dict[int, dict[str, Mean]]
    end: dict[str, dict[str, Share]]
    outcomes: dict[str, Mean]
    spent: Mean
    spent_by: dict[str, Mean]
    spent_on: dict[str, Mean]
    cost_per_independent: Mean
    visits_per_trainee_year: Mean
    blocked: tuple[Block, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the summary as dicts, lists, text and numbers alone, fit for JSON."""
        told: dict[str, Any] = _plain(vars(self))
        return {**told, "states": _listed(self.states), "years": _listed(self.years)}


def summarise(simulation: Simulation) -> Summary:
    """Return what the runs of a simulation come to.

    Examples
    --------
    >>> import cgsim
    >>> told = summarise(cgsim.simulate("sangatta-utara", runs=20, seed=1))
    >>> sorted(told.states[120]), told.outcomes["producers"].runs
    (['active', 'dynamic', 'inactive'], 20)
    """
    case, runs = simulation.scenario, simulation.runs
    return Summary(
        scenario=case.name,
        scenario_hash=case.hash,
        title=case.title,
        question=case.question,
        runs=len(runs),
        seed=simulation.seed,
        months=case.months,
        states=_states(case, runs),
        years=_years(simulation),
        end={
            suffix.removeprefix("_") or "as_set": shares(runs[f"end_state{suffix}"])
            for suffix in CUTOFFS
        },
        outcomes={name: mean(_numbers(runs, name)) for name in (*OUTCOMES, "admissions")},
        spent=mean(_numbers(runs, "spent")),
        spent_by={key: mean(_numbers(runs, f"spent_{key}")) for key in case.organisations},
        spent_on={name: mean(_numbers(runs, f"spent_on_{name}")) for name in ACTIVITIES},
        cost_per_independent=_ratio(runs, "spent", "independents"),
        visits_per_trainee_year=_ratio(runs, "visits_total", "trainee_months", 12.0),
        blocked=blocked(case, runs),
    )


def share_of(count: int, runs: int) -> Share:
    """Return a share of runs with its 95 % interval."""
    return Share(count / runs, *wilson(count, runs))


def shares(states: pd.Series[Any]) -> dict[str, Share]:
    """Return the share of runs in each state from one column of states."""
    return {state: share_of(int((states == state).sum()), len(states)) for state in STATES}


def mean(values: NDArray[np.float64]) -> Mean:
    """Return the mean over runs with its 95 % interval; missing values do not count.

    Where no value is below 0, neither is the interval: nobody earns or counts less than nothing.

    Examples
    --------
    >>> [round(number, 3) for number in mean(np.array([1.0, 2.0, 3.0, float("nan")]))]
    [2.0, 0.0, 4.484, 3]
    """
    known = values[np.isfinite(values)]
    if len(known) == 0:
        return Mean(None, None, None, 0)
    middle = float(known.mean())
    if len(known) == 1:
        return Mean(middle, None, None, 1)
    from scipy.special import stdtrit  # only once it is needed: a quarter of a second

    half = float(stdtrit(len(known) - 1, 0.975) * known.std(ddof=1) / math.sqrt(len(known)))
    low = middle - half
    return Mean(middle, max(0.0, low) if known.min() >= 0.0 else low, middle + half, len(known))


def blocked(case: Scenario, runs: pd.DataFrame) -> tuple[Block, ...]:
    """Return what keeps runs from their next state after the last month.

    Of the terms of closeness (the indicator that is the scarcest of those needed, and the
    producers) the smaller one blocks; where there are too few producers for indicators to be
    told at all, it is the producers. Cut-offs are those of the scenario after the changes that
    it plans by date.
    """
    found: dict[tuple[str, str], int] = {}
    codes = runs["end_state"].cat.codes.to_numpy()
    if dynamic := int((codes == DYNAMIC).sum()):
        found["", ""] = dynamic
    for state, level in ((INACTIVE, STATES[ACTIVE]), (ACTIVE, STATES[DYNAMIC])):
        for term in _scarcest(case, runs[codes == state], level):
            found[level, term] = found.get((level, term), 0) + 1
    ranked = sorted(found.items(), key=lambda item: -item[1])
    return tuple(Block(level, by, count / len(runs)) for (level, by), count in ranked)


def _scarcest(case: Scenario, runs: pd.DataFrame, level: str) -> list[str]:
    """Return each run's scarcest term of closeness to a state, ``time`` if it is reached."""
    cutoff, needed, floor = (
        _at_the_end(case, f"cluster.{level}.{name}", case.policy[f"{level}_{name}"])
        for name in ("cutoff", "indicators", "producers")
    )
    six = runs[list(INDICATORS)].to_numpy()
    place = np.argsort(-six, axis=1, kind="stable")[:, int(needed) - 1]
    by_indicator = six[np.arange(len(six)), place] / cutoff
    number = _numbers(runs, "producers")
    by_producers = number / floor
    reached = np.minimum(by_indicator, by_producers) >= 1.0
    few = (by_producers <= by_indicator) | (number < case.policy["indicator_producers"])
    terms = np.where(few, "producers", np.array(INDICATORS)[place])
    return [str(term) for term in np.where(reached, "time", terms)]


def _at_the_end(case: Scenario, path: str, value: float) -> float:
    """Return a lever's value after every change that the scenario plans by date."""
    dated = [one for one in case.interventions if one.month is not None]
    for one in sorted(dated, key=lambda one: one.month or 0):
        value = dict(one.set).get(path, value)
    return value


def _states(case: Scenario, runs: pd.DataFrame) -> dict[int, dict[str, Share]]:
    by_year = {m: shares(runs[f"state_{m}"]) for m in range(12, case.months + 1, 12)}
    return {**by_year, case.months: shares(runs["end_state"])}


def _years(simulation: Simulation) -> dict[int, dict[str, Mean]]:
    """Return the means after each whole year and after the last month."""
    years = simulation.years
    by_year = {
        after: {
            name: mean(_numbers(years[years["after_months"] == after], name))
            for name in YEAR_COLUMNS
        }
        for after in range(12, simulation.scenario.months + 1, 12)
    }
    last = {name: mean(_numbers(simulation.runs, name)) for name in YEAR_COLUMNS}
    return {**by_year, simulation.scenario.months: last}


def _ratio(runs: pd.DataFrame, above: str, below: str, times: float = 1.0) -> Mean:
    """Return the mean ratio of two columns over the runs in which the lower is above 0."""
    kept = runs[runs[below] > 0]
    return mean(times * _numbers(kept, above) / _numbers(kept, below))


def _numbers(table: pd.DataFrame, column: str) -> NDArray[np.float64]:
    return table[column].to_numpy(dtype=np.float64)


def _listed(by_year: Mapping[int, Any]) -> list[dict[str, Any]]:
    return [{"after_months": months, **_plain(found)} for months, found in by_year.items()]


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if hasattr(value, "_asdict"):
        return _plain(value._asdict())
    return [_plain(one) for one in value] if isinstance(value, tuple | list) else value
