"""Explanations: every number from the rules, flip values that are true, exact shares."""

from __future__ import annotations

import json
import math
import shlex
from itertools import permutations
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import cgsim
from cgsim.cli.app import app
from cgsim.cli.words import take_language
from cgsim.columns import INDICATORS
from cgsim.language import text
from cgsim.parameters import PLAN, find
from cgsim.scenario import shown
from cgsim.study.events import story
from cgsim.study.explain import (
    LeavingsExplained,
    PersonExplained,
    RunExplained,
    explain,
    explain_leavings,
    explain_person,
    explain_run,
    leavings_words,
    person_words,
    run_words,
)
from cgsim.study.explain.blocking import obstacle
from cgsim.study.explain.figures_of import flip_words, reached_words
from cgsim.study.explain.leavings import PARTS, shares_of
from cgsim.study.explain.life import POSSIBLE, TERMS, life_of
from cgsim.study.explain.moment import moment_flips
from cgsim.study.explain.shapley import shapley
from cgsim.study.explain.through import (
    Rewalk,
    allowed_values,
    levers_of,
    present_value,
    world_flip,
)
from cgsim.study.summary import summarise
from cgsim.world.draws import PERSON_MONTH, draw
from cgsim.world.leaving import leave_probability
from cgsim.world.shape import COMMUNITY, LEFT, STATUSES, TRAINING, Luck

BASE = cgsim.Scenario.load("sangatta-utara")
SHORT = BASE.replace(months=36)
SMALL = SHORT.replace({"community.people": 40})

USUAL = settings(
    deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("CGSIM_LANG", "en")
    take_language([])


def call(*words, code=0):
    result = CliRunner(env={"COLUMNS": "80"}).invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result


@pytest.fixture(scope="module")
def run():
    return explain_run(BASE, seed=7)


@pytest.fixture(scope="module")
def left():
    return explain_leavings(SHORT, runs=12, seed=3)


@pytest.fixture(scope="module")
def person():
    """One who left twice, for whom one reason was decisive, beside another scenario."""
    return explain_person(
        BASE, 105, seed=7, against="recommendation-1", levers=["visits", "leadership"]
    )


def leavings_of(people):
    return people[(people["status"] == "left") & (people["months_in_status"] == 0)]


# ---------------------------------------------------------------- every number from the rules


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


# ---------------------------------------------------------------- flip values are true

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
    for month in {month, *list(life.moments)[:2]}:
        moment, policy = life.moments[month], life.policies[month]
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
    return (
        mine["status"].iloc[-1] not in ("community", "left") and len(leavings_of(mine)) < before
    )


LEVERS = [
    "organisations.industry.monitoring_interval", "organisations.tourism.visits",
    "organisations.kpc.promised_interval", "organisations.tourism.training_months",
    "community.persistence.mean", "community.group_size", "process.initial_trust",
    "cluster.hold_months", "organisations.kpc.present", "constants.leave_income",
]  # fmt: skip


@USUAL
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
    life, month = one_of(7, 0, 0)
    rewalk = Rewalk(SHORT, 7, 0, life.person, month, 1)
    nobody = SHORT.replace({"organisations.*.seats": 0})
    assert not cgsim.people(nobody, 7)["status"].isin(["training", "artisan"]).any()
    assert not Rewalk(nobody, 7, 0, life.person, month, 1).keeps("process.leadership", 0.5)
    # and who leaves earlier than before was not kept either
    assert not rewalk.keeps("constants.leave_hazard", 5.0)


def test_a_second_leaving_is_kept_by_leaving_less_often():
    life = life_of(BASE, 105, 7)
    people = cgsim.people(BASE, 7)
    twice = leavings_of(people)["person"].value_counts()
    who = int(twice.index[0])
    life = life_of(BASE, who, 7)
    assert len(life.leavings) == twice.iloc[0] > 1
    month = life.leavings[1]
    found = explain_person(BASE, who, 7, month=month, levers=["persistence.mean"]).levers[0]
    assert found.outcome == "kept"
    assert kept(BASE, life, month, found.path, found.flip)
    assert not kept(BASE, life, month, found.path, found.short)


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


# ---------------------------------------------------------------- shares


def by_orders(base, terms):
    """Shapley's own definition: what each adds, over all orders of coming."""
    found = np.zeros(len(terms))
    orders = list(permutations(range(len(terms))))
    for order in orders:
        so_far = 0.0
        for k in order:
            found[k] += base * (math.exp(so_far + terms[k]) - math.exp(so_far))
            so_far += terms[k]
    return found / len(orders)


def test_shares_are_those_over_all_orders_of_the_six():
    rng = np.random.default_rng(1)
    terms, base = rng.normal(0.0, 0.7, (3, 6)), np.array([0.11, 0.044, 0.3])
    found = shapley(base, terms)
    for k in range(3):
        assert found[k] == pytest.approx(by_orders(base[k], terms[k]), abs=1e-12)
    whole = base * np.exp(terms.sum(axis=1))
    assert found.sum(axis=1) == pytest.approx(whole - base, abs=1e-12)


def test_what_is_neutral_has_no_share_and_equals_share_alike():
    found = shapley(np.array([0.1]), np.array([[0.4, 0.0, 0.4, -0.2, 0.1, -0.2]]))[0]
    assert found[1] == 0.0
    assert found[0] == pytest.approx(found[2])
    assert found[3] == pytest.approx(found[5])
    assert found[3] < 0.0 < found[4]


def test_base_and_the_six_sum_to_each_hazard(left):
    parts = left.leavings[["base", *(f"share_{term}" for term in TERMS)]].sum(axis=1)
    assert parts.to_numpy() == pytest.approx(left.leavings["hazard"].to_numpy(), abs=1e-12)
    for _, rows in left.shares.groupby(["kind", "group"]):
        assert rows["share"].sum() == pytest.approx(1.0, abs=1e-12)
        assert rows["part"].tolist() == list(PARTS)


def test_every_leaving_is_counted_once_and_under_each_head(left):
    result = cgsim.simulate(SHORT, runs=12, seed=3)
    assert left.leavings.groupby("run").size().tolist() == result.runs["left"].tolist()
    shares = left.shares[left.shares["part"] == "base"]
    for kind in ("organisation", "status", "year"):
        rows = shares[shares["kind"] == kind]
        assert rows["leavings"].sum() == len(left.leavings)
        assert rows["person_months"].sum() == left.at_risk["person_months"].sum()
    people = pd.concat([cgsim.people(SHORT, 3, k) for k in range(12)])
    assert left.at_risk["person_months"].sum() == people["hazard"].notna().sum()
    gone = leavings_of(people).reset_index(drop=True)
    mine = left.leavings.sort_values(["run", "month", "person"], ignore_index=True)
    for name in ("run", "month", "person", "hazard", *(f"hazard_{term}" for term in TERMS)):
        assert mine[name].tolist() == gone[name].tolist()


def test_the_interval_covers_the_share_and_is_missing_with_one_run(left):
    for part in PARTS:
        row = left.part(part)
        assert row["low"] <= row["share"] <= row["high"]
    alone = explain_leavings(SHORT, runs=1, seed=3).part("skill")
    assert math.isnan(alone["low"])
    assert not math.isnan(alone["share"])


def test_the_interval_of_a_known_ratio_is_right():
    rng = np.random.default_rng(0)
    run = np.repeat(np.arange(100), 3)
    parts = np.stack([rng.normal(2.0, 0.2, 300), np.full(300, 2.0)], axis=1)
    share, low, high = shares_of(run, parts, 100, 1)
    assert share[0] == pytest.approx(0.5, abs=0.01)
    # the delta method: d(x/(x + 2)) = 2/16 dx, of 300 draws
    assert high[0] - low[0] == pytest.approx(2 * 1.96 * 0.125 * 0.2 / math.sqrt(300), rel=0.2)


def test_a_scenario_in_which_nobody_leaves_has_no_shares():
    nobody = SHORT.replace({"constants.leave_hazard": 0})
    found = explain_leavings(nobody, runs=2)
    assert found.leavings.empty
    assert found.shares["share"].isna().all()
    assert leavings_words.sentences(found, "en") == ["Nobody left in 2 runs."]
    json.dumps(found.to_dict(), allow_nan=False)


# ---------------------------------------------------------------- runs


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
    assert len(found.spells["months"]) == 0 or found.spells["months"].sum() == (
        found.months["next_state"] != ""
    ).sum() == found.blocked["months"].sum()


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
        at = run.months.iloc[row["since"] - 1 if up else row["since"]]
        assert row["value"] == at[row["by"]]
        assert row["value"] < row["needed"]
        assert row["month"] - row["since"] + 1 == BASE.policy["hold_months"]
        # from then on the signs of the new state held
        closeness = run.months["closeness_active"].iloc[row["since"] : row["month"] + 1]
        assert ((closeness >= 1.0) == up).all()


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


# ---------------------------------------------------------------- the same person elsewhere


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


# ---------------------------------------------------------------- words


@pytest.mark.parametrize("lang", ["en", "id"])
def test_a_flip_is_written_on_the_side_on_which_it_keeps(lang):
    for who in (19, 38, 105):
        why = explain_person(BASE, who, 7, levers=["mandate"])
        for one in why.reasons:
            written = float(flip_words(one, lang).replace(",", "."))
            moment = why.moment.having(one.term, written)
            assert moment.stays(why.policy)
            assert abs(written - one.flip) <= 1e-3


def test_what_falls_short_never_reads_as_reached():
    assert reached_words("trust", 0.54999, 0.55, "id") == {"value": "0,549", "needed": "0,55"}


@pytest.mark.parametrize("lang", ["en", "id"])
def test_bad_luck_is_called_so_and_what_decided_is_named(lang, person):
    luck = explain_person(BASE, 75, 7, levers=["mandate"])
    assert luck.decisive == ()
    said = text("explain.person.luck", lang, p="26%")
    assert said in person_words.sentences(luck, lang)
    assert person.decisive == ("skill",)
    skill = text("explain.term.skill", lang)
    assert text("explain.person.decisive", lang, terms=skill) in person_words.sentences(
        person, lang
    )


@pytest.mark.parametrize("lang", ["en", "id"])
def test_a_run_is_told_with_its_changes_and_what_blocks_it(lang, run):
    said = run_words.sentences(run, lang)
    assert len(said) == 1 + 3 + 2
    assert text("explain.blocker.market_information", lang) in said[1]
    assert text("explain.blocker.marketing_area", lang) in said[2]


@pytest.mark.parametrize("lang", ["en", "id"])
def test_leavings_are_told_with_all_six_reasons(lang, left):
    said = " ".join(leavings_words.sentences(left, lang))
    assert all(text(f"explain.term.{term}", lang) in said for term in TERMS)


# ---------------------------------------------------------------- Python


def test_one_function_explains_a_person_a_run_or_all_who_left():
    assert isinstance(cgsim.explain(SHORT, 7, who=19, levers=["mandate"]), PersonExplained)
    assert isinstance(cgsim.explain(SHORT, 7), RunExplained)
    assert isinstance(cgsim.explain(SHORT, 7, runs=2), LeavingsExplained)


@pytest.mark.parametrize("lang", ["en", "id"])
def test_documents_are_fit_for_json(lang, person, run, left):
    for found in (person, run, left):
        told = json.loads(json.dumps(found.to_dict(lang), allow_nan=False))
        assert told["scenario_hash"]
        assert told["sentences"]


FAULTS = [
    ({"who": 120}, "persons are numbered from 0 to 119"),
    ({"who": 19, "month": 36}, "months are numbered from 0 to 35"),
    ({"who": 19, "month": 30}, "nearest month: 1"),
    ({"who": 19, "levers": ["leadershipp"]}, "Did you mean"),
    ({"who": 19, "runs": 3}, "either --who or --runs"),
    ({"month": 3}, "needs --who"),
    ({"against": "recommendation-1"}, "needs --who"),
    ({"levers": ["visits"]}, "needs --who"),
    ({"run": 2, "runs": 3}, "--run, one run, or --runs, many"),
    ({"who": 19, "against": SHORT.replace({"community.people": 12})}, "--against  there is no"),
]


@pytest.mark.parametrize(("asked", "words"), FAULTS)
def test_a_question_about_nobody_or_nothing_is_refused_with_the_nearest(asked, words):
    with pytest.raises(cgsim.ScenarioError, match=words):
        explain(SHORT, 7, **asked)


def test_one_never_trained_is_refused_with_those_nearest_who_were():
    people = cgsim.people(SHORT, 7)
    trained = set(people[people["hazard"].notna()]["person"])
    who = min(set(range(120)) - trained)
    near = min(trained, key=lambda one: (abs(one - who), one))
    with pytest.raises(cgsim.ScenarioError, match=rf"never trained in run 0.*\b{near}\b"):
        explain_person(SHORT, who, 7)
    nobody = SHORT.replace({"organisations.*.seats": 0})
    with pytest.raises(cgsim.ScenarioError, match="nobody was ever trained"):
        explain_person(nobody, who, 7)


# ---------------------------------------------------------------- command

ASKED = [
    ("--who", 105, "--lever", "organisations.*.visits", "--against", "recommendation-1"),
    (),
    ("--runs", 3),
]
SEED = ("--seed", 7)


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("lang", ["en", "id"])
def test_the_answer_stands_above_the_tables_within_80_columns(asked, lang, monkeypatch):
    monkeypatch.setenv("CGSIM_LANG", lang)
    take_language([])
    out = call("explain", "sangatta-utara", *SEED, *asked).stdout
    lines = out.splitlines()
    assert all(len(line) <= 80 for line in lines if "cgsim explain" not in line)
    said = " ".join(out.split())
    assert text("figure.notice", lang) in said
    kind = "person" if "--who" in asked else "leavings" if "--runs" in asked else "run"
    assert text(f"explain.heading.{kind}", lang, who=105) in said


def test_the_command_of_a_document_gives_the_same_document_again():
    for asked in (("--who", 105, "--month", 100, "--set", "process.leadership=0.7"), ("--run", 2)):
        told = json.loads(call("explain", "sangatta-utara", *SEED, *asked, "--json").stdout)
        again = json.loads(call(*shlex.split(told["command"])[1:], "--json").stdout)
        assert again == told


def test_out_and_file_hold_the_same_table(tmp_path):
    place, file = tmp_path / "why", tmp_path / "why.csv"
    words = ("--who", 105, "--lever", "visits", "--out", place, "-o", file)
    call("explain", "sangatta-utara", *SEED, *words)
    assert (place / "life.csv").read_bytes() == file.read_bytes()
    names = {one.relative_to(place).as_posix() for one in place.rglob("*") if one.is_file()}
    tables = ("life", "at_the_moment", "through_the_world")
    assert names == {
        *(f"{name}.{end}" for name in tables for end in ("csv", "parquet")),
        "figures/explain.png", "scenario.yaml", "manifest.json",
    }  # fmt: skip
    assert json.loads((place / "manifest.json").read_text())["person"] == 105


@pytest.mark.parametrize("asked", [(), ("--runs", 2)])
def test_a_folder_holds_every_table_of_a_run_and_of_leavings(asked, tmp_path):
    call("explain", "nobody-monitors", *asked, "--out", tmp_path / "why")
    first = "shares" if asked else "months"
    assert len(pd.read_parquet(tmp_path / "why" / f"{first}.parquet")) > 50


CALLS = [
    (("--who", "x"), "whole number from 0"),
    (("--who", 300), "--who  there is no person 300"),
    (("--who", 105, "--month", 60), "nearest month: 41"),
    (("--who", 105, "--against", "nowhere"), "no shipped scenario nowhere"),
    (("--who", 105, "--lever", "visitss"), "--lever  no lever matches visitss"),
    (("--month", 3), "--month  needs --who"),
    (("--runs", 0), "whole number from 1"),
    (("-o", "why.txt"), ".csv"),
]


@pytest.mark.parametrize(("asked", "words"), CALLS)
def test_a_fault_is_told_with_its_option_and_remedy(asked, words):
    result = call("explain", "sangatta-utara", *SEED, *asked, code=2)
    assert words in " ".join(result.stderr.split())
    assert not result.stdout


# ---------------------------------------------------------------- figures


@pytest.mark.parametrize("lang", ["en", "id"])
def test_the_figures_say_the_answer_and_what_they_show(lang, person, run, left):
    for found, said in (
        (person, person_words.sentences(person, lang)),
        (run, run_words.sentences(run, lang)),
        (left, leavings_words.sentences(left, lang)),
    ):
        figure = found.plot(lang)
        words = [one.get_text().replace("\n", " ") for one in figure.texts]
        assert any(said[0] in one for one in words)
        assert text("figure.notice", lang) in words
        legends = [label.get_text() for one in figure.legends for label in one.get_texts()]
        assert len(set(legends)) == len(legends)
        figure.canvas.draw()
        edge = figure.bbox.x1
        assert all(one.get_window_extent().x1 <= edge for one in figure.texts)


def test_in_the_figure_one_leaves_where_the_line_lies_above_the_circle(person):
    from cgsim.figures.explain_person import _bearable, _sum

    rows = person.life.table[person.life.table["in_programme"]]
    assert (_sum(rows) > _bearable(rows)).tolist() == rows["leaves"].tolist()


def test_statuses_are_drawn_as_the_decision_found_them(person):
    axes = person.plot().axes[0]
    drawn = {bar.get_label(): len(bar.patches) for bar in axes.containers}
    for name in STATUSES[1:4]:
        months = [m for m in person.life.moments.values() if STATUSES[m.status] == name]
        assert drawn[text(f"figure.lives.{name}")] == max(1, len(months))
