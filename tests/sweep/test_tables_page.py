"""What docs/sweep-tables.md promises: its commands parse, its Python runs."""

from __future__ import annotations

import re
import shlex

import pytest
import typer

from cgsim.cli.app import app
from tests.sweep.tiny import ROOT

pytestmark = pytest.mark.docs

PAGE = (ROOT / "docs" / "sweep-tables.md").read_text(encoding="utf-8")


def fences(language):
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, flags=re.M | re.S)


def test_the_commands_of_the_page_are_ones_that_the_program_takes():
    program = typer.main.get_command(app)
    lines = [line for block in fences("sh") for line in block.splitlines()]
    seen = set()
    for line in lines:
        name, group, verb, *rest = shlex.split(line, comments=True)
        assert (name, group) == ("cgsim", "sweep")
        program.commands["sweep"].commands[verb].make_context(verb, rest)
        seen.add(verb)
    assert seen == {"query", "compact", "export"}


def test_the_python_of_the_page_runs(tmp_path, monkeypatch, capsys):
    pytest.importorskip("duckdb")
    monkeypatch.chdir(tmp_path)
    known = {}
    for code in fences("python"):
        exec(compile(code, "sweep-tables.md", "exec"), known)
    assert capsys.readouterr().out == "3 60\n60 (60,)\n"
