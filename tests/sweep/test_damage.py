"""Torn files, flipped bytes, lost journals, full and forbidden disks: found, said, put right."""

from __future__ import annotations

import errno
import json
import random
import shutil
import sys

import pyarrow.parquet as pq
import pytest

import cgsim.study.sweep.place as places
from cgsim.language import text
from cgsim.study.sweep import Halt, Spec, resume, status, sweep, verify
from cgsim.study.sweep.files import chunk_of, name_of, parquet_bytes, read_marked
from cgsim.study.sweep.journal import Journal
from cgsim.study.sweep.place import Folder
from cgsim.study.sweep.runner import Report
from cgsim.study.sweep.store import local, open_store
from tests.sweep.test_bench import broken_kernel
from tests.sweep.tiny import CHUNKS, RUNS, SPEC, YAML, call, files

VICTIM = name_of("runs", 2)
BOTH = pytest.mark.parametrize("lang", ["en", "id"])


def flip(path, place):
    data = bytearray(path.read_bytes())
    data[place] ^= 0x01
    path.write_bytes(data)


def said(why, lang="en"):
    return text(f"sweep.trouble.{why}", lang)


# ---------------------------------------------------------------- flipped bytes


def test_a_flipped_byte_in_any_column_is_found_without_a_journal(undisturbed):
    store = open_store(local(str(undisturbed)))
    for kind in store.kinds:
        path = undisturbed / name_of(kind, 2)
        data, meta = path.read_bytes(), pq.read_metadata(path)
        assert store.trouble(kind, 2, data) is None
        columns = [meta.row_group(0).column(k) for k in range(meta.num_columns)]
        assert len(columns) >= 5
        for column in columns:
            start = column.dictionary_page_offset or column.data_page_offset
            last = start + column.total_compressed_size - 1  # within a page, behind its header
            torn = bytearray(data)
            torn[last] ^= 0x10
            assert store.trouble(kind, 2, bytes(torn)) == "torn", column.path_in_schema


def test_a_flipped_byte_anywhere_is_found_with_the_journal(folder):
    path = folder / VICTIM
    data = path.read_bytes()
    draw = random.Random(3)
    for place in [0, len(data) - 1, *draw.sample(range(len(data)), 4)]:
        flip(path, place)
        found = verify(folder)
        assert [(one.name, one.why) for one in found.damaged] == [(VICTIM, "hash")]
        assert (found.losses, found.duplicates, found.code) == (6, 0, 6)
        path.write_bytes(data)
    assert verify(folder).code == 0


@BOTH
def test_damage_is_told_taken_away_and_made_anew(lang, folder, expected):
    flip(folder / VICTIM, 2000)
    shown = call("sweep", "verify", folder, code=6, lang=lang).stdout
    assert f"{VICTIM}  {said('hash', lang)}" in shown
    assert "--repair" in shown
    shown = call("sweep", "verify", folder, "--repair", code=6, lang=lang).stdout
    assert f"cgsim sweep resume {folder}" in shown
    assert not (folder / VICTIM).exists()
    call("sweep", "resume", folder, lang=lang)
    assert text("cli.sweep.verify.whole", lang) in call("sweep", "verify", folder, lang=lang).stdout
    assert files(folder) == expected


# ---------------------------------------------------------------- torn files and journals


@pytest.mark.parametrize("left", [0, 1, 500, -1])
def test_a_truncated_file_is_made_anew_by_resume_alone(left, folder, expected):
    path = folder / VICTIM
    path.write_bytes(path.read_bytes()[:left])
    assert status(folder).damaged == [VICTIM]
    assert [one.why for one in verify(folder).damaged] == ["size"]
    report = resume(folder, workers=1)
    assert (report.damaged, report.found_done, report.complete) == ([VICTIM], RUNS - 6, True)
    assert files(folder) == expected


@pytest.mark.parametrize("kind", ["runs", "months"])
def test_a_file_that_is_gone_is_made_anew(kind, folder, expected):
    (folder / name_of(kind, 1)).unlink()
    found = verify(folder)
    assert (found.missing, found.losses, found.code) == ([1], 6, 6)
    assert resume(folder, workers=1).complete
    assert files(folder) == expected


@pytest.mark.parametrize("lost", ["gone", "torn", "empty", "binary", "other"])
def test_a_lost_journal_costs_nothing_but_reading(lost, folder, expected):
    journal = folder / "journal.jsonl"
    lines = journal.read_bytes()
    if lost == "gone":
        journal.unlink()
    else:
        broken = {
            "torn": lines[: len(lines) // 2], "empty": b"", "binary": b"\x00\xff\n" * 3,
            "other": b'{"name": 3}\n[1]\n{"name": "x", "size": 1, "blake2b": "", "rows": 1}\n',
        }  # fmt: skip
        journal.write_bytes(broken[lost])
    found = verify(folder)
    assert (found.code, found.damaged) == (0, [])
    assert found.unknown > 0
    report = resume(folder, workers=1)
    assert (report.found_done, report.damaged) == (RUNS, [])
    assert verify(folder).unknown == 0  # what was read is remembered
    assert files(folder) == expected
    for line in journal.read_bytes().splitlines()[-2:]:
        assert json.loads(line)["size"] > 0


def test_without_a_journal_a_flipped_byte_is_made_anew_by_resume_alone(folder, expected):
    (folder / "journal.jsonl").unlink()
    meta = pq.read_metadata(folder / VICTIM).row_group(0).column(7)
    flip(folder / VICTIM, meta.data_page_offset + meta.total_compressed_size - 1)
    report = resume(folder, workers=1)
    assert report.damaged == [VICTIM]
    assert files(folder) == expected


def test_a_journal_line_that_was_torn_off_does_not_spoil_the_next(folder):
    journal = folder / "journal.jsonl"
    journal.write_bytes(journal.read_bytes() + b'{"name": "runs/0')
    (folder / VICTIM).unlink()
    resume(folder, workers=1)
    loaded = Journal(Folder(folder)).load()
    assert VICTIM in loaded.known
    assert len(loaded.known) == 2 * CHUNKS


# ---------------------------------------------------------------- files of others


@BOTH
def test_files_that_are_no_part_of_the_sweep_are_named_and_left(lang, folder):
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    (folder / "runs" / "00000" / "c00000002 (copy).parquet").write_bytes(b"x")
    shown = call("sweep", "verify", folder, "--repair", lang=lang).stdout
    assert f"notes.txt  {text('cli.sweep.verify.foreign', lang)}" in shown
    assert (folder / "notes.txt").exists()
    assert (folder / "runs" / "00000" / "c00000002 (copy).parquet").exists()


def test_a_chunk_of_another_sweep_or_number_is_found(folder, tmp_path):
    other = tmp_path / "other"
    sweep({**SPEC, "seed": 9}, other, workers=1)
    (folder / "journal.jsonl").unlink()
    shutil.copy(other / VICTIM, folder / VICTIM)
    shutil.copy(folder / name_of("runs", 0), folder / name_of("runs", 1))
    shutil.copy(folder / name_of("runs", 0), folder / name_of("runs", 99))
    found = {one.name: one.why for one in verify(folder).damaged}
    assert found == {
        VICTIM: "foreign", name_of("runs", 1): "foreign", name_of("runs", 99): "beyond",
    }  # fmt: skip
    verify(folder, repair=True)
    resume(folder, workers=1)
    assert verify(folder, deep=True).code == 0


@pytest.mark.parametrize(("change", "twice"), [("lost", 0), ("doubled", 1), ("swapped", 0)])
def test_a_run_that_is_lost_or_doubled_in_a_file_is_found(change, twice, folder):
    store = open_store(local(str(folder)))
    mark = store.mark("runs", 2)
    table = read_marked((folder / VICTIM).read_bytes(), mark)
    rows = {"lost": [0, 1, 2, 3, 4], "doubled": [0, 1, 2, 3, 4, 4], "swapped": [1, 0, 2, 3, 4, 5]}
    (folder / "journal.jsonl").unlink()
    changed = table.take(rows[change]).replace_schema_metadata({"cgsim": mark})
    pq.write_table(changed, folder / VICTIM, write_page_checksum=True)
    found = verify(folder)
    assert [(one.name, one.why) for one in found.damaged] == [(VICTIM, "rows")]
    assert (found.duplicates, found.losses) == (twice, 6)
    assert resume(folder, workers=1).damaged == [VICTIM]
    assert verify(folder).code == 0


@BOTH
def test_a_number_that_was_changed_with_care_is_found_by_making_it_anew(lang, folder, expected):
    store = open_store(local(str(folder)))
    mark = store.mark("runs", 2)
    frame = read_marked((folder / VICTIM).read_bytes(), mark).to_pandas()
    frame["trust"] += 0.01
    (folder / VICTIM).write_bytes(parquet_bytes(frame, mark))
    (folder / "journal.jsonl").unlink()
    assert verify(folder).code == 0  # nothing but the numbers could tell
    shown = call("sweep", "verify", folder, "--deep", "--repair", code=6, lang=lang).stdout
    assert f"{VICTIM}  {said('deep', lang)}" in shown
    resume(folder, workers=1)
    assert files(folder) == expected


# ---------------------------------------------------------------- disks


@BOTH
def test_a_full_disk_is_said_and_gone_on_with_once_there_is_room(lang, small_disk, tmp_path):
    file = tmp_path / "spec.yaml"
    file.write_text(YAML.replace("chunk: 6", "chunk: 2"), encoding="utf-8")
    folder = small_disk.path / "sweep"
    words = call("sweep", "run", file, "-o", folder, "--workers", 1, code=6, lang=lang).stderr
    why = OSError(errno.ENOSPC, "No space left on device").strerror
    assert text("sweep.halt.io", lang, folder=folder, why=why) in words
    assert not list(folder.rglob(".tmp-*"))
    found = verify(folder)
    assert found.damaged == []
    assert found.runs_found < RUNS
    small_disk.remount("size=4m")
    call("sweep", "resume", folder, "--workers", 1, lang=lang)
    whole = tmp_path / "whole"
    sweep(Spec.load(file), whole, workers=1)
    assert files(folder) == files(whole)


@BOTH
def test_a_folder_that_may_not_be_written_is_said(lang, small_disk, tmp_path):
    small_disk.remount("size=4m")
    file = tmp_path / "spec.yaml"
    file.write_text(YAML, encoding="utf-8")
    folder = small_disk.path / "sweep"
    sweep(SPEC, folder, workers=1, stop_after_runs=12)
    small_disk.remount("ro")
    words = call("sweep", "resume", folder, code=4, lang=lang).stderr
    forbidden = {"folder": folder, "why": "Read-only file system"}
    assert text("sweep.halt.forbidden", lang, **forbidden) in words
    new = small_disk.path / "new"
    words = call("sweep", "run", file, "-o", new, code=4, lang=lang).stderr
    assert text("sweep.halt.forbidden", lang, **{**forbidden, "folder": new}) in words
    call("sweep", "verify", folder, "--repair", code=4, lang=lang)
    call("sweep", "verify", folder, code=6, lang=lang)  # looking needs no leave to write
    call("sweep", "status", folder, lang=lang)
    small_disk.remount("rw")
    call("sweep", "resume", folder, lang=lang)


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EDQUOT])
def test_a_disk_that_fails_leaves_no_half_file(number, tmp_path, monkeypatch, expected):
    real, calls = places.os.fsync, []

    def fails(handle):
        calls.append(handle)
        if len(calls) == 12:
            raise OSError(number, "gone")
        return real(handle)

    monkeypatch.setattr(places.os, "fsync", fails)
    with pytest.raises(Halt) as caught:
        sweep(SPEC, tmp_path / "sweep", workers=1)
    assert caught.value.code == 6
    monkeypatch.setattr(places.os, "fsync", real)
    assert not list((tmp_path / "sweep").rglob(".tmp-*"))
    assert verify(tmp_path / "sweep").damaged == []
    resume(tmp_path / "sweep")
    assert files(tmp_path / "sweep") == expected


def test_a_journal_that_cannot_be_written_is_done_without(tmp_path, monkeypatch, expected):
    def fails(*_):
        raise OSError(errno.EROFS, "no")

    monkeypatch.setattr(Folder, "append", fails)
    assert sweep(SPEC, tmp_path / "sweep", workers=1).complete
    assert files(tmp_path / "sweep") == expected


@pytest.mark.skipif(sys.platform == "win32", reason="a folder of another's")
def test_a_file_that_cannot_be_read_is_said(folder, monkeypatch):
    def fails(*_):
        raise PermissionError(errno.EACCES, "Permission denied")

    (folder / "journal.jsonl").unlink()
    real = Folder.read
    monkeypatch.setattr(
        Folder, "read",
        lambda self, name: fails() if chunk_of(name) else real(self, name),
    )  # fmt: skip
    told = call("sweep", "resume", folder, code=6).stderr
    assert text("sweep.halt.torn", "en", folder=folder, why="Permission denied") in told


# ---------------------------------------------------------------- runs that fail


@BOTH
def test_runs_that_fail_are_recorded_named_and_leave_with_code_8(lang, tmp_path, monkeypatch):
    def fails(run, *_):
        if run == 3:
            raise ZeroDivisionError("division by zero")

    folder, file = tmp_path / "sweep", tmp_path / "spec.yaml"
    file.write_text(YAML, encoding="utf-8")
    broken_kernel(monkeypatch, fails)
    shown = call("sweep", "run", file, "-o", folder, "--workers", 1, code=8, lang=lang).stdout
    assert text("cli.sweep.end.failures", lang, n=9, folder=folder) in " ".join(shown.split())
    told = json.loads((folder / name_of("failed", 0)).read_text(encoding="utf-8"))
    assert (told[0]["point"], told[0]["run"]) == (0, 3)
    shown = call("sweep", "status", folder, lang=lang).stdout
    assert "division by zero" in shown
    line = {"point": 0, "run": 3, "why": told[0]["why"][lang]}
    assert text("cli.sweep.status.failed", lang, **line) in " ".join(shown.split())
    found = verify(folder)
    assert (found.runs_found, found.failures, found.losses, found.code) == (27, 9, 0, 8)
    assert json.loads(call("sweep", "resume", folder, "--json", code=8).stdout)["failures"] == 9
    (folder / "journal.jsonl").unlink()
    assert resume(folder).failures == 9
    assert verify(folder, deep=True).code == 8


def test_a_sweep_of_which_every_run_fails_is_complete_and_says_so(tmp_path, monkeypatch):
    def fails(*_):
        raise ZeroDivisionError("division by zero")

    broken_kernel(monkeypatch, fails)
    report = sweep(SPEC, tmp_path / "sweep", workers=1)
    assert (report.complete, report.failures) == (True, RUNS)
    found = verify(tmp_path / "sweep", deep=True)
    assert (found.runs_found, found.failures, found.losses, found.code) == (0, RUNS, 0, 8)


def test_a_report_is_complete_only_with_every_chunk():
    spec = Spec.make(SPEC)
    assert Report(spec, chunks=2, done=2).complete
    assert not Report(spec, chunks=2, done=1).complete
