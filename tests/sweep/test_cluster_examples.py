"""The scripts of examples/cluster, as far as they can be tried without SLURM and Kubernetes."""

from __future__ import annotations

import ast
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from ruamel.yaml import YAML as Reader

from cgsim.cli.app import app
from tests.sweep.tiny import ROOT, YAML, assert_whole, need

pytestmark = pytest.mark.docs

EXAMPLES = ROOT / "examples" / "cluster"
on_posix = pytest.mark.skipif(sys.platform == "win32", reason="these are shell scripts")


@on_posix
@pytest.mark.parametrize("script", sorted(EXAMPLES.glob("*.sh")), ids=lambda path: path.name)
def test_a_shell_script_parses_and_may_be_started(script):
    assert subprocess.run(["bash", "-n", script], capture_output=True).returncode == 0
    assert os.access(script, os.X_OK)


@on_posix
def test_the_array_of_slurm_makes_the_same_files_all_tasks_at_once(tmp_path, expected):
    need(Path("/bin/bash").exists(), "there is no bash")
    spec, folder = tmp_path / "spec.yaml", tmp_path / "sweep"
    spec.write_text(YAML, encoding="utf-8")
    env = {
        **os.environ, "SLURM_ARRAY_TASK_COUNT": "3", "SLURM_CPUS_PER_TASK": "1",
        "CGSIM": f"{sys.executable} -m cgsim", "PYTHONUTF8": "1",
    }  # fmt: skip
    if "CGSIM_CACHE" not in env:
        from cgsim.compiled import cache_folder

        cache = cache_folder()
        env["CGSIM_CACHE"] = str(cache.parent) if cache else ""

    def start(task, **more):
        return subprocess.Popen(
            [EXAMPLES / "slurm-array.sh", spec, folder], cwd=ROOT,
            env={**env, "SLURM_ARRAY_TASK_ID": str(task), **more}, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    tasks = [start(task) for task in (1, 2, 3)]
    assert [task.wait() for task in tasks] == [0, 0, 0]
    assert_whole(folder, expected)
    # one task by itself again: its count is another, SHARDS says what it was
    next(iter(folder.glob("runs/*/c00000001.parquet"))).unlink()
    assert start(2, SLURM_ARRAY_TASK_COUNT="1", SHARDS="3").wait() == 0
    assert_whole(folder, expected)


def test_the_script_for_dask_on_slurm_is_python_and_calls_what_there_is():
    words = (EXAMPLES / "slurm-dask.py").read_text(encoding="utf-8")
    tree = ast.parse(words)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    (sweep,) = [one for one in calls if ast.unparse(one.func) == "cgsim.sweep"]
    assert [one.arg for one in sweep.keywords] == ["dask"]
    assert "__main__" in words  # workers that are started anew import the script


def documents(name):
    return Reader(typ="safe").load((EXAMPLES / name).read_text(encoding="utf-8"))


def test_the_shards_of_kubernetes_are_as_many_as_its_job_completes():
    job = documents("kubernetes-shards.yaml")["spec"]
    (container,) = job["template"]["spec"]["containers"]
    (said,) = container["args"]
    assert job["completionMode"] == "Indexed"
    assert re.search(r"\+ 1\)\)/(\d+) ", said).group(1) == str(job["completions"])
    command = shlex.split(said.removeprefix("exec ").replace("$((JOB_COMPLETION_INDEX + 1))", "1"))
    assert command[:3] == ["cgsim", "sweep", "run"]
    run = typer.main.get_command(app).commands["sweep"].commands["run"]
    parsed = run.make_context("run", command[3:]).params
    assert parsed["shard"] == "1/32"
    assert parsed["workers"] == container["resources"]["requests"]["cpu"]


def test_the_cluster_of_kubernetes_speaks_tls_throughout():
    spec = documents("kubernetes-dask.yaml")["spec"]
    for part in ("worker", "scheduler"):
        pod = spec[part]["spec"]
        (container,) = pod["containers"]
        assert "--protocol=tls" in container["args"]
        files = [arg.partition("=")[2] for arg in container["args"] if arg.startswith("--tls-")]
        assert files == ["/tls/authority.pem", "/tls/cgsim.pem", "/tls/cgsim.key"]
        assert {mount["name"] for mount in container["volumeMounts"]} <= {
            volume["name"] for volume in pod["volumes"]
        }
    assert "tls://cgsim-scheduler:8786" in spec["worker"]["spec"]["containers"][0]["command"]
