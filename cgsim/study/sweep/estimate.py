"""What a sweep will take, told from a few of its runs before it starts."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import NamedTuple

from .files import parquet_bytes
from .spec import Spec
from .work import Bench, Chunk

LOOK_SECONDS = 0.3
"""How long the trial runs may take [s]."""

PLACES = 7
"""Chunks from which they are taken: points of a design do not all take as long."""


class Estimate(NamedTuple):
    """What is to be expected.

    Attributes
    ----------
    seconds : float
        Time from here to the end [s], about.
    size : float
        Bytes of the files that are still to be written, about.
    """

    seconds: float
    size: float


def estimate(spec: Spec, runs: int, workers: int) -> Estimate:
    """Walk a few runs and say what so many will take.

    Parameters
    ----------
    spec : Spec
    runs : int
        Runs that are still to be done.
    workers : int
        Threads at work.
    """
    bench = Bench(spec)
    bench.walk(0, 1)  # compiles or loads the rules; makes the world
    a_chunk = min(_timed(bench, first, 1)[0] for first in _spread(spec, 1))
    spent, size = 0.0, 1
    while True:
        size = min(4 * size, spec.chunk)
        tried = [_timed(bench, first, size) for first in _spread(spec, size)]
        spent += sum(seconds for seconds, _ in tried)
        if spent >= LOOK_SECONDS or size == spec.chunk:
            break
    done = sum(len(chunk.runs) + len(chunk.failures) for _, chunk in tried)
    a_run = max(0.0, sum(seconds - a_chunk for seconds, _ in tried)) / done
    chunks = -(-runs // spec.chunk)
    busy = min(workers, max(1, chunks))
    seconds = (a_chunk * chunks + a_run * runs) / busy
    return Estimate(seconds, _size(tried[-1][1], runs, chunks))


def _timed(bench: Bench, first: int, size: int) -> tuple[float, Chunk]:
    """Walk some runs; return how long it took [s] and what came of them."""
    began = time.perf_counter()
    chunk = bench.walk(first, min(first + size, bench.spec.simulations))
    return time.perf_counter() - began, chunk


def _spread(spec: Spec, size: int) -> Iterable[int]:
    """Return first runs of blocks that lie all over the sweep."""
    room = max(0, spec.simulations - size)
    return dict.fromkeys(room * k // (PLACES - 1) for k in range(PLACES))


def _size(chunk: Chunk, runs: int, chunks: int) -> float:
    """Return the bytes of so many runs in so many files: each has a footer, each run a row."""
    total = 0.0
    for table in [chunk.runs] if chunk.months is None else [chunk.runs, chunk.months]:
        half = len(table) // 2
        whole, part = (len(parquet_bytes(rows, "")) for rows in (table, table[:half]))
        a_row = (whole - part) / max(1, len(table) - half)
        rows = runs * len(table) / max(1, len(chunk.runs))
        total += (whole - a_row * len(table)) * chunks + a_row * rows
    return total
