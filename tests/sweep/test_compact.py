"""Few large files beside the chunks': the same rows, made again where they are not whole."""

from __future__ import annotations

import json

import pytest
from pyarrow import parquet

from cgsim.language import text
from cgsim.study.sweep import Halt, compact, compacting, query, sweep, verify
from cgsim.study.sweep.sources import open_source
from tests.sweep.tiny import CHUNKS, RUNS, SPEC, call, files

ALL = "SELECT * FROM runs ORDER BY point, run"


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Large files of about two chunks."""
    monkeypatch.setattr(compacting, "SIZE", 30_000)


def large(folder):
    return {path.name: path.read_bytes() for path in (folder / "compact").iterdir()}


def test_the_large_files_hold_the_same_rows_in_the_same_order(folder):
    before = [open_source(folder).chunk("runs", chunk) for chunk in range(CHUNKS)]
    made = compact(folder)
    assert 2 < made.files < 2 * CHUNKS
    assert made.rows == RUNS + 12 * RUNS
    source = open_source(folder)
    assert source.names("runs")[0] == "compact/runs-00000.parquet"
    after = list(source.tables("runs"))
    assert [row for part in after for row in part.to_pylist()] == [
        row for part in before for row in part.to_pylist()
    ]
    months = [row for part in source.tables("months") for row in part.to_pylist()]
    assert [row["month"] for row in months] == [*range(12)] * RUNS


def test_the_chunks_files_stay_and_nothing_of_the_sweep_changes(folder, expected):
    compact(folder)
    found = files(folder)
    assert {name: data for name, data in found.items() if "compact" not in name} == expected
    assert verify(folder).code == 0
    report = sweep(SPEC, folder, workers=1)
    assert report.complete
    assert report.runs_done == report.found_done


def test_the_same_sweep_gives_the_same_bytes_and_a_second_time_makes_nothing(folder, undisturbed):
    compact(folder)
    before = large(folder)
    again = compact(folder)
    assert again.kept == again.files
    assert large(folder) == before
    for path in (folder / "compact").iterdir():
        path.unlink()
    (folder / "journal.jsonl").unlink()
    assert compact(folder).kept == 0
    assert large(folder) == before


def test_an_interrupted_compaction_goes_on_where_it_was(folder):
    def stop(done, _):
        if done >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compact(folder, progress=stop)
    begun = large(folder)
    assert begun
    assert "compact.json" not in begun
    assert open_source(folder).large is None
    assert verify(folder).foreign == []
    made = compact(folder)
    assert made.kept == len(begun)
    assert begun.items() <= large(folder).items()


def test_another_division_leaves_no_stray_files(folder, monkeypatch):
    many = compact(folder).files
    monkeypatch.setattr(compacting, "SIZE", 10**9)
    assert compact(folder).files < many
    assert len(large(folder)) == 3
    assert verify(folder).foreign == []


def test_an_incomplete_sweep_is_not_compacted(folder):
    (folder / "runs" / "00000" / "c00000002.parquet").unlink()
    with pytest.raises(Halt) as told:
        compact(folder)
    assert told.value.code == 6
    assert not list(folder.glob("compact/*"))


@pytest.mark.parametrize("kind", ["runs/00000/c", "months/00000/m"])
def test_a_chunk_that_holds_other_bytes_is_not_copied(kind, folder):
    victim = folder / f"{kind}00000003.parquet"
    data = bytearray(victim.read_bytes())
    data[200] ^= 1
    victim.write_bytes(data)
    with pytest.raises(Halt, match=victim.name):
        compact(folder)
    assert not (folder / "compact" / "compact.json").exists()


def test_a_folder_without_a_sweep_is_left_as_it_is(tmp_path):
    with pytest.raises(Halt):
        compact(tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "spoil",
    [lambda path: path.write_bytes(path.read_bytes()[:-5]), lambda path: path.unlink()],
    ids=["cut", "gone"],
)
def test_where_a_large_file_is_not_whole_the_chunks_are_read(spoil, folder):
    before = query(folder, ALL)
    compact(folder)
    spoil(folder / "compact" / "runs-00001.parquet")
    assert open_source(folder).large is None
    assert query(folder, ALL).equals(before)
    found = verify(folder)
    assert [one.name for one in found.damaged] == ["compact/runs-00001.parquet"]
    assert found.losses == 0
    verify(folder, repair=True)
    compact(folder)
    assert verify(folder).code == 0
    assert query(folder, ALL).equals(before)


def test_a_flipped_bit_in_a_large_file_is_found(folder):
    compact(folder)
    victim = folder / "compact" / "runs-00000.parquet"
    data = bytearray(victim.read_bytes())
    column = parquet.read_metadata(victim).row_group(0).column(5)
    start = column.dictionary_page_offset or column.data_page_offset
    data[start + column.total_compressed_size - 1] ^= 1
    victim.write_bytes(data)
    with pytest.raises(Halt, match="runs-00000"):
        list(open_source(folder).tables("runs"))
    with pytest.raises(Halt) as told:
        query(folder, ALL)
    assert told.value.code == 6
    assert [tuple(one) for one in verify(folder).damaged] == [
        ("compact/runs-00000.parquet", "hash")
    ]
    assert compact(folder).kept
    assert verify(folder).code == 0


@pytest.mark.parametrize("said", ["", "{}", "[]", '{"version": 1, "sweep": "other"}'])
def test_a_damaged_list_is_not_believed(said, folder):
    compact(folder)
    (folder / "compact" / "compact.json").write_text(said, encoding="utf-8")
    assert open_source(folder).large is None
    assert [tuple(one) for one in verify(folder).damaged] == [("compact/compact.json", "torn")]
    compact(folder)
    assert verify(folder).code == 0


def test_a_list_names_no_file_outside_its_folder(folder):
    compact(folder)
    path = folder / "compact" / "compact.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    told["files"][0]["name"] = "../precious"
    path.write_text(json.dumps(told), encoding="utf-8")
    precious = folder.parent / "precious"
    precious.write_text("mine", encoding="utf-8")
    verify(folder, repair=True)
    assert precious.exists()
    assert not path.exists()


def test_foreign_files_there_are_named(folder):
    compact(folder)
    (folder / "compact" / "notes.txt").write_text("x", encoding="utf-8")
    assert verify(folder).foreign == ["compact/notes.txt"]


@pytest.mark.parametrize("lang", ["en", "id"])
def test_the_command_says_what_it_made_and_that_the_chunks_stay(lang, folder):
    shown = call("sweep", "compact", folder, lang=lang).stdout
    assert text("cli.sweep.compact.stay", lang) in " ".join(shown.split())
    assert f"{folder}/compact" in shown
    shown = call("sweep", "compact", folder, lang=lang).stdout
    told = json.loads(call("sweep", "compact", folder, "--json").stdout)
    assert text("cli.sweep.compact.kept", lang, n=told["files"]) in " ".join(shown.split())
    assert told["files_kept"] == told["files"]
    assert told["rows"] == RUNS * 13
