"""Fresh processes: how much memory many runs take, and how long the first runs take."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from .timing import Row, Times, in_turns, ratio

MEMORY = 1.5
FIRST = 200
ROOT = Path(__file__).parent.parent


def fresh(runs: int, cache: str | None = None) -> dict[str, float]:
    """Let a fresh process walk runs, and return what it measured of itself."""
    place = {"CGSIM_CACHE": cache} if cache else {}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.child", str(runs)],
        cwd=ROOT,
        env=os.environ | place,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def memory(quick: bool) -> list[Row]:
    """Peak memory of 100,000 runs against 1,000."""
    few, many = (1_000, 20_000) if quick else (1_000, 100_000)
    last: dict[int, dict[str, float]] = {}

    def held(runs: int) -> float:
        last[runs] = fresh(runs)
        return last[runs]["peak"]

    taken = in_turns({"few": lambda: held(few), "many": lambda: held(many)}, 1)
    times = ratio(taken["many"], taken["few"])
    table = last[many]["table"] / 1e6
    grown = (last[many]["peak"] - last[many]["before"]) / 1e6
    return [
        Row(f"Peak memory, {many:,} runs against {few:,}, no months kept",
            f"{times.median:.3g}×", f"≤ {MEMORY:g}×", times.median <= MEMORY),
        Row(f"– {few:,} runs", f"{taken['few'].best / 1e6:.0f} MB"),
        Row(f"– {many:,} runs", f"{taken['many'].best / 1e6:.0f} MB"),
        Row(f"– above one run, of {many:,}; their finished table alone",
            f"{grown:.0f} MB; {table:.0f} MB"),
    ]  # fmt: skip


def starts(quick: bool) -> list[Row]:
    """Processor time of a fresh process until 200 runs are done, without and with a cache."""
    cold: list[float] = []
    warm: list[float] = []
    for _ in range(1 if quick else 2):
        with tempfile.TemporaryDirectory() as cache:
            cold.append(fresh(FIRST, cache)["cpu"])
            warm.append(fresh(FIRST, cache)["cpu"])
    times = ratio(Times(cold), Times(warm))
    return [
        Row(f"First {FIRST} runs of a fresh process, empty cache against full", times.words()),
        Row("– empty cache: rules are compiled", Times(cold).words("s")),
        Row("– full cache", Times(warm).words("s")),
    ]
