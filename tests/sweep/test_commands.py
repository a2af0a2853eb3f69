"""The commands of sweeps: what they say before, meanwhile and after; limits; Python."""

from __future__ import annotations

import inspect
import json
import os
import subprocess
import sys
import time
from io import StringIO

import pytest
from rich.console import Console

import cgsim
from cgsim.cli import sweep_progress, sweep_status
from cgsim.cli.sweep_progress import Follower
from cgsim.cli.sweep_run import read_limit, read_shard
from cgsim.cli.words import duration, size, take_language
from cgsim.language import text
from cgsim.study.sweep import Shard, Spec, resume, status, sweep
from cgsim.study.sweep.estimate import estimate
from cgsim.study.sweep.runner import Report
from tests.sweep.tiny import CHUNKS, POINTS, ROOT, RUNS, SPEC, YAML, call, files

BOTH = pytest.mark.parametrize("lang", ["en", "id"])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "spec.yaml"
    path.write_text(YAML, encoding="utf-8")
    return path


def plain(words):
    return " ".join(words.split())


@BOTH
def test_a_sweep_says_what_it_will_take_where_it_is_and_how_to_go_on(lang, file, tmp_path):
    folder = tmp_path / "sweep"
    result = call("sweep", "run", file, "-o", folder, lang=lang)
    counts = {"points": POINTS, "each": 4, "runs": RUNS, "chunks": CHUNKS}
    assert text("cli.sweep.begin.counts", lang, **counts) in plain(result.stderr)
    assert ("about" if lang == "en" else "kira-kira") in result.stderr
    done = {"done": RUNS, "runs": RUNS, "folder": folder}
    assert text("cli.sweep.end.complete", lang, **done) in result.stdout
    assert f"cgsim sweep verify {folder}" in result.stdout
    long = [line for line in result.stdout.splitlines() if str(folder) not in line]
    assert max(map(len, long)) <= 80
    again = call("sweep", "run", file, "-o", folder, lang=lang)
    assert text("cli.sweep.end.nothing", lang) in again.stdout


@BOTH
@pytest.mark.parametrize("limit", ["12runs", "12 runs", "0s"])
def test_a_sweep_that_is_stopped_as_asked_leaves_with_0_and_can_be_gone_on_with(
    limit, lang, file, tmp_path, expected
):
    folder = tmp_path / "sweep"
    words = ("-o", folder, "--workers", 1, "--stop-after", limit)
    shown = call("sweep", "run", file, *words, lang=lang).stdout
    done = 0 if limit == "0s" else 12
    told = {"done": done, "runs": RUNS, "folder": folder}
    assert text("cli.sweep.end.stopped", lang, **told) in shown
    assert f"cgsim sweep resume {folder}" in shown
    told = json.loads(call("sweep", "status", folder, "--json").stdout)
    assert (told["runs_done"], told["complete"]) == (done, False)
    told = json.loads(call("sweep", "resume", folder, "--json").stdout)
    assert (told["runs_done_now"], told["complete"], told["exit_code"]) == (RUNS - done, True, 0)
    assert files(folder) == expected


def test_json_holds_what_is_said(file, tmp_path):
    folder = tmp_path / "sweep"
    told = json.loads(call("sweep", "run", file, "-o", folder, "--json").stdout)
    assert told["sweep"] == Spec.load(file).hash
    assert (told["points"], told["runs"], told["chunks"]) == (POINTS, RUNS, CHUNKS)
    assert told["runs_per_second"] > 0
    told = json.loads(call("sweep", "verify", folder, "--json").stdout)
    assert (told["losses"], told["duplicates"], told["exit_code"]) == (0, 0, 0)


def test_a_spec_as_a_mapping_and_as_a_file_are_the_same_sweep(file, tmp_path, expected):
    assert Spec.load(file).hash == Spec.make(SPEC).hash
    report = cgsim.sweep(str(file), out=tmp_path / "sweep", workers=2)
    assert report.complete
    assert report.failures == 0
    assert files(tmp_path / "sweep") == expected
    assert "sweep" in dir(cgsim)


def test_the_options_of_python_are_described():
    for function in (sweep, resume, status):
        assert inspect.getdoc(function)


# ---------------------------------------------------------------- limits and shards


@pytest.mark.parametrize(
    ("read", "limit"),
    [("30s", (30.0, None)), ("90m", (5400.0, None)), ("2h", (7200.0, None)),
     ("1.5 h", (5400.0, None)),
     ("1d", (86400.0, None)), ("5000runs", (None, 5000)), ("1 run", (None, 1)),
     ("7 simulasi", (None, 7)), (None, (None, None))],
)  # fmt: skip
def test_a_limit_is_a_time_or_a_number_of_runs(read, limit):
    assert read_limit(read) == limit


@BOTH
@pytest.mark.parametrize("read", ["", "2", "h", "-1s", "2 weeks", "1.5runs", "2h30", "nan s"])
def test_what_is_no_limit_is_refused(read, lang, file, tmp_path):
    words = ("-o", tmp_path / "out", f"--stop-after={read}")
    told = call("sweep", "run", file, *words, code=2, lang=lang).stderr
    assert text("cli.error.stop_after", lang, read=read) in told
    assert not (tmp_path / "out").exists()


@BOTH
@pytest.mark.parametrize("read", ["", "3", "0/2", "3/2", "1/0", "a/b", "-1/2", "1/100001", "1/2/3"])
def test_what_is_no_shard_is_refused(read, lang, file, tmp_path):
    words = ("-o", tmp_path / "out", f"--shard={read}")
    told = call("sweep", "run", file, *words, code=2, lang=lang).stderr
    assert text("cli.error.shard", lang, read=read, most=100_000) in told


@BOTH
def test_workers_have_a_bound(lang, file, tmp_path):
    for read in ("0", "1025", "all"):
        words = ("-o", tmp_path / "out", "--workers", read)
        told = call("sweep", "run", file, *words, code=2, lang=lang).stderr
        assert text("cli.error.whole", lang, read=read, low=1, high="1 024") in told


def test_a_shard_is_every_nth_chunk(file, tmp_path):
    assert read_shard("3/8") == Shard(3, 8)
    folder = tmp_path / "sweep"
    told = json.loads(call("sweep", "run", file, "-o", folder, "--shard", "2/4", "--json").stdout)
    assert (told["chunks"], told["runs"], told["complete"]) == (2, 12, True)
    told = json.loads(call("sweep", "status", folder, "--json").stdout)
    assert told["shards"] == [{"name": "2/4", "chunks": 2, "done": 2}]
    assert (told["done"], told["complete"]) == (2, False)


@BOTH
def test_a_command_that_is_none_is_told_the_nearest(lang):
    told = call("sweep", "resum", code=2, lang=lang).stderr
    assert "resume" in told
    assert "cgsim sweep --help" in told
    told = call("sweep", "run", "spec.yaml", code=2, lang=lang).stderr
    assert "-o" in told
    assert "cgsim sweep run --help" in told


def test_help_alone_loads_no_engine():
    script = (
        "import sys\nfrom cgsim.cli import main\n"
        "for verb in ('run', 'resume', 'status', 'verify', 'query', 'compact', 'export'):\n"
        "    try:\n        main(['sweep', verb, '--help'])\n"
        "    except SystemExit as left:\n        assert not left.code, left.code\n"
        "heavy = {'numba', 'mesa', 'pandas', 'pyarrow', 'scipy', 'numpy'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)


# ---------------------------------------------------------------- how far it is


def followed(monkeypatch, terminal, lang="en"):
    take_language(["--lang", lang])
    now = [0.0]
    monkeypatch.setattr(sweep_progress.time, "monotonic", lambda: now[0])
    monkeypatch.setattr("cgsim.study.sweep.estimate.estimate", lambda *_: _Guess())
    written = StringIO()
    sheet = Console(file=written, force_terminal=terminal, width=80)
    report = Report(Spec.make(SPEC), chunks=6, runs=36, workers=2)
    return Follower(sheet), report, now, written


class _Guess:
    seconds, size = 90.0, 5e6


@BOTH
def test_without_a_terminal_there_is_a_line_a_minute(lang, monkeypatch):
    follower, report, now, written = followed(monkeypatch, False, lang)
    with follower:
        follower(report)
        before = written.getvalue()
        estimate_words = {"left": 36, "time": duration(90), "workers": 2, "size": size(5e6)}
        assert text("cli.sweep.begin.estimate", lang, **estimate_words) in plain(before)
        for now[0], report.runs_done in ((30.0, 6), (61.0, 12), (100.0, 18), (122.0, 24)):
            follower(report)
    lines = written.getvalue().removeprefix(before).splitlines()
    assert lines == [
        text("cli.sweep.line", lang, done=12, runs=36, time=duration(122)),
        text("cli.sweep.line", lang, done=24, runs=36, time=duration(61)),
    ]


@BOTH
def test_a_cluster_without_workers_is_waited_for_and_that_is_said(lang, monkeypatch):
    follower, report, now, written = followed(monkeypatch, False, lang)
    with follower:
        follower(report)
        report.workers, now[0] = 0, 61.0
        follower(report)
    assert text("cli.sweep.waiting", lang, left=36) in plain(written.getvalue())
    follower, report, _, written = followed(monkeypatch, True, lang)
    with follower:
        follower(report)
        report.workers = 0
        follower(report)
        follower._bar.refresh()
    assert text("cli.sweep.idle", lang) in written.getvalue()


def test_on_a_terminal_there_is_a_bar(monkeypatch):
    follower, report, _, written = followed(monkeypatch, True)
    with follower:
        follower(report)
        report.runs_done = 12
        follower(report)
        follower._bar.refresh()
        assert "12/36" in written.getvalue()


def test_the_estimate_counts_what_is_left_and_who_works():
    spec = Spec.make({**SPEC, "months": False})
    one, four = estimate(spec, 3600, 1), estimate(spec, 3600, 4)
    assert one.seconds > four.seconds > 0
    assert estimate(spec, 36, 1).size * 20 < one.size * 21
    assert one.size > 0


def test_the_estimated_size_is_near_the_real_one(undisturbed):
    real = sum(path.stat().st_size for path in undisturbed.rglob("*[cm]0*.parquet"))
    guess = estimate(Spec.make(SPEC), RUNS, 1).size
    assert 0.7 * real < guess < 1.3 * real


@BOTH
def test_status_tells_speed_and_time_left_by_the_times_of_files(lang, folder):
    at = 1_700_000_000.0
    for chunk, path in enumerate(sorted(folder.glob("runs/*/c*.parquet"))):
        os.utime(path, (at + 2 * chunk, at + 2 * chunk))
    (folder / "runs" / "00000" / "c00000005.parquet").unlink()
    told = status(folder)
    assert told.rate == pytest.approx(3.0)  # 6 runs every 2 seconds
    assert told.remaining is None  # nothing was written for long
    newest = folder / "runs" / "00000" / "c00000004.parquet"
    shift = time.time() - newest.stat().st_mtime
    for path in folder.glob("runs/*/c*.parquet"):
        os.utime(path, (path.stat().st_mtime + shift,) * 2)
    told = status(folder)
    assert told.remaining == pytest.approx(2.0)
    shown = call("sweep", "status", folder, lang=lang).stdout
    assert text("cli.sweep.status.going", lang) in plain(shown)
    assert text("cli.sweep.status.remaining", lang) in shown
    assert text("cli.sweep.status.per_second", lang, n=3) in shown


@BOTH
def test_watching_ends_when_the_sweep_is_complete(lang, folder, monkeypatch):
    victim = folder / "runs" / "00000" / "c00000005.parquet"
    kept = victim.read_bytes()
    victim.unlink()
    looks = []

    def sleep(_):
        looks.append(1)
        if len(looks) == 2:
            victim.write_bytes(kept)

    monkeypatch.setattr(sweep_status.time, "sleep", sleep)
    shown = call("sweep", "status", folder, "--watch", lang=lang).stdout
    assert text("cli.sweep.status.complete", lang) in shown
    assert len(looks) == 3


def test_watching_ends_with_ctrl_c_and_code_0(folder, monkeypatch):
    (folder / "runs" / "00000" / "c00000005.parquet").unlink()

    def sleep(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(sweep_status.time, "sleep", sleep)
    told = json.loads(call("sweep", "status", folder, "--watch", "--json").stdout)
    assert told["complete"] is False
