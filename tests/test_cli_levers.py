"""``cgsim levers``, and that no command's results take the place of another's."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import cgsim
from cgsim.cli.app import app
from cgsim.cli.words import take_language
from cgsim.parameters import BY_PATH, PLAN


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("CGSIM_LANG", "en")
    take_language([])


def invoke(*words):
    return CliRunner(env={"COLUMNS": "80"}).invoke(app, list(words))


def test_levers_lists_every_lever_with_unit_bounds_value_and_source():
    told = json.loads(invoke("levers", "--json").stdout)
    assert {one["path"] for one in told} == {
        *BY_PATH, *(f"organisations.*.{name}" for name in PLAN)
    }  # fmt: skip
    by_path = {one["path"]: one for one in told}
    wage = by_path["market.minimum_wage"]
    assert (wage["default"], wage["source"], wage["assumed"]) == (3.356, "N1", False)
    assert by_path["organisations.*.monitoring_interval"]["default"] == "never"
    assert all(one["label"] and one["help"] and one["allowed"] for one in told)


def test_levers_finds_by_part_of_a_name_and_suggests_the_nearest():
    shown = invoke("levers", "monitoring").stdout
    assert "organisations.*.monitoring_interval" in shown
    assert "value never · whole months from 1 to 240, or never" in " ".join(shown.split())
    wrong = invoke("levers", "vsits")
    assert (wrong.exit_code, wrong.stderr) == (
        2, "levers  no lever has vsits in its name. Did you mean visits?\n"
    )  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "id"])
def test_a_command_that_an_error_names_is_there(lang):
    files = sorted((Path(cgsim.__file__).parent / "language" / lang).glob("*.yaml"))
    words = "".join(file.read_text(encoding="utf-8") for file in files)
    named = set(re.findall(r"\(cgsim ([a-z]+)", words))
    verbs = set(re.findall(r"^  ([a-z]+) ", invoke("--help").stdout, re.MULTILINE))
    assert named <= verbs


def test_results_of_another_command_are_not_replaced_unasked(tmp_path):
    out = str(tmp_path / "mine")
    first = ("run", "neither", "--runs", "2", "--months", "12", "--out", out)
    other = ("run", "nobody-monitors", "--runs", "2", "--months", "12", "--out", out)
    assert invoke(*first).exit_code == 0
    assert invoke(*first).exit_code == 0  # the same once more is fine
    refused = invoke(*other)
    assert refused.exit_code == 2
    assert "holds the results of cgsim run neither --runs 2" in refused.stderr
    manifest = json.loads((tmp_path / "mine" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["scenario"] == "neither"
    assert invoke(*other, "--force").exit_code == 0


@pytest.mark.parametrize(
    ("asked", "meant"),
    [("mine", "mine.yaml"), ("mine.yml", "mine.yaml"), ("mime.yaml", "mine.yaml")],
)
def test_a_file_nearly_named_is_suggested(tmp_path, monkeypatch, asked, meant):
    (tmp_path / "mine.yaml").write_text("extends: sangatta-utara\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    wrong = invoke("run", asked)
    assert wrong.exit_code == 2
    assert f"Did you mean {meant}?" in wrong.stderr


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("foo=1", "foo is not a lever. (cgsim levers)"),
        ("leadership=0.8", "Did you mean process.leadership?"),
        ("proces.leadershp=0.8", "Did you mean process.leadership?"),
        ("kpc.visits=3", "Did you mean organisations.kpc.visits?"),
        ("monitoring_intervall=1", "Did you mean organisations.*.monitoring_interval?"),
    ],
)
def test_a_misnamed_lever_is_told_the_nearest_lever(setting, told):
    wrong = invoke("run", "sangatta-utara", "--set", setting)
    assert wrong.exit_code == 2
    assert wrong.stderr.startswith("--set  ")
    assert told in wrong.stderr
