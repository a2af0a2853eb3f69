"""The command line: its numbers, words, files and exit codes."""

from __future__ import annotations

import json
import logging
import os
import shlex
import subprocess
import sys
import types
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from rich.console import Console
from typer.main import get_command
from typer.testing import CliRunner

import cgsim
import cgsim.ensemble
from cgsim.cli import folder, run
from cgsim.cli.app import app
from cgsim.cli.words import number, percent, take_language
from cgsim.language import has, text
from cgsim.scenario_file import shipped
from cgsim.study.events import story
from cgsim.study.simulate import table_hash
from cgsim.study.summary import summarise
from cgsim.world.shape import STATUSES

FILES = {
    "runs.parquet", "months.parquet", "scenario.yaml", "manifest.json", "figures/states.png",
    "figures/indicators.png", "figures/producers.png", "figures/network.png", "figures/lives.png",
    "people.parquet", "results.xlsx",
}  # fmt: skip


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("CGSIM_LANG", "en")
    take_language([])


def call(*words, code=0, **env):
    result = CliRunner(env={"COLUMNS": "80", **env}).invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def process(*words, **env):
    return subprocess.run(
        [sys.executable, "-c", "from cgsim.cli import main; main()", *words],
        env={**os.environ, "PYTHONUTF8": "1", **env}, capture_output=True, encoding="utf-8",
    )  # fmt: skip


@pytest.fixture
def quick(monkeypatch):
    """Figures that cost nothing."""
    monkeypatch.setattr("cgsim.figures.save", lambda _, path: path.write_bytes(b"drawn"))


def files_in(place):
    return {one.relative_to(place).as_posix() for one in place.rglob("*") if one.is_file()}


# ---------------------------------------------------------------- run


def test_the_numbers_of_json_are_those_of_simulate():
    told = json.loads(call("run", "kpc-leaves", "--runs", 12, "--seed", 5, "--json").stdout)
    simulation = cgsim.simulate("kpc-leaves", runs=12, seed=5)
    expected = json.loads(json.dumps(summarise(simulation).to_dict()))
    assert {name: told[name] for name in expected} == expected
    assert told["manifest"]["results_hash"] == simulation.manifest["results_hash"]
    assert told["manifest"]["command"] == "cgsim run kpc-leaves --runs 12 --seed 5"
    assert told["notice"] == text("figure.notice", "en")


def test_json_stands_alone_on_stdout():
    result = process("run", "neither", "--runs", "3", "--json", "--lang", "id")
    assert result.returncode == 0
    assert json.loads(result.stdout)["runs"] == 3


def test_levers_length_seed_and_threads_are_heeded():
    words = ("--set", "organisations.*.monitoring_interval=1", "--set", "process.leadership=0.8")
    options = ("--runs", 6, "--seed", 2, "--months", 24, "--threads", 1, "--json")
    told = json.loads(call("run", "sangatta-utara", *words, *options).stdout)
    case = cgsim.Scenario.load("sangatta-utara").replace(
        {"organisations.*.monitoring_interval": 1, "process.leadership": 0.8}, months=24
    )
    assert told["scenario_hash"] == case.hash
    simulation = cgsim.simulate(case, runs=6, seed=2)
    assert told["manifest"]["results_hash"] == simulation.manifest["results_hash"]


@pytest.mark.parametrize("lang", ["en", "id"])
def test_tables_say_it_in_words_within_80_columns(lang):
    case = cgsim.Scenario.load("sangatta-utara")
    shown = call("run", "sangatta-utara", "--runs", 10, "--lang", lang).stdout
    assert shown.startswith(case.question[lang])
    for state in ("inactive", "active", "dynamic"):
        assert text(f"figure.state.{state}", lang) in shown
    for key in case.organisations:
        assert case.names[key][lang] in shown
    for name in ("producers", "jobs", "unmet_orders", "visits_per_trainee_year"):
        assert text(f"cli.outcomes.{name}.label", lang) in shown
    assert " ".join(shown.split()).endswith(text("figure.notice", lang))
    assert max(map(len, shown.splitlines())) <= 80
    assert "\x1b" not in shown


def test_the_table_of_states_shows_the_shares_with_their_intervals():
    lines = call("run", "sangatta-utara", "--runs", 40, "--seed", 1).stdout.splitlines()
    found = summarise(cgsim.simulate("sangatta-utara", runs=40, seed=1, months=False))
    row = next(line.split() for line in lines if line.split()[:1] == ["24"])
    for k, share in enumerate(found.states[24].values()):
        assert row[1 + 2 * k] == percent(share.share)
        assert row[2 + 2 * k] == f"({number(100 * share.low)}–{number(100 * share.high)})"


def test_indonesian_output_is_written_as_indonesian_is():
    shown = call("run", "keadaan-sekarang", "--runs", 10, CGSIM_LANG="id").stdout
    for words in ("Rp juta", "tidak aktif", "Perajin", "upah minimum", "bukan ramalan", "benih 1"):
        assert words in shown
    producers = summarise(cgsim.simulate("sangatta-utara", runs=10)).outcomes["producers"].mean
    assert f"{producers:.1f}".replace(".", ",") in shown


def test_what_was_changed_by_hand_is_said():
    shown = call("run", "neither", "--runs", 2, "--months", 12, "--set", "process.mandate=1").stdout
    assert "changed: process.mandate=1" in shown


@pytest.mark.parametrize("lang", ["en", "id"])
def test_one_run_is_told_as_a_story(lang):
    shown = call("run", "kpc-leaves", "--runs", 1, "--seed", 4, "--lang", lang).stdout
    shown = " ".join(shown.split())
    for event in story("kpc-leaves", seed=4):
        assert event.in_language(lang) in shown
    months = cgsim.simulate("kpc-leaves", runs=1, seed=4).months
    last = months.iloc[-1]
    facts = {
        "producers": int(last["producers"]), "independents": int(last["independents"]),
        "income": f"{last['mean_income']:.2f}".replace(".", "." if lang == "en" else ","),
    }  # fmt: skip
    assert text("cli.story.standing", lang, **facts) in shown


def test_the_story_stands_in_json_too():
    told = json.loads(call("run", "kpc-leaves", "--runs", 1, "--json", "--lang", "id").stdout)
    change = next(one for one in told["events"] if one["kind"] == "change")
    assert change == {
        "after_months": 60, "kind": "change",
        "text": "Perubahan: Perusahaan menghentikan programnya.",
    }  # fmt: skip


# ---------------------------------------------------------------- --out


def test_what_is_written_loads_back_equal(tmp_path):
    call("run", "neither", "--runs", 4, "--seed", 9, "--out", tmp_path / "a" / "b", "--lang", "id")
    place = tmp_path / "a" / "b"
    assert files_in(place) == FILES
    simulation = cgsim.simulate("neither", runs=4, seed=9)
    pd.testing.assert_frame_equal(pd.read_parquet(place / "runs.parquet"), simulation.runs)
    pd.testing.assert_frame_equal(pd.read_parquet(place / "months.parquet"), simulation.months)
    assert cgsim.Scenario.load(place / "scenario.yaml").hash == simulation.scenario.hash
    manifest = json.loads((place / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["complete"] is True
    assert {**manifest, **simulation.manifest} == manifest
    written = {one["file"]: one for one in manifest["written"]}
    assert set(written) == FILES - {"manifest.json"}
    for name, one in written.items():
        assert one["bytes"] == (place / name).stat().st_size
    for name in ("runs", "months", "people"):
        table = pd.read_parquet(place / f"{name}.parquet")
        entry = written[f"{name}.parquet"]
        assert (entry["rows"], entry["table_hash"]) == (len(table), table_hash(table))
    assert (manifest["language"], manifest["command"]) == (
        "id", "cgsim run neither --runs 4 --seed 9",
    )  # fmt: skip
    people = pd.read_parquet(place / "people.parquet")
    pd.testing.assert_frame_equal(people, cgsim.people("neither", seed=9))
    assert list(people["status"].cat.categories) == list(STATUSES)
    assert not list(tmp_path.rglob(f"{folder.ASIDE}*"))


def test_the_same_order_gives_the_same_bytes(tmp_path):
    for name, threads in (("a", 1), ("b", 2)):
        options = ("--runs", 3, "--threads", threads, "--out", tmp_path / name)
        call("run", "kpc-leaves", *options, "--set", "process.leadership=0.9")
    for name in FILES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_results_of_the_same_command_are_replaced_and_other_files_stay(tmp_path, quick):
    place = tmp_path / "mine"
    words = ("run", "neither", "--runs", 3, "--months", 12, "--out", place)
    call(*words)
    (place / "notes.txt").write_text("mine", encoding="utf-8")
    (place / "runs.parquet").unlink()
    call(*words)
    assert len(pd.read_parquet(place / "runs.parquet")) == 3
    assert files_in(place) == FILES | {"notes.txt"}


def test_a_folder_of_something_else_is_refused_unless_forced(tmp_path, quick):
    (tmp_path / "scenario.yaml").write_text("mine", encoding="utf-8")
    words = ("run", "neither", "--runs", 2, "--months", 12, "--out", tmp_path)
    result = call(*words, code=2)
    assert "holds no earlier results" in result.stderr
    assert result.stdout == ""  # said before anything is run
    assert files_in(tmp_path) == {"scenario.yaml"}
    (tmp_path / "manifest.json").write_text('{"name": "of a web page"}', encoding="utf-8")
    call(*words, code=2)
    call(*words, "--force")
    assert files_in(tmp_path) == FILES


def test_a_file_is_no_folder(tmp_path):
    file = tmp_path / "taken"
    file.write_text("", encoding="utf-8")
    assert "is a file" in call("run", "neither", "--out", file, code=2).stderr


def test_a_folder_that_cannot_be_written_is_said_and_leaves_nothing(tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pd.DataFrame, "to_parquet", full)
    words = ("run", "neither", "--runs", 2, "--months", 12, "--out", tmp_path / "new")
    result = call(*words, code=4)
    assert "No space left on device" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_says_of_itself_that_it_is_half_moved(tmp_path, monkeypatch, quick):
    place = tmp_path / "mine"
    words = ("run", "neither", "--runs", 2, "--months", 12, "--out", place)
    call(*words)
    replace = Path.replace

    def stopping(self, target):
        if Path(target).name == "months.parquet":
            raise OSError(5, "Input/output error")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", stopping)
    call(*words, code=4)
    assert json.loads((place / "manifest.json").read_text(encoding="utf-8"))["complete"] is False
    monkeypatch.undo()
    call(*words)  # taken for earlier results, so it can be repeated
    assert json.loads((place / "manifest.json").read_text(encoding="utf-8"))["complete"] is True


def test_the_demo_writes_its_folder_again_and_says_how_to_go_on(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(run, "DEMO_RUNS", 5)
    for _ in range(2):
        shown = call("demo").stdout
    assert files_in(tmp_path / "results" / "demo") == FILES
    for name in FILES:
        assert f"results/demo/{name}" in shown
    assert "cgsim run everybody-monitors-monthly" in shown
    assert "cgsim dashboard" in shown
    assert (run.DEMO, run.DEMO_SEED) == ("sangatta-utara", 1)


# ---------------------------------------------------------------- what is wrong


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run", "sangata-utara"), "Did you mean sangatta-utara?"),
        (("run", "no/such.yaml"), "there is no such file"),
        (("run",), "SCENARIO is missing"),
        (("run", "neither", "--runs", "0"), "--runs  0 must be a whole number from 1"),
        (("run", "neither", "--runs", "1.5"), "--runs  1.5 must be a whole number"),
        (("run", "neither", "--runs", "9" * 30), "must be a whole number from 1"),
        (("run", "neither", "--seed", "-1"), "--seed  -1 must be a whole number from 0"),
        (("run", "neither", "--seed", str(2**32)), "to 4 294 967 295"),
        (("run", "neither", "--threads", "0"), "--threads  0 must be"),
        (("run", "neither", "--months", "0"), "--months  months = 0: must be"),
        (("run", "neither", "--months", "two"), "--months  months"),
        (("run", "neither", "--set", "process.leadership"), "is not of the form lever=value"),
        (("run", "neither", "--set", "process.leadershp=1"), "Did you mean leadership?"),
        (("run", "neither", "--set", "process.leadership=7"), "--set  process.leadership = 7"),
        (("run", "neither", "--set", "a=1", "--set", "b"), "b is not of the form"),
        (("run", "neither", "--runs"), "cgsim run  --runs needs a value"),
        (("run", "neither", "--rums", "3"), "Did you mean --runs?"),
        (("run", "neither", "--json=1"), "--json takes no value"),
        (("run", "neither", "more"), "more is too much here"),
        (("runn",), "runn is not a command. Did you mean run?"),
        (("--lang", "fr", "scenarios"), "fr is not a language here"),
        (("check",), "FILE is missing"),
        (("dashboard", "--port", "x"), "--port  x must be a whole number from 0 to 65 535"),
    ],
)
def test_bad_input_is_said_on_stderr_with_exit_2(words, said):
    result = call(*words, code=2)
    assert said in result.stderr
    assert result.stdout == ""


def test_what_is_wrong_is_said_in_the_language_asked_for():
    assert "Maksud Anda sangatta-utara?" in call("--lang", "id", "run", "sangata", code=2).stderr
    said = call("run", "neither", "--runs", "x", "--lang=id", code=2).stderr
    assert said == "--runs  x harus berupa bilangan bulat dari 1 sampai 1 000 000.\n"
    assert "NO SUCH" not in call("runn", code=2, CGSIM_LANG="id").stderr
    assert "bukan perintah" in call("runn", code=2, CGSIM_LANG="id").stderr
    assert "CGSIM_LANG  xx" in call("scenarios", code=2, CGSIM_LANG="xx").stderr


def test_too_little_memory_is_said(monkeypatch):
    def too_much(*_, **__):
        raise MemoryError

    monkeypatch.setattr(run, "simulated", too_much)
    assert "not enough memory" in call("run", "neither", code=2).stderr


STOPPED = """
import os, signal
import cgsim.ensemble as ensemble
from cgsim.cli import main
share_out = ensemble._share_out
def interrupted(*words):
    *most, progress, runs = words
    share_out(*most, lambda done, total: os.kill(os.getpid(), signal.SIGINT), runs)
ensemble._share_out = interrupted
main(["run", "neither", "--runs", "1000", "--threads", "1"])
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C to consoles, not to processes")
def test_ctrl_c_leaves_one_line_and_exit_130():
    result = subprocess.run([sys.executable, "-c", STOPPED], capture_output=True, encoding="utf-8")
    assert result.stdout == ""
    assert result.stderr.splitlines()[-1] == "Interrupted."
    assert "Traceback" not in result.stderr
    assert result.returncode == 130


@pytest.mark.skipif(os.name == "nt", reason="pipes break otherwise there")
@pytest.mark.parametrize("words", [("scenarios",), ("run", "neither", "--runs", "2", "--json")])
def test_a_reader_who_goes_away_is_no_error(words):
    started = subprocess.Popen(
        [sys.executable, "-c", "from cgsim.cli import main; main()", *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    started.stdout.close()
    said = started.stderr.read()
    assert (started.wait(), said) == (141, b"")
    started.stderr.close()


# ---------------------------------------------------------------- the rest


def test_scenarios_lists_all_that_are_shipped():
    shown = call("scenarios").stdout
    for name in shipped():
        assert name in shown
    told = json.loads(call("scenarios", "--json").stdout)
    assert [one["name"] for one in told] == shipped()
    assert told[0]["hash"] == cgsim.Scenario.load(told[0]["name"]).hash


def test_scenarios_lists_indonesian_names_in_indonesian():
    shown = call("scenarios", "--lang", "id").stdout
    assert "keadaan-sekarang" in shown
    assert "Ke mana program ini menuju" in shown


def test_check_says_all_that_is_wrong_of_all_files(tmp_path):
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text("extends: neither\n", encoding="utf-8")
    bad.write_text(
        "extends: neither\nset:\n  process.leadershp: 1\n  process.mandate: 9\n", encoding="utf-8"
    )
    assert f"{good}  in order" in call("check", good, "sangatta-utara").stdout
    result = call("check", bad, good, code=2)
    assert "Did you mean leadership?" in result.stderr
    assert "process.mandate = 9" in result.stderr
    assert f"{good}  in order" in result.stdout
    told = json.loads(call("check", bad, good, "--json", "--lang", "id", code=2).stdout)
    assert [one["ok"] for one in told] == [False, True]
    assert [fault["line"] for fault in told[0]["faults"]] == [3, 4]
    assert "Maksud Anda leadership?" in told[0]["faults"][0]["message"]


def test_the_version_is_told():
    assert call("--version").stdout == f"cgsim {cgsim.__version__}\n"


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize(
    "verb",
    ["", "run", "demo", "scenarios", "check", "dashboard", "sweep", "sweep run", "sweep resume",
     "sweep status", "sweep verify", "sweep query", "sweep compact", "sweep export"],
)  # fmt: skip
def test_help_teaches_in_both_languages(verb, lang):
    shown = call(*verb.split(), "--help", "--lang", lang).stdout
    assert text("cli.help.example", lang) in shown
    key = f"cli.help.{verb.replace(' ', '_')}.about" if verb else "cli.help.about"
    assert text(key, lang) in " ".join(shown.split())
    assert "cli." not in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_without_a_command_help_is_shown():
    assert call().stdout == call("--help").stdout


def commands_below(group):
    for one in group.commands.values():
        yield one
        if hasattr(one, "commands"):
            yield from commands_below(one)


def test_every_example_in_help_is_a_command_that_parses():
    program = get_command(app)
    pages = ["cli.help.examples"]
    for one in commands_below(program):
        pages.append(f"cli.help.{one.callback.__name__}.examples")
    for page in pages:
        for lang in ("en", "id"):
            for line in text(page, lang).splitlines():
                name, *words = shlex.split(line.partition(" > ")[0])
                assert name == "cgsim"
                command = program
                while hasattr(command, "commands"):
                    name, *words = words
                    command = command.commands[name]
                command.make_context(name, words)


def test_the_dashboard_is_served_as_asked_for(monkeypatch):
    asked = []

    def serve(*words, **more):
        asked.append((words, more))
        return 0

    monkeypatch.setitem(sys.modules, "cgsim.dashboard.main", types.SimpleNamespace(serve=serve))
    call("dashboard", "--port", 0, "--no-open", "--lang", "id")
    assert asked == [(("127.0.0.1", 0, False), {"lang": "id", "room": None})]


def test_a_room_is_opened_as_asked_for(monkeypatch):
    asked = []
    served = types.SimpleNamespace(serve=lambda *words, **more: asked.append(more["room"]))
    monkeypatch.setitem(sys.modules, "cgsim.dashboard.main", served)
    call("dashboard", "--room")
    call("dashboard", "--room", "kpc-leaves", "--seed", 7, "--every", 6, "--plan", "neither")
    usual, special = asked
    assert (usual.scenario.name, usual.seed, usual.quarter) == ("sangatta-utara", None, 3)
    assert usual.plan is None
    assert (special.scenario.name, special.seed, special.quarter) == ("kpc-leaves", 7, 6)
    assert special.plan.name == "neither"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["kpc-leaves"], "SCENARIO goes with --room"),
        (["--seed", "1"], "--seed goes with --room"),
        (["--every", "3"], "--every goes with --room"),
        (["--plan", "neither"], "--plan goes with --room"),
        (["--room", "kpc-leavs"], "Did you mean kpc-leaves?"),
        (["--room", "--every", "0"], "from 1 to 24"),
        (["--room", "--plan", "mina-bayu-lestari"], "other organisations"),
    ],
)
def test_a_room_that_cannot_be_is_refused(words, said):
    assert said in " ".join(call("dashboard", *words, code=2).stderr.split())


def test_a_missing_dashboard_is_said(monkeypatch):
    def gone(*_):
        raise ModuleNotFoundError("No module named 'solara'", name="solara")

    class Finder:
        @staticmethod
        def find_spec(name, path=None, target=None):
            return gone() if name == "cgsim.dashboard.main" else None

    monkeypatch.delitem(sys.modules, "cgsim.dashboard.main", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Finder, *sys.meta_path])
    assert "solara" in call("dashboard", code=2).stderr


def test_what_needs_no_engine_loads_none():
    script = (
        "import sys\nfrom cgsim.cli import main\n"
        "for words in (['--help'], ['run', '--help'], ['check', 'neither'], ['scenarios'],\n"
        "              ['sweep', '--help'], ['sweep', 'run', '--help'],\n"
        "              ['columns'], ['columns', '--json'],\n"
        "              ['why', 'loss', '--no-runs'], ['why', '--help']):\n"
        "    try:\n        main(words)\n"
        "    except SystemExit as left:\n        assert not left.code, left.code\n"
        "heavy = {'numba', 'mesa', 'pandas', 'matplotlib', 'solara', 'scipy'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, stdout=subprocess.DEVNULL)


def test_what_the_engine_says_reaches_stderr_in_the_language_of_the_call():
    source = Path(cgsim.ensemble.__file__).read_text(encoding="utf-8")
    for key in ("compiling", "compiled"):
        assert text(f"cli.log.{key}", "en") in source  # else it could not be told in another
        assert has(f"cli.log.{key}", "id")
    take_language(["--lang", "id"])
    heard = StringIO()
    record = logging.LogRecord(
        "cgsim", logging.WARNING, "", 0, text("cli.log.compiled", "en"), (9.5,), None
    )
    run._Heard(Console(file=heard)).emit(record)
    assert heard.getvalue() == "… siap dalam 9.5 detik.\n"


def test_numbers_are_written_as_the_language_writes_them():
    assert (number(1234.56, 1), number(0.125, 2), number(None)) == ("1,234.6", "0.12", "–")
    assert (percent(0.0), percent(1.0), percent(0.005), percent(0.998)) == (
        "0%", "100%", "<1%", ">99%",
    )  # fmt: skip
    take_language(["--lang", "id"])
    assert (number(1234.56, 1), number(0.125, 2)) == ("1.234,6", "0,12")


def test_the_language_may_be_asked_for_anywhere():
    assert take_language(["run", "--lang", "id", "x"]) == ["run", "x"]
    assert take_language(["--lang=id", "run"]) == ["run"]
    assert take_language(["run", "--", "--lang", "id"]) == ["run", "--", "--lang", "id"]


def test_a_set_up_that_is_stopped_leaves_in_words(monkeypatch, capsys):
    from cgsim import __main__, bootstrap

    def stopped():
        raise KeyboardInterrupt

    monkeypatch.delenv("CGSIM_SET_UP", raising=False)
    monkeypatch.setattr(bootstrap, "missing", lambda: ["numpy"])
    monkeypatch.setattr(bootstrap, "ensure", stopped)
    assert __main__._start() == 130
    assert "set-up was stopped" in capsys.readouterr().err
