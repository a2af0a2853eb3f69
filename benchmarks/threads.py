"""Two threads against one, on the clock."""

from __future__ import annotations

import cgsim
from cgsim.ensemble import cores

from .engines import CASE
from .timing import Row, in_turns, wall

FASTER = 1.7


def measure(quick: bool) -> list[Row]:
    case = cgsim.Scenario.load(CASE)
    runs, rounds = (1_000, 4) if quick else (2_000, 12)

    def walk(threads: int) -> float:
        return wall(lambda: cgsim.simulate(case, runs=runs, seed=1, months=False, threads=threads))

    if cores() < 2:
        return [Row("One thread against two, wall time", "one core only", f"≥ {FASTER:g}×")]
    walk(2)
    times = in_turns({"one": lambda: walk(1), "two": lambda: walk(2)}, rounds)
    one, two = times["one"], times["two"]
    singly = [a / b for a, b in zip(one.rounds, two.rounds, strict=True)]
    best, middle = one.best / two.best, sorted(singly)[len(singly) // 2]
    return [
        Row("One thread against two, wall time, of the bests (median of the rounds)",
            f"{best:.3g} ({middle:.3g})×", f"≥ {FASTER:g}×", best >= FASTER),
        Row(f"– one thread, {runs:,} runs", one.words("s")),
        Row(f"– two threads, {runs:,} runs", two.words("s")),
    ]  # fmt: skip
