"""Which schedulers a sweep joins: those of this computer, and those that ask for certificates."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cgsim.language import text
from cgsim.study.sweep import Halt, sweep
from cgsim.study.sweep.cluster import Cluster
from cgsim.study.sweep.joining import check_address
from cgsim.study.sweep.store import local, open_store
from tests.sweep.daemons import Daemons
from tests.sweep.tiny import ROOT, RUNS, SPEC, YAML, assert_whole, call, chunks_there, need

pytest.importorskip("distributed")
BOTH = pytest.mark.parametrize("lang", ["en", "id"])


@BOTH
@pytest.mark.parametrize(
    ("read", "key"),
    [
        ("tcp://10.0.0.5:8786", "dask_open"),
        ("10.0.0.5:8786", "dask_open"),
        ("tcp://cluster.example.org:8786", "dask_open"),
        ("tcp://0.0.0.0:8786", "dask_open"),
        ("tcp://[2001:db8::1]:8786", "dask_open"),
        ("tcp://127.0.0.1.example.org:1", "dask_open"),
        ("loca", "dask_address"),
        ("", "dask_address"),
        ("tls://10.0.0.5", "dask_address"),
        ("tcp://127.0.0.1:port", "dask_address"),
        ("tcp://127.0.0.1:99999", "dask_address"),
        ("ws://127.0.0.1:8786", "dask_address"),
        ("http://127.0.0.1:8786", "dask_address"),
        ("tcp://[::1:8786", "dask_address"),
    ],
)
def test_what_is_no_address_or_open_to_others_is_refused(read, key, lang, tmp_path):
    file, out = tmp_path / "spec.yaml", tmp_path / "out"
    file.write_text(YAML, encoding="utf-8")
    told = call("sweep", "run", file, "-o", out, f"--dask={read}", code=2, lang=lang).stderr
    said = text(f"sweep.halt.{key}", lang, read=read, hint="*").partition("*")[0]
    assert " ".join(said.split()) in " ".join(told.split())
    assert not out.exists()


def test_the_nearest_right_word_is_told():
    with pytest.raises(Halt, match="Did you mean local"):
        check_address("loca")


@pytest.mark.parametrize(
    "read",
    ["local", "tls://10.0.0.5:8786", "tls://cluster.example.org:1", "tcp://127.0.0.1:8786",
     "tcp://127.3.2.1:8786", "tcp://localhost:8786", "localhost:8786", "tcp://[::1]:8786"],
)  # fmt: skip
def test_the_loopback_and_tls_may_be_joined(read):
    check_address(read)


def test_a_scheduler_beyond_the_loopback_may_be_joined_by_name():
    check_address("tcp://10.0.0.5:8786", insecure=True)


@BOTH
def test_workers_are_not_counted_for_a_cluster_that_is_there(lang, tmp_path):
    words = ("-o", tmp_path / "out", "--dask", "tcp://127.0.0.1:1", "--workers", 2)
    file = tmp_path / "spec.yaml"
    file.write_text(YAML, encoding="utf-8")
    told = call("sweep", "run", file, *words, code=2, lang=lang).stderr
    assert text("sweep.halt.dask_workers", lang, read="tcp://127.0.0.1:1") in told


@BOTH
def test_without_dask_it_is_told_what_to_install(lang, monkeypatch):
    monkeypatch.setattr("cgsim.study.sweep.joining.find_spec", lambda _: None)
    with pytest.raises(Halt) as wrong:
        sweep(SPEC, "nowhere", dask="local")
    assert wrong.value.code == 2
    assert "cgsim[dask]" in wrong.value.meaning.in_language(lang)


@BOTH
def test_where_no_scheduler_is_nothing_hangs(lang, tmp_path):
    import dask

    soon = dask.config.set({"distributed.comm.timeouts.connect": "1s"})
    with soon, pytest.raises(Halt) as wrong:
        sweep(SPEC, tmp_path / "sweep", dask="tcp://127.0.0.1:9")
    assert wrong.value.code == 6
    assert "tcp://127.0.0.1:9" in wrong.value.meaning.in_language(lang)
    assert list((tmp_path / "sweep" / "locks").glob("cluster-*")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="only names of addresses differ there")
def test_a_scheduler_that_listens_to_all_is_refused_through_the_loopback_too(daemons, tmp_path):
    _, told = daemons.scheduler(host="0.0.0.0")
    host, _, port = told.removeprefix("tcp://").rpartition(":")
    need(not host.startswith("127."), "this computer has no address but the loopback")
    with pytest.raises(Halt) as wrong:
        sweep(SPEC, tmp_path / "sweep", dask=f"tcp://127.0.0.1:{port}")
    assert wrong.value.code == 2
    assert f"--dask {told}" in str(wrong.value)
    assert chunks_there(tmp_path / "sweep") == 0


# ---------------------------------------------------------------- TLS


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """What the shipped script makes: ours, and those of a stranger."""
    folder = tmp_path_factory.mktemp("certificates")
    script = ROOT / "examples" / "cluster" / "certificates.sh"
    for name in ("ours", "stranger"):
        made = subprocess.run(["bash", script, folder / name, "2"], capture_output=True)
        need(made.returncode == 0, "certificates are made by openssl")
        assert sorted(path.name for path in (folder / name).iterdir()) == [
            "authority.pem", "cgsim.key", "cgsim.pem",
        ]  # fmt: skip
    return folder


def tls(folder):
    """Return what the script says to set."""
    script = ROOT / "examples" / "cluster" / "certificates.sh"
    said = subprocess.run(
        ["bash", script, folder], capture_output=True, check=True, encoding="utf-8"
    )
    lines = said.stdout.replace("export ", "").replace("'", "").splitlines()
    return dict(line.split("=", 1) for line in lines)


@pytest.mark.skipif(sys.platform != "linux", reason="127.0.0.2 to 4 are there on Linux only")
def test_three_workers_at_three_addresses_work_over_tls_and_a_stranger_is_kept_out(
    certificates, tmp_path, expected
):
    import dask

    folder = tmp_path / "sweep"
    ours = Daemons(tmp_path, **tls(certificates / "ours"))

    def run(name):
        said = {"distributed.comm.timeouts.connect": "2s"}
        if name:
            for key, file in (("ca-file", "authority.pem"), ("client.cert", "cgsim.pem"),
                              ("client.key", "cgsim.key")):  # fmt: skip
                said[f"distributed.comm.tls.{key}"] = str(certificates / name / file)
        with dask.config.set(said):
            return sweep(SPEC, folder, dask=address)

    try:
        _, address = ours.scheduler("--protocol", "tls")
        assert address.startswith("tls://")
        for host in ("127.0.0.2", "127.0.0.3", "127.0.0.4"):
            ours.worker(address, host, "--protocol", "tls")
        for name, code in (("", 2), ("lost", 2), ("stranger", 6)):
            with pytest.raises(Halt) as wrong:
                run(name)
            assert wrong.value.code == code, wrong.value
            assert chunks_there(folder) == 0
        with pytest.raises(Halt, match="this scheduler"):
            sweep(SPEC, folder, dask=address.replace("tls://127.0.0.1", "tcp://10.0.0.5"))
        report = run("ours")
        assert (report.complete, report.runs_done) == (True, RUNS)
        assert_whole(folder, expected)
    finally:
        ours.stop()


def test_a_cluster_that_cannot_be_joined_leaves_no_token(folder):
    import dask

    cluster = Cluster(open_store(local(folder)), "tcp://127.0.0.1:9")
    with dask.config.set({"distributed.comm.timeouts.connect": "1s"}), pytest.raises(Halt):
        cluster.__enter__()
    assert list((folder / "locks").glob("cluster-*")) == []
