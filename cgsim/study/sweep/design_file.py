"""``design.parquet``: a row a point of a sweep, as its levers are written in a scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from ...parameters import find
from ...scenario_shape import number
from ...scenario_yaml import scalar
from .files import hash_of
from .halts import DIFFERS, Halt
from .place import Place, legible, whole
from .spec import Spec
from .spec_reading import digest_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

DESIGN = "design.parquet"
BLOCK = 65_536
MOST_LISTED = 10_000_000
"""Numbers beyond which no ``design.parquet`` is written: the runs' files hold the levers too."""


def design_bytes(spec: Spec) -> bytes:
    """Return the bytes of ``design.parquet``; none where it would be too long to be of use."""
    if spec.design != "file" and spec.points * (len(spec.axes) + 1) > MOST_LISTED:
        return b""
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
    data: bytes = sink.getvalue().to_pybytes()
    return data


def check_design(place: Place, spec: Spec, expected: str) -> None:
    """Halt where ``design.parquet`` is not the one that was written; one that is gone is remade.

    Parameters
    ----------
    place : Place
    spec : Spec
    expected : str
        Hash of the file; empty where there is none.
    """
    if not expected:
        return
    with legible(place):
        try:
            data = place.read(DESIGN)
        except FileNotFoundError:
            data = design_bytes(spec)
            if hash_of(data) == expected:
                with whole(place):
                    place.write(DESIGN, data)
    if hash_of(data) != expected:
        raise Halt(DIFFERS, "design", folder=place.name)


def listed_rows(place: Place, told: dict[str, Any]) -> NDArray[np.float64]:
    """Return the rows of a `file` design as the rules read them.

    Parameters
    ----------
    place : Place
    told : dict
        What ``sweep.json`` says.

    Raises
    ------
    Halt
        Where they are not those that the sweep began with.
    """
    try:
        table = parquet.read_table(pa.BufferReader(place.read(DESIGN))).to_pandas()
        columns = [_as_read(table[axis["path"]]) for axis in told["spec"]["vary"]]
    except (pa.ArrowException, ValueError, KeyError) as wrong:
        raise Halt(DIFFERS, "design", folder=place.name) from wrong
    rows = np.column_stack(columns)
    if digest_of(rows) != told["spec"]["table"]:
        raise Halt(DIFFERS, "design", folder=place.name)
    return rows


def _as_read(column: Any) -> NDArray[np.float64]:
    """Return a lever's column as the numbers of the rules; each distinct value is read once."""
    parameter = find(column.name)
    codes, distinct = column.factorize()
    read = [float(one) if parameter is None else number(parameter, _plain(one)) for one in distinct]
    values: NDArray[np.float64] = np.array(read)[codes]
    return values


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value, scalar(value))
    return value.item() if hasattr(value, "item") else value
