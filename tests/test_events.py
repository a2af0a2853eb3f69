"""What is worth telling of a run, and that both engines tell the same."""

from __future__ import annotations

import pytest

import cgsim
from cgsim.language import has, keys
from cgsim.study.events import Look, story, tell, walk

CASE = cgsim.Scenario.load("kpc-leaves")  # industry, tourism, kpc; a change at month 60


def look(**seen):
    """What is seen of a quiet month, save what is named."""
    quiet = {
        "state": 0, "small_wins": 0.1, "turns": 0, "meeting": False, "admissions": 0, "left": 0,
        "statuses": (0,) * 120, "present": (True,) * 3, "attended": (False,) * 3,
        "acting": (False,), "critical_mass": 16.0,
    }  # fmt: skip
    return Look(**{**quiet, **seen})


def people(**numbers):
    codes = {"training": 1, "artisan": 2, "independent": 3, "left": 4}
    found = [codes[name] for name, number in numbers.items() for _ in range(number)]
    return tuple(found + [0] * (120 - len(found)))


def told(*looks):
    return [(one.month, one.kind, one.in_language("en")) for one in tell(CASE, looks)]


@pytest.mark.parametrize("name", ["kpc-leaves", "adaptive-follow-up", "rise-and-fall"])
def test_both_engines_tell_the_same_story(name):
    by_mesa = [event for _, events in walk(cgsim.Model(name, seed=2)) for event in events]
    assert by_mesa == story(name, seed=2)
    assert len(by_mesa) > 20


def test_nothing_is_told_of_a_quiet_month():
    assert told(look(), look(), look()) == []


@pytest.mark.parametrize(
    ("before", "now", "sentence"),
    [
        ({}, {"state": 1}, "The cluster becomes active."),
        ({"state": 2}, {"state": 1}, "The cluster falls back: it is active."),
        ({"small_wins": 0.2499}, {"small_wins": 0.25}, "The first small win can be seen."),
        ({}, {"overdue": (True, False, False)}, "Industry Agency has not come back as promised."),
        ({"turns": 3}, {"turns": 4}, "Turn 4 of the cycle is complete."),
        (
            {},
            {"meeting": True, "attended": (True, False, True)},
            "Tourism Agency stays away from the meeting.",
        ),
        (
            {},
            {"meeting": True},
            "Industry Agency, Tourism Agency and PT Kaltim Prima Coal (KPC) stay away "
            "from the meeting.",
        ),
        ({}, {"admissions": 1}, "One person begins training."),
        ({}, {"admissions": 4}, "4 people begin training."),
        (
            {"statuses": people(artisan=3, independent=1)},
            {"statuses": people(artisan=2, independent=2)},
            "One artisan becomes independent; 2 independent now.",
        ),
        (
            {"statuses": people(artisan=8)},
            {"statuses": people(artisan=5, left=3), "left": 3},
            "3 leave in one month; producers that remain: 5.",
        ),
        (
            {"statuses": people(artisan=15)},
            {"statuses": people(artisan=16)},
            "Critical mass: 16 producers.",
        ),
        ({}, {"present": (True, True, False)}, "PT Kaltim Prima Coal (KPC) leaves."),
        (
            {"present": (False,) * 3},
            {"present": (True, False, False)},
            "Industry Agency comes back.",
        ),
    ],
)
def test_what_is_told(before, now, sentence):
    events = told(look(**before), look(**{**before, **now}))
    assert [one[2] for one in events if one[0] == 1] == [sentence]


def test_one_who_is_gone_is_not_called_absent():
    away = {"present": (True, True, False)}
    events = told(look(**away), look(**away, meeting=True, attended=(True, True, False)))
    assert [one for one in events if one[0] == 1] == []


def test_few_who_leave_are_not_many():
    steady = people(artisan=16)
    before = {"statuses": steady}
    assert told(look(**before), look(**before, left=3))[1:] == []  # three of sixteen
    assert told(look(**before), look(**before, left=4))[1:] != []  # a quarter


def test_firsts_are_told_once():
    wins = [look(small_wins=w) for w in (0.1, 0.3, 0.2, 0.3)]
    assert [one[:2] for one in told(*wins)] == [(1, "first_win")]


def test_a_dated_change_gives_its_reason_after_as_many_months_as_its_date():
    events = [event for event in story(CASE, seed=1) if event.month == 60]
    assert [event.kind for event in events][:2] == ["change", "organisation_leaves"]
    assert events[0].after == 60
    assert CASE.interventions[0].why["en"] in events[0].in_language("en")
    assert CASE.interventions[0].why["id"] in events[0].in_language("id")


def test_a_reacting_change_is_told_when_it_begins_and_ends():
    events = list(
        tell(
            cgsim.Scenario.load("adaptive-follow-up"),
            [look(acting=(on,)) for on in (False, True, True, False)],
        )
    )
    assert [(one.month, one.kind) for one in events] == [(1, "change"), (3, "change_ends")]


def test_without_a_reason_the_levers_are_named():
    case = CASE.replace({"interventions": [{"month": 1, "set": {"process.leadership": 0.2}}]})
    events = list(tell(case, [look(), look()]))
    assert events[0].in_language("en") == "Change: process.leadership."


def test_events_happen_by_the_end_of_their_month():
    event = next(one for one in story(CASE, seed=1) if one.kind == "state_up")
    months = cgsim.simulate(CASE, runs=1, seed=1).months
    assert months["state"][event.month] == "active"
    assert months["state"][event.month - 1] == "inactive"
    assert event.after == event.month + 1


def test_every_kind_has_words_in_both_languages():
    kinds = [key for key in keys("en") if key.startswith("event.")]
    assert kinds == [key for key in keys("id") if key.startswith("event.")]
    for event in story("rise-and-fall", seed=1):
        for lang in ("en", "id"):
            assert has(f"event.{event.kind}", lang)
            sentence = event.in_language(lang)
            assert "{" not in sentence
            assert sentence.endswith(".")


def test_a_broken_promise_is_told_once_of_each_organisation():
    late = [look(overdue=(one, other, False)) for one, other in ((1, 0), (0, 0), (1, 1), (0, 1))]
    assert [words for _, kind, words in told(*late) if kind == "promise_broken"] == [
        "Industry Agency has not come back as promised.",
        "Tourism Agency has not come back as promised.",
    ]
