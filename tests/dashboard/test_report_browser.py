"""A report in a real browser: no request, no sideways scroll, no serious fault by axe."""

import dataclasses

import pytest
from playwright.sync_api import expect

import cgsim

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
KINDS = ("one", "two", "long")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Reports as files, by kind and language; one has words that have no place to break."""
    word = "W" * 90
    case = cgsim.Scenario.load("sangatta-utara").replace(months=36)
    said = {"en": word, "id": word}
    long = dataclasses.replace(case, title=said, names=dict.fromkeys(case.names, said))
    made = {
        "one": cgsim.report("kpc-leaves", runs=8, worlds=4),
        "two": cgsim.report(["sangatta-utara", "recommendation-1"], runs=24),
        "long": cgsim.report(long, runs=4),
    }
    folder = tmp_path_factory.mktemp("reports")
    found = {}
    for kind, told in made.items():
        for lang in ("en", "id"):
            found[kind, lang] = folder / f"{kind}.{lang}.html"
            told.save(found[kind, lang], lang)
    return found


@pytest.fixture
def opened(driven, files):
    """Return how to open a report; whatever it asks for beyond itself is a fault."""
    contexts, asked = [], []

    def open_(kind, lang, **options):
        context = driven.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        address = files[kind, lang].as_uri()
        page.on("request", lambda one: asked.append(one.url))
        page.on("console", lambda one: asked.append(one.text))
        page.goto(address)
        assert [one for one in asked if not one.startswith((address, "data:image/png"))] == []
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_phone_needs_no_sideways_scroll(opened, kind, lang):
    page = opened(kind, lang, viewport=PHONE)
    wide = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
    assert page.evaluate(wide) == 0
    overhanging = """() => [...document.querySelectorAll('body *')].filter((e) =>
        e.getBoundingClientRect().right > innerWidth + 0.5).map((e) => e.outerHTML.slice(0, 80))"""
    assert page.evaluate(overhanging) == []
    assert page.evaluate("[...document.images].every((e) => e.naturalWidth > 800)")


@pytest.mark.parametrize("kind", ["one", "two"])
@pytest.mark.parametrize(("lang", "scheme"), [("en", "light"), ("id", "dark")])
def test_no_serious_accessibility_violation(opened, kind, lang, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(kind, lang, color_scheme=scheme, bypass_csp=True)
    expect(page.locator("h1")).to_have_count(1)
    found = Axe().run(page).response["violations"]
    grave = [one for one in found if one["impact"] in ("serious", "critical")]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in grave] == []


def test_the_contents_lead_to_their_sections(opened):
    page = opened("one", "en")
    for link in page.locator("nav a").all():
        expect(page.locator(link.get_attribute("href"))).to_have_count(1)
