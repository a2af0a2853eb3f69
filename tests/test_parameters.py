"""Every lever and constant says what a sensitivity study should try of it."""

from __future__ import annotations

import pytest

from cgsim.evidence import cited, entry
from cgsim.parameters import NEVER, PLAN, POLICY

EVERY = [*POLICY.values(), *PLAN.values()]


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.path)
def test_what_is_worth_trying_is_allowed_and_holds_the_reference_value(one):
    if one.sort == "choice":
        assert one.spread is None
        assert not one.candidates
    elif one.sort in ("interval", "flag"):
        assert one.spread is None
        assert one.default in one.candidates
        assert len(set(one.candidates)) >= 2
        lawful = (0.0, 1.0) if one.sort == "flag" else (NEVER, *range(1, 241))
        assert set(one.candidates) <= set(lawful)
    else:
        low, high = one.spread
        assert one.low <= low < high <= one.high
        # visits and seats: 0 is what is left out, the spread is around what is planned
        assert one.default is None or low <= one.default <= high or one.name in ("visits", "seats")
        if one.sort == "whole":
            assert (low, high) == (int(low), int(high))


@pytest.mark.parametrize(
    ("name", "spread"),
    [
        ("leave_skill", (0.2, 2.2)),  # logits: one either way
        ("active_cutoff", (0.2, 0.4)),  # cut-offs: a tenth either way
        ("forgetting", (0.05, 0.10)),  # the range of the source (N32)
        ("demand_reach", (10.0, 40.0)),  # else half to double
        ("leadership", (0.3, 1.0)),  # … within the bounds
        ("active_indicators", (2, 6)),
        ("hold_months", (2, 6)),
    ],
)
def test_a_spread_follows_the_rule_of_its_sort(name, spread):
    assert POLICY[name].spread == pytest.approx(spread)


def test_trust_is_lost_two_to_three_times_as_fast_as_won():
    low, high = POLICY["loss"].spread
    assert low / POLICY["gain"].default == pytest.approx(2)
    assert high / POLICY["gain"].default == pytest.approx(3)


def test_an_interval_is_tried_from_often_to_never_with_its_reference_value():
    assert PLAN["promised_interval"].candidates == (1, 2, 3, 6, 12, NEVER)
    assert POLICY["meeting_interval"].candidates == (1, 2, 3, 6, 12, NEVER)


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.path)
def test_a_source_is_evidence_or_an_assumption(one):
    for code in cited(one.source):
        assert entry(code)
    assert cited(one.source) or one.assumed or one.source.startswith("evidence.md")
