"""Two threads against one, on the clock."""

from __future__ import annotations

import time
from statistics import median

import cgsim
from cgsim.ensemble import cores

from .engines import CASE
from .timing import Row, Times, in_turns, ratio

FASTER = 1.7


def measure(quick: bool) -> list[Row]:
    case = cgsim.Scenario.load(CASE)
    runs, rounds = (500, 4) if quick else (1_000, 14)
    spent: dict[int, list[float]] = {1: [], 2: []}
    alone: list[float] = []

    def walk(threads: int) -> float:
        """Time on the clock [s]; processor time is kept beside it."""
        clock, processor, own = time.perf_counter(), time.process_time(), time.thread_time()
        cgsim.simulate(case, runs=runs, seed=1, months=False, threads=threads)
        spent[threads].append(time.process_time() - processor)
        alone.append((time.thread_time() - own) / spent[threads][-1])
        return time.perf_counter() - clock

    if cores() < 2:
        return [Row("One thread against two, time on the clock", "one core", f"≥ {FASTER:g}×")]
    walk(2)
    spent[2].clear()
    times = in_turns({"one": lambda: walk(1), "two": lambda: walk(2)}, rounds)
    one, two = times["one"], times["two"]
    both = ratio(one, two)
    busy = median(a / b for a, b in zip(one.rounds, spent[1], strict=True))
    serial = median(alone)  # checking, tables: what the calling thread does by itself
    return [
        Row("One thread against two, time on the clock: of the bests (median)",
            f"{both.best:.3g} ({both.median:.3g})×", f"≥ {FASTER:g}×", both.best >= FASTER),
        Row(f"– one thread, {runs:,} runs", one.words("s")),
        Row(f"– two threads, {runs:,} runs", two.words("s")),
        Row("– processor time of two threads against one (1: nothing done twice)",
            ratio(Times(spent[2]), Times(spent[1])).words()),
        Row("– what the work outside the threads would allow on two free cores",
            f"{2 / (1 + serial):.3g}×"),
        Row("– clock against processor time of one thread (1: a core to itself)",
            f"{busy:.3g}×"),
    ]  # fmt: skip
