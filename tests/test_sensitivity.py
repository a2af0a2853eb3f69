"""Analyses find what is known of a function, refuse a table with gaps, and reach the model."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from cgsim.scenario import Scenario, ScenarioError
from cgsim.scenario_file import shipped
from cgsim.study.sensitivity import analyse, decompose, screen, whose
from cgsim.study.sensitivity.answers import answers_of
from cgsim.study.sensitivity.choice import GROUPS, MOST_LUCK, chosen, group_of, luck_axis
from cgsim.study.sensitivity.indices import base_rows, indices
from cgsim.study.sensitivity.information import information
from cgsim.study.sensitivity.screening import effects, stands_out, way
from cgsim.study.sweep import Spec
from cgsim.study.sweep.axes import LUCK, Axis
from cgsim.study.sweep.place import Folder
from cgsim.study.sweep.store import create, name_of
from cgsim.study.sweep.work import Chunk

CASE = Scenario.load("sangatta-utara")
UNIT = tuple(Axis(name, low=0.0, high=1.0) for name in ("x1", "x2", "x3"))
ROUND = tuple(Axis(name, low=-math.pi, high=math.pi) for name in ("x1", "x2", "x3"))


def design(axes, kind, size, runs=1, groups=(), **more):
    return Spec(CASE, tuple(axes), kind, size, runs, chunk=100, groups=tuple(groups), **more)


def table_of(spec, function):
    """A sweep's table with a function in the place of the model: y of the levers and the run."""
    point, run = np.divmod(np.arange(spec.simulations), spec.runs)
    rows = spec.rows.rows(0, spec.points)[point]
    columns = {axis.path: axis.column(rows[:, k]) for k, axis in enumerate(spec.axes)}
    return pd.DataFrame({"point": point, "run": run, **columns, "y": function(rows, run)})


def ishigami(x, run=None):
    return np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def ishigami_indices():
    """First and total indices in closed form (Ishigami & Homma 1990)."""
    one, two = 0.5 * (1.0 + 0.1 * math.pi**4 / 5.0) ** 2, 49.0 / 8.0
    both = 8.0 * 0.01 * math.pi**8 / 225.0
    whole = one + two + both
    return np.array([one, two, 0.0]) / whole, np.array([one + both, two, both]) / whole


def through_the_store(spec, table, folder):
    """Write a table chunk by chunk as a sweep does, and read it back."""
    store = create(Folder(folder), spec, "")
    parts = []
    for chunk in range(spec.chunks):
        rows = table.iloc[chunk * spec.chunk : (chunk + 1) * spec.chunk]
        store.put(chunk, Chunk(rows, None))
        parts.append(pd.read_parquet(folder / name_of("runs", chunk)))
    return pd.concat(parts, ignore_index=True)


def test_sobol_indices_of_a_known_function_through_the_whole_pipeline_lie_within_their_intervals(
    tmp_path,
):
    # the function's value stands where a sweep has the number of producers
    spec = design(ROUND, "saltelli", 1024, outcomes=("producers",))
    table = table_of(spec, ishigami).rename(columns={"y": "producers"})
    table = through_the_store(spec, table, tmp_path)
    found = indices(spec, answers_of(spec, table, "producers"))
    read = analyse(tmp_path, ["producers"]).indices["producers"]
    pd.testing.assert_frame_equal(read.table, found.table, check_exact=True)
    first, total = ishigami_indices()
    for kind, known in (("first", first), ("total", total)):
        low, high = found.table[f"{kind}_low"], found.table[f"{kind}_high"]
        assert ((low - 1e-9 <= known) & (known <= high + 1e-9)).all(), kind
        assert (high - low).max() < 0.25
        assert np.allclose(found.table[kind], known, atol=0.04)
    assert found.together_low <= 1.0 - first.sum() <= found.together_high


def test_indices_are_those_of_salib(tmp_path):
    from SALib.analyze import sobol

    spec = design(ROUND, "saltelli", 256, second_order=True)
    values = answers_of(spec, table_of(spec, ishigami), "y")
    theirs = sobol.analyze(spec.problem, values[:, 0], calc_second_order=True, seed=1)
    found = indices(spec, values)
    assert np.allclose(found.table["first"], theirs["S1"])
    assert np.allclose(found.table["total"], theirs["ST"])


def test_a_group_has_the_share_that_its_parts_have_together():
    axes = [*UNIT, luck_axis()]
    groups = ["assumed", "assumed", "sourced", LUCK]
    spec = design(axes, "saltelli", 1024, groups=groups)
    weights = np.array([2.0, 1.0, 1.0, 3.0])

    def added(x, run):
        return x @ (weights / [1.0, 1.0, 1.0, MOST_LUCK])

    found = indices(spec, answers_of(spec, table_of(spec, added), "y"))
    known = {"assumed": 5.0 / 15.0, "sourced": 1.0 / 15.0, LUCK: 9.0 / 15.0}
    assert list(found.table["path"]) == list(known)
    for name, share in known.items():
        told = found.of(name)
        assert told["first_low"] <= share <= told["first_high"]
        assert told["total_low"] <= share <= told["total_high"]
        assert told["first"] == pytest.approx(share, abs=0.03)
    assert found.together == pytest.approx(0.0, abs=0.03)


def test_what_only_works_together_is_told_as_such():
    spec = design(UNIT[:2], "saltelli", 1024)

    def product(x, run):
        return (x[:, 0] - 0.5) * (x[:, 1] - 0.5)

    found = indices(spec, answers_of(spec, table_of(spec, product), "y"))
    assert found.together_low <= 1.0 <= found.together_high
    assert found.table["total"].min() > 0.9


def test_an_outcome_that_never_changes_has_no_shares():
    spec = design(UNIT, "saltelli", 64)
    found = indices(spec, answers_of(spec, table_of(spec, lambda x, run: 0.0 * run + 7.0), "y"))
    assert (found.mean, found.variance) == (7.0, 0.0)
    assert (found.table.drop(columns="path") == 0.0).all().all()


def test_a_screening_of_a_linear_function_finds_its_weights():
    spec = design(UNIT, "morris", 12, runs=3)
    table = table_of(spec, lambda x, run: 3.0 * x[:, 0] - 2.0 * x[:, 1] + 10.0 * run)
    found = effects(spec, answers_of(spec, table, "y")).set_index("path")
    assert found["size"].to_dict() == pytest.approx({"x1": 3.0, "x2": 2.0, "x3": 0.0})
    assert found["effect"].to_dict() == pytest.approx({"x1": 3.0, "x2": -2.0, "x3": 0.0})
    assert np.allclose(found[["sigma", "luck"]], 0.0, atol=1e-12)
    ways = {path: way(row) for path, row in found.round(9).iterrows()}
    assert ways == {"x1": "up", "x2": "down", "x3": "none"}


def test_a_number_that_only_stirs_luck_does_not_stand_out():
    spec = design(UNIT, "morris", 40, runs=6)
    rng = np.random.default_rng(3)
    table = table_of(spec, lambda x, run: 3.0 * x[:, 0] + rng.normal(size=len(x)))
    found = effects(spec, answers_of(spec, table, "y")).set_index("path")
    assert found.loc["x3", "size"] == pytest.approx(found.loc["x3", "luck"], rel=0.3)
    assert [path for path, row in found.iterrows() if stands_out(row)] == ["x1"]


def test_knowing_a_number_is_worth_what_the_closed_form_says():
    spec = design(UNIT, "saltelli", 4096)
    places = spec.rows.rows(0, spec.points)[base_rows(spec)]
    # chosen where the gain is above 0: blind never, since it is −0.2 on average; with x1 known
    # where x1 > 0.7, which brings ∫(x − 0.7)dx = 0.045; x2 alone never lifts it above 0
    gain = places[:, 0] - 0.7 + 0.2 * (places[:, 1] - 0.5)
    found = information(UNIT, places, gain, least=0.0)
    told = found.table.set_index("path")
    assert found.decides
    assert found.table["path"].iloc[0] == "x1"
    assert told.loc["x1", "worth_low"] <= 0.045 <= told.loc["x1", "worth_high"]
    assert told.loc["x1", "worth"] == pytest.approx(0.045, abs=0.002)
    assert told.loc[["x2", "x3"], "worth"].max() < 1e-6
    shares = {"x1": 1.0 / 1.04, "x2": 0.04 / 1.04, "x3": 0.0}
    assert told["share"].to_dict() == pytest.approx(shares, abs=0.01)
    assert told.loc["x1", "at_low"] == pytest.approx(-0.6, abs=0.01)
    assert told.loc["x1", "at_high"] == pytest.approx(0.2, abs=0.01)
    assert found.first(2) == pytest.approx(1.0, abs=0.01)
    assert found.choice.gain == pytest.approx(-0.2, abs=0.01)


def test_where_a_choice_is_clear_no_number_is_worth_knowing():
    spec = design(UNIT, "saltelli", 512)
    places = spec.rows.rows(0, spec.points)[base_rows(spec)]
    found = information(UNIT, places, 2.0 + places[:, 0], least=0.0)
    assert not found.decides
    assert found.table["worth"].max() < 1e-9
    assert found.choice.better == 1.0
    assert information(UNIT, places, 2.0 + places[:, 0], least=2.5).decides


def test_the_share_of_a_curve_of_nothing_is_nothing():
    spec = design(UNIT, "saltelli", 1024)
    places = spec.rows.rows(0, spec.points)[base_rows(spec)]
    noise = np.random.default_rng(2).normal(size=len(places))
    found = information(UNIT, places, noise)
    assert found.choice is None
    assert found.table["share"].abs().max() < 0.01
    assert (found.table["share_low"] <= 0.0).all()


def test_a_list_of_values_is_told_value_by_value():
    axes = (Axis("x1", (1.0, 2.0, 0.0)), UNIT[1])
    spec = design(axes, "saltelli", 512)
    rows, places = spec.rows.rows(0, spec.points), spec.rows.positions(0, spec.points)
    kept = base_rows(spec)
    found = information(axes, places[kept], np.where(rows[kept, 0] == 2.0, 1.0, 0.0))
    told = found.table.set_index("path").loc["x1"]
    assert told["share"] == pytest.approx(1.0)
    assert (told["at_low"], told["at_high"]) == (0.0, 0.0)


def _swapped(table):
    return table.iloc[[1, 0, *range(2, len(table))]].reset_index(drop=True)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda t: t.drop(index=3), "39 rows, its design 40"),
        (lambda t: t.iloc[[0, *range(len(t))]], "41 rows"),
        (_swapped, "row 0 should be point 0, replicate 0"),
        (lambda t: t.assign(run=0), "row 1 should be point 0, replicate 1"),
        (lambda t: t.assign(x2=t["x2"].to_numpy()[::-1]), "x2 is not the design's"),
        (lambda t: t.assign(y=np.where(t.index == 5, np.nan, t["y"])), "row 5: y is missing"),
    ],
)
def test_a_table_with_gaps_or_out_of_order_is_refused(spoil, said):
    spec = design(UNIT, "morris", 5, runs=2)
    table = table_of(spec, lambda x, run: x[:, 0])
    assert answers_of(spec, table, "y").shape == (20, 2)
    with pytest.raises(ScenarioError, match=said):
        answers_of(spec, spoil(table), "y")


def test_sets_of_numbers_are_parted_by_whose_they_are():
    parts = {one: {axis.path for axis in chosen([one], CASE)} for one in ("assumed", "sourced")}
    every = {axis.path for axis in chosen(["numbers"], CASE)}
    assert parts["assumed"] | parts["sourced"] == every
    assert not parts["assumed"] & parts["sourced"]
    assert {group_of(path) for path in parts["assumed"]} == {GROUPS[0]}
    assert "constants.forgetting" in parts["sourced"]
    assert "community.persistence.mean" in parts["assumed"]
    # what somebody decides is no number to be uncertain of
    assert not {"community.selection", "organisations.*.visits"} & every


def test_all_has_the_levers_too_but_never_who_takes_part():
    paths = {axis.path for axis in chosen(["all"], CASE)}
    assert {"organisations.*.monitoring_interval", "constants.gain"} <= paths
    assert not any(path.endswith((".kind", ".present", ".goal")) for path in paths)


def test_a_word_finds_what_it_is_part_of_and_one_organisation_where_it_is_named():
    assert [axis.path for axis in chosen(["visits"], CASE)] == ["organisations.*.visits"]
    assert [axis.path for axis in chosen(["organisations.kpc.visits"], CASE)] == [
        "organisations.kpc.visits"
    ]
    both = chosen(["organisations.kpc.visits", "organisations.*.visits"], CASE)
    assert [axis.path for axis in both] == ["organisations.*.visits"]


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("constants.gian", "Did you mean constants.gain"),
        ("asumed", "Did you mean assumed"),
        ("organisations.kpc.kind", "cannot be varied"),
    ],
)
def test_a_word_that_fits_nothing_is_refused_with_the_nearest(word, said):
    with pytest.raises(ScenarioError, match=said):
        chosen([word], CASE)


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_scenario_lies_within_the_ranges_that_are_tried(name):
    case = Scenario.load(name)
    for axis in chosen(["all"], case):
        if not axis.values and ".*." not in axis.path and axis.path != "community.group_size":
            assert axis.low <= case.value(axis.path) <= axis.high, axis.path
        assert axis.values or axis.low < axis.high


def test_what_two_scenarios_differ_in_is_compared_not_varied():
    other = Scenario.load("persistent-trainees")
    paths = [axis.path for axis in chosen(["assumed"], CASE, other)]
    assert "community.persistence.mean" not in paths
    assert "community.persistence.sd" in paths
    leaving = Scenario.load("kpc-leaves")
    with pytest.raises(ScenarioError, match="cannot be varied"):
        chosen(["organisations.kpc.present"], leaving)


def test_a_screening_of_the_model_sees_that_rare_visits_cost_producers():
    levers = ["monitoring_interval", "costs.visit"]
    found = screen("sangatta-utara", levers, points=6, runs=4, outcomes=["producers"])
    again = screen("sangatta-utara", levers, points=6, runs=4, outcomes=["producers"], threads=1)
    table = found.tables["producers"]
    pd.testing.assert_frame_equal(table, again.tables["producers"])
    first = table.iloc[0]
    assert first["path"] == "organisations.*.monitoring_interval"
    assert way(first) == "down"
    assert stands_out(first)


def test_against_itself_with_other_luck_nothing_is_asked_but_of_another_the_difference():
    levers = ["constants.gain", "constants.forgetting"]
    with pytest.raises(ScenarioError, match="asked of already"):
        whose("sangatta-utara", levers, against="sangatta-utara", points=32)
    told = whose(
        "sangatta-utara", levers, against="everybody-monitors-monthly", points=32,
        outcomes=["producers"],
    )  # fmt: skip
    known = told.information["producers"]
    assert known.choice.gain > 5.0
    assert known.choice.better > 0.9
    assert set(told.groups["producers"].table["path"]) == set(GROUPS)
    assert told.counts == {"assumed": 1, "sourced": 1}


def test_luck_is_one_of_the_factors_of_sobol_indices():
    found = decompose("sangatta-utara", ["costs.visit"], points=64, outcomes=["producers"])
    told = found.indices["producers"]
    assert told.of(LUCK)["total"] > 0.9  # what a visit costs moves little
    assert told.variance > 0.0


@pytest.mark.parametrize("points", [0, 16, 100])
def test_base_rows_are_a_power_of_two(points):
    with pytest.raises(ScenarioError, match="power of two"):
        decompose("sangatta-utara", ["constants.gain"], points=points)


def test_another_community_with_other_organisations_can_be_asked():
    other = next(name for name in shipped() if "kpc" not in Scenario.load(name).organisations)
    found = screen(other, ["community"], points=2, runs=2)
    assert len(found.tables["producers"]) == len(found.spec.axes)
