"""The trajectory that the page plays is the run that the engine computed."""

import json

import numpy as np
import pytest

import cgsim
from cgsim.study.events import story
from cgsim.study.trajectory import DIGITS, SERIES, trajectory
from cgsim.world.shape import STATES

CASES = [
    ("sangatta-utara", 1),
    ("rise-and-fall", 3),
    ("adaptive-follow-up", 7),
    ("mina-bayu-lestari", 2),
]


@pytest.mark.parametrize(("name", "seed"), CASES)
def test_every_number_equals_the_table_of_months(name, seed):
    told = trajectory(name, seed)
    months = cgsim.simulate(name, runs=1, seed=seed).months
    for quantity in SERIES:
        found = told["series"][quantity]
        if quantity == "state":
            found = [told["states"][code] for code in found]
        expected = months[quantity]
        if expected.dtype.kind == "f":
            expected = np.round(expected, DIGITS)
        assert found == expected.tolist(), quantity


def test_a_later_run_of_a_seed_has_the_luck_of_that_run():
    months = cgsim.simulate("sangatta-utara", runs=4, seed=5).months
    third = months[months["run"] == 3]
    assert (
        trajectory("sangatta-utara", 5, run=3)["series"]["skill"]
        == np.round(third["skill"], DIGITS).tolist()
    )


def test_it_survives_json_bit_for_bit():
    told = trajectory("adaptive-follow-up", 7)
    assert json.loads(json.dumps(told, allow_nan=False)) == told


def test_it_is_compact():
    assert len(json.dumps(trajectory("sangatta-utara"))) < 80_000


def test_it_names_what_it_shows():
    case = cgsim.Scenario.load("sangatta-utara")
    told = trajectory(case, seed=9)
    assert told["version"] == 2
    assert told["scenario_hash"] == case.hash
    assert (told["seed"], told["months"]) == (9, 120)
    assert told["states"] == list(STATES)
    assert told["cutoffs"]["active"] == {"cutoff": 0.3, "indicators": 4, "producers": 5}
    assert told["cutoffs"]["dynamic"]["producers"] == 15
    assert {len(column) for column in told["series"].values()} == {120}


def test_a_dated_intervention_is_marked_with_its_reason_in_both_languages():
    (mark,) = trajectory("rise-and-fall")["marks"]
    assert (mark["month"], mark["planned"], mark["ends"]) == (120, True, False)
    assert mark["why"] == {"en": "Every programme ends", "id": "Semua program berakhir"}


def test_a_reacting_intervention_is_marked_where_its_condition_had_held():
    told = trajectory("adaptive-follow-up", seed=1)
    few = [count < 10 for count in told["series"]["producers"]]
    acting, expected = False, []
    for month in range(1, told["months"]):
        if not acting and month >= 3 and all(few[month - 3 : month]):
            acting = True
            expected.append((month, False))
        elif acting and not few[month - 1]:
            acting = False
            expected.append((month, True))
    assert [(mark["month"], mark["ends"]) for mark in told["marks"]] == expected
    assert expected


@pytest.mark.parametrize(("seed", "run"), [(-1, 0), (2**32, 0), (1, -1)])
def test_luck_that_does_not_exist_is_refused(seed, run):
    with pytest.raises(ValueError, match="from 0 to"):
        trajectory("sangatta-utara", seed, run)


@pytest.mark.parametrize(("name", "seed"), CASES)
def test_people_ties_and_events_are_those_of_the_run(name, seed):
    case = cgsim.Scenario.load(name)
    told = trajectory(case, seed)
    people = cgsim.people(case, seed)
    for number, _, changes in told["lives"]:
        mine = people[people["person"] == number].sort_values("month")
        status = mine["status"].astype(str).tolist()
        line, months = ["community"] * told["months"], [m for m, _ in changes] + [told["months"]]
        for (month, code), end in zip(changes, months[1:], strict=True):
            line[month:end] = [told["statuses"][code]] * (end - month)
        assert line == status
    assert len(told["lives"]) == sum((people.groupby("person")["status"].agg(set)) != {"community"})
    assert [one["words"]["en"] for one in told["events"]] == [
        one.in_language("en") for one in story(case, seed)
    ]
    model = cgsim.Model(case, seed=seed)
    for _ in range(30):
        model.step()
    assert told["pacts"][29] == [
        [round(pact.trust, 3) for pact in one.pacts] for one in model.organisations
    ]
    active = [t for t in model.trainees if t.status_word in ("training", "artisan", "independent")]
    for o, one in enumerate(told["organisations"]):
        mean = sum(t.ties[o].trust for t in active) / len(active)
        assert one["trust"][29] == pytest.approx(mean, abs=6e-4)
        assert one["attended"][29] == model.organisations[o].attended
