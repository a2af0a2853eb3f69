"""What the page on calibration says comes out again, and its promises hold."""

from __future__ import annotations

import re

import pytest

from cgsim.study.calibrate import recovery_page as page
from cgsim.study.calibrate.recovery import PRODUCT, SILENT, SPOKEN_OF, TRUTHS

WRITTEN = page.PAGE.read_text(encoding="utf-8")
ROW = re.compile(
    r"^\| `(\w+)` \| (\d+) % \| (\d+) % \| (\d+) % \| ([\d.]+) \| (\d+) \| (.+) \|$", re.M
)


def test_what_was_done_is_what_the_page_says():
    assert page.head() in WRITTEN


def test_the_first_truth_comes_back_as_the_page_says():
    assert page.truth_row(0) in WRITTEN
    assert WRITTEN.count("\n| ") > TRUTHS


def test_every_promised_band_holds():
    rows = ROW.findall(WRITTEN)
    assert [f"constants.{row[0]}" for row in rows] == [*SPOKEN_OF, SILENT]
    for name, *_, covered, off, told, holds in rows:
        assert holds == "yes", name
        assert int(covered) >= 90
        if f"constants.{name}" == SILENT:
            assert int(told) <= 35
        else:
            assert float(off) <= 10.0


def test_the_pair_that_enters_as_a_product_is_said_to():
    (said,) = re.findall(r"^> .*(?:\n> .*)*", WRITTEN, re.M)
    words = said.replace("\n> ", " ")
    assert all(path in words for path in PRODUCT)
    assert "the targets tell their product, not each" in words


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_the_page_is_the_one_these_seeds_give():
    assert page.page() == WRITTEN
