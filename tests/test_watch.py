"""Warnings of decline are chosen on some luck, judged on other; what cannot be said is said so."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

import cgsim
from cgsim.cli.app import app
from cgsim.columns import MONTH_COLUMNS
from cgsim.language import languages, text
from cgsim.study.watch import DECLINING, Alarm, Watch, chosen, leads
from cgsim.study.watching import (
    AHEAD,
    ASKED,
    BACK,
    COUNTED,
    FLOWS,
    SO_FAR,
    Signal,
    Watched,
    decline,
    signals,
    watch_runs,
)

RUNS = 30


@pytest.fixture(scope="module")
def leaving():
    return cgsim.watch("kpc-leaves", RUNS)


# -------------------------------------------------------------------------- what decline is


def series(*stretches, state=1.0):
    producers = np.array([[value for value, months in stretches for _ in range(months)]], float)
    return np.full(producers.shape, state), producers


@pytest.mark.parametrize(
    ("stretches", "declines"),
    [
        ([(9, 60)], False),
        ([(9, 30), (7, 30)], False),  # less than a third
        ([(9, 30), (6, 30)], True),  # a third
        ([(6, 30), (4, 30)], True),  # below five
        ([(9, 30), (3, 2), (9, 28)], False),  # two months are made up for within six
        ([(4, 60)], False),  # there was nothing to lose
    ],
)
def test_producers_that_fall_by_a_third_or_below_the_floor_are_a_decline(stretches, declines):
    state, producers = series(*stretches)
    _, found, onset = decline(state, producers, 5.0)
    assert found.any() == declines
    assert (onset[0] >= 0) == declines


def test_a_falling_state_is_a_decline_and_is_seen_from_the_year_before_alone():
    state, producers = series((9, 60))
    state[0, 40:] = 0.0
    eligible, found, onset = decline(state, producers, 5.0)
    assert onset[0] == 40
    assert np.flatnonzero(found[0]).tolist() == list(range(40 - AHEAD, 40))
    assert not eligible[0, 40:].any()  # what is inactive has nothing to lose


def test_an_inactive_cluster_cannot_decline_and_the_last_year_is_not_judged():
    state, producers = series((9, 60), state=0.0)
    assert not decline(state, producers, 5.0)[0].any()
    eligible, _, _ = decline(*series((9, 60)), 5.0)
    assert np.flatnonzero(eligible[0]).tolist() == list(range(BACK, 60 - AHEAD))


# ---------------------------------------------------------------------- thresholds and scores


def watched(values, declines):
    values, declines = np.array(values, float), np.array(declines, bool)
    onset = np.where(declines.any(axis=1), declines.shape[1] - 1, -1)
    return Watched(values[:, :, None], np.ones(declines.shape, bool), declines, onset)


ONE = Signal("producers", "level", "counted")


@pytest.mark.parametrize("above", [True, False])
def test_the_threshold_is_the_one_that_parts_ill_from_well(above):
    sign = 1.0 if above else -1.0
    values = sign * np.arange(40.0).reshape(2, 20)
    found = chosen(ONE, 0, watched(values, values * sign >= 25.0))
    assert found.above is above
    assert (found.at(values) == (values * sign >= 25.0)).all()


def test_lead_is_counted_from_the_first_warning_of_the_year_before():
    values = np.zeros((2, 40))
    values[0, 25:] = 1.0
    values[1, :5] = 1.0  # long before, and over
    seen = watched(values, np.zeros((2, 40), bool))
    seen = Watched(seen.values, seen.eligible, seen.declines, np.array([30, 30]))
    assert leads(Alarm(ONE, 0.5, True), 0, seen) == (0.5, 5.0)


def test_scores_are_those_of_other_runs_than_thresholds_were_chosen_on(leaving):
    case = cgsim.Scenario.load("kpc-leaves")
    fresh = watch_runs(case, RUNS, 1, first_run=RUNS)
    assert (fresh.values == leaving.fresh.values)[np.isfinite(fresh.values)].all()
    assert (leaving.learnt.onset != leaving.fresh.onset).any()
    row = leaving.table.iloc[0]
    k = [one.name for one in signals()].index(row["signal"])
    warns = leaving.alarms[k].at(fresh.values[:, :, k])
    assert row["hits"] == warns[fresh.declines].mean()
    assert row["false_alarms"] == warns[fresh.eligible & ~fresh.declines].mean()
    assert row["youden"] == row["hits"] - row["false_alarms"]


def test_intervals_hold_their_scores_and_numbers_are_ranked_where_they_were_learnt(leaving):
    table = leaving.table
    for name in ("youden", "hits", "false_alarms"):
        inside = (table[f"{name}_low"] <= table[name]) & (table[name] <= table[f"{name}_high"])
        assert inside.mean() > 0.95
    assert table["youden_learnt"].is_monotonic_decreasing
    assert table["signal"].is_unique


def test_numbers_without_any_bearing_are_said_to_foretell_nothing(leaving):
    generator = np.random.default_rng(5)

    def noise(one):
        return Watched(
            generator.normal(size=one.values.shape), one.eligible, one.declines, one.onset
        )

    found = Watch(leaving.scenario, RUNS, 1, noise(leaving.learnt), noise(leaving.fresh))
    assert found.outcome == "not_foretold"
    assert found.best is None
    for lang in languages():
        assert found.sentences(lang)[0] == text("watch.sentence.not_foretold", lang)
    assert (found.table["youden"].abs() < 0.1).all()


def test_values_are_those_of_the_table_of_months():
    case = cgsim.Scenario.load("kpc-leaves")
    seen = watch_runs(case, 2, 1)
    months = cgsim.simulate(case, runs=2, seed=1).months
    names = [one.name for one in signals()]
    for name in ("producers", "tie_trust"):
        wanted = months[name].to_numpy().reshape(2, -1)
        assert (seen.values[:, :, names.index(name)] == wanted).all()
    visits = months["visits"].to_numpy().reshape(2, -1)
    recent = seen.values[:, :, names.index("visits_recent")]
    assert recent[0, 50] == visits[0, 45:51].sum()
    left = months["left"].to_numpy().reshape(2, -1)
    assert seen.values[1, 50, names.index("left_recent")] == left[1, 50] - left[1, 44]
    assert np.isnan(seen.values[0, BACK - 1, names.index("producers_change")])


def test_numbers_tried_are_columns_of_months_and_named_in_both_languages():
    assert {*COUNTED, *ASKED, *SO_FAR, *FLOWS} <= set(MONTH_COLUMNS)
    for one in signals():
        for lang in languages():
            assert text(f"watch.signal.{one.name}", lang)


def test_the_same_seed_gives_the_same_table_whatever_the_threads(leaving):
    again = cgsim.watch("kpc-leaves", RUNS, threads=1)
    pd.testing.assert_frame_equal(again.table, leaving.table, check_exact=True)


# -------------------------------------------------------------------------------- answers


def test_when_a_company_leaves_decline_is_foretold_and_the_date_is_told(leaving):
    assert leaving.outcome == "foretold"
    assert leaving.declining > 0.9
    said = leaving.sentences()
    assert said[0].startswith("Best watched")
    assert any("60 months" in one for one in said)
    assert "calendar" in set(leaving.table["signal"])


@pytest.mark.parametrize("name", DECLINING)
def test_scenarios_that_are_suggested_do_decline(name):
    assert cgsim.watch(name, 12).declining > 0.8


@pytest.mark.parametrize("lang", languages())
def test_a_cluster_that_is_never_active_has_nothing_to_lose(lang):
    case = cgsim.Scenario.load("nobody-monitors").replace(months=36)
    found = cgsim.watch(case, 4)
    assert found.outcome == "never_up"
    assert not len(found.table)
    (said,) = found.sentences(lang)
    for name in DECLINING:
        assert name in said
    assert found.plot(lang).axes == []


def test_a_cluster_that_never_declines_is_said_to_and_few_declines_to_be_too_few():
    steady = cgsim.Scenario.load("full-package").replace(months=60)
    found = cgsim.watch(steady, 4)
    assert found.outcome == "never"
    assert "never declines" in found.sentences()[0]
    few = cgsim.watch("kpc-leaves", 8)
    assert few.outcome == "rare"
    assert "too rare" in few.sentences()[0]


# -------------------------------------------------------------------------------- command


def call(*words, lang="en", code=0):
    runner = CliRunner(env={"COLUMNS": "80", "CGSIM_LANG": lang})
    result = runner.invoke(app, ["watch", *map(str, words)])
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result


@pytest.mark.parametrize("lang", languages())
def test_the_command_prints_within_80_columns_and_writes_a_whole_folder(lang, tmp_path):
    out = tmp_path / "w"
    said = call("kpc-leaves", "--runs", 20, "--out", out, lang=lang).stdout
    assert max(len(line) for line in said.splitlines() if str(out) not in line) <= 80
    words = " ".join(said.split())
    assert text("watch.table.title", lang) in words
    assert " ".join(text("figure.notice", lang).split()) in words
    written = {one["file"] for one in json.loads((out / "manifest.json").read_bytes())["written"]}
    assert {"watch.csv", "watch.parquet", "scenario.yaml", "figures/watch.png"} <= written


def test_the_document_says_all_and_how_to_get_it_again():
    told = json.loads(call("kpc-leaves", "--runs", 20, "--seed", 3, "--json").stdout)
    assert told["outcome"] == "foretold"
    assert told["command"] == "cgsim watch kpc-leaves --runs 20 --seed 3"
    assert len(told["table"]) == len(signals())
    assert told["sentences"]


def test_a_misnamed_scenario_is_refused():
    assert "kpc-leaves" in call("kpc-leave", code=2).stderr
