"""``cgsim sweep query``: a question in SQL, answered as a table, CSV, JSON or a file."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .files import file_named, must_be_free
from .words import as_json, complain, console, number, refusal, size, word

if TYPE_CHECKING:
    import pyarrow as pa

    from ..study.sweep.querying import Answer
    from ..study.sweep.sources import Source

MOST_ROWS = 40
"""Rows of an answer that are printed as a table."""

WIDEST_CELL = 28
_GAP = 2


@dataclass(frozen=True)
class Form:
    """How the answer is wanted."""

    csv: bool = False
    json: bool = False
    out: str | None = None
    force: bool = False


def query_folder(folder: str, sql: str, form: Form, memory: str | None, partial: bool) -> None:
    """Answer a question from a sweep's tables.

    Raises
    ------
    ScenarioError
        Where the options contradict each other.
    """
    if sum((form.csv, form.json, form.out is not None)) > 1:
        raise refusal("cgsim sweep query", "one_form")
    path = None
    if form.out is not None:
        path = file_named(form.out, (".csv", ".csv.gz", ".parquet"), "--out")
        must_be_free(path, "--out", form.force)
    from ..study.sweep.querying import answer, check_memory

    check_memory("--memory", memory)
    with answer(folder, sql, memory_limit=memory, partial=partial) as found:
        warn(found.source)
        if path is not None:
            _write(path, found)
        elif form.csv:
            _print_csv(found)
        elif form.json:
            print(as_json(_document(found)))
        else:
            _show(found)


def warn(source: Source) -> None:
    """Say on stderr which runs the tables do not hold."""
    if source.missing:
        counts = {"missing": number(source.missing), "runs": number(source.store.spec.simulations)}
        complain(word("sweep.query.partial", **counts))
    if source.failures:
        told = {"n": number(source.failures), "folder": source.store.place.name}
        complain(word("sweep.end.failures", **told))


def _write(path: Path, found: Answer) -> None:
    from ..study.sweep.tabling import write_table

    rows = write_table(path, found.schema, found.batches())
    counts = {"file": path, "rows": number(rows), "size": size(path.stat().st_size)}
    console().print(word("sweep.query.written", **counts), soft_wrap=True)


def _print_csv(found: Answer) -> None:
    from ..study.sweep.tabling import write_csv

    sys.stdout.flush()
    write_csv(sys.stdout.buffer, found.schema, found.batches())


def _document(found: Answer) -> dict[str, Any]:
    rows = [[_value(one) for one in row] for row in _rows(found)]
    source = found.source
    return {
        "sweep": source.store.hash,
        "complete": not source.missing,
        "runs_missing": source.missing,
        "failures": source.failures,
        "columns": found.schema.names,
        "rows": rows,
    }


def _rows(found: Answer) -> Any:
    for batch in found.batches():
        yield from _tuples(batch)


def _tuples(batch: pa.RecordBatch) -> Any:
    if not batch.num_columns:
        return ()
    return zip(*(batch.column(k).to_pylist() for k in range(batch.num_columns)), strict=True)


def _value(one: Any) -> Any:
    """Return a cell as JSON has it; what JSON has no form for is written in words."""
    if isinstance(one, float):
        return one if math.isfinite(one) else None
    if one is None or isinstance(one, bool | int | str):
        return one
    if isinstance(one, list):
        return [_value(part) for part in one]
    if isinstance(one, dict):
        return {str(name): _value(part) for name, part in one.items()}
    return float(one) if isinstance(one, Decimal) else str(one)


def _show(found: Answer) -> None:
    """Print the first rows, in as many columns as have room."""
    from rich.table import Table

    rows = list(islice(_rows(found), MOST_ROWS + 1))
    more = len(rows) > MOST_ROWS
    shown = [[cell(one) for one in row] for row in rows[:MOST_ROWS]]
    names = [_short(name) for name in found.schema.names]
    sheet = console()
    fitting = _fitting(names, shown, sheet.width)
    table = Table(box=None, padding=(0, _GAP, 0, 0), pad_edge=False, header_style="bold")
    for k, name in enumerate(names[:fitting]):
        right = any(isinstance(row[k], int | float) for row in rows)
        table.add_column(name, justify="right" if right else "left", no_wrap=True)
    for row in shown:
        table.add_row(*row[:fitting])
    sheet.print(table)
    if not rows:
        sheet.print(word("sweep.query.empty"))
    if more:
        sheet.print(word("sweep.query.more", n=number(MOST_ROWS)))
    if fitting < len(names):
        left = len(names) - fitting
        sheet.print(word("sweep.query.columns", n=number(left), all=number(len(names))))


def _fitting(names: Sequence[str], shown: Sequence[Sequence[str]], width: int) -> int:
    """Return how many columns have room, at least one."""
    taken = 0
    for k, name in enumerate(names):
        taken += max([len(name), *(len(row[k]) for row in shown)]) + _GAP
        if taken - _GAP > width:
            return max(1, k)
    return len(names)


def cell(one: Any) -> str:
    """Return a value as a cell of a table; of a number the four leading digits.

    Examples
    --------
    >>> cell(None), cell(1234), cell(0.0123456), cell(1234.6), cell("never")
    ('–', '1,234', '0.01235', '1,235', 'never')
    """
    if isinstance(one, bool):
        return word(":varied.true" if one else ":varied.false")
    if isinstance(one, int):
        return number(one)
    if one is None or (isinstance(one, float) and math.isnan(one)):
        return number(None)
    if isinstance(one, float) and math.isfinite(one):
        if one == int(one) or one == 0.0:
            return number(one)
        return number(one, min(8, max(0, 3 - math.floor(math.log10(abs(one))))))
    return _short(str(one))


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= WIDEST_CELL else line[: WIDEST_CELL - 1] + "…"
