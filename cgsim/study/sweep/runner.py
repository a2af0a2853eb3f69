"""Goes through a sweep's chunks: those that are missing, each once, whatever happened before."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from ...ensemble import cores
from .halts import DIFFERS, INTERRUPTED, LOCKED, NUMERICS, SET_ASIDE, Halt, unwritten
from .identity import CODE, canary, code_hash
from .journal import Journal
from .place import Folder, Place
from .pools import Done, Pool, Threads, do_chunk
from .spec import Spec
from .store import Store, Written, create, local, name_of, open_store


@dataclass(frozen=True)
class Shard:
    """Every n-th chunk: a part of a sweep for a process that knows of no other.

    Parameters
    ----------
    number : int
        From 1.
    of : int
    """

    number: int = 1
    of: int = 1

    @property
    def name(self) -> str:
        """What its lock and its journal are called."""
        return "" if self.of == 1 else f"-{self.number}-of-{self.of}"

    def chunks(self, store: Store) -> range:
        """Return the shard's chunks."""
        return range(self.number - 1, store.spec.chunks, self.of)


@dataclass
class Report:
    """How far a sweep is.

    Attributes
    ----------
    chunks, done : int
        Chunks of this shard in all, and those whose files are whole.
    runs, runs_done : int
        The same in runs.
    failures : int
        Runs that gave no row, found now.
    aside : dict
        Chunks that nobody could do, and why.
    damaged : list of str
        Files that were found damaged and made anew.
    stopped : bool
        Whether `stop_after` ended it.
    seconds : float
        What this call took.
    """

    chunks: int
    done: int = 0
    runs: int = 0
    runs_done: int = 0
    failures: int = 0
    aside: dict[int, str] = field(default_factory=dict)
    damaged: list[str] = field(default_factory=list)
    stopped: bool = False
    seconds: float = 0.0

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return self.done == self.chunks


Progress = Callable[[Report], None]


@dataclass(frozen=True)
class How:
    """How to go through the chunks; the options of `sweep`."""

    workers: int | None = None
    stop_after: float | None = None
    stop_after_runs: int | None = None
    accept_numerics: bool = False
    progress: Progress | None = None


def sweep(
    spec: Spec | Mapping[str, Any] | str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    workers: int | None = None,
    shard: Shard | None = None,
    stop_after: float | None = None,
    stop_after_runs: int | None = None,
    accept_numerics: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Run a sweep into a folder, or go on with it.

    Parameters
    ----------
    spec : Spec, mapping or path
        What to run; the words of a spec's file, or the file.
    out : path
        Folder; what it holds of the same sweep already is kept. With fsspec also an address.
    workers : int, optional
        Threads, all cores if not given. Neither numbers nor bytes depend on it.
    shard : Shard, optional
        Only a part of the chunks.
    stop_after : float, optional
        Begin no chunk after so many seconds.
    stop_after_runs : int, optional
        Begin no chunk after so many runs of this call.
    accept_numerics : bool
        Whether to go on where this computer reckons differently; the journal says so.
    progress : callable, optional
        Called with a `Report` after each chunk.

    Raises
    ------
    ScenarioError
        Where the spec is faulty.
    Halt
        With an exit code and the reason, where the sweep cannot go on; nothing is lost.
    """
    if not isinstance(spec, Spec):
        spec = Spec.make(spec) if isinstance(spec, Mapping) else Spec.load(spec)
    place = local(os.fspath(out))
    part = shard or Shard()
    how = How(workers, stop_after, stop_after_runs, accept_numerics, progress)
    with _held(place, part):
        store = create(place, spec, canary(spec.scenario, spec.seed))
        return _go_on(store, part, how)


def resume(out: str | os.PathLike[str], **how: Any) -> Report:
    """Go on with the sweep of a folder; takes the options of `sweep`.

    Raises
    ------
    Halt
        As `sweep`; also where the source of the rules has changed since.
    """
    place = local(os.fspath(out))
    part = how.pop("shard", None) or Shard()
    store = open_store(place)
    with _held(place, part):
        return _go_on(store, part, How(**how))


@contextmanager
def _held(place: Place, shard: Shard) -> Iterator[None]:
    """Make the folder and hold its lock, so that no second runner does the same work here."""
    if not isinstance(place, Folder):
        yield
        return
    from filelock import FileLock, Timeout

    lock = place.path / "locks" / f"runner{shard.name}.lock"
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        held = FileLock(lock, timeout=0)
        held.acquire()
    except Timeout:
        raise Halt(LOCKED, "locked", folder=place.name, file=lock) from None
    except OSError as wrong:
        raise unwritten(place.name, wrong) from wrong
    try:
        place.tidy()
        yield
    finally:
        held.release()


def check_identity(store: Store, accept_numerics: bool = False) -> None:
    """Halt where this program or computer would give other numbers or bytes."""
    told, folder = store.frozen, store.place.name
    for name, mine in (("code", code_hash()), (CODE, _version())):
        if told[name] != mine:
            raise Halt(DIFFERS, "code", folder=folder, field=name, was=told[name], now=mine)
    seen = canary(store.spec.scenario, store.spec.seed)
    if seen != told["canary"] and not accept_numerics:
        raise Halt(NUMERICS, "numerics", folder=folder, was=told["canary"], now=seen)


def _version() -> str:
    import pyarrow as pa

    return str(pa.__version__)


def _go_on(store: Store, shard: Shard, how: How) -> Report:
    check_identity(store, how.accept_numerics)
    began = time.monotonic()
    journal = Journal(store.place, f"journal{shard.name}.jsonl").load()
    report = Report(0)
    missing = list(_missing(store, journal, shard, report))
    if how.progress:
        how.progress(report)

    def wanted() -> Iterator[int]:
        begun = 0
        for chunk in missing:
            over = how.stop_after is not None and time.monotonic() - began >= how.stop_after
            enough = how.stop_after_runs is not None and begun >= how.stop_after_runs
            if over or enough:
                report.stopped = True
                return
            begun += store.runs_in(chunk)
            yield chunk

    with ExitStack() as stack:
        try:
            pool: Pool[Done] = stack.enter_context(_pool(store, how))
            for done in pool.results(wanted()):
                if done is None:
                    continue
                journal.add(done.files)
                report.failures += done.failures
                if done.aside:
                    report.aside[done.chunk] = done.aside
                else:
                    report.done += 1
                    report.runs_done += store.runs_in(done.chunk)
                report.seconds = time.monotonic() - began
                if how.progress:
                    how.progress(report)
        except KeyboardInterrupt:
            stack.close()
            folder, left = store.place.name, report.chunks - report.done
            raise Halt(INTERRUPTED, "interrupted", folder=folder, left=left) from None
    report.seconds = time.monotonic() - began
    if report.aside:
        names = ", ".join(str(one) for one in list(report.aside)[:10])
        why = next(iter(report.aside.values()))
        raise Halt(SET_ASIDE, "aside", folder=store.place.name, chunks=names, why=why)
    return report


def _pool(store: Store, how: How) -> Any:
    spec = store.spec
    return Threads(spec, lambda bench, chunk: do_chunk(store, bench, chunk), how.workers or cores())


def _missing(store: Store, journal: Journal, shard: Shard, report: Report) -> Iterator[int]:
    """Yield the shard's chunks whose files are not whole; count those that are."""
    sizes = {kind: store.place.names(kind) for kind in store.kinds}
    learnt: list[Written] = []
    chunks = shard.chunks(store)
    report.chunks = len(chunks)
    for chunk in chunks:
        runs = store.runs_in(chunk)
        report.runs += runs
        if all(_is_whole(store, journal, kind, chunk, sizes, learnt, report)
               for kind in store.kinds):  # fmt: skip
            report.done += 1
            report.runs_done += runs
        else:
            yield chunk
    if learnt:
        journal.add(learnt)


def _is_whole(
    store: Store, journal: Journal, kind: str, chunk: int, sizes: dict[str, dict[str, int]],
    learnt: list[Written], report: Report,
) -> bool:  # fmt: skip
    """Whether a chunk's file is there and whole; one that no journal knows is read."""
    from .store import hash_of

    name = name_of(kind, chunk)
    size = sizes[kind].get(name)
    if size is None:
        return False
    known = journal.known.get(name)
    if known is not None and known.size == size:
        return True
    data = store.place.read(name)
    if store.trouble(kind, chunk, data) is not None:
        report.damaged.append(name)
        return False
    learnt.append(Written(name, size, hash_of(data), -1))
    return True


__all__ = ["Halt", "Report", "Shard", "resume", "sweep"]
