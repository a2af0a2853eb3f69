"""No lever is dead: moving any one of them moves something that a user can see."""

from __future__ import annotations

from typing import Any

import pytest

import cgsim
from cgsim.parameters import PLAN, POLICY, Parameter
from cgsim.scenario import Scenario, shown
from cgsim.study.simulate import table_hash

# a place in which every rule has something to do: an agency without a promise, an uneven
# forum under a mandate, a tight and a wide budget, a market that promotion fills
BUSY = Scenario.load("sangatta-utara").replace(
    {
        "organisations.industry.promised_interval": "never",
        "organisations.tourism.promotion": 3,
        "organisations.tourism.budget": 30,
        "organisations.*.practice_obligation": 0.5,
        "process.extra_imbalance": 0.2,
        "process.empowerment": 0.2,
        "process.mandate": 0.72,
    },
    months=60,
)
RUNS = 4


def other(parameter: Parameter, value: Any) -> Any:
    """Return another legal value for a lever."""
    if parameter.sort == "interval":
        return 4 if value != 4 else 5
    if parameter.sort == "flag":
        return not value
    if parameter.sort == "choice":
        return next(one for one in parameter.words if one != value)
    if parameter.sort == "whole":
        return int(value) + (1 if value < parameter.high else -1)
    low, high = parameter.spread or (parameter.low, parameter.high)
    return low if abs(low - value) > abs(high - value) else high


def looks(case: Scenario) -> str:
    """Return what a user can see of a few runs, as one word."""
    return table_hash(cgsim.simulate(case, runs=RUNS, seed=12).months)


SEEN = looks(BUSY)

# five numbers matter only where the others let them: no meeting, rich makers, no promotion,
# trainees who give more time than usual
ELSEWHERE = {
    "birth_dialogue_quality": {"process.meeting_interval": "never"},
    "job_income": {"constants.price_scale": 6},
    "effort_time": {"community.effort.circle_1": 2},
    "practise_effort": {"community.effort.circle_1": 2},
    "reach_floor": {"organisations.*.promotion": 0},
}


@pytest.mark.parametrize("name", sorted(POLICY))
def test_a_shared_lever_or_constant_moves_something(name):
    parameter = POLICY[name]
    value = other(parameter, shown(parameter, BUSY.policy[name]))
    place = BUSY.replace(ELSEWHERE[name]) if name in ELSEWHERE else BUSY
    seen = looks(place) if name in ELSEWHERE else SEEN
    assert looks(place.replace({parameter.path: value})) != seen


@pytest.mark.parametrize("name", sorted(PLAN))
def test_an_organisations_lever_moves_something(name):
    path = f"organisations.tourism.{name}"
    value = other(PLAN[name], BUSY.value(path))
    assert looks(BUSY.replace({path: value})) != SEEN
