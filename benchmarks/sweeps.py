"""What a sweep adds to its runs: writing, looking again at what is there, memory, questions."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from cgsim.ensemble import kernel
from cgsim.study.sweep import Spec, resume, sweep
from cgsim.study.sweep.files import name_of
from cgsim.study.sweep.pools import do_chunk
from cgsim.study.sweep.store import local, open_store
from cgsim.study.sweep.work import Bench

from .timing import Row, cpu, in_turns, ratio

OVERHEAD, SCAN, MEMORY = 1.05, 10.0, 1.2
CHUNK = 3_000
ROOT = Path(__file__).parent.parent

REFERENCE: dict[str, Any] = {
    "scenario": "sangatta-utara",
    "vary": {
        "organisations.*.monitoring_interval": [6, 3, 1],
        "process.leadership": {"from": 0.2, "to": 0.8, "steps": 20},
    },
    "runs": 100,
    "chunk": CHUNK,
}
TINY: dict[str, Any] = {
    "scenario": "sangatta-utara",
    "length": 12,
    "set": {"community.people": 4, "community.group_size": 2},
    "vary": {"process.leadership": {"from": 0.0, "to": 1.0, "steps": 10}},
    "outcomes": ["producers", "cluster_index"],
}


def overhead(quick: bool) -> list[Row]:
    """A chunk with all that a sweep does for it, against the kernel over the same runs."""
    spec = Spec.make(REFERENCE)
    with tempfile.TemporaryDirectory() as place:
        sweep(spec, place, workers=1, stop_after=0.0)
        store, bench = open_store(local(place)), Bench(spec)
        bench.walk(0, 1)
        taken = in_turns(
            {"sweep": lambda: cpu(lambda: do_chunk(store, bench, 0)),
             "kernel": lambda: cpu(lambda: _bare(bench, CHUNK))},
            3 if quick else 9,
        )  # fmt: skip
    times = ratio(taken["sweep"], taken["kernel"])
    return [
        Row(f"A chunk of {CHUNK:,} runs written by a sweep, against its runs alone",
            times.words(), f"≤ {OVERHEAD:g}×", times.median <= OVERHEAD),
        Row("– the chunk", taken["sweep"].words("s")),
        Row("– its runs alone", taken["kernel"].words("s")),
    ]  # fmt: skip


def _bare(bench: Bench, runs: int) -> None:
    """Walk the first runs of a sweep and keep nothing of them."""
    spec = bench.spec
    replicate = np.arange(runs) % spec.runs
    wanted = bench._wanted(runs)
    kernel()
    for point, values in enumerate(spec.rows.rows(0, runs // spec.runs)):
        span = slice(point * spec.runs, (point + 1) * spec.runs)
        bench._walk(values, replicate[span], wanted, span)


def scan(quick: bool) -> list[Row]:
    """A resume that has nothing to do, against listing the same files with their sizes."""
    rows = []
    for many in (10_000,) if quick else (10_000, 100_000):
        with tempfile.TemporaryDirectory() as place:
            _fill(Path(place), many)
            resume(place)
            taken = in_turns(
                {"resume": lambda p=place: cpu(lambda: resume(p)),  # type: ignore[misc]
                 "listing": lambda p=place: cpu(lambda: _sizes(p))},  # type: ignore[misc]
                3 if quick else 5,
            )  # fmt: skip
        times = ratio(taken["resume"], taken["listing"])
        rows += [
            Row(f"Resume that finds {many:,} chunks done, against listing their files",
                times.words(), f"≤ {SCAN:g}×", times.median <= SCAN),
            Row("– the resume", taken["resume"].words("s")),
        ]  # fmt: skip
    return rows


def _fill(folder: Path, many: int) -> None:
    """Make a sweep of so many chunks that the journal takes for whole."""
    said = {**TINY, "vary": {"process.leadership": [0.5]}, "runs": many, "chunk": 1}
    sweep(said, folder, workers=1, stop_after=0.0)
    lines = []
    for chunk in range(many):
        name = name_of("runs", chunk)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(bytes(100))
        lines.append(json.dumps({"name": name, "size": 100, "blake2b": "0" * 32, "rows": 1}))
    (folder / "journal.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _sizes(folder: str) -> int:
    runs = os.path.join(folder, "runs")  # noqa: PTH118 - what listing costs, and no more
    return sum(one.stat().st_size for sub in os.scandir(runs) for one in os.scandir(sub.path))


def many_runs(quick: bool) -> list[Row]:
    """Memory of a sweep of a million runs against a thousand; a question to the million."""
    few, many = (1_000, 100_000) if quick else (1_000, 1_000_000)
    with tempfile.TemporaryDirectory() as place:
        small = _swept(Path(place) / "few", few)
        large = _swept(Path(place) / "many", many)
        asked = in_turns({"question": lambda: cpu(lambda: _ask(Path(place) / "many", many))}, 3)
    times = large["peak"] / small["peak"]
    return [
        Row(f"Peak memory of a sweep, {many:,} runs against {few:,}", f"{times:.3g}×",
            f"≤ {MEMORY:g}×", times <= MEMORY),
        Row(f"– {few:,} runs", f"{small['peak'] / 1e6:.0f} MB"),
        Row(f"– {many:,} runs", f"{large['peak'] / 1e6:.0f} MB"),
        Row(f"Mean by point of {many:,} runs, asked of the files by DuckDB, against the sweep",
            f"{asked['question'].median / large['cpu']:.2g}×"),
        Row("– the question", asked["question"].words("s")),
    ]  # fmt: skip


def _swept(folder: Path, runs: int) -> dict[str, float]:
    """Let a fresh process run a sweep of a tiny world; return what it measured of itself."""
    said = json.dumps({**TINY, "runs": runs // 10, "chunk": 10_000})
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.sweep_child", str(folder), said],
        cwd=ROOT, capture_output=True, check=True, encoding="utf-8",
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _ask(folder: Path, runs: int) -> None:
    import duckdb

    files = (folder / "runs" / "*" / "*.parquet").as_posix()
    rows = duckdb.sql(
        f"select point, avg(producers), count(*) from read_parquet('{files}') group by point"
    ).fetchall()
    assert len(rows) == 10
    assert sum(row[2] for row in rows) == runs


def measure(quick: bool) -> list[Row]:
    return [*overhead(quick), *scan(quick), *many_runs(quick)]
