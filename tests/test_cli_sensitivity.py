"""``cgsim sensitivity``: its tables, files, words and refusals."""

from __future__ import annotations

import json
import shlex

import pandas as pd
import pytest
from typer.testing import CliRunner

from cgsim.cli.app import app
from cgsim.language import text

FEW = ["--levers", "monitoring_interval", "--levers", "constants.gain"]
MORRIS = ["sangatta-utara", *FEW, "--points", "3", "--runs", "2"]
SOBOL = ["sangatta-utara", *FEW, "--method", "sobol", "--points", "32"]
WHOSE = ["sangatta-utara", "--whose", "--points", "32", "--levers", "constants.gain",
         "--levers", "constants.forgetting"]  # fmt: skip
WAYS = {"morris": MORRIS, "sobol": SOBOL, "whose": WHOSE}


def call(*words, lang="en", code=0):
    runner = CliRunner(env={"COLUMNS": "80", "CGSIM_LANG": lang})
    result = runner.invoke(app, ["sensitivity", *map(str, words)])
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("way", WAYS)
def test_tables_stand_within_80_columns_in_both_languages(way, lang):
    said = call(*WAYS[way], lang=lang).stdout
    assert max(map(len, said.splitlines())) <= 80
    words = " ".join(said.split())
    assert " ".join(text("figure.notice", lang).split()) in words
    assert text("lever.constants.gain.label", lang) in words
    assert "constants.gain" in said
    for name in ("producers", "cluster_index", "dynamic"):
        assert text(f"sensitivity.outcome.{name}", lang) in said


@pytest.mark.parametrize("lang", ["en", "id"])
def test_whose_number_it_is_is_said_in_a_sentence(lang):
    told = json.loads(call(*WHOSE, "--json", lang=lang).stdout)
    said = " ".join(told["sentences"]["producers"])
    groups = {row["path"]: row for row in told["groups"] if row["outcome"] == "producers"}
    assert set(groups) == {"assumed", "sourced", "luck"}
    luck = min(100, round(100 * groups["luck"]["total"]))
    assert f"{luck} %" in said
    ranked = [row["path"] for row in told["information"] if row["outcome"] == "producers"]
    assert sorted(ranked) == ["constants.forgetting", "constants.gain"]


def test_the_document_says_what_was_varied_and_how_to_get_it_again():
    told = json.loads(call(*MORRIS, "--json", "--outcome", "producers").stdout)
    varied = {axis["path"]: axis for axis in told["varied"]}
    assert varied["organisations.*.monitoring_interval"]["values"] == [1, 2, 3, 6, 12, "never"]
    assert varied["constants.gain"] == {"path": "constants.gain", "from": 0.06, "to": 0.24}
    assert told["outcomes"] == ["producers"]
    again = shlex.split(told["command"])
    assert again[:2] == ["cgsim", "sensitivity"]
    assert json.loads(call(*again[2:], "--json").stdout) == told


def test_a_folder_holds_tables_and_figures(tmp_path):
    folder = tmp_path / "found"
    call(*WHOSE, "--outcome", "producers", "--against", "recommendation-1", "--out", folder)
    names = {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}
    assert names == {
        "groups.csv", "groups.parquet", "information.csv", "information.parquet",
        "scenario.yaml", "manifest.json", "figures/whose_producers.png",
        "figures/survey_producers.png", "figures/scatter_producers.png",
    }  # fmt: skip
    assert {"worth", "worth_low"} <= set(pd.read_csv(folder / "information.csv").columns)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert "--against recommendation-1" in manifest["command"]


@pytest.mark.parametrize("way", ["morris", "sobol"])
def test_every_method_draws_a_tornado_and_a_scatter(tmp_path, way):
    folder = tmp_path / way
    call(*WAYS[way], "--outcome", "producers", "--out", folder, lang="id")
    names = {one.name for one in (folder / "figures").iterdir()}
    assert names == {"tornado_producers.png", "scatter_producers.png"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--method", "moris"], "--method  moris is not a method: morris or sobol. Did you mean"),
        (["--method", "sobol", "--whose"], "--whose has a method of its own"),
        (["--whose", "--runs", "3"], "--runs  only morris takes runs"),
        (["--least", "2"], "--least  needs --whose and --against"),
        (["--whose", "--against", "neither", "--least", "much"], "--least  needs"),
        (["--levers", "constants.gian"], "--levers  constants.gian fits no lever"),
        (["--outcome", "producer"], "--outcome  producer is not an outcome"),
        (["--outcome", ","], "--outcome  names no outcome"),
        (["--method", "sobol", "--levers", "gain", "--points", "100"],
         "--points  100: must be a power of two from 32 on, for example 64 or 128"),
        (["--points", "1"], "--points  1: a screening needs 2 trajectories"),
        (["--points", "0"], "--points  0 must be a whole number"),
        (["--against", "sangatta-utara"], "--against  names the scenario"),
        (["--against", "recommendation-9"], "recommendation-9"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_at_its_place(words, said):
    assert said in call("sangatta-utara", *words, code=2).output
