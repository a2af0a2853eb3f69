"""A sweep as EMA workbench has results: experiments and outcomes.

An experiment is a run: the varied levers, then `scenario` (the number of the run, which names its
luck), `policy` (the point) and `model` (the scenario's name). Each outcome of the table of runs is
an array with a value a run; each column kept month by month one with a row a run, called
``…_monthly``. A sweep tells no uncertainties from levers: what is varied stands side by side.

The archive is that of ``ema_workbench.save_results``, version 0.1 (release 2.5.3, where it was
tried): CSV files and ``metadata.json``, packed. Columns by month are told as ``ArrayOutcome``: in
that release ``TimeSeriesOutcome`` says of its own files that they are still to be tested.
"""

from __future__ import annotations

import gzip
import json
import os
import tarfile
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from pyarrow import csv

from .sources import Source, open_source

if TYPE_CHECKING:
    import pandas as pd

IDENTITY = ("scenario_hash", "point", "run", "seed")
"""Columns of the table of runs that are neither lever nor outcome."""

MONTHLY = "_monthly"
VERSION = 0.1

Progress = Callable[[int, int], None]


def experiments_outcomes(
    folder: str | os.PathLike[str], *, partial: bool = False
) -> tuple[pd.DataFrame, dict[str, np.ndarray[Any, Any]]]:
    """Return a sweep's experiments and outcomes as EMA workbench's analyses take them.

    Parameters
    ----------
    folder : path
        Folder of a sweep.
    partial : bool
        Whether a sweep that is not complete will do.

    Returns
    -------
    experiments : DataFrame
        A row a run, held in memory: levers, `scenario`, `policy` and `model`; words are
        categories.
    outcomes : dict of array
        Shape (runs,), and (runs, months) for the columns kept month by month, ``…_monthly``.

    Raises
    ------
    Halt
        Where the folder holds no sweep, runs are missing, or a file is damaged.
    """
    source = open_source(folder, partial)
    parts = list(source.tables("runs"))
    runs = pa.concat_tables(parts)
    table = _experiments(source, runs).to_pandas()
    for name in table.select_dtypes(exclude="number").columns:
        table[name] = table[name].astype("category")
    outcomes = {
        name: runs.column(name).to_pandas().to_numpy() for name in _outcomes(source, runs.schema)
    }
    if _monthly(source):
        months = pa.concat_tables(list(source.tables("months")))
        for name in _monthly(source):
            rows = months.column(name).to_numpy()
            outcomes[name + MONTHLY] = rows.reshape(-1, source.store.spec.scenario.months)
    return table, outcomes


def write_ema(file: IO[bytes], beside: Path, source: Source, progress: Progress | None) -> int:
    """Write the archive that ``ema_workbench.load_results`` reads.

    Parameters
    ----------
    file : binary file
    beside : Path
        Folder in which parts are kept meanwhile; about as large as the tables as CSV.
    source : Source
    progress : callable, optional
        Called with runs written and runs in all.

    Returns
    -------
    int
        How many experiments were written.
    """
    with tempfile.TemporaryDirectory(prefix=".cgsim-ema-", dir=beside) as name:
        aside = Path(name)
        rows = _write_runs(aside, source, progress)
        if _monthly(source):
            _write_months(aside, source)
        (aside / "metadata.json").write_text(json.dumps(_metadata(source)), encoding="utf-8")
        # no times, no names of users: the same sweep, the same bytes
        with (
            gzip.GzipFile("", "wb", 6, file, 0) as packed,
            tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
        ):
            for part in ("experiments.csv", *_files(source).values(), "metadata.json"):
                info = tarfile.TarInfo(part)
                info.size = (aside / part).stat().st_size
                with (aside / part).open("rb") as content:
                    archive.addfile(info, content)
    return rows


def _write_runs(aside: Path, source: Source, progress: Progress | None) -> int:
    """Write the experiments and a file an outcome."""
    schema = source.schema("runs")
    files = _files(source)
    shape = _experiments(source, schema.empty_table()).schema
    spec = source.store.spec
    rows, every = 0, spec.simulations - source.missing - source.failures
    with ExitStack() as stack:
        experiments = stack.enter_context(_writer(aside / "experiments.csv", shape, True))
        writers = {}
        for name in _outcomes(source, schema):
            column = pa.schema([_filled(schema.empty_table().column(name), name)[0]])
            writers[name] = stack.enter_context(_writer(aside / files[name], column))
        for part in source.tables("runs"):
            experiments.write_table(_experiments(source, part))
            for name, writer in writers.items():
                field, column = _filled(part.column(name), name)
                writer.write_table(pa.table([column], schema=pa.schema([field])))
            rows += len(part)
            if progress:
                progress(rows, every)
    return rows


def _write_months(aside: Path, source: Source) -> None:
    """Write a file a column that is kept month by month: a row a run."""
    length, files = source.store.spec.scenario.months, _files(source)
    names = [f"m{month}" for month in range(length)]
    left: dict[str, np.ndarray[Any, Any]] = {}
    with ExitStack() as stack:
        writers: dict[str, Any] = {}
        for part in source.tables("months"):
            for name in _monthly(source):
                column = part.column(name).to_numpy()
                values = np.concatenate([left[name], column]) if name in left else column
                runs = len(values) // length
                # a part may end within a run
                left[name] = values[runs * length :]
                rows = values[: runs * length].reshape(runs, length)
                table = pa.table(dict(zip(names, rows.T.copy(), strict=True)))
                if name not in writers:
                    path = aside / files[name + MONTHLY]
                    writers[name] = stack.enter_context(_writer(path, table.schema))
                writers[name].write_table(table)


def _writer(path: Path, schema: pa.Schema, header: bool = False) -> Any:
    how = csv.WriteOptions(include_header=header, quoting_style="needed")
    return csv.CSVWriter(os.fspath(path), schema, write_options=how)


def _filled(column: pa.ChunkedArray, name: str) -> tuple[pa.Field, pa.ChunkedArray]:
    """Return a column with a word where a value is missing: pandas passes over empty lines."""
    if pa.types.is_floating(column.type):
        column = column.fill_null(float("nan"))
    elif pa.types.is_string(column.type):
        column = column.fill_null("nan")
    return pa.field(name, column.type), column


def _experiments(source: Source, runs: pa.Table) -> pa.Table:
    levers = {path: runs.column(path) for path in _levers(source)}
    model = pa.array([source.store.spec.scenario.name] * len(runs), pa.string())
    named = {"scenario": runs.column("run"), "policy": runs.column("point"), "model": model}
    return pa.table({**levers, **named})


def _levers(source: Source) -> list[str]:
    return [axis.path for axis in source.store.spec.axes]


def _outcomes(source: Source, schema: pa.Schema) -> list[str]:
    others = {*IDENTITY, *_levers(source)}
    return [name for name in schema.names if name not in others]


def _monthly(source: Source) -> list[str]:
    return list(source.store.spec.months)


def _files(source: Source) -> dict[str, str]:
    """Return each outcome's file in the archive, by its name."""
    scalars = {name: f"{name}.cls" for name in _outcomes(source, source.schema("runs"))}
    return scalars | {name + MONTHLY: f"{name}{MONTHLY}.csv" for name in _monthly(source)}


def _metadata(source: Source) -> dict[str, Any]:
    shape = _experiments(source, source.schema("runs").empty_table()).schema
    kinds = {field.name: _kind(field.type) for field in shape}
    outcomes = [
        ("ArrayOutcome" if file.endswith(".csv") else "ScalarOutcome", name, file)
        for name, file in _files(source).items()
    ]
    return {"version": VERSION, "outcomes": outcomes, "experiments": kinds}


def _kind(kind: pa.DataType) -> str:
    """Return what pandas calls a column's type."""
    return "category" if pa.types.is_string(kind) else np.dtype(kind.to_pandas_dtype()).name
