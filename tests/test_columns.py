"""Every column of every table has its unit and meaning, in both languages."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

import cgsim
from cgsim.cli.app import app
from cgsim.cli.words import take_language
from cgsim.columns import TABLES, columns, meaning, unit_words
from cgsim.language import keys, languages, text


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("CGSIM_LANG", "en")
    take_language([])


@pytest.fixture(scope="module")
def tables():
    simulation = cgsim.simulate("sangatta-utara", runs=1)
    people = cgsim.people("sangatta-utara")
    return {"runs": simulation.runs, "months": simulation.months, "people": people}


def invoke(*words):
    return CliRunner(env={"COLUMNS": "80"}).invoke(app, list(words))


@pytest.mark.parametrize("table", TABLES)
def test_the_names_are_those_of_the_table(tables, table):
    assert columns(table, cgsim.Scenario.load("sangatta-utara")) == list(tables[table].columns)


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_its_unit_and_its_meaning(tables, table, lang):
    names = cgsim.Scenario.load("sangatta-utara").names
    for column in [*tables[table].columns, *columns(table)]:
        told = meaning(column, table, lang, names)
        assert told.endswith(".")
        assert "{" not in told
        assert unit_words(column, table, lang)
        assert cgsim.units(column, table)


@pytest.mark.parametrize("lang", languages())
def test_no_words_stand_for_a_column_that_is_not_there(lang):
    special = {"end_state", "state_n", "spent_organisation"}
    for key in keys(lang):
        if key.startswith("column.") and key != "column.last":
            _, table, column, *_ = key.split(".")
            assert column in special or column in columns(table), key


def test_columns_of_states_and_organisations_say_which():
    names = cgsim.Scenario.load("sangatta-utara").names
    assert "24 months" in meaning("state_24_strict", "runs")
    assert names["kpc"]["id"] in meaning("spent_kpc", "months", "id", names)
    assert meaning("producers", "runs").endswith(text("column.last", "en"))
    for column, table in (("state_24", "months"), ("hazard", "runs"), ("nothing", "people")):
        with pytest.raises(KeyError):
            meaning(column, table)


@pytest.mark.parametrize("lang", languages())
def test_all_columns_are_listed_within_80_columns(lang):
    shown = invoke("columns", "--lang", lang).stdout
    assert max(map(len, shown.splitlines())) <= 80
    for table in TABLES:
        assert text(f"cli.columns.{table}", lang) in shown
        for column in columns(table):
            assert f"{column}  [" in shown


def test_json_gives_table_column_unit_and_meaning():
    told = json.loads(invoke("columns", "spent_*", "--table", "runs", "--json").stdout)
    assert told[0] == {
        "table": "runs", "column": "spent_on_promotion", "unit": "Rp million",
        "meaning": "Spending on promotion over the whole run.",
    }  # fmt: skip
    assert told[-1]["column"] == "spent_<organisation>"
    made = json.loads(invoke("columns", "spent_kpc", "--json").stdout)
    assert [one["table"] for one in made] == ["runs", "months"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("columns", "trsut"), "no column has trsut in its name. Did you mean trust?"),
        (("columns", "spent_on_visit_x"), "Did you mean spent_on_visits?"),
        (("columns", "--table", "peple"), "--table  peple is not a table: runs, months, people."),
    ],
)
def test_what_is_not_there_is_said_with_the_nearest_word(words, said):
    result = invoke(*words)
    assert result.exit_code == 2
    assert said in result.stderr
