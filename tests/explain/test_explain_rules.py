"""Every number of an explanation comes again from the rules."""

from __future__ import annotations

import math
from types import SimpleNamespace

import pytest

import cgsim
from cgsim.study.explain.life import POSSIBLE, TERMS, life_of
from cgsim.study.explain.moment import moment_flips
from cgsim.world.draws import PERSON_MONTH, draw
from cgsim.world.leaving import leave_probability
from cgsim.world.shape import COMMUNITY, LEFT, TRAINING, Luck
from tests.explain.asking import BASE, SHORT, SMALL, leavings_of


def test_a_life_is_that_of_the_table_of_people():
    people = cgsim.people(SHORT, 5, 2)
    gone = leavings_of(people)
    for who in gone["person"].unique()[:12].tolist():
        life = life_of(SHORT, who, 5, 2)
        rows = people[people["person"] == who].reset_index(drop=True)
        for name in ("hazard", *(f"hazard_{term}" for term in TERMS)):
            mine, theirs = life.table[name], rows[name]
            assert ((mine == theirs) | (mine.isna() & theirs.isna())).all()
        for name in ("status", "skill", "income"):
            assert life.table[name].tolist() == rows[name].tolist()
        assert list(life.leavings) == gone.loc[gone["person"] == who, "month"].tolist()


def test_every_number_of_a_decision_comes_again_from_the_rules_on_agents():
    """The Mesa model walks beside; what the decision read is copied before and after."""
    model = cgsim.Model(SMALL, seed=9, run=1)
    lives = {who: life_of(SMALL, who, 9, 1) for who in range(40)}
    seen = 0
    for t in range(SMALL.months):
        before = [(one.skill, one.income, one.status) for one in model.trainees]
        model.step()
        policy = model.world.policy
        for who, now in enumerate(model.trainees):
            row = lives[who].table.iloc[t]
            skill, income, status = before[who]
            gone = now.status == LEFT and status != LEFT
            inside = gone or now.status not in (COMMUNITY, LEFT)
            assert row["in_programme"] == inside
            assert row["leaves"] == gone
            if not inside:
                assert math.isnan(row["hazard"])
                continue
            seen += 1
            earning = min(1.0, income / policy.minimum_wage)
            again = SimpleNamespace(
                skill=skill, persistence=now.persistence, support=now.support,
                mean_trust=now.mean_trust, peer_trust=now.peer_trust,
                status=TRAINING if status == COMMUNITY else status,
            )  # fmt: skip
            luck = draw(Luck(9, 1), PERSON_MONTH, who, t, 0)[0]
            assert row["probability"] == leave_probability(again, earning, policy)
            assert row["hazard"] == again.hazard == now.hazard
            assert row["luck"] == luck
            assert row["threshold"] == -math.log1p(-luck)
            assert gone == (luck < row["probability"])
            assert (row["read_skill"], row["read_income"]) == (skill, earning)
            for term in TERMS:
                assert row[f"hazard_{term}"] == getattr(again, f"hazard_{term}")
            # the six sum to the hazard
            total = math.exp(sum(row[f"hazard_{term}"] for term in TERMS))
            factor = policy.independent_hazard if again.status == 3 else 1.0
            assert row["hazard"] == pytest.approx(policy.leave_hazard * total * factor)
    assert seen > 100


def test_what_a_decision_reads_stays_within_what_is_possible():
    for who in (19, 38, 75, 87):
        life = life_of(BASE, who, 7)
        for moment in life.moments.values():
            for term in TERMS:
                low, high = POSSIBLE[term]
                assert low <= moment.value(term) <= high


def test_decisive_is_what_alone_at_0_would_have_kept(left):
    rows = left.leavings.to_dict("records")
    assert {bool(row["decisive"]) for row in rows} == {True, False}
    for row in rows[:60]:
        life = life_of(SHORT, row["person"], 3, row["run"])
        moment, policy = life.moments[row["month"]], life.policies[row["month"]]
        flips = moment_flips(moment, policy)
        assert row["decisive"] == ", ".join(one.term for one in flips if one.decisive)
        for one in flips:
            there = moment.having(one.term, one.neutral)
            assert getattr(there.terms(policy), one.term) == 0.0
            assert one.decisive == there.stays(policy)
