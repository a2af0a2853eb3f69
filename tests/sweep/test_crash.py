"""Killed at any step or moment, by any number of workers or shards: the same files in the end."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys

import pytest

from cgsim.study.sweep import Shard, resume, sweep, verify
from cgsim.study.sweep.place import crash
from tests.sweep.tiny import (
    CHUNKS,
    ROOT,
    RUNS,
    SPEC,
    begin,
    call,
    chunks_there,
    files,
    killed,
    wait_for_chunks,
)

STEPS = [
    f"{step}:{time}"
    for step, times in {
        "computed": (1, 3),
        "written": (1, 3, 6),  # three files say what the sweep is, then come the chunks'
        "synced": (1, 3, 6),
        "renamed": (1, 3, 6),
        "journalled": (1, 3),
    }.items()
    for time in times
]

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")


def assert_nothing_is_lost(folder, expected):
    found = verify(folder)
    assert (found.duplicates, found.losses, found.damaged, found.missing) == (0, 0, [], [])
    assert (found.runs_found, found.failures, found.foreign) == (RUNS, 0, [])
    assert files(folder) == expected


@on_posix
@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_step_and_gone_on_with_the_files_are_the_same(step, tmp_path, expected):
    folder = tmp_path / "sweep"
    killed(folder, step)
    there = chunks_there(folder)
    assert there < CHUNKS
    report = sweep(SPEC, folder, workers=1)
    assert report.complete
    assert report.damaged == []
    kept = (report.found_done, report.runs_done) == (6 * there, RUNS)
    # a chunk whose months came before the kill, but not its runs, is done once more
    assert kept
    assert_nothing_is_lost(folder, expected)


@on_posix
def test_killed_again_and_again_at_random_moments_nothing_is_lost(tmp_path):
    more = {"vary": {"process.leadership": {"from": 0, "to": 1, "steps": 40}}, "runs": 3}
    whole, folder = tmp_path / "whole", tmp_path / "sweep"
    assert sweep({**SPEC, **more}, whole, workers=2).chunks == 20
    draw = random.Random(20)
    moments = sorted(draw.sample(range(1, 18), 4))
    for moment in moments:
        process = begin(folder, more, workers=draw.choice([1, 2]))
        wait_for_chunks(process, folder, moment)
        process.kill()
        process.communicate()
    report = sweep({**SPEC, **more}, folder, workers=2)
    assert report.complete
    assert report.found_done >= 3 * 2 * moments[0]
    found = verify(folder, deep=True)
    assert (found.duplicates, found.losses, found.damaged) == (0, 0, [])
    assert files(folder) == files(whole)


@on_posix
def test_what_a_killed_process_left_half_written_is_taken_away(tmp_path):
    folder = tmp_path / "sweep"
    killed(folder, "written:6")
    assert list(folder.rglob(".tmp-*"))
    resume(folder, workers=1)
    assert not list(folder.rglob(".tmp-*"))


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_the_files_do_not_depend_on_the_number_of_workers(workers, tmp_path, expected):
    assert sweep(SPEC, tmp_path / "sweep", workers=workers).complete
    assert files(tmp_path / "sweep") == expected


@pytest.mark.parametrize("of", [2, 3, 7])
def test_the_files_do_not_depend_on_shards(of, tmp_path, expected):
    folder = tmp_path / "sweep"
    reports = [sweep(SPEC, folder, workers=1, shard=Shard(k, of)) for k in range(of, 0, -1)]
    assert sum(report.chunks for report in reports) == CHUNKS
    assert sum(report.runs for report in reports) == RUNS
    assert_nothing_is_lost(folder, expected)
    told = call("sweep", "status", folder).stdout
    assert f"1/{of}" in told
    assert f"{min(of, CHUNKS)}/{of}" in told  # a shard without chunks leaves no journal


def test_shards_at_the_same_time_make_the_same_files(tmp_path, expected):
    folder = tmp_path / "sweep"
    script = (
        "import sys\nfrom cgsim.study.sweep import Shard, sweep\n"
        "from tests.sweep.tiny import SPEC\n"
        "sweep(SPEC, sys.argv[1], workers=1, shard=Shard(int(sys.argv[2]), 3))\n"
    )
    all_three = [
        subprocess.Popen([sys.executable, "-c", script, str(folder), str(k)], cwd=ROOT)
        for k in (1, 2, 3)
    ]
    assert [process.wait() for process in all_three] == [0, 0, 0]
    assert_nothing_is_lost(folder, expected)


@pytest.mark.parametrize("lang", ["en", "id"])
@on_posix
def test_ctrl_c_leaves_what_can_be_gone_on_with(lang, tmp_path):
    more = {"vary": {"process.leadership": {"from": 0, "to": 1, "steps": 250}}, "months": False}
    folder, file = tmp_path / "sweep", tmp_path / "spec.yaml"
    file.write_text(json.dumps({**SPEC, **more}), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "cgsim", "sweep", "run", str(file), "-o", str(folder),
         "--workers", "1", "--lang", lang],
        cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    wait_for_chunks(process, folder, 3)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate()
    assert process.returncode == 130, told
    assert "Traceback" not in told
    assert f"cgsim sweep resume {folder}" in told
    assert ("Nothing is lost" if lang == "en" else "Tidak ada yang hilang") in told
    found = verify(folder)
    assert found.damaged == []
    assert 0 < found.runs_found < 1000  # ended long before it was done
    whole = tmp_path / "whole"
    sweep({**SPEC, **more}, whole)
    assert json.loads(call("sweep", "resume", folder, "--json").stdout)["complete"]
    assert files(folder) == files(whole)


def test_no_step_kills_unless_it_is_asked_to(monkeypatch):
    assert "CGSIM_CRASH_AT" not in os.environ
    for asked in ("", "elsewhere", "written:0"):
        monkeypatch.setenv("CGSIM_CRASH_AT", asked)
        crash("written")  # else this process would be no more
    mentions = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "cgsim").rglob("*.py")
        if "CGSIM_CRASH_AT" in path.read_text(encoding="utf-8")
    }
    assert mentions == {"cgsim/study/sweep/place.py"}
