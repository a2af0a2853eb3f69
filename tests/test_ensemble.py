"""The ensemble engine: any chunking, any number of threads, clean stops, a cache that is right."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
import weakref
from pathlib import Path

import numpy as np
import pytest

import cgsim
from cgsim import compiled, ensemble
from cgsim.model import Model
from cgsim.study.simulate import table_hash
from cgsim.world import RULES

BASE = cgsim.Scenario.load("sangatta-utara")


@pytest.mark.parametrize(("threads", "chunk"), [(1, 1), (1, 7), (2, 3), (2, 40), (3, None)])
def test_chunks_and_threads_change_no_bit(threads, chunk):
    whole = cgsim.simulate(BASE, runs=40, seed=4, threads=1, chunk=40)
    other = cgsim.simulate(BASE, runs=40, seed=4, threads=threads, chunk=chunk)
    assert table_hash(whole.runs) == table_hash(other.runs)
    assert table_hash(whole.months) == table_hash(other.months)


def test_a_run_is_the_same_wherever_it_stands():
    whole = cgsim.simulate(BASE, runs=12, seed=4)
    part = cgsim.simulate(BASE, runs=5, seed=4, first_run=7)
    assert part.runs["run"].tolist() == [7, 8, 9, 10, 11]
    same = whole.runs.iloc[7:].reset_index(drop=True)
    assert table_hash(same) == table_hash(part.runs)


def test_months_equal_what_mesa_collects():
    model = Model(BASE, seed=6, run=0).run()
    seen = model.datacollector.get_model_vars_dataframe()
    months = cgsim.simulate(BASE, runs=1, seed=6).months
    for name in seen.columns:
        assert seen[name].tolist() == months[name].tolist(), name


def test_runs_are_the_last_month_and_the_sum_of_months():
    result = cgsim.simulate(BASE, runs=6, seed=2)
    last = result.months[result.months["month"] == 119]
    assert last["producers"].tolist() == result.runs["producers"].tolist()
    assert last["state"].astype(str).tolist() == result.runs["end_state"].astype(str).tolist()
    for column in ("spent_kpc", "spent_on_visits", "spent"):
        summed = result.months.groupby("run")[column].sum().to_numpy()
        assert np.allclose(summed, result.runs[column], rtol=1e-12), column
    after_36 = result.months[result.months["month"] == 35]["state"].astype(str).tolist()
    assert after_36 == result.runs["state_36"].astype(str).tolist()
    years = result.months.groupby(["run", "state"], observed=False).size().unstack()
    assert years["active"].tolist() == result.runs["months_active"].tolist()


def test_only_outcomes_asked_for():
    result = cgsim.simulate(BASE, runs=3, seed=1, months=False, outcomes=["producers", "spent_kpc"])
    assert set(result.runs.columns) >= {"producers", "spent_kpc", "end_state", "state_120"}
    assert "novelty" not in result.runs
    assert result.months.empty
    with pytest.raises(KeyError, match="prodcers"):
        cgsim.simulate(BASE, runs=3, outcomes=["prodcers"])


@pytest.mark.parametrize(("runs", "seed"), [(0, 1), (-1, 1), (1, -1), (1, 2**32)])
def test_numbers_out_of_range_are_refused(runs, seed):
    with pytest.raises(ValueError, match="must be"):
        cgsim.simulate(BASE, runs=runs, seed=seed)


def test_the_last_seed_and_run_are_legal():
    seed, run = 2**32 - 1, 2**32 - 1
    result = cgsim.simulate(BASE, runs=1, seed=seed, first_run=run)
    model = Model(BASE, seed=seed, run=run, collect=False).run()
    assert result.runs["household_income"].item() == model.cluster.household_income


def test_stopping_leaves_no_thread_behind():
    seen = []

    def stop(done: int, runs: int) -> None:
        seen.append(done)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cgsim.simulate(BASE, runs=4000, seed=1, months=False, threads=2, progress=stop)
    assert seen[0] < 4000
    assert not [t for t in threading.enumerate() if t.name.startswith("cgsim")]


def _python(code: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        capture_output=True, text=True, encoding="utf-8", check=False,
        cwd=Path(__file__).parents[1], env={**os.environ, **env},
    )  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise on Windows")
def test_ctrl_c_ends_a_long_run_at_once():
    code = """
        import cgsim
        from cgsim import ensemble
        ensemble.kernel()
        try:
            print("ready", flush=True)
            cgsim.simulate("sangatta-utara", runs=10_000_000, months=False, outcomes=["producers"])
        except KeyboardInterrupt:
            print("stopped", flush=True)
    """
    running = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)],
        stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=Path(__file__).parents[1],
    )  # fmt: skip
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"
    running.send_signal(signal.SIGINT)
    words, _ = running.communicate(timeout=60)
    assert (words, running.returncode) == ("stopped\n", 0)


def test_mesa_walks_without_numba_and_gives_the_same_numbers():
    code = """
        import sys
        sys.modules["numba"] = None
        from cgsim.model import Model
        model = Model("sangatta-utara", seed=6, run=2).run()
        assert not any(name.startswith(("numba.", "cgsim.ensemble")) for name in sys.modules)
        print(repr(model.cluster.household_income), repr(model.cluster.spent_total))
    """
    done = _python(code)
    assert done.returncode == 0, done.stderr
    model = Model(BASE, seed=6, run=2).run()
    assert done.stdout.split() == [
        repr(model.cluster.household_income), repr(model.cluster.spent_total)
    ]  # fmt: skip


def test_scenarios_are_read_without_numba_mesa_or_pandas():
    code = """
        import sys
        for name in ("numba", "mesa", "pandas", "numpy", "solara", "matplotlib"):
            sys.modules[name] = None
        import cgsim, cgsim.parameters, cgsim.state, cgsim.world
        print(cgsim.Scenario.load("sangatta-utara").hash)
    """
    done = _python(code)
    assert (done.returncode, done.stdout.strip()) == (0, BASE.hash), done.stderr


def test_a_changed_rule_is_seen_in_spite_of_the_cache(tmp_path):
    """A rule edited in a file that the compiled function only calls."""
    home = Path(cgsim.__file__).parent
    shutil.copytree(home, tmp_path / "cgsim", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "calls.py").write_text(
        "from cgsim.compiled import compile_rule\n"
        "from cgsim.world.helpers import toward\n"
        "def halfway(x, y):\n"
        "    return toward(x, y, 0.5)\n"
        "quick = compile_rule(halfway)\n"
        "print(quick(0.0, 8.0), sum(quick.stats.cache_hits.values()))\n",
        encoding="utf-8",
    )

    def run() -> list[str]:
        return subprocess.run(
            [sys.executable, "calls.py"],
            capture_output=True, text=True, encoding="utf-8", check=True, cwd=tmp_path,
            env={**os.environ, "CGSIM_CACHE": str(tmp_path / "cache"), "PYTHONPATH": str(tmp_path)},
        ).stdout.split()  # fmt: skip

    assert run() == ["4.0", "0"]
    assert run() == ["4.0", "1"]
    rule = tmp_path / "cgsim" / "world" / "helpers.py"
    words = rule.read_text(encoding="utf-8")
    changed = words.replace(
        "return x + rate * (target - x)", "return x + rate * (target - x) + 1.0"
    )
    assert changed != words
    rule.write_text(changed, encoding="utf-8")
    assert run() == ["5.0", "0"]


def test_all_that_is_compiled_decides_about_the_cache(tmp_path, monkeypatch):
    """The kernel's sources are the world, its state and levers, the engine itself."""
    for room in compiled.ROOMS:
        assert (Path(compiled.__file__).parent / room).exists(), room
    used = {Path(rule.__code__.co_filename).parent.name for rule in RULES}
    assert used == {"world"}
    assert Path(ensemble.walk.__code__.co_filename).name in compiled.ROOMS


def test_no_cache_folder_is_no_reason_to_fail(tmp_path, monkeypatch):
    blocker = tmp_path / "file"
    blocker.write_text("not a folder", encoding="utf-8")
    monkeypatch.setenv("CGSIM_CACHE", str(blocker / "cache"))
    assert compiled.cache_folder() is None
    quick = compiled.compile_rule(lambda x: x + 1.0)
    assert quick is not None
    assert quick(1.0) == 2.0


def test_old_caches_are_dropped_and_other_files_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("CGSIM_CACHE", str(tmp_path))
    for k in range(compiled.KEPT + 3):
        old = tmp_path / f"rules-{k:016x}-py311"
        old.mkdir()
        os.utime(old, (k, k))
    (tmp_path / "mine.txt").write_text("kept", encoding="utf-8")
    compiled.compile_rule(lambda x: x)
    left = sorted(p.name for p in tmp_path.iterdir())
    assert len([name for name in left if name.startswith("rules-")]) == compiled.KEPT + 1
    assert "rules-0000000000000000-py311" not in left
    assert "mine.txt" in left


def test_a_model_is_freed_with_its_last_name():
    model = Model(BASE, seed=1, collect=False)
    model.step()
    gone = weakref.ref(model)
    del model
    gc.collect()
    assert gone() is None


def test_people_hold_the_hazard_and_its_terms():
    table = cgsim.people(BASE.replace({}, months=12), seed=1)
    lived = table[(table["month"] == 11) & table["status"].isin(["training", "artisan"])]
    terms = [
        f"hazard_{name}" for name in ("skill", "persistence", "support", "trust", "income", "peers")
    ]
    assert np.allclose(0.11 * np.exp(lived[terms].sum(axis=1)), lived["hazard"])


def test_more_cores_than_work():
    assert [len(part) for part in ensemble.chunks(3, 8)] == [1, 1, 1]
    assert sum(len(part) for part in ensemble.chunks(100_003, 2, first_run=5)) == 100_003
