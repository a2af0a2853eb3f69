"""One file of a sweep's table: all rows, whole or not at all, however large it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile

import numpy as np
import pandas as pd
import pytest

from cgsim.language import text
from cgsim.study.sweep import Halt, compact, experiments_outcomes, export, query, sweep
from tests.sweep.tiny import POINTS, ROOT, RUNS, SPEC, call

LEVER = "organisations.*.monitoring_interval"
BOTH = pytest.mark.parametrize("lang", ["en", "id"])


def read(path):
    if path.name.endswith(".parquet"):
        return pd.read_parquet(path)
    return pd.read_csv(path, dtype={LEVER: str}, keep_default_na=True)


@pytest.mark.parametrize("name", ["t.csv", "t.csv.gz", "t.parquet"])
@pytest.mark.parametrize("table", ["runs", "months", "design"])
def test_a_file_holds_every_row_and_every_digit(name, table, undisturbed, tmp_path):
    made = export(undisturbed, tmp_path / "new" / name, table=table)
    found = read(made.path)
    order = [c for c in ("point", "run", "month") if c in found]
    expected = query(undisturbed, f"SELECT * FROM {table} ORDER BY {', '.join(order)}")
    pd.testing.assert_frame_equal(found, expected, check_exact=True, check_dtype=False)
    assert made.rows == len(expected)
    assert [one.name for one in (tmp_path / "new").iterdir()] == [name]


@pytest.mark.parametrize("name", ["t.csv.gz", "t.parquet", "t.tar.gz"])
def test_the_same_sweep_gives_the_same_bytes_and_large_files_the_same_rows(name, folder, tmp_path):
    one = export(folder, tmp_path / f"1{name}").path.read_bytes()
    assert export(folder, tmp_path / f"2{name}").path.read_bytes() == one
    compact(folder)
    assert export(folder, tmp_path / f"3{name}").path.read_bytes() == one


@BOTH
def test_an_incomplete_sweep_is_refused_or_said(lang, folder, tmp_path):
    (folder / "runs" / "00000" / "c00000002.parquet").unlink()
    out = tmp_path / "t.csv"
    refused = call("sweep", "export", folder, "-o", out, code=6, lang=lang).stderr
    told = {"folder": folder, "missing": 6, "runs": RUNS}
    assert text("sweep.halt.partial", lang, **told) in " ".join(refused.split())
    assert not out.exists()
    given = call("sweep", "export", folder, "-o", out, "--partial", lang=lang)
    assert text("cli.sweep.export.partial", lang, n=6) in " ".join(given.stderr.split())
    assert len(read(out)) == RUNS - 6


@pytest.mark.parametrize("name", ["t.csv", "t.csv.gz", "t.parquet", "t.tar.gz"])
def test_a_damaged_chunk_leaves_no_file_and_keeps_the_old_one(name, folder, tmp_path):
    out = tmp_path / "o" / name
    out.parent.mkdir()
    out.write_bytes(b"old")
    victim = folder / "runs" / "00000" / "c00000005.parquet"
    data = bytearray(victim.read_bytes())
    data[300] ^= 1
    victim.write_bytes(data)
    with pytest.raises(Halt, match="c00000005"):
        export(folder, out)
    assert out.read_bytes() == b"old"
    assert [one.name for one in out.parent.iterdir()] == [name]


def test_what_is_there_is_replaced_on_request_only(undisturbed, tmp_path):
    out = tmp_path / "t.csv"
    out.write_bytes(b"old")
    call("sweep", "export", undisturbed, "-o", out, code=2)
    assert out.read_bytes() == b"old"
    told = json.loads(call("sweep", "export", undisturbed, "-o", out, "--force", "--json").stdout)
    assert (told["rows"], told["form"], told["table"]) == (RUNS, "csv", "runs")
    assert told["bytes"] == out.stat().st_size


@BOTH
@pytest.mark.parametrize(
    ("words", "said"),
    [(("-o", "t.xlsx"), ".tar.gz"), (("-o", "t"), ".csv"), (("-o", "t", "--form", "emma"), "ema"),
     (("-o", "t.csv", "--form", "parquet"), ".parquet"),
     (("-o", "t.csv", "--table", "run"), "runs"),
     (("-o", "t.tar.gz", "--table", "months"), "runs")],
)  # fmt: skip
def test_what_does_not_fit_is_told(words, said, lang, undisturbed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert said in call("sweep", "export", undisturbed, *words, code=2, lang=lang).stderr
    assert not list(tmp_path.iterdir())


def test_tables_that_a_sweep_does_not_keep_are_told(tmp_path):
    sweep({**SPEC, "months": False}, tmp_path / "s", workers=1)
    assert (
        "months: true"
        in call(
            "sweep", "export", tmp_path / "s", "-o", tmp_path / "m.csv", "--table", "months", code=2
        ).stderr
    )
    with pytest.raises(ValueError, match="table"):
        export(tmp_path / "s", tmp_path / "m.csv", table="years")
    with pytest.raises(ValueError, match="form"):
        export(tmp_path / "s", tmp_path / "m.csv", form="parquet")
    _, outcomes = experiments_outcomes(tmp_path / "s")
    assert not any(name.endswith("_monthly") for name in outcomes)
    assert export(tmp_path / "s", tmp_path / "e.tar.gz").rows == RUNS


def test_a_folder_that_may_not_be_written_is_told(undisturbed, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for name in ("a.csv", "a.tar.gz"):
        call("sweep", "export", undisturbed, "-o", tmp_path / "file" / name, code=4)


# ---------------------------------------------------------------- EMA workbench


def test_experiments_are_runs_and_outcomes_stand_in_their_order(undisturbed):
    experiments, outcomes = experiments_outcomes(undisturbed)
    table = query(undisturbed, "SELECT * FROM runs ORDER BY point, run")
    assert list(experiments) == [
        LEVER, "community.persistence.mean", "scenario", "policy", "model",
    ]  # fmt: skip
    assert experiments["policy"].tolist() == table["point"].tolist()
    assert experiments["scenario"].tolist() == table["run"].tolist()
    assert experiments[LEVER].dtype == "category"
    assert experiments[LEVER].astype(str).tolist() == table[LEVER].tolist()
    assert np.array_equal(outcomes["cluster_index"], table["cluster_index"])
    assert (
        np.isnan(outcomes["months_to_dynamic"]).tolist() == table.months_to_dynamic.isna().tolist()
    )
    months = query(undisturbed, "SELECT trust FROM months ORDER BY point, run, month")
    assert np.array_equal(outcomes["trust_monthly"].ravel(), months["trust"])
    assert outcomes["trust_monthly"].shape == (RUNS, 12)
    assert np.array_equal(outcomes["trust_monthly"][:, -1], outcomes["trust"])
    assert not {"point", "run", "seed", "scenario_hash"} & {*outcomes}


def load_as_ema_does(path):
    """Read an archive as `load_results` of EMA workbench 2.5.3 does."""
    with tarfile.open(path, "r:gz", encoding="UTF8") as archive:
        metadata = json.loads(archive.extractfile("metadata.json").read().decode())
        experiments = pd.read_csv(archive.extractfile("experiments.csv"))
        for name, told in metadata["experiments"].items():
            try:
                kind = np.dtype(told)
            except TypeError:
                kind = pd.api.types.pandas_dtype(told)
            experiments[name] = experiments[name].astype(kind)
        outcomes = {}
        for outcome, name, file in metadata["outcomes"]:
            values = pd.read_csv(archive.extractfile(file), index_col=False, header=None).values
            if outcome == "ScalarOutcome":
                assert file == f"{name}.cls"
                values = np.reshape(values, (values.shape[0],))
            else:
                assert (outcome, file) == ("ArrayOutcome", f"{name}.csv")
            outcomes[name] = values
    return experiments, outcomes


def load(path):
    try:
        from ema_workbench import load_results
    except ImportError:
        return load_as_ema_does(path)
    return load_results(path)


@pytest.mark.parametrize("large", [False, True])
def test_the_archive_gives_the_same_as_python(large, folder, tmp_path):
    if large:
        compact(folder)
    made = export(folder, tmp_path / "e.tar.gz")
    assert made.rows == RUNS
    experiments, outcomes = load(made.path)
    expected, arrays = experiments_outcomes(folder)
    assert list(outcomes) == list(arrays)
    for name, values in arrays.items():
        numbers = values.dtype != object
        same = np.array_equal(outcomes[name], values, equal_nan=True) if numbers else None
        assert same if numbers else outcomes[name].tolist() == values.tolist(), name
    assert list(experiments) == list(expected)
    for name in expected:
        assert experiments[name].astype(str).tolist() == expected[name].astype(str).tolist()
        assert (experiments[name].dtype == "category") == (expected[name].dtype == "category")
    assert experiments["policy"].nunique() == POINTS


# ---------------------------------------------------------------- larger than memory

GROWS = """\
import resource, sys
from pathlib import Path
from cgsim.study.sweep import export
from cgsim.study.sweep.querying import answer
from cgsim.study.sweep.tabling import write_table

def top():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

folder, small, out, what = sys.argv[1:]

def work(folder):
    if what == "query":
        asked = "SELECT * FROM runs ORDER BY cluster_index, trust, point, run"
        with answer(folder, asked, memory_limit="200MB") as found:
            return write_table(Path(out), found.schema, found.batches())
    return export(folder, out).rows

work(small)  # what the libraries take for themselves
before = top()
print(work(folder), top() - before)
"""


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """A sweep whose table takes more than 400 MB, and one that takes next to nothing."""
    place = tmp_path_factory.mktemp("large")
    spec = {
        **SPEC, "months": False, "length": 1, "chunk": 5000,
        "vary": {"process.leadership": {"from": 0.2, "to": 1.0, "steps": 100}},
    }  # fmt: skip
    assert sweep({**spec, "runs": 50}, place / "small").complete
    assert sweep({**spec, "runs": 8000}, place / "large").complete
    return place / "large", place / "small"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the most memory taken is not told there")
@pytest.mark.parametrize("what", ["t.csv", "t.parquet", "t.tar.gz", "query"])
def test_a_table_larger_than_memory_is_written_in_parts(what, tables, tmp_path):
    out = tmp_path / (what if "." in what else "t.parquet")
    done = subprocess.run(
        [sys.executable, "-c", GROWS, *map(str, tables), str(out), what],
        capture_output=True, text=True, cwd=ROOT, env={**os.environ, "MPLBACKEND": "agg"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    rows, grown = done.stdout.split()
    assert int(rows) == 800_000
    width = len(query(tables[0], "FROM runs LIMIT 1").columns)
    held = 800_000 * width * 8 / 2**20
    assert held > 400
    limit = 420 if what == "query" else 150
    assert float(grown) < limit < held, f"{grown} MB more, the table is {held:.0f} MB"
