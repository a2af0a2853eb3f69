"""What was changed since a sweep began is named and refused, with its exit code."""

from __future__ import annotations

import json
import subprocess
import sys

import pandas as pd
import pytest
from filelock import FileLock

import cgsim
from cgsim.language import text
from cgsim.study.sweep import Halt, Shard, identity, resume, runner, store, sweep, verify
from tests.sweep.tiny import ROOT, RUNS, SPEC, YAML, call, files

BOTH = pytest.mark.parametrize("lang", ["en", "id"])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "spec.yaml"
    path.write_text(YAML, encoding="utf-8")
    return path


CHANGES = [
    ("runs: 4", "runs: 5", "runs"),
    ("chunk: 6", "chunk: 7", "chunk"),
    ("chunk: 6", "chunk: 6\nseed: 2", "seed"),
    ("chunk: 6", "chunk: 6\ndesign_seed: 2", "design_seed"),
    ("months: [producers, trust]", "months: [producers]", "months"),
    ("chunk: 6", "chunk: 6\noutcomes: [producers]", "outcomes"),
    ("[never, 6, 1]", "[never, 6, 2]", "vary"),
    ("length: 12", "length: 24", "scenario"),
    ("people: 12", "people: 16", "scenario"),
]


@BOTH
@pytest.mark.parametrize(("was", "now", "field"), CHANGES, ids=lambda one: one)
def test_another_spec_is_refused_naming_the_field(was, now, field, lang, folder, file):
    before = files(folder)
    file.write_text(YAML.replace(was, now), encoding="utf-8")
    told = call("sweep", "run", file, "-o", folder, code=5, lang=lang).stderr
    assert text("sweep.halt.spec", lang, folder=folder, fields=field) in told
    assert files(folder) == before


@BOTH
def test_a_changed_scenario_is_refused(lang, folder):
    path = folder / "scenario.yaml"
    words = path.read_text(encoding="utf-8")
    for changed in (words.replace("months: 12", "months: 13"), "title: [", words + "\nfoo: 1\n"):
        assert changed != words
        path.write_text(changed, encoding="utf-8")
        told = call("sweep", "resume", folder, code=5, lang=lang).stderr
        assert text("sweep.halt.scenario", lang, folder=folder) in told
    path.write_text("# another comment\n" + words, encoding="utf-8")
    call("sweep", "resume", folder)  # a comment is no other scenario


@BOTH
def test_a_changed_design_is_refused_and_one_that_is_gone_made_anew(lang, folder, expected):
    path = folder / "design.parquet"
    table = pd.read_parquet(path)
    table.loc[0, "community.persistence.mean"] = 0.9
    table.to_parquet(path)
    told = call("sweep", "resume", folder, code=5, lang=lang).stderr
    assert text("sweep.halt.design", lang, folder=folder) in told
    found = verify(folder, repair=True)
    assert ("design.parquet", "hash") in found.damaged
    assert not path.exists()
    call("sweep", "resume", folder, lang=lang)
    assert files(folder) == expected


@BOTH
def test_the_rows_of_a_table_cannot_be_changed_afterwards(lang, tmp_path):
    (tmp_path / "points.csv").write_text(
        "process.leadership,organisations.*.monitoring_interval\n0.2,never\n0.7,3\n",
        encoding="utf-8",
    )
    file, folder = tmp_path / "spec.yaml", tmp_path / "sweep"
    file.write_text(
        "scenario: sangatta-utara\nlength: 12\nset: {community.people: 8}\ndesign: file\n"
        "file: points.csv\nruns: 2\n",
        encoding="utf-8",
    )
    call("sweep", "run", file, "-o", folder)
    call("sweep", "resume", folder)
    (tmp_path / "points.csv").unlink()
    call("sweep", "resume", folder)  # the folder keeps its own
    table = pd.read_parquet(folder / "design.parquet")
    assert table["organisations.*.monitoring_interval"].astype(str).tolist() == ["never", "3"]
    table["process.leadership"] = [0.2, 0.8]
    table.to_parquet(folder / "design.parquet")
    told = call("sweep", "resume", folder, code=5, lang=lang).stderr
    assert text("sweep.halt.design", lang, folder=folder) in told


@BOTH
def test_a_changed_sweep_file_is_refused(lang, folder):
    path = folder / "sweep.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    told["spec"]["seed"] = 99
    path.write_text(json.dumps(told), encoding="utf-8")
    words = call("sweep", "resume", folder, code=5, lang=lang).stderr
    assert text("sweep.halt.edited", lang, folder=folder) in words
    for broken in ("{", "[]", '{"program": "other"}', '{"program": "cgsim sweep", "version": 1}'):
        path.write_text(broken, encoding="utf-8")
        words = call("sweep", "status", folder, code=6, lang=lang).stderr
        assert words.startswith(text("sweep.halt.torn", lang, folder=folder, why="sweep.json"))


@BOTH
@pytest.mark.parametrize("where", ["file", "pyarrow"])
def test_another_version_of_the_program_is_refused(where, lang, folder, monkeypatch):
    if where == "file":
        monkeypatch.setattr(runner, "code_hash", lambda: "0123456789abcdef")
        field, now = "code", "0123456789abcdef"
    else:
        monkeypatch.setattr(runner, "_version", lambda: "1.2.3")
        field, now = "pyarrow", "1.2.3"
    was = json.loads((folder / "sweep.json").read_text(encoding="utf-8"))[field]
    told = call("sweep", "resume", folder, code=5, lang=lang).stderr
    values = {"folder": folder, "field": field, "was": was, "now": now}
    assert text("sweep.halt.code", lang, **values) in told
    call("sweep", "verify", folder, "--deep", code=5, lang=lang)
    call("sweep", "verify", folder, lang=lang)  # looking compares bytes, not programs


def test_the_hash_of_the_program_follows_each_file_that_decides_a_number(monkeypatch, tmp_path):
    identity.code_hash.cache_clear()
    before = identity.code_hash()
    for room in identity._ROOMS:
        path = ROOT / "cgsim" / room
        assert path.is_file()
    real = identity.Path.read_bytes
    changed = ROOT / "cgsim" / "results.py"
    monkeypatch.setattr(
        identity.Path, "read_bytes",
        lambda self: real(self) + (b"#" if self == changed else b""),
    )  # fmt: skip
    identity.code_hash.cache_clear()
    try:
        assert identity.code_hash() != before
    finally:
        monkeypatch.undo()
        identity.code_hash.cache_clear()
    assert identity.code_hash() == before


@BOTH
def test_a_computer_that_reckons_otherwise_is_refused_or_accepted_by_name(
    lang, folder, monkeypatch, expected
):
    was = json.loads((folder / "sweep.json").read_text(encoding="utf-8"))["canary"]
    monkeypatch.setattr(runner, "canary", lambda *_: "feedfeedfeedfeed")
    (folder / "runs" / "00000" / "c00000003.parquet").unlink()
    told = call("sweep", "resume", folder, code=7, lang=lang).stderr
    values = {"folder": folder, "was": was, "now": "feedfeedfeedfeed"}
    assert text("sweep.halt.numerics", lang, **values) in told
    call("sweep", "resume", folder, "--accept-numerics", lang=lang)
    assert files(folder) == expected
    journal = (folder / "journal.jsonl").read_text(encoding="utf-8")
    assert '"canary": "feedfeedfeedfeed"' in journal
    shown = call("sweep", "status", folder, lang=lang).stdout
    assert "feedfeedfeedfeed" in shown
    assert text("cli.sweep.status.accepted", lang) in shown


def test_the_trial_runs_follow_scenario_and_seed():
    case = cgsim.Scenario.load("sangatta-utara").replace({"community.people": 12}, months=12)
    assert identity.canary(case, 1) == identity.canary(case, 1)
    assert identity.canary(case, 1) != identity.canary(case, 2)


# ---------------------------------------------------------------- folders


@BOTH
def test_a_second_runner_is_refused(lang, folder, file):
    lock = FileLock(folder / "locks" / "runner.lock")
    with lock:
        for words in (
            ("resume", folder), ("run", file, "-o", folder), ("verify", folder, "--repair")
        ):  # fmt: skip
            told = call("sweep", *words, code=3, lang=lang).stderr
            place = {"folder": folder, "file": folder / "locks" / "runner.lock"}
            assert text("sweep.halt.locked", lang, **place) in told
        call("sweep", "status", folder, lang=lang)
        call("sweep", "verify", folder, lang=lang)
        assert resume(folder, shard=Shard(1, 2)).complete  # a shard is another's work
    call("sweep", "resume", folder, lang=lang)


def test_two_runners_in_two_processes_one_is_refused(tmp_path):
    folder = tmp_path / "sweep"
    script = (
        "import sys\nfrom cgsim.study.sweep import Halt, sweep\n"
        "from tests.sweep.tiny import SPEC\n"
        "def wait(report):\n"
        "    print('at work', flush=True)\n"
        "    sys.stdin.readline()\n"
        "sweep(SPEC, sys.argv[1], workers=1, stop_after_runs=6, progress=wait)\n"
    )
    first = subprocess.Popen(
        [sys.executable, "-c", script, str(folder)], cwd=ROOT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    try:
        assert first.stdout.readline().strip() == "at work"
        with pytest.raises(Halt) as caught:
            sweep(SPEC, folder, workers=1)
        assert caught.value.code == 3
    finally:
        first.kill()
        first.communicate()
    assert sweep(SPEC, folder, workers=1).complete  # the lock went with its process


@BOTH
def test_a_folder_of_other_files_is_refused_and_left_alone(lang, tmp_path, file):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "thesis.docx").write_bytes(b"years of work")
    told = call("sweep", "run", file, "-o", folder, code=2, lang=lang).stderr
    assert text("sweep.halt.occupied", lang, folder=folder) in told
    assert files(folder) == {"thesis.docx": b"years of work"}
    told = call("sweep", "run", file, "-o", folder / "thesis.docx", code=2, lang=lang).stderr
    assert text("sweep.halt.file", lang, folder=folder / "thesis.docx") in told


@BOTH
@pytest.mark.parametrize("verb", ["resume", "status", "verify"])
def test_a_folder_without_a_sweep_is_said_and_not_made(verb, lang, tmp_path):
    told = call("sweep", verb, tmp_path / "none", code=2, lang=lang).stderr
    assert text("sweep.halt.none", lang, folder=tmp_path / "none") in told
    assert not (tmp_path / "none").exists()


def test_a_beginning_that_was_interrupted_is_begun_anew(tmp_path, expected):
    folder = tmp_path / "sweep"
    folder.mkdir()
    (folder / "scenario.yaml").write_text("half", encoding="utf-8")
    assert sweep(SPEC, folder, workers=1).complete
    assert files(folder) == expected


def test_a_sweep_that_another_shard_begins_meanwhile_is_joined(tmp_path, monkeypatch, expected):
    folder = tmp_path / "sweep"
    real, looked = store._read, []

    def late(place):
        looked.append(place)
        if len(looked) == 1:  # the other begins between the two looks
            monkeypatch.setattr(store, "_read", real)
            sweep(SPEC, folder, workers=1, shard=Shard(1, 2))
            raise FileNotFoundError
        return real(place)

    monkeypatch.setattr(store, "_read", late)
    sweep(SPEC, folder, workers=1, shard=Shard(2, 2))
    assert verify(folder).runs_found == RUNS
    assert files(folder) == expected
