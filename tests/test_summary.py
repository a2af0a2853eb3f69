"""A summary says of the runs what their table says, and how sure one may be of it."""

from __future__ import annotations

import json
import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import cgsim
from cgsim.columns import ACTIVITIES, INDICATORS
from cgsim.study.summary import Block, blocked, mean, share_of, summarise
from cgsim.world.shape import STATES


@pytest.fixture(scope="module")
def simulation():
    return cgsim.simulate("sangatta-utara", runs=30, seed=3)


@pytest.fixture(scope="module")
def summary(simulation):
    return summarise(simulation)


@pytest.mark.parametrize(
    ("count", "runs", "low", "high"),
    [(8, 10, 0.4902, 0.9433), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (1, 2, 0.0945, 0.9055)],
)
def test_wilson_gives_the_published_values(count, runs, low, high):
    found = share_of(count, runs)
    assert found.share == count / runs
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(("count", "runs"), [(0, 1), (1, 1), (3, 7), (179, 200), (1, 5000)])
def test_wilson_agrees_with_scipy(count, runs):
    theirs = stats.binomtest(count, runs).proportion_ci(0.95, method="wilson")
    ours = share_of(count, runs)
    assert ours.low == pytest.approx(theirs.low, abs=1e-12)
    assert ours.high == pytest.approx(theirs.high, abs=1e-12)


def test_the_interval_of_a_mean_is_students():
    values = np.array([3.0, 5.0, 4.0, 9.0, 1.0])
    low, high = stats.t.interval(0.95, 4, values.mean(), stats.sem(values))
    found = mean(values)
    assert (found.mean, found.runs) == (values.mean(), 5)
    assert (found.low, found.high) == pytest.approx((low, high))


def test_missing_values_do_not_count_and_a_lone_one_has_no_interval():
    assert mean(np.array([math.nan, math.nan])) == (None, None, None, 0)
    assert mean(np.array([math.nan, 2.0])) == (2.0, None, None, 1)


def test_shares_are_those_of_the_table(simulation, summary):
    assert list(summary.states) == list(range(12, 121, 12))
    for months, found in summary.states.items():
        for state in STATES:
            assert found[state].share == (simulation.runs[f"state_{months}"] == state).mean()
    for cutoffs, suffix in (("as_set", ""), ("lenient", "_lenient"), ("strict", "_strict")):
        for state in STATES:
            column = simulation.runs[f"end_state{suffix}"]
            assert summary.end[cutoffs][state].share == (column == state).mean()


def test_the_last_month_is_told_even_within_a_year():
    case = cgsim.Scenario.load("sangatta-utara").replace(months=30)
    assert list(summarise(cgsim.simulate(case, runs=2, months=False)).states) == [12, 24, 30]


def test_yearly_lines_are_means_of_the_monthly_table(simulation, summary):
    assert list(summary.years) == list(summary.states)
    for after, found in summary.years.items():
        row = simulation.months[simulation.months["month"] == after - 1]
        for name in ("producers", "independents", "mean_income"):
            assert found[name].mean == pytest.approx(row[name].mean())
            assert found[name].low <= found[name].mean <= found[name].high


def test_yearly_lines_end_with_the_last_month_even_within_the_first_year():
    case = cgsim.Scenario.load("sangatta-utara").replace(months=6)
    short = summarise(cgsim.simulate(case, runs=2, months=False))
    assert list(short.years) == [6]
    assert short.years[6]["producers"] == short.outcomes["producers"]


def test_outcomes_and_spending_are_means_of_the_table(simulation, summary):
    runs = simulation.runs
    for name in ("producers", "mean_income", "jobs", "sales", "unmet_orders", "admissions"):
        assert summary.outcomes[name].mean == pytest.approx(runs[name].mean())
    for key in simulation.scenario.organisations:
        assert summary.spent_by[key].mean == pytest.approx(runs[f"spent_{key}"].mean())
    assert summary.spent.mean == pytest.approx(sum(one.mean for one in summary.spent_by.values()))
    assert summary.spent.mean == pytest.approx(
        sum(summary.spent_on[name].mean for name in ACTIVITIES)
    )
    # twice: by the whole run and, month by month, by the other table
    assert summary.spent.mean == pytest.approx(simulation.months["spent"].sum() / len(runs))


def test_visits_per_trainee_year_are_twelve_visits_a_month_of_trainees(simulation, summary):
    by_run = simulation.months.groupby("run")
    ratio = 12 * by_run["visits"].sum() / by_run["active_trainees"].sum()
    assert summary.visits_per_trainee_year.mean == pytest.approx(ratio.mean())


def test_cost_per_independent_counts_only_runs_that_have_any(simulation, summary):
    runs = simulation.runs[simulation.runs["independents"] > 0]
    assert summary.cost_per_independent.runs == len(runs)
    ratio = (runs["spent"] / runs["independents"]).mean()
    assert summary.cost_per_independent.mean == pytest.approx(ratio)
    none = summarise(cgsim.simulate("neither", runs=3, months=False))
    assert none.cost_per_independent == (None, None, None, 0)


def runs_table(*rows):
    """Runs with an end state, producers and six indicators, in the order of `INDICATORS`."""
    states = pd.Categorical([row[0] for row in rows], categories=list(STATES), ordered=True)
    table = pd.DataFrame([row[2] for row in rows], columns=list(INDICATORS))
    return table.assign(end_state=states, producers=[float(row[1]) for row in rows])


@pytest.mark.parametrize(
    ("state", "producers", "six", "block"),
    [
        # active takes four indicators of 0.30 and five producers
        ("inactive", 4, (0.9, 0.9, 0.9, 0.9, 0.9, 0.9), ("active", "producers")),
        ("inactive", 9, (0.1, 0.2, 0.29, 0.9, 0.9, 0.9), ("active", "marketing_area")),
        ("inactive", 9, (0.1, 0.2, 0.30, 0.9, 0.9, 0.9), ("active", "time")),
        # dynamic takes five indicators of 0.55 and fifteen producers
        ("active", 20, (0.9, 0.5, 0.9, 0.9, 0.9, 0.4), ("dynamic", "technology")),
        ("active", 12, (0.9, 0.5, 0.9, 0.9, 0.9, 0.4), ("dynamic", "producers")),
        ("dynamic", 20, (0.9, 0.9, 0.9, 0.9, 0.9, 0.1), ("", "")),
        # with fewer than two producers three indicators are 0 for that reason alone
        ("inactive", 1, (0.0, 0.9, 0.2, 0.0, 0.5, 0.0), ("active", "producers")),
    ],
)
def test_the_smallest_term_of_closeness_blocks(state, producers, six, block):
    case = cgsim.Scenario.load("sangatta-utara")
    assert blocked(case, runs_table((state, producers, six))) == (Block(*block, 1.0),)


def test_what_blocks_is_ranked_and_covers_every_run(simulation, summary):
    found = [block.share for block in summary.blocked]
    assert sum(found) == pytest.approx(1.0)
    assert found == sorted(found, reverse=True)
    dynamic = (simulation.runs["end_state"] == "dynamic").mean()
    assert sum(block.share for block in summary.blocked if not block.next_state) == dynamic


def test_a_cutoff_moved_by_date_counts_as_it_stands_at_the_end():
    case = cgsim.Scenario.load("sangatta-utara").replace(
        {"interventions": [{"month": 6, "set": {"cluster.active.cutoff": 0.2}}]}
    )
    table = runs_table(("inactive", 9, (0.1, 0.2, 0.25, 0.9, 0.9, 0.9)))
    assert blocked(case, table)[0].by == "time"


def test_a_summary_is_plain_json(summary):
    told = json.loads(json.dumps(summary.to_dict(), allow_nan=False))
    assert told["states"][0]["after_months"] == 12
    assert [row["after_months"] for row in told["years"]] == list(summary.years)
    assert told["years"][0]["producers"]["mean"] == summary.years[12]["producers"].mean
    assert told["states"][-1]["active"]["share"] == summary.states[120]["active"].share
    assert told["outcomes"]["producers"]["low"] == summary.outcomes["producers"].low
    assert told["blocked"][0]["by"] == summary.blocked[0].by


def test_years_are_numbered_by_run_and_absent_where_outcomes_were_chosen():
    told = cgsim.simulate("sangatta-utara", runs=3, seed=1, months=False, first_run=5)
    assert told.years["run"].unique().tolist() == [5, 6, 7]
    chosen = cgsim.simulate("sangatta-utara", runs=3, months=False, outcomes=["producers"])
    assert chosen.years.empty
