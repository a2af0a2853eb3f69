"""The workbook holds the numbers of the tables, as numbers, and says what they mean."""

from __future__ import annotations

import openpyxl
import pandas as pd
import pytest

import cgsim
from cgsim.columns import TABLES, columns
from cgsim.language import text
from cgsim.study import workbook
from cgsim.study.summary import summarise
from cgsim.study.workbook import write_workbook
from cgsim.study.workbook_summary import summary_lines

LANGUAGES = ("en", "id")
SHEETS = ("summary", "runs", "months", "meanings", "about")


@pytest.fixture(scope="module")
def simulation():
    return cgsim.simulate("kpc-leaves", runs=6, seed=3)


@pytest.fixture(scope="module")
def books(simulation, tmp_path_factory):
    place = tmp_path_factory.mktemp("books")
    for lang in LANGUAGES:
        write_workbook(simulation, place / f"{lang}.xlsx", lang, "cgsim run kpc-leaves --runs 6")
    return place


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("table", ["runs", "months"])
def test_its_numbers_are_those_of_the_tables(simulation, books, lang, table):
    read = pd.read_excel(books / f"{lang}.xlsx", sheet_name=text(f"workbook.sheet.{table}", lang))
    expected = getattr(simulation, table)
    assert list(read.columns) == list(expected.columns)
    for name in expected.columns:
        mine, theirs = read[name].tolist(), expected[name].tolist()
        if isinstance(theirs[0], float):
            # a workbook keeps sixteen digits of a number
            assert mine == pytest.approx(theirs, rel=1e-15, abs=0.0, nan_ok=True)
        else:
            assert mine == theirs


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tables_have_a_header_that_stays_and_a_filter(simulation, books, lang):
    book = openpyxl.load_workbook(books / f"{lang}.xlsx")
    assert book.sheetnames == [text(f"workbook.sheet.{name}", lang) for name in SHEETS]
    for name in book.sheetnames[1:4]:
        assert book[name].freeze_panes == "A2"
        assert book[name].auto_filter.ref == book[name].dimensions
    sheet = book["runs"]
    place = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.cell(2, place["spent"]).number_format == "#,##0.00"
    assert isinstance(sheet.cell(2, place["spent"]).value, float)
    assert all(sheet.column_dimensions[cell.column_letter].width >= 8 for cell in sheet[1])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_column_has_its_meaning(simulation, books, lang):
    rows = list(
        openpyxl.load_workbook(books / f"{lang}.xlsx")[text("workbook.sheet.meanings", lang)].values
    )[1:]
    expected = [(t, name) for t in TABLES for name in columns(t, simulation.scenario)]
    assert [row[:2] for row in rows] == expected
    assert all(row[2] and row[3] for row in rows)
    told = {row[:2]: row[3] for row in rows}
    assert simulation.scenario.names["kpc"][lang] in told["runs", "spent_kpc"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_summary_is_that_of_the_command_as_numbers(simulation, books, lang):
    told = summarise(simulation)
    book = openpyxl.load_workbook(books / f"{lang}.xlsx")
    sheet = book[text("workbook.sheet.summary", lang)]
    rows = [[value for value in row if value is not None] for row in sheet.values]
    shares = [number for found in told.states[60].values() for number in found]
    assert next(row for row in rows if row and row[0] == 60) == pytest.approx([60, *shares])
    producers = told.outcomes["producers"]
    label = text("cli.outcomes.producers.label", lang)
    unit = text("cli.outcomes.producers.unit", lang)
    (row,) = [row for row in rows if row and row[0] == label]
    assert row[1:4] == pytest.approx(list(producers[:3]))
    assert row[4] == unit
    spent = next(row for row in rows if row and row[0] == f"  {text('cli.costs.total', lang)}")
    assert spent[1:] == pytest.approx([*told.spent[:3], 1])
    assert rows[0] == [simulation.scenario.question[lang]]
    assert rows[-1] == [text("figure.notice", lang)]
    for state in ("inactive", "active", "dynamic"):
        assert any(text(f"figure.state.{state}", lang) in row for row in rows)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_about_says_what_made_it(simulation, books, lang):
    book = openpyxl.load_workbook(books / f"{lang}.xlsx")
    values = [value for row in book[text("workbook.sheet.about", lang)].values for value in row]
    for expected in (
        simulation.scenario.hash, 6, 3, "cgsim run kpc-leaves --runs 6", cgsim.__version__,
        text("figure.notice", lang), simulation.manifest["platform"],
    ):  # fmt: skip
        assert expected in values


def test_too_many_months_become_yearly_rows_and_that_is_said(simulation, tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_CELLS", 10_000)
    write_workbook(simulation, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = book[text("workbook.sheet.years", "en")]
    assert [row[1] for row in sheet.values][1:] == [*range(11, 120, 12)] * 6
    assert "months.parquet" in sheet["A1"].comment.text
    about = [row[0] for row in book["About"].values]
    assert text("workbook.note.years", "en", file="months.parquet") in about


def test_runs_beyond_what_a_sheet_holds_are_left_out_and_that_is_said(simulation, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_CELLS", 2 * len(simulation.runs.columns))
    part = workbook.part_of_runs(simulation.runs, "en")
    assert len(part.table) == 2
    assert "first 2 runs" in part.note
    part = workbook.part_of_months(simulation.months, "en")
    assert part.table["run"].nunique() == 1
    assert "first 1 run" in part.note
    assert max(len(simulation.months), 1) * len(simulation.months.columns) > workbook.MOST_CELLS


def test_words_that_look_like_a_formula_stay_words(tmp_path):
    case = cgsim.Scenario.load("neither").replace(
        {"title": "=1+1", "organisations.kpc.name": "=HYPERLINK(1)"}, months=12
    )
    write_workbook(cgsim.simulate(case, runs=2), tmp_path / "a.xlsx", "id")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    kinds = {
        cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value
    }
    assert kinds == {"s", "n"}
    assert "=1+1" in [cell.value for row in book["Tentang"].iter_rows() for cell in row]


def test_the_same_simulation_gives_the_same_bytes(simulation, books, tmp_path):
    write_workbook(simulation, tmp_path / "a.xlsx", "id", "cgsim run kpc-leaves --runs 6")
    assert (tmp_path / "a.xlsx").read_bytes() == (books / "id.xlsx").read_bytes()
    assert [one.name for one in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_single_short_run_has_a_workbook(tmp_path):
    case = cgsim.Scenario.load("neither").replace(months=3)
    write_workbook(cgsim.simulate(case, runs=1), tmp_path / "a.xlsx")
    assert len(pd.read_excel(tmp_path / "a.xlsx", sheet_name="months")) == 3


def test_the_lines_of_the_summary_are_as_many_in_both_languages(simulation):
    first, second = (summary_lines(simulation, lang) for lang in LANGUAGES)
    assert [line.kind for line in first] == [line.kind for line in second]
    assert [len(line.cells) for line in first] == [len(line.cells) for line in second]
