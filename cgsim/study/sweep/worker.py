"""What a worker of a Dask cluster does: opens the folder, does chunks, says what it wrote.

Nothing of a chunk but names, sizes and hashes of its files travels back.
"""

from __future__ import annotations

import signal
import socket
import threading
from functools import lru_cache
from typing import Any, NamedTuple

from ...errors import Message, say
from .halts import BROKEN, Halt
from .pools import Bench, Done, do_chunk
from .store import Store, local, open_store


class Refused(NamedTuple):
    """Why a worker cannot work: exit code and words."""

    code: int
    meaning: Message
    worker: str


class _Desk:
    """Where one process works for one sweep; each of its threads has a bench of its own."""

    def __init__(self, store: Store, other: str) -> None:
        self.store = store
        self.other = other
        self._own = threading.local()

    @property
    def bench(self) -> Bench:
        bench: Bench | None = getattr(self._own, "bench", None)
        if bench is None:
            bench = self._own.bench = Bench(self.store.spec)
        return bench


def do(folder: str, token: str, accept_numerics: bool, chunk: int) -> Done | Refused:
    """Do a chunk.

    Parameters
    ----------
    folder : str
        Path or address of the sweep, the same for all workers.
    token : str
        A file there that shows that it is one and the same folder.
    accept_numerics : bool
        Whether to work where this computer reckons differently.
    chunk : int

    Returns
    -------
    Done or Refused
        No exception: words and exit code must reach the sweep whole.
    """
    try:
        with _one_at_a_time:
            desk = _desk(folder, token, accept_numerics)
        return do_chunk(desk.store, desk.bench, chunk)._replace(other=desk.other)
    except Halt as wrong:
        return Refused(wrong.code, _plain(wrong.meaning), who())
    except MemoryError:
        return Refused(BROKEN, say("sweep.halt.memory", folder=folder), who())


_one_at_a_time = threading.Lock()


@lru_cache(maxsize=4)
def _desk(folder: str, token: str, accept_numerics: bool) -> _Desk:
    """Open a sweep's folder and look whether this process would give its numbers and bytes."""
    from .runner import check_identity

    place = local(folder)
    try:
        place.read(token)
    except OSError:
        raise Halt(BROKEN, "elsewhere", folder=folder) from None
    tidy = getattr(place, "tidy", None)
    if tidy is not None:
        tidy()  # what killed workers of this computer have left half written
    store = open_store(place)
    return _Desk(store, check_identity(store, accept_numerics))


def who() -> str:
    """Return how a person finds this worker: its address and its computer's name."""
    from distributed import get_worker

    try:
        address = get_worker().address
    except ValueError:
        address = "?"
    return f"{address} ({socket.gethostname()})"


def _plain(meaning: Message) -> Message:
    """Return words whose values are sure to travel."""
    values = ((name, value if isinstance(value, Message) else str(value))
              for name, value in meaning.values)  # fmt: skip
    return Message(meaning.key, tuple(values))


def dask_setup(worker: Any) -> None:
    """Leave Ctrl-C to the sweep, which ends its own workers: Dask calls this at their start."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)
