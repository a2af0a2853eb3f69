"""The ensemble engine: the same month, compiled, over records, for many runs.

A run depends on the scenario, the seed and its own number alone: how runs are cut into
chunks and shared among threads cannot change a bit.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .compiled import compile_rule, is_cached
from .luck import quicken
from .records import Records, make_records, record_type
from .scenario import Scenario
from .state import TRAINEE
from .world import World, birth, month
from .world.shape import Luck

if TYPE_CHECKING:
    from numpy.typing import NDArray

log = logging.getLogger("cgsim")

Progress = Callable[[int, int], None]
"""Called with runs done and runs in all."""

LONGEST_CHUNK = 2_000
"""Runs in a chunk at most: a second or two."""


class Wanted(NamedTuple):
    """What a walk writes down: which cells after the last month, every month, every year."""

    run_cells: NDArray[np.int64]
    month_cells: NDArray[np.int64]
    year_cells: NDArray[np.int64]
    runs: NDArray[np.float64]
    states: NDArray[np.int8]
    months: NDArray[np.float64]
    years: NDArray[np.float64]
    stop: NDArray[np.int64]


def walk(  # compiled: see `kernel`
    first_run: int, last_run: int, first_month: int, last_month: int, seed: int,
    records: Records, wanted: Wanted,
) -> None:  # fmt: skip
    """Walk runs first … last−1 through months first … last−1, and write down what is wanted."""
    cluster = records.cluster[0]
    years = wanted.states.shape[1] - 1
    for run in range(first_run, last_run):
        if wanted.stop[0] != 0:
            return
        world = World(
            records.trainees, records.organisations, records.ties, records.pacts,
            records.groups, cluster, records.policy[0], records.active, records.cells,
            records.interventions, records.changes, Luck(seed, run),
        )  # fmt: skip
        row = run - first_run
        if first_month == 0:
            for words in records.words:
                words[:] = 0.0
            records.cells[:] = records.start
            for k in range(len(records.interventions)):
                records.interventions[k].held = 0
                records.interventions[k].acting = 0
                records.interventions[k].acted = 0
            birth(world)
        for t in range(first_month, last_month):
            month(world, t)
            year = (t + 1) // 12 - 1
            if (t + 1) % 12 == 0 and year < years:
                wanted.states[row, year, 0] = cluster.state
                wanted.states[row, year, 1] = cluster.state_lenient
                wanted.states[row, year, 2] = cluster.state_strict
                for k in range(wanted.years.shape[2]):
                    wanted.years[row, year, k] = records.cells[wanted.year_cells[k]]
            for k in range(wanted.months.shape[2]):
                wanted.months[row, t, k] = records.cells[wanted.month_cells[k]]
        wanted.states[row, years, 0] = cluster.state
        wanted.states[row, years, 1] = cluster.state_lenient
        wanted.states[row, years, 2] = cluster.state_strict
        for k in range(wanted.runs.shape[1]):
            wanted.runs[row, k] = records.cells[wanted.run_cells[k]]


_kernel: Callable[..., None] | None = None


def kernel() -> Callable[..., None]:
    """Return `walk`, compiled once for this computer; says so when it takes its time.

    Raises
    ------
    ImportError
        Where numba is missing: `cgsim.Model` runs without it.
    """
    global _kernel
    if _kernel is None:
        quicken()
        compiled = compile_rule(walk)
        if compiled is None:
            raise ImportError("the ensemble engine needs numba; cgsim.Model runs without it")
        fresh = not is_cached("walk")
        if fresh:
            log.warning("Compiling the rules for this computer, once; about ten seconds …")
        began = time.perf_counter()
        _try_out(compiled)
        if fresh:
            log.warning("… compiled in %.1f s.", time.perf_counter() - began)
        _kernel = compiled
    return _kernel


def _try_out(compiled: Callable[..., None]) -> None:
    """Walk no run at all: this compiles, or loads what was compiled before."""
    scenario = Scenario.load("sangatta-utara")
    nothing = np.zeros(0, np.int64)
    compiled(0, 0, 0, 0, 0, make_records(scenario), blank(nothing, nothing, nothing, 0, 0, 0))


def blank(
    run_cells: NDArray[np.int64], month_cells: NDArray[np.int64], year_cells: NDArray[np.int64],
    runs: int, months: int, years: int, stop: NDArray[np.int64] | None = None,
) -> Wanted:  # fmt: skip
    """Return room for what so many runs write down; `stop` set to 1 ends a walk early."""
    return Wanted(
        run_cells,
        month_cells,
        year_cells,
        np.empty((runs, len(run_cells))),
        np.zeros((runs, years + 1, 3), np.int8),
        np.empty((runs, months, len(month_cells))),
        np.empty((runs, years, len(year_cells))),
        np.zeros(1, np.int64) if stop is None else stop,
    )


class Ensemble(NamedTuple):
    """What many runs left behind.

    Attributes
    ----------
    runs : array, shape (runs, run cells)
        The wanted cells after the last month.
    states : array of int8, shape (runs, years + 1, 3)
        State after each whole year and after the last month, with the cut-offs as they are,
        0.05 lower and 0.05 higher.
    months : array, shape (runs, months, month cells)
        The wanted cells after every month; no columns if none were asked for.
    years : array, shape (runs, years, year cells)
        The wanted cells after each whole year; no columns if none were asked for.
    """

    runs: NDArray[np.float64]
    states: NDArray[np.int8]
    months: NDArray[np.float64]
    years: NDArray[np.float64]


def cores() -> int:
    """Return how many processor cores this process may use."""
    count = getattr(os, "process_cpu_count", os.cpu_count)()
    if hasattr(os, "sched_getaffinity"):
        count = len(os.sched_getaffinity(0))
    return max(1, count or 1)


def chunks(runs: int, threads: int, first_run: int = 0, size: int | None = None) -> list[range]:
    """Cut runs into chunks: several for each thread, none longer than a second or two."""
    size = size or max(1, min(LONGEST_CHUNK, -(-runs // (8 * threads))))
    end = first_run + runs
    return [range(a, min(a + size, end)) for a in range(first_run, end, size)]


def walk_runs(
    scenario: Scenario, runs: int, seed: int, run_cells: NDArray[np.int64],
    month_cells: NDArray[np.int64] | None = None,
    year_cells: NDArray[np.int64] | None = None, *, first_run: int = 0,
    threads: int | None = None, chunk: int | None = None, progress: Progress | None = None,
) -> Ensemble:  # fmt: skip
    """Walk many runs of a scenario.

    Parameters
    ----------
    runs : int
        Number of runs, from `first_run` on.
    seed : int
        Seed in [0, 2³²).
    run_cells, month_cells, year_cells : array of int
        Which cells to write down after the last month and, if any, after every month and
        after every whole year.
    threads : int, optional
        Threads to use; all cores if not given. The numbers do not depend on it.
    chunk : int, optional
        Runs a chunk. The numbers do not depend on it.
    progress : callable, optional
        Told how many runs are done.

    Raises
    ------
    KeyboardInterrupt
        After every thread has stopped.
    """
    threads = threads or cores()
    quick = kernel()
    nothing = np.zeros(0, np.int64)
    month_cells = nothing if month_cells is None else month_cells
    year_cells = nothing if year_cells is None else year_cells
    months = scenario.months if len(month_cells) else 0
    wanted = blank(run_cells, month_cells, year_cells, runs, months, scenario.months // 12)
    spare: list[Records] = []

    def one_chunk(part: range) -> int:
        records = spare.pop() if spare else make_records(scenario)
        rows = slice(part.start - first_run, part.stop - first_run)
        mine = wanted._replace(
            runs=wanted.runs[rows], states=wanted.states[rows], months=wanted.months[rows],
            years=wanted.years[rows],
        )  # fmt: skip
        quick(part.start, part.stop, 0, scenario.months, seed, records, mine)
        spare.append(records)
        return len(part)

    parts = chunks(runs, threads, first_run, chunk)
    _share_out(parts, one_chunk, threads, wanted.stop, progress, runs)
    return Ensemble(wanted.runs, wanted.states, wanted.months, wanted.years)


def _share_out(
    parts: list[range], work: Callable[[range], int], threads: int,
    stop: NDArray[np.int64], progress: Progress | None, runs: int,
) -> None:  # fmt: skip
    """Let threads work through the chunks; on Ctrl-C stop them all, then pass it on."""
    done = 0
    with ThreadPoolExecutor(threads, thread_name_prefix="cgsim") as pool:
        pending: set[Future[int]] = {pool.submit(work, part) for part in parts}
        try:
            while pending:
                # a timeout, so that Windows lets Ctrl-C through
                finished, pending = wait(pending, timeout=0.5, return_when="FIRST_COMPLETED")
                for one in finished:
                    done += one.result()
                if finished and progress:
                    progress(done, runs)
        except BaseException:
            stop[0] = 1
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def trace(scenario: Scenario, seed: int = 1, run: int = 0) -> Iterator[Records]:
    """Walk one run month by month; yields the actors' records after each month.

    The records are the same memory every time: copy what is to be kept.
    """
    quick = kernel()
    records = make_records(scenario)
    nothing = np.zeros(0, np.int64)
    wanted = blank(nothing, nothing, nothing, 1, 0, 0)
    for t in range(scenario.months):
        quick(run, run + 1, t, t + 1, seed, records, wanted)
        yield records


def trace_trainees(scenario: Scenario, seed: int = 1, run: int = 0) -> NDArray[Any]:
    """Return every trainee after every month of one run: records of shape (months, people)."""
    people = int(scenario.policy["people"])
    kept = np.zeros((scenario.months, people), record_type(TRAINEE))
    for t, records in enumerate(trace(scenario, seed, run)):
        kept[t] = records.trainees
    return kept
