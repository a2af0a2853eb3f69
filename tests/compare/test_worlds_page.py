"""``docs/worlds.md`` comes out again, and its rows say what a study found."""

from __future__ import annotations

import pytest

from cgsim.study.compare import worlds_page as page

pytestmark = pytest.mark.docs

WRITTEN = page.PAGE.read_text(encoding="utf-8")


def test_the_page_has_a_row_a_scenario_and_outcome_whose_shares_add_up():
    lines = [line for line in WRITTEN.splitlines() if line.startswith("| `")]
    assert len(lines) == len(page.OTHERS) * len(page.TOLD)
    for line in lines:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        shares = [int(cell.split("%")[0].strip(" <>")) for cell in cells[3:7]]
        assert 98 <= sum(shares) <= 102  # each is rounded


def test_every_comparison_is_told_in_sentences():
    for name in page.OTHERS:
        assert f"**{name}**. " in WRITTEN


@pytest.mark.slow
def test_the_page_comes_out_again():
    assert page.page(page.study()) == WRITTEN
