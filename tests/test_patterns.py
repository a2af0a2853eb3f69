"""The world shows its patterns, and would not if a rule were taken out of it."""

from __future__ import annotations

import pytest

from cgsim.study import patterns
from cgsim.study.intervals import newcombe, wilson
from cgsim.study.patterns import Check, Study

# the seeds of the committed table, which serve it alone
STUDY = Study(runs=400, seed=20261)
REQUIRED = [f"P{n}" for n in (*range(1, 9), *range(13, 18))]


@pytest.mark.parametrize("name", patterns.names())
def test_pattern(name):
    checks = patterns.check(STUDY, name)
    failed = [f"{c.says}: promised {c.promised}, seen {c.seen}" for c in checks if not c.holds]
    assert patterns.verdict(checks) == "met", failed


def test_the_table_holds_all_patterns():
    assert patterns.names() == [f"P{n}" for n in range(1, 21)]
    assert set(REQUIRED) <= set(patterns.names())


# a rule taken out by setting its weights to nothing, and a pattern that must then fail
TAKEN_OUT = {
    "monitoring": (
        {
            "constants.visit_support": 0, "constants.visit_contact": 0,
            "constants.meeting_contact": 0, "constants.broken_promise": 0,
            "constants.no_promise": 0,
        },
        ["P3", "P5"],
    ),
    "persistence": (
        {
            "constants.leave_persistence": 0, "constants.practise_persistence": 0,
            "constants.hold_persistence": 0, "constants.apply_persistence": 0,
            "constants.birth_commitment_persistence": 0,
        },
        ["P7"],
    ),
    "feedback": ({"process.feedback": 0}, ["P15"]),
    "practice obligation": ({"constants.practise_obligation": 0}, ["P15"]),
}  # fmt: skip


@pytest.mark.parametrize("rule", TAKEN_OUT)
def test_without_a_rule_its_pattern_fails(rule):
    twist, failing = TAKEN_OUT[rule]
    study = Study(runs=400, seed=20261, twist=twist)
    for name in failing:
        assert patterns.verdict(patterns.check(study, name)) == "not met", (rule, name)


def _check(kind: str, holds: bool) -> Check:
    return Check("P0", "", "", "", kind, holds)


@pytest.mark.parametrize(
    ("checks", "verdict"),
    [
        ([("share", True), ("order", True)], "met"),
        ([("share", False), ("order", True)], "direction met"),
        ([("share", False), ("order", False)], "not met"),
        ([("share", True), ("order", False)], "not met"),
        ([("size", False)], "not met"),
    ],
)
def test_verdicts(checks, verdict):
    assert patterns.verdict([_check(*one) for one in checks]) == verdict


def test_intervals_cover_what_they_should():
    low, high = newcombe(0.9, 300, 0.6, 400, 0.99)
    assert low > 0.1
    assert high < 0.5
    assert wilson(50, 100)[0] == pytest.approx(0.4038, abs=1e-4)


def test_the_committed_table_is_the_one_these_seeds_give():
    from pathlib import Path

    page = Path(__file__).parents[1] / "docs" / "patterns.md"
    assert patterns.page(STUDY) == page.read_text(encoding="utf-8")
