"""How far a sweep is, told from the names, sizes and times of its files; none is read."""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass, field
from typing import NamedTuple

from .files import chunk_of, name_of
from .journal import Journal, journals
from .place import Place, legible
from .scan import Shard
from .store import Store, local, open_store

WINDOW = 600.0
"""How far back from the newest file the speed is taken [s]."""

QUIET = 60.0
"""How long nothing may have been written while a sweep still counts as going on [s]."""

MOST_NAMED = 20
_SHARD = re.compile(r"journal-(\d+)-of-(\d+)(?:-[^/]*)?\.jsonl")


class Part(NamedTuple):
    """How far a shard is, in chunks."""

    name: str
    chunks: int
    done: int


@dataclass
class Status:
    """How far a sweep is.

    Attributes
    ----------
    folder, scenario, sweep, design : str
    points : int
    runs, runs_done, chunks, done : int
        Runs and chunks in all, and those whose files are there.
    size : int
        Bytes of all tables.
    failures : int
        Runs that gave no row.
    failed : list of dict
        The first of them: `point`, `run` and `why` by language.
    damaged : list of str
        Files of another size than the journal remembers; `resume` reads them and makes them anew.
    unread : int
        Files that no journal knows; `resume` reads them first.
    shards : list of Part
        Those that have begun.
    rate : float or None
        Runs a second, lately.
    quiet : float or None
        Seconds since the newest file was written.
    accepted : list of str
        Canary hashes of computers that reckon otherwise and were accepted.
    """

    folder: str
    scenario: str
    sweep: str
    design: str
    points: int
    runs: int
    chunks: int
    runs_done: int = 0
    done: int = 0
    size: int = 0
    failures: int = 0
    failed: list[dict[str, object]] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    unread: int = 0
    shards: list[Part] = field(default_factory=list)
    rate: float | None = None
    quiet: float | None = None
    accepted: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether all files are there."""
        return self.done == self.chunks

    @property
    def remaining(self) -> float | None:
        """Seconds to the end at the speed of late; None where nothing moves."""
        going = self.quiet is not None and self.quiet < QUIET
        if self.complete or not self.rate or not going:
            return None
        return (self.runs - self.runs_done) / self.rate


def status(folder: str | os.PathLike[str]) -> Status:
    """Say how far a folder's sweep is.

    Raises
    ------
    Halt
        Where the folder holds none, or cannot be read.
    """
    store = open_store(local(os.fspath(folder)))
    with legible(store.place):
        return _told(store)


def _told(store: Store) -> Status:
    spec, place = store.spec, store.place
    journal = Journal(place).load()
    sizes = {kind: place.names(kind) for kind in store.kinds}
    told = Status(
        place.name, spec.scenario.name, store.hash, spec.design, spec.points,
        spec.simulations, spec.chunks,
    )  # fmt: skip
    told.size = sum(size for named in sizes.values() for size in named.values())
    done = [chunk for chunk in range(spec.chunks) if _is_there(chunk, journal, sizes, told)]
    told.done = len(done)
    told.runs_done = sum(store.runs_in(chunk) for chunk in done)
    _add_failures(store, done, told)
    told.shards = _shards(store, done)
    told.accepted = [str(one.get("canary")) for one in journal.notes if "canary" in one]
    _add_speed(store, place, told)
    return told


def _is_there(chunk: int, journal: Journal, sizes: dict[str, dict[str, int]], told: Status) -> bool:
    for kind, named in sizes.items():
        name = name_of(kind, chunk)
        size, known = named.get(name), journal.known.get(name)
        if size is None:
            return False
        if known is None:
            told.unread += 1
        elif known.size != size:
            told.damaged.append(name)
            return False
    return True


def _add_failures(store: Store, done: list[int], told: Status) -> None:
    whole = set(done)
    for name in sorted(store.place.names("failed")):
        chunk = chunk_of(name)
        if chunk in whole and chunk is not None:
            try:
                found = store.failures(chunk)
            except ValueError:
                told.damaged.append(name)
                continue
            told.failures += len(found)
            told.failed += found[: MOST_NAMED - len(told.failed)]


def _shards(store: Store, done: list[int]) -> list[Part]:
    names = [match for one in journals(store.place) if (match := _SHARD.fullmatch(one))]
    parts = sorted({(int(one.group(2)), int(one.group(1))) for one in names})
    found = []
    for of, number in parts:
        chunks = Shard(number, of).chunks(store)
        there = sum(1 for chunk in done if chunk in chunks)
        found.append(Part(f"{number}/{of}", len(chunks), there))
    return found


def _add_speed(store: Store, place: Place, told: Status) -> None:
    """Add how fast files came lately: runs from one file to the next over the time between."""
    times = {chunk: at for name, at in place.times("runs") if (chunk := chunk_of(name)) is not None}
    if not times:
        return
    newest = max(times.values())
    told.quiet = max(0.0, time.time() - newest)
    late = sorted((at, chunk) for chunk, at in times.items() if at >= newest - WINDOW)
    span = newest - late[0][0]
    if len(late) > 1 and span > 0.0:
        # the oldest file began before the span
        told.rate = sum(store.runs_in(chunk) for _, chunk in late[1:]) / span
