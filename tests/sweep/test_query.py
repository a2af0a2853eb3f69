"""Questions in SQL: whole files only, nothing written, nothing reached beyond the tables."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys

import pandas as pd
import pytest
from pyarrow import parquet

from cgsim.errors import ScenarioError
from cgsim.language import text
from cgsim.study.sweep import Halt, Spec, query, sweep, tabulate
from tests.sweep.tiny import POINTS, ROOT, RUNS, SPEC, call, files

pytest.importorskip("duckdb")

BOTH = pytest.mark.parametrize("lang", ["en", "id"])
LEVER = '"organisations.*.monitoring_interval"'
COUNT = "SELECT count(*) AS n FROM runs"


def plain(words):
    return " ".join(words.split())


def flip(path):
    """Change one bit within the first column's page."""
    data = bytearray(path.read_bytes())
    data[60] ^= 1
    path.write_bytes(data)


def test_the_tables_are_those_that_the_runs_gave(undisturbed):
    expected = tabulate(Spec.make(SPEC))
    found = query(undisturbed, "SELECT * FROM runs ORDER BY point, run")
    for name in expected:
        words = isinstance(expected[name].dtype, pd.CategoricalDtype)
        expected[name] = expected[name].astype(str) if words else expected[name]
        found[name] = found[name].astype(expected[name].dtype)
    pd.testing.assert_frame_equal(found, expected)
    assert query(undisturbed, "SELECT count(*) AS n FROM months").n[0] == RUNS * 12
    assert query(undisturbed, "SELECT count(*) AS n FROM design").n[0] == POINTS
    joined = (
        f"SELECT count(*) AS n FROM runs r JOIN design d USING (point) WHERE r.{LEVER} = d.{LEVER}"
    )
    assert query(undisturbed, joined).n[0] == RUNS


def test_words_among_a_levers_values_are_told_apart_by_a_cast(undisturbed):
    asked = (
        f"SELECT {LEVER} AS v, TRY_CAST({LEVER} AS DOUBLE) AS n FROM runs GROUP BY ALL ORDER BY 2"
    )
    found = query(undisturbed, asked)
    assert found["v"].tolist() == ["1", "6", "never"]
    assert found["n"].tolist()[:2] == [1.0, 6.0]
    assert found["n"].isna().tolist() == [False, False, True]


def test_sums_are_whole_numbers_and_averages_are_not(undisturbed):
    found = query(undisturbed, "SELECT sum(run) AS s, avg(run) AS a, 1.5 AS d FROM runs")
    assert found.dtypes.astype(str).tolist() == ["int64", "float64", "float64"]
    assert found.iloc[0].tolist() == [POINTS * 6, 1.5, 1.5]
    with pytest.raises(Halt) as told:
        query(undisturbed, "SELECT sum(99999999999999999999::HUGEINT) FROM runs")
    assert told.value.code == 2


def test_asking_changes_no_byte_even_where_no_journal_remembers(folder):
    (folder / "journal.jsonl").unlink()
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert query(folder, COUNT).n[0] == RUNS
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_unfinished_and_foreign_files_are_not_read(folder):
    whole = folder / "runs" / "00000" / "c00000000.parquet"
    for name in (".tmp-host-1-1-c00000001.parquet", "copy.parquet", "c00000099.parquet"):
        (whole.parent / name).write_bytes(whole.read_bytes())
    assert query(folder, COUNT).n[0] == RUNS


@BOTH
def test_an_incomplete_sweep_is_refused_and_the_missing_runs_are_counted(lang, folder):
    (folder / "runs" / "00000" / "c00000002.parquet").unlink()
    told = {"folder": folder, "missing": 6, "runs": RUNS}
    refused = call("sweep", "query", folder, COUNT, code=6, lang=lang)
    assert text("sweep.halt.partial", lang, **told) in plain(refused.stderr)
    assert not refused.stdout
    given = call("sweep", "query", folder, COUNT, "--partial", "--csv", lang=lang)
    assert text("cli.sweep.query.partial", lang, missing=6, runs=RUNS) in plain(given.stderr)
    assert list(csv.reader(io.StringIO(given.stdout))) == [["n"], [str(RUNS - 6)]]
    told = json.loads(call("sweep", "query", folder, COUNT, "--partial", "--json").stdout)
    assert (told["complete"], told["runs_missing"], told["rows"]) == (False, 6, [[RUNS - 6]])


def test_a_sweep_without_any_run_is_refused_even_in_part(tmp_path):
    sweep(SPEC, tmp_path / "s", workers=1, stop_after_runs=0)
    with pytest.raises(Halt) as told:
        query(tmp_path / "s", COUNT, partial=True)
    assert told.value.code == 6


def test_a_table_without_its_months_is_not_half_read(folder):
    (folder / "months" / "00000" / "m00000001.parquet").unlink()
    assert query(folder, COUNT, partial=True).n[0] == RUNS - 6


def test_a_file_that_was_cut_short_counts_as_missing(folder):
    victim = folder / "runs" / "00000" / "c00000003.parquet"
    victim.write_bytes(victim.read_bytes()[:-9])
    assert query(folder, COUNT, partial=True).n[0] == RUNS - 6
    with pytest.raises(Halt, match="6 of 36 runs are missing"):
        query(folder, COUNT)


def test_a_flipped_bit_is_no_answer(folder):
    victim = folder / "runs" / "00000" / "c00000003.parquet"
    data = bytearray(victim.read_bytes())
    column = parquet.read_metadata(victim).row_group(0).column(_place("producers", victim))
    start = column.dictionary_page_offset or column.data_page_offset
    data[start + column.total_compressed_size - 1] ^= 1
    victim.write_bytes(data)
    with pytest.raises(Halt) as told:
        query(folder, "SELECT avg(producers) FROM runs")
    assert told.value.code == 6
    assert "runs/00000/c00000003.parquet" in str(told.value)
    assert "verify" in str(told.value)


def test_a_torn_file_of_the_right_size_is_named(folder):
    victim = folder / "runs" / "00000" / "c00000003.parquet"
    victim.write_bytes(bytes(victim.stat().st_size))
    with pytest.raises(Halt, match=r"runs/00000/c00000003\.parquet") as told:
        query(folder, "SELECT avg(producers) FROM runs")
    assert told.value.code == 6


def test_a_word_in_a_message_is_no_interruption(undisturbed):
    with pytest.raises(Halt) as told:
        query(undisturbed, "SELECT interrupted FROM runs")
    assert told.value.code == 2


def _place(column, path):
    return parquet.read_schema(path).names.index(column)


@pytest.mark.parametrize(
    "asked",
    ["SELECT * FROM '{file}'", "SELECT * FROM read_parquet('{file}')",
     "SELECT * FROM read_text('{file}')", "SELECT * FROM glob('/*')",
     "COPY runs TO '{out}'", "ATTACH '{out}'", "INSTALL httpfs", "LOAD httpfs",
     "SET enable_external_access = true", "CREATE TABLE t AS SELECT 1", "DROP VIEW runs",
     "SELECT 1; SELECT 2", "EXPLAIN SELECT 1", "", "SELECT * FROM 'https://example.org/x.csv'",
     "SELECT * FROM folder", "SELECT nothing FROM runs", "SELEC 1",
     "SELECT CAST('x' AS INTEGER) FROM runs"],
)  # fmt: skip
def test_a_query_reaches_nothing_but_the_tables(asked, undisturbed, tmp_path, expected):
    out = tmp_path / "out"
    words = asked.format(file=undisturbed / "design.parquet", out=out)
    shown = call("sweep", "query", undisturbed, words, code=2)
    assert shown.stderr.strip()
    assert not shown.stdout
    assert not out.exists()
    assert files(undisturbed) == expected


def test_an_unknown_column_is_told_with_those_that_are_near(undisturbed):
    shown = call("sweep", "query", undisturbed, "SELECT producer FROM runs", code=2, lang="id")
    assert "producers" in shown.stderr
    assert text("sweep.halt.sql", "id", why="")[:20] in shown.stderr


@BOTH
def test_the_table_fits_and_says_what_it_leaves_out(lang, undisturbed, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    shown = call("sweep", "query", undisturbed, "FROM months", lang=lang).stdout
    assert text("cli.sweep.query.more", lang, n=40) in plain(shown)
    shown = call("sweep", "query", undisturbed, "FROM runs LIMIT 3", lang=lang).stdout
    assert max(map(len, shown.splitlines())) <= 80
    width = len(query(undisturbed, "FROM runs LIMIT 1").columns)
    assert f"{width}" in shown.splitlines()[-1]
    shown = call("sweep", "query", undisturbed, "SELECT 1.25 AS a, true AS b", lang=lang).stdout
    assert ("1.250" if lang == "en" else "1,250") in shown
    assert text("varied.true", lang) in shown
    shown = call("sweep", "query", undisturbed, "SELECT 1 WHERE false", lang=lang).stdout
    assert text("cli.sweep.query.empty", lang) in shown


def test_csv_json_and_files_hold_all_rows(undisturbed, tmp_path):
    asked = f"SELECT point, run, {LEVER}, cluster_index, months_to_active FROM runs"
    expected = query(undisturbed, asked)
    words = call("sweep", "query", undisturbed, asked, "--csv").stdout
    assert len(list(csv.reader(io.StringIO(words)))) == RUNS + 1
    types = {LEVER.strip('"'): str}
    told = json.loads(call("sweep", "query", undisturbed, asked, "--json").stdout)
    assert told["columns"] == list(expected)
    assert told["rows"][5][3] == expected["cluster_index"][5]
    for name in ("rows.csv", "rows.csv.gz", "rows.parquet"):
        path = tmp_path / "new" / name
        call("sweep", "query", undisturbed, asked, "-o", path)
        read = pd.read_parquet(path) if name.endswith("parquet") else pd.read_csv(path, dtype=types)
        pd.testing.assert_frame_equal(read, expected, check_exact=True, check_dtype=False)
        before = path.read_bytes()
        call("sweep", "query", undisturbed, COUNT, "-o", path, code=2)
        assert path.read_bytes() == before
        call("sweep", "query", undisturbed, asked, "-o", path, "--force")
        assert path.read_bytes() == before
    assert sorted(one.name for one in (tmp_path / "new").iterdir()) == [
        "rows.csv", "rows.csv.gz", "rows.parquet",
    ]  # fmt: skip


def test_what_cannot_be_written_leaves_nothing_behind(undisturbed, tmp_path):
    asked = "SELECT [1, 2] AS list"
    call("sweep", "query", undisturbed, asked, "-o", tmp_path / "a.csv", code=2)
    call("sweep", "query", undisturbed, asked, "--csv", code=2)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    call("sweep", "query", undisturbed, COUNT, "-o", tmp_path / "file" / "a.csv", code=4)
    assert [one.name for one in tmp_path.iterdir()] == ["file"]
    told = json.loads(call("sweep", "query", undisturbed, asked, "--json").stdout)
    assert told["rows"] == [[[1, 2]]]
    call("sweep", "query", undisturbed, COUNT, "--csv", "--json", code=2)


@pytest.mark.parametrize("read", ["much", "2", "-1GB", "2GB; SELECT 1", "2 parsecs"])
def test_memory_is_an_amount(read, undisturbed):
    assert "--memory" in call("sweep", "query", undisturbed, COUNT, "--memory", read, code=2).stderr
    with pytest.raises(ScenarioError):
        query(undisturbed, COUNT, memory_limit=read)


def test_a_query_beyond_its_memory_uses_a_folder_or_says_so(undisturbed):
    numbers = "range(3000000) AS t(i)"
    spilt = query(
        undisturbed, f"SELECT i FROM {numbers} ORDER BY i * 7919 % 3000017 DESC LIMIT 2000000",
        memory_limit="40MB",
    )  # fmt: skip
    assert len(spilt) == 2_000_000
    with pytest.raises(Halt) as told:
        query(undisturbed, f"SELECT list(i) FROM {numbers}", memory_limit="10MB")
    assert told.value.code == 2
    assert "--memory" in str(told.value)


def test_failed_runs_are_said(folder):
    call("sweep", "query", folder, COUNT)
    name = folder / "failed" / "00000" / "f00000000.json"
    name.parent.mkdir(parents=True)
    name.write_text('[{"point": 0, "run": 0, "why": {}}]', encoding="utf-8")
    told = text("cli.sweep.end.failures", "en", n=1, folder=folder)
    assert told in plain(call("sweep", "query", folder, COUNT).stderr)


def test_a_changed_design_is_refused(folder):
    flip(folder / "design.parquet")
    with pytest.raises(Halt) as told:
        query(folder, COUNT)
    assert told.value.code == 5


def test_what_a_program_prints_can_be_read_by_the_next(undisturbed):
    words = [sys.executable, "-m", "cgsim", "sweep", "query", undisturbed, "FROM months", "--csv"]
    done = subprocess.run(
        words, capture_output=True, check=True, cwd=ROOT, env={**os.environ, "PYTHONUTF8": "1"}
    )
    assert len(done.stdout.splitlines()) == RUNS * 12 + 1
    assert done.stderr == b""


def test_a_long_list_of_words_is_read_whole_over_all_chunks(tmp_path):
    values = ["never", *range(1, 101)]
    many = {
        **SPEC, "length": 1, "chunk": 50, "runs": 1, "outcomes": ["producers"], "months": False,
        "vary": {"organisations.*.monitoring_interval": values},
    }  # fmt: skip
    sweep(many, tmp_path / "s", workers=1)
    found = query(tmp_path / "s", f"SELECT {LEVER} AS v FROM runs ORDER BY point")
    assert found["v"].tolist() == [str(value) for value in values]
