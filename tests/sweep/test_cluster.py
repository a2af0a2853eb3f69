"""A Dask cluster does the very same chunks, whoever dies meanwhile."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from types import SimpleNamespace

import psutil
import pytest

from cgsim.language import text
from cgsim.study.sweep import Halt, resume, runner, sweep
from cgsim.study.sweep.joining import DEATHS
from cgsim.study.sweep.worker import Refused, do
from tests.sweep.daemons import environment
from tests.sweep.tiny import (
    CHUNKS,
    ROOT,
    RUNS,
    SPEC,
    YAML,
    assert_whole,
    call,
    chunks_there,
    files,
    wait_for_chunks,
)

pytest.importorskip("distributed")
BOTH = pytest.mark.parametrize("lang", ["en", "id"])
on_posix = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")

LONGER = {
    **SPEC,
    "length": 120,
    "set": {},
    "vary": {"process.leadership": {"from": 0, "to": 1, "steps": 30}},
    "runs": 40,
    "chunk": 40,
    "months": False,
}
"""30 chunks of some 20 ms: time enough for something to happen in between."""


@pytest.fixture(scope="module")
def threads():
    """A cluster within this process: one worker of three threads."""
    import distributed

    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=3, processes=False, host="127.0.0.1", protocol="tcp",
        dashboard_address=None, scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
    ) as cluster:  # fmt: skip
        yield cluster.scheduler_address


# ---------------------------------------------------------------- the same bytes


def test_a_cluster_of_this_computer_makes_the_same_files_and_listens_to_itself_alone(
    tmp_path, expected
):
    folder = tmp_path / "sweep"
    heard = set()

    def listen(report):
        assert report.workers == 2
        me = psutil.Process()
        for one in [me, *me.children(recursive=True)]:
            heard.update(at.laddr.ip for at in one.net_connections() if at.status == "LISTEN")

    before = psutil.Process().children(recursive=True)
    report = sweep(SPEC, folder, dask="local", workers=2, progress=listen)
    assert (report.complete, report.runs_done) == (True, RUNS)
    assert heard == {"127.0.0.1"}
    assert_whole(folder, expected)
    assert list((folder / "locks").glob("cluster-*")) == []
    left = [one for one in psutil.Process().children(recursive=True) if one not in before]
    assert [one for one in left if "--multiprocessing-fork" in one.cmdline()] == []


def test_several_threads_of_a_worker_make_the_same_files(threads, tmp_path, expected):
    folder = tmp_path / "sweep"
    told = []
    report = sweep(SPEC, folder, dask=threads, progress=lambda now: told.append(now.workers))
    assert report.complete
    assert set(told) == {3}
    assert_whole(folder, expected)
    assert resume(folder, dask=threads).found_done == RUNS


def test_workers_find_a_sweep_at_an_address(threads, expected):
    import fsspec

    address = "memory://test_workers_find_a_sweep_at_an_address/sweep"
    assert sweep(SPEC, address, dask=threads).complete
    place, root = fsspec.core.url_to_fs(address)
    names = [name.removeprefix(f"{root}/") for name in place.find(root)]
    made = {name: place.cat_file(f"{root}/{name}") for name in names if "journal" not in name}
    place.rm(root, recursive=True)
    assert made == expected


def test_an_address_of_a_folder_is_that_folder(tmp_path, expected):
    assert sweep(SPEC, (tmp_path / "a sweep").as_uri(), workers=1).complete
    assert_whole(tmp_path / "a sweep", expected)


def test_shards_of_a_cluster_make_the_same_files(threads, tmp_path, expected):
    file, folder = tmp_path / "spec.yaml", tmp_path / "sweep"
    file.write_text(YAML, encoding="utf-8")
    for shard in ("2/3", "1/3", "3/3"):
        words = ("-o", folder, "--shard", shard, "--dask", threads, "--json")
        told = json.loads(call("sweep", "run", file, *words).stdout)
        assert (told["chunks_done"], told["complete"]) == (2, True)
    assert_whole(folder, expected)


def test_stopping_as_asked_finishes_what_is_under_way(threads, tmp_path, expected):
    folder = tmp_path / "sweep"
    report = sweep(SPEC, folder, dask=threads, stop_after_runs=12)
    assert (report.stopped, report.done) == (True, 2)
    assert resume(folder, dask=threads).complete
    assert_whole(folder, expected)


# ---------------------------------------------------------------- workers and schedulers die


def _workers():
    """The worker processes of a cluster of this process's own."""
    return [
        one for one in psutil.Process().children(recursive=True)
        if "--multiprocessing-fork" in one.cmdline()
    ]  # fmt: skip


@pytest.fixture(scope="module")
def longer(tmp_path_factory):
    """The longer sweep, done by threads."""
    folder = tmp_path_factory.mktemp("longer") / "sweep"
    assert sweep(LONGER, folder).complete
    return files(folder)


@on_posix
def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(tmp_path, longer):
    folder = tmp_path / "sweep"
    killed = []

    def kill(report):
        if report.done >= 3 and not killed:
            killed.append(_workers()[0])
            killed[0].send_signal(signal.SIGKILL)

    report = sweep(LONGER, folder, dask="local", workers=2, progress=kill)
    assert killed
    assert (report.complete, report.aside) == (True, {})
    assert_whole(folder, longer)
    assert list(folder.rglob(".tmp-*")) == []


@on_posix
@pytest.mark.slow
def test_workers_that_die_again_and_again_cost_time_alone(tmp_path, longer, monkeypatch):
    monkeypatch.setenv("CGSIM_CRASH_AT", "renamed:12")
    folder, file = tmp_path / "sweep", tmp_path / "spec.yaml"
    file.write_text(json.dumps(LONGER), encoding="utf-8")
    # the sweep's own files are three renames, each worker's twelfth chunk is its last
    told = json.loads(
        call("sweep", "run", file, "-o", folder, "--dask", "local", "--workers", 2, "--json").stdout
    )
    assert told["complete"]
    monkeypatch.delenv("CGSIM_CRASH_AT")
    assert_whole(folder, longer)


@on_posix
@pytest.mark.slow
@pytest.mark.timeout(900)  # eight workers start, one after the other
def test_a_chunk_that_kills_its_workers_is_set_aside_and_takes_no_other_along(
    tmp_path, expected, monkeypatch
):
    monkeypatch.setenv("CGSIM_CRASH_AT", "computed@3")
    folder = tmp_path / "sweep"
    with pytest.raises(Halt) as wrong:
        sweep(SPEC, folder, dask="local", workers=2)
    assert wrong.value.code == 8
    assert chunks_there(folder) == CHUNKS - 1
    monkeypatch.delenv("CGSIM_CRASH_AT")
    assert resume(folder, workers=1).complete
    assert_whole(folder, expected)


def test_a_chunk_blamed_for_deaths_is_tried_alone_and_one_that_kills_even_so_is_named(
    threads, tmp_path, expected, monkeypatch
):
    from distributed import KilledWorker

    tried = []

    def dies(folder, token, accept, chunk):
        tried.append(chunk)
        # 3 takes its workers with it, and once 4, which was on one of them
        if chunk == 3 or (chunk == 4 and tried.count(4) == 1):
            raise KilledWorker(str(chunk), SimpleNamespace(address="tcp://dead"), DEATHS)
        return do(folder, token, accept, chunk)

    monkeypatch.setattr("cgsim.study.sweep.worker.do", dies)
    folder = tmp_path / "sweep"
    with pytest.raises(Halt) as wrong:
        sweep(SPEC, folder, dask=threads)
    assert sorted(tried) == [0, 1, 2, 3, 3, 4, 4, 5]
    assert tried[-2:] == [3, 4]
    assert wrong.value.code == 8
    for lang in ("en", "id"):
        said = {"folder": folder, "chunks": 3, "why": text("sweep.deadly", lang)}
        assert wrong.value.meaning.in_language(lang) == text("sweep.halt.aside", lang, **said)
    assert chunks_there(folder) == CHUNKS - 1
    assert resume(folder, workers=1).complete
    assert_whole(folder, expected)


@on_posix
def test_a_scheduler_that_dies_leaves_what_threads_can_go_on_with(daemons, tmp_path, longer):
    process, address = daemons.scheduler()
    daemons.worker(address)
    folder, file = tmp_path / "sweep", tmp_path / "spec.yaml"
    file.write_text(json.dumps(LONGER), encoding="utf-8")
    command = [sys.executable, "-m", "cgsim", "sweep", "run", file, "-o", folder]
    runs = subprocess.Popen(
        [*map(str, command), "--dask", address, "--lang", "id"], cwd=ROOT, env=environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    wait_for_chunks(runs, folder, 2)
    process.kill()
    _, told = runs.communicate()
    assert runs.returncode == 6, told
    assert text("sweep.halt.dask_lost", "id", read=address, folder=folder) in told
    assert "Traceback" not in told
    assert 0 < chunks_there(folder) < 30
    assert resume(folder).complete
    assert_whole(folder, longer)


@on_posix
def test_ctrl_c_ends_a_cluster_of_ones_own_quietly(tmp_path, longer):
    folder, file = tmp_path / "sweep", tmp_path / "spec.yaml"
    file.write_text(json.dumps(LONGER), encoding="utf-8")
    command = [sys.executable, "-m", "cgsim", "sweep", "run", file, "-o", folder]
    runs = subprocess.Popen(
        [*map(str, command), "--dask", "local", "--workers", "2", "--lang", "en"],
        cwd=ROOT, env=environment(), start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    wait_for_chunks(runs, folder, 2)
    os.killpg(runs.pid, signal.SIGINT)  # as a terminal does: the workers hear it too
    _, told = runs.communicate()
    assert runs.returncode == 130, told
    lines = [line for line in told.splitlines() if line.strip()]
    assert "Nothing is lost" in lines[-1]
    assert len(lines) == 3, told  # how much, how long, interrupted
    assert list(folder.rglob(".tmp-*")) == []
    assert 0 < chunks_there(folder) < 30
    assert resume(folder).complete
    assert_whole(folder, longer)


# ---------------------------------------------------------------- workers that must not


def elsewhere(monkeypatch, check):
    """Have workers, which are threads here, look at themselves in another way than the sweep."""
    real = runner.check_identity

    def looked(store, accept=False):
        if threading.current_thread() is threading.main_thread():
            return real(store, accept)
        return check(store, accept)

    monkeypatch.setattr(runner, "check_identity", looked)


@BOTH
def test_a_worker_that_reckons_otherwise_is_refused_by_name(
    lang, threads, tmp_path, monkeypatch, expected
):
    folder = tmp_path / "sweep"
    told = {"was": "a", "now": "b"}

    def otherwise(store, accept):
        if accept:
            return "b"
        raise Halt(7, "numerics", folder=store.place.name, **told)

    elsewhere(monkeypatch, otherwise)
    with pytest.raises(Halt) as wrong:
        sweep(SPEC, folder, dask=threads)
    assert wrong.value.code == 7
    said = wrong.value.meaning.in_language(lang)
    assert text("sweep.halt.numerics", lang, folder=folder, **told) in said
    assert "tcp://127.0.0.1:" in said
    assert chunks_there(folder) == 0
    assert sweep(SPEC, folder, dask=threads, accept_numerics=True).complete
    notes = [
        line
        for line in (folder / "journal.jsonl").read_text(encoding="utf-8").splitlines()
        if "note" in line
    ]
    assert notes == ['{"note": "numerics accepted", "canary": "b"}']
    assert_whole(folder, expected)


@BOTH
def test_a_worker_with_other_code_is_refused_by_name(lang, threads, tmp_path, monkeypatch):
    def otherwise(store, accept):
        raise Halt(5, "code", folder=store.place.name, field="code", was="a", now="b")

    elsewhere(monkeypatch, otherwise)
    with pytest.raises(Halt) as wrong:
        sweep(SPEC, tmp_path / "sweep", dask=threads)
    assert wrong.value.code == 5
    assert "tcp://127.0.0.1:" in wrong.value.meaning.in_language(lang)


@BOTH
def test_a_worker_that_sees_another_folder_is_refused(lang, folder):
    # a copy of the folder, as on a computer that does not share the disk
    answer = do(str(folder), "locks/cluster-0.token", False, 0)
    assert isinstance(answer, Refused)
    assert answer.code == 6
    assert answer.meaning.in_language(lang) == text("sweep.halt.elsewhere", lang, folder=folder)


@BOTH
def test_workers_without_the_program_are_told(lang, daemons, tmp_path):
    _, address = daemons.scheduler()
    bare = tmp_path / "bare"
    (bare / "cgsim").mkdir(parents=True)
    (bare / "cgsim" / "__init__.py").write_text("", encoding="utf-8")  # an empty one comes first
    daemons.worker(address, PYTHONPATH=str(bare))
    with pytest.raises(Halt) as wrong:
        sweep(SPEC, tmp_path / "sweep", dask=address)
    assert wrong.value.code == 5
    said = text("sweep.halt.dask_program", lang, why="*")
    assert wrong.value.meaning.in_language(lang).startswith(said.partition("*")[0])
