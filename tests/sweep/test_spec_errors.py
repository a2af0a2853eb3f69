"""A faulty spec is told with its place and remedy, in both languages, all faults at once."""

from __future__ import annotations

import pytest

from cgsim import ScenarioError
from cgsim.language import text
from cgsim.study.sweep import Spec
from tests.sweep.tiny import call

HEAD = "scenario: sangatta-utara\n"
VARY = "vary: {process.leadership: [0.2, 0.4]}\n"
FULL = HEAD + VARY

BROKEN = [
    # words of the file, place, key of the words, what the English must say
    ("[1, 2]\n", "1:1", "block", "block of fields"),
    (FULL + "rnus: 3\n", "3:1", "field", "Did you mean runs?"),
    (FULL + "ponits: 3\n", "3:1", "field", "Did you mean points?"),
    (VARY, "1:1", "scenario", "must name a shipped scenario"),
    ("scenario: 3\n" + VARY, "1:11", "scenario", "3"),
    (FULL + "set: [1]\n", "3:6", "set", "block of levers"),
    (HEAD, "1:1", "vary", "block of levers"),
    (HEAD + "vary: []\n", "2:7", "vary", "block of levers"),
    (HEAD + "vary: {}\n", "2:7", "vary", "block of levers"),
    (HEAD + "vary: {process.leadershp: [0.2]}\n", "2:8", "lever", "Did you mean"),
    (HEAD + "vary: {organisations.kp.visits: [2]}\n", "2:8", "lever", "not a lever"),
    (HEAD + "vary: {organisations.*.visit: [2]}\n", "2:8", "lever", "Did you mean"),
    (HEAD + "vary: {months: [12]}\n", "2:8", "lever", "not a lever"),
    (HEAD + "vary: {process.leadership: 0.3}\n", "2:28", "values", "list of values or a range"),
    (HEAD + "vary: {process.leadership: []}\n", "2:28", "list", "from 1 to 10000 values"),
    (HEAD + "vary: {process.leadership: [0.2, 0.20]}\n", "2:28", "repeated", "twice"),
    (HEAD + "vary: {process.leadership: [0.2, 2]}\n", "2:34", "value", "from 0 to 1"),
    (HEAD + "vary: {process.leadership: [0.2, high]}\n", "2:34", "value", "high"),
    (HEAD + "vary: {process.leadership: [0.2, never]}\n", "2:34", "value", "never"),
    (HEAD + "vary: {process.leadership: [.nan]}\n", "2:29", "value", "nan"),
    (HEAD + "vary: {process.leadership: [.inf]}\n", "2:29", "value", "inf"),
    (HEAD + "vary: {community.people: [10.5]}\n", "2:27", "value", "10.5"),
    (HEAD + "vary: {organisations.kpc.monitoring_interval: [0]}\n", "2:48", "value", "never"),
    (HEAD + "vary: {organisations.kpc.present: [2]}\n", "2:36", "value", "2"),
    (HEAD + "vary: {organisations.kpc.kind: [club]}\n", "2:33", "value", "agency"),
    (HEAD + "vary: {luck: [-1]}\n", "2:15", "luck_value", "from 0 to 4294967295"),
    (HEAD + "vary: {luck: [0.5]}\n", "2:15", "luck_value", "whole number"),
    (HEAD + "vary: {luck: [4294967295]}\nruns: 2\n", "1:1", "luck", "would pass 4294967296"),
    (HEAD + "vary: {process.leadership: {from: 0.1}}\n", "2:28", "range", "needs from and to"),
    (HEAD + "vary: {process.leadership: {from: 0.1, to: 0.5, step: 3}}\n", "2:49", "range_field",
     "Did you mean steps?"),
    (HEAD + "vary: {organisations.kpc.present: {from: 0, to: 1, steps: 2}}\n", "2:35",
     "range_words", "list its values"),
    (HEAD + "vary: {organisations.kpc.monitoring_interval: {from: never, to: 6, steps: 2}}\n",
     "2:47", "range_words", "list its values"),
    (HEAD + "vary: {process.leadership: {from: 0.5, to: 0.5, steps: 2}}\n", "2:28", "range_order",
     "from must be below to"),
    (HEAD + "vary: {process.leadership: {from: 0.1, to: 0.5}}\n", "2:28", "steps", "needs steps"),
    (HEAD + "vary: {process.leadership: {from: 0.1, to: 0.5, steps: 1}}\n", "2:56", "steps",
     "from 2 to 10000"),
    (HEAD + "vary: {process.leadership: {from: 0.1, to: 0.5, steps: 2.5}}\n", "2:56", "steps",
     "whole number"),
    (HEAD + "vary: {community.people: {from: 10, to: 20, steps: 4}}\n", "2:26", "steps_whole",
     "whole numbers"),
    (HEAD + "vary: {organisations.*.visits: [1, 2], organisations.kpc.visits: [3]}\n", "2:40",
     "twice", "varies already"),
    (FULL + "design: gird\n", "3:9", "word", "Did you mean grid?"),
    (FULL + "points: 8\n", "3:1", "points_unused", "leave it out"),
    (FULL + "design: lhs\n", "1:1", "points_lhs", "number of points"),
    (FULL + "design: sobol\n", "1:1", "points_sobol", "number of points"),
    (FULL + "design: saltelli\n", "1:1", "points_saltelli", "power of two"),
    (FULL + "design: morris\n", "1:1", "points_morris", "trajectories"),
    (FULL + "design: saltelli\npoints: 6\n", "4:9", "power", "4 or 8"),
    (FULL + "design: lhs\npoints: 0\n", "4:9", "whole", "from 1"),
    (FULL + "design: lhs\npoints: many\n", "4:9", "whole", "many"),
    (FULL + "design: file\n", "1:1", "file", "CSV or Parquet"),
    (FULL + "file: points.csv\n", "3:1", "file_unused", "only the design file"),
    (HEAD + "design: file\nfile: nowhere.csv\n", "3:7", "file_missing", "no nowhere.csv"),
    (FULL + "groups: {a: [process.leadership]}\n", "3:1", "groups", "saltelli and morris"),
    (FULL + "design: morris\npoints: 2\ngroups: {a: [process.feedback]}\n", "5:14", "group_member",
     "not a varied lever"),
    (FULL + "design: morris\npoints: 2\ngroups: {a: process.leadership, b: process.leadership}\n",
     "5:36", "group_member", "two groups"),
    (FULL + "outcomes: 3\n", "3:11", "columns", "list of columns"),
    (FULL + "outcomes: [produces]\n", "3:12", "column", "Did you mean producers?"),
    (FULL + "months: [state, sale]\n", "3:17", "column", "Did you mean sales?"),
    (FULL + "runs: 0\n", "3:7", "whole", "from 1"),
    (FULL + "runs: 1.5\n", "3:7", "whole", "1.5"),
    (FULL + "runs: ten\n", "3:7", "whole", "ten"),
    (FULL + "runs: 999999999999\n", "1:1", "many", "1 000 000 000 000 runs"),
    (FULL + "seed: -1\n", "3:7", "whole", "from 0 to 4294967295"),
    (FULL + "design_seed: 4294967296\n", "3:14", "whole", "from 0 to 4294967295"),
    (FULL + "second_order: maybe\n", "3:15", "flag", "true or false"),
    (FULL + "chunk: 0\n", "3:8", "whole", "from 1 to 100000"),
]  # fmt: skip


def fault_of(words, tmp_path):
    file = tmp_path / "spec.yaml"
    file.write_text(words, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        Spec.load(file)
    return file, caught.value


@pytest.mark.parametrize(("words", "place", "key", "said"), BROKEN, ids=lambda one: str(one)[-40:])
def test_a_faulty_spec_is_told_with_its_place_in_both_languages(words, place, key, said, tmp_path):
    file, error = fault_of(words, tmp_path)
    keys = [fault.meaning.key for fault in error.faults]
    assert f"sweep.spec.{key}" in keys, error
    fault = error.faults[keys.index(f"sweep.spec.{key}")]
    english, indonesian = fault.in_language("en"), fault.in_language("id")
    assert english.startswith(f"{file}:{place}  ")
    assert said in english
    assert indonesian.startswith(f"{file}:{place}  ")
    assert indonesian != english
    assert "{" not in indonesian.replace("{{", "").replace("{from: …, to: …, steps: …}", "")


def test_there_are_many_ways_to_be_wrong():
    assert len(BROKEN) >= 40
    assert len({key for _, _, key, _ in BROKEN}) >= 35


def test_all_faults_are_told_at_once_in_the_order_of_the_file(tmp_path):
    words = HEAD + "vary: {process.leadershp: [0.2]}\nruns: 0\nchunk: no\nfoo: 1\n"
    _, error = fault_of(words, tmp_path)
    assert [fault.line for fault in error.faults] == [2, 3, 4, 5]


def test_a_fault_of_a_set_or_a_length_is_told_where_it_stands(tmp_path):
    _, error = fault_of(FULL + "set: {process.mandate: 9}\n", tmp_path)
    assert [(fault.line, fault.column) for fault in error.faults] == [(3, 6)]
    _, error = fault_of(FULL + "length: 0\n", tmp_path)
    assert [(fault.line, fault.column) for fault in error.faults] == [(3, 9)]


def test_a_scenario_that_is_not_there_is_named(tmp_path):
    _, error = fault_of("scenario: sangata-utara\n" + VARY, tmp_path)
    assert "sangatta-utara" in str(error)


@pytest.mark.parametrize(
    ("table", "key", "line", "said"),
    [
        ("process.leadership\n0.2\n3\n", "value", 3, "from 0 to 1"),
        ("process.leadership\n0.2\n\n", None, None, None),
        ("process.leadership,process.feedback\n0.2,1\n0.3,\n", "file_gap", 3, "is missing"),
        ("process.leadershp\n0.2\n", "lever", 1, "Did you mean"),
        ("process.leadership\n", "file_empty", 3, "no rows"),
        ("", "file_unreadable", 3, "cannot be read"),
        ("point\n0\n", "file_empty", 3, "no column"),
        ("luck\n0.5\n", "luck_value", 2, "whole number"),
        ("organisations.*.visits,organisations.kpc.visits\n1,1\n", "twice", 1, "already"),
    ],
)
def test_a_faulty_table_is_told_with_its_row(table, key, line, said, tmp_path):
    (tmp_path / "points.csv").write_text(table, encoding="utf-8")
    words = HEAD + "design: file\nfile: points.csv\n"
    if key is None:
        (tmp_path / "spec.yaml").write_text(words, encoding="utf-8")
        assert Spec.load(tmp_path / "spec.yaml").points == 1
        return
    _, error = fault_of(words, tmp_path)
    found = [f for f in error.faults if f.meaning and f.meaning.key == f"sweep.spec.{key}"]
    assert found, error
    assert found[0].line == line
    assert said in found[0].in_language("en")
    assert found[0].in_language("id") != found[0].in_language("en")


@pytest.mark.parametrize("lang", ["en", "id"])
def test_the_command_tells_a_faulty_spec_and_makes_no_folder(lang, tmp_path):
    file = tmp_path / "spec.yaml"
    file.write_text(FULL + "runs: 0\n", encoding="utf-8")
    told = call("sweep", "run", file, "-o", tmp_path / "out", code=2, lang=lang).stderr
    place = {"name": "runs", "read": "0", "low": 1, "high": 10**12}
    assert text("sweep.spec.whole", lang, **place) in told
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("lang", ["en", "id"])
def test_a_spec_that_is_not_there_is_said(lang, tmp_path):
    told = call("sweep", "run", "nowhere.yaml", "-o", tmp_path / "out", code=2, lang=lang).stderr
    assert text("sweep.spec.missing", lang) in told


def test_a_folder_or_other_bytes_are_no_spec(tmp_path):
    with pytest.raises(ScenarioError):
        Spec.load(tmp_path)
    file = tmp_path / "spec.yaml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ScenarioError):
        Spec.load(file)
