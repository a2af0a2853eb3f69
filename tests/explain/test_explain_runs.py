"""Why a run went as it did; the same person elsewhere."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

import cgsim
from cgsim.columns import INDICATORS
from cgsim.study.events import story
from cgsim.study.explain import (
    explain_person,
    explain_run,
    person_words,
)
from cgsim.study.explain.blocking import obstacle
from cgsim.study.explain.life import TERMS, life_of
from cgsim.study.explain.through import (
    levers_of,
)
from cgsim.study.summary import summarise
from tests.explain.asking import BASE, SHORT, leavings_of


@pytest.mark.parametrize("name", ["sangatta-utara", "rise-and-fall", "kpc-leaves"])
def test_what_blocks_is_the_scarcest_term_of_the_closeness_that_the_world_reckons(name):
    found = explain_run(name, seed=1)
    months = cgsim.simulate(name, runs=1, seed=1).months
    assert found.months["state"].tolist() == months["state"].tolist()
    for mine, theirs in zip(
        found.months.to_dict("records"), months.to_dict("records"), strict=True
    ):
        if level := mine["next_state"]:
            assert mine["closeness"] == theirs[f"closeness_{level}"]
            assert (mine["blocked_by"] == "time") == (mine["closeness"] >= 1.0)
            if mine["blocked_by"] in INDICATORS:
                assert mine["value"] == theirs[mine["blocked_by"]]
                assert mine["closeness"] == mine["value"] / mine["needed"]
            if mine["blocked_by"] == "producers":
                assert mine["value"] == theirs["producers"]
    assert (
        len(found.spells["months"]) == 0
        or found.spells["months"].sum()
        == (found.months["next_state"] != "").sum()
        == found.blocked["months"].sum()
    )


def test_what_blocks_at_the_end_is_what_the_summary_says():
    for seed in (1, 2, 3):
        for name in ("sangatta-utara", "nobody-monitors", "everybody-monitors-monthly"):
            last = explain_run(name, seed=seed).months.iloc[-1]
            (block,) = summarise(cgsim.simulate(name, runs=1, seed=seed)).blocked
            assert (last["next_state"], last["blocked_by"]) == (block.next_state, block.by)


def test_changes_are_those_of_the_story_and_each_has_its_cause(run):
    told = [one for one in story(BASE, 7) if one.kind in ("state_up", "state_down")]
    assert run.changes["month"].tolist() == [one.month for one in told]
    assert len(told) == 3
    for row in run.changes.to_dict("records"):
        up = row["after"] == "active"
        for name in row["by"].split(", "):
            before, then = (run.months[name].iloc[row["since"] + k] for k in (-1, 0))
            assert (before < 0.3 <= then) if up else (then < 0.3 <= before)
        assert row["value"] == run.months[row["by"].split(", ")[0]].iloc[row["since"]]
        assert row["needed"] == 0.3
        assert row["month"] - row["since"] + 1 == BASE.policy["hold_months"]
        # from then on the signs of the new state held
        closeness = run.months["closeness_active"].iloc[row["since"] : row["month"] + 1]
        assert ((closeness >= 1.0) == up).all()


def test_crossings_are_the_months_in_which_a_cutoff_is_passed(run):
    for level in ("active", "dynamic"):
        cutoff = BASE.policy[f"{level}_cutoff"]
        for name in (*INDICATORS, "producers"):
            needed = BASE.policy[f"{level}_producers"] if name == "producers" else cutoff
            there = run.months[name] / needed >= 1.0
            before = pd.Series([False, *there[:-1]])
            rows = run.crossings[
                (run.crossings["level"] == level) & (run.crossings["name"] == name)
            ]
            assert rows["month"].tolist() == run.months.loc[there != before, "month"].tolist()
            assert rows["up"].tolist() == there[there != before].tolist()


def test_too_few_producers_to_tell_indicators_block_as_producers():
    policy = SimpleNamespace(
        active_cutoff=0.3, active_indicators=4, active_producers=1.0, indicator_producers=2.0
    )
    found = obstacle(dict.fromkeys(INDICATORS, 0.0), 1.0, "active", policy)
    assert (found.by, found.needed, found.missing) == ("producers", 2.0, 1.0)


def test_whom_to_ask_about_are_all_who_left_nearest_to_staying_first(run):
    assert len(run.people) == len(run.leavings.leavings)
    assert run.people["too_much"].is_monotonic_increasing
    assert run.people["too_much"].iloc[0] > 1.0
    row = run.people.iloc[0]
    why = explain_person(BASE, int(row["person"]), 7, month=int(row["month"]), levers=["mandate"])
    assert row["too_much"] == pytest.approx(why.hazard / why.moment.threshold)
    assert row["decisive"] == ", ".join(why.decisive)
    assert row["strongest"] == max(TERMS, key=lambda name: getattr(why.terms, name))


def test_the_same_person_has_the_same_luck_in_another_scenario(person):
    beside = person.beside.dropna(subset=["luck", "luck_other"])
    assert len(beside) > 10
    assert (beside["luck"] == beside["luck_other"]).all()
    alone = life_of(cgsim.Scenario.load("recommendation-1"), 105, 7)
    assert person.other.table.equals(alone.table)
    assert not (beside["hazard"] == beside["hazard_other"]).all()


def test_against_itself_nothing_differs():
    found = explain_person(SHORT, 19, 7, against=SHORT, levers=["mandate"])
    for name in ("status", "hazard", "leaves"):
        assert found.beside[name].equals(found.beside[f"{name}_other"].rename(name))


def test_the_month_explained_is_the_first_leaving_or_the_greatest_risk(person):
    assert person.month == person.life.leavings[0]
    people = cgsim.people(SHORT, 7)
    stayed = set(people[people["hazard"].notna()]["person"]) - set(leavings_of(people)["person"])
    who = min(stayed)
    found = explain_person(SHORT, who, 7)
    mine = people[(people["person"] == who) & people["hazard"].notna()]
    assert found.hazard == mine["hazard"].max()
    assert (found.left, found.levers, found.decisive) == (False, (), ())
    assert "never left" in person_words.sentences(found)[0]


def test_a_lever_that_the_scenario_itself_moves_is_not_tried():
    case = cgsim.Scenario.load("kpc-leaves")
    who = int(leavings_of(cgsim.people(case, 1))["person"].iloc[0])
    found = explain_person(case, who, 1, levers=["kpc.present", "leadership"])
    assert {one.path: one.outcome == "moved" for one in found.levers} == {
        "organisations.kpc.present": True, "process.leadership": False,
        "constants.dialogue_floor_leadership": False, "constants.leadership_voice": False,
    }  # fmt: skip


def test_levers_that_act_on_trainees_are_tried_if_none_is_named():
    paths = levers_of(BASE)
    assert "organisations.tourism.monitoring_interval" in paths
    assert "community.persistence.mean" in paths
    assert len(paths) == 3 * 6 + 5
    assert not [path for path in levers_of(BASE, ["*"]) if path.endswith((".people", ".kind"))]
