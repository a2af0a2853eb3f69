"""The workers of a Dask cluster as a sweep's pool: the very same chunks, done elsewhere.

Workers open the folder themselves and write their own chunks. Few chunks are under way at a
time and each answer is let go at once, so scheduler and client stay small however long the sweep.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple

from ...ensemble import cores
from ...errors import say
from .halts import BROKEN, DIFFERS, Halt
from .joining import LOCAL, joined
from .place import Folder, whole
from .pools import Done
from .store import Store
from .worker import Refused

A_THREAD = 3
"""Chunks under way for each thread of the cluster: one at work, two on their way."""

AT_LEAST = 8
"""Chunks under way however few the threads: a cluster that grows with its work sees some."""

LOOK = 5.0
"""How often the cluster's threads are counted [s]."""

FETCH = 10.0
"""How long an answer may take to come; its worker may be gone, then it is made anew [s]."""


CALL = "__import__('importlib').import_module('cgsim.study.sweep.worker').do(*errand)"
"""What workers are sent: words alone. A worker that lacks the program can read them and say so;
a function of it would break its connection, with no word of why."""


class Sent(NamedTuple):
    """A chunk that is under way."""

    chunk: int
    future: Any


class Cluster(AbstractContextManager["Cluster"]):
    """Workers of a Dask cluster.

    Parameters
    ----------
    store : Store
        On a disk that all workers share, or at an address.
    address : str
        See `joining.check_address`.
    insecure, accept_numerics : bool
    processes : int, optional
        Workers where the cluster is one's own; all cores if not given.

    Attributes
    ----------
    workers : int
        Threads of the cluster that are there at the moment.
    """

    def __init__(
        self, store: Store, address: str, *, insecure: bool = False,
        accept_numerics: bool = False, processes: int | None = None,
    ) -> None:  # fmt: skip
        self.store = store
        self.address = address
        self.insecure = insecure
        self.processes = processes or cores()
        self.workers = self.processes if address == LOCAL else 0
        self._id = secrets.token_hex(8)
        folder = store.place.name
        if isinstance(store.place, Folder):
            folder = str(Path(folder).absolute())
        self._token = f"locks/cluster-{self._id}.token"
        self._errand = (folder, self._token, accept_numerics)
        self._stack = ExitStack()
        self._ready: SimpleQueue[str] = SimpleQueue()
        self._sent: dict[str, Sent] = {}
        self._looked = -LOOK
        self._client: Any = None

    def __enter__(self) -> Cluster:
        """Start or join the cluster."""
        place = self.store.place
        with ExitStack() as stack:
            if isinstance(place, Folder):
                stack.callback(place.tidy)
            with whole(place):
                place.write(self._token, self._id.encode())
            stack.callback(place.remove, self._token)
            cluster = joined(self.address, self.insecure, self.processes)
            self._client = stack.enter_context(cluster)
            stack.callback(self._cancel)
            self._count()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *wrong: object) -> None:
        """Take back what is under way and leave the cluster; one's own ends."""
        self._stack.close()

    def results(self, chunks: Iterable[int]) -> Iterator[Done | None]:
        """Yield each chunk once it is done; None now and then while nothing is.

        Chunks that were at work on workers that died, again and again, are done once more, each
        with nothing beside it: so none is blamed for its neighbour. One that still takes its
        workers with it comes back as set aside.
        """
        suspects: list[int] = []
        for chunk, done in self._answers(chunks):
            if chunk is None or done is not None:
                yield done
            else:
                suspects.append(chunk)
        for suspect in sorted(suspects):
            for chunk, done in self._answers([suspect]):
                if chunk is None or done is not None:
                    yield done
                else:
                    yield Done(suspect, (), 0, say("sweep.deadly"))

    def _answers(self, chunks: Iterable[int]) -> Iterator[tuple[int | None, Done | None]]:
        """Yield chunk and answer: none where its workers died; no chunk while there is none."""
        waiting = iter(chunks)
        while True:
            self._require_scheduler()
            while len(self._sent) < self._room() and (one := next(waiting, None)) is not None:
                self._send(one)
            if not self._sent:
                return
            try:
                key = self._ready.get(timeout=0.5)
            except Empty:
                yield None, None
                continue
            yield self._answer(key)

    def _room(self) -> int:
        if time.monotonic() - self._looked >= LOOK:
            self._count()
        return max(AT_LEAST, A_THREAD * self.workers)

    def _count(self) -> None:
        try:
            self.workers = sum(self._client.nthreads().values())
        except OSError as wrong:
            raise self._lost() from wrong
        self._looked = time.monotonic()

    def _send(self, chunk: int) -> None:
        key = f"cgsim-{self._id}-{chunk}-{secrets.token_hex(3)}"
        future = self._client.submit(
            eval, CALL, {"errand": (*self._errand, chunk)}, key=key, pure=False
        )
        self._sent[key] = Sent(chunk, future)
        self._watch(key, future)

    def _watch(self, key: str, future: Any) -> None:
        future.add_done_callback(lambda _: self._ready.put(key))

    def _answer(self, key: str) -> tuple[int | None, Done | None]:
        """Return what became of a chunk, and let it go."""
        from distributed import KilledWorker

        chunk, future = self._sent[key]
        try:
            answer = future.result(timeout=FETCH)
        except KilledWorker:
            answer = None
        except (CancelledError, OSError) as wrong:
            if isinstance(wrong, TimeoutError) and not future.done():
                self._watch(key, future)  # its worker died before it could tell
                return None, None
            raise self._lost() from wrong
        except Exception as wrong:
            why = f"{type(wrong).__name__}: {wrong}".partition("\n")[0]
            raise Halt(DIFFERS, "dask_program", why=why) from wrong
        del self._sent[key]
        future.release()
        if isinstance(answer, Refused):
            raise Halt(answer.code, "worker", worker=answer.worker, why=answer.meaning)
        return chunk, answer

    def _require_scheduler(self) -> None:
        if self._client.status != "running":
            raise self._lost()

    def _lost(self) -> Halt:
        return Halt(BROKEN, "dask_lost", read=self.address, folder=self.store.place.name)

    def _cancel(self) -> None:
        """Take back what is under way; what workers have begun they finish, to the same bytes."""
        sent = [one.future for one in self._sent.values()]
        self._sent.clear()
        if sent and self._client.status == "running":
            try:
                self._client.cancel(sent, asynchronous=False, force=True)
            except (OSError, CancelledError):
                return
