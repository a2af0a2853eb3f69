"""Results as a workbook: a summary in words, the tables, what their columns mean, where from."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..columns import TABLES, columns, meaning, unit_words, units
from ..language import text
from .simulate import LIBRARIES, Simulation
from .workbook_summary import Line, summary_lines

if TYPE_CHECKING:
    import pandas as pd
    from openpyxl import Workbook

MOST_ROWS = 1_048_575
"""Rows of a sheet below its header."""

MOST_CELLS = 400_000
"""Cells of a sheet; more take longer to write and to open than anybody waits."""

HEADER, QUIET = "FF1B1F27", "FF5A6270"

_WORDS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that no workbook may hold."""


class Part(NamedTuple):
    """As much of a table as a sheet holds, and a note on what is left out, empty if nothing."""

    table: pd.DataFrame
    note: str


def write_workbook(
    simulation: Simulation, path: str | os.PathLike[str], lang: str = "en", command: str = ""
) -> None:
    """Write a simulation as a workbook; the same simulation gives the same bytes.

    Sheets: summary, `runs`, `months` (its yearly rows, if all are too many for a sheet),
    meanings of the columns, about. Numbers are numbers of sixteen digits (the parquet files
    hold every bit), missing ones empty cells.

    Parameters
    ----------
    simulation : Simulation
        With its `months`.
    path : path
        Where.
    lang : {"en", "id"}
        Language of all words; columns keep their names.
    command : str
        The command that gives the numbers again.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    runs, months = part_of_runs(simulation.runs, lang), part_of_months(simulation.months, lang)
    _put_lines(book, _name("summary", lang), summary_lines(simulation, lang))
    _put_table(book, _name("runs", lang), runs, "runs")
    yearly = len(months.table) < len(simulation.months)
    _put_table(book, _name("years" if yearly else "months", lang), months, "months")
    _put_meanings(book, simulation, lang)
    notes = [part.note for part in (runs, months) if part.note]
    _put_lines(book, _name("about", lang), _about(simulation, lang, command, notes))
    aside = Path(f"{os.fspath(path)}.part")
    try:
        book.save(aside)
        _without_clock(aside, Path(path))
    finally:
        aside.unlink(missing_ok=True)


def part_of_runs(runs: pd.DataFrame, lang: str) -> Part:
    """Return as many runs as a sheet holds, the first ones."""
    most = _most_rows(runs)
    if len(runs) <= most:
        return Part(runs, "")
    return Part(runs.head(most), text("workbook.note.runs", lang, n=most, file="runs.parquet"))


def part_of_months(months: pd.DataFrame, lang: str) -> Part:
    """Return all months if a sheet holds them, else those at a year's end, whole runs alone."""
    if len(months) <= _most_rows(months):
        return Part(months, "")
    last = int(months["month"].max())
    yearly = months[(months["month"] % 12 == 11) | (months["month"] == last)]
    rows = int((yearly["run"] == yearly["run"].iloc[0]).sum())
    most = max(1, _most_rows(yearly) // rows)
    file = "months.parquet"
    if len(yearly) <= most * rows:
        return Part(yearly, text("workbook.note.years", lang, file=file))
    return Part(yearly.head(most * rows), text("workbook.note.years_runs", lang, n=most, file=file))


def _most_rows(table: pd.DataFrame) -> int:
    return min(MOST_ROWS, MOST_CELLS // max(1, len(table.columns)))


def _name(sheet: str, lang: str) -> str:
    return text(f"workbook.sheet.{sheet}", lang)


def _put_table(book: Workbook, name: str, part: Part, table: Any) -> None:
    """Write a table: a header that stays in sight, a filter, numbers in their format."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.comments import Comment
    from openpyxl.utils import get_column_letter

    names = list(part.table.columns)
    sheet = _new_sheet(book, name, [max(8.0, 1.15 * len(one) + 3.0) for one in names])
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{len(part.table) + 1}"
    header = [_cell(sheet, one, bold=True) for one in names]
    if part.note:
        header[0].comment = Comment(part.note, "cgsim", height=90, width=320)
    sheet.append(header)
    cells: list[Any] = []
    values: list[list[Any]] = []
    for one in names:
        column = part.table[one]
        cell = WriteOnlyCell(sheet)
        if column.dtype.kind == "f":
            cell.number_format = "#,##0.00" if units(one, table).startswith("Rp") else "0.000"
        cells.append(cell)
        values.append([None if value != value else value for value in column.tolist()])
    for row in zip(*values, strict=True):
        for cell, value in zip(cells, row, strict=True):  # styled once, filled row by row
            cell.value = value
        sheet.append(cells)


def _put_meanings(book: Workbook, simulation: Simulation, lang: str) -> None:
    case = simulation.scenario
    sheet = _new_sheet(book, _name("meanings", lang), [10, 26, 34, 90])
    sheet.freeze_panes = "A2"
    rows = [
        (table, name, unit_words(name, table, lang), meaning(name, table, lang, case.names))
        for table in TABLES
        for name in columns(table, case)
    ]
    sheet.auto_filter.ref = f"A1:D{len(rows) + 1}"
    heads = [text(f"workbook.meanings.{one}", lang) for one in ("table", "column", "unit", "what")]
    sheet.append([_cell(sheet, one, bold=True) for one in heads])
    for row in rows:
        sheet.append([_cell(sheet, one) for one in row])


def _about(simulation: Simulation, lang: str, command: str, notes: Iterable[str]) -> list[Line]:
    case, made = simulation.scenario, simulation.manifest
    told: list[tuple[str, Any]] = [
        ("question", case.question[lang]),
        ("title", case.title[lang]),
        ("scenario", case.name),
        ("hash", case.hash),
        ("runs", len(simulation.runs)),
        ("seed", simulation.seed),
        ("months", case.months),
        ("command", command),
    ]
    lines = [Line("title", (_name("about", lang),))]
    lines += [Line("row", (text(f"workbook.about.{key}", lang), value)) for key, value in told]
    lines += [Line("row", (library, made["versions"][library])) for library in LIBRARIES]
    lines += [Line("row", ("Python", made["python"]))]
    lines += [Line("row", (text("workbook.about.platform", lang), made["platform"]))]
    lines += [Line("note", (note,)) for note in notes]
    return [*lines, Line("note", (text("figure.notice", lang),))]


def _put_lines(book: Workbook, name: str, lines: Sequence[Line]) -> None:
    """Write titles, headings, rows and notes one below another."""
    widest = max(len(line.cells) for line in lines)
    sheet = _new_sheet(book, name, [44.0, *[16.0] * (widest - 1)])
    for line in lines:
        if line.kind == "title" and line is not lines[0]:
            sheet.append([])
        cells = [_cell(sheet, value, bold=line.kind in ("title", "head")) for value in line.cells]
        for cell, pattern in zip(cells[1:], line.formats, strict=False):
            cell.number_format = pattern
        if line.kind == "note":
            cells[0].font = _font(italic=True, color=QUIET)
        if line is lines[0]:
            cells[0].font = _font(bold=True, size=14)
        sheet.append(cells)


def _new_sheet(book: Workbook, name: str, widths: Iterable[float]) -> Any:
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(name)
    for k, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(k)].width = width
    return sheet


def _cell(sheet: Any, value: Any, bold: bool = False) -> Any:
    """Return a cell; words are words, even those that look like a formula."""
    from openpyxl.cell import WriteOnlyCell

    words = isinstance(value, str)
    cell = WriteOnlyCell(sheet, _WORDS.sub("", value) if words else value)
    if words:
        cell.data_type = "s"
    if bold:
        cell.font = _font(bold=True)
    return cell


def _font(**look: Any) -> Any:
    from openpyxl.styles import Font

    return Font(**{"color": HEADER, **look})


def _without_clock(book: Path, path: Path) -> None:
    """Copy a workbook without the times of day that are written into it."""
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            words = old.read(part)
            if part.filename == "docProps/core.xml":
                words = re.sub(rb">[0-9T:-]+Z<", b">2000-01-01T00:00:00Z<", words)
            kept = zipfile.ZipInfo(part.filename)  # of 1980
            kept.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(kept, words)
