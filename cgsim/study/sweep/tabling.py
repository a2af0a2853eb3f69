"""Writes rows that come a few at a time into one file: CSV, packed or not, or Parquet."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
from pyarrow import csv, parquet

from .halts import BAD_INPUT, UNWRITABLE, Halt

ROWS = 122_880
"""Rows of a Parquet file's row group, about: as many as DuckDB takes at a time."""


def write_table(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> int:
    """Write rows into a file, whole or not at all; its name says how.

    Parameters
    ----------
    path : Path
        Ending in ``.csv``, ``.csv.gz`` or ``.parquet``; a file that is there is replaced.
    schema : pyarrow.Schema
    batches : iterable of pyarrow.RecordBatch

    Returns
    -------
    int
        How many rows were written.

    Raises
    ------
    Halt
        Where the file cannot be written, or CSV has no form for a column.
    """
    name = path.name.lower()
    with new_file(path) as file:
        if name.endswith(".parquet"):
            return write_parquet(file, schema, batches)
        with packed_if_named(path, file) as into:
            return write_csv(into, schema, batches)


@contextmanager
def packed_if_named(path: Path, file: IO[bytes]) -> Iterator[Any]:
    """Pack what is written into a file if the name that it will have ends in ``.gz``."""
    if not path.name.lower().endswith(".gz"):
        yield file
        return
    # no time and no name inside: the same rows, the same bytes
    with gzip.GzipFile("", "wb", 6, file, 0) as packed:
        yield packed


@contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a file beside its place, moved there when it is whole.

    Raises
    ------
    Halt
        Where it cannot be written; then nothing is left behind.
    """
    aside = path.with_name(f".cgsim-{os.getpid()}-{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with aside.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as wrong:
        why = wrong.strerror or str(wrong)
        raise Halt(UNWRITABLE, "unwritten", file=path, why=why) from wrong


def write_csv(
    file: Any, schema: pa.Schema, batches: Iterable[pa.RecordBatch], header: bool = True
) -> int:
    """Write rows as CSV in UTF-8; numbers come back as they are, missing ones are empty.

    Raises
    ------
    Halt
        Where a column holds lists or other things that CSV has no form for.
    """
    how = csv.WriteOptions(include_header=header, quoting_style="needed")
    rows = 0
    try:
        with csv.CSVWriter(file, schema, write_options=how) as writer:
            for batch in batches:
                writer.write_batch(batch)
                rows += batch.num_rows
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError) as wrong:
        raise Halt(BAD_INPUT, "no_csv", why=str(wrong).partition("\n")[0]) from wrong
    return rows


def write_parquet(file: Any, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> int:
    """Write rows as Parquet, in groups of about `ROWS`, with page checksums."""
    packed = [
        field.name
        for field in schema
        if pa.types.is_integer(field.type) or pa.types.is_string(field.type)
    ]
    rows = 0
    with parquet.ParquetWriter(
        file, schema, compression="zstd", compression_level=3, use_dictionary=packed,
        write_page_checksum=True,
    ) as writer:  # fmt: skip
        for table in _grouped(schema, batches):
            writer.write_table(table, row_group_size=max(1, len(table)))
            rows += len(table)
    return rows


def _grouped(schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    held: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        held.append(batch)
        rows += batch.num_rows
        if rows >= ROWS:
            yield pa.Table.from_batches(held, schema)
            held, rows = [], 0
    if held:
        yield pa.Table.from_batches(held, schema)
