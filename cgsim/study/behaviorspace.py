"""Runs as NetLogo's BehaviorSpace tells them: its table, which many programs read.

Six lines say what follows: program, model, experiment, date, and the size of a world that this
model does not have, all of it 0. Then a line of names, and a row a run, or a run and step: the
number of the run, what was varied, the step, what was measured. Every value stands in quotes.
A step is a month; step 1 is after the first. The date is always that of the epoch: the same runs
give the same bytes.

Source
------
NetLogo's `TableExporter` and `Exporter`, as they stand in release 6.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

if TYPE_CHECKING:
    from .rerun import Kept
    from .sweep.sources import Source

RUN_NUMBER, STEP = "[run number]", "[step]"
EPOCH = "01/01/1970 00:00:00:000 +0000"

_IDENTITY = {"scenario_hash", "point", "run", "seed", "month"}
"""Columns that are not measured."""


def write_kept(file: IO[bytes], kept: Kept, table: str) -> int:
    """Write the runs of a folder of results; return how many rows.

    Parameters
    ----------
    file : binary file
    kept : Kept
        The folder, read and checked.
    table : {"runs", "months"}
        A row a run, or a row a run and step.
    """
    found = pa.Table.from_pandas(_in_words(kept.tables[table]), preserve_index=False)
    varied = {path: pa.array([value] * len(found)) for path, value in changed(kept).items()}
    seed = {"seed": pa.array([kept.manifest["seed"]] * len(found))}
    number = found.column("run").to_numpy() - kept.first_run + 1
    shaped = _shaped(found, {**varied, **seed}, number, kept.scenario.months)
    model, experiment = str(kept.manifest["scenario"]), kept.folder.resolve().name
    return _write(file, model, experiment, shaped.schema, [shaped])


def changed(kept: Kept) -> dict[str, str]:
    """Return the levers that the command of a folder of results changed, with their values."""
    words = shlex.split(kept.manifest["command"])
    said = [words[i + 1] for i, word in enumerate(words[:-1]) if word == "--set"]
    return dict(one.split("=", 1) for one in said)


def write_sweep(file: IO[bytes], source: Source, table: str, progress: Any = None) -> int:
    """Write the runs of a sweep, a part at a time; return how many rows.

    Parameters
    ----------
    file : binary file
    source : Source
    table : {"runs", "months"}
        A row a run, or a row a run and step.
    progress : callable, optional
        Called with rows written and rows in all.
    """
    name = source.store.place.name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    spec = source.store.spec
    blank = _of_sweep(source, table, [source.schema(table).empty_table()])
    parts = _of_sweep(source, table, source.tables(table))
    every = (spec.simulations - source.missing - source.failures) * (
        spec.scenario.months if table == "months" else 1
    )
    watched = _watched(parts, every, progress)
    return _write(file, spec.scenario.name, name, next(blank).schema, watched)


def _of_sweep(source: Source, table: str, parts: Iterable[pa.Table]) -> Iterator[pa.Table]:
    spec = source.store.spec
    levers = [axis.path for axis in spec.axes]
    points = _points(source, levers) if table == "months" else None
    for part in parts:
        at = part.column("point").to_numpy()
        if points is None:
            varied = {path: part.column(path) for path in levers}
        else:
            place = pa.array(np.searchsorted(points.column("point").to_numpy(), at))
            varied = {path: points.column(path).take(place) for path in levers}
        number = at * spec.runs + part.column("run").to_numpy() + 1
        yield _shaped(part, varied, number, spec.scenario.months)


def _points(source: Source, levers: Sequence[str]) -> pa.Table:
    """Return the levers of each point, in the order of points."""
    found = []
    for part in source.tables("runs"):
        first = np.unique(part.column("point").to_numpy(), return_index=True)[1]
        found.append(part.select(["point", *levers]).take(pa.array(first)))
    every = pa.concat_tables(found).combine_chunks()
    first = np.unique(every.column("point").to_numpy(), return_index=True)[1]
    return every.take(pa.array(first))


def _shaped(
    part: pa.Table, varied: Mapping[str, Any], number: np.ndarray[Any, Any], months: int
) -> pa.Table:
    """Return a part's rows as BehaviorSpace orders their columns; `run` names the luck."""
    by_month = "month" in part.column_names
    step = part.column("month").to_numpy() + 1 if by_month else np.full(len(part), months)
    columns = {
        RUN_NUMBER: pa.array(number.astype(np.int64)),
        **varied,
        "run": part.column("run"),
        STEP: pa.array(step.astype(np.int64)),
    }
    measured = [n for n in part.column_names if n not in _IDENTITY and n not in varied]
    columns |= {name: _plain(part.column(name)) for name in measured}
    return pa.table(columns)


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column with nothing where a number is missing."""
    if pa.types.is_floating(column.type):
        return pc.if_else(pc.is_nan(column), pa.scalar(None, column.type), column)
    return column


def _in_words(table: Any) -> Any:
    """Return a table whose categories are plain words."""
    kinds = {n: "str" for n in table.columns if table[n].dtype.name == "category"}
    return table.astype(kinds)


def _watched(parts: Iterable[pa.Table], every: int, progress: Any) -> Iterator[pa.Table]:
    rows = 0
    for part in parts:
        yield part
        rows += len(part)
        if progress:
            progress(rows, every)


def _write(
    file: IO[bytes], model: str, experiment: str, schema: pa.Schema, parts: Iterable[pa.Table]
) -> int:
    file.write(head(model, experiment, schema.names))
    how = csv.WriteOptions(include_header=False, quoting_style="all_valid")
    rows = 0
    with csv.CSVWriter(file, schema, write_options=how) as writer:
        for part in parts:
            writer.write_table(part)
            rows += len(part)
    return rows


def head(model: str, experiment: str, columns: Sequence[str]) -> bytes:
    """Return the lines before the first row.

    Examples
    --------
    >>> print(head("mine", "visits", ["[run number]", "[step]"]).decode().splitlines()[1])
    "mine.yaml"
    """
    from .. import __version__

    lines = [
        [f"BehaviorSpace results (cgsim {__version__})"],
        [f"{model}.yaml"],
        [experiment],
        [EPOCH],
        ["min-pxcor", "max-pxcor", "min-pycor", "max-pycor"],
        ["0"] * 4,
        columns,
    ]
    return "".join(",".join(map(_quoted, line)) + "\n" for line in lines).encode()


def _quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'
