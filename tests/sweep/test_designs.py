"""Designs: those of SALib where SALib has them, and row i the same however it is asked for."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from SALib.sample import morris, sobol

from cgsim.study.sweep import Spec
from cgsim.study.sweep.designs import _mixed, permuted

VARY: dict[str, Any] = {
    "process.leadership": {"from": 0.2, "to": 0.8},
    "process.mandate": {"from": 0, "to": 1},
    "community.group_size": {"from": 3, "to": 9},
    "organisations.*.monitoring_interval": ["never", 6, 1],
}


def spec(design, points=None, vary=None, **more):
    said = {"scenario": "sangatta-utara", "vary": vary or VARY, "design": design, **more}
    return Spec.make({**said, "points": points} if points else said)


EVERY = {
    "grid": spec("grid", vary={"process.leadership": [0.2, 0.5], "luck": [0, 7, 9]}),
    "lhs": spec("lhs", 23),
    "sobol": spec("sobol", 21),
    "saltelli": spec("saltelli", 8),
    "saltelli, pairs": spec("saltelli", 4, second_order=True),
    "saltelli, groups": spec(
        "saltelli", 8, groups={"talk": ["process.leadership", "process.mandate"]}
    ),
    "morris": spec("morris", 5),
    "morris, groups": spec("morris", 5, groups={"talk": ["process.leadership", "process.mandate"]}),
}


@pytest.mark.parametrize("name", EVERY)
@settings(max_examples=25)
@given(cuts=st.lists(st.integers(0, 60), max_size=6))
def test_a_row_is_the_same_in_blocks_of_any_size(name, cuts):
    one = EVERY[name]
    whole = one.rows.rows(0, one.points)
    assert whole.shape == (one.points, len(one.axes))
    edges = sorted({0, one.points, *(cut for cut in cuts if cut < one.points)})
    parts = [one.rows.rows(a, b) for a, b in itertools.pairwise(edges)]
    assert np.vstack(parts).tobytes() == whole.tobytes()


@pytest.mark.parametrize("name", [name for name in EVERY if name != "grid"])
def test_another_design_seed_is_another_design(name):
    one = EVERY[name]
    told = {**one.frozen(), "design_seed": 2}
    other = Spec.thawed(told, one.scenario, None)
    assert not np.array_equal(one.rows.rows(0, 8), other.rows.rows(0, 8))
    assert other.hash != one.hash


@pytest.mark.parametrize("name", EVERY)
def test_values_are_ones_that_the_levers_allow(name):
    one = EVERY[name]
    for column, axis in zip(one.rows.rows(0, one.points).T, one.axes, strict=True):
        if axis.values:
            assert set(column) <= set(axis.values)
        else:
            assert axis.low <= column.min() <= column.max() <= axis.high
            assert not axis.whole or (column == np.round(column)).all()


def test_a_grid_is_every_combination_the_last_lever_turning_fastest():
    one = spec(
        "grid", vary={"process.leadership": [0.2, 0.5], "process.mandate": [0, 1], "luck": [4, 8]}
    )
    expected = list(itertools.product([0.2, 0.5], [0.0, 1.0], [4.0, 8.0]))
    assert [tuple(row) for row in one.rows.rows(0, one.points).tolist()] == expected


@pytest.mark.parametrize("points", [1, 2, 7, 64, 1000])
def test_a_latin_hypercube_meets_each_part_of_each_lever_once(points):
    one = spec("lhs", points, vary={name: VARY[name] for name in list(VARY)[:2]})
    places = one.rows.positions(0, points)
    for column in places.T:
        assert sorted(np.floor(column * points).astype(int)) == list(range(points))
    if points >= 64:  # levers are no copies of one another
        assert abs(np.corrcoef(places.T)[0, 1]) < 0.3


@settings(max_examples=50)
@given(size=st.integers(1, 3000), key=st.integers(0, 2**40))
def test_a_keyed_permutation_is_one(size, key):
    index = np.arange(size, dtype=np.uint64)
    assert sorted(permuted(index, size, key).tolist()) == list(range(size))


@pytest.mark.parametrize(("second", "groups"), [(False, False), (True, False), (False, True)])
def test_radial_points_are_those_of_salib(second, groups):
    more = {"groups": {"talk": ["process.leadership", "process.mandate"]}} if groups else {}
    one = spec("saltelli", 16, second_order=second, **more)
    theirs = sobol.sample(one.problem, 16, calc_second_order=second, scramble=True, seed=1)
    np.testing.assert_array_equal(one.rows.positions(0, one.points), theirs)


@pytest.mark.parametrize("groups", [False, True])
def test_trajectories_are_salibs_own_one_for_each_seed(groups):
    more = {"groups": {"talk": ["process.leadership", "process.mandate"]}} if groups else {}
    one = spec("morris", 6, **more)
    width = one.points // 6
    blocks = [one.rows.positions(k * width, (k + 1) * width) for k in range(6)]
    assert len({block.tobytes() for block in blocks}) == 6
    for number, block in enumerate(blocks):
        moved = np.abs(np.diff(block, axis=0)) > 1e-9
        assert moved.sum(axis=0).tolist() == [1] * len(one.axes)  # every lever moves once
        own = int(_mixed(np.array([number], np.uint64), 1)[0] >> np.uint64(33))
        theirs = morris.sample(one.problem, 1, num_levels=4, seed=own)
        np.testing.assert_array_equal(block, theirs)


def test_an_analysis_of_salib_takes_the_rows_as_they_come():
    from SALib.analyze import morris as analyse

    one = spec("morris", 20)
    x = one.rows.positions(0, one.points)
    y = 3.0 * x[:, 0] + 1.0 * x[:, 1]
    found = analyse.analyze(one.problem, x, y, num_levels=4)
    np.testing.assert_allclose(found["mu_star"], [3.0, 1.0, 0.0, 0.0], atol=1e-9)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_table_is_read_row_by_row_words_and_all(form, tmp_path):
    table = pd.DataFrame(
        {"organisations.*.monitoring_interval": ["never", "6", "1", "6"],
         "organisations.kpc.present": [True, False, True, True],
         "process.leadership": [0.1, 0.2, 0.3, 0.4], "luck": [5, 5, 6, 7]}
    )  # fmt: skip
    file = tmp_path / f"points.{form}"
    table.to_csv(file, index=False) if form == "csv" else table.to_parquet(file)
    one = Spec.make(
        {"scenario": "sangatta-utara", "design": "file", "file": file.name}, folder=tmp_path
    )
    assert one.rows.rows(0, 4).tolist() == [
        [0.0, 1.0, 0.1, 5.0], [6.0, 0.0, 0.2, 5.0], [1.0, 1.0, 0.3, 6.0], [6.0, 1.0, 0.4, 7.0],
    ]  # fmt: skip


def test_values_of_a_list_have_equal_shares_of_a_lever():
    one = spec("lhs", 300, vary={"organisations.*.monitoring_interval": ["never", 6, 1]})
    values, counts = np.unique(one.rows.rows(0, 300)[:, 0], return_counts=True)
    assert values.tolist() == [0.0, 1.0, 6.0]
    assert counts.tolist() == [100, 100, 100]


def test_the_hash_of_a_spec_follows_every_field():
    base = spec("lhs", 8, runs=2)
    others = [
        spec("lhs", 8, runs=3), spec("lhs", 9, runs=2), spec("lhs", 8, runs=2, seed=4),
        spec("sobol", 8, runs=2), spec("lhs", 8, runs=2, outcomes=["producers"]),
        spec("lhs", 8, runs=2, months=["state"]), spec("lhs", 8, runs=2, chunk=7),
        spec("lhs", 8, runs=2, set={"process.feedback": 0.5}),
        spec("lhs", 8, runs=2, length=24),
        spec("lhs", 8, runs=2, vary={"process.leadership": {"from": 0.2, "to": 0.8}}),
    ]  # fmt: skip
    assert len({one.hash for one in [base, *others]}) == len(others) + 1
    again = Spec.thawed(base.frozen(), base.scenario, None)
    assert again.hash == base.hash
    assert again == base
