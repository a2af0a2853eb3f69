"""The tiny sweep, run once without any disturbance."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cgsim.cli.words import take_language
from cgsim.study.sweep import sweep
from tests.sweep.tiny import SPEC, files, need


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("CGSIM_LANG", "en")
    monkeypatch.delenv("CGSIM_CRASH_AT", raising=False)
    take_language([])


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory):
    """The folder of a sweep that nobody disturbed."""
    folder = tmp_path_factory.mktemp("undisturbed") / "sweep"
    assert sweep(SPEC, folder, workers=1).complete
    return folder


@pytest.fixture(scope="session")
def expected(undisturbed):
    """Its files' bytes."""
    return files(undisturbed)


@pytest.fixture
def folder(undisturbed, tmp_path):
    """A copy of it, to be damaged."""
    copy = tmp_path / "sweep"
    shutil.copytree(undisturbed, copy)
    return copy


@pytest.fixture
def daemons(tmp_path):
    from tests.sweep.daemons import Daemons

    ours = Daemons(tmp_path)
    yield ours
    ours.stop()


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 128 kB; read-only on request."""
    need(sys.platform == "linux", "a small disk is mounted on Linux only")
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", place], capture_output=True
    )
    need(done.returncode == 0, "mounting a small disk needs root")
    try:
        yield Disk(place)
    finally:
        subprocess.run(["umount", "-l", place], check=True)


class Disk:
    """A mounted disk."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def remount(self, how: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{how}", self.path], check=True)
