"""What docs/sweeps.md and cluster.md promise: specs read, commands parse, codes are the codes."""

from __future__ import annotations

import re
import shlex

import pytest
import typer

import cgsim
from cgsim.cli.app import app
from cgsim.language import text
from cgsim.study.sweep import Spec, halts
from cgsim.study.sweep.spec import DESIGNS
from cgsim.study.sweep.spec_reading import FIELDS
from tests.sweep.tiny import ROOT

pytestmark = pytest.mark.docs

PAGE = (ROOT / "docs" / "sweeps.md").read_text(encoding="utf-8")
CLUSTER = (ROOT / "docs" / "cluster.md").read_text(encoding="utf-8")


def fences(language, page=PAGE):
    return re.findall(rf"^```{language}\n(.*?)^```", page, flags=re.M | re.S)


@pytest.mark.parametrize("words", fences("yaml"))
def test_a_spec_of_the_page_is_in_order(words, tmp_path):
    (tmp_path / "points.csv").write_text("process.leadership\n0.2\n0.8\n", encoding="utf-8")
    (tmp_path / "spec.yaml").write_text(words, encoding="utf-8")
    spec = Spec.load(tmp_path / "spec.yaml")
    assert spec.rows.rows(0, 2).shape == (2, len(spec.axes))


def test_the_page_shows_each_design_and_names_each_field():
    shown = {
        found for words in fences("yaml") for found in re.findall(r"^design: (\w+)", words, re.M)
    }
    assert {*shown, "grid"} == set(DESIGNS)
    for field in FIELDS:
        assert f"`{field}`" in PAGE


@pytest.mark.parametrize("page", [PAGE, CLUSTER], ids=["sweeps", "cluster"])
def test_the_commands_of_the_page_are_ones_that_the_program_takes(page):
    program = typer.main.get_command(app)
    lines = [line for block in fences("sh", page) for line in block.splitlines()]
    lines = [line for line in lines if page is PAGE or line.startswith("cgsim")]
    assert len(lines) >= 4
    for line in lines:
        name, group, verb, *rest = shlex.split(line, comments=True)
        assert (name, group) == ("cgsim", "sweep")
        program.commands["sweep"].commands[verb].make_context(verb, rest)


def test_the_python_of_the_page_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (code,) = fences("python")
    exec(compile(code, "sweeps.md", "exec"), {})
    assert capsys.readouterr().out == "True 60\n"


def test_the_page_and_the_help_list_each_exit_code():
    codes = {getattr(halts, name) for name in vars(halts) if name.isupper() and name[0] != "_"}
    listed = {int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, flags=re.M)}
    assert listed == {code for code in codes if isinstance(code, int)}
    for lang in ("en", "id"):
        words = text("cli.help.sweep.more", lang)
        told = {int(code) for code in re.findall(r"[:;] (\d+) ", words)}
        assert told == listed


def test_the_example_is_the_readmes_and_in_order():
    spec = Spec.load(ROOT / "examples" / "visits.yaml")
    assert (spec.points, spec.simulations) == (20, 2000)
    assert cgsim.Scenario.load("sangatta-utara").hash == spec.scenario.hash
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "cgsim sweep run examples/visits.yaml" in readme
