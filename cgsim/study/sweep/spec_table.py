"""The table of a `file` design: CSV or Parquet, a column a lever, a row a point."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ...errors import MAX_FAULTS
from ...parameters import Parameter
from ...scenario_yaml import Node, Place, scalar
from .axes import LUCK, Axis

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from ...scenario import Scenario
    from .spec_reading import Reading

POINT = "point"
"""A column that numbers the rows is left out."""


def read_table(
    reading: Reading, case: Scenario
) -> tuple[tuple[Axis, ...], int, NDArray[np.float64] | None]:
    """Read the table that a spec's `file` names; what is wrong is noted with its row."""
    node = reading.tree.child("file")
    if node is None or not isinstance(node.value, str):
        reading.wrong((node or reading.tree).place, "file")
        return (), 0, None
    table = _opened(reading, node, reading.folder / node.value)
    if table is None:
        return (), 0, None
    place = Place(str(node.value), 1, 1)
    names = [str(name) for name in table.columns if name != POINT]
    known = [name for name in names if name == LUCK or reading.parameter(name, place, case)]
    reading.check_overlap([(name, place) for name in known], case)
    if len(known) < len(names) or not known or not len(table):
        if not known or not len(table):
            reading.wrong(node.place, "file_empty", file=node.value)
        return (), 0, None
    columns = [_column(reading, str(node.value), table, name, case) for name in known]
    axes = tuple(
        Axis(name, tuple(np.unique(column).tolist()) if _coded(table[name]) else ())
        for name, column in zip(known, columns, strict=True)
    )
    return axes, len(table), np.column_stack(columns)


def _coded(column: pd.Series[Any]) -> bool:
    """Whether some of a column's values are words."""
    return column.dtype.kind not in "if"


def _opened(reading: Reading, node: Node, file: Path) -> pd.DataFrame | None:
    import pandas as pd

    try:
        if file.suffix.lower() == ".parquet":
            return pd.read_parquet(file)
        return pd.read_csv(file, encoding="utf-8-sig", skipinitialspace=True)
    except FileNotFoundError:
        reading.wrong(node.place, "file_missing", file=node.value)
    except Exception as wrong:  # whatever pandas and pyarrow raise for what is no table
        why = str(wrong).splitlines()[0][:120] if str(wrong) else type(wrong).__name__
        reading.wrong(node.place, "file_unreadable", file=node.value, why=why)
    return None


def _column(
    reading: Reading, file: str, table: pd.DataFrame, name: str, case: Scenario
) -> NDArray[np.float64]:
    """Return a column as the rules read it; each distinct value is checked once."""
    parameter = None if name == LUCK else reading.parameter(name, Place(file, 1, 1), case)
    column = table[name]
    codes, distinct = column.factorize(use_na_sentinel=True)
    read = [_value(reading, file, name, parameter, one, codes, k) for k, one in enumerate(distinct)]
    if (codes < 0).any():
        line = int(np.argmax(codes < 0)) + 2
        reading.wrong(Place(file, line, 1), "file_gap", path=name)
    values: NDArray[np.float64] = np.array([*read, np.nan])[codes]
    return values


def _value(
    reading: Reading, file: str, name: str, parameter: Parameter | None, value: Any,
    codes: NDArray[Any], k: int,
) -> float:  # fmt: skip
    plain = value.item() if hasattr(value, "item") else value
    if isinstance(plain, str):
        plain = scalar(plain.strip())
    if isinstance(plain, float) and plain.is_integer() and (parameter is None):
        plain = int(plain)
    if len(reading.faults) > MAX_FAULTS:
        return np.nan
    place = Place(file, int(np.argmax(codes == k)) + 2, 1)
    found = reading.value(name, Node(plain, place, place, str(value)), parameter)
    return np.nan if found is None else found
