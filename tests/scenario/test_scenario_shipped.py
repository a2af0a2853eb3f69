"""The shipped scenarios: all of them, in both languages, short, and named in words."""

import json
import re
from pathlib import Path

import pytest

from cgsim.scenario import Scenario, json_schema
from cgsim.scenario_file import aliases, shipped_folder

PROMISED = [
    "sangatta-utara",
    "tourism-does-not-monitor",
    "no-agency-monitors",
    "nobody-monitors",
    "everybody-monitors-monthly",
    "persistent-trainees",
    "recommendation-1",
    "recommendation-2",
    "both-recommendations",
    "neither",
    "kpc-leaves",
    "rise-and-fall",
    "adaptive-follow-up",
    "late-follow-up",
    "material-costs-counted",
    "empowered-community",
    "promotion-without-makers",
    "train-more-monitor-none",
    "select-hard",
    "two-weeks-training",
    "history-of-conflict",
    "strong-ground-rules",
    "weak-leadership",
    "power-imbalance",
    "mandated-forum",
    "no-workshop",
    "no-waste-treatment",
    "full-package",
    "mina-bayu-lestari",
]


def value(name, path):
    return Scenario.load(name).value(path)


def test_all_promised_scenarios_are_shipped():
    assert Scenario.shipped() == sorted(PROMISED)


@pytest.mark.parametrize("name", PROMISED)
def test_a_shipped_scenario_asks_its_question_in_both_languages(name):
    scenario = Scenario.load(name)
    assert scenario.name == name
    assert scenario.title["en"] != scenario.title["id"]
    for lang in ("en", "id"):
        assert scenario.title[lang]
        assert scenario.question[lang].endswith("?")
    assert scenario.question["en"] != scenario.question["id"]


@pytest.mark.parametrize("name", PROMISED)
def test_a_shipped_scenario_is_found_by_its_indonesian_name(name):
    scenario = Scenario.load(name)
    (alias,) = scenario.aliases
    assert aliases()[alias] == name
    assert Scenario.load(alias) == scenario
    assert Scenario.load(alias).name == name


def test_names_are_given_once():
    assert len(aliases()) == len(PROMISED)
    assert not set(aliases()) & set(PROMISED)


@pytest.mark.parametrize("name", PROMISED)
def test_a_shipped_file_serves_editors_and_marks_its_numbers(name):
    words = (shipped_folder() / f"{name}.yaml").read_text(encoding="utf-8")
    schema = re.match(r"# yaml-language-server: \$schema=(\S+)\n", words)
    assert schema
    assert (shipped_folder() / schema.group(1)).is_file()
    if "extends:" in words:
        assert len(words.splitlines()) <= 26
    assert re.search(r"assumption|\b[EN]\d+", words)


def test_the_schema_beside_the_scenarios_is_the_one_of_the_parameters():
    stored = json.loads((shipped_folder() / "scenario.schema.json").read_text(encoding="utf-8"))
    assert stored == json.loads(json.dumps(json_schema("en")))


def test_the_what_ifs_are_those_of_the_model():
    interval = "organisations.*.monitoring_interval"
    assert value("tourism-does-not-monitor", interval) == {
        "industry": 6,
        "tourism": "never",
        "kpc": 1,
    }
    assert value("tourism-does-not-monitor", "organisations.industry.promised_interval") == 3
    assert value("no-agency-monitors", interval) == {
        "industry": "never",
        "tourism": "never",
        "kpc": 1,
    }
    assert set(value("nobody-monitors", interval).values()) == {"never"}
    assert set(value("everybody-monitors-monthly", interval).values()) == {1}
    assert value("recommendation-1", interval) == {"industry": 3, "tourism": 3, "kpc": 1}
    assert value("both-recommendations", interval) == value("recommendation-1", interval)
    assert set(value("neither", interval).values()) == {"never"}
    assert set(value("full-package", interval).values()) == {1}


@pytest.mark.parametrize(
    ("name", "path", "expected"),
    [
        ("persistent-trainees", "community.persistence.mean", 0.75),
        ("recommendation-2", "community.persistence.mean", 0.65),
        ("both-recommendations", "community.persistence.mean", 0.65),
        ("neither", "community.persistence.mean", 0.3),
        ("full-package", "community.persistence.mean", 0.75),
        ("history-of-conflict", "process.initial_trust", 0.15),
        ("power-imbalance", "process.extra_imbalance", 0.5),
        ("empowered-community", "process.extra_imbalance", 0.5),
        ("empowered-community", "process.empowerment", 1),
        ("rise-and-fall", "months", 240),
        ("rise-and-fall", "community.persistence.mean", 0.75),
        ("material-costs-counted", "market.material_share", 0.6),
        ("select-hard", "community.selection", 0.5),
        ("weak-leadership", "process.leadership", 0.1),
    ],
)
def test_a_what_if_states_its_lever(name, path, expected):
    assert value(name, path) == expected


def test_interventions_are_those_of_the_model():
    fall = Scenario.load("rise-and-fall").interventions[0]
    assert fall.month == 120
    assert dict(fall.set) == {
        f"organisations.{key}.present": 0.0 for key in ("industry", "tourism", "kpc")
    }
    leaves = Scenario.load("kpc-leaves").interventions[0]
    assert (leaves.month, leaves.set) == (60, (("organisations.kpc.present", 0.0),))
    late = Scenario.load("late-follow-up").interventions[0]
    assert late.month == 36
    assert {change for _, change in late.set} == {1.0}
    adaptive = Scenario.load("adaptive-follow-up").interventions[0]
    assert (adaptive.month, adaptive.quantity, adaptive.once) == (None, "producers", False)


def test_another_place_has_other_organisations():
    other = Scenario.load("mina-bayu-lestari")
    assert other.organisations == ("fisheries",)
    assert other.value("organisations.fisheries.kind") == "agency"
    assert other.sources["organisations.fisheries.budget"] == "assumption"


def test_the_schema_names_every_section_and_speaks_both_languages():
    for lang in ("en", "id"):
        schema = json_schema(lang)
        assert schema["$schema"].endswith("2020-12/schema")
        levers = schema["properties"]["process"]["properties"]
        assert levers["leadership"]["maximum"] == 1.0
    assert json_schema("en") != json_schema("id")


def test_nothing_shipped_names_a_machine():
    for path in Path(shipped_folder()).iterdir():
        assert "/home/" not in path.read_text(encoding="utf-8")
