"""A point's runs are those of its scenario, whichever lever is varied."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import cgsim
from cgsim.parameters import NEVER, PLAN, POLICY, find
from cgsim.records import make_records
from cgsim.scenario import shown
from cgsim.study.sweep import Spec, tabulate, work
from cgsim.study.sweep.work import Bench, scenario_at

LENGTH = 24
PATHS = [p.path for p in POLICY.values()] + [f"organisations.*.{name}" for name in PLAN]
SMALL = {"community.people": 12, "community.group_size": 4}


def two_values(path):
    """Return two values that a lever may take."""
    parameter = find(path)
    assert parameter is not None
    if path in SMALL:
        return [SMALL[path], SMALL[path] + 2]
    if parameter.sort == "choice":
        return list(parameter.words[:2])
    if parameter.sort == "flag":
        return [True, False]
    if parameter.sort == "interval":
        return [2, 5]
    if parameter.sort == "whole":
        return [int(parameter.low), int(min(parameter.high, parameter.low + 3))]
    low, high = parameter.spread or (parameter.low, parameter.high)
    return [low + 0.25 * (high - low), low + 0.75 * (high - low)]


def small(path):
    own = {name: value for name, value in SMALL.items() if name != path}
    return Spec.make({
        "scenario": "adaptive-follow-up", "length": LENGTH, "runs": 2, "set": own, "seed": 5,
        "vary": {path: two_values(path)},
    })  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_cells_written_over_are_the_scenario_with_the_lever_replaced(path):
    spec = small(path)
    assert spec.points == 2
    table = Bench(spec).walk(0, spec.simulations).runs
    for point in range(2):
        case = scenario_at(spec, point)
        bench = Bench(spec)
        bench.walk(2 * point, 2 * point + 2)
        (records,) = bench._worlds.values()
        np.testing.assert_array_equal(records.start, make_records(case).start)
        alone = cgsim.simulate(case, runs=2, seed=5, months=False).runs
        own = table[table["point"] == point].reset_index(drop=True)
        rest = [name for name in alone if name != "scenario_hash"]
        pd.testing.assert_frame_equal(own[rest], alone[rest])


def test_luck_is_the_number_of_the_run():
    spec = Spec.make({
        "scenario": "sangatta-utara", "length": LENGTH, "set": SMALL, "runs": 2,
        "vary": {"luck": [0, 7]},
    })  # fmt: skip
    table = tabulate(spec)
    for point, first in ((0, 0), (1, 7)):
        alone = cgsim.simulate(spec.scenario, runs=2, first_run=first, months=False).runs
        own = table[table["point"] == point]
        assert own["producers"].tolist() == alone["producers"].tolist()
        assert own["trust"].tolist() == alone["trust"].tolist()


def test_rows_do_not_depend_on_how_runs_are_cut_into_chunks():
    said = {
        "scenario": "sangatta-utara", "length": LENGTH, "set": SMALL, "runs": 5,
        "vary": {"process.leadership": [0.2, 0.9], "community.people": [8, 12]},
    }  # fmt: skip
    tables = [tabulate(Spec.make({**said, "chunk": chunk}), workers=2) for chunk in (1, 3, 5, 100)]
    for other in tables[1:]:
        pd.testing.assert_frame_equal(tables[0], other)


def test_columns_have_the_types_of_what_they_hold():
    spec = Spec.make({
        "scenario": "sangatta-utara", "length": LENGTH, "set": SMALL, "months": ["state", "trust"],
        "vary": {
            "organisations.*.monitoring_interval": ["never", 6],
            "organisations.kpc.present": [True, False],
            "community.group_size": [3, 4],
            "process.leadership": [0.5, 1],
            "luck": [0, 1],
        },
    })  # fmt: skip
    chunk = Bench(spec).walk(0, spec.simulations)
    kinds = chunk.runs.dtypes
    for name in ("organisations.*.monitoring_interval", "organisations.kpc.present"):
        assert isinstance(kinds[name], pd.CategoricalDtype)
    assert list(chunk.runs["organisations.*.monitoring_interval"].cat.categories) == ["never", "6"]
    assert list(chunk.runs["organisations.kpc.present"].cat.categories) == ["true", "false"]
    for name in ("point", "run", "seed", "community.group_size", "luck", "producers"):
        assert kinds[name] == np.int64, name
    assert kinds["process.leadership"] == np.float64
    assert kinds["trust"] == np.float64
    assert list(chunk.months) == ["point", "run", "month", "state", "trust"]
    assert len(chunk.months) == spec.simulations * LENGTH


def test_only_the_outcomes_asked_for_are_kept():
    spec = Spec.make({
        "scenario": "sangatta-utara", "length": LENGTH, "set": SMALL,
        "outcomes": ["producers", "cluster_index"], "vary": {"process.leadership": [0.5]},
    })  # fmt: skip
    columns = list(tabulate(spec))
    assert columns[-2:] == ["producers", "cluster_index"]
    assert "sales" not in columns


def test_never_is_a_word_of_the_scenario_at_a_point():
    spec = small("organisations.*.monitoring_interval")
    one = Spec.make({**spec_words(spec), "vary": {spec.axes[0].path: ["never", 3]}})
    assert scenario_at(one, 0).value("organisations.kpc.monitoring_interval") == "never"
    assert shown(PLAN["monitoring_interval"], NEVER) == "never"


def spec_words(spec):
    return {"scenario": "adaptive-follow-up", "length": LENGTH, "set": SMALL, "runs": spec.runs}


# ---------------------------------------------------------------- runs that fail


def broken_kernel(monkeypatch, fails):
    """Let runs fail of which `fails` says so."""
    real = work.kernel()

    def walk(first, last, start, end, seed, records, wanted):
        for run in range(first, last):
            fails(run, wanted, run - first)
        return real(first, last, start, end, seed, records, wanted)

    monkeypatch.setattr(work, "kernel", lambda: walk)


def test_a_run_that_cannot_be_reckoned_is_named_and_the_others_stand(monkeypatch):
    def fails(run, *_):
        if run == 1:
            raise ZeroDivisionError("division by zero")

    spec = small("process.leadership")
    whole = Bench(spec).walk(0, 4).runs
    broken_kernel(monkeypatch, fails)
    chunk = Bench(spec).walk(0, 4)
    assert [(one.point, one.run) for one in chunk.failures] == [(0, 1), (1, 1)]
    assert "division by zero" in chunk.failures[0].why["en"]
    assert chunk.failures[0].why["id"] != chunk.failures[0].why["en"]
    kept = whole[whole["run"] == 0].reset_index(drop=True)
    pd.testing.assert_frame_equal(chunk.runs.reset_index(drop=True), kept)


def test_an_outcome_that_is_no_number_is_a_failure(monkeypatch):
    real = work.kernel()

    def walk(first, last, start, end, seed, records, wanted):
        real(first, last, start, end, seed, records, wanted)
        wanted.runs[0, 3] = np.nan

    monkeypatch.setattr(work, "kernel", lambda: walk)
    chunk = Bench(small("process.leadership")).walk(0, 4)
    assert [(one.point, one.run) for one in chunk.failures] == [(0, 0), (1, 0)]
    assert len(chunk.runs) == 2


def test_a_world_that_cannot_be_is_a_failure_of_each_of_its_runs():
    spec = Spec.make({
        "scenario": "sangatta-utara", "length": 12, "set": {"community.people": 8}, "runs": 2,
        "vary": {"community.group_size": [4, 20]},
    })  # fmt: skip
    chunk = Bench(spec).walk(0, 4)
    assert chunk.runs["point"].tolist() == [0, 0]
    assert [(one.point, one.run) for one in chunk.failures] == [(1, 0), (1, 1)]
    assert "20" in chunk.failures[0].why["en"]


def test_a_list_with_a_word_may_have_more_values_than_a_byte_counts():
    path, months = "organisations.*.monitoring_interval", ["never", *range(1, 141)]
    spec = Spec.make(
        {"scenario": "sangatta-utara", "length": 3, "vary": {path: months}, "set": SMALL}
    )
    table = tabulate(spec, workers=1)
    told = table[path].astype(str).tolist()
    assert told == [str(one) for one in months]
