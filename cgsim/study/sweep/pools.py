"""Who works through chunks: threads of this process, or the workers of a Dask cluster."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager
from typing import Generic, NamedTuple, Protocol, TypeVar

import numpy as np

from ...errors import Message
from .files import Written
from .place import crash
from .spec import Spec
from .store import Store
from .work import Bench, Stopped


class Done(NamedTuple):
    """A chunk whose files are in their places.

    `failures` counts runs that gave no row; `aside` says why nobody could do the chunk; `other`
    is the hash of trial runs of a computer that reckons differently and was accepted.
    """

    chunk: int
    files: tuple[Written, ...]
    failures: int
    aside: Message | None = None
    other: str = ""


T = TypeVar("T")
Made = TypeVar("Made", covariant=True)


class Pool(Protocol[Made]):
    """Workers.

    Attributes
    ----------
    workers : int
        Chunks that can be at work at a time.
    """

    workers: int

    def results(self, chunks: Iterable[int]) -> Iterator[Made | None]:
        """Yield each chunk once it is done; None now and then while nothing is."""
        ...


def do_chunk(store: Store, bench: Bench, chunk: int) -> Done:
    """Walk a chunk and put its files in their places."""
    made = bench.work(chunk)
    crash("computed", chunk)
    return Done(chunk, tuple(store.put(chunk, made)), len(made.failures))


class Threads(AbstractContextManager["Threads[T]"], Generic[T]):
    """Threads over the compiled kernel, which runs without the interpreter's lock.

    Parameters
    ----------
    spec : Spec
    job : callable
        What is done with a chunk on a thread's bench.
    threads : int
    """

    def __init__(self, spec: Spec, job: Callable[[Bench, int], T], threads: int) -> None:
        self.spec = spec
        self.job = job
        self.workers = threads
        self.stop = np.zeros(1, np.int64)
        self._own = threading.local()
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="cgsim-sweep")

    def results(self, chunks: Iterable[int]) -> Iterator[T | None]:
        """Yield each chunk once it is done; only a few are under way at a time."""
        waiting = iter(chunks)
        pending: set[Future[T]] = set()
        while True:
            while len(pending) < 2 * self.workers and (one := next(waiting, None)) is not None:
                pending.add(self._pool.submit(self._one, one))
            if not pending:
                return
            # a timeout, so that Windows lets Ctrl-C through
            finished, pending = wait(pending, timeout=0.5, return_when="FIRST_COMPLETED")
            if not finished:
                yield None
            for future in finished:
                yield future.result()

    def _one(self, chunk: int) -> T:
        bench = getattr(self._own, "bench", None)
        if bench is None:
            bench = self._own.bench = Bench(self.spec, self.stop)
        return self.job(bench, chunk)

    def __exit__(self, *wrong: object) -> None:
        """End the work: at once and without keeping what is half done if something is wrong."""
        if wrong[0] is not None:
            self.stop[0] = 1
        self._pool.shutdown(wait=True, cancel_futures=True)


__all__ = ["Bench", "Done", "Pool", "Stopped", "Threads", "do_chunk"]
