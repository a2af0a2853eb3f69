"""A sweep's folder is analysed as the verb analyses its own runs, or refused in words."""

from __future__ import annotations

import json
import shutil

import pandas as pd
import pytest

from cgsim.language import text
from cgsim.study.sensitivity import analyse
from cgsim.study.sensitivity.choice import MOST_LUCK
from cgsim.study.sweep import Halt, sweep
from tests.sweep.tiny import call

SMALL = {"community.people": 12, "community.group_size": 4}
SETS = [word for path, value in SMALL.items() for word in ("--set", f"{path}={value}")]
VISITS = {"organisations.*.monitoring_interval": [1, 2, 3, 6, 12, "never"]}
GAIN = {"constants.gain": {"from": 0.06, "to": 0.24}}
FORGETTING = {"constants.forgetting": {"from": 0.05, "to": 0.1}}
LUCK = {"luck": {"from": 0, "to": MOST_LUCK - 1}}
GROUPS = {"assumed": ["constants.gain"], "sourced": ["constants.forgetting"]}
BASE = {"scenario": "sangatta-utara", "set": SMALL, "seed": 3, "design_seed": 3}

SPECS = {
    "morris": {"design": "morris", "points": 4, "runs": 2, "vary": {**GAIN, **VISITS}},
    "sobol": {"design": "saltelli", "points": 32, "vary": {**GAIN, **VISITS, **LUCK},
              "outcomes": ["producers", "cluster_index"]},
    "whose": {"design": "saltelli", "points": 32, "vary": {**GAIN, **FORGETTING, **LUCK},
              "groups": GROUPS},
}  # fmt: skip
VERB = {
    "morris": ["--levers", "monitoring_interval", "--levers", "constants.gain", "--points", 4,
               "--runs", 2],
    "sobol": ["--method", "sobol", "--levers", "monitoring_interval", "--levers",
              "constants.gain", "--points", 32],
    "whose": ["--whose", "--levers", "constants.gain", "--levers", "constants.forgetting",
              "--points", 32],
}  # fmt: skip
LANGUAGES = ("en", "id")


def swept(folder, **more):
    sweep({**BASE, **more}, folder, workers=2)
    return folder


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """A finished sweep of each method."""
    home = tmp_path_factory.mktemp("analysed")
    return {name: swept(home / name, **spec) for name, spec in SPECS.items()}


@pytest.fixture(scope="module")
def of_verb():
    """What the verb says of the same designs, as documents."""
    words = ["sensitivity", "sangatta-utara", *SETS, "--seed", 3, "--json"]
    return {way: json.loads(call(*words, *VERB[way]).stdout) for way in VERB}


def without(told, *names):
    return {name: value for name, value in told.items() if name not in names}


@pytest.mark.parametrize("way", SPECS)
def test_every_number_and_sentence_is_that_of_the_verb(way, folders, of_verb):
    told = json.loads(call("sweep", "analyse", folders[way], "--json").stdout)
    assert told["method"] == way
    assert told["command"] == f"cgsim sweep analyse {folders[way]}"
    assert without(told, "command", "sweep") == without(of_verb[way], "command")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("way", SPECS)
def test_tables_stand_within_80_columns_and_say_where_they_come_from(way, lang, folders):
    said = call("sweep", "analyse", folders[way], lang=lang).stdout
    lines = [line for line in said.splitlines() if str(folders[way]) not in line]
    assert max(map(len, lines)) <= 80
    words = text("cli.sensitivity.from_sweep", lang, folder="|", hash="|").split("|")
    assert all(" ".join(part.split()) in " ".join(said.split()) for part in words)
    assert text("lever.constants.gain.label", lang) in said


def test_a_folder_of_the_analysis_holds_what_the_verb_writes(folders, tmp_path):
    words = ["--outcome", "producers", "--out"]
    call("sweep", "analyse", folders["sobol"], *words, tmp_path / "one")
    call("sensitivity", "sangatta-utara", *SETS, "--seed", 3, *VERB["sobol"], *words,
         tmp_path / "two")  # fmt: skip
    names = [
        {one.relative_to(place).as_posix() for one in place.rglob("*") if one.is_file()}
        for place in (tmp_path / "one", tmp_path / "two")
    ]
    assert names[0] == names[1]
    assert "figures/scatter_producers.png" in names[0]
    tables = [pd.read_parquet(tmp_path / one / "indices.parquet") for one in ("one", "two")]
    pd.testing.assert_frame_equal(*tables, check_exact=True)


def test_the_difference_between_two_sweeps_is_that_of_the_verb(folders, tmp_path):
    other = swept(tmp_path / "other", **{**SPECS["whose"], "scenario": "persistent-trainees"})
    words = ["--outcome", "producers", "--least", "0.5", "--json"]
    told = json.loads(call("sweep", "analyse", folders["whose"], "--against", other, *words).stdout)
    asked = ["sensitivity", "sangatta-utara", *SETS, "--seed", 3, *VERB["whose"]]
    verb = json.loads(call(*asked, "--against", "persistent-trainees", *words).stdout)
    assert told["choice"]["producers"]["least"] == 0.5
    assert without(told, "command", "sweep") == without(verb, "command")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_luck_among_the_numbers_it_is_said_to_be_averaged(lang, tmp_path):
    spec = {"design": "saltelli", "points": 32, "runs": 2, "vary": {**GAIN, **FORGETTING},
            "groups": {"my numbers": list(GAIN)}}  # fmt: skip
    folder = swept(tmp_path / "averaged", **spec)
    said = " ".join(call("sweep", "analyse", folder, lang=lang).stdout.split())
    note = text("cli.sensitivity.note_sobol_runs", lang, runs=2)
    assert " ".join(note.split()) in said
    assert "my numbers" in said
    found = analyse(folder, ["producers"])
    assert set(found.indices["producers"].table["path"]) == {"my numbers", "constants.forgetting"}
    assert found.spec.runs == 2


def test_numbers_screened_in_groups_move_together(tmp_path):
    spec = {**SPECS["morris"], "vary": {**GAIN, **FORGETTING, **VISITS}, "groups": GROUPS}
    folder = swept(tmp_path / "groups", **spec)
    found = analyse(folder, ["producers"]).tables["producers"]
    assert set(found["path"]) == {"assumed", "sourced", "organisations.*.monitoring_interval"}
    assert text("sensitivity.group.assumed", "en") in call("sweep", "analyse", folder).stdout


# ---------------------------------------------------------------- refused


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("design", ["grid", "lhs", "sobol"])
def test_a_sweep_of_another_design_is_refused(design, lang, tmp_path):
    spec = {"design": design, "points": 4, "vary": GAIN}
    if design == "grid":
        spec = {"vary": {"constants.gain": [0.06, 0.24]}}
    folder = swept(tmp_path / design, **spec)
    told = call("sweep", "analyse", folder, lang=lang, code=2).stderr
    assert text("sensitivity.sweep.design", lang, design=design) in told
    assert str(folder) in told


@pytest.mark.parametrize(("way", "points"), [("morris", 1), ("sobol", 16)])
def test_too_small_a_design_is_refused(way, points, tmp_path):
    folder = swept(tmp_path / way, **{**SPECS[way], "points": points})
    told = call("sweep", "analyse", folder, code=2).stderr
    assert f"has {points} " in told


@pytest.fixture
def place(folders, tmp_path):
    return shutil.copytree(folders["sobol"], tmp_path / "place")


def rows_of(place):
    return next(place.glob("runs/*/c00000000.parquet"))


def test_an_incomplete_sweep_is_refused_with_the_way_to_complete_it(place):
    rows_of(place).unlink()
    told = call("sweep", "analyse", place, code=6).stderr
    assert f"cgsim sweep resume {place}" in told


def test_a_flipped_byte_is_refused(place):
    words = bytearray(rows_of(place).read_bytes())
    words[len(words) // 2] ^= 1
    rows_of(place).write_bytes(words)
    assert "cgsim sweep verify" in call("sweep", "analyse", place, code=6).stderr


def test_a_spec_changed_by_hand_is_refused(place):
    file = place / "sweep.json"
    words = file.read_text(encoding="utf-8")
    file.write_text(words.replace('"seed": 3', '"seed": 4'), encoding="utf-8")
    call("sweep", "analyse", place, code=5)


def test_a_folder_without_a_sweep_is_refused(tmp_path):
    call("sweep", "analyse", tmp_path, code=2)
    call("sweep", "analyse", tmp_path / "nowhere", code=2)


def test_runs_without_a_row_are_no_reason_to_guess(tmp_path):
    # groups larger than the community cannot be: those runs fail
    vary = {"community.people": {"from": 3, "to": 12}, **GAIN}
    folder = swept(tmp_path / "failing", design="morris", points=4, vary=vary)
    with pytest.raises(Halt, match="gave no row") as stopped:
        analyse(folder)
    assert stopped.value.code == 8


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--outcome", "producer"], "--outcome  producer is not an outcome"),
        (["--outcome", "sales"], "--outcome  sales is not among the outcomes that this sweep kept"),
        (["--least", "2"], "--least  needs --against"),
        (["--against", "nowhere"], "nowhere"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_place(words, said, folders):
    assert said in call("sweep", "analyse", folders["sobol"], *words, code=2).stderr


def test_only_sweeps_of_one_design_are_compared(folders):
    told = call("sweep", "analyse", folders["sobol"], "--against", folders["whose"], code=2)
    assert "--against" in told.stderr
    assert "vary, groups" in told.stderr
    told = call("sweep", "analyse", folders["sobol"], "--against", folders["sobol"], code=2)
    assert "same scenario" in told.stderr


def test_the_verb_points_from_a_sweeps_folder_to_its_analysis(folders):
    told = call("sensitivity", folders["sobol"], code=2).stderr
    assert f"cgsim sweep analyse {folders['sobol']}" in told
