"""The world shows its patterns, and would not if a rule were taken out of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cgsim import evidence
from cgsim.cli import main
from cgsim.language import has, keys, languages
from cgsim.parameters import PLAN, POLICY
from cgsim.scenario import ScenarioError
from cgsim.study import pattern_page, patterns, promises
from cgsim.study.cases import RUNS, SEED, cases_of, table
from cgsim.study.intervals import newcombe, wilson
from cgsim.study.patterns import Check, Study
from cgsim.study.promises import Figure

STUDY = Study(RUNS, SEED)
PAGE = Path(__file__).parents[1] / "docs" / "patterns.md"

# What the world does not show as promised: each has its sentence in the table and on the page.
NOT_MET = {
    "C2": {("returns", "retention"), ("returns", "producers")},
    "C8": {("not_up", "state")},
    "C11": {("order", "tie_trust")},
    "C13": {("order", "state")},
}


def outcome_of(check: Check) -> str:
    values = dict(check.says.values)
    told = values["outcome"].key if "outcome" in values else ""
    return told.rpartition(".")[2]


@pytest.mark.parametrize("name", patterns.names())
def test_pattern(name):
    checks = patterns.check(STUDY, name)
    failed = {(one.kind, outcome_of(one)) for one in checks if not one.holds}
    assert failed == NOT_MET.get(name, set())
    assert patterns.verdict(checks) == ("not met" if name in NOT_MET else "met")


def test_what_is_not_met_is_said_in_both_languages():
    for lang in languages():
        assert {name for name in patterns.names() if has(f"pattern.note.{name}", lang)} == set(
            NOT_MET
        )


def test_the_table_holds_all_patterns_and_all_moves():
    moves = [one.code for one in evidence.entries("C")]
    assert patterns.names() == [f"P{n}" for n in range(1, 21)] + moves


# what evidence.yaml calls a quantity, and the outcome that stands for it here
CALLED = {
    "active": "producers",
    "p_inactive": "inactive",
    "cohort_size": "admissions",
    "transitions_upward": "states_reached",
    "attendance": "attendance_so_far",
}


@pytest.mark.parametrize("move", evidence.entries("C"), ids=lambda one: one.code)
def test_every_quantity_that_a_move_must_change_is_looked_at(move):
    rows = [row for row in table()["patterns"][move.code] if "seen" not in row]
    looked_at = {row.get("outcome") for row in rows} | {row.get("later") for row in rows}
    assert {CALLED.get(name, name) for name, _ in move.must} <= looked_at


@pytest.mark.parametrize("move", evidence.entries("C"), ids=lambda one: one.code)
def test_every_lever_that_a_move_needs_exists_and_is_moved(move):
    known = [*PLAN, *(p.path for p in POLICY.values())]
    study = Study()
    cases = [study.case(name).to_dict() for name in cases_of([move.code])]
    for lever in move.levers:
        if (move.code, lever) in HELD:
            continue
        assert any(path == lever or path.endswith(f".{lever}") for path in known), lever
        values = {str(found) for case in cases for found in values_of(case, lever.split("."))}
        assert len(values) > 1, f"{lever} is the same in all cases"


HELD = {("C15", "monitoring_interval")}
"""Levers that a move names but holds still: with and without reward all come monthly."""


def values_of(plan, path):
    """Return every value that a resolved scenario holds under a lever's name, in order."""
    found = []
    if isinstance(plan, dict):
        inner = plan
        for part in path:
            inner = inner.get(part) if isinstance(inner, dict) else None
        if inner is not None:
            found.append(inner)
        for name, one in plan.items():
            dotted = isinstance(name, str) and name.endswith(".".join(path))
            found += [one] if dotted and name != path[0] else values_of(one, path)
    elif isinstance(plan, list):
        for one in plan:
            found += values_of(one, path)
    return found


def test_every_case_and_outcome_has_words_and_no_other_has():
    told = {key for key in keys() if key.startswith("pattern.case.")}
    assert told == {f"pattern.case.{name}" for name in table()["cases"]}
    outcomes = {
        row[part]
        for rows in table()["patterns"].values()
        for row in rows
        for part in ("outcome", "later")
        if part in row
    }
    assert all(has(f"pattern.outcome.{name}", lang) for name in outcomes for lang in languages())
    assert {f"pattern.title.{name}" for name in patterns.names()} == {
        key for key in keys() if key.startswith("pattern.title.")
    }


def test_every_case_is_spoken_of():
    assert set(cases_of(patterns.names())) == set(table()["cases"])


# a rule taken out by setting its weights to nothing, and a pattern that must then fail
TAKEN_OUT = {
    "monitoring": (
        {
            "constants.visit_support": 0, "constants.visit_contact": 0,
            "constants.meeting_contact": 0, "constants.broken_promise": 0,
            "constants.no_promise": 0,
        },
        ["P3", "P5", "C12"],
    ),
    "persistence": (
        {
            "constants.leave_persistence": 0, "constants.practise_persistence": 0,
            "constants.hold_persistence": 0, "constants.apply_persistence": 0,
            "constants.birth_commitment_persistence": 0,
        },
        ["P7", "C4", "C5"],
    ),
    "feedback": ({"process.feedback": 0}, ["P15", "C14"]),
    "practice obligation": ({"constants.practise_obligation": 0}, ["P15", "C7"]),
    "want of skill": ({"constants.leave_skill": 0, "constants.training_rate": 0}, ["C6"]),
    "disappointment": ({"constants.demand_reach": 0}, ["C8"]),
}  # fmt: skip


@pytest.mark.parametrize("rule", TAKEN_OUT)
def test_without_a_rule_its_pattern_fails(rule):
    twist, failing = TAKEN_OUT[rule]
    study = Study(RUNS, SEED, twist=twist)
    for name in failing:
        assert patterns.verdict(patterns.check(study, name)) == "not met", (rule, name)


def _check(kind: str, holds: bool) -> Check:
    return Check("P0", promises.case_words("base"), Figure(), Figure(), kind, holds)


@pytest.mark.parametrize(
    ("checks", "verdict"),
    [
        ([("share", True), ("order", True)], "met"),
        ([("share", False), ("order", True)], "direction met"),
        ([("share", False), ("order", False)], "not met"),
        ([("share", True), ("order", False)], "not met"),
        ([("order", True), ("returns", False)], "not met"),
        ([("size", False)], "not met"),
        ([("size", False), ("seen", True)], "not met"),
    ],
)
def test_verdicts(checks, verdict):
    assert patterns.verdict([_check(*one) for one in checks]) == verdict


def test_a_figure_is_rounded_as_it_reads():
    assert Figure(0.1075, 3, half=0.0304).shown() == "0.108 ± 0.030"
    assert Figure().shown() == "–"


def test_intervals_cover_what_they_should():
    low, high = newcombe(0.9, 300, 0.6, 400, 0.99)
    assert low > 0.1
    assert high < 0.5
    assert wilson(50, 100)[0] == pytest.approx(0.4038, abs=1e-4)


def test_the_committed_table_is_the_one_these_seeds_give():
    assert pattern_page.page(STUDY) == PAGE.read_text(encoding="utf-8")


def run(capsys, *words):
    with pytest.raises(SystemExit) as left:
        main(list(words))
    printed = capsys.readouterr()
    return left.value.code, printed.out, printed.err


def test_the_command_shows_promised_seen_and_verdict(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    code, out, _ = run(capsys, "patterns", "c12", "P14", "--lang", "en")
    assert code == 0
    assert "P14  Sizes when nobody monitors: met" in out
    assert out.index("P14  ") < out.index("C12  ")
    assert "Patterns: met 2, direction met 0, not met 0" in out
    assert max(map(len, out.splitlines())) <= 80


def test_the_command_fails_and_says_why_where_a_direction_fails(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    code, out, _ = run(capsys, "patterns", "C13", "--lang", "id")
    assert code == 1
    assert "C13  Tanpa alat, tanpa instalasi limbah: tidak terpenuhi" in out
    assert "labelnya tidak turun" in " ".join(out.split())
    assert "0,108" in out
    assert max(map(len, out.splitlines())) <= 80


def test_the_command_answers_machines(capsys):
    code, out, _ = run(capsys, "patterns", "C5", "--runs", "50", "--seed", "3", "--json")
    told = json.loads(out)
    assert code == (told["patterns"][0]["verdict"] == "not met")
    assert (told["runs"], told["seed"]) == (50, 3)
    kinds = [one["kind"] for one in told["patterns"][0]["promises"]]
    assert kinds == ["order", "order", "seen", "seen", "seen"]
    assert told["patterns"][0]["promises"][2]["holds"] is None


def test_few_runs_are_said_to_be_few(capsys):
    _, out, _ = run(capsys, "patterns", "P14", "--runs", "20", "--lang", "en")
    assert "Verdicts are meant for 400 runs or more." in out


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "there is no pattern C16. Did you mean C15?"),
        ("id", "tidak ada pola C16. Maksud Anda C15?"),
    ],
)
def test_an_unknown_pattern_is_refused(capsys, lang, words):
    code, _, err = run(capsys, "patterns", "C16", "--lang", lang)
    assert code == 2
    assert words in err


def test_an_unknown_pattern_raises_before_any_run():
    from cgsim.cli.patterns import chosen

    with pytest.raises(ScenarioError):
        chosen(["P0"])
