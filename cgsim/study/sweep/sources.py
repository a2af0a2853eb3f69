"""What of a sweep's folder may be read: whole files that its plan names, and nothing else.

Columns of words are read as words: a chunk's own list of them may be longer than another's.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from pyarrow import dataset, parquet

from .compacted import Compacted, current
from .design_file import DESIGN
from .files import hash_of, name_of, read_marked
from .halts import BROKEN, DIFFERS, Halt
from .journal import Journal
from .place import legible
from .scan import Shard, look
from .store import Store, local, open_store

BATCH = 65_536
"""Rows that are held at a time."""

UNREADABLE = "cgsim could not read "
"""What an error says, before a file's name in angle brackets, that came up within a query."""

UNREACHED = "cgsim could not reach "
"""The same where it is no file that is at fault; why stands in the brackets."""


@dataclass(frozen=True)
class Source:
    """A sweep's whole files.

    Attributes
    ----------
    store : Store
    journal : Journal
    chunks : tuple of int
        Chunks all of whose files are whole.
    missing : int
        Runs of the other chunks.
    failures : int
        Runs of whole chunks that gave no row.
    large : Compacted, optional
        The large files that are read in the chunks' place.
    """

    store: Store
    journal: Journal
    chunks: tuple[int, ...]
    missing: int
    failures: int
    large: Compacted | None = None

    def names(self, kind: str) -> list[str]:
        """Return the names of a table's files, in the order of its rows."""
        if self.large is not None:
            return [piece.name for piece in self.large.of(kind)]
        return [name_of(kind, chunk) for chunk in self.chunks]

    def schema(self, kind: str) -> pa.Schema:
        """Return a table's columns."""
        with legible(self.store.place):
            data = self.store.place.read(self.names(kind)[0])
        return _in_words(parquet.read_schema(pa.BufferReader(data))).remove_metadata()

    def dataset(self, kind: str) -> Any:
        """Return a table as an Arrow dataset that compares each page's checksum as it reads."""
        checked = dataset.ParquetFragmentScanOptions(page_checksum_verification=True)
        paths, system = self.store.place.tables(self.names(kind))
        shape = dataset.ParquetFileFormat(default_fragment_scan_options=checked)
        found = dataset.dataset(
            paths, schema=self.schema(kind), format=shape, filesystem=system
        )  # fmt: skip
        return _Sparing([*found.get_fragments()], found.schema, shape, found.filesystem)

    def tables(self, kind: str) -> Iterator[pa.Table]:
        """Yield a table's rows in order, some at a time, each file compared with what was written.

        Raises
        ------
        Halt
            Where a file does not hold the bytes that were written.
        """
        if self.large is None:
            for chunk in self.chunks:
                yield self.chunk(kind, chunk)
            return
        for piece in self.large.of(kind):
            with legible(self.store.place):
                data = self.store.place.read(piece.name)
            if hash_of(data) != piece.blake2b:
                raise damaged(self.store, piece.name)
            file = parquet.ParquetFile(pa.BufferReader(data))
            for batch in file.iter_batches(BATCH):
                yield as_words(pa.Table.from_batches([batch]))

    def chunk(self, kind: str, chunk: int) -> pa.Table:
        """Return a chunk's table, read whole and compared with what was written.

        Raises
        ------
        Halt
            Where its file does not hold the bytes that were written.
        """
        name, store = name_of(kind, chunk), self.store
        with legible(store.place):
            data = store.place.read(name)
        known = self.journal.known.get(name)
        # what no journal knows was read from end to end when the source was opened
        if known is not None and known.blake2b != hash_of(data):
            raise damaged(store, name)
        table = read_marked(data, store.mark(kind, chunk))
        if isinstance(table, str):
            raise damaged(store, name)
        return as_words(table)

    def design(self) -> pa.Table | None:
        """Return the table of points, None where it was too long to be written.

        Raises
        ------
        Halt
            Where it is not the one that the sweep began with.
        """
        expected, place = self.store.frozen.get("design"), self.store.place
        if not expected:
            return None
        try:
            with legible(place):
                data = place.read(DESIGN)
        except Halt as gone:
            raise Halt(DIFFERS, "design", folder=place.name) from gone
        if hash_of(data) != expected:
            raise Halt(DIFFERS, "design", folder=place.name)
        return as_words(parquet.read_table(pa.BufferReader(data)))


class _Sparing(dataset.FileSystemDataset):  # type: ignore[misc]
    """A dataset that reads a row group at a time.

    Arrow's own reads up to a gigabyte ahead where its reader is slow.
    """

    def scanner(self, **how: Any) -> _Scanner:
        """Return what reads the dataset, as DuckDB asks for it."""
        return _Scanner(self, how)


@dataclass(frozen=True)
class _Scanner:
    """What DuckDB wants of a scanner: columns and rows that pass a filter."""

    tables: _Sparing
    how: dict[str, Any]

    @property
    def projected_schema(self) -> pa.Schema:
        """The columns that were asked for."""
        whole = dataset.FileSystemDataset([], self.tables.schema, self.tables.format)
        return whole.scanner(**self.how).projected_schema

    def to_reader(self) -> pa.RecordBatchReader:
        """Return the reader of the rows, in order."""
        return pa.RecordBatchReader.from_batches(self.projected_schema, self._batches())

    def _batches(self) -> Iterator[pa.RecordBatch]:
        for fragment in self.tables.get_fragments():
            try:
                for part in fragment.split_by_row_group():
                    yield from part.scanner(schema=self.tables.schema, **self.how).to_batches()
            except (pa.ArrowException, OSError) as wrong:
                # only words find their way through DuckDB
                raise OSError(f"{UNREADABLE}<{fragment.path}>") from wrong
            except Exception as wrong:  # what the library of an address raises
                raise OSError(f"{UNREACHED}<{type(wrong).__name__}: {wrong}>") from wrong


def open_source(
    folder: str | os.PathLike[str], partial: bool = False, large: bool = True
) -> Source:
    """Say what of a folder's sweep may be read; nothing is written.

    A file counts as whole if it has the size that the journal remembers; one that no journal
    knows is read from end to end.

    Parameters
    ----------
    folder : path
    partial : bool
        Whether a sweep that is not complete will do.
    large : bool
        Whether to read the large files that `compact` made, where they hold the same rows.

    Raises
    ------
    Halt
        Where the folder holds no sweep, no whole chunk, or, without `partial`, not all of them.
    """
    store = open_store(local(os.fspath(folder)))
    with legible(store.place):
        journal = Journal(store.place).load()
        copied = current(store, journal) if large else None
    if copied is not None:
        every = tuple(range(store.spec.chunks))
        return Source(store, journal, every, 0, copied.failures, copied)
    found = look(store, journal, Shard(), remember=False)
    gone = set(found.missing)
    chunks = tuple(chunk for chunk in range(store.spec.chunks) if chunk not in gone)
    runs = store.spec.simulations
    told = {"folder": store.place.name, "missing": runs - found.runs_done, "runs": runs}
    if gone and not (partial and chunks):
        raise Halt(BROKEN, "partial" if chunks else "nothing", **told)
    return Source(store, journal, chunks, runs - found.runs_done, found.failures)


def damaged(store: Store, name: str) -> Halt:
    """Return the halt for a file that does not hold what was written."""
    return Halt(BROKEN, "damaged", folder=store.place.name, file=name)


def as_words(table: pa.Table) -> pa.Table:
    """Return a table whose columns of words hold words, not places in a list of them."""
    return table.replace_schema_metadata(None).cast(_in_words(table.schema).remove_metadata())


def _in_words(schema: pa.Schema) -> pa.Schema:
    fields = [
        field.with_type(field.type.value_type) if pa.types.is_dictionary(field.type) else field
        for field in schema
    ]
    return pa.schema(fields, schema.metadata)
