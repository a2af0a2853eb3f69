"""What the people page shows, without a browser: as `cgsim explain` says it."""

import shlex

import pytest

from cgsim.dashboard.address import read
from cgsim.dashboard.persons import (
    asked,
    everybody,
    nearest_to_staying,
    people_command,
    reasons_of,
    shown_person,
)
from cgsim.scenario import Scenario
from cgsim.study.explain import explain_leavings, explain_person, explain_run
from cgsim.study.explain.leavings import PARTS
from cgsim.study.explain.life import TERMS, life_of

SEED, WHO = 7, 29


def settings_of(query=""):
    return read(query)[0]


def test_everybody_came_and_left_as_their_life_says():
    case = Scenario.load("sangatta-utara")
    every = everybody(case, SEED)
    assert len(every) > 90
    for one in every[::9]:
        life = life_of(case, one["who"], SEED)
        assert one["came"] == list(life.admissions)
        assert one["left"] == list(life.leavings)
        assert one["status"] == life.table["status"].iloc[-1]


def test_the_strongest_reason_is_the_one_that_explain_names():
    case = Scenario.load("sangatta-utara")
    told = {one["who"]: one for one in everybody(case, SEED)}
    people = explain_run(case, SEED).people
    last = people.sort_values("month").groupby("person").tail(1)
    pushed = last[["person", "strongest", "decisive"]].to_dict("records")
    assert len(pushed) > 60
    for row in pushed:
        assert told[row["person"]]["strongest"] in (row["strongest"], "")
        assert told[row["person"]]["luck"] == (row["decisive"] == "")
    assert nearest_to_staying(case, SEED) == people["person"].iloc[0]


@pytest.mark.parametrize("lang", ["en", "id"])
def test_a_person_is_explained_in_the_words_of_explain(lang):
    settings = settings_of(f"seed={SEED}&who={WHO}&lang={lang}&b.scenario=recommendation-1")
    wanted, wrong = asked(settings)
    assert wrong == []
    why = explain_person(
        "sangatta-utara", WHO, SEED, against="recommendation-1", levers=["leadership"]
    )
    told = shown_person(wanted, why.levers, lang)
    assert told["sentences"] == why.to_dict(lang)["sentences"]
    assert told["month"] == why.month
    before = shown_person(wanted, (), lang)["sentences"]
    assert len(before) == len(told["sentences"]) - 1  # what no lever was tried for is not said


def test_a_life_holds_every_month_in_the_programme():
    wanted, _ = asked(settings_of(f"seed={SEED}&who={WHO}"))
    line = shown_person(wanted, (), "en")["life"]
    why = explain_person("sangatta-utara", WHO, SEED, levers=["leadership"])
    assert [row[0] for row in line["months"]] == list(why.life.moments)
    month, hazard, probability, luck, bears, *rest = line["months"][-1]
    assert month == why.month
    assert hazard == pytest.approx(why.hazard, abs=1e-4)
    assert probability == pytest.approx(why.probability, abs=1e-4)
    assert luck < probability
    assert hazard > bears
    assert rest[: len(TERMS)] == pytest.approx(list(why.terms), abs=1e-4)
    assert line["visits"][0][1]


def test_levers_are_tried_for_a_month_of_leaving_alone():
    left, _ = asked(settings_of(f"seed={SEED}&who={WHO}"))
    stayed, _ = asked(settings_of(f"seed={SEED}&who={WHO}&when=10"))
    assert left.key is not None
    assert stayed.key is None
    assert stayed.month == 10
    assert shown_person(stayed, (), "en")["left"] is False


def test_who_was_never_trained_gives_way_and_it_is_said():
    wanted, wrong = asked(settings_of("who=99999&lang=id"))
    assert wanted.life.person == nearest_to_staying(Scenario.load("sangatta-utara"), 1)
    assert "99999" in wrong[0]
    wanted, _ = asked(settings_of(f"seed={SEED}&who={WHO}&when=9999"))
    assert wanted.month == max(wanted.life.moments)


def test_of_a_run_that_trains_nobody_it_is_said():
    query = "organisations.industry.seats=0&organisations.tourism.seats=0&organisations.kpc.seats=0"
    wanted, wrong = asked(settings_of(query))
    assert wanted is None
    assert wrong


def test_a_smaller_place_beside_knows_no_such_person():
    wanted, _ = asked(settings_of(f"seed={SEED}&who={WHO}&b.community.people=20"))
    assert wanted.other is None
    wanted, _ = asked(settings_of(f"seed={SEED}&who={WHO}&b.scenario=kpc-leaves"))
    assert wanted.other.person == WHO


def test_the_levers_that_keep_are_those_of_explain(monkeypatch):
    from cgsim.dashboard import persons

    monkeypatch.setattr(persons, "levers_of", lambda case: ["process.leadership"])
    wanted, _ = asked(settings_of("who=8"))
    [found] = wanted.kept()["levers"]
    assert found == explain_person("sangatta-utara", 8, 1, levers=["process.leadership"]).levers[0]
    row = shown_person(wanted, (found,), "en")["levers"][0]
    assert row["outcome"] == "kept"
    assert row["present"] == "0.6"


def test_the_reasons_of_many_runs_are_those_of_explain():
    case = Scenario.load("nobody-monitors")
    told = reasons_of(case, 1, runs=2)
    found = explain_leavings(case, 2, 1)
    assert [row[0] for row in told["rows"]] == list(PARTS)
    assert sum(row[1] for row in told["rows"]) == pytest.approx(1.0, abs=1e-5)
    assert told["leavings"] == len(found.leavings)
    assert told["sentences"]["id"] == found.to_dict("id")["sentences"]


def test_the_command_asks_about_the_same_person_and_month():
    settings = settings_of(f"seed={SEED}&who={WHO}&b.scenario=neither&process.leadership=0.5")
    words = shlex.split(people_command(settings, asked(settings)[0]))
    assert words[:3] == ["cgsim", "explain", "sangatta-utara"]
    for option, said in (("--who", "29"), ("--seed", "7"), ("--against", "neither")):
        assert words[words.index(option) + 1] == said
    assert words[-1] == "process.leadership=0.5"
