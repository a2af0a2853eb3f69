"""Whether a sweep's folder holds every run once, and every file the bytes that were written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from ...ensemble import cores
from .compacted import ROOM, troubles
from .design_file import DESIGN, design_bytes
from .files import chunk_of, hash_of, name_of, read_marked
from .halts import BROKEN, COMPLETE, SET_ASIDE
from .journal import Journal, journals
from .locks import held
from .place import legible, whole
from .pools import Bench, Threads
from .runner import check_identity
from .store import SCENARIO, SWEEP, Store, local, open_store

OURS = ("locks/", ROOM)
"""Folders of a sweep that are no part of it: locks, and copies in large files."""

Progress = Callable[[int, int], None]
"""Called with files read and files in all."""


class Damage(NamedTuple):
    """A file that is not whole.

    Attributes
    ----------
    name : str
    why : str
        A key of the words under ``sweep.trouble``.
    """

    name: str
    why: str


@dataclass
class Findings:
    """What a look into every file found.

    Attributes
    ----------
    folder : str
    chunks, runs : int
        Of the sweep.
    runs_found, failures : int
        Rows in whole files, and runs that gave none and are named for it.
    files, unknown : int
        Files that were read, and those that no journal knows: they have page checksums alone.
    duplicates : int
        Rows of runs that stand more than once.
    missing : list of int
        Chunks without a file.
    damaged : list of Damage
    foreign : list of str
        Files that are no part of the sweep.
    removed : list of str
        Damaged files that were taken away.
    deep : bool
        Whether every chunk was made anew and compared.
    """

    folder: str
    chunks: int
    runs: int
    runs_found: int = 0
    failures: int = 0
    files: int = 0
    unknown: int = 0
    duplicates: int = 0
    missing: list[int] = field(default_factory=list)
    damaged: list[Damage] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    deep: bool = False

    @property
    def losses(self) -> int:
        """Runs that are neither in a whole file nor named as failed."""
        return self.runs - self.runs_found - self.failures

    @property
    def code(self) -> int:
        """Exit code: 0 all is there and whole, 6 `resume` has work to do, 8 some runs failed."""
        if self.losses or self.damaged:
            return BROKEN
        return SET_ASIDE if self.failures else COMPLETE


def verify(
    folder: str | os.PathLike[str],
    *,
    deep: bool = False,
    repair: bool = False,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Findings:
    """Read every file of a sweep's folder and say what is wrong.

    Parameters
    ----------
    folder : path
    deep : bool
        Whether to make each chunk anew and compare the bytes.
    repair : bool
        Whether to take damaged files away, so that `resume` makes them anew.
    workers : int, optional
        Threads that make chunks anew, all cores if not given.
    progress : callable, optional

    Raises
    ------
    Halt
        Where the folder holds no sweep or cannot be read; with `repair` also where it is in use
        or cannot be written; with `deep` also where this program gives other bytes anyway.
    """
    place = local(os.fspath(folder))
    store = open_store(place)
    with ExitStack() as stack:
        if repair:
            stack.enter_context(held(place))
        if deep:
            check_identity(store)
        found = Findings(place.name, store.spec.chunks, store.spec.simulations, deep=deep)
        with legible(place):
            good = _read_all(store, found, progress)
            _check_design(store, found)
            _check_large(store, found)
            if deep:
                _make_anew(store, good, found, workers or cores(), progress)
        for chunk in sorted(good):
            failed = len(store.failures(chunk))
            found.failures += failed
            found.runs_found += store.runs_in(chunk) - failed
        if repair:
            _take_away(store, found)
    return found


def _read_all(store: Store, found: Findings, progress: Progress | None) -> set[int]:
    """Read the chunks' files; return the chunks all of whose files are whole."""
    place, journal = store.place, Journal(store.place).load()
    known = {SWEEP, SCENARIO, DESIGN, *journals(place)}
    names = [n for n in place.names("") if n not in known and not n.startswith(OURS)]
    there: set[str] = set()
    bad: set[int] = set()
    for k, name in enumerate(sorted(names)):
        kind, chunk = name.partition("/")[0], chunk_of(name)
        if chunk is None or kind not in (*store.kinds, "failed"):
            found.foreign.append(name)
            continue
        found.files += 1
        why = _trouble(store, journal, kind, chunk, name, found)
        if why is None:
            there.add(name)
        else:
            found.damaged.append(Damage(name, why))
            bad.add(chunk)
        if progress:
            progress(k + 1, len(names))
    whole_ones = set()
    for chunk in range(store.spec.chunks):
        if all(name_of(kind, chunk) in there for kind in store.kinds) and chunk not in bad:
            whole_ones.add(chunk)
        elif chunk not in bad:
            found.missing.append(chunk)
    return whole_ones


def _trouble(
    store: Store, journal: Journal, kind: str, chunk: int, name: str, found: Findings
) -> str | None:
    """Return what is wrong with a file, None if it is whole."""
    if chunk >= store.spec.chunks:
        return "beyond"
    data = store.place.read(name)
    known = journal.known.get(name)
    if known is None:
        found.unknown += 1
    elif known.size != len(data):
        return "size"
    elif known.blake2b != hash_of(data):
        return "hash"
    if kind == "failed":
        return _list_trouble(store, chunk)
    why = store.trouble(kind, chunk, data)
    if why == "rows":
        found.duplicates += _twice(store, kind, chunk, data)
    return why


def _list_trouble(store: Store, chunk: int) -> str | None:
    try:
        store.failures(chunk)
    except ValueError:
        return "torn"
    return None


def _twice(store: Store, kind: str, chunk: int, data: bytes) -> int:
    """Return how many rows of a file name a run that another row names."""
    table: Any = read_marked(data, store.mark(kind, chunk))
    names = [name for name in ("point", "run", "month") if name in table.column_names]
    rows = np.column_stack([table.column(name).to_numpy() for name in names])
    return len(rows) - len(np.unique(rows, axis=0))


def _check_design(store: Store, found: Findings) -> None:
    expected = store.frozen.get("design", "")
    if not expected:
        return
    try:
        if hash_of(store.place.read(DESIGN)) != expected:
            found.damaged.append(Damage(DESIGN, "hash"))
    except FileNotFoundError:
        found.damaged.append(Damage(DESIGN, "gone"))


def _check_large(store: Store, found: Findings) -> None:
    files, damaged, foreign = troubles(store)
    found.files += files
    found.damaged += [Damage(*one) for one in damaged]
    found.foreign += foreign


def _make_anew(
    store: Store, good: set[int], found: Findings, workers: int, progress: Progress | None
) -> None:
    """Make whole chunks anew; one that comes out otherwise is whole no longer."""

    def job(bench: Bench, chunk: int) -> tuple[int, list[str]]:
        made = store.rendered(chunk, bench.work(chunk))
        return chunk, [name for name, data, _ in made if store.place.read(name) != data]

    with Threads(store.spec, job, workers) as pool:
        for k, one in enumerate(_some(pool.results(sorted(good)))):
            chunk, differing = one
            if differing:
                good.discard(chunk)
                found.damaged += [Damage(name, "deep") for name in differing]
            if progress:
                progress(k + 1, store.spec.chunks)


def _some(results: Iterator[tuple[int, list[str]] | None]) -> Iterator[tuple[int, list[str]]]:
    return (one for one in results if one is not None)


def _take_away(store: Store, found: Findings) -> None:
    """Take damaged files away; the rows that a `file` design listed cannot be made anew."""
    with whole(store.place):
        for name, _ in found.damaged:
            if name == DESIGN and not _can_remake(store):
                continue
            store.place.remove(name)
            found.removed.append(name)


def _can_remake(store: Store) -> bool:
    return hash_of(design_bytes(store.spec)) == store.frozen.get("design")
