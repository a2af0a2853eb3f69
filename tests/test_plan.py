"""Plans: what may be bought, budgets, luck kept apart, going on after a stop; command, figure."""

from __future__ import annotations

import json
import math
import shlex
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

import cgsim
from cgsim.cli.app import app
from cgsim.cli.words import take_language
from cgsim.language import text
from cgsim.study import worlds as other_worlds
from cgsim.study.intervals import newcombe
from cgsim.study.plan import plan
from cgsim.study.plan.budget import Budget
from cgsim.study.plan.evaluation import Evaluated, Evaluator, Luck
from cgsim.study.plan.frontier import MOST, Candidate, choose, frontier, likeliest
from cgsim.study.plan.goal import Goal
from cgsim.study.plan.grid import GRIDS, aimed, grid
from cgsim.study.plan.journal import FILE, Journal, JournalDiffers
from cgsim.study.plan.levers import is_priced, own_values, space, start_of
from cgsim.study.plan.planned import Lucks
from cgsim.study.plan.reacting import paired_difference
from cgsim.study.plan.robust import Robust
from cgsim.study.plan.search import Search, Trial, best_of, layout
from cgsim.study.plan.words import notes, reacting_words, robust_words, verdict_words

BASE = cgsim.Scenario.load("sangatta-utara")
FEWEST = {"trials": 2, "runs": 2, "checked": 4}
VISITS = ("monitoring_interval", "seats", "intake_interval")
ASKED = {
    "goal": "producers>=10", "after": 48, "trials": 24, "runs": 24, "checked": 60, "vary": VISITS,
}  # fmt: skip


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("CGSIM_LANG", "en")
    take_language([])


def call(*words, code=0):
    asked = [str(word) for word in words]
    result = CliRunner(env={"COLUMNS": "80"}).invoke(app, asked)
    assert result.exit_code == code, result.output
    return result


@pytest.fixture(scope="module")
def found():
    return plan(BASE, seed=3, worlds=4, world_runs=6, **ASKED)


def came(share, cost, runs=100, spent=None, near=0.5):
    paid = spent or {"industry": cost, "tourism": 0.0, "kpc": 0.0}
    return Evaluated(round(share * runs), runs, paid, 10.0, near, 10.0)


def tried(*pairs, within=True):
    return [Trial(k, "search", (k,), came(*pair), within) for k, pair in enumerate(pairs)]


# ---------------------------------------------------------------- what may be bought


def test_only_levers_with_a_price_are_searched():
    paths = [axis.path for axis in space(BASE)]
    assert len(paths) == 3 * 9 + 1
    assert all(map(is_priced, paths))
    for path in ("meeting_interval", "persistence", "initial_trust", "leadership", "ground_rules",
                 "promised_interval", "practice_obligation", "selection", "budget"):  # fmt: skip
        assert not any(path in one for one in paths)


PROBES = {"organisations.kpc.monitoring_interval": 2, "organisations.kpc.visits": 3,
          "organisations.kpc.seats": 9, "organisations.kpc.training_months": 2,
          "organisations.kpc.promotion": 0.8, "organisations.kpc.toolkit": 0.2,
          "organisations.kpc.workshop": 0.2, "organisations.kpc.waste": 0.2,
          "organisations.kpc.reward": 1, "community.intake_interval": 12}  # fmt: skip


@pytest.mark.parametrize("path", PROBES)
def test_each_searched_lever_moves_spending_before_anything_else_can(path):
    assert is_priced(path)
    first = BASE.replace(months=13)
    cost = [
        cgsim.simulate(case, 1, 5, months=False).runs["spent"].sum()
        for case in (first, first.replace({path: PROBES[path]}))
    ]
    assert cost[0] != cost[1]


def test_meetings_have_no_price():
    short = BASE.replace(months=1)  # one month, so that no effect of talk comes round as money
    spent = [
        cgsim.simulate(short.replace({"process.meeting_interval": every}), 4, 1).months["spent"]
        for every in (1, "never")
    ]
    gap = abs(spent[0] - spent[1]).max()
    assert gap < 1.0  # what commitment makes of it in the same month
    assert not is_priced("process.meeting_interval")


def test_values_are_within_bounds_of_their_kind_and_hold_the_scenarios_own():
    for axis in space(BASE):
        parameter = axis.parameter
        assert set(own_values(axis.path, BASE)) <= set(axis.values)
        for value in axis.values:
            assert parameter.low <= value <= parameter.high or (
                parameter.sort == "interval" and value == 0.0
            )
        if parameter.sort == "interval":
            assert axis.values[-1] == 0.0
            assert all(value.is_integer() for value in axis.values)
        else:
            assert list(axis.values) == sorted(axis.values)
    levers = {axis.path.split(".")[-1]: axis.values for axis in space(BASE)}
    assert all(value.is_integer() for name in ("visits", "seats") for value in levers[name])


def test_one_value_for_all_and_values_of_ones_own():
    (joint,) = space(BASE, ["organisations.*.visits"])
    assert joint.path == "organisations.*.visits"
    assert start_of([joint], BASE) == (joint.values.index(6.0),)
    (own,) = space(BASE, ["organisations.kpc.monitoring_interval=1,4,never"])
    assert own.values == (1.0, 4.0, 0.0)
    assert [axis.path for axis in space(BASE, ["toolkit"])] == [
        f"organisations.{key}.toolkit" for key in BASE.organisations
    ]


def test_what_the_scenario_moves_itself_is_left_to_it():
    reacts = cgsim.Scenario.load("adaptive-follow-up")
    paths = [axis.path for axis in space(reacts)]
    assert "organisations.kpc.monitoring_interval" in paths
    assert "organisations.industry.monitoring_interval" not in paths
    gone = BASE.replace({"organisations.kpc.present": False})
    assert not any("kpc" in axis.path for axis in space(gone))


# ---------------------------------------------------------------- goals and budgets


@pytest.mark.parametrize(
    ("words", "hits"),
    [("dynamic", [0, 0, 1]), ("active", [0, 1, 1]), ("producers>=7", [0, 1, 1]),
     ("producers > 7", [0, 0, 1]), ("producers<7", [1, 0, 0]), ("producers<=7", [1, 1, 0])],
)  # fmt: skip
def test_a_goal_is_a_state_or_a_bound(words, hits):
    runs = pd.DataFrame(
        {"end_state": ["inactive", "active", "dynamic"], "producers": [3.0, 7.0, 20.0],
         "closeness_dynamic": [0.1, 0.5, 1.2], "closeness_active": [0.5, 1.0, 2.0]}
    )  # fmt: skip
    goal = Goal.read(words)
    assert goal.reached(runs).tolist() == [bool(hit) for hit in hits]
    assert 0.0 < goal.nearness(runs) <= 1.0
    assert Goal.read(goal.key) == goal


def test_a_budget_is_a_bound_on_all_and_on_each_payer():
    budget = Budget.read(["100", "kpc=30"], BASE)
    spent = {"industry": 40.0, "tourism": 20.0, "kpc": 30.0}
    assert budget.allows(spent)
    assert budget.beyond({**spent, "kpc": 60.0}) == (pytest.approx(0.2), pytest.approx(1.0))
    assert Budget.read({"all": 100, "kpc": 30}, BASE) == budget
    assert not Budget.read(None, BASE).is_set
    assert math.isinf(Budget.read({"kpc": 1}, BASE).total)


def test_an_unknown_payer_is_told_with_those_who_may_pay():
    with pytest.raises(cgsim.ScenarioError, match="industry, tourism, kpc"):
        Budget.read(["foo=3"], BASE)


def test_the_budget_of_a_plan_leaves_the_models_monthly_budget_alone(found):
    for key in BASE.organisations:
        assert found.plan.plans[key]["budget"] == BASE.plans[key]["budget"]


# ---------------------------------------------------------------- search, frontier, choice


def test_the_search_begins_with_the_scenario_and_stays_near_it():
    axes = space(BASE)
    search = Search(axes, start_of(axes, BASE), 0.84, Budget(), 200, 1)
    points = layout(search)
    assert points[0] == search.start
    assert len(points) == search.starts == 30
    assert points == layout(search) != layout(replace(search, seed=2))
    differ = [sum(a != b for a, b in zip(p, search.start, strict=True)) for p in points]
    assert np.mean(differ) < len(axes) / 3


def test_a_search_finds_what_is_cheaper_and_likelier_the_same_for_a_seed():
    axes = space(BASE, ["visits", "seats"])
    start = start_of(axes, BASE)

    def evaluate(point):  # likelier with each place of the fifth lever; all else only costs
        return came(min(1.0, point[4] / 10), 10.0 + sum(point))

    trials = Search(axes, start, 0.8, Budget(), 120, 1).run(evaluate)
    best = best_of(trials, 0.8)
    assert 100 < len(trials) <= 120
    assert best.found.probability >= 0.8
    assert best.found.cost <= 36.0  # the least is 18; the scenario costs 42 and reaches it in 0.3
    assert [t.point for t in trials] == [
        t.point for t in Search(axes, start, 0.8, Budget(), 120, 1).run(evaluate)
    ]


def test_where_no_run_reaches_the_goal_the_search_goes_where_it_is_nearer():
    axes = space(BASE, ["visits"])
    search = Search(axes, start_of(axes, BASE), 0.8, Budget(), 40, 1)
    trials = search.run(lambda p: came(0.0, 10.0 + sum(p), near=p[0] / 12))
    assert best_of(trials, 0.8).found.nearness > 0.8


def test_a_frontier_holds_what_nothing_cheaper_equals():
    trials = tried((0.5, 100), (0.4, 110), (0.8, 120), (0.8, 119), (0.9, 200), (0.0, 90))
    assert [one.number for one in frontier(trials, 0.8)] == [5, 0, 3, 4]
    many = tried(*((k / 100, 100 + k) for k in range(100)))
    kept = frontier(many, 0.8)
    assert len(kept) == MOST
    assert {79, 80, 81, 82} <= {one.number for one in kept}
    assert kept[-1].number == 99


def candidate(share, cost, within=True, runs=400):
    return Candidate("A", tried((share, cost))[0], BASE, came(share, cost, runs), within)


def test_the_plan_is_the_cheapest_that_surely_reaches_the_goal_on_the_second_luck():
    unsure, sure, dear = candidate(0.82, 100), candidate(0.86, 110), candidate(0.9, 120)
    assert choose([dear, sure, unsure], 0.8) == (sure, True)
    assert choose([unsure], 0.8) == (unsure, False)
    assert choose([candidate(0.79, 100)], 0.8) == (None, False)
    assert choose([replace(sure, within=False)], 0.8) == (None, False)
    assert likeliest([unsure, dear]) is dear
    assert likeliest([replace(dear, within=False)]) is None


def test_three_blocks_of_luck_have_nothing_in_common(found):
    assert len({luck.seed for luck in found.lucks}) == 3
    assert Lucks.of(2**32 - 1, 10, 20).second == Luck(0, 20)
    table = cgsim.simulate(found.plan, 60, found.lucks.fresh.seed, months=False).runs
    reached = int((table["producers"] >= 10).sum())
    assert (found.checked.reached, found.checked.runs) == (reached, 60)
    spent = table["spent"].mean() / 4
    assert found.checked.cost == pytest.approx(spent)
    assert found.checked.whole_cost == pytest.approx(4 * spent)


def test_spending_is_told_by_payer_and_adds_up(found):
    costs = found.costs.set_index("payer")
    assert list(costs.index) == [*BASE.organisations, "all"]
    for column in ("as_it_is", "plan", "more", "plan_over_horizon"):
        assert costs[column].iloc[:-1].sum() == pytest.approx(costs.loc["all", column])


def test_each_changed_lever_is_told_with_what_would_be_without(found):
    assert len(found.levers) > 0
    path = found.levers["lever"].iloc[0]
    left = found.plan.replace({path: BASE.value(path)})
    evaluate = Evaluator(found.goal, Journal())
    without = evaluate(left, found.lucks.fresh)
    row = found.levers.iloc[0]
    assert row["probability_without"] == without.probability - found.checked.probability
    assert row["cost_without"] == pytest.approx(without.cost - found.checked.cost)


# ---------------------------------------------------------------- must hold


def test_a_plan_beats_a_grid_of_as_many_runs_and_its_probability_holds():
    found = plan(BASE, trials=120, runs=40, checked=200)
    evaluate = Evaluator(found.goal, Journal())
    target = aimed(0.8, found.lucks)
    _, other, many = grid(BASE, GRIDS["delivery"], 0.8, target, found.lucks, evaluate, most=120)
    assert many == 120 >= len(found.trials)
    assert found.verdict == "reached"
    assert found.checked.cost < other.cost
    again = evaluate(found.plan, Luck(77, 200))
    low, high = newcombe(found.checked.probability, 200, again.probability, 200)
    assert low <= 0.0 <= high


def test_the_page_shows_that_plans_beat_grids_and_that_their_probability_holds():
    from cgsim.study.plan.page import PAGE, SEEDS

    rows = [
        [cell.strip(" *") for cell in line.split("|")[1:-1]]
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if "| **plan** |" in line or "| grid: " in line
    ]
    assert len(rows) == len(SEEDS) * (1 + len(GRIDS))
    plans = {seed: row for seed, *row in rows if row[0] == "plan"}
    beaten = dict.fromkeys(GRIDS, 0)
    for seed, way, _, cost, *_ in rows:
        if way != "plan":
            beaten[way.removeprefix("grid: ")] += float(plans[seed][2]) < float(cost)
    assert beaten["delivery"] == beaten["who visits"] == len(SEEDS)
    assert beaten["visits"] >= 2  # laid out in the knowledge of what plans had found
    for row in plans.values():
        assert float(row[5]) >= 80.0


@pytest.mark.slow
@pytest.mark.timeout(3000)
def test_the_page_of_plans_is_what_the_program_says():
    from cgsim.study.plan.page import PAGE, page

    assert PAGE.read_text(encoding="utf-8") == page()


# ---------------------------------------------------------------- the same again


def tables_of(found):
    return {name: table.to_csv() for name, table in found.tables().items()}


def test_a_search_that_was_stopped_goes_on_to_the_same_end(found, tmp_path):
    file, calls = tmp_path / FILE, []

    def stop(done, total):
        calls.append(done)
        if len(calls) == 15:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        plan(BASE, seed=3, worlds=4, world_runs=6, journal=file, progress=stop, **ASKED)
    kept = file.read_bytes()
    assert 5 < len(kept.splitlines()) < 20
    file.write_bytes(kept[:-7])  # as a power cut would leave it
    again = plan(BASE, seed=3, worlds=4, world_runs=6, journal=file, threads=1, **ASKED)
    assert tables_of(again) == tables_of(found)
    assert again.reacting == found.reacting
    assert again.plan == found.plan
    assert file.read_bytes().startswith(kept)
    whole = file.read_bytes()
    plan(BASE, seed=3, worlds=4, world_runs=6, journal=file, **ASKED)
    assert file.read_bytes() == whole  # nothing was evaluated twice


def test_more_trials_go_on_from_the_same_journal(tmp_path):
    few = {**ASKED, "vary": ("monitoring_interval",), "runs": 8, "checked": 10}
    plan(BASE, journal=tmp_path / FILE, **{**few, "trials": 12})
    first = (tmp_path / FILE).read_bytes()
    plan(BASE, journal=tmp_path / FILE, **{**few, "trials": 16})
    assert (tmp_path / FILE).read_bytes().startswith(first)


def test_a_journal_of_another_question_is_refused(tmp_path):
    Journal(tmp_path / FILE, {"goal": "dynamic", "code": "1"})["a"] = 1
    with pytest.raises(JournalDiffers, match="goal"):
        Journal(tmp_path / FILE, {"goal": "active", "code": "1"})
    assert Journal(tmp_path / FILE, {"goal": "dynamic", "code": "1"})["a"] == 1
    assert not Journal(tmp_path / FILE, {"goal": "active", "code": "1"}, anew=True).found


# ---------------------------------------------------------------- reacting, worlds


def test_a_reacting_policy_costs_the_same_and_is_judged_on_the_same_luck(found):
    one = found.reacting
    assert one is not None
    evaluate = Evaluator(found.goal, Journal())
    searched = [evaluate(case, found.lucks.searched).cost for case in (found.plan, one.scenario)]
    assert searched[1] == pytest.approx(searched[0], rel=0.002)
    fixed, paid = evaluate.by_run(found.plan, found.lucks.fresh)
    other, other_paid = evaluate.by_run(one.scenario, found.lucks.fresh)
    assert one.only_fixed == int((fixed & ~other).sum())
    assert one.only_reacting == int((other & ~fixed).sum())
    assert one.cost_difference[0] == pytest.approx((other_paid - paid).sum(axis=1).mean())
    (change,) = one.scenario.interventions
    assert (change.quantity, change.sense, change.once) == ("producers", "<", False)


def test_equal_shares_cannot_be_told_apart():
    assert paired_difference(5, 5, 100)[1] < 0.0 < paired_difference(5, 5, 100)[2]
    assert paired_difference(0, 0, 100)[0] == 0.0
    assert paired_difference(30, 5, 100)[1] > 0.0


def test_where_visits_cannot_react_it_is_said():
    still = plan(
        "nobody-monitors", goal="producers<1000", after=6, trials=2, runs=2, checked=4,
        vary=["organisations.*.promotion=0,1"],
    )  # fmt: skip
    assert still.reacting is None
    assert reacting_words(still) == text("plan.reacting.never")


def test_worlds_are_those_of_a_comparison_and_regret_is_beside_the_best(found):
    robust = found.robust
    drawn = other_worlds.draw(other_worlds.uncertain(BASE), 4, 3)
    pd.testing.assert_frame_equal(robust.worlds, drawn)
    assert robust.names[0] == "as_it_is"
    assert found.chosen.name in robust.names
    assert robust.regret.min(axis=0).tolist() == [0.0] * 4
    table = other_worlds.runs_in(
        found.plan, drawn, 6, found.lucks.fresh.seed, outcomes=["producers"]
    )
    shares = (table["producers"] >= 10).groupby(table["world"]).mean()
    k = robust.names.index(found.chosen.name)
    assert robust.probability[k].tolist() == shares.tolist()
    assert len(robust.by_world) == 4


def test_what_the_budget_rules_out_is_no_robust_choice(found):
    # as it stands it spends more than any plan that only visits seldomer
    few = {**ASKED, "vary": ["organisations.*.visits=0,1"], "trials": 2}
    own = Evaluator(found.goal, Journal())(found.scenario, found.lucks.fresh).cost
    tight = plan(BASE, own * 0.98, seed=3, worlds=2, world_runs=2, **few)
    assert tight.plan is not None
    assert "as_it_is" not in tight.robust.names
    free = plan(BASE, seed=3, worlds=2, world_runs=2, **few)
    assert "as_it_is" in free.robust.names


@pytest.mark.parametrize(
    "path", ["organisations.kpc.visits", "organisations.industry.monitoring_interval"]
)
def test_worlds_that_set_what_a_plan_buys_are_refused_before_the_search(path, tmp_path):
    case = "kpc-leaves" if "kpc" in path else "adaptive-follow-up"  # which moves it itself
    file, journal = tmp_path / "worlds.csv", tmp_path / FILE
    file.write_text(f"{path}\n3\n4\n", encoding="utf-8")
    with pytest.raises(cgsim.ScenarioError, match=path) as wrong:
        plan(case, vary=["visits"], worlds=file, journal=journal, **FEWEST)
    assert wrong.value.faults[0].path == "worlds"
    with pytest.raises(cgsim.ScenarioError, match=r"absent\.csv"):
        plan(case, worlds=tmp_path / "absent.csv", journal=journal, **FEWEST)
    assert not journal.exists()


def test_the_robust_choice_has_the_least_largest_regret():
    probability = np.array([[0.9, 0.2, 0.9], [0.7, 0.6, 0.8], [1.0, 0.6, 0.8]])
    cost = np.array([[10.0, 10.0, 10.0], [20.0, 20.0, 20.0], [30.0, 30.0, 30.0]])
    made = Robust(
        ("A", "B", "C"), pd.DataFrame({"constants.gain": [0.1, 0.2, 0.3]}), 10, 0.8,
        probability, cost, cost < 25.0,
    )  # fmt: skip
    table = made.table.set_index("plan")
    assert table["largest_regret"].round(9).tolist() == [0.4, 0.1, 0.0]
    assert made.names[made.choice] == "C"
    assert table["reaching"].round(3).tolist() == [0.667, 0.333, 0.667]
    assert table["largest_extra_cost"].tolist() == [0.0, 10.0, 20.0]
    assert table["within_budget"].tolist() == [1.0, 1.0, 0.0]
    assert "plan C" in robust_words(made)


# ---------------------------------------------------------------- what is said


@pytest.mark.parametrize("lang", ["en", "id"])
def test_every_verdict_is_said_in_both_languages(found, lang):
    many = Budget(total=5000.0)
    reach = replace(found.chosen, second=came(0.9, 300))
    cases = {
        "reached": replace(found, chosen=reach, checked=came(0.95, 300)),
        "likely": replace(found, chosen=reach, checked=came(0.82, 300)),
        "missed": replace(found, chosen=reach, checked=came(0.7, 300)),
        "none": replace(
            found, chosen=replace(reach, second=came(0.4, 300)), checked=came(0.4, 300),
            budget=many,
        ),
        "free": replace(
            found, chosen=replace(reach, second=came(0.4, 300)), checked=came(0.4, 300),
        ),
        "over": replace(found, chosen=None, checked=None, changed=(), without=(), budget=many),
    }  # fmt: skip
    said = set()
    for key, one in cases.items():
        assert one.verdict == {"free": "none"}.get(key, key)
        words = verdict_words(one, lang)
        assert words.startswith(text(f"plan.verdict.{key}", lang, **dict.fromkeys(
            ("goal", "months", "share", "interval", "chance", "cost", "whole", "own_share",
             "own_interval", "own_cost"), "§")).split("§")[0])  # fmt: skip
        said.add(words)
    assert len(said) == len(cases)
    assert verdict_words(cases["none"], lang).endswith(text("plan.beyond.none", lang))
    beyond = replace(cases["none"], beyond=reach, beyond_checked=came(0.9, 450))
    assert "450" in verdict_words(beyond, lang)
    assert len(notes(found, lang)) == 3
    dear = replace(cases["reached"], budget=Budget(total=250.0))
    assert verdict_words(dear, lang).endswith(text("plan.overspent", lang))


# ---------------------------------------------------------------- command

FEW = ("--goal", "producers>=10", "--after", 36, "--trials", 8, "--runs", 8, "--check", 12,
       "--vary", "monitoring_interval")  # fmt: skip

FAULTS = [
    (("--goal", "producer>=10"), "Did you mean producers?"),
    (("--goal", "rich"), "--goal rich is not a goal"),
    (
        ("--budget", "kcp=90"),
        "--budget kcp is not an organisation of this scenario: industry, tourism",
    ),
    (("--budget", "kpc=lots"), "--budget lots is not an amount"),
    (("--budget", "-3"), "--budget -3 is not an amount"),
    (("--budget", "3", "--budget", "4"), "--budget all is given twice"),
    (("--chance", "80"), "--chance 80 must be a probability"),
    (("--after", "0"), "--after 0 must be a whole number"),
    (("--trials", "1"), "whole number from 2"),
    (("--vary", "process.leadership"), "has no price in the model"),
    (("--vary", "organisations.kpc.visist"), "--vary no priced lever"),
    (("--vary", "organisations.kpc.visits=1,ab"), "--vary organisations.kpc.visits = ab"),
    (("--vary", "organisations.*.visits", "--vary", "organisations.kpc.visits"), "--vary"),
    (("--worlds", "many"), "--worlds there is no file many"),
    (("-o", "plan.txt"), "must end in one of .yaml"),
]


@pytest.mark.parametrize(("options", "words"), FAULTS)
def test_a_fault_is_told_with_its_option_and_remedy(options, words):
    result = call("plan", "sangatta-utara", *options, code=2)
    assert words in " ".join(result.stderr.split())
    assert not result.stdout


def test_a_lever_that_the_scenario_itself_moves_is_refused():
    lever = "organisations.industry.monitoring_interval=1,2"
    result = call("plan", "adaptive-follow-up", "--vary", lever, code=2)
    assert "adaptive-follow-up itself changes this lever" in " ".join(result.stderr.split())


@pytest.mark.parametrize("lang", ["en", "id"])
def test_the_answer_stands_above_the_tables(lang, monkeypatch):
    monkeypatch.setenv("CGSIM_LANG", lang)
    take_language([])
    out = call("plan", "sangatta-utara", *FEW, "--worlds", 2, "--budget", "kpc=400").stdout
    assert all(len(line) <= 80 for line in out.splitlines())
    said = " ".join(out.split())
    places = [said.index(text(f"cli.plan.{key}", lang)) for key in ("costs", "frontier", "worlds")]
    assert places == sorted(places)
    assert text("figure.notice", lang) in said
    assert text("plan.note.budget", lang) in said


def test_the_document_is_the_same_by_its_own_command(tmp_path):
    file = tmp_path / "mine.yaml"
    words = ("plan", "sangatta-utara", *FEW, "--budget", "kpc=400", "--set",
             "process.leadership=0.7")  # fmt: skip
    told = json.loads(call(*words, "--json", "-o", file).stdout)
    again = json.loads(call(*shlex.split(told["command"])[1:], "--json").stdout)
    assert again == told
    made = cgsim.Scenario.load(file)
    assert made.hash == told["plan_hash"]
    assert made.months == 36
    assert made.value("process.leadership") == 0.7
    assert "extends:" in file.read_text(encoding="utf-8")
    assert made.title["en"] != made.title["id"]
    call("run", file, "--runs", 2)


def test_a_folder_keeps_trials_and_goes_on(tmp_path):
    place = tmp_path / "plan"
    words = ("plan", "sangatta-utara", *FEW, "--out", place)
    call(*words)
    files = {one.relative_to(place).as_posix() for one in place.rglob("*") if one.is_file()}
    assert {"plan.yaml", "frontier.csv", "trials.parquet", FILE, "figures/frontier.png"} <= files
    table, kept = pd.read_csv(place / "frontier.csv"), (place / FILE).read_bytes()
    assert cgsim.Scenario.load(place / "plan.yaml").months == 36
    lines = kept.splitlines(keepends=True)
    (place / FILE).write_bytes(b"".join(lines[:6]))
    (place / "manifest.json").write_text(
        json.dumps({"program": "cgsim", "complete": False}), encoding="utf-8"
    )
    again = call(*words)
    assert "5 evaluations" in again.stderr
    assert (place / FILE).read_bytes() == kept
    pd.testing.assert_frame_equal(pd.read_csv(place / "frontier.csv"), table)
    manifest = json.loads((place / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["complete"] is True
    assert "other search" not in again.stderr
    other = call("plan", "sangatta-utara", *FEW, "--seed", 9, "--out", place, code=2)
    assert "--out" in other.stderr


def test_a_folder_of_another_program_version_is_refused(tmp_path):
    place = tmp_path / "plan"
    words = ("plan", "sangatta-utara", *FEW, "--out", place)
    call(*words)
    lines = (place / FILE).read_bytes().splitlines(keepends=True)
    head = {**json.loads(lines[0]), "code": "0"}
    (place / FILE).write_bytes(json.dumps(head).encode() + b"\n" + b"".join(lines[1:]))
    result = call(*words, code=2)
    assert "code differ" in " ".join(result.stderr.split())
    call(*words, "--force")


# ---------------------------------------------------------------- figure


@pytest.mark.parametrize("lang", ["en", "id"])
def test_the_figure_says_the_answer_and_what_it_shows(found, lang):
    figure = found.plot(lang)
    words = " ".join(one.get_text().replace("\n", " ") for one in figure.texts)
    assert verdict_words(found, lang) in words.replace("\u00a0", " ")
    assert text("figure.notice", lang) in words
    (axes,) = figure.axes
    years = text("figure.plan.cost", lang, years="4")
    assert axes.get_xlabel() == years
    legends = [label.get_text() for one in figure.legends for label in one.get_texts()]
    assert len(set(legends)) == len(legends) >= 5
