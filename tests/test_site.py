"""The site builds without a warning, its links hold, and its reference is complete."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

pytest.importorskip("sphinx")
pytest.importorskip("myst_parser")
pytest.importorskip("furo")

import cgsim
from cgsim.columns import TABLES, columns
from cgsim.language import languages
from docs.site.commands import commands, options
from docs.site.gallery import EXHIBITS
from docs.site.markdown import anchor
from docs.site.numbers import every_number

ROOT = Path(__file__).resolve().parents[1]

pytestmark = [pytest.mark.docs, pytest.mark.timeout(600)]
REFERENCE = {"en": "reference", "id": "id/reference"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site's folder: the one that `make docs` has just built, else a new one."""
    if built := os.environ.get("CGSIM_SITE"):
        return ROOT / built / "html"
    place = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "docs.site", str(place)],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr  # Sphinx names every warning there
    return place / "html"


class Read(HTMLParser):
    """Links, anchors and words of a page."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.words = ""
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name == "id":
                self.anchors.add(value)
            elif (tag, name) in {("a", "href"), ("img", "src"), ("link", "href")} and value:
                self.links.append(value)

    def handle_data(self, words):
        self.words += words


@pytest.fixture(scope="module")
def read(site):
    return {page.relative_to(site).as_posix(): Read(page) for page in site.rglob("*.html")}


def test_every_link_and_anchor_within_the_site_leads_somewhere(site, read):
    wrong = []
    for name, page in read.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or link == "#":
                continue
            file = (site / name).parent / unquote(parts.path) if parts.path else site / name
            target = Path(os.path.normpath(file))
            there = read.get(target.relative_to(site).as_posix())
            if not target.exists() or (
                parts.fragment and there and unquote(parts.fragment) not in there.anchors
            ):
                wrong.append(f"{name}: {link}")
    assert wrong == []
    assert sum(len(page.links) for page in read.values()) > 1000


@pytest.mark.parametrize("lang", languages())
def test_the_reference_has_every_command_with_every_option(read, lang):
    page = read[f"{REFERENCE[lang]}/commands.html"]
    for path, command in commands().items():
        assert f"cgsim-{path.replace(' ', '-')}" in page.anchors
        for one in options(command):
            shown = one.opts[0] if one.param_type_name == "option" else one.metavar
            assert shown in page.words


@pytest.mark.parametrize("lang", languages())
def test_the_reference_has_every_lever_and_constant_with_its_standing(read, lang):
    page = read[f"{REFERENCE[lang]}/levers.html"]
    assert {anchor(f"lever-{path}") for path in every_number()} <= page.anchors
    mark = {"en": "assumption", "id": "asumsi"}[lang]
    assert page.words.count(mark) > sum(one.assumed for one in every_number().values())


@pytest.mark.parametrize("lang", languages())
def test_the_reference_has_every_column_of_every_table(read, lang):
    page = read[f"{REFERENCE[lang]}/columns.html"]
    for table in TABLES:
        for name in columns(table):
            assert anchor(f"column-{table}-{name}") in page.anchors


def test_the_reference_has_every_public_name_of_python(read):
    found = read["reference/python.html"].anchors
    for name in cgsim.__all__:
        # Sphinx names it by where it is defined, or by where it is offered
        assert any(one.startswith("cgsim.") and one.endswith(f".{name}") for one in found), name


def test_the_gallery_shows_every_figure(site, read):
    shown = {Path(link).name for link in read["gallery.html"].links}
    assert {f"{one.name}.png" for one in EXHIBITS} <= shown


def test_pages_that_people_wrote_are_all_there(read):
    docs = ROOT / "docs"
    for page in docs.rglob("*.md"):
        if page.name != "README.md":
            assert page.relative_to(docs).with_suffix(".html").as_posix() in read


def blocks(page):
    return re.findall(r"^```(.*?)^```", page.read_text(encoding="utf-8"), flags=re.M | re.S)


def test_the_tutorial_asks_for_the_same_in_both_languages():
    there, here = (ROOT / "docs" / name for name in ("tutorial.md", "id/tutorial.md"))
    with_comments = [re.sub(r"#.*", "", one) for one in blocks(there)]
    assert with_comments == [re.sub(r"#.*", "", one) for one in blocks(here)]
    heads = [
        len(re.findall(r"^## ", page.read_text("utf-8"), flags=re.M)) for page in (there, here)
    ]
    assert heads[0] == heads[1]
