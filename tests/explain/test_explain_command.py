"""``cgsim explain``: tables, documents, files and faults."""

from __future__ import annotations

import json
import shlex

import pandas as pd
import pytest

from cgsim.cli.words import take_language
from cgsim.language import text
from tests.explain.asking import call

ASKED = [
    ("--who", 105, "--lever", "organisations.*.visits", "--against", "recommendation-1"),
    (),
    ("--runs", 3),
]
SEED = ("--seed", 7)


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("lang", ["en", "id"])
def test_the_answer_stands_above_the_tables_within_80_columns(asked, lang, monkeypatch):
    monkeypatch.setenv("CGSIM_LANG", lang)
    take_language([])
    out = call("explain", "sangatta-utara", *SEED, *asked).stdout
    lines = out.splitlines()
    assert all(len(line) <= 80 for line in lines if "cgsim explain" not in line)
    said = " ".join(out.split())
    assert text("figure.notice", lang) in said
    kind = "person" if "--who" in asked else "leavings" if "--runs" in asked else "run"
    assert text(f"explain.heading.{kind}", lang, who=105) in said


def test_the_command_of_a_document_gives_the_same_document_again():
    for asked in (("--who", 105, "--month", 100, "--set", "process.leadership=0.7"), ("--run", 2)):
        told = json.loads(call("explain", "sangatta-utara", *SEED, *asked, "--json").stdout)
        again = json.loads(call(*shlex.split(told["command"])[1:], "--json").stdout)
        assert again == told


def test_out_and_file_hold_the_same_table(tmp_path):
    place, file = tmp_path / "why", tmp_path / "why.csv"
    words = ("--who", 105, "--lever", "visits", "--out", place, "-o", file)
    call("explain", "sangatta-utara", *SEED, *words)
    assert (place / "life.csv").read_bytes() == file.read_bytes()
    names = {one.relative_to(place).as_posix() for one in place.rglob("*") if one.is_file()}
    tables = ("life", "at_the_moment", "through_the_world")
    assert names == {
        *(f"{name}.{end}" for name in tables for end in ("csv", "parquet")),
        "figures/explain.png", "scenario.yaml", "manifest.json",
    }  # fmt: skip
    assert json.loads((place / "manifest.json").read_text())["person"] == 105


@pytest.mark.parametrize("asked", [(), ("--runs", 2)])
def test_a_folder_holds_every_table_of_a_run_and_of_leavings(asked, tmp_path):
    call("explain", "nobody-monitors", *asked, "--out", tmp_path / "why")
    first = "shares" if asked else "months"
    assert len(pd.read_parquet(tmp_path / "why" / f"{first}.parquet")) > 50


CALLS = [
    (("--who", "x"), "whole number from 0"),
    (("--who", 300), "--who  there is no person 300"),
    (("--who", 105, "--month", 60), "nearest month: 41"),
    (("--who", 105, "--against", "nowhere"), "no shipped scenario nowhere"),
    (("--who", 105, "--lever", "visitss"), "--lever  no lever matches visitss"),
    (("--month", 3), "--month  needs --who"),
    (("--runs", 0), "whole number from 1"),
    (("-o", "why.txt"), ".csv"),
]


@pytest.mark.parametrize(("asked", "words"), CALLS)
def test_a_fault_is_told_with_its_option_and_remedy(asked, words):
    result = call("explain", "sangatta-utara", *SEED, *asked, code=2)
    assert words in " ".join(result.stderr.split("\n"))
    assert not result.stdout
