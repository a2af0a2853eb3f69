"""Flip values are true: a run at the value keeps the person, at its neighbour it does not."""

from __future__ import annotations

import math

from hypothesis import assume, given, settings
from hypothesis import strategies as st

import cgsim
from cgsim.parameters import PLAN, find
from cgsim.scenario import shown
from cgsim.study.explain import (
    explain_person,
)
from cgsim.study.explain.life import POSSIBLE, life_of
from cgsim.study.explain.moment import moment_flips
from cgsim.study.explain.through import (
    Rewalk,
    allowed_values,
    present_value,
    world_flip,
)
from tests.explain.asking import BASE, SHORT, USUAL, leavings_of

someone = st.tuples(st.integers(0, 400), st.integers(0, 3), st.integers(0, 10_000))


def one_of(seed, run, pick, case=SHORT):
    """Return one leaving: its life and month."""
    gone = leavings_of(cgsim.people(case, seed, run))
    assume(len(gone) > 0)
    row = gone.iloc[pick % len(gone)]
    return life_of(case, int(row["person"]), seed, run), int(row["month"])


@USUAL
@given(someone)
def test_at_the_moment_the_flip_value_turns_the_decision_and_its_neighbour_does_not(which):
    life, month = one_of(*which)
    for one_month in {month, *list(life.moments)[:2]}:
        moment, policy = life.moments[one_month], life.policies[one_month]
        stays = moment.stays(policy)
        for one in moment_flips(moment, policy):
            assert one.flip is not None
            assert math.nextafter(one.flip, one.short) == one.short
            there, here = (moment.having(one.term, value) for value in (one.flip, one.short))
            assert there.stays(policy) != stays
            assert here.stays(policy) == stays
            for at in (there, here):
                # h ≤ −ln(1 − u) where one stays, but for the last bits of a logarithm
                edge = at.threshold * (1.0 + (1e-12 if at.stays(policy) else -1e-12))
                assert (at.hazard(policy) <= edge) == at.stays(policy)
            assert one.possible == (POSSIBLE[one.term][0] <= one.flip <= POSSIBLE[one.term][1])


def kept(case, life, month, path, value):
    """Whether the person is kept, from the table of people of a scenario made and checked anew."""
    parameter = find(path)
    other = case.replace({path: shown(parameter, value)}, months=month + 1)
    people = cgsim.people(other, life.seed, life.run)
    mine = people[people["person"] == life.person]
    before = sum(one <= month for one in life.leavings)
    return mine["status"].iloc[-1] not in ("community", "left") and len(leavings_of(mine)) < before


LEVERS = [
    "organisations.industry.monitoring_interval", "organisations.tourism.visits",
    "organisations.kpc.promised_interval", "organisations.tourism.training_months",
    "community.persistence.mean", "community.group_size", "process.initial_trust",
    "cluster.hold_months", "organisations.kpc.present", "constants.leave_income",
]  # fmt: skip


@settings(USUAL, max_examples=40)
@given(someone, st.sampled_from(LEVERS), st.integers(0, 10_000))
def test_through_the_world_the_flip_value_keeps_the_person_and_its_neighbour_does_not(
    which, path, other
):
    life, month = one_of(*which)
    times = sum(one <= month for one in life.leavings)
    rewalk = Rewalk(SHORT, life.seed, life.run, life.person, month, times)
    if path == "community.group_size":
        values = allowed_values(find(path), present_value(SHORT, path))
        assert rewalk.keeps(path, values[other % 40]) == kept(
            SHORT, life, month, path, values[other % 40]
        )
        return
    found = world_flip(rewalk, path)
    assert not kept(SHORT, life, month, path, found.present)
    values = allowed_values(found.parameter, found.present)
    if found.outcome == "none":
        assert found.tried == len(values) - 1
        assert not kept(SHORT, life, month, path, values[other % len(values)])
        return
    assert kept(SHORT, life, month, path, found.flip)
    assert not kept(SHORT, life, month, path, found.short)
    assert abs(values.index(found.flip) - values.index(found.present)) == found.steps
    assert abs(values.index(found.flip) - values.index(found.short)) == 1


def test_no_value_nearer_than_the_flip_keeps_the_person(person):
    kept_levers = [one for one in person.levers if one.outcome == "kept"]
    assert kept_levers
    for one in kept_levers:
        values = allowed_values(one.parameter, one.present)
        place = values.index(one.present)
        for value in values[max(0, place - one.steps + 1) : place + one.steps]:
            assert not kept(BASE, person.life, person.month, one.path, value)


def test_who_was_never_admitted_was_not_kept():
    rewalk = Rewalk(SHORT, 7, 0, 19, 1, 1)
    assert life_of(SHORT, 19, 7).leavings == (1,)
    assert rewalk.keeps("constants.leave_hazard", 0.0)
    nobody = SHORT.replace({"organisations.*.seats": 0})
    assert not cgsim.people(nobody, 7)["status"].isin(["training", "artisan"]).any()
    assert not Rewalk(nobody, 7, 0, 19, 1, 1).keeps("process.leadership", 0.5)


def test_a_second_leaving_is_kept_by_leaving_less_often():
    gone = leavings_of(cgsim.people(BASE, 7))
    again = gone[gone.duplicated("person")]
    told = []
    for who, month in zip(again["person"].tolist(), again["month"].tolist(), strict=True):
        why = explain_person(BASE, who, 7, month=month, levers=["persistence.mean"])
        found = why.levers[0]
        if found.outcome == "kept":
            told.append(who)
            assert kept(BASE, why.life, month, found.path, found.flip)
            assert not kept(BASE, why.life, month, found.path, found.short)
        if len(told) == 2:
            return
    raise AssertionError("nobody who left twice could be kept")


def test_all_whole_numbers_and_categories_are_tried_and_101_of_a_range():
    values = allowed_values(PLAN["promised_interval"], 3.0)
    assert values == [*map(float, range(1, 241)), 0.0]
    assert allowed_values(PLAN["present"], 1.0) == [0.0, 1.0]
    leadership = allowed_values(find("process.leadership"), 0.6)
    assert len(leadership) == 101
    assert leadership[0] == 0.0
    assert leadership[-1] == 1.0
    assert 0.605 in allowed_values(find("process.leadership"), 0.605)
    assert allowed_values(find("cluster.hold_months"), 3.0) == [*map(float, range(1, 61))]
