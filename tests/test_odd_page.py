"""The description of the model is complete and says what the code says."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import cgsim
from cgsim import odd_page, state
from cgsim.evidence import entries
from cgsim.parameters import BY_PATH, PLAN, POLICY
from cgsim.world.rule import RULES

pytestmark = pytest.mark.docs

ROOT = Path(__file__).resolve().parents[1]
HOME = Path(cgsim.__file__).parent / "world"
PAGE = (ROOT / "docs" / "odd.md").read_text(encoding="utf-8").replace("\r\n", "\n")
BY_HAND = re.sub(r"<!-- made: .*?<!-- end -->", "", PAGE, flags=re.DOTALL)
MODULES = sorted({one.__module__.rpartition(".")[2] for one in RULES} - {"month"})
STATES = [
    state.TRAINEE, state.ORGANISATION, state.TIE, state.PACT, state.GROUP, state.CLUSTER
]  # fmt: skip
CONCEPTS = (
    "Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction",
    "Sensing", "Interaction", "Stochasticity", "Collectives", "Observation",
)  # fmt: skip


def section(module):
    """What was written by hand in the section that names a module of the world."""
    parts = re.split(r"^#{2,3} ", BY_HAND, flags=re.MULTILINE)
    [found] = [part for part in parts if f"`world/{module}.py`" in part]
    return found


def formulas(text):
    return "\n".join(re.findall(r"```text\n(.*?)```", text, flags=re.DOTALL))


def test_the_made_parts_are_what_the_code_says():
    remedy = "docs/odd.md is out of date: run python -m cgsim.odd_page"
    assert odd_page.filled(PAGE) == PAGE, remedy


def test_making_the_parts_twice_changes_nothing_and_an_unknown_part_is_named(tmp_path):
    page = tmp_path / "odd.md"
    page.write_text("before\n<!-- made: standing -->\nold\n<!-- end -->\nafter\n", encoding="utf-8")
    odd_page.write(page)
    once = page.read_text(encoding="utf-8")
    assert "old" not in once
    assert once.startswith("before\n")
    assert once.endswith("after\n")
    odd_page.write(page)
    assert page.read_text(encoding="utf-8") == once
    with pytest.raises(KeyError, match="nothing"):
        odd_page.filled("<!-- made: nothing -->\n<!-- end -->")


def test_the_schedule_is_every_call_of_the_month_in_order():
    tree = ast.parse((HOME / "month.py").read_text(encoding="utf-8"))
    [month] = [one for one in tree.body if isinstance(one, ast.FunctionDef)]
    called = [
        one.value.func.id
        for one in month.body
        if isinstance(one, ast.Expr) and isinstance(one.value, ast.Call)
    ]
    assert [rule for rule, _, _ in odd_page.steps()] == called
    numbers = [int(number) for _, number, _ in odd_page.steps()]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(11))
    shown = re.findall(r"^\| \d+ \| .* \| `\w+\.(\w+)` \|$", PAGE, flags=re.MULTILINE)
    assert shown == called


@pytest.mark.parametrize("module", MODULES)
def test_every_rule_and_number_of_a_module_stands_in_its_section(module):
    assert f"<!-- made: rules {module} -->" in PAGE
    rules = odd_page.rules_of(module)
    assert rules
    for name in rules:
        assert f"- `{name}`" in PAGE
    shown = set(re.findall(r"[a-z]+(?:_[a-z]+)*", formulas(section(module))))
    read = {one.name for one in odd_page.numbers_of(module)} - {"present"}
    told = set(re.findall(r"[a-z]+(?:_[a-z]+)*", section(module)))
    assert {name for name in read if not POLICY[name].is_lever} <= shown
    assert read <= told


def test_every_number_is_read_by_some_rule():
    read = {one.name for module in MODULES for one in odd_page.numbers_of(module)}
    assert read | {"people"} == set(POLICY)


def test_a_formula_names_nothing_that_is_not_there():
    known = {*POLICY, *PLAN, *(name for declared in STATES for name in declared)}
    known |= {one.__name__ for one in RULES}
    named = set(re.findall(r"[a-z]+(?:_[a-z]+)+", formulas(BY_HAND)))
    assert named <= known


def test_no_formula_repeats_a_number_that_has_a_name():
    # what stays: bounds of persistence and the half of rounding
    assert set(re.findall(r"\d+\.\d+", formulas(BY_HAND))) == {"0.01", "0.99", "0.5"}


@pytest.mark.parametrize("path", [*BY_PATH, *(f"organisations.*.{name}" for name in PLAN)])
def test_every_lever_and_constant_has_its_line(path):
    [line] = [line for line in PAGE.splitlines() if line.startswith(f"| `{path}` |")]
    assert line.count(" | ") == 7


def test_every_element_and_design_concept_is_there_in_order():
    heads = re.findall(r"^#{2,3} (.+)$", PAGE, flags=re.MULTILINE)
    elements = [head for head in heads if re.match(r"[1-7] ", head)]
    assert [head[2:].split()[0] for head in elements] == [
        "Purpose", "Entities,", "Process", "Design", "Initialisation", "Input", "Submodels"
    ]  # fmt: skip
    assert [head for head in heads if head in CONCEPTS] == list(CONCEPTS)


def test_every_proposition_says_what_became_of_it():
    for one in entries("AG"):
        assert re.search(rf"^\| {one.code} ", BY_HAND, flags=re.MULTILINE)
    for code in ("AG3", "AG5", "AG6"):
        assert re.search(rf"^\| {code} .*\| no lever", BY_HAND, flags=re.MULTILINE)
    for code in ("AG2", "AG4"):
        assert re.search(rf"^\| {code} .*\| in part", BY_HAND, flags=re.MULTILINE)
