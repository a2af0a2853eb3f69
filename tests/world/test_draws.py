"""Luck is keyed: known answers, and nobody's luck moves when the world grows."""

from __future__ import annotations

import math
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cgsim
from cgsim import ensemble, luck
from cgsim.scenario import Scenario
from cgsim.state import TRAINEE
from cgsim.world import draws

BASE = Scenario.load("sangatta-utara").replace({}, months=36)
WORDS = st.integers(0, 2**32 - 1)


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [
        (0, 0, "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
        (0xFFFFFFFF, 0xFFFFFFFF, "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ],
)
def test_known_answers(counter, key, words):
    found = draws.philox(counter, counter, counter, counter, key, key)
    assert " ".join(f"{word:08x}" for word in found) == words


def test_the_third_known_answer():
    counter = (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344)
    found = draws.philox(*counter, 0xA4093822, 0x299F31D0)
    assert [f"{word:08x}" for word in found] == ["d16cfe09", "94fdcceb", "5001e420", "24126ea1"]


@given(WORDS, WORDS, st.integers(0, 8), WORDS, WORDS, WORDS)
def test_compiled_draws_equal_plain_ones(seed, run, purpose, who, month, whom):
    assert luck.quicken()
    plain = luck._plain(seed, run, purpose, who, month, whom)
    assert draws.block(seed, run, purpose, who, month, whom) == plain
    assert all(0.0 < u < 1.0 for u in plain)


def test_uniforms_never_touch_the_ends():
    assert (0 + 0.5) * draws.UNIT > 0.0
    assert (0xFFFFFFFF + 0.5) * draws.UNIT < 1.0


@given(st.floats(2.0**-33, 1.0 - 2.0**-33))
def test_normal_quantile_is_that_of_the_standard_library(u):
    assert math.isclose(
        draws.normal_quantile(u), NormalDist().inv_cdf(u), rel_tol=1e-13, abs_tol=1e-13
    )


@given(WORDS, WORDS)
def test_normal_quantile_is_monotone(a, b):
    low, high = sorted(((a + 0.5) * draws.UNIT, (b + 0.5) * draws.UNIT))
    assert draws.normal_quantile(low) <= draws.normal_quantile(high)


def test_purposes_are_append_only():
    assert draws.PURPOSES == {
        "BIRTH": 0, "BIRTH_TRUST": 1, "ORGANISATION_ATTENDS": 2, "TRAINEE_ATTENDS": 3,
        "GOAL_DRIFT": 4, "INTAKE_START": 5, "APPLICATION": 6, "VISIT": 7, "PERSON_MONTH": 8,
    }  # fmt: skip


def test_every_decision_of_a_person_has_its_own_luck():
    words = [draws.block(1, 0, purpose, 5, 7, 0) for purpose in draws.PURPOSES.values()]
    assert len({u for four in words for u in four}) == 4 * len(draws.PURPOSES)


BORN = ("persistence", "persistence_z", "skill", "goal")


def born(case: Scenario) -> list[tuple[float, ...]]:
    """Return what luck gave each person at birth, in a month in which nobody is taken in."""
    quiet = case.replace({"organisations.*.seats": 0}, months=1)
    records = next(ensemble.trace(quiet, 9, 4)).trainees
    return [tuple(row[name] for name in BORN) for row in records]


def test_one_more_person_leaves_everybody_elses_luck_alone():
    more = BASE.replace({"community.people": 121})
    assert born(more)[:120] == born(BASE)


def test_one_more_organisation_leaves_everybody_elses_luck_alone():
    plan = {"kind": "agency", "goal": 0.5, "budget": 0}
    more = BASE.replace({"organisations.village": plan})
    assert born(more) == born(BASE)
    first = next(ensemble.trace(BASE, 9, 4)).ties["trust"][:, :3].copy()
    second = next(ensemble.trace(more, 9, 4)).ties["trust"][:, :3]
    untouched = next(ensemble.trace(BASE, 9, 4)).trainees["status"] == 0
    assert first[untouched].tolist() == second[untouched].tolist()


def test_another_scenario_has_the_same_luck():
    other = BASE.replace({"process.leadership": 0.1, "organisations.*.monitoring_interval": 1})
    assert born(other) == born(BASE)


def test_another_seed_or_run_has_another_luck():
    assert draws.block(1, 0, 0, 0, 0, 0) != draws.block(2, 0, 0, 0, 0, 0)
    assert draws.block(1, 0, 0, 0, 0, 0) != draws.block(1, 1, 0, 0, 0, 0)
    assert draws.block(1, 2, 0, 0, 0, 0) != draws.block(2, 1, 0, 0, 0, 0)


@pytest.mark.parametrize("outcome", ["producers", "cluster_index"])
def test_pairs_vary_clearly_less(outcome):
    one = cgsim.simulate("recommendation-1", runs=300, seed=8, months=False).runs[outcome]
    other = cgsim.simulate("sangatta-utara", runs=300, seed=8, months=False).runs[outcome]
    assert (one - other).var() < 0.8 * (one.var() + other.var())


def test_one_more_purpose_leaves_every_life_as_it_was():
    """Draws of a decision that does not exist yet, made between the months of a run."""
    plain = cgsim.Model(BASE, seed=3, collect=False).run()
    other = cgsim.Model(BASE, seed=3, collect=False)
    while other.running:
        for i in range(120):
            draws.uniform(other.world.luck, len(draws.PURPOSES), i, other.month, 0)
        other.step()
    for one, same in zip(plain.trainees, other.trainees, strict=True):
        assert [getattr(one, name) for name in TRAINEE] == [getattr(same, name) for name in TRAINEE]
