"""SQL over a sweep's tables: DuckDB reads them through Arrow, a part at a time, and nothing else.

DuckDB sees the tables `runs`, `months` and `design` and neither files nor the network; Arrow
compares the checksum of every page that an answer needs.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from ...ensemble import cores
from ...errors import Fault, ScenarioError, say
from .halts import BAD_INPUT, BROKEN, Halt
from .sources import UNREACHED, UNREADABLE, Source, open_source

if TYPE_CHECKING:
    import pandas as pd

_MEMORY = re.compile(r"(\d{1,9}(?:\.\d{1,3})?) ?([KMGT])i?B", re.IGNORECASE)
_UNITS = {"K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}

BATCH = 8_192
"""Rows of an answer that are held at a time."""

THREAD_MEMORY = 125e6
"""What DuckDB's guide wants for a thread at least [bytes]; with less, sorting fails sooner."""

_SHUT = (
    "SET enable_progress_bar = false",
    "SET python_enable_replacements = false",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)
"""What keeps a query from stdout, files, the network, Python's variables, and from undoing this."""


@dataclass(frozen=True)
class Answer:
    """A query's rows, which come as they are asked for.

    Attributes
    ----------
    source : Source
        What was read.
    schema : pyarrow.Schema
        Whole numbers of any width are of 64 bits, decimal ones of double precision.
    """

    source: Source
    schema: pa.Schema
    _reader: Any

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield the rows, some at a time.

        Raises
        ------
        Halt
            Where the query cannot be answered to its end.
        """
        with _failing(self.source):
            for batch in self._reader:
                yield _plain(batch, self.schema)

    def table(self) -> pa.Table:
        """Return all rows at once."""
        return pa.Table.from_batches(list(self.batches()), self.schema)


def query(
    folder: str | os.PathLike[str],
    sql: str,
    *,
    memory_limit: str | None = None,
    partial: bool = False,
) -> pd.DataFrame:
    """Answer a question in SQL from a sweep's tables.

    Parameters
    ----------
    folder : path
        Folder of a sweep.
    sql : str
        One SELECT of DuckDB's SQL over the tables `runs`, `design` and, if the sweep keeps them,
        `months`. A lever's name has dots and stands in double quotes. Where a lever may be a word
        such as ``never``, its column holds words: ``TRY_CAST("…" AS DOUBLE)`` makes it numbers
        and the words missing.
    memory_limit : str, optional
        Memory that DuckDB may take, such as ``2GB``, before it sets rows aside in the folder for
        temporary files; four fifths of the computer's if not given. About 50 MB come on top, 200 MB
        where a Parquet file is written.
    partial : bool
        Whether a sweep that is not complete will do.

    Returns
    -------
    DataFrame
        The answer's rows, held in memory.

    Raises
    ------
    Halt
        Where the query is faulty, runs are missing, or a file is damaged.
    """
    with answer(folder, sql, memory_limit=memory_limit, partial=partial) as found:
        frame: pd.DataFrame = found.table().to_pandas()
    return frame


@contextmanager
def answer(
    folder: str | os.PathLike[str],
    sql: str,
    *,
    memory_limit: str | None = None,
    partial: bool = False,
) -> Iterator[Answer]:
    """Answer a question as `query` does, its rows a few at a time.

    Raises
    ------
    Halt
        As `query`.
    """
    check_memory("memory_limit", memory_limit)
    source = open_source(folder, partial)
    with tempfile.TemporaryDirectory(prefix="cgsim-query-") as aside:
        connection = _connection(source, memory_limit, aside)
        try:
            reader = _asked(connection, source, sql)
            yield Answer(source, _plain_schema(reader.schema), reader)
        finally:
            connection.close()


def check_memory(place: str, read: str | None) -> None:
    """Refuse what is no amount of memory.

    Raises
    ------
    ScenarioError
        Naming the option or argument.
    """
    if read is not None and not _MEMORY.fullmatch(read.strip()):
        raise ScenarioError([Fault(place, 0, 0, say("sweep.query.memory", read=read[:80]))])


def _connection(source: Source, memory_limit: str | None, aside: str) -> Any:
    """Return a DuckDB that knows the sweep's tables and reaches nothing else."""
    try:
        import duckdb
    except ImportError as wrong:
        raise Halt(BROKEN, "duckdb") from wrong
    config = {"temp_directory": aside, **_limits(memory_limit)}
    connection = duckdb.connect(":memory:", config=config)
    for kind in source.store.kinds:
        connection.register(kind, source.dataset(kind))
    design = source.design()
    if design is not None:
        connection.register("design", design)
    for command in _SHUT:
        connection.execute(command)
    return connection


def _limits(memory_limit: str | None) -> dict[str, Any]:
    """Return DuckDB's settings for an amount of memory: no more threads than it has room for."""
    read = _MEMORY.fullmatch(memory_limit.strip()) if memory_limit else None
    if read is None:
        return {}
    room = float(read.group(1)) * _UNITS[read.group(2).upper()] / THREAD_MEMORY
    return {"memory_limit": read.group(0), "threads": max(1, min(cores(), int(room)))}


def _asked(connection: Any, source: Source, sql: str) -> Any:
    """Put the question; return the reader of its rows."""
    import duckdb

    with _failing(source):
        statements = connection.extract_statements(sql)
        # a PIVOT is made of several, by itself
        reads = (duckdb.StatementType.SELECT, duckdb.StatementType.MULTI)
        if len(statements) != 1 or statements[0].type not in reads:
            raise Halt(BAD_INPUT, "select")
        relation = connection.sql(sql)
        # newer releases of DuckDB call it otherwise, and warn of the old name
        named = "to_arrow_reader" if hasattr(relation, "to_arrow_reader") else "fetch_arrow_reader"
        return getattr(relation, named)(BATCH)


@contextmanager
def _failing(source: Source) -> Iterator[None]:
    """Turn what DuckDB and Arrow raise into a halt."""
    import duckdb

    try:
        yield
    except (duckdb.Error, pa.ArrowException, OSError, RuntimeError) as wrong:
        why, folder = str(wrong).strip(), source.store.place.name
        stopped = type(wrong) is RuntimeError and "interrupted" in why
        if stopped or isinstance(wrong, duckdb.InterruptException):
            raise KeyboardInterrupt from wrong
        if torn := re.search(f"{UNREADABLE}<([^>]*)>", why):
            name = source.store.place.named(torn.group(1))
            raise Halt(BROKEN, "damaged", folder=folder, file=name) from wrong
        if gone := re.search(f"{UNREACHED}<([^>]*)>", why):
            raise Halt(BROKEN, "torn", folder=folder, why=gone.group(1)) from wrong
        if "Out of Memory" in why:
            raise Halt(BAD_INPUT, "query_memory", why=why.partition("\n")[0]) from wrong
        raise Halt(BAD_INPUT, "sql", why=why) from wrong


def _plain_schema(schema: pa.Schema) -> pa.Schema:
    return pa.schema([field.with_type(_plain_type(field.type)) for field in schema])


def _plain_type(kind: pa.DataType) -> pa.DataType:
    """Return a type that tables of all sorts know: sums are of 128 bits in DuckDB."""
    if pa.types.is_dictionary(kind):
        return kind.value_type
    if pa.types.is_decimal(kind):
        return pa.float64() if kind.scale else pa.int64()
    return kind


def _plain(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    if batch.schema.equals(schema):
        return batch
    columns = [batch.column(k).cast(field.type) for k, field in enumerate(schema)]
    return pa.RecordBatch.from_arrays(columns, schema=schema)
