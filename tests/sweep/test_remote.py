"""A sweep's folder at an address: the same bytes, the same care, other promises where there is
no lock. Each test is done on fsspec's own store in memory and, where moto and s3fs are installed
(all extras of the set-up), on a mock of S3 on the loopback.
"""

from __future__ import annotations

import json
import logging
import random
import signal
import sys
import time

import pytest

import cgsim.study.sweep.remote as remote
from cgsim.language import text
from cgsim.study.sweep import Halt, Shard, resume, status, sweep, verify
from cgsim.study.sweep.compacting import compact
from cgsim.study.sweep.exporting import export
from cgsim.study.sweep.files import name_of
from cgsim.study.sweep.place import Folder
from cgsim.study.sweep.querying import query
from cgsim.study.sweep.remote import Remote
from cgsim.study.sweep.store import local
from tests.sweep.buckets import WHO, Bucket
from tests.sweep.tiny import CHUNKS, RUNS, SPEC, YAML, begin, call, files, killed

pytest.importorskip("fsspec")

VICTIM = name_of("runs", 2)
BOTH = pytest.mark.parametrize("lang", ["en", "id"])
on_posix = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")

# the mock and its client warn of each other
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


@pytest.fixture(scope="module")
def endpoint():
    """Where the mock of S3 listens."""
    why = "needs moto and s3fs: pip install cgsim[remote,dev]"
    server = pytest.importorskip("moto.server", reason=why)
    pytest.importorskip("s3fs", reason=why)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    ours = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    ours.start()
    host, port = ours.get_host_and_port()
    yield f"http://{host}:{port}"
    ours.stop()


@pytest.fixture
def s3(endpoint, monkeypatch):
    import s3fs

    for name, value in {**WHO, "AWS_ENDPOINT_URL": endpoint}.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    yield Bucket("s3", endpoint_url=endpoint)
    s3fs.S3FileSystem.clear_instance_cache()


@pytest.fixture(params=["memory", "s3"])
def bucket(request):
    return request.getfixturevalue("s3") if request.param == "s3" else Bucket("memory")


@pytest.fixture
def filled(bucket, undisturbed):
    """A bucket that holds the undisturbed sweep, and no journal of it."""
    bucket.fill(undisturbed)
    return bucket


# ---------------------------------------------------------------- the same bytes


@pytest.mark.parametrize("workers", [1, 2])
def test_the_files_are_those_of_a_folder_whatever_the_number_of_workers(workers, bucket, expected):
    report = sweep(SPEC, bucket.address, workers=workers)
    assert (report.complete, report.runs_done) == (True, RUNS)
    assert bucket.sweep() == expected
    found = verify(bucket.address, deep=True)
    assert (found.code, found.unknown, found.foreign, found.runs_found) == (0, 0, [], RUNS)


def test_interrupted_and_gone_on_with_the_files_are_the_same(bucket, expected):
    assert sweep(SPEC, bucket.address, workers=1, stop_after_runs=12).done == 2
    there = {name: data for name, data in bucket.sweep().items() if name.startswith("runs/")}
    assert len(there) == 2
    assert resume(bucket.address, workers=1, stop_after_runs=6).done == 3
    report = sweep(SPEC, bucket.address, workers=2)
    assert (report.complete, report.found_done, report.damaged) == (True, 18, [])
    assert bucket.sweep() == expected


def test_shards_fill_one_address(bucket, expected):
    for k in (3, 1, 2):
        sweep(SPEC, bucket.address, workers=1, shard=Shard(k, 3))
    assert bucket.sweep() == expected
    assert [part.name for part in status(bucket.address).shards] == ["1/3", "2/3", "3/3"]


def test_two_runners_at_once_are_not_kept_out_and_do_no_harm(bucket, expected):
    inner = []

    def second(_):
        if not inner:
            inner.append(sweep(SPEC, bucket.address, workers=1))

    assert sweep(SPEC, bucket.address, workers=1, progress=second).complete
    assert inner[0].complete
    assert bucket.sweep() == expected
    assert verify(bucket.address).code == 0


# ---------------------------------------------------------------- what is kept, what is lost


def test_a_process_keeps_one_journal_however_many_chunks(bucket):
    sweep(SPEC, bucket.address, workers=1)
    (name,) = bucket.journals()
    lines = bucket.objects()[name].splitlines()
    assert len(lines) == 2 * CHUNKS
    resume(bucket.address)
    assert bucket.journals() == [name]  # nothing done, nothing said


def test_a_long_journal_is_left_alone_and_another_begun(bucket, monkeypatch):
    monkeypatch.setattr(remote, "LONG", 300)
    monkeypatch.setattr(remote, "OFTEN", 0.0)
    sweep(SPEC, bucket.address, workers=1)
    lines = [bucket.objects()[name].splitlines() for name in bucket.journals()]
    assert len(lines) > 2
    assert sum(map(len, lines)) == 2 * CHUNKS
    assert verify(bucket.address).unknown == 0


def test_a_journal_that_cannot_be_put_is_done_without(bucket, monkeypatch, expected):
    monkeypatch.setattr(Remote, "_put_added", lambda _: (_ for _ in ()).throw(OSError("no")))
    assert sweep(SPEC, bucket.address, workers=1).complete
    assert bucket.journals() == []
    assert bucket.sweep() == expected


def test_without_a_journal_files_are_read_and_the_damaged_made_anew(filled, expected):
    data = bytearray(expected[VICTIM])
    data[2000] ^= 1
    filled.put(VICTIM, bytes(data))
    filled.put(name_of("months", 4), expected[name_of("months", 4)][:500])
    filled.remove(name_of("runs", 5))
    found = verify(filled.address)
    assert sorted(one.name for one in found.damaged) == [name_of("months", 4), VICTIM]
    assert (found.missing, found.losses, found.code) == ([5], 18, 6)
    assert verify(filled.address, repair=True).removed
    report = resume(filled.address, workers=1)
    assert (report.complete, report.found_done) == (True, RUNS - 18)
    assert filled.sweep() == expected


def test_a_flipped_byte_is_found_by_the_journals_hash_and_by_no_resume(bucket, expected):
    sweep(SPEC, bucket.address, workers=1)
    data = bytearray(expected[VICTIM])
    data[-1] ^= 1
    bucket.put(VICTIM, bytes(data))
    assert resume(bucket.address).damaged == []
    assert [tuple(one) for one in verify(bucket.address).damaged] == [(VICTIM, "hash")]
    call("sweep", "verify", bucket.address, "--repair", code=6)
    call("sweep", "resume", bucket.address)
    assert bucket.sweep() == expected


# ---------------------------------------------------------------- the verbs


def test_tables_are_asked_compacted_and_exported_as_from_a_folder(filled, folder, tmp_path):
    sql = "SELECT point, count(*) AS n, avg(trust) AS t FROM runs GROUP BY point ORDER BY point"
    design = "SELECT count(*) AS n FROM design JOIN months USING (point)"
    for _ in ("chunks", "large files"):
        assert query(filled.address, sql).equals(query(folder, sql))
        assert query(filled.address, design)["n"].tolist() == [RUNS * 12]
        for name in ("a.csv", "a.parquet", "a.tar.gz"):
            export(filled.address, tmp_path / name)
            export(folder, tmp_path / f"b-{name}")
            assert (tmp_path / name).read_bytes() == (tmp_path / f"b-{name}").read_bytes()
        assert compact(filled.address).rows == compact(folder).rows
        assert filled.sweep() == files(folder)
    assert compact(filled.address).kept == 2


@BOTH
def test_a_damaged_file_is_named_by_a_question(lang, filled, expected):
    data = bytearray(expected[VICTIM])
    sweep(SPEC, filled.address, workers=1)  # the journal takes it for whole
    data[len(data) // 3] ^= 1
    filled.put(VICTIM, bytes(data))
    told = call("sweep", "query", filled.address, "SUMMARIZE runs", code=6, lang=lang).stderr
    where = {"folder": filled.address, "file": VICTIM}
    assert text("sweep.halt.damaged", lang, **where) in " ".join(told.split())


def test_a_store_that_fails_within_a_question_is_not_taken_for_damage(filled, monkeypatch):
    def fails(*_, **__):
        raise RuntimeError("the line was cut")

    monkeypatch.setattr(type(filled.files), "open", fails)
    with pytest.raises(Halt, match="the line was cut") as caught:
        query(filled.address, "FROM runs")
    assert caught.value.code == 6
    assert "--repair" not in str(caught.value)


@BOTH
def test_every_verb_takes_an_address(lang, bucket, tmp_path):
    spec = tmp_path / "spec.yaml"
    spec.write_text(YAML, encoding="utf-8")
    where = bucket.address
    call("sweep", "run", spec, "-o", where, "--workers", 1, "--stop-after", "12runs", lang=lang)
    told = call("sweep", "status", where, lang=lang).stdout
    assert where in told
    assert f"cgsim sweep resume {where}" in call("sweep", "query", where, "FROM runs", code=6,
                                                 lang=lang).stderr  # fmt: skip
    assert json.loads(call("sweep", "resume", where, "--json", lang=lang).stdout)["complete"]
    assert text("cli.sweep.verify.whole", lang) in call("sweep", "verify", where, lang=lang).stdout
    call("sweep", "compact", where, lang=lang)
    call("sweep", "export", where, "-o", tmp_path / "runs.csv", lang=lang)
    shown = call("sweep", "query", where, "SELECT count(*) AS n FROM runs", "--csv", lang=lang)
    assert shown.stdout.split() == ['"n"', str(RUNS)]
    inner = {"read": f"{where}/runs.csv"}
    told = call("sweep", "export", where, "-o", f"{where}/runs.csv", code=2, lang=lang).stderr
    assert text("cli.error.name_address", lang, **inner) in " ".join(told.split())


def test_the_speed_is_told_by_the_stores_clock(bucket):
    sweep(SPEC, bucket.address, workers=1)
    told = status(bucket.address)
    assert told.quiet is not None
    assert told.quiet < 60
    assert len(local(bucket.address).times("runs")) == CHUNKS


# ---------------------------------------------------------------- what is refused


@BOTH
@pytest.mark.parametrize(
    ("address", "key", "words"),
    [
        ("gs://bucket/sweep", "fsspec", {"protocol": "gs"}),
        ("nothing://bucket/sweep", "protocol", {"why": "Protocol not known: nothing"}),
        ("memory://", "no_folder", {"protocol": "memory"}),
        ("simplecache::memory://bucket/sweep", "chained", {}),
    ],
)
def test_an_address_that_cannot_be_is_said(lang, address, key, words, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "gcsfs", None)
    told = text(f"sweep.halt.{key}", lang, folder=address, **words)
    spec = tmp_path / "spec.yaml"
    spec.write_text(YAML, encoding="utf-8")
    for words_ in (["run", spec, "-o", address], ["status", address], ["verify", address]):
        assert told in " ".join(call("sweep", *words_, code=2, lang=lang).stderr.split())


def test_an_address_of_this_computer_is_a_folder(tmp_path):
    for address in (f"file://{tmp_path}/a", f"local://{tmp_path}/a"):
        place = local(address)
        assert isinstance(place, Folder)
        assert place.path == tmp_path / "a"


def test_another_sweep_or_other_files_at_the_address_are_refused(filled, bucket):
    for change, code in (({"runs": 5}, 5), ({"seed": 2}, 5), ({"chunk": 4}, 5)):
        with pytest.raises(Halt) as caught:
            sweep({**SPEC, **change}, filled.address)
        assert caught.value.code == code
    with pytest.raises(Halt) as caught:
        resume(f"{bucket.address}-none")
    assert caught.value.code == 2
    filled.remove("sweep.json")
    with pytest.raises(Halt) as caught:
        sweep(SPEC, filled.address)
    assert caught.value.code == 2


def test_of_two_sweeps_begun_at_the_same_moment_the_second_is_refused(bucket, monkeypatch):
    real, first = Remote.begin, []

    def late(self, name, data):
        if not first:
            first.append(True)
            sweep({**SPEC, "runs": 5}, bucket.address, workers=1, stop_after=0.0)
        return real(self, name, data)

    monkeypatch.setattr(Remote, "begin", late)
    with pytest.raises(Halt) as caught:
        sweep(SPEC, bucket.address)
    assert caught.value.code == 5


def test_a_library_that_cannot_write_is_said(bucket, monkeypatch):
    def cannot(*_, **__):
        raise NotImplementedError

    place = local(bucket.address)
    monkeypatch.setattr(place._files, "pipe_file", cannot)
    with pytest.raises(Halt) as caught:
        sweep(SPEC, bucket.address)
    assert caught.value.code == 4


# ---------------------------------------------------------------- S3 alone


@on_posix
@pytest.mark.parametrize("step", ["computed:2", "written:3", "written:8", "renamed:3", "renamed:6"])
def test_killed_at_a_step_and_gone_on_with_the_objects_are_the_same(step, s3, expected):
    killed(s3.address, step)
    assert s3.chunks() < CHUNKS
    report = sweep(SPEC, s3.address, workers=1)
    assert (report.complete, report.damaged) == (True, [])
    found = verify(s3.address)
    assert (found.duplicates, found.losses, found.damaged, found.foreign) == (0, 0, [], [])
    assert s3.sweep() == expected


@on_posix
def test_killed_at_random_moments_no_object_is_half(s3, expected):
    draw = random.Random(4)
    for many in (1, 3):
        process = begin(s3.address, workers=draw.choice([1, 2]))
        while process.poll() is None and s3.chunks() < many:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert verify(s3.address).damaged == []
    assert resume(s3.address, workers=2).complete
    assert s3.sweep() == expected


def test_workers_of_a_cluster_write_their_own_objects(s3, expected):
    pytest.importorskip("distributed")
    report = sweep(SPEC, s3.address, dask="local", workers=2)
    assert report.complete
    assert s3.sweep() == expected
    assert [name for name in s3.objects() if name.startswith("locks/")] == []


@BOTH
def test_a_missing_bucket_is_said_and_not_made(lang, s3, tmp_path):
    spec = tmp_path / "spec.yaml"
    spec.write_text(YAML, encoding="utf-8")
    where = "s3://no-such-bucket/sweep"
    told = text("sweep.halt.bucket", lang, folder=where)
    for words in (["run", spec, "-o", where], ["resume", where], ["query", where, "FROM runs"]):
        assert told in " ".join(call("sweep", *words, code=2, lang=lang).stderr.split())
    assert not s3.files.exists("no-such-bucket")


@BOTH
def test_missing_credentials_are_said(lang, s3, tmp_path, monkeypatch):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    spec = tmp_path / "spec.yaml"
    spec.write_text(YAML, encoding="utf-8")
    why = "Unable to locate credentials"
    told = text("sweep.halt.refused", lang, folder=s3.address, why=why)
    for words in (["run", spec, "-o", s3.address], ["status", s3.address]):
        assert told in " ".join(call("sweep", *words, code=4, lang=lang).stderr.split())


def test_a_refusal_of_the_store_is_said(s3, monkeypatch):
    place = local(s3.address)

    def forbidden(*_, **__):
        raise PermissionError("Access Denied")

    monkeypatch.setattr(place._files, "pipe_file", forbidden)
    with pytest.raises(Halt, match="Access Denied") as caught:
        sweep(SPEC, s3.address)
    assert caught.value.code == 4


def test_a_store_that_cannot_be_reached_is_said_and_gone_on_with_later(s3, monkeypatch, expected):
    sweep(SPEC, s3.address, workers=1, stop_after_runs=12)
    s3.files.clear_instance_cache()
    with monkeypatch.context() as away:
        away.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
        told = call("sweep", "resume", s3.address, code=6).stderr
    assert "Could not connect to the endpoint" in " ".join(told.split())
    s3.files.clear_instance_cache()
    assert resume(s3.address, workers=1).complete
    assert s3.sweep() == expected
