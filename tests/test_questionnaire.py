"""From a question in the field to a scenario that runs, and back to who said so."""

from __future__ import annotations

import datetime
import json
import zipfile

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from cgsim.cli.app import app
from cgsim.cli.words import percent, take_language
from cgsim.parameters import BY_PATH, PLAN
from cgsim.questionnaire.answer import Unclear, understood
from cgsim.questionnaire.form import rows
from cgsim.scenario import Scenario
from cgsim.scenario_file import shipped

MARK = "wawancara: Kepala dinas, 3 Mei"


@pytest.fixture(autouse=True)
def here(monkeypatch, tmp_path):
    monkeypatch.setenv("CGSIM_LANG", "en")
    monkeypatch.chdir(tmp_path)
    take_language([])


def call(*words, lang="en", code=0):
    result = CliRunner(env={"COLUMNS": "80"}).invoke(app, [*map(str, words), "--lang", lang])
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result.output


def fill(answers, made="q.xlsx", filled="a.xlsx", lang="id", base="sangatta-utara"):
    """Fill in a questionnaire as a person with Excel does."""
    call("questionnaire", "-o", made, "--extends", base, "--force", lang=lang)
    book = load_workbook(made)
    sheet = book.worksheets[1]
    place = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
    for code, answer in answers.items():
        for column, value in ((7, answer), (8, "wawancara"), (9, " Kepala dinas,  3 Mei ")):
            sheet.cell(place[code], column, value)
    book.save(filled)
    return filled


def test_the_form_asks_for_every_lever_and_no_constant():
    asked = rows(Scenario.load("sangatta-utara"))
    assert set(asked) >= {path for path, one in BY_PATH.items() if one.is_lever}
    assert all(f"organisations.kpc.{name}" in asked for name in PLAN)
    assert not any(code.startswith("constants.") for code in asked)


@pytest.mark.parametrize("lang", ["en", "id"])
def test_answers_become_a_scenario_that_checks_runs_and_says_who_said_so(lang):
    fill(
        {
            "title": "Klaster lain", "community.persistence.mean": "0,6",
            "organisations.industry.monitoring_interval": "Tidak pernah ",
            "organisations.tourism.monitoring_interval": 3, "organisations.kpc.present": "ya",
            "organisations.kpc.name": "PT Tambang", "process.leadership": "50%",
        },
        lang=lang,
    )  # fmt: skip
    call("new", "mine", "--from", "a.xlsx", lang=lang)
    case = Scenario.load("mine.yaml")
    assert case.title["id"] == "Klaster lain"
    assert case.names["kpc"]["id"] == "PT Tambang"
    assert case.value("community.persistence.mean") == 0.6
    assert case.value("process.leadership") == 0.5
    assert case.value("organisations.industry.monitoring_interval") == "never"
    assert case.value("organisations.tourism.monitoring_interval") == 3
    mark = MARK if lang == "id" else MARK.replace("wawancara", "interview")
    assert case.sources["organisations.industry.monitoring_interval"] == mark
    call("check", "mine.yaml")
    call("run", "mine.yaml", "--runs", "3")
    for path in ("community.persistence.mean", "organisations.tourism.monitoring_interval"):
        told = call("why", path, "--scenario", "mine.yaml", "--no-runs", lang=lang)
        assert mark in " ".join(told.split())


@pytest.mark.parametrize("lang", ["en", "id"])
def test_every_lever_has_a_question_of_its_own(lang):
    call("questionnaire", "-o", "q.xlsx", lang=lang)
    sheet = load_workbook("q.xlsx").worksheets[1]
    asked = {row[0].value: row[2].value for row in sheet.iter_rows(min_row=2)}
    assert all("?" in question for question in asked.values())
    names = Scenario.load("sangatta-utara").names
    for key, name in names.items():
        assert all(name[lang] in asked[f"organisations.{key}.{one}"] for one in PLAN)
    shared = [question for code, question in asked.items() if not code.endswith(".name")]
    assert len(set(shared)) == len(shared)


def test_a_cell_shown_as_a_percentage_counts_for_a_share_alone():
    book = load_workbook(fill({"process.leadership": 0.25}))
    sheet = book.worksheets[1]
    place = {cell.value: cell.row for cell in sheet["A"]}
    sheet.cell(place["process.leadership"], 7).number_format = "0%"
    book.save("a.xlsx")
    call("new", "mine", "--from", "a.xlsx")
    assert Scenario.load("mine.yaml").value("process.leadership") == 0.25
    cell = sheet.cell(place["organisations.kpc.budget"], 7, 0.25)
    cell.number_format = "0%"
    book.save("a.xlsx")
    told = call("new", "other", "--from", "a.xlsx", code=2)
    assert f"!G{cell.row}  organisations.kpc.budget = 25%: a percentage says nothing" in told


def test_what_cannot_be_seen_in_a_text_is_left_out():
    book = load_workbook(fill({"process.leadership": 0.3, "title": "Klaster\u200b \x85 lain"}))
    sheet = book.worksheets[1]
    place = {cell.value: cell.row for cell in sheet["A"]}
    sheet.cell(place["process.leadership"], 9, "Bu\u200b Sri\u00ad,\ntiga\u2060 Mei")
    book.save("a.xlsx")
    call("new", "mine", "--from", "a.xlsx")
    case = Scenario.load("mine.yaml")
    assert case.title["id"] == "Klaster lain"
    assert case.sources["process.leadership"] == "wawancara: Bu Sri, tiga Mei"


def test_a_form_about_a_file_beside_it_is_read_from_anywhere(tmp_path, monkeypatch):
    call("new", "field/base", "--extends", "mina-bayu-lestari")
    fill({}, "field/q.xlsx", "field/a.xlsx", base="field/base.yaml")
    call("new", "plans/mine", "--from", "field/a.xlsx")
    assert Scenario.load("plans/mine.yaml").hash == Scenario.load("mina-bayu-lestari").hash
    monkeypatch.chdir(tmp_path / "field")
    call("new", "mine", "--from", "a.xlsx")
    (tmp_path / "field" / "base.yaml").unlink()
    told = call("new", "lone", "--from", "a.xlsx", code=2)
    assert "asks about base.yaml, which is not beside it" in told
    call("new", "lone", "--from", "a.xlsx", "--extends", "mina-bayu-lestari")


def test_an_empty_form_changes_nothing():
    fill({})
    call("new", "mine", "--from", "a.xlsx")
    assert Scenario.load("mine.yaml").hash == Scenario.load("sangatta-utara").hash


def test_a_form_about_another_place_extends_that_place():
    fill({}, base="mina-bayu-lestari")
    call("new", "mine", "--from", "a.xlsx")
    case = Scenario.load("mine.yaml")
    assert case.organisations == Scenario.load("mina-bayu-lestari").organisations


def test_rows_and_columns_may_stand_in_another_order():
    book = load_workbook(fill({"process.leadership": 0.3}))
    sheet = book.worksheets[1]
    sheet.title = "Lembar kerja"
    sheet.move_range(f"A1:I{sheet.max_row}", cols=2)
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for row, line in enumerate(reversed(lines), start=2):
        for column, value in enumerate(line, start=1):
            sheet.cell(row, column, value)
    book.save("turned.xlsx")
    call("new", "mine", "--from", "turned.xlsx")
    assert Scenario.load("mine.yaml").value("process.leadership") == 0.3


FAULTY = {
    "date": ("community.people", datetime.date(2026, 1, 3),
             "Excel has made a date of the answer", "Excel mengubah jawaban ini menjadi tanggal"),
    "thousands": ("costs.toolkit", "1.500", "may be read in two ways", "dapat dibaca dengan dua"),
    "formula": ("process.feedback", "=1/2", "a formula whose result", "rumus yang hasilnya"),
    "error": ("process.feedback", "#DIV/0!", "an error of Excel", "galat Excel"),
    "kind": ("organisations.kpc.kind", "koperasi", "must be agency or company",
             "harus agency (dinas) atau company (perusahaan)"),
    "range": ("process.leadership", 3, "must be a number from 0 to 1",
              "harus angka dari 0 sampai 1"),
    "words": ("process.leadership", "cukup", "must be a number", "harus angka"),
    "flag": ("organisations.kpc.present", "kadang", "must be true or false", "harus true"),
    "whole": ("organisations.kpc.monitoring_interval", 2.5, "whole months", "bulan bulat"),
    "percent": ("organisations.kpc.budget", "50%", "a percentage says nothing here",
                "persentase tidak bermakna di sini"),
    "never": ("process.meeting_interval", 0, "or never. Write never.",
              "never (tidak pernah). Tulis tidak pernah."),
    "text": ("organisations.kpc.name", datetime.date(2026, 1, 3), "Write it again as text",
             "Tulislah lagi sebagai teks"),
    "together": ("community.group_size", 200, "a group cannot be larger than the community",
                 "kelompok tidak mungkin lebih besar"),
    "truth": ("process.leadership", True, "must be a number", "harus angka"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTY)
def test_a_faulty_cell_is_named_in_both_languages_and_nothing_is_written(name, tmp_path):
    code, answer, english, indonesian = FAULTY[name]
    row = rows(Scenario.load("sangatta-utara")).index(code) + 2
    file = fill({code: answer})
    for lang, words in (("en", english), ("id", indonesian)):
        told = call("new", "mine", "--from", file, lang=lang, code=2)
        assert f"a.xlsx:Pertanyaan!G{row}  " in told
        assert words in told
    assert not (tmp_path / "mine.yaml").exists()


def test_all_faults_of_a_form_are_told_at_once():
    answers = {c: a for name, (c, a, _, _) in FAULTY.items() if name != "together"}
    told = call("new", "mine", "--from", fill(answers), code=2)
    assert len(told.strip().splitlines()) == len(answers)


def test_unknown_and_repeated_questions_are_named():
    book = load_workbook(fill({}))
    sheet = book.worksheets[1]
    sheet["A5"], sheet["A6"], sheet["G6"] = "communty.people", "process.leadership", 0.5
    book.save("a.xlsx")
    told = call("new", "mine", "--from", "a.xlsx", code=2)
    assert "communty.people is no question here. Did you mean community.people?" in told
    assert "process.leadership is answered twice" in told


def test_what_is_no_questionnaire_is_refused(tmp_path):
    (tmp_path / "old.xlsx").write_bytes(b"\xd0\xcf\x11\xe0 an old .xls by another name")
    with zipfile.ZipFile("zip.xlsx", "w") as packed:
        packed.writestr("x", "y")
    (tmp_path / "big.xlsx").write_bytes(b"0" * 5_000_001)
    book = load_workbook(fill({}))
    del book["_cgsim"]
    book.save("foreign.xlsx")
    for file, words in {
        "old": "not an Excel file of today", "zip": "not an Excel file of today",
        "big": "too large", "foreign": "no questionnaire of cgsim", "none": "cannot be read",
    }.items():  # fmt: skip
        assert words in call("new", "mine", "--from", f"{file}.xlsx", code=2)


@pytest.mark.parametrize("read", ["1.000", "12,500", "Rp 3.000"])
def test_a_number_that_may_mean_two_is_not_guessed(read):
    with pytest.raises(Unclear, match="thousands"):
        understood(BY_PATH["costs.toolkit"], read)


@pytest.mark.parametrize(
    ("read", "meant"), [("Rp 3,5", 3.5), ("0,125", 0.125), ("1\u00a02", 12), ("7.5 ", 7.5)]
)
def test_numbers_are_read_as_people_write_them(read, meant):
    assert understood(BY_PATH["costs.toolkit"], read) == meant


@pytest.mark.parametrize("name", shipped())
def test_a_starter_of_any_shipped_scenario_is_in_order_and_changes_nothing(name):
    for lang in ("en", "id"):
        call("new", "mine", "--extends", name, "--force", lang=lang)
        assert Scenario.load("mine.yaml").hash == Scenario.load(name).hash


def test_a_starter_holds_when_its_comments_are_taken_away(tmp_path):
    call("new", "mine")
    lines = (tmp_path / "mine.yaml").read_text(encoding="utf-8").splitlines()
    acting, on = [], False
    for line in lines:
        on = (on and line.startswith("# ")) or line in ("# set:", "# sources:", "# interventions:")
        acting.append(line[2:] if on else line)
    (tmp_path / "all.yaml").write_text("\n".join(acting) + "\n", encoding="utf-8")
    case = Scenario.load("all.yaml")
    assert len(case.interventions) == 2
    assert case.sources


@pytest.mark.parametrize("name", ["CON", "nul.yaml", "a?b", "a:b", "mine.", " mine"])
def test_names_that_a_system_forbids_are_refused(name, tmp_path):
    call("new", name, code=2)
    assert not list(tmp_path.iterdir())


def test_a_file_is_replaced_only_by_force(tmp_path):
    call("new", "mine")
    (tmp_path / "mine.yaml").write_text("mine", encoding="utf-8")
    assert "--force" in call("new", "mine", code=2)
    assert (tmp_path / "mine.yaml").read_text(encoding="utf-8") == "mine"
    call("new", "mine", "--force")


@pytest.mark.parametrize("lang", ["en", "id"])
def test_why_answers_for_every_lever_and_constant(lang):
    for path in [*BY_PATH, *(f"organisations.kpc.{name}" for name in PLAN)]:
        told = json.loads(call("why", path, "--no-runs", "--json", lang=lang))
        assert told["standing"] in ("assumption", "sourced")
        assert told["if_wrong"] is None


def test_why_says_what_moves_and_that_nothing_does():
    told = json.loads(call("why", "community.persistence.mean", "--runs", "30", "--json"))
    assert told["if_wrong"]["verdict"] == "depends"
    told = json.loads(call("why", "market.local_levy", "--runs", "5", "--json"))
    assert told["if_wrong"]["verdict"] == "same"


def test_why_says_how_the_commonest_end_state_moves():
    words = ("organisations.kpc.present", "--scenario", "kpc-leaves", "--runs", "30")
    found = json.loads(call("why", *words, "--json"))["if_wrong"]
    shares = sorted(one["end_states"]["inactive"]["share"] for one in found["tries"])
    assert found["verdict"] == "somewhat"
    low, high = (percent(share) for share in shares)
    assert (
        f"the commonest end state stays inactive, in {low} to {high} of the runs"
        in (found["sentence"])
    )


def test_why_names_the_nearest_lever():
    assert "persistence" in call("why", "community.persistance.mean", code=2)


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "it moves admissions down"), ("id", "admissions turun")]
)
def test_why_says_which_way_a_lever_moves_what(lang, words):
    told = " ".join(call("why", "community.selection", "--no-runs", lang=lang).split())
    assert words in told
    told = " ".join(call("why", "community.group_size", "--no-runs", lang=lang).split())
    assert ("either way: more company" if lang == "en" else "naik atau turun: lebih banyak") in told
    document = json.loads(call("why", "community.selection", "--no-runs", "--json", lang=lang))
    assert document["direction"]["goes"] == "down"
