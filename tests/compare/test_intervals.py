"""Intervals against scipy and against what defines them; how often they hold the truth."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from cgsim.study.compare import coverage_page as page
from cgsim.study.compare.coverage import (
    BOUNDS,
    NUMBERS,
    OTHERS,
    Coverage,
    coverage,
    populations,
)
from cgsim.study.compare.intervals import (
    fieller,
    matched,
    mean_interval,
    median_interval,
    runs_for,
    student,
    student_quantile,
    welch,
)

LUCK = np.random.default_rng(5)
SKEWED = LUCK.exponential(size=60)
SYMMETRIC = np.concatenate([LUCK.normal(size=40)] * 2) * np.repeat([1.0, -1.0], 40)


def test_student_and_welch_are_those_of_scipy():
    found = stats.ttest_1samp(SKEWED, 0.0).confidence_interval(0.8)
    assert student(SKEWED, 0.8) == pytest.approx((found.low, found.high))
    found = stats.ttest_ind(SYMMETRIC, SKEWED, equal_var=False).confidence_interval(0.95)
    assert welch(SKEWED, SYMMETRIC) == pytest.approx((found.low, found.high))


def test_without_skewness_the_interval_of_a_mean_is_students():
    assert mean_interval(SYMMETRIC) == pytest.approx(student(SYMMETRIC), abs=1e-9)


def test_skewness_moves_both_ends_towards_the_long_tail():
    low, high = mean_interval(SKEWED)
    plain = student(SKEWED)
    assert low > plain[0]
    assert high > plain[1]
    mirrored = mean_interval(-SKEWED)
    assert mirrored == pytest.approx((-high, -low))


@pytest.mark.parametrize("runs", [6, 30, 101, 500])
def test_the_interval_of_a_median_is_the_exact_one_of_scipy(runs):
    values = LUCK.normal(size=runs)
    found = stats.quantile_test(values, p=0.5).confidence_interval(0.95)
    assert median_interval(values) == (found.low, found.high)


def test_five_pairs_have_no_interval_of_a_median():
    assert np.isnan(median_interval(np.arange(5.0))).all()


def test_at_the_ends_of_a_price_cost_and_effect_are_just_not_told_apart():
    effect = 4.0 + LUCK.normal(size=80)
    cost = 10.0 + 2.0 * effect + LUCK.normal(size=80)
    for end in fieller(cost, effect):
        rest = cost - end * effect
        t = abs(rest.mean()) / (rest.std(ddof=1) / np.sqrt(80))
        assert t == pytest.approx(student_quantile(0.95, 79))


def test_a_price_has_no_ends_where_the_effect_may_be_none():
    effect = LUCK.normal(size=80)
    effect -= effect.mean() - 0.05
    assert np.isnan(fieller(np.ones(80), effect)).all()
    low, high = student(effect)
    assert low < 0.0 < high


def test_matched_shares_have_a_width_even_where_no_pair_disagrees():
    low, high = matched(np.array(0.0), np.array(0.0), 100)
    assert low == -high
    assert 0.0 < high < 0.03
    swapped = matched(np.array(3.0), np.array(9.0), 100)
    assert matched(np.array(9.0), np.array(3.0), 100) == pytest.approx((-swapped[1], -swapped[0]))


def test_all_pairs_alike_give_that_value():
    assert mean_interval(np.full(30, 2.5)) == (2.5, 2.5)
    assert np.isnan(mean_interval(np.ones(1))).all()


def test_so_many_runs_give_that_reach():
    runs = runs_for(3.0, 0.5)
    assert 1.96 * 3.0 / np.sqrt(runs) <= 0.5 < 1.96 * 3.0 / np.sqrt(runs - 2)


# ---------------------------------------------------------------- coverage


@pytest.fixture(scope="module")
def covered():
    (pairs,) = populations(runs=1_500, others=OTHERS[:1], months=60)
    return coverage(pairs, sizes=(100,), studies=1_000)


# a thousand studies have a standard error of 0.007
@pytest.mark.parametrize("kind", ["paired", "unpaired", "ratio"])
def test_intervals_hold_the_truth_about_as_often_as_they_say(covered, kind):
    rare = ("months_to_dynamic", "jobs", "dynamic")  # nearly nobody gets there in five years
    kept = [one for one in covered if one.kind == kind and one.outcome not in rare]
    assert len(kept) == {"paired": len(NUMBERS) - 2, "unpaired": len(NUMBERS) - 2, "ratio": 1}[kind]
    for one in kept:
        assert BOUNDS[0] - 0.015 <= one.covered <= BOUNDS[1] + 0.015, one


def test_an_interval_of_a_median_holds_at_least_as_often_as_it_says(covered):
    kept = [one.covered for one in covered if one.kind == "median"]
    assert min(kept) >= 0.95 - 0.02
    assert all(one.least for one in covered if one.kind == "median")


@pytest.mark.parametrize(
    ("covered", "least", "holds"),
    [(0.90, False, False), (0.95, False, True), (0.99, False, False), (0.99, True, True),
     (0.90, True, False)],
)  # fmt: skip
def test_too_narrow_and_too_wide_intervals_are_found_out(covered, least, holds):
    assert Coverage("paired", "producers", 0.0, 50, covered, 1.0, least).holds == holds


WRITTEN = page.PAGE.read_text(encoding="utf-8")


def rows_of(words):
    return [
        [cell.strip() for cell in line.strip("| ").split("|")]
        for line in words.splitlines()
        if line.startswith("| ")
    ]


def test_the_page_claims_no_more_than_its_table_shows():
    rows = [row for row in rows_of(WRITTEN) if len(row) == 11 and row[0].startswith("`")]
    assert len(rows) == 2 * (len(NUMBERS) + 1)
    for row in rows:
        for cell in row[2:8]:
            assert BOUNDS[0] <= float(cell) <= BOUNDS[1], row
        for cell in row[8:]:
            assert cell == "–" or float(cell) >= 0.945, row


def test_prices_that_can_be_told_hold_as_often_as_the_page_claims():
    rows = [
        row for row in rows_of(WRITTEN) if len(row) == 5 and " · " in row[2] and ":" not in row[2]
    ]
    assert len(rows) == 2 * 2
    for row in rows:
        for cell in row[2:]:
            held, told = map(float, cell.split(" · "))
            assert BOUNDS[0] <= held <= (BOUNDS[1] if told > 0.95 else 1.0), row


def test_the_page_shows_that_pairing_halves_the_runs():
    rows = [row for row in rows_of(WRITTEN) if len(row) == 6 and row[1].startswith("`")]
    assert {(row[0].strip("`"), row[1].strip("`")) for row in rows} == {
        (name, outcome) for name in page.RECOMMENDATIONS for outcome in page.PRECISE
    }
    for row in rows:
        pairs, runs = (int(cell.replace(",", "")) for cell in row[3:5])
        assert 2 * pairs <= runs, row


def test_pairing_pays_on_fresh_luck_too():
    from cgsim.study.compare.pairs import paired

    pairs = paired((page.FIRST, "recommendation-1"), 300, 77, series=False)
    for name in page.PRECISE:
        one = page.difference(pairs, pairs.others[0], page.BY_NAME[name])
        assert one.runs_instead >= 2 * one.pairs


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_the_page_comes_out_again():
    assert page.page() == WRITTEN
