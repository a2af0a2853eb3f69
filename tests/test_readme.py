"""The README promises nothing that is not there: commands, code, numbers, pictures, links."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer

import cgsim
from cgsim.cli.app import app
from cgsim.figures import FIGURES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs" / "decisions").glob("*.md"))]
PROGRAM = typer.main.get_command(app)

pytestmark = pytest.mark.docs


def fences(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.M | re.S)


def spans() -> list[str]:
    return re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", README, flags=re.M | re.S))


SHELL = [shlex.split(line, comments=True) for block in fences("sh") for line in block.splitlines()]
LINES = [line for line in [*SHELL, *(span.split() for span in spans())] if line]


def cgsim_words() -> list[list[str]]:
    """Return the words after `cgsim` or `python -m cgsim`, of each command line of the README."""
    found = [line[3:] for line in LINES if line[:3] == ["python", "-m", "cgsim"]]
    return found + [line[1:] for line in LINES if line[0] == "cgsim" and len(line) > 1]


def test_the_readme_shows_commands():
    assert len(cgsim_words()) >= 5


@pytest.mark.parametrize("words", [w for w in cgsim_words() if w[0][0] != "-"], ids=" ".join)
def test_a_command_of_the_readme_is_one_that_the_program_takes(words):
    name, *rest = words
    verb = PROGRAM.commands[name]
    while hasattr(verb, "commands") and rest:
        name, *rest = rest
        verb = verb.commands[name]
    complete = rest or (["sangatta-utara"] if words == ["run"] else [])
    verb.make_context(name, list(complete))  # refuses what the command does not know


@pytest.mark.parametrize(
    "words", [w for w in cgsim_words() if w[0] == "run" and w[1:]], ids=" ".join
)
def test_a_scenario_named_in_the_readme_is_shipped(words):
    assert words[1] in {*cgsim.Scenario.shipped(), "mine.yaml"}


@pytest.mark.parametrize("target", [line[1] for line in SHELL if line and line[0] == "make"])
def test_make_has_the_target(target):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", makefile, flags=re.M)


def test_demo_and_test_are_the_two_commands():
    assert [line[:2] for line in SHELL if line and line[0] == "make"] == [
        ["make", "demo"],
        ["make", "test"],
    ]


@pytest.mark.parametrize("code", fences("python"))
def test_the_python_runs(code, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "README.md", "exec"), {})
    assert (tmp_path / "states.png").stat().st_size > 10_000
    assert "dynamic" in capsys.readouterr().out


@pytest.mark.parametrize("words", fences("yaml"))
def test_the_scenario_file_is_in_order(words, tmp_path):
    (tmp_path / "mine.yaml").write_text(words, encoding="utf-8")
    case = cgsim.Scenario.load(tmp_path / "mine.yaml")
    assert case.value("organisations.*.monitoring_interval") == {
        "industry": 1,
        "tourism": 1,
        "kpc": 1,
    }


ROW = re.compile(r"^\| `([\w-]+)`[^|]*\| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", flags=re.M)


@pytest.mark.parametrize("row", ROW.findall(README), ids=lambda row: row[0])
def test_the_numbers_come_out(row):
    name, *written = row
    runs = cgsim.simulate(name, runs=300, seed=1, months=False).runs
    shares = runs["end_state"].value_counts(normalize=True) * 100
    seen = [
        *(shares[state] for state in ("inactive", "active", "dynamic")),
        runs["producers"].mean(),
    ]
    assert [int(number) for number in written] == pytest.approx(seen, abs=1.0)


def test_the_table_has_its_rows_and_the_text_its_share():
    assert len(ROW.findall(README)) == 6
    lenient = cgsim.simulate("sangatta-utara", runs=300, seed=1, months=False).runs
    share = (lenient["end_state_lenient"] == "dynamic").mean() * 100
    (written,) = re.findall(r"both 0\.05 lower, (\d+) %", README)
    assert int(written) == pytest.approx(share, abs=1.0)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_within_the_project_lead_somewhere(page):
    words = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", words):
        if not target.startswith(("https://", "#")):
            path = page.parent / target.split("#")[0]
            assert path.exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_named_in_the_text_are_there(page):
    named = re.findall(
        r"`((?:cgsim|tests|scenarios|docs|notebooks)/[\w./-]+)`", page.read_text("utf-8")
    )
    for path in named:
        assert (ROOT / path).exists(), f"{page.name} names {path}"


@pytest.mark.parametrize("picture", re.findall(r"!\[[^\]]{20,}\]\(([^)]+)\)", README))
def test_a_picture_is_a_picture(picture):
    assert (ROOT / picture).read_bytes().startswith(b"\x89PNG\r\n\x1a\n")


@pytest.mark.parametrize("picture", sorted((ROOT / "docs" / "pictures").iterdir()))
def test_a_picture_of_the_docs_is_one_that_the_demo_draws(picture):
    # or the first page of a report, or a page of the dashboard by tests.dashboard.screenshots
    assert picture.stem in (*FIGURES, "report", "live", "what-if")
    assert picture.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")


def test_every_picture_says_in_words_what_it_shows():
    assert len(re.findall(r"!\[[^\]]{20,}\]\(", README)) == README.count("![") == 4
