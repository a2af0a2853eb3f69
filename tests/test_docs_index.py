"""The index of the documentation lists every page, and no link of a page leads nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.site.gathering import MADE

pytestmark = pytest.mark.docs

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
LINK = re.compile(r"\]\((?!https?:|#|<)([^)#\s]+)")


def links(page):
    return [page.parent / link for link in LINK.findall(page.read_text(encoding="utf-8"))]


def test_the_index_lists_every_page_once():
    index = DOCS / "README.md"
    listed = [link.resolve() for link in links(index) if link.resolve().is_relative_to(DOCS)]
    assert sorted(listed) == [page for page in PAGES if page != index]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_no_link_leads_nowhere(page):
    made = {DOCS / name for name in MADE}  # by the build of the site
    assert [link for link in links(page) if not link.exists() and link.resolve() not in made] == []


def test_decisions_are_numbered_without_gap_and_say_what_they_must():
    decisions = sorted((DOCS / "decisions").glob("*.md"))
    for number, page in enumerate(decisions, start=1):
        words = page.read_text(encoding="utf-8")
        assert page.name.startswith(f"{number:04}-")
        assert words.startswith(f"# {number:04} ")
        for part in ("Context", "Decision", "Consequences"):
            assert f"\n## {part}\n" in words
