"""The box in which a conclusion fails: planted boxes, chance, ties, few failures."""

from __future__ import annotations

import numpy as np
import pytest

from cgsim.study.compare.box import CHANCE, FEWEST, find_box

MANY = 157
"""As many as the numbers that the shipped scenarios assume."""


def cube(worlds, columns, seed=1):
    return np.random.default_rng(seed).uniform(size=(worlds, columns))


def names(columns):
    return [f"x{k}" for k in range(columns)]


@pytest.mark.parametrize("columns", [5, MANY])
@pytest.mark.parametrize("noise", [0.0, 0.1])
def test_a_planted_box_is_found_with_its_limits(columns, noise):
    values = cube(300, columns)
    random = np.random.default_rng(2)
    fails = (values[:, 1] > 0.6) & (values[:, 3] < 0.5)
    wrong = random.uniform(size=300) < noise
    fails = np.where(wrong, random.uniform(size=300) < 0.2, fails)
    found = find_box(values, fails, names(columns))
    sides = {one.path: one for one in found.limits}
    assert set(sides) == {"x1", "x3"}
    assert sides["x1"].low == pytest.approx(0.6, abs=0.06)
    assert sides["x3"].high == pytest.approx(0.5, abs=0.06)
    assert sides["x1"].high is None
    assert sides["x3"].low is None
    assert found.density > 0.85
    assert found.coverage > 0.8


def test_density_coverage_and_mass_are_those_of_the_worlds_inside():
    values = cube(200, 6)
    fails = values[:, 2] > 0.7
    found = find_box(values, fails, names(6))
    inside = found.holds(values, names(6))
    assert found.inside == int(inside.sum())
    assert found.density == fails[inside].mean()
    assert found.coverage == fails[inside].sum() / fails.sum()
    assert found.mass == inside.mean()
    assert found.base == fails.mean()


def test_failures_in_the_middle_of_an_assumption_are_found():
    values = cube(300, 8)
    found = find_box(values, (values[:, 2] > 0.4) & (values[:, 2] < 0.65), names(8))
    [limit] = found.limits
    assert (limit.low, limit.high) == (pytest.approx(0.4, abs=0.03), pytest.approx(0.65, abs=0.03))


def test_whole_numbers_are_never_parted_within_one_value():
    values = cube(240, 4)
    values[:, 0] = np.floor(4.0 * values[:, 0])
    found = find_box(values, values[:, 0] == 3.0, names(4))
    [limit] = found.limits
    assert (limit.path, limit.low, limit.high) == ("x0", 3.0, None)
    assert found.density == found.coverage == 1.0


def test_chance_makes_a_box_in_no_more_than_one_of_twenty_samples():
    values, random = cube(200, MANY), np.random.default_rng(4)
    boxes = [
        find_box(values, random.uniform(size=200) < 0.2, names(MANY), seed, shuffles=39)
        for seed in range(40)
    ]
    assert sum(one is not None for one in boxes) <= 40 * CHANCE + 2


@pytest.mark.parametrize("count", [0, FEWEST - 1, 60 - FEWEST + 1, 60])
def test_few_failures_or_few_worlds_without_are_no_box(count):
    assert find_box(cube(60, 3), np.arange(60) < count, names(3)) is None


def test_the_same_seed_gives_the_same_box():
    values = cube(150, 20)
    fails = (values[:, 4] > 0.5) & (values[:, 5] > 0.3)
    assert find_box(values, fails, names(20), 7) == find_box(values, fails, names(20), 7)
