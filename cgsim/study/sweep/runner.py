"""Goes through a sweep's chunks: those that are missing, each once, whatever happened before."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ...ensemble import cores
from .cluster import Cluster
from .design_file import check_design
from .halts import BROKEN, DIFFERS, INTERRUPTED, NUMERICS, SET_ASIDE, Halt
from .how import How, Progress, Report
from .identity import CODE, canary, code_hash
from .journal import Journal
from .locks import held
from .place import legible
from .pools import Bench, Done, Threads, do_chunk
from .scan import Shard, look
from .spec import Spec
from .store import Store, create, local, open_store, require


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
    dask: str | None = None,
    insecure: bool = False,
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
        Called with a `Report` before the first chunk and after each.
    dask : str, optional
        Have the chunks done by the workers of a Dask cluster: ``local`` starts processes of this
        computer, ``tls://host:port`` or ``tcp://127.0.0.1:port`` joins a scheduler.
    insecure : bool
        Whether to join a scheduler beyond this computer without TLS.

    Returns
    -------
    Report
        A complete one, unless `stop_after` ended it.

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
    how = How(workers, stop_after, stop_after_runs, accept_numerics, progress, dask, insecure)
    with held(place, f"runner{part.name}"):
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
    options = How(**how)
    require(place)  # a folder that holds no sweep is left as it is
    with held(place, f"runner{part.name}"):
        return _go_on(open_store(place), part, options)


def check_identity(store: Store, accept_numerics: bool = False) -> str:
    """Halt where this program or computer would give other numbers or bytes.

    Returns
    -------
    str
        The hash of this computer's trial runs, empty where it is the sweep's.
    """
    told, folder = store.frozen, store.place.name
    for name, mine in (("code", code_hash()), (CODE, _version())):
        if told[name] != mine:
            raise Halt(DIFFERS, "code", folder=folder, field=name, was=told[name], now=mine)
    seen = canary(store.spec.scenario, store.spec.seed)
    if seen == told["canary"]:
        return ""
    if not accept_numerics:
        raise Halt(NUMERICS, "numerics", folder=folder, was=told["canary"], now=seen)
    return seen


def _version() -> str:
    import pyarrow as pa

    return str(pa.__version__)


def _go_on(store: Store, shard: Shard, how: How) -> Report:
    began = time.monotonic()
    other = check_identity(store, how.accept_numerics)
    check_design(store.place, store.spec, store.frozen.get("design", ""))
    with legible(store.place):
        journal = Journal(store.place, f"journal{shard.name}.jsonl").load()
    if other:
        journal.note("numerics accepted", canary=other)
    report, missing = _found(store, journal, shard)
    if missing:
        _work(store, journal, report, _wanted(store, missing, report, how, began), how)
    else:
        how.tell(report)
    if report.aside:
        names = ", ".join(str(one) for one in list(report.aside)[:10])
        why = next(iter(report.aside.values()))
        raise Halt(SET_ASIDE, "aside", folder=store.place.name, chunks=names, why=why)
    return report


def _found(store: Store, journal: Journal, shard: Shard) -> tuple[Report, list[int]]:
    """Return a report of what is there, and the chunks that are missing."""
    scan, chunks = look(store, journal, shard), shard.chunks(store)
    report = Report(
        spec=store.spec,
        chunks=len(chunks),
        done=scan.done,
        runs=sum(store.runs_in(chunk) for chunk in chunks),
        runs_done=scan.runs_done,
        found_done=scan.runs_done,
        failures=scan.failures,
        damaged=scan.damaged,
    )
    return report, scan.missing


def _wanted(
    store: Store, missing: Iterable[int], report: Report, how: How, began: float
) -> Iterator[int]:
    """Yield the missing chunks until it is enough."""
    begun = 0
    for chunk in missing:
        over = how.stop_after is not None and time.monotonic() - began >= how.stop_after
        enough = how.stop_after_runs is not None and begun >= how.stop_after_runs
        if over or enough:
            report.stopped = True
            return
        begun += store.runs_in(chunk)
        yield chunk


def _work(store: Store, journal: Journal, report: Report, wanted: Iterator[int], how: How) -> None:
    """Have the chunks done, and remember each as it comes."""
    folder = store.place.name
    try:
        # left by its own exception, the pool throws away what is half done
        with _pool(store, how) as pool:
            report.workers = pool.workers
            how.tell(report)
            began = time.monotonic()
            for done in pool.results(wanted):
                if done is not None:
                    _remember(journal, done)
                    _count(report, done, store)
                report.workers = pool.workers
                report.seconds = time.monotonic() - began
                how.tell(report)
    except KeyboardInterrupt:
        left = report.chunks - report.done
        raise Halt(INTERRUPTED, "interrupted", folder=folder, left=left) from None
    except MemoryError as wrong:
        raise Halt(BROKEN, "memory", folder=folder) from wrong


def _remember(journal: Journal, done: Done) -> None:
    journal.add(done.files)
    if done.other:
        journal.note("numerics accepted", canary=done.other)


def _count(report: Report, done: Done, store: Store) -> None:
    if done.aside is not None:
        report.aside[done.chunk] = done.aside
        return
    report.done += 1
    report.runs_done += store.runs_in(done.chunk)
    report.failures += done.failures


def _pool(store: Store, how: How) -> Threads[Done] | Cluster:
    if how.dask is not None:
        return Cluster(
            store, how.dask, insecure=how.insecure, accept_numerics=how.accept_numerics,
            processes=how.workers,
        )  # fmt: skip

    def job(bench: Bench, chunk: int) -> Done:
        return do_chunk(store, bench, chunk)

    return Threads(store.spec, job, how.workers or cores())


__all__ = ["Halt", "Report", "Shard", "resume", "sweep"]
