"""The files of a chunk: their names, the bytes of a table, and whether bytes are such a file.

`code_hash` covers this module: whatever changes a byte here makes another sweep.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
from pyarrow import parquet

if TYPE_CHECKING:
    import pandas as pd

_NAME = re.compile(r"(runs|months|failed)/(\d{5})/([cmf])(\d{8})\.(parquet|json)")
_LETTER = {"runs": "c", "months": "m", "failed": "f"}


class Written(NamedTuple):
    """A file that was put in its place."""

    name: str
    size: int
    blake2b: str
    rows: int


def name_of(kind: str, chunk: int) -> str:
    """Return the name of a chunk's file.

    Examples
    --------
    >>> name_of("runs", 1234)
    'runs/00001/c00001234.parquet'
    """
    ending = "json" if kind == "failed" else "parquet"
    return f"{kind}/{chunk // 1000:05d}/{_LETTER[kind]}{chunk:08d}.{ending}"


def chunk_of(name: str) -> int | None:
    """Return the chunk of a file's name, None for another file.

    Examples
    --------
    >>> chunk_of("runs/00001/c00001234.parquet"), chunk_of("runs/00000/c00001234.parquet")
    (1234, None)
    """
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    chunk = int(match.group(4))
    return chunk if name == name_of(match.group(1), chunk) else None


def hash_of(data: bytes) -> str:
    """Return 32 hexadecimal digits of bytes."""
    return blake2b(data, digest_size=16).hexdigest()


def parquet_bytes(table: pd.DataFrame, mark: str) -> bytes:
    """Return a table as the bytes of a Parquet file; the same table, the same bytes.

    zstd 1, page checksums, dictionaries for whole numbers and words only.

    Parameters
    ----------
    table : DataFrame
    mark : str
        What the file says of itself in its footer.
    """
    arrow = pa.Table.from_pandas(table, preserve_index=False)
    arrow = arrow.replace_schema_metadata({"cgsim": mark})
    packed = [
        field.name
        for field in arrow.schema
        if pa.types.is_integer(field.type) or pa.types.is_dictionary(field.type)
    ]
    sink = pa.BufferOutputStream()
    parquet.write_table(
        arrow, sink, row_group_size=max(1, len(table)), compression="zstd", compression_level=1,
        use_dictionary=packed, write_page_checksum=True,
    )  # fmt: skip
    data: bytes = sink.getvalue().to_pybytes()
    return data


def read_marked(data: bytes, mark: str) -> pa.Table | str:
    """Return the table of a file's bytes, or what is wrong with it: a key of ``sweep.trouble``.

    Every page is read and its checksum compared.
    """
    try:
        file = parquet.ParquetFile(pa.BufferReader(data), page_checksum_verification=True)
        if (file.metadata.metadata or {}).get(b"cgsim") != mark.encode():
            return "foreign"
        return file.read()
    except Exception:  # whatever Arrow raises for bytes that are no such file
        return "torn"
