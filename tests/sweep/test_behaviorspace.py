"""Runs in the form of NetLogo's BehaviorSpace: its lines before, its quotes, every number."""

from __future__ import annotations

import csv
import gzip

import pandas as pd
import pytest

import cgsim
from cgsim.language import text
from cgsim.study.sweep import export, query
from tests.sweep.tiny import POINTS, RUNS, call

LEVERS = ["organisations.*.monitoring_interval", "community.persistence.mean"]
BOTH = pytest.mark.parametrize("lang", ["en", "id"])


def lines(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def assert_begins_as_netlogo_has_it(path, model, experiment):
    raw = path.read_text(encoding="utf-8").splitlines()
    assert raw[:7] == [
        f'"BehaviorSpace results (cgsim {cgsim.__version__})"',
        f'"{model}.yaml"',
        f'"{experiment}"',
        '"01/01/1970 00:00:00:000 +0000"',
        '"min-pxcor","max-pxcor","min-pycor","max-pycor"',
        '"0","0","0","0"',
        ",".join(f'"{name}"' for name in lines(path)[6]),
    ]
    for row in raw[7:]:
        assert all(cell == "" or cell[0] == cell[-1] == '"' for cell in row.split(","))


def test_a_sweep_comes_with_a_row_a_run(undisturbed, tmp_path):
    made = export(undisturbed, tmp_path / "t.csv", form="behaviorspace")
    assert_begins_as_netlogo_has_it(made.path, "sangatta-utara", "sweep")
    found = pd.read_csv(made.path, skiprows=6, dtype={LEVERS[0]: str})
    assert list(found.columns[:5]) == ["[run number]", *LEVERS, "run", "[step]"]
    assert list(found["[run number]"]) == list(range(1, RUNS + 1))
    assert set(found["[step]"]) == {12}
    runs = query(undisturbed, "SELECT * FROM runs ORDER BY point, run")
    for name in [*LEVERS, "run", "producers", "cluster_index", "months_to_active", "end_state"]:
        pd.testing.assert_series_equal(found[name], runs[name], check_exact=True, check_dtype=False)
    assert made.rows == RUNS


def test_a_sweep_comes_with_a_row_a_run_and_step(undisturbed, tmp_path):
    made = export(undisturbed, tmp_path / "t.csv.gz", form="behaviorspace", table="months")
    again = export(undisturbed, tmp_path / "u.csv.gz", form="behaviorspace", table="months")
    assert made.path.read_bytes() == again.path.read_bytes()
    with gzip.open(made.path, "rt", encoding="utf-8") as file:
        found = pd.read_csv(file, skiprows=6, dtype={LEVERS[0]: str})
    expected = query(
        undisturbed,
        "SELECT r.*, m.month, m.producers AS p, m.trust AS t FROM months m JOIN runs r"
        " ON r.point = m.point AND r.run = m.run ORDER BY m.point, m.run, m.month",
    )
    assert list(found.columns) == [
        "[run number]", *LEVERS, "run", "[step]", "producers", "trust",
    ]  # fmt: skip
    assert len(found) == RUNS * 12
    assert found["[run number]"].nunique() == POINTS * 4
    for name, other in zip([*LEVERS, "producers", "trust"], [*LEVERS, "p", "t"], strict=True):
        assert list(found[name]) == list(expected[other])
    assert list(found["[step]"]) == list(expected["month"] + 1)


def test_it_is_asked_for_by_name_and_has_no_design(undisturbed, tmp_path):
    out = tmp_path / "t.csv"
    words = ("sweep", "export", undisturbed, "-o", out, "--form", "behaviorspace")
    call(*words)
    assert lines(out)[0][0].startswith("BehaviorSpace results")
    call(*words, "--force", "--table", "design", code=2)
    words = ("sweep", "export", undisturbed, "-o", tmp_path / "t.parquet")
    call(*words, "--form", "behaviorspace", code=2)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kept") / "led"
    call("run", "neither", "--runs", 2, "--months", 12, "--set", "process.leadership=0.9",
         "--set", "organisations.*.monitoring_interval=never", "--out", folder)  # fmt: skip
    return folder


def test_a_folder_of_results_comes_with_what_was_changed(kept, tmp_path):
    out = tmp_path / "t.csv"
    call("export", kept, "-o", out)
    assert_begins_as_netlogo_has_it(out, "neither", "led")
    found, months = pd.read_csv(out, skiprows=6), pd.read_parquet(kept / "months.parquet")
    assert list(found.columns[:6]) == [
        "[run number]", "process.leadership", LEVERS[0], "seed", "run", "[step]",
    ]  # fmt: skip
    assert set(found["process.leadership"]) == {0.9}
    assert set(found[LEVERS[0]]) == {"never"}
    assert list(found["[step]"]) == list(months["month"] + 1)
    assert list(found["cluster_index"]) == list(months["cluster_index"])
    assert list(found["state"]) == list(months["state"])
    assert len(found.columns) - 6 == len(months.columns) - 2


def test_a_folder_of_results_comes_with_a_row_a_run_too(kept, tmp_path):
    out = tmp_path / "t.csv.gz"
    call("export", kept, "-o", out, "--table", "runs")
    with gzip.open(out, "rt", encoding="utf-8") as file:
        found = pd.read_csv(file, skiprows=6)
    assert list(found["[run number]"]) == [1, 2]
    assert list(found["[step]"]) == [12, 12]
    assert found["months_to_dynamic"].isna().all()


@BOTH
def test_what_cannot_be_exported_is_said(lang, kept, tmp_path):
    told = call("export", kept, "-o", tmp_path / "t.csv", "--table", "people", code=2, lang=lang)
    assert "runs, months" in told.stderr
    told = call("export", tmp_path / "none", "-o", tmp_path / "t.csv", code=2, lang=lang)
    assert "none" in told.stderr
    (tmp_path / "t.csv").write_text("old", encoding="utf-8")
    told = call("export", kept, "-o", tmp_path / "t.csv", code=2, lang=lang)
    expected = text("cli.error.taken", lang, file=tmp_path / "t.csv")
    assert "".join(expected.split()) in "".join(told.stderr.split())
    assert (tmp_path / "t.csv").read_text(encoding="utf-8") == "old"
