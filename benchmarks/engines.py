"""The ensemble engine against the two Mesa walks, one thread, a baseline run each."""

from __future__ import annotations

import inspect
from typing import Any

import mesa

import cgsim

from .timing import Row, cpu, in_turns, ratio

CASE = "sangatta-utara"
TIMES_FASTER = 45.0
MESA_MS, ENSEMBLE_MS = 35.0, 0.65


class CollectedWalk(cgsim.Model):
    """A baseline run as `mesa.batch_run` asks for one."""

    def __init__(self, run: int = 0, seed: int = 1) -> None:
        super().__init__(CASE, seed=seed, run=run, collect=True)


def batch_run(runs: int) -> list[dict[str, Any]]:
    """Let Mesa walk runs; Mesa 3.4 and later ask for `rng` where earlier had `iterations`."""
    keywords: dict[str, Any] = {"number_processes": 1, "display_progress": False}
    if "rng" in inspect.signature(mesa.batch_run).parameters:
        keywords["rng"] = 1
    else:
        keywords["iterations"] = 1
    rows: list[dict[str, Any]] = mesa.batch_run(
        CollectedWalk, parameters={"run": list(range(runs))}, **keywords
    )
    assert len(rows) == runs
    return rows


def plain_loop(case: cgsim.Scenario, runs: int) -> None:
    for run in range(runs):
        cgsim.Model(case, seed=1, run=run, collect=False).run()


def measure(quick: bool) -> list[Row]:
    case = cgsim.Scenario.load(CASE)
    many, few, rounds = (400, 4, 3) if quick else (1_000, 10, 7)

    def ensemble(runs: int) -> None:
        cgsim.simulate(case, runs=runs, seed=1, months=False, threads=1)

    ensemble(1)
    plain_loop(case, 1)
    batch_run(1)
    times = in_turns(
        {
            "loop": lambda: cpu(lambda: plain_loop(case, few)) / few,
            "ensemble": lambda: cpu(lambda: ensemble(many)) / many,
            "batch_run": lambda: cpu(lambda: batch_run(few)) / few,
        },
        rounds,
    )
    loop, batch, fast = times["loop"], times["batch_run"], times["ensemble"]
    by_loop, by_batch = ratio(loop, fast), ratio(batch, fast)
    wanted = f"≥ {TIMES_FASTER:g}×"
    return [
        Row("Loop over `cgsim.Model`, nothing collected, against ensemble",
            by_loop.words(), wanted, by_loop.median >= TIMES_FASTER),
        Row("`mesa.batch_run`, months collected, against ensemble",
            by_batch.words(), wanted, by_batch.median >= TIMES_FASTER),
        Row("– ensemble, a run", fast.words("ms", 1e3), f"≤ {ENSEMBLE_MS:g} ms",
            fast.median <= ENSEMBLE_MS / 1e3),
        Row("– loop over `cgsim.Model`, a run", loop.words("ms", 1e3), f"≤ {MESA_MS:g} ms",
            loop.median <= MESA_MS / 1e3),
        Row("– `mesa.batch_run`, a run", batch.words("ms", 1e3)),
    ]  # fmt: skip
