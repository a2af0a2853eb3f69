"""Shares of the hazard of those who left are exact, and count each leaving once."""

from __future__ import annotations

import json
import math
from itertools import permutations

import numpy as np
import pandas as pd
import pytest

import cgsim
from cgsim.study.explain import (
    explain_leavings,
    leavings_words,
)
from cgsim.study.explain.leavings import PARTS, shares_of
from cgsim.study.explain.life import TERMS
from cgsim.study.explain.shapley import shapley
from tests.explain.asking import SHORT, leavings_of


def by_orders(base, terms):
    """Shapley's own definition: what each adds, over all orders of coming."""
    found = np.zeros(len(terms))
    orders = list(permutations(range(len(terms))))
    for order in orders:
        so_far = 0.0
        for k in order:
            found[k] += base * (math.exp(so_far + terms[k]) - math.exp(so_far))
            so_far += terms[k]
    return found / len(orders)


def test_shares_are_those_over_all_orders_of_the_six():
    rng = np.random.default_rng(1)
    terms, base = rng.normal(0.0, 0.7, (3, 6)), np.array([0.11, 0.044, 0.3])
    found = shapley(base, terms)
    for k in range(3):
        assert found[k] == pytest.approx(by_orders(base[k], terms[k]), abs=1e-12)
    whole = base * np.exp(terms.sum(axis=1))
    assert found.sum(axis=1) == pytest.approx(whole - base, abs=1e-12)


def test_what_is_neutral_has_no_share_and_equals_share_alike():
    found = shapley(np.array([0.1]), np.array([[0.4, 0.0, 0.4, -0.2, 0.1, -0.2]]))[0]
    assert found[1] == 0.0
    assert found[0] == pytest.approx(found[2])
    assert found[3] == pytest.approx(found[5])
    assert found[3] < 0.0 < found[4]


def test_base_and_the_six_sum_to_each_hazard(left):
    parts = left.leavings[["base", *(f"share_{term}" for term in TERMS)]].sum(axis=1)
    assert parts.to_numpy() == pytest.approx(left.leavings["hazard"].to_numpy(), abs=1e-12)
    for _, rows in left.shares.groupby(["kind", "group"]):
        assert rows["share"].sum() == pytest.approx(1.0, abs=1e-12)
        assert rows["part"].tolist() == list(PARTS)


def test_every_leaving_is_counted_once_and_under_each_head(left):
    result = cgsim.simulate(SHORT, runs=12, seed=3)
    assert left.leavings.groupby("run").size().tolist() == result.runs["left"].tolist()
    shares = left.shares[left.shares["part"] == "base"]
    for kind in ("organisation", "status", "year"):
        rows = shares[shares["kind"] == kind]
        assert rows["leavings"].sum() == len(left.leavings)
        assert rows["person_months"].sum() == left.at_risk["person_months"].sum()
    people = pd.concat([cgsim.people(SHORT, 3, k) for k in range(12)])
    assert left.at_risk["person_months"].sum() == people["hazard"].notna().sum()
    gone = leavings_of(people).reset_index(drop=True)
    mine = left.leavings.sort_values(["run", "month", "person"], ignore_index=True)
    for name in ("run", "month", "person", "hazard", *(f"hazard_{term}" for term in TERMS)):
        assert mine[name].tolist() == gone[name].tolist()


def test_the_interval_covers_the_share_and_is_missing_with_one_run(left):
    for part in PARTS:
        row = left.part(part)
        assert row["low"] <= row["share"] <= row["high"]
    alone = explain_leavings(SHORT, runs=1, seed=3).part("skill")
    assert math.isnan(alone["low"])
    assert not math.isnan(alone["share"])


def test_the_interval_of_a_known_ratio_is_right():
    rng = np.random.default_rng(0)
    run = np.repeat(np.arange(100), 3)
    parts = np.stack([rng.normal(2.0, 0.2, 300), np.full(300, 2.0)], axis=1)
    share, low, high = shares_of(run, parts, 100, 1)
    assert share[0] == pytest.approx(0.5, abs=0.01)
    # the delta method: d(x/(x + 2)) = 2/16 dx, of 300 draws
    assert high[0] - low[0] == pytest.approx(2 * 1.96 * 0.125 * 0.2 / math.sqrt(300), rel=0.2)


def test_a_scenario_in_which_nobody_leaves_has_no_shares():
    nobody = SHORT.replace({"constants.leave_hazard": 0})
    found = explain_leavings(nobody, runs=2)
    assert found.leavings.empty
    assert found.shares["share"].isna().all()
    assert leavings_words.sentences(found, "en") == ["Nobody left in 2 runs."]
    json.dumps(found.to_dict(), allow_nan=False)
