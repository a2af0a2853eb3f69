"""A sweep's folder: what it holds, under which names, and whether that is whole.

``sweep.json`` (what the sweep is), ``scenario.yaml``, ``design.parquet``, a Parquet file for
each chunk under ``runs/`` and, if asked for, ``months/``; ``failed/`` for runs that gave no row.
The files are the truth; ``journal*.jsonl`` only remembers their sizes and hashes.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from ...scenario import Scenario
from .halts import BROKEN, DIFFERS, Halt
from .identity import CODE, code_hash
from .place import Folder, Place, whole
from .spec import Spec

if TYPE_CHECKING:
    import pandas as pd

    from .work import Chunk

SWEEP, SCENARIO, DESIGN = "sweep.json", "scenario.yaml", "design.parquet"
VERSION = 1
BLOCK = 65_536
MOST_LISTED = 10_000_000
"""Points beyond which no ``design.parquet`` is written: the runs' files hold the levers too."""

_NAME = re.compile(r"(runs|months|failed)/\d{5}/[cmf](\d{8})\.(parquet|json)")


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
    letter = {"runs": "c", "months": "m", "failed": "f"}[kind]
    ending = "json" if kind == "failed" else "parquet"
    return f"{kind}/{chunk // 1000:05d}/{letter}{chunk:08d}.{ending}"


def chunk_of(name: str) -> int | None:
    """Return the chunk of a file's name, None for another file."""
    match = _NAME.fullmatch(name)
    return int(match.group(2)) if match else None


def hash_of(data: bytes) -> str:
    """Return 32 hexadecimal digits of bytes."""
    return blake2b(data, digest_size=16).hexdigest()


def parquet_bytes(table: pd.DataFrame, mark: str) -> bytes:
    """Return a table as the bytes of a Parquet file; the same table, the same bytes.

    zstd 1, page checksums, dictionaries for whole numbers and words only.
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


def fields_that_differ(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """Return the names of fields that differ, those of either."""
    return [name for name in {**one, **other} if one.get(name) != other.get(name)]


@dataclass(frozen=True)
class Store:
    """A sweep's folder, opened.

    Attributes
    ----------
    place : Place
    spec : Spec
    frozen : dict
        What ``sweep.json`` says.
    """

    place: Place
    spec: Spec
    frozen: dict[str, Any]

    @cached_property
    def hash(self) -> str:
        """What names the sweep in each of its files."""
        return str(self.frozen["sweep"])

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Which files a chunk has."""
        return ("runs", "months") if self.spec.months else ("runs",)

    def runs_in(self, chunk: int) -> int:
        """Return how many runs a chunk has."""
        return min(self.spec.chunk, self.spec.simulations - chunk * self.spec.chunk)

    def mark(self, kind: str, chunk: int) -> str:
        """Return what a file says of itself in its footer."""
        return f"{self.hash} {kind} {chunk}"

    def put(self, number: int, chunk: Chunk) -> list[Written]:
        """Put a chunk's files in their places; the table of runs last: with it the chunk is done.

        Raises
        ------
        Halt
            Where they cannot be written.
        """
        files: list[tuple[str, bytes, int]] = []
        if chunk.failures:
            told = [one._asdict() for one in chunk.failures]
            data = (json.dumps(told, indent=1) + "\n").encode()
            files.append((name_of("failed", number), data, len(told)))
        if chunk.months is not None:
            data = parquet_bytes(chunk.months, self.mark("months", number))
            files.append((name_of("months", number), data, len(chunk.months)))
        data = parquet_bytes(chunk.runs, self.mark("runs", number))
        files.append((name_of("runs", number), data, len(chunk.runs)))
        with whole(self.place):
            for name, data, _ in files:
                self.place.write(name, data)
        return [Written(name, len(data), hash_of(data), rows) for name, data, rows in files]

    def trouble(self, kind: str, number: int, data: bytes) -> str | None:
        """Return what is wrong with a chunk's file, None if it is whole: a key of the words."""
        try:
            file = parquet.ParquetFile(pa.BufferReader(data), page_checksum_verification=True)
            if (file.metadata.metadata or {}).get(b"cgsim") != self.mark(kind, number).encode():
                return "foreign"
            file.read()
        except Exception:  # whatever Arrow raises for bytes that are no such file
            return "torn"
        return None


def create(place: Place, spec: Spec, canary: str) -> Store:
    """Write down what a sweep is, or join one that is the same.

    Raises
    ------
    Halt
        Where the folder holds another sweep, or other files.
    """
    told = {
        "program": "cgsim sweep",
        "version": VERSION,
        "sweep": spec.hash,
        "name": spec.scenario.name,
        "code": code_hash(),
        CODE: pa.__version__,
        "canary": canary,
        "points": spec.points,
        "simulations": spec.simulations,
        "chunks": spec.chunks,
        "spec": spec.frozen(),
    }
    try:
        earlier = _read(place)
    except FileNotFoundError:
        earlier = None
    if earlier is not None:
        check_same(place.name, earlier["spec"], spec.frozen())
        return open_store(place)
    if _occupied(place):
        raise Halt(DIFFERS, "occupied", folder=place.name)
    with whole(place):
        place.write(SCENARIO, spec.scenario.to_yaml().encode())
        if spec.points <= MOST_LISTED:
            _write_design(place, spec)
        place.write(SWEEP, (json.dumps(told, indent=1) + "\n").encode())
    return open_store(place)


def check_same(folder: str, earlier: dict[str, Any], asked: dict[str, Any]) -> None:
    """Halt where a folder's sweep is another than the one asked for, naming the fields."""
    if differing := fields_that_differ(earlier, asked):
        raise Halt(DIFFERS, "spec", folder=folder, fields=", ".join(differing))


def open_store(place: Place) -> Store:
    """Open a sweep's folder.

    Raises
    ------
    Halt
        Where it is none, or was changed by hand.
    """
    try:
        told = _read(place)
    except FileNotFoundError:
        raise Halt(DIFFERS, "none", folder=place.name) from None
    try:
        case = Scenario.parse(place.read(SCENARIO).decode(), told["name"])
        if case.hash != told["spec"]["scenario"]:
            raise Halt(DIFFERS, "scenario", folder=place.name)
        table = _listed_rows(place, told) if told["spec"]["design"] == "file" else None
        spec = Spec.thawed(told["spec"], case, table)
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise Halt(BROKEN, "torn", folder=place.name, why=str(wrong).splitlines()[0]) from wrong
    if spec.hash != told["sweep"]:
        raise Halt(DIFFERS, "edited", folder=place.name)
    return Store(place, spec, told)


def _read(place: Place) -> dict[str, Any]:
    data = place.read(SWEEP)
    try:
        told: dict[str, Any] = json.loads(data)
        if told["program"] != "cgsim sweep" or told["version"] != VERSION:
            raise ValueError("another program's file, or another version's")
    except (ValueError, KeyError, TypeError) as wrong:
        raise Halt(BROKEN, "torn", folder=place.name, why=f"{SWEEP}: {wrong}") from wrong
    return told


def _occupied(place: Place) -> bool:
    """Whether a folder holds anything but an interrupted beginning of a sweep."""
    ours = {SCENARIO, DESIGN}
    return any(
        name not in ours and not name.startswith((".", "locks/"))
        for name in (one.lstrip("/") for one in place.names(""))
    )


def _write_design(place: Place, spec: Spec) -> None:
    sink = pa.BufferOutputStream()
    writer = None
    for first in range(0, spec.points, BLOCK):
        last = min(first + BLOCK, spec.points)
        rows = spec.rows.rows(first, last)
        columns = {"point": np.arange(first, last)}
        columns |= {axis.path: axis.column(rows[:, k]) for k, axis in enumerate(spec.axes)}
        part = pa.table({name: pa.array(column) for name, column in columns.items()})
        writer = writer or parquet.ParquetWriter(
            sink, part.schema, compression="zstd", compression_level=1, write_page_checksum=True
        )
        writer.write_table(part)
    if writer is not None:
        writer.close()
        place.write(DESIGN, sink.getvalue().to_pybytes())


def _listed_rows(place: Place, told: dict[str, Any]) -> Any:
    """Return the rows of a `file` design as the rules read them."""
    from ...parameters import find
    from ...scenario_shape import number
    from .spec_reading import digest_of

    table = parquet.read_table(pa.BufferReader(place.read(DESIGN))).to_pandas()
    columns = []
    for axis in told["spec"]["vary"]:
        column, parameter = table[axis["path"]], find(axis["path"])
        codes, distinct = column.factorize()
        read = [float(one) if parameter is None else number(parameter, _plain(one))
                for one in distinct]  # fmt: skip
        columns.append(np.array(read)[codes])
    rows = np.column_stack(columns)
    if digest_of(rows) != told["spec"]["table"]:
        raise Halt(DIFFERS, "design", folder=place.name)
    return rows


def _plain(value: Any) -> Any:
    words = {"true": True, "false": False}
    if isinstance(value, str):
        from ...scenario_yaml import scalar

        return words.get(value, scalar(value))
    return value.item() if hasattr(value, "item") else value


def local(path: str | Path) -> Place:
    """Return the place of a path or address; addresses such as ``s3://…`` need fsspec."""
    if "://" in str(path):
        from .remote import Remote

        return Remote(str(path))
    return Folder(path)
