"""Raising a lever moves an outcome the way it claims; one table drives the test."""

from __future__ import annotations

import pytest

from cgsim.parameters import PLAN, POLICY, find
from cgsim.study.directions import direction_of, directions, moved
from cgsim.study.outcomes import is_outcome

ALL = directions()
LEVERS = [p.path for p in POLICY.values() if p.is_lever]
LEVERS += [f"organisations.kpc.{name}" for name in PLAN]
STATED = [path for path, one in ALL.items() if one.goes != "either"]


@pytest.mark.parametrize("path", STATED)
def test_raising_it_moves_its_outcome_as_stated(path):
    mean, half = moved(ALL[path])
    rise = mean if ALL[path].goes == "up" else -mean
    assert rise - half > 0.0, (mean, half)


def test_every_lever_is_in_the_table_and_four_in_five_state_a_direction():
    found = {path: direction_of(path) for path in LEVERS}
    assert [path for path, one in found.items() if one is None] == []
    assert sum(one.goes != "either" for one in found.values()) >= 0.8 * len(found)


def test_what_may_go_either_way_says_why_in_both_languages():
    for one in ALL.values():
        assert (one.because is not None) == (one.goes == "either"), one.lever
        assert one.because is None or (one.because.en and one.because.id)


def test_where_it_may_go_either_way_it_does():
    from dataclasses import replace

    size = ALL["community.group_size"]
    rises = [
        moved(replace(size, of=of)) for of in ("everybody-monitors-monthly", "nobody-monitors")
    ]
    assert rises[0][0] - rises[0][1] > 0.0 > rises[1][0] + rises[1][1]


def test_every_row_names_an_outcome_and_two_legal_values():
    for one in ALL.values():
        assert is_outcome(one.outcome), one
        assert one.goes in ("up", "down", "either"), one
        assert find(one.lever) is not None
        assert one.low != one.high
        assert one.scenario(one.low).months == one.after
        assert one.scenario(one.high).hash != one.scenario(one.low).hash


def test_a_constant_without_a_clear_direction_has_none():
    assert direction_of("constants.selection_noise") is None
