"""A sweep's table as one file, however large: for other programs, and for EMA workbench."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from ..behaviorspace import write_sweep
from .ema import write_ema
from .halts import BAD_INPUT, Halt
from .sources import Source, open_source
from .tabling import new_file, packed_if_named, write_table

FORMS = {
    "csv": (".csv", ".csv.gz"),
    "parquet": (".parquet",),
    "ema": (".tar.gz",),
    "behaviorspace": (".csv", ".csv.gz"),
}
"""What can be written, and how the files' names end."""

TABLES = ("runs", "months", "design")

Progress = Callable[[int, int], None]
"""Called with rows written and rows in all."""


@dataclass(frozen=True)
class Exported:
    """What `export` wrote.

    Attributes
    ----------
    path : Path
    rows, size : int
        Rows of the table, or experiments, and bytes of the file.
    missing, failures : int
        Runs that are not among them: not made yet, or without a row.
    """

    path: Path
    rows: int
    size: int
    missing: int
    failures: int


def export(
    folder: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    form: str | None = None,
    table: str = "runs",
    partial: bool = False,
    progress: Progress | None = None,
) -> Exported:
    """Write a sweep's table into one file, whole or not at all; memory holds a part at a time.

    Parameters
    ----------
    folder : path
        Folder of a sweep.
    out : path
        The file; one that is there is replaced.
    form : str, optional
        `csv` (packed if the name ends in ``.csv.gz``), `parquet` or `ema`: experiments and
        outcomes as ``ema_workbench.load_results`` reads them, or `behaviorspace`: NetLogo's
        table of an experiment, in CSV. If not given, by the name's ending.
    table : str
        `runs`, `months` or `design`; `ema` holds `runs` and `months` at once, `behaviorspace`
        has no `design`.
    partial : bool
        Whether a sweep that is not complete will do.
    progress : callable, optional

    Raises
    ------
    ValueError
        Where form and name do not fit, or there is no such table at all.
    Halt
        Where the sweep does not keep the table, runs are missing, a file is damaged, or the file
        cannot be written.
    """
    if "://" in os.fspath(out):
        raise ValueError(f"{out}: must be a file of this computer")
    path = Path(out)
    form = form or form_of(path.name)
    if form not in FORMS or not path.name.lower().endswith(FORMS[form]):
        raise ValueError(f"{path.name}: must end as a form does: {FORMS}")
    if table not in TABLES or (form, table) == ("behaviorspace", "design"):
        raise ValueError(f"table = {table!r}: must be one of {TABLES}")
    source = open_source(folder, partial)
    if form == "ema":
        with new_file(path) as file:
            rows = write_ema(file, path.parent, source, progress)
    elif form == "behaviorspace":
        if table != "runs" and table not in source.store.kinds:
            raise Halt(BAD_INPUT, "no_months", folder=source.store.place.name)
        with new_file(path) as file, packed_if_named(path, file) as into:
            rows = write_sweep(into, source, table, progress)
    else:
        schema, batches = _batches(source, table, progress)
        rows = write_table(path, schema, batches)
    return Exported(path, rows, path.stat().st_size, source.missing, source.failures)


def form_of(name: str) -> str | None:
    """Return the form that a file's name ends in, None where it is none of them.

    Examples
    --------
    >>> form_of("a.csv.gz"), form_of("a.parquet"), form_of("a.tar.gz"), form_of("a.xlsx")
    ('csv', 'parquet', 'ema', None)
    """
    for form, endings in FORMS.items():
        if name.lower().endswith(endings):
            return form
    return None


def _batches(
    source: Source, table: str, progress: Progress | None
) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """Return a table's columns and its rows."""
    if table == "design":
        design = source.design()
        if design is None:
            raise Halt(BAD_INPUT, "no_design", folder=source.store.place.name)
        return design.schema, iter(design.to_batches())
    if table not in source.store.kinds:
        raise Halt(BAD_INPUT, "no_months", folder=source.store.place.name)
    return source.schema(table), _rows(source, table, progress)


def _rows(source: Source, table: str, progress: Progress | None) -> Iterator[pa.RecordBatch]:
    spec = source.store.spec
    each = spec.scenario.months if table == "months" else 1
    rows, every = 0, (spec.simulations - source.missing - source.failures) * each
    for part in source.tables(table):
        yield from part.to_batches()
        rows += len(part)
        if progress:
            progress(rows, every)
