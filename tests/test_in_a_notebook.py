"""What a notebook needs of the program: results that show, name and tell themselves."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook
from PIL import Image

import cgsim
from cgsim.cli.starter_text import starter
from cgsim.questionnaire import questionnaire, read_answers
from cgsim.study.sensitivity import screen
from cgsim.study.sweep import Spec

BASE = cgsim.Scenario.load("sangatta-utara")
SHORT = BASE.replace(months=24)
LANGUAGES = ("en", "id")


@pytest.fixture(scope="module")
def screening():
    outcomes = ["producers", "cluster_index"]
    return screen(SHORT, ["community.persistence"], outcomes=outcomes, points=2, runs=2)


@pytest.fixture(scope="module")
def worlds():
    pair = {"first": SHORT, "second": SHORT.replace({"process.leadership": 1})}
    return cgsim.compare(pair, runs=4).in_worlds(4, 2, single=False)


def texts(figure):
    axes = [one.get_xlabel() for one in figure.axes]
    return [one.get_text() for one in figure.texts] + axes + [figure.get_suptitle()]


def test_a_figure_shows_itself_and_twice_the_same_bytes():
    figure = cgsim.simulate(SHORT, runs=2).plot.producers()
    shown = figure._repr_png_()
    assert shown == figure._repr_png_()
    width, height = Image.open(BytesIO(shown)).size
    assert width > height > 300


def test_a_scenario_and_a_spec_name_themselves_in_a_line():
    assert (
        repr(SHORT)
        == f"<Scenario sangatta-utara: 24 months, industry, tourism, kpc, {SHORT.hash[:4]}>"
    )
    spec = Spec.make({"scenario": "neither", "vary": {"process.leadership": [0, 1]}, "runs": 3})
    assert repr(spec) == "<Spec neither: process.leadership; 2 points × 3 runs>"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_screening_draws_each_of_its_outcomes(screening, lang):
    first, second = (" ".join(texts(screening.plot(lang, one))) for one in screening.tables)
    assert first != second
    assert " ".join(texts(screening.plot(lang))) == first
    other = "id" if lang == "en" else "en"
    assert " ".join(texts(screening.plot(other))) != first


def test_an_outcome_that_was_not_asked_for_is_told_with_the_nearest(screening):
    with pytest.raises(cgsim.ScenarioError, match="Did you mean producers"):
        screening.plot(outcome="producer")


def test_a_comparison_in_worlds_tells_and_draws_itself(worlds):
    told = {lang: worlds.sentences("second", lang) for lang in LANGUAGES}
    assert told["en"] != told["id"]
    assert all("second" in said[0] for said in told.values())
    assert "second" in " ".join(texts(worlds.plot("second", "id")))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_explanation_says_the_sentences_of_its_document(lang):
    run = cgsim.explain_run(SHORT)
    left = cgsim.explain_leavings(SHORT, runs=2)
    person = cgsim.explain_person(SHORT, int(run.people["person"][0]), levers=["leadership"])
    for found in (run, left, person):
        assert found.sentences(lang) == found.to_dict(lang)["sentences"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_answers_become_the_scenario_that_a_file_made_of_them_is(tmp_path, lang):
    _, form = questionnaire(BASE, BASE.name, lang)
    book = load_workbook(BytesIO(form))
    sheet = book.worksheets[1]
    row = {cell.value: cell.row for cell in sheet["A"]}
    answers = {"title": "Lain", "process.leadership": 0.3, "organisations.kpc.name": "PT Lain"}
    for code, answer in answers.items():
        sheet[f"G{row[code]}"], sheet[f"I{row[code]}"] = answer, "N17"
    book.save(tmp_path / "filled.xlsx")
    read = read_answers(tmp_path / "filled.xlsx")
    case = read.scenario("other")
    words = starter(BASE, BASE.name, tmp_path, read.levers, read.sources, read.told)
    same = cgsim.Scenario.parse(words, "other", tmp_path)
    assert case.hash == same.hash != BASE.hash
    assert (case.title, case.names, case.sources) == (same.title, same.names, same.sources)
    assert (case.name, case.question) == ("other", BASE.question)
