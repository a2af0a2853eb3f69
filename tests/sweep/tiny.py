"""A sweep so small that every way of losing it can be tried."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cgsim.cli.app import app
from cgsim.study.sweep import verify

ROOT = Path(__file__).parents[2]

SPEC: dict[str, Any] = {
    "scenario": "sangatta-utara",
    "length": 12,
    "set": {"community.people": 12, "community.group_size": 4},
    "vary": {
        "organisations.*.monitoring_interval": ["never", 6, 1],
        "community.persistence.mean": {"from": 0.3, "to": 0.8, "steps": 3},
    },
    "runs": 4,
    "months": ["producers", "trust"],
    "chunk": 6,
}
"""9 points × 4 runs in 6 chunks of two files each."""

POINTS, RUNS, CHUNKS = 9, 36, 6

YAML = """\
scenario: sangatta-utara
length: 12
set: {community.people: 12, community.group_size: 4}
vary:
  organisations.*.monitoring_interval: [never, 6, 1]
  community.persistence.mean: {from: 0.3, to: 0.8, steps: 3}
runs: 4
months: [producers, trust]
chunk: 6
"""
"""The same as a file."""

SCRIPT = """\
import sys
from cgsim.study.sweep import Shard, sweep
from cgsim.cli import main
from tests.sweep.tiny import SPEC
spec = {**SPEC, **eval(sys.argv[2])}
sweep(spec, sys.argv[1], workers=int(sys.argv[3]))
"""


def call(*words: object, code: int = 0, lang: str = "en") -> Any:
    """Run a command in this process."""
    runner = CliRunner(env={"COLUMNS": "80"})
    result = runner.invoke(app, [*(str(word) for word in words), "--lang", lang])
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result


def files(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all that a sweep is: its files, without journals and locks."""
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith(("journal", "locks/")):
            found[name] = path.read_bytes()
    return found


def begin(folder: Path, more: dict[str, Any] | None = None, workers: int = 1, **env: str) -> Any:
    """Start the tiny sweep in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(folder), repr(more or {}), str(workers)],
        cwd=ROOT, env={**os.environ, "PYTHONUTF8": "1", **env},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip


def killed(folder: Path, step: str) -> None:
    """Run the tiny sweep in a process that is killed at a step."""
    process = begin(folder, CGSIM_CRASH_AT=step)
    _, told = process.communicate()
    assert process.returncode == -signal.SIGKILL, f"{step}: {process.returncode} {told}"


def chunks_there(folder: Path) -> int:
    """Return how many chunks have their table of runs."""
    return sum(1 for _ in folder.glob("runs/*/c*.parquet"))


def wait_for_chunks(process: Any, folder: Path, many: int) -> None:
    """Wait until so many chunks are there, or the process has ended."""
    while process.poll() is None and chunks_there(folder) < many:
        time.sleep(0.002)


def need(possible: bool, why: str) -> None:
    """Skip a test where the computer cannot do it; the gate may not skip."""
    if not possible:
        if os.environ.get("CI"):
            pytest.fail(f"the gate must try this: {why}")
        pytest.skip(why)


def assert_whole(folder: Path, expected: dict[str, bytes]) -> None:
    """Require that no run is lost, doubled or damaged, and every byte as expected."""
    found = verify(folder)
    assert (found.duplicates, found.losses, found.damaged, found.foreign) == (0, 0, [], [])
    assert files(folder) == expected
