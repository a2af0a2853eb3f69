"""A study's folder is made once more by its own command, and every table compared."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pandas as pd
import pytest
import typer
from typer.testing import CliRunner

from cgsim.cli.app import app
from cgsim.cli.rerun_study import kept_scenarios
from cgsim.cli.words import take_language
from cgsim.language import text
from cgsim.scenario import Scenario
from cgsim.study.kept import digest
from cgsim.study.rerun import read_kept
from cgsim.study.rerun_study import read_study
from cgsim.study.sweep import sweep

LANGUAGES = ("en", "id")
TINY = ["--set", "community.people=12", "--set", "community.group_size=4"]

SMALL = {
    "map": ["map", "SCENARIO", *TINY, "--runs", 2, "--months", 12,
            "--x", "process.leadership=0.2,0.8", "--y", "process.ground_rules=0.2,0.8"],
    "ramp": ["ramp", "SCENARIO", *TINY, "--runs", 2, "--lever", "process.leadership",
             "--values", "0.2,0.8", "--hold", 2],
    "morris": ["sensitivity", "SCENARIO", *TINY, "--levers", "constants.gain", "--points", 2,
               "--runs", 2, "--outcome", "producers"],
    "sobol": ["sensitivity", "SCENARIO", *TINY, "--method", "sobol", "--levers", "constants.gain",
              "--points", 32, "--outcome", "producers"],
    "whose": ["sensitivity", "SCENARIO", *TINY, "--whose", "--against", "persistent-trainees",
              "--levers", "constants.gain", "--levers", "constants.forgetting", "--points", 32,
              "--outcome", "producers"],
}  # fmt: skip
"""Commands that write a study; whoever adds a verb with ``--out DIR`` adds a line."""


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("CGSIM_LANG", "en")
    take_language([])


def call(*words, code=0):
    result = CliRunner(env={"COLUMNS": "80"}).invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Folders of all studies, from a scenario's file that is gone since."""
    place = tmp_path_factory.mktemp("studies")
    file = place / "mine.yaml"
    file.write_text("extends: sangatta-utara\nset: {process.leadership: 0.7}\n", encoding="utf-8")
    for name, words in SMALL.items():
        call(*[file if word == "SCENARIO" else word for word in words], "--out", place / name)
    file.unlink()
    spec = {"scenario": "sangatta-utara", "set": {"community.people": 12,
            "community.group_size": 4}, "design": "morris", "points": 2, "runs": 2,
            "vary": {"constants.gain": {"from": 0.06, "to": 0.24}}}  # fmt: skip
    sweep(spec, place / "sweep", workers=2)
    call("sweep", "analyse", place / "sweep", "--outcome", "producers", "--out", place / "analyse")
    return place


@pytest.fixture
def place(home, tmp_path):
    return shutil.copytree(home / "map", tmp_path / "copy")


def rewrite(place, change):
    file = place / "manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8"))
    change(manifest)
    file.write_text(json.dumps(manifest), encoding="utf-8")


def forge(place, name, change):
    """Change a table, and let the manifest say that it was always so."""
    file = place / f"{name}.parquet"
    table = pd.read_parquet(file)
    change(table)
    table.to_parquet(file, index=False)

    def told(manifest):
        entry = next(one for one in manifest["written"] if one["file"] == file.name)
        entry["digest"] = digest(file)

    rewrite(place, told)


@pytest.mark.parametrize("name", [*SMALL, "analyse"])
def test_a_study_comes_back_the_same_without_the_file_it_started_from(home, name):
    told = json.loads(call("rerun", home / name, "--json").stdout)
    assert told["same"] is True
    assert told["differences"] == []
    files = {one.stem for one in (home / name).glob("*.parquet")}
    assert set(told["tables"]) == files
    assert all(one["rows"] > 0 for one in told["tables"].values())


def test_each_scenario_that_a_folder_keeps_takes_the_place_of_the_one_asked_for(place, tmp_path):
    (place / "scenario-2.yaml").write_text("extends: neither\n", encoding="utf-8")
    aside = tmp_path / "aside"
    aside.mkdir()
    asked = ["gone/mine.yaml", "neither", "kpc-leaves"]
    first, second, third = kept_scenarios(read_study(place), asked, aside)
    assert third == "kpc-leaves"  # none is kept
    cases = [Scenario.load(one) for one in (first, second)]
    assert [case.name for case in cases] == ["mine", "neither"]
    assert cases[0].hash == Scenario.load(place / "scenario.yaml").hash
    assert cases[1].hash == Scenario.load("neither").hash


def test_a_changed_second_scenario_is_refused(place):
    (place / "scenario-2.yaml").write_text("extends: neither\n", encoding="utf-8")
    entry = {"file": "scenario-2.yaml", "digest": digest(place / "scenario-2.yaml")}
    rewrite(place, lambda told: told["written"].append(entry))
    call("rerun", place)
    (place / "scenario-2.yaml").write_text("extends: kpc-leaves\n", encoding="utf-8")
    assert text("error.rerun.changed", "en") in call("rerun", place, code=2).stderr


@pytest.mark.parametrize("lang", LANGUAGES)
def test_only_what_was_compared_is_printed(home, lang):
    shown = call("rerun", home / "whose", "--lang", lang, "--threads", 1).stdout
    assert text("cli.rerun.same", lang) in shown
    assert "cgsim sensitivity" in shown
    assert text("figure.notice", lang)[:30] not in shown
    assert {line.split()[0] for line in shown.splitlines()[3:5]} == {"groups", "information"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_last_bit_is_found_in_its_column_and_row(place, lang):
    def change(table):
        table.loc[3, "share"] = np.nextafter(table.loc[3, "share"], 2.0)

    forge(place, "map", change)
    (one,) = json.loads(call("rerun", place, "--json", code=1).stdout)["differences"]
    assert (one["table"], one["column"], one["rows"], one["first"]) == ("map", "share", 1, 3)
    shown = " ".join(call("rerun", place, "--lang", lang, code=1).stdout.split())
    assert text("cli.rerun.differs", lang) in shown
    assert text("cli.rerun.here_study", lang) in shown


def test_a_table_that_is_made_no_longer_or_newly_is_a_difference(place):
    def other(manifest):
        entry = next(one for one in manifest["written"] if one["file"] == "map.parquet")
        entry["file"] = "plan.parquet"

    (place / "map.parquet").rename(place / "plan.parquet")
    rewrite(place, other)
    told = json.loads(call("rerun", place, "--json", code=1).stdout)["differences"]
    assert {one["table"] for one in told} == {"map", "plan"}


def test_other_versions_are_told_as_what_may_be_why(place):
    rewrite(place, lambda manifest: manifest["versions"].update(numpy="1.0"))
    shown = call("rerun", place).stdout
    assert text("cli.rerun.elsewhere_same", "en") in shown
    assert "then 1.0, now " in shown


def flip_a_bit(place):
    words = bytearray((place / "map.parquet").read_bytes())
    words[len(words) // 2] ^= 1
    (place / "map.parquet").write_bytes(words)


def change_scenario(place):
    file = place / "scenario.yaml"
    words = file.read_text(encoding="utf-8")
    assert "leadership: 0.7" in words
    file.write_text(words.replace("leadership: 0.7", "leadership: 0.6"), encoding="utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_changed_since_is_refused_all_at_once(place, lang):
    flip_a_bit(place)
    change_scenario(place)
    told = call("rerun", place, "--lang", lang, code=2).stderr
    assert text("error.rerun.changed", lang) in told
    assert len(told.splitlines()) == 2


def test_a_table_outside_the_folder_is_none_of_its_tables(place):
    rewrite(place, lambda told: told["written"][0].update(file="../map.parquet"))
    assert text("error.rerun.torn", "en") in call("rerun", place, code=2).stderr


COMMANDS = [
    "cgsim new mine --force",
    "cgsim sweep run spec.yaml -o results",
    "cgsim questionnaire -o q.xlsx",
    "cgsim dance",
    "rm -r results --out x",
    "cgsim map 'unclosed",
    "cgsim sweep",
    "cgsim map --help",
    "cgsim map sangatta-utara -o map.csv --force",
    "",
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS)
def test_no_other_command_is_carried_out_whatever_a_manifest_says(
    place, tmp_path, monkeypatch, command, lang
):
    monkeypatch.chdir(tmp_path)
    rewrite(place, lambda manifest: manifest.update(command=command))
    result = call("rerun", place, "--lang", lang, code=2)
    assert text("error.rerun.study", lang, command=command) in result.stderr
    assert result.stdout == ""
    assert [one.name for one in tmp_path.iterdir()] == ["copy"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_command_that_this_version_does_not_take_is_said_to_be_so(place, lang):
    rewrite(place, lambda told: told.update(command=told["command"] + " --colour blue"))
    told = call("rerun", place, "--lang", lang, code=2).stderr
    assert "--colour" in told
    assert text("error.rerun.untaken", lang, command="|", why="|").split("|")[0] in told


def test_what_the_command_names_and_is_gone_is_said_in_its_words(home, tmp_path):
    copy = shutil.copytree(home / "analyse", tmp_path / "copy")
    rewrite(copy, lambda told: told.update(command=f"cgsim sweep analyse {tmp_path}/gone"))
    told = call("rerun", copy, code=2).stderr
    assert "holds no sweep" in told


def test_a_study_from_another_scenario_is_not_compared(home, tmp_path):
    copy = shutil.copytree(home / "analyse", tmp_path / "copy")
    spec = {"scenario": "neither", "design": "morris", "points": 2, "runs": 2, "length": 12,
            "vary": {"constants.gain": {"from": 0.06, "to": 0.24}}}  # fmt: skip
    sweep(spec, tmp_path / "other", workers=2)
    rewrite(copy, lambda told: told.update(command=f"cgsim sweep analyse {tmp_path}/other"))
    told = call("rerun", copy, code=2).stderr
    assert "starts from another scenario" in told


def test_a_sweep_is_sent_to_its_own_verification(home):
    told = call("rerun", home / "sweep", code=2).stderr
    assert f"cgsim sweep verify {home / 'sweep'} --deep" in told


def test_runs_are_not_read_from_a_study(home):
    with pytest.raises(ValueError, match="carried out again by itself"):
        read_kept(home / "map")


def test_a_command_that_leaves_with_a_code_of_its_own_is_compared_all_the_same(place, monkeypatch):
    from cgsim.cli import map as verb

    made = verb.draw_map

    def leaving(*asked):
        made(*asked)
        raise typer.Exit(1)

    monkeypatch.setattr(verb, "draw_map", leaving)
    assert json.loads(call("rerun", place, "--json").stdout)["same"] is True
