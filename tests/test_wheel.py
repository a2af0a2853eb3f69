"""What is built holds all that the program reads, and says its types."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

pytest.importorskip("build")
pytest.importorskip("hatchling")


@pytest.fixture(scope="module")
def dist(tmp_path_factory):
    """Wheel and sdist, built once from the checkout without the network."""
    place = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(place), str(ROOT)],
        capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return place


@pytest.fixture(scope="module")
def wheel(dist):
    (found,) = dist.glob("*.whl")
    with zipfile.ZipFile(found) as opened:
        yield opened


def tracked(folder: str) -> set[str]:
    """Return the files of a folder of the checkout that are no leftovers."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", folder], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode == 0 and listed.stdout:
        return {name for name in listed.stdout.split("\0") if (ROOT / name).is_file()}
    return {  # a checkout without git
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_every_file_of_the_package_and_every_scenario(wheel):
    wanted = tracked("cgsim") | {f"cgsim/{name}" for name in tracked("scenarios")}
    missing = sorted(wanted - set(wheel.namelist()))
    assert missing == []


@pytest.mark.parametrize(
    "one",
    [
        "cgsim/py.typed",
        "cgsim/scenarios/sangatta-utara.yaml",
        "cgsim/language/en/cli.yaml",
        "cgsim/language/id/cli.yaml",
        "cgsim/dashboard/widgets/frame.js",
        "cgsim/maps/monitoring-persistence.json",
        "cgsim/targets/local.yaml",
        "cgsim/report/templates/report.css",
        "cgsim/study/patterns.yaml",
        "cgsim/evidence.yaml",
    ],
)
def test_the_wheel_holds(wheel, one):
    assert wheel.getinfo(one).file_size > 0 or one.endswith("py.typed")


def test_the_wheel_holds_nothing_but_the_package(wheel):
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top.partition("-")[0] for top in tops} == {"cgsim"}
    assert not [name for name in wheel.namelist() if name.endswith(".pyc")]


def test_the_wheel_makes_the_command_and_says_what_it_needs(wheel):
    (points,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "cgsim = cgsim.cli:main" in wheel.read(points).decode()
    (facts,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    told = wheel.read(facts).decode()
    assert "Requires-Python: <3.14,>=3.11" in told
    assert "Typing :: Typed" in told


def test_the_sdist_holds_what_tests_and_documentation_need(dist):
    (found,) = dist.glob("*.tar.gz")
    with tarfile.open(found) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    for folder in ("cgsim", "scenarios", "tests", "docs", "examples", "notebooks", "constraints"):
        assert tracked(folder) <= names, folder
    assert {"README.md", "LICENSE", "CHANGELOG.md", "pyproject.toml", "Makefile"} <= names
