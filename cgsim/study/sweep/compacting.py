"""Makes few large files of a sweep's many small ones, a chunk at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyarrow as pa

from .compacted import LIST, Compacted, Piece, mark_of, rows_in, strays
from .files import hash_of, name_of
from .locks import held
from .place import whole
from .sources import Source, damaged, open_source
from .store import local, require
from .tabling import write_parquet

SIZE = 128_000_000
"""Bytes of chunks' files that make one large file, about."""

Progress = Callable[[int, int], None]
"""Called with chunks read and chunks in all."""


@dataclass(frozen=True)
class Made:
    """What `compact` came to.

    Attributes
    ----------
    folder : str
    files, rows, size : int
        Large files of all tables, their rows and bytes.
    kept : int
        Files among them that were there and whole already.
    """

    folder: str
    files: int
    rows: int
    size: int
    kept: int


def compact(folder: str | os.PathLike[str], *, progress: Progress | None = None) -> Made:
    """Copy a sweep's tables into few large files, which `query` and `export` then read.

    Each chunk's file is compared with the hash that the journal remembers and its rows are
    counted. Interrupted, it goes on where it was. The same sweep gives the same bytes. The
    chunks' files stay.

    Parameters
    ----------
    folder : path
        Folder of a complete sweep.
    progress : callable, optional

    Raises
    ------
    Halt
        Where runs are missing, a file is damaged, another process is at it, or the folder cannot
        be written.
    """
    place = local(os.fspath(folder))
    require(place)  # a folder that holds no sweep is left as it is
    with held(place, "compact"):
        source = open_source(folder, large=False)
        store, pieces, kept, done = source.store, [], 0, 0
        for kind in store.kinds:
            for number, (first, hashes) in enumerate(_cut(source, kind)):
                piece, was_there = _piece(source, kind, number, first, hashes)
                pieces.append(piece)
                kept += was_there
                done += len(hashes)
                if progress:
                    progress(done, store.spec.chunks * len(store.kinds))
        every = Compacted(tuple(pieces), source.failures)
        with whole(place):
            place.write(LIST, every.listed(store))
            for name in strays(store, every):
                place.remove(name)
    rows, size = sum(one.rows for one in pieces), sum(one.size for one in pieces)
    return Made(place.name, len(pieces), rows, size, kept)


def _cut(source: Source, kind: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the first chunk of each large file and the hashes of its chunks' files."""
    sizes = source.store.place.names(kind)
    first, hashes, size = 0, list[str](), 0
    for chunk in source.chunks:
        name = name_of(kind, chunk)
        known = source.journal.known.get(name)
        hashes.append(known.blake2b if known else hash_of(source.store.place.read(name)))
        size += sizes[name]
        if size >= SIZE:
            yield first, hashes
            first, hashes, size = chunk + 1, [], 0
    if hashes:
        yield first, hashes


def _piece(
    source: Source, kind: str, number: int, first: int, hashes: list[str]
) -> tuple[Piece, bool]:
    """Make a large file; return what the list says of it, and whether it was there already."""
    place, name = source.store.place, f"compact/{kind}-{number:05d}.parquet"
    mark = mark_of(source.store, kind, first, hashes)
    try:
        data = place.read(name)
        rows = rows_in(data, mark)
    except FileNotFoundError:
        rows = None
    was_there = rows is not None
    if rows is None:
        sink = pa.BufferOutputStream()
        schema = source.schema(kind).with_metadata({"cgsim": mark})
        rows = write_parquet(sink, schema, _batches(source, kind, first, len(hashes)))
        data = sink.getvalue().to_pybytes()
        if rows_in(data, mark) != rows:
            raise damaged(source.store, name)
        with whole(place):
            place.write(name, data)
    last = first + len(hashes)
    return Piece(name, kind, first, last, len(data), rows, hash_of(data), hashes), was_there


def _batches(source: Source, kind: str, first: int, chunks: int) -> Iterator[pa.RecordBatch]:
    store = source.store
    each = store.spec.scenario.months if kind == "months" else 1
    for chunk in range(first, first + chunks):
        table = source.chunk(kind, chunk)
        if len(table) != (store.runs_in(chunk) - len(store.failures(chunk))) * each:
            raise damaged(store, name_of(kind, chunk))
        yield from table.to_batches()
