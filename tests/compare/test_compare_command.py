"""``cgsim compare`` on the terminal, as JSON, as files; what it refuses."""

from __future__ import annotations

import json
import shlex

import pandas as pd
import pytest
from typer.testing import CliRunner

import cgsim
from cgsim.cli.app import app
from cgsim.cli.words import take_language
from cgsim.language import text
from cgsim.study.compare.comparison import FIGURES, TABLES

FEW = ("--runs", 25, "--months", 24)
TWO = ("sangatta-utara", "recommendation-1")


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("CGSIM_LANG", "en")
    take_language([])


def call(*words, code=0):
    asked = [str(word) for word in words]
    result = CliRunner(env={"COLUMNS": "80"}).invoke(app, asked)
    assert result.exit_code == code, result.output
    return result


FAULTS = [
    (("compare",), "SCENARIO is missing"),
    (("compare", "sangatta-utara"), "a comparison takes from 2 to 12 scenarios; these are 1"),
    (("compare", "sangatta-utara", "recomendation-1"), "Did you mean recommendation-1"),
    (("compare", "sangatta-utara", "mina-bayu-lestari"), "SCENARIO  sangatta-utara has 120 people"),
    (("compare", *TWO, "--runs", 0), "--runs"),
    (("compare", *TWO, "--runs", 200_000), "--runs  so many runs of this length"),
    (("compare", *TWO, "--months", 0), "--months"),
    (("compare", *TWO, "--set", "process.leadershipp=1"), "Did you mean leadership?"),
    (("compare", *TWO, "-o", "x.pdf"), "must end in one of"),
]


@pytest.mark.parametrize(("words", "said"), FAULTS)
def test_a_fault_is_told_with_its_place_and_remedy(words, said):
    result = call(*words, code=2)
    assert said in " ".join(result.stderr.split("\n"))
    assert not result.stdout


@pytest.mark.parametrize("lang", ["en", "id"])
def test_the_answer_stands_above_the_tables(lang, monkeypatch):
    monkeypatch.setenv("CGSIM_LANG", lang)
    take_language([])
    out = call("compare", *TWO, "nobody-monitors", *FEW).stdout
    assert all(len(line.rstrip()) <= 80 for line in out.splitlines())
    said = " ".join(out.split())
    several = text("compare.several", lang, k=2, first="sangatta-utara")
    title = text("compare.table.against", lang, letter="B", name=TWO[1])
    assert said.index(several) < said.index(title)
    for key in ("outcomes", "ranking", "transitions", "money", "price", "medians", "gain"):
        title = text(f"compare.table.title.{key}", lang, letter="B", n="24")
        assert title in said
    for one in ("producers", "market_information", "spent"):
        assert text(f"compare.outcome.{one}.label", lang) in said
    assert text("figure.notice", lang) in said


def test_json_gives_the_same_again_by_its_command():
    told = json.loads(call("compare", *TWO, *FEW, "--json").stdout)
    again = json.loads(call(*shlex.split(told["command"])[1:], "--json").stdout)
    assert again == told
    assert told["pairs"] == 25
    assert told["months"] == 24
    rows = {row["outcome"]: row for row in told["outcomes"]}
    base, more = (
        cgsim.simulate(cgsim.Scenario.load(name).replace(months=24), 25).runs for name in TWO
    )
    difference = (more["producers"] - base["producers"]).mean()
    assert rows["producers"]["mean"] == pytest.approx(difference)
    assert told["verdicts"]["recommendation-1"]["answer"] in ("better", "none", "unclear", "mixed")


def test_a_changed_lever_holds_in_all():
    words = ("--set", "organisations.*.monitoring_interval=1")
    told = json.loads(call("compare", *TWO, *words, *FEW, "--json").stdout)
    assert len({one["scenario_hash"] for one in told["scenarios"]}) == 1
    assert told["verdicts"]["recommendation-1"]["answer"] == "same"


def test_a_shorter_run_leaves_out_what_would_come_later():
    told = json.loads(call("compare", "sangatta-utara", "kpc-leaves", *FEW, "--json").stdout)
    assert told["verdicts"]["kpc-leaves"]["answer"] == "same"


def test_one_pair_has_no_intervals_and_no_verdict():
    told = json.loads(
        call("compare", *TWO, "--runs", 1, "--months", 12, "--json").stdout
    )  # fmt: skip
    assert told["verdicts"]["recommendation-1"]["answer"] == "few"
    assert told["outcomes"][4]["low"] is None
    call("compare", *TWO, "--runs", 1, "--months", 12)


def test_out_and_file_hold_the_same_table(tmp_path):
    place, file = tmp_path / "both", tmp_path / "both.csv"
    call("compare", *TWO, *FEW, "--out", place, "-o", file)
    assert (place / "outcomes.csv").read_bytes() == file.read_bytes()
    names = {one.relative_to(place).as_posix() for one in place.rglob("*") if one.is_file()}
    tables = {f"{name}.{suffix}" for name in TABLES for suffix in ("csv", "parquet")}
    figures = {f"figures/{name}.png" for name in FIGURES}
    scenarios = {"scenario.yaml", "scenario-2.yaml"}
    assert names == tables | figures | scenarios | {"manifest.json"}
    manifest = json.loads((place / "manifest.json").read_text(encoding="utf-8"))
    assert {one["file"] for one in manifest["written"]} == names - {"manifest.json"}
    again = cgsim.Scenario.load(str(place / "scenario-2.yaml"))
    assert manifest["compared_with"] == {"recommendation-1": again.hash}
    runs = pd.read_parquet(place / "runs.parquet")
    assert runs.groupby("scenario")["run"].count().tolist() == [25, 25]
    call("compare", *TWO, *FEW, "-o", file, code=2)
