"""A lesson in a real browser: no request, levers by keyboard, bets, languages, axe, print."""

import pytest
from playwright.sync_api import expect

import cgsim
from cgsim.lesson.reading import read_lesson
from cgsim.world.shape import STATES

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
NAME, RUNS = "does-monitoring-matter", 6


@pytest.fixture(scope="module")
def made():
    return cgsim.lesson(NAME, RUNS)


@pytest.fixture(scope="module")
def file(made, tmp_path_factory):
    path = tmp_path_factory.mktemp("lesson") / "lesson.html"
    made.save(path)
    return path


@pytest.fixture
def opened(driven, file):
    """Return how to open the lesson; whatever it asks for beyond itself is a fault."""
    contexts, asked = [], []

    def open_(**options):
        context = driven.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda one: asked.append(one.url))
        page.on("console", lambda one: asked.append(one.text))
        page.on("pageerror", lambda one: asked.append(str(one)))
        page.goto(file.as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()
    assert set(asked) == {file.as_uri()}


def shown(page):
    """Return the numbers that the page shows: runs by state, the median of producers."""
    names = [*(f"#count-{one}" for one in STATES), "#median"]
    return [float(page.locator(one).inner_text()) for one in names]


def test_levers_move_by_keyboard_to_the_numbers_of_the_study(opened):
    page = opened()
    monitoring = page.get_by_label("Months between visits, all organisations")
    leadership = page.get_by_label("Facilitative leadership")
    monitoring.focus()
    page.keyboard.press("End")
    leadership.focus()
    page.keyboard.press("ArrowRight")
    expect(monitoring).to_have_attribute("aria-valuetext", "1")
    page.get_by_label("After how long?").focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    case = cgsim.Scenario.load("sangatta-utara").replace(
        {
            "organisations.*.monitoring_interval": 1,
            "community.persistence.mean": 0.5,
            "process.leadership": 0.9,
        }
    )
    months = cgsim.simulate(case, RUNS, 1).months
    then = months[months["month"] == 114]  # 115 months have passed
    expect(page.locator("#when")).to_have_text("115 months")
    counts = [float((then["state"] == state).sum()) for state in STATES]
    assert shown(page) == [*counts, float(then["producers"].median())]
    expect(page.locator("#now")).to_contain_text("After 115 months, of 6 runs")
    expect(page.locator("#command")).to_contain_text("--set process.leadership=0.9")


def test_an_answer_is_hidden_until_the_bet_is_laid(opened, made):
    page = opened()
    reveal = page.locator("#reveal-3")
    expect(reveal).to_be_hidden()
    page.locator("#bet-3").focus()
    page.keyboard.press("End")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    place = read_lesson(NAME).story[3].at
    dynamic = int(made.points[made.lesson.number(place)].counts[-1, 2])
    expect(reveal).to_contain_text(f"{dynamic} of 6 runs are dynamic after 10 years")
    expect(page.locator("#verdict-3")).to_contain_text("You bet 6")
    assert shown(page)[2] == dynamic


@pytest.mark.parametrize(("lang", "size"), [("en", PHONE), ("id", PHONE)])
def test_a_phone_needs_no_sideways_scroll(opened, lang, size):
    page = opened(viewport=size)
    page.locator(f".language[data-to={lang}]").click()
    expect(page.locator("html")).to_have_attribute("lang", lang)
    for one in page.locator("[data-lay]").all():
        one.click()
    page.locator("#hold").click()
    page.locator(".more summary").click()
    page.locator("#every").check()
    wide = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
    assert page.evaluate(wide) == 0
    words = {"en": "Show this point", "id": "Tampilkan titik ini"}
    expect(page.get_by_role("button", name=words[lang], exact=True)).to_have_count(5)
    page.locator("#see-3 button").click()
    expect(page.locator("#try")).to_be_focused()
    page.locator("#back").click()
    expect(page.locator("#title-3")).to_be_focused()


@pytest.mark.parametrize("lang", ["en", "id"])
def test_no_serious_accessibility_violation(opened, lang):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(bypass_csp=True)
    page.locator(f".language[data-to={lang}]").click()
    for one in page.locator("[data-lay]").all():
        one.click()
    page.locator(".more summary").click()
    page.locator("#every").check()
    found = Axe().run(page).response["violations"]
    grave = [one for one in found if one["impact"] in ("serious", "critical")]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in grave] == []


def test_without_scripts_the_story_and_the_answers_can_be_read(opened):
    page = opened(java_script_enabled=False)
    expect(page.locator("noscript p")).to_contain_text("Scripts are off")
    expect(page.get_by_text("Nobody comes back")).to_be_visible()
    expect(page.get_by_text("Tidak ada yang datang kembali", exact=True)).to_be_visible()
    page.locator("#reveal-1 summary").click()
    expect(page.locator("#reveal-1 .answer").first).to_be_visible()
    page.locator(".more summary").click()
    expect(page.locator("#table-en")).to_be_visible()
    expect(page.locator("#panel")).to_be_hidden()


def test_it_prints_without_what_only_a_screen_needs(opened):
    page = opened()
    page.emulate_media(media="print")
    expect(page.locator(".languages")).to_be_hidden()
    expect(page.locator(".laying").first).to_be_hidden()
    expect(page.locator("#states")).to_be_visible()
