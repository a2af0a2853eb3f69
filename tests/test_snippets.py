"""Every command and every piece of Python of tutorial and how-tos is carried out, run small."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from cgsim.cli.app import app

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGES = [  # the Indonesian tutorial has the same commands: tests/test_site.py
    DOCS / "tutorial.md",
    DOCS / "from-elsewhere.md",
    *sorted(page for page in (DOCS / "how-to").glob("*.md") if page.stem != "index"),
]
PROGRAM = typer.main.get_command(app)
NEVER_END = {"dashboard"}  # read, but not started: its own tests do that
SMALL = {"--runs": 8, "--worlds": 4, "--points": 2, "--population": 20,
         "--trials": 2, "--check": 8}  # fmt: skip
SHORT = {"compare", "map"}  # a year is enough to see that they run
NEEDS = {"calibrate": "pyabc", "sweep query": "duckdb", "sensitivity": "SALib"}

pytestmark = [pytest.mark.docs, pytest.mark.timeout(300)]


def blocks(page):
    return re.findall(r"^```(\w+)\n(.*?)^```", page.read_text(encoding="utf-8"), flags=re.M | re.S)


def small(words, verb):
    """Return a command with fewer runs than it says, and than it would make if it said nothing."""
    words = list(words)
    usual = {option: one.default for one in verb.params for option in one.opts}
    for option, most in SMALL.items():
        if option in words:
            place = words.index(option) + 1
            if words[place].isdigit():  # --worlds takes a file too
                words[place] = str(min(most, int(words[place])))
        elif str(usual.get(option)).isdigit() and int(usual[option]) > most:
            words += [option, str(most)]
    if verb.name in SHORT and "--months" not in words:
        words += ["--months", "12"]
    if "--worlds" in words and "--world-runs" in usual:
        words += ["--world-runs", "2"]
    return words


def carry_out(line):
    first, *words = shlex.split(line, comments=True)
    if first == "make":
        makefile = (DOCS.parent / "Makefile").read_text(encoding="utf-8")
        assert re.search(rf"^{words[0]}:", makefile, flags=re.M)
        return
    if first in ("source", "pip"):  # tests/test_wheel.py installs
        return
    assert first == "cgsim", line
    name, verb, rest = "", PROGRAM, words
    while hasattr(verb, "commands") and rest and rest[0] in verb.commands:
        name = f"{name} {rest[0]}".strip()
        verb, rest = verb.commands[rest[0]], rest[1:]
    if package := NEEDS.get(name):
        pytest.importorskip(package)
    if name in NEVER_END:
        verb.make_context(name, list(rest))
        return
    done = CliRunner().invoke(app, small(words, verb))
    assert done.exit_code == 0, f"{line}\n{done.output}\n{done.stderr}"
    assert done.output.strip()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_what_a_page_says_to_do_can_be_done(page, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    known = {}
    found = blocks(page)
    assert found
    for language, words in found:
        if language == "yaml":
            name = re.match(r"# (\S+\.yaml)\n", words)[1]
            fewer = re.sub(r"^runs: \d+", "runs: 2", words, flags=re.M)
            (tmp_path / name).write_text(fewer, encoding="utf-8")
        elif language == "python":
            exec(compile(words, page.name, "exec"), known)
        elif language == "sh":
            for line in words.splitlines():
                if line.strip() and not line.startswith("#"):
                    carry_out(line)
        else:
            assert language == "text", f"{page.name}: a block of {language} that nothing reads"
