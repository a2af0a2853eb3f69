"""What must hold in every world, whatever the levers: made-up scenarios look for exceptions."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cgsim
from cgsim import ensemble
from cgsim.columns import ACTIVITIES, INDICATORS
from cgsim.parameters import PLAN, POLICY, Parameter
from cgsim.records import Records
from cgsim.scenario import Scenario
from cgsim.state import CLUSTER, TRAINEE

BASE = Scenario.load("sangatta-utara")
SIZES = {"people": (1, 60), "group_size": (1, 12)}


def values(parameter: Parameter) -> st.SearchStrategy[Any]:
    """Return values a scenario file may state for a lever or constant."""
    if parameter.sort == "interval":
        return st.one_of(st.just("never"), st.integers(1, 24))
    if parameter.sort == "flag":
        return st.booleans()
    if parameter.sort == "choice":
        return st.sampled_from(parameter.words)
    low, high = SIZES.get(parameter.name, (parameter.low, min(parameter.high, 60.0)))
    if parameter.sort == "whole":
        return st.integers(math.ceil(low), math.floor(high))
    if parameter.default is not None and parameter.path.startswith("constants."):
        low = max(low, parameter.default / 4 if parameter.default > 0 else parameter.default - 3)
        high = min(high, parameter.default * 4 if parameter.default > 0 else parameter.default + 3)
    ends = st.sampled_from([parameter.low, min(parameter.high, 60.0)])
    return st.one_of(st.floats(low, high, allow_nan=False), ends)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Make a scenario: one to five organisations and a dozen levers or constants moved."""
    keys = [f"o{k}" for k in range(draw(st.integers(1, 5)))]
    change: dict[str, Any] = {f"organisations.{key}": None for key in BASE.organisations}
    for key in keys:
        change[f"organisations.{key}"] = {
            name: draw(values(p)) for name, p in PLAN.items() if name != "present"
        }
    for name in draw(st.lists(st.sampled_from(sorted(POLICY)), max_size=12, unique=True)):
        if name not in SIZES:
            change[POLICY[name].path] = draw(values(POLICY[name]))
    people = draw(st.integers(1, 60))
    change["community.people"] = people
    change["community.group_size"] = draw(st.integers(1, people))
    months = draw(st.integers(2, 40))
    change["interventions"] = [
        {"month": draw(st.integers(0, months - 1)),
         "set": {f"organisations.{keys[0]}.present": False}},
        {"when": f"producers < {draw(st.integers(1, 20))}", "once": False,
         "set": {"organisations.*.monitoring_interval": 1},
         "else": {"organisations.*.monitoring_interval": "never"}},
    ]  # fmt: skip
    return BASE.replace(change, months=months)


SHARES = [n for n, f in TRAINEE.items() if f.unit in ("share", "probability")]
CLUSTER_SHARES = [n for n, f in CLUSTER.items() if f.unit == "share"]


def check_month(case: Scenario, records: Records) -> None:
    people, cluster, organisations = records.trainees, records.cluster[0], records.organisations
    for name in SHARES:
        assert ((people[name] >= 0.0) & (people[name] <= 1.0)).all(), name
    for name in (*CLUSTER_SHARES, *INDICATORS):
        assert 0.0 <= cluster[name] <= 1.0, name
    for table in (people, records.ties, records.pacts, organisations, records.cluster):
        for name in table.dtype.names:
            assert np.isfinite(table[name]).all(), name
    assert ((people["status"] >= 0) & (people["status"] <= 4)).all()
    assert (organisations["spent"] <= organisations["budget"]).all()
    assert ((organisations["spent"] == 0.0) | (organisations["present"] > 0.0)).all()
    by_activity = sum(cluster[f"spent_on_{activity}"] for activity in ACTIVITIES)
    assert math.isclose(by_activity, organisations["spent"].sum(), rel_tol=1e-9, abs_tol=1e-9)
    value_made = cluster["price"] * people["output"].sum()
    assert cluster["sales"] <= value_made * (1 + 1e-12)
    producing = (people["status"] == 2) | (people["status"] == 3)
    assert cluster["producers"] == producing.sum()
    assert cluster["active_trainees"] == (producing | (people["status"] == 1)).sum()
    silent = organisations["monitoring_interval"] == 0.0
    assert (organisations["visit_probability"][silent] == 0.0).all()
    assert (records.ties["months_unvisited"] >= 0).all()
    assert (people["income"][~producing] == 0.0).all() or (people["status"] == 1).any()


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(scenarios(), st.integers(0, 2**32 - 1))
def test_every_month_of_a_made_up_world_is_sound(case, seed):
    admissions = 0.0
    for records in ensemble.trace(case, seed):
        check_month(case, records)
        assert records.cluster[0]["admissions"] >= admissions
        admissions = records.cluster[0]["admissions"]


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(scenarios(), st.integers(0, 2**32 - 1))
def test_engines_agree_on_made_up_worlds(case, seed):
    model = cgsim.Model(case, seed=seed, collect=False).run()
    for records in ensemble.trace(case, seed):
        last = records
    for name, value in zip(CLUSTER, last.cluster.tolist()[0], strict=True):
        assert getattr(model.cluster, name) == value, name
    for person, row in zip(model.trainees, last.trainees.tolist(), strict=True):
        assert [getattr(person, name) for name in TRAINEE] == list(row)


def test_an_organisation_that_never_monitors_never_visits():
    case = BASE.replace({"organisations.*.visits": 120, "organisations.*.budget": 1000})
    for records in ensemble.trace(case, seed=1):
        fresh = records.ties["months_unvisited"][
            records.active[: int(records.cluster[0]["active_trainees"])]
        ]
        assert (fresh[:, 0] > 0).all() or len(fresh) == 0
    silent = case.replace({"organisations.*.monitoring_interval": "never"})
    assert cgsim.simulate(silent, runs=20, months=False).runs["visits_total"].max() == 0.0


def test_visits_stop_where_the_money_does():
    case = BASE.replace({"organisations.*.promotion": 0, "organisations.*.toolkit": 0,
                         "organisations.*.workshop": 0, "organisations.*.waste": 0,
                         "organisations.*.reward": 0, "organisations.*.seats": 5,
                         "organisations.*.monitoring_interval": 1, "organisations.*.visits": 50,
                         "organisations.*.budget": 12})  # fmt: skip
    months = cgsim.simulate(case, runs=10, seed=3).months
    for key in case.organisations:
        assert months[f"spent_{key}"].max() <= 12.0
    assert months["spent_on_visits"].max() > 0.0


@pytest.mark.parametrize("name", Scenario.shipped())
def test_every_scenario_runs_without_any_one_of_its_organisations(name):
    case = Scenario.load(name)
    for key in case.organisations:
        if len(case.organisations) == 1:
            continue
        rest = [
            one for one in case.to_dict().get("interventions", [])
            if not any(path.startswith(f"organisations.{key}.") for path in one["set"])
        ]  # fmt: skip
        without = case.replace({f"organisations.{key}": None, "interventions": rest})
        runs = cgsim.simulate(without, runs=3, seed=1).runs
        assert len(runs) == 3
        assert key not in " ".join(runs.columns)
        assert np.isfinite(runs["cluster_index"]).all()


def test_materials_are_paid_by_makers_not_by_buyers():
    base = cgsim.simulate(BASE, runs=30, seed=2, months=False).runs
    counted = cgsim.simulate(
        BASE.replace({"market.material_share": 0.6}), runs=30, seed=2, months=False
    ).runs
    assert counted["mean_income"].mean() < 0.7 * base["mean_income"].mean()
