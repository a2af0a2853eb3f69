"""The hash names what moves a run, and nothing else; a resolved file loads back to it."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from cgsim.parameters import PLAN, POLICY
from cgsim.scenario import Scenario

BASE = Scenario.load("sangatta-utara")
PLAIN = YAML(typ="safe")


def shuffled(block, luck, keep=()):
    """Return a block with its keys in another order, save where order counts."""
    if isinstance(block, list):
        return [shuffled(child, luck) for child in block]
    if not isinstance(block, dict):
        return block
    names = list(block)
    luck.shuffle(names)
    return {
        name: (
            {key: shuffled(child, luck) for key, child in block[name].items()}
            if name == "organisations"
            else shuffled(block[name], luck)
        )
        for name in names
    }


def dumped(block):
    import io

    text = io.StringIO()
    YAML().dump(block, text)
    return text.getvalue()


@pytest.mark.parametrize("name", Scenario.shipped())
def test_a_resolved_file_loads_back_whole(name):
    scenario = Scenario.load(name)
    again = Scenario.parse(scenario.to_yaml(), name)
    assert again == scenario
    assert again.hash == scenario.hash
    assert again.to_yaml() == scenario.to_yaml()


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", ["adaptive-follow-up", "mina-bayu-lestari"])
def test_the_order_of_keys_does_not_count(name, seed):
    scenario = Scenario.load(name)
    mixed = shuffled(PLAIN.load(scenario.to_yaml()), random.Random(seed))
    assert Scenario.parse(dumped(mixed)).hash == scenario.hash


def test_comments_titles_names_and_reasons_do_not_count():
    told = Scenario.load("kpc-leaves")
    block = PLAIN.load(told.to_yaml())
    block["title"] = "Another title"
    block["question"] = {"en": "Why?"}
    block["alias"] = "another-name"
    block["sources"] = {"process.leadership": "assumption"}
    block["organisations"]["kpc"]["name"] = "The mine"
    block["interventions"][0]["why"] = "Another reason"
    again = Scenario.parse("# a comment\n" + dumped(block), "other")
    assert again.hash == told.hash
    assert hash(again) == hash(told)


def test_the_order_of_organisations_counts():
    block = PLAIN.load(BASE.to_yaml())
    turned = dict(reversed(block["organisations"].items()))
    assert Scenario.parse(dumped({**block, "organisations": turned})).hash != BASE.hash


def test_how_a_lever_was_set_does_not_count():
    by_replace = BASE.replace({"organisations.*.monitoring_interval": 1})
    assert by_replace.hash == Scenario.load("everybody-monitors-monthly").hash
    by_set = Scenario.parse(
        "extends: sangatta-utara\nset: {organisations.*.monitoring_interval: 1.0}"
    )
    assert by_set.hash == by_replace.hash


def test_the_hash_is_sixteen_digits_and_shipped_ones_differ():
    hashes = [Scenario.load(name).hash for name in Scenario.shipped()]
    assert len(set(hashes)) == len(hashes)
    assert all(len(one) == 16 and int(one, 16) >= 0 for one in hashes)


def another(parameter, value):
    """Return another allowed value of a parameter, as a file states it."""
    if parameter.sort == "flag":
        return not value
    if parameter.sort == "choice":
        return next(one for one in parameter.words if one != value)
    if parameter.sort == "interval":
        return 7 if value == "never" else "never"
    if parameter.sort == "whole":
        return int(parameter.low) if value != parameter.low else int(parameter.low) + 1
    return parameter.low if value != parameter.low else parameter.low + 0.01


@pytest.mark.parametrize("path", [p.path for p in POLICY.values() if p.path != "community.people"])
def test_every_shared_lever_counts(path):
    parameter = next(p for p in POLICY.values() if p.path == path)
    assert BASE.replace({path: another(parameter, BASE.value(path))}).hash != BASE.hash


@pytest.mark.parametrize("lever", PLAN)
def test_every_lever_of_an_organisation_counts(lever):
    path = f"organisations.kpc.{lever}"
    moved = BASE.replace({path: another(PLAN[lever], BASE.value(path))})
    assert moved.hash != BASE.hash
    assert moved.replace({path: BASE.value(path)}).hash == BASE.hash


def test_months_and_interventions_count():
    assert BASE.replace(months=60).hash != BASE.hash
    one = {"month": 3, "set": {"process.leadership": 1}}
    two = {"month": 4, "set": {"process.leadership": 1}}
    first, second = (BASE.replace({"interventions": [each]}) for each in (one, two))
    assert len({BASE.hash, first.hash, second.hash}) == 3


shares = st.floats(0, 1)


@given(leadership=shares, trust=shares, budget=st.floats(0, 1e6), interval=st.integers(1, 240))
def test_any_allowed_number_survives_writing(leadership, trust, budget, interval):
    moved = BASE.replace(
        {
            "process.leadership": leadership,
            "process.initial_trust": trust,
            "organisations.*.budget": budget,
            "process.meeting_interval": interval,
        }
    )
    assert Scenario.parse(moved.to_yaml()).hash == moved.hash


@given(words=st.text(min_size=1).filter(lambda word: word.strip() and word.isprintable()))
def test_any_words_survive_writing(words):
    moved = BASE.replace({"title": words, "organisations.kpc.name": {"en": words, "id": "x"}})
    again = Scenario.parse(moved.to_yaml())
    assert again.title == {"en": words, "id": words}
    assert again.names["kpc"] == {"en": words, "id": "x"}
