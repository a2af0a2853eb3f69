"""Rows of the benchmarks' page that are measured anew take the place of the old ones."""

from __future__ import annotations

from benchmarks.page import page, table, with_rows
from benchmarks.timing import Row

OLD = [Row("one", "1×", "≤ 2×", True), Row("– its time", "3 s"), Row("two", "5×")]


def test_rows_are_put_in_their_places_with_all_that_belongs_to_them():
    new = [Row("one", "3×", "≤ 2×", False), Row("– else", "4 s")]
    rows = [*new, Row("– a busy computer", ""), OLD[2]]
    assert with_rows(page(OLD), new, "a busy computer") == page(rows)
    assert with_rows(page(rows), OLD[:2], "") == page(OLD)


def test_rows_of_a_new_measure_stand_below_all_others():
    new = [Row("three", "6×"), Row("– its time", "7 s")]
    assert with_rows(page(OLD), new, "") == page([*OLD, *new])
    assert table([*OLD, *new]) in with_rows(page(OLD), new, "")
