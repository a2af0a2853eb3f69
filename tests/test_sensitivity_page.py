"""What docs/sensitivity.md says is what these studies give, and its commands are taken."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer

from cgsim.cli.app import app
from cgsim.study import sensitivity_page as page
from cgsim.study.sensitivity.finished import asks_whose
from cgsim.study.sweep import Spec

pytestmark = pytest.mark.docs

ROOT = Path(__file__).parents[1]
WORDS = page.PAGE.read_text(encoding="utf-8")


def fences(language):
    return re.findall(rf"^```{language}\n(.*?)^```", WORDS, flags=re.M | re.S)


def test_the_page_is_the_one_these_studies_give():
    assert page.page(page.studies()) == WORDS


def test_the_commands_of_the_page_are_ones_that_the_program_takes():
    lines = [line for block in fences("sh") for line in block.splitlines()]
    assert set(page.commands().values()) < set(lines)
    for line in lines:
        name, *words = shlex.split(line)
        assert name == "cgsim"
        found, path = typer.main.get_command(app), name
        while words[0] in getattr(found, "commands", ()):
            found, path, words = found.commands[words[0]], words[0], words[1:]
        found.make_context(path, words)


def test_the_spec_of_the_page_asks_whose_number_it_is(tmp_path):
    (words,) = fences("yaml")
    (tmp_path / "spec.yaml").write_text(words, encoding="utf-8")
    assert asks_whose(Spec.load(tmp_path / "spec.yaml"))


def test_the_example_that_is_analysed_is_a_screening_in_order():
    spec = Spec.load(ROOT / "examples" / "screening.yaml")
    assert (spec.design, spec.points, spec.runs) == ("morris", 140, 8)
    assert "examples/screening.yaml" in WORDS


def test_the_python_of_the_page_runs(capsys):
    (code,) = fences("python")
    exec(compile(code, "sensitivity.md", "exec"), {})
    assert capsys.readouterr().out.startswith("community.persistence.")
