"""What the page on robustness says comes out again, and means what it says."""

from __future__ import annotations

import re

import pytest

from cgsim.scenario import Scenario
from cgsim.study import robustness_page as page
from cgsim.study.robustness import (
    CLAIMS,
    LOG_ODDS,
    REFERENCE,
    SHIFTS,
    Ends,
    cutoffs,
    ground,
    ranked,
    variants,
    weights,
)
from cgsim.study.staying import WEIGHTS, log_odds, scaled, staying_probability

ENDS = Ends()
WRITTEN = page.PAGE.read_text(encoding="utf-8")


def test_odds_and_factors_are_those_of_the_page():
    assert page.weight_table() in WRITTEN


@pytest.mark.parametrize("name", ["recommendation-1", "kpc-leaves"])
def test_shares_at_other_cutoffs_are_those_of_the_page(name):
    as_set, *others = variants()
    columns = [*others[:2], as_set, *others[2:4]]
    assert f"| {' | '.join(page.state_row(ENDS, name, columns))} |" in WRITTEN


def test_producers_at_other_weights_are_those_of_the_page():
    as_set, *others = variants()
    row = page.state_row(ENDS, REFERENCE, [*others[4:], as_set], producers=True)
    assert f"| {' | '.join(row)} |" in WRITTEN


@pytest.mark.slow
def test_the_page_is_the_one_these_seeds_give():
    assert page.page(ENDS) == WRITTEN


def test_every_ranked_scenario_and_every_conclusion_is_on_the_page():
    for name in ranked():
        assert WRITTEN.count(f"| `{name}` |") == 2
    for claim in CLAIMS:
        assert f"| {claim.says} |" in WRITTEN
        assert {claim.more, claim.less} <= {*ranked()}


def test_the_readme_names_the_numbers_of_the_page():
    words = " ".join(WRITTEN.split())
    left, others = re.search(r"(\d+) producers are left at the end, not (\d+)", words).groups()
    readme = (page.PAGE.parents[1] / "README.md").read_text(encoding="utf-8")
    assert f"leave {left} producers, not {others}." in " ".join(readme.split())


def test_cutoffs_move_no_cluster_only_its_label():
    as_set, shifted = variants()[0], cutoffs(0.05)
    one, other = ENDS.of(REFERENCE, as_set), ENDS.of(REFERENCE, shifted)
    assert (one["producers"] == other["producers"]).all()
    assert (one["cluster_index"] == other["cluster_index"]).all()
    assert (one["state"] >= other["state"]).all()
    assert (one["state"] > other["state"]).any()


def test_variants_are_the_promised_ones():
    assert SHIFTS == (-0.10, -0.05, 0.05, 0.10)
    assert LOG_ODDS == (0.3, 0.73, 1.5)
    assert [one.name for one in variants()] == [
        "as set", "−0.10", "−0.05", "+0.05", "+0.10",
        "log-odds 0.3", "log-odds 0.73", "log-odds 1.5",
    ]  # fmt: skip


@pytest.mark.parametrize("weight", weights(), ids=lambda one: f"{one.log_odds:.2f}")
def test_a_factor_gives_its_log_odds(weight):
    scenario, around = ground()
    found = log_odds(scenario, around, "kpc", weight.variant.changes)
    assert found == pytest.approx(weight.log_odds, abs=1e-4)


def test_more_weight_of_support_widens_the_gap_between_visited_and_not():
    scenario, around = ground()
    odds = [log_odds(scenario, around, "kpc", scaled(factor)) for factor in (0, 0.5, 1, 2)]
    assert odds == sorted(odds)
    assert odds[0] > 0.0, "trust alone must hold somebody who is visited"


def test_a_factor_of_one_changes_nothing():
    scenario = Scenario.load(REFERENCE)
    assert scenario.replace(dict(scaled(1))).hash == scenario.hash
    assert set(scaled(3)) == {f"constants.{name}" for name in (*WEIGHTS, "learning_floor_support")}


def test_who_is_persistent_stays_rather_and_visits_help_everybody():
    scenario, around = ground()
    stays = {}
    for mean in (0.3, 0.7):
        case = scenario.replace({"community.persistence.mean": mean})
        stays[mean] = [staying_probability(case, around, who) for who in ("kpc", None)]
    assert stays[0.3][0] > stays[0.3][1]
    assert stays[0.7][0] > stays[0.7][1]
    assert stays[0.7][1] > stays[0.3][1]


def walked(scenario, run):
    """Return how many first admissions of a run stayed twelve months, and how many there were."""
    from cgsim.ensemble import trace_trainees
    from cgsim.world.shape import LEFT

    records = trace_trainees(scenario, seed=7, run=run)
    stayed = admitted = 0
    for person in range(records.shape[1]):
        trained = records["ever_trained"][:, person]
        began = int(trained.argmax())
        if trained[-1] and began + 12 <= len(records):
            admitted += 1
            stayed += not (records["status"][began : began + 12, person] == LEFT).any()
    return stayed, admitted


def test_one_trainee_by_the_rules_stays_about_as_often_as_in_whole_worlds():
    scenario, around = ground()
    alone = scenario.replace(
        {
            "organisations.*.monitoring_interval": "never",
            "organisations.kpc.visits": 1000,
            "organisations.kpc.budget": 100_000,
            "community.persistence.sd": 0,
        }
    )
    for case, who in (
        (alone, None),
        (alone.replace({"organisations.kpc.monitoring_interval": 1}), "kpc"),
    ):
        counts = [walked(case, run) for run in range(6)]
        share = sum(stayed for stayed, _ in counts) / sum(admitted for _, admitted in counts)
        assert share == pytest.approx(staying_probability(scenario, around, who), abs=0.08)
