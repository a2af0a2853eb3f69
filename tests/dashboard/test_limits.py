"""A page computes no case that would keep the others waiting."""

import pytest

import cgsim
from cgsim.dashboard.address import changed, read
from cgsim.dashboard.limits import MOST_MONTHS, MOST_PEOPLE, too_large, too_many_runs
from cgsim.dashboard.own import LONGEST, packed, unpacked
from cgsim.dashboard.state import Settings, Side
from cgsim.dashboard.whatif_shown import compared
from cgsim.errors import ScenarioError

BASE = cgsim.Scenario.load("sangatta-utara")


def words(notices, lang="en"):
    return " ".join(one.in_language(lang) for one in notices)


@pytest.mark.parametrize("name", cgsim.Scenario.shipped())
def test_every_shipped_scenario_is_small_enough(name):
    assert too_large(cgsim.Scenario.load(name)) is None


@pytest.mark.parametrize(
    ("people", "months", "large"),
    [
        (MOST_PEOPLE, 120, False),
        (MOST_PEOPLE + 1, 12, True),
        (120, MOST_MONTHS, False),
        (12, MOST_MONTHS + 1, True),
        (MOST_PEOPLE, MOST_MONTHS, True),  # each alone would do
    ],
)
def test_a_case_is_bounded_in_each_way_and_in_all(people, months, large):
    case = BASE.replace({"community.people": people}, months=months)
    assert (too_large(case) is not None) == large


def test_an_own_file_that_is_too_large_is_refused_in_words():
    word = packed("extends: sangatta-utara\nmonths: 1200\n")
    with pytest.raises(ScenarioError, match="cgsim run FILE"):
        unpacked(word)
    settings, notices = read(f"own={word}")
    assert settings.side == Side()
    assert "1 200 months" in words(notices)
    assert "1 200 bulan" in words(notices, "id")


@pytest.mark.parametrize("prefix", ["", "b."])
def test_levers_that_make_a_case_too_large_are_left_out_and_said(prefix):
    settings, notices = read(f"{prefix}community.people=90000&{prefix}process.leadership=0.9")
    assert (settings.side, *settings.others)[-1] == Side()
    assert "90 000 people" in words(notices)


def test_a_visitor_cannot_set_what_an_address_cannot():
    before = Settings(Side(levers=(("process.leadership", 0.9),)), seed=7)
    after, notices = changed(before, {"community.people": "5000"})
    assert after == before
    assert "5 000 people" in words(notices)


def test_levers_that_contradict_one_another_are_left_out_and_said():
    settings, notices = read("community.people=3&seed=4")
    assert (settings.side, settings.seed) == (Side(), 4)
    assert "a group cannot be larger" in words(notices)


def test_so_many_pairs_of_a_large_case_are_refused_before_any_is_run():
    case = BASE.replace({"community.people": 800}, months=300)
    refused = compared([case, case], 1000, 1)["refused"]
    assert "1 000 pairs" in refused["en"]
    assert "1 000 pasangan" in refused["id"]
    assert too_many_runs([BASE] * 4, 1000) is None


def test_a_word_that_is_too_long_is_never_unfolded():
    with pytest.raises(ScenarioError, match="too long"):
        unpacked("A" * (LONGEST + 1))
