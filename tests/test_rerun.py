"""``cgsim rerun`` finds every changed number, and no other; and folders are written by one."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

import cgsim
from cgsim.cli.app import app
from cgsim.cli.folder import ASIDE, Folder
from cgsim.cli.words import take_language
from cgsim.language import text
from cgsim.study.kept import digest
from cgsim.study.rerun import compare, read_kept

LANGUAGES = ("en", "id")


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("CGSIM_LANG", "en")
    take_language([])


def call(*words, code=0):
    result = CliRunner(env={"COLUMNS": "80"}).invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    place = tmp_path_factory.mktemp("made") / "results"
    words = ("run", "neither", "--runs", "3", "--months", "30", "--set", "process.leadership=0.8")
    call(*words, "--seed", "5", "--out", place)
    return place


@pytest.fixture
def place(made, tmp_path):
    return shutil.copytree(made, tmp_path / "copy")


def rewrite(place, change):
    """Change the manifest."""
    file = place / "manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8"))
    change(manifest)
    file.write_text(json.dumps(manifest), encoding="utf-8")


def forge(place, name, change):
    """Change a table, and let the manifest say that it was always so."""
    file = place / f"{name}.parquet"
    table = pd.read_parquet(file)
    change(table)
    table.to_parquet(file, index=False)
    entry = {"digest": digest(file)}

    def told(manifest):
        next(one for one in manifest["written"] if one["file"] == file.name).update(entry)

    rewrite(place, told)


# ---------------------------------------------------------------- the same


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_comes_back_the_same_is_said_to(made, lang):
    shown = call("rerun", made, "--lang", lang).stdout
    assert text("cli.rerun.same", lang) in shown
    assert "cgsim run neither --runs 3 --seed 5 --set process.leadership=0.8" in shown
    for name in ("runs", "months", "people"):
        assert f"\n{name:<8}" in shown
    assert max(len(line) for line in shown.splitlines() if "cgsim run" not in line) <= 80


def test_json_says_what_was_compared(made):
    told = json.loads(call("rerun", made, "--json", "--threads", 1).stdout)
    assert told["same"] is True
    assert told["differences"] == []
    assert told["elsewhere"] == {}
    assert told["tables"]["months"] == {"rows": 90, "columns": 60}
    assert told["tables"]["people"]["rows"] == 30 * 120


def test_a_single_run_can_be_repeated(tmp_path):
    call("run", "neither", "--runs", 1, "--months", 14, "--out", tmp_path / "one")
    assert json.loads(call("rerun", tmp_path / "one", "--json").stdout)["same"] is True


# ---------------------------------------------------------------- not the same


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_last_bit_is_found_in_its_column_and_row(place, lang):
    def change(table):
        table.loc[40, "trust"] = np.nextafter(table.loc[40, "trust"], 1.0)

    forge(place, "months", change)
    (one,) = json.loads(call("rerun", place, "--json", code=1).stdout)["differences"]
    assert (one["table"], one["column"], one["rows"], one["first"]) == ("months", "trust", 1, 40)
    assert 0.0 < one["most"] < 1e-15
    shown = call("rerun", place, "--lang", lang, code=1).stdout
    assert text("cli.rerun.differs", lang) in shown
    assert text("cli.rerun.here", lang) in " ".join(shown.split())
    assert "E-1" in shown


def test_a_changed_word_and_a_missing_column_are_found(place):
    def change(table):
        table["status"] = table["status"].mask(table.index == 7, "left")
        del table["income"]

    forge(place, "people", change)
    told = json.loads(call("rerun", place, "--json", code=1).stdout)["differences"]
    assert [(one["column"], one["rows"], one["most"]) for one in told] == [
        ("status", 1, None),
        ("income", 3600, None),
    ]


def test_other_versions_are_told_as_what_may_be_why(place):
    rewrite(place, lambda manifest: manifest["versions"].update(numpy="1.0"))
    shown = call("rerun", place).stdout
    assert text("cli.rerun.elsewhere_same", "en") in shown
    assert "then 1.0, now " in shown
    forge(place, "runs", lambda table: table.__setitem__("sales", table["sales"] + 1.0))
    shown = call("rerun", place, code=1).stdout
    assert text("cli.rerun.elsewhere", "en") in shown


def test_missing_numbers_equal_one_another_and_nothing_else():
    before = pd.DataFrame({"a": [np.nan, 1.0, 2.0], "b": [1, 2, 3]})
    assert list(compare("t", before, before.copy())) == []
    after = before.assign(a=[np.nan, np.nan, 2.0])
    (one,) = compare("t", before, after)
    assert (one.column, one.rows, one.most, one.first) == ("a", 1, None, 1)
    assert len(list(compare("t", before, before.head(2)))) == 2


def test_missing_words_equal_one_another_and_no_word():
    before = pd.DataFrame({"a": ["x", None, None], "b": pd.array(["y", None, "nan"], "string")})
    assert list(compare("t", before, before.copy())) == []
    after = before.assign(a=["x", "None", None], b=pd.array(["y", "nan", None], "string"))
    told = [(one.column, one.rows, one.first) for one in compare("t", before, after)]
    assert told == [("a", 1, 1), ("b", 2, 1)]


# ---------------------------------------------------------------- refused


def flip_a_bit(place):
    words = bytearray((place / "runs.parquet").read_bytes())
    words[len(words) // 2] ^= 1
    (place / "runs.parquet").write_bytes(words)


def tear(place):
    file = place / "manifest.json"
    file.write_bytes(file.read_bytes()[:-40])


def change_scenario(place):
    file = place / "scenario.yaml"
    words = file.read_text(encoding="utf-8")
    assert "leadership: 0.8" in words
    file.write_text(words.replace("leadership: 0.8", "leadership: 0.7"), encoding="utf-8")


REFUSED = {
    "changed": flip_a_bit,
    "torn": tear,
    "missing": lambda place: (place / "people.parquet").unlink(),
    "incomplete": lambda place: rewrite(place, lambda told: told.update(complete=False)),
    "foreign": lambda place: rewrite(place, lambda told: told.update(program="npm")),
    "no_folder": shutil.rmtree,
    "no_manifest": lambda place: (place / "manifest.json").unlink(),
    "lacks": lambda place: rewrite(place, lambda told: told.pop("seed")),
    "unfit": lambda place: rewrite(place, lambda told: told.update(runs=400)),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", REFUSED)
def test_what_cannot_be_repeated_is_refused_in_words(place, key, lang):
    REFUSED[key](place)
    result = call("rerun", place, "--lang", lang, code=2)
    values = {"manifest": "manifest.json", "name": "seed", "table": "runs.parquet"}
    assert text(f"error.rerun.{key}", lang, **values) in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_changed_scenario_is_said_with_both_hashes(place, lang):
    then = read_kept(place).scenario.hash
    change_scenario(place)
    now = cgsim.Scenario.load(place / "scenario.yaml").hash
    said = call("rerun", place, "--lang", lang, code=2).stderr
    assert text("error.rerun.scenario", lang, now=now, then=then) in said


def test_all_that_is_wrong_is_said_at_once(place):
    flip_a_bit(place)
    change_scenario(place)
    (place / "months.parquet").unlink()
    assert len(call("rerun", place, code=2).stderr.splitlines()) == 3


def test_a_comment_in_the_scenario_changes_nothing(place):
    file = place / "scenario.yaml"
    file.write_text("# mine\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    call("rerun", place)


# ---------------------------------------------------------------- one folder, one command


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_commands_cannot_write_one_folder_at_once(tmp_path, lang):
    words = ("run", "neither", "--runs", 2, "--months", 12, "--out", tmp_path / "mine")
    with Folder(str(tmp_path / "mine"), "cgsim run neither"):
        result = call(*words, "--lang", lang, code=3)
        assert text("cli.error.locked_out", lang, folder=tmp_path / "mine") in result.stderr
        assert result.stdout == ""
        with Folder(str(tmp_path / "other"), "cgsim run neither"):  # another folder is free
            pass
    with Folder(str(tmp_path / "mine"), "cgsim run neither"):
        pass  # free again


def test_a_computer_without_a_place_for_locks_still_writes(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("CGSIM_CACHE", str(tmp_path / "file"))
    with Folder(str(tmp_path / "mine"), "cgsim run neither") as folder:
        folder.write(cgsim.simulate("neither", runs=1), "en")
    assert (tmp_path / "mine" / "manifest.json").exists()


def test_what_a_stopped_command_left_aside_is_swept_away(tmp_path):
    mine, others = tmp_path / f"{ASIDE}mine-123", tmp_path / f"{ASIDE}mine-2-123"
    for one in (mine, others):
        one.mkdir()
        (one / "runs.parquet").write_bytes(b"half")
    with Folder(str(tmp_path / "mine"), "cgsim run neither") as folder:
        folder.write(cgsim.simulate("neither", runs=1), "en")
    assert not mine.exists()
    assert others.exists()
