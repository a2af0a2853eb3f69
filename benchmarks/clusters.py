"""What Dask adds to a sweep once it has started: the same chunks by its workers and by threads."""

from __future__ import annotations

import os
import tempfile
import time

import psutil

from cgsim.ensemble import cores
from cgsim.study.sweep import Spec, sweep
from cgsim.study.sweep.cluster import Cluster
from cgsim.study.sweep.pools import Bench, Done, Threads, do_chunk
from cgsim.study.sweep.store import Store, local, open_store

from .sweeps import REFERENCE
from .timing import Row, Times, in_turns, ratio

OVERHEAD = 1.08
CHUNK = 3_000
EACH = 3
"""Chunks that each worker does in a round."""


def measure(quick: bool) -> list[Row]:
    """Chunks of about a second by two processes of Dask, against two threads."""
    workers = min(2, cores())
    chunks = range(EACH * workers)
    spec = Spec.make({**REFERENCE, "runs": 50 * EACH * workers, "chunk": CHUNK})
    busy: dict[str, list[float]] = {"dask": [], "threads": []}
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        sweep(spec, place, workers=1, stop_after=0.0)
        store = open_store(local(place))
        begun = time.perf_counter() - began
        with Cluster(store, "local", processes=workers) as cluster, _threads(store, workers) as own:
            for pool in (cluster, own):  # compiles or loads the rules, in each process and thread
                assert _done(pool, chunks) == len(chunks)
            start = time.perf_counter() - began - begun

            def timed(name: str, pool: Cluster | Threads[Done]) -> float:
                """Time on the clock [s]; processor time of all processes is kept beside it."""
                clock, spent = time.perf_counter(), _processor()
                assert _done(pool, chunks) == len(chunks)
                busy[name].append(_processor() - spent)
                return time.perf_counter() - clock

            taken = in_turns(
                {"dask": lambda: timed("dask", cluster), "threads": lambda: timed("threads", own)},
                3 if quick else 7,
            )  # fmt: skip
    clock = ratio(taken["dask"], taken["threads"])
    spent = {name: Times(values) for name, values in busy.items()}
    processor = ratio(spent["dask"], spent["threads"])
    return [
        Row(f"{len(chunks)} chunks of {CHUNK:,} runs by {workers} workers of Dask, started before, "
            f"against {workers} threads: processor time",
            processor.words(), f"≤ {OVERHEAD:g}×", processor.median <= OVERHEAD),
        Row("– the same, time on the clock", clock.words(), f"≤ {OVERHEAD:g}×",
            clock.median <= OVERHEAD),
        Row("– by Dask: processor time of scheduler, client and workers", spent["dask"].words("s")),
        Row("– by threads: processor time", spent["threads"].words("s")),
        Row("– start and the first round of each, time on the clock", f"{start:.3g} s"),
        Row("– how many processes wanted one of the cores meanwhile", f"{os.getloadavg()[1]:.1f}"),
    ]  # fmt: skip


def _threads(store: Store, workers: int) -> Threads[Done]:
    def job(bench: Bench, chunk: int) -> Done:
        return do_chunk(store, bench, chunk)

    return Threads(store.spec, job, workers)


def _done(pool: Cluster | Threads[Done], chunks: range) -> int:
    return sum(done is not None for done in pool.results(chunks))


def _processor() -> float:
    """Return the processor time of this process and all that it has started [s]."""
    here = psutil.Process()
    every = [here, *here.children(recursive=True)]
    return sum(sum(one.cpu_times()[:2]) for one in every)
