"""The page of scenarios side by side in a real browser."""

import csv
import io
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

import cgsim
from tests.dashboard.driving import asked_for

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
SHORT = "title: {en: Ours, id: Milik kami}\nextends: sangatta-utara\nmonths: 24\n"


@pytest.fixture
def visitor(visitor):
    """Return how another visitor opens this page."""
    return lambda query="", **options: visitor(query, "/what-if", "command", **options)


@pytest.fixture(scope="module")
def monthly():
    """Return the comparison that the page shows unasked, from the study itself."""
    base = cgsim.Scenario.load("sangatta-utara")
    agencies = ("industry", "tourism")
    levers = {f"organisations.{key}.monitoring_interval": 1 for key in agencies}
    return cgsim.compare({"A": base, "B": base.replace(levers)}, runs=200, seed=1)


def done(page: Page) -> None:
    expect(page.get_by_test_id("findings")).to_have_attribute("aria-busy", "false", timeout=60_000)
    expect(page.get_by_test_id("work")).to_be_hidden()


# ------------------------------------------------------------------ what is seen first


def test_the_page_says_who_is_better_before_anyone_clicks(visitor, monthly):
    page = visitor()
    done(page)
    expect(page).to_have_title("cgsim · what-if")
    verdict = page.get_by_test_id("verdict-b")
    expect(verdict.get_by_role("heading")).to_contain_text("B is better than A")
    expect(verdict).to_contain_text(monthly.verdict("en"))
    ends = monthly.states.query("cutoffs == 'as_set'").set_index(["scenario", "state"])["share"]
    dynamic = round(200 * ends["B", "dynamic"])
    expect(page.get_by_test_id("ends-words")).to_contain_text(f"{dynamic} (")
    mean = monthly.differences["B"]["producers"].mean
    expect(page.get_by_test_id("outcomes")).to_contain_text(f"+{mean:.1f}")
    expect(page.get_by_test_id("payers")).to_contain_text("Industry Agency")
    better = page.get_by_test_id("transitions-b").locator("tbody tr").nth(1).locator("td").nth(2)
    shown = monthly.transitions.set_index(["first_state", "state"])["pairs"]["active", "dynamic"]
    expect(better).to_have_text(str(shown))
    expect(page.get_by_test_id("command")).to_have_text(
        "cgsim compare sangatta-utara b.yaml --runs 200 --seed 1"
    )


def test_the_table_taken_away_is_the_studys(visitor, monthly):
    page = visitor()
    done(page)
    with page.expect_download() as taken:
        page.get_by_test_id("csv").click()
    rows = list(csv.DictReader(io.StringIO(taken.value.path().read_text(encoding="utf-8"))))
    table = monthly.outcomes
    assert [row["outcome"] for row in rows] == table["outcome"].tolist()
    for name in ("before", "after", "mean", "low", "high", "median"):
        assert [float(row[name]) for row in rows] == table[name].tolist()


def test_the_picture_is_a_picture(visitor):
    page = visitor()
    done(page)
    with page.expect_download() as taken:
        page.get_by_test_id("png").click()
    assert taken.value.path().read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


# ------------------------------------------------------------------ scenarios and levers


def test_a_lever_of_b_acts_when_released_and_stands_in_the_address(visitor):
    page = visitor("b.scenario=sangatta-utara")
    done(page)
    expect(page.get_by_test_id("verdict-b")).to_contain_text("are the same world")
    lever = page.get_by_test_id("b-lever-community-persistence-mean")
    lever.evaluate("e => { e.value = 0.75; e.dispatchEvent(new Event('input')); }")
    assert "b.community.persistence.mean" not in asked_for(page)
    lever.dispatch_event("change")
    page.wait_for_url("**b.community.persistence.mean=0.75**")
    done(page)
    expect(page.get_by_test_id("verdict-b")).to_contain_text("B is better than A")
    expect(page.get_by_test_id("a-lever-community-persistence-mean-value")).to_have_text("0.5")


def test_scenarios_are_added_and_taken_away(visitor):
    page = visitor("b.scenario=recommendation-1")
    page.get_by_test_id("add-side").click()
    page.wait_for_url("**c.scenario=recommendation-2**")
    done(page)
    expect(page.get_by_test_id("verdict-c")).to_be_visible()
    page.get_by_test_id("add-side").click()
    page.wait_for_url("**d.scenario=both-recommendations**")
    done(page)
    expect(page.get_by_test_id("add-side")).to_be_disabled()
    expect(page.get_by_test_id("command")).to_contain_text(
        "cgsim compare sangatta-utara recommendation-1 recommendation-2 both-recommendations"
    )
    page.get_by_test_id("remove-b").click()
    page.wait_for_url(lambda url: "d.scenario" not in url)
    expect(page.get_by_test_id("b-scenario")).to_have_value("recommendation-2")
    done(page)
    other = visitor(urlsplit(page.url).query)
    done(other)
    shown = page.get_by_test_id("verdict-c").inner_text()
    expect(other.get_by_test_id("verdict-c")).to_have_text(shown, use_inner_text=True)


def test_an_own_file_takes_the_place_of_b_alone(visitor):
    page = visitor("b.scenario=recommendation-1&runs=500")
    file = {"name": "ours.yaml", "mimeType": "text/yaml", "buffer": SHORT.encode()}
    page.get_by_test_id("open-b").set_input_files(file)
    page.wait_for_url("**b.own=**")
    done(page)
    expect(page.get_by_test_id("b-scenario")).to_have_value("own")
    expect(page.get_by_test_id("a-scenario")).to_have_value("sangatta-utara")
    expect(page.get_by_test_id("about")).to_contain_text("500 pairs")
    expect(page.get_by_test_id("about")).to_contain_text("Cut to 24 months")
    bad = SHORT.replace("months: 24", "months: -1").encode()
    page.get_by_test_id("open-b").set_input_files(file | {"buffer": bad})
    expect(page.get_by_test_id("faults")).to_contain_text("months")
    expect(page.get_by_test_id("verdict-b")).to_be_visible()


def test_scenarios_of_other_people_are_refused_in_words(visitor):
    page = visitor("community.people=60&b.scenario=neither&lang=id")
    done(page)
    expect(page.get_by_test_id("refused")).to_contain_text("tidak dapat dibandingkan")
    expect(page.get_by_test_id("verdict-b")).to_have_count(0)


def test_a_cell_of_the_map_sets_the_scenario_chosen(visitor):
    page = visitor("b.scenario=recommendation-1")
    done(page)
    page.get_by_test_id("cell-sets").select_option("B")
    grid = page.get_by_test_id("map").get_by_role("grid")
    grid.locator("[tabindex='0']").focus()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.wait_for_url("**b.organisations.industry.monitoring_interval=1**")
    assert "organisations.industry.monitoring_interval" not in asked_for(page)
    lever = page.get_by_test_id("b-lever-organisations-industry-monitoring_interval")
    expect(lever).to_have_value("1")
    done(page)


def test_another_quantity_is_chosen_by_keyboard_and_kept_in_the_address(visitor):
    page = visitor()
    done(page)
    page.get_by_test_id("shown").focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_url("**shown=cluster_index**")
    expect(page.get_by_test_id("bands-words")).to_contain_text("0.")
    bands = page.get_by_test_id("bands")
    expect(bands).to_have_attribute("aria-label", re.compile("Cluster index"))


# ------------------------------------------------------------------ everyone


@pytest.mark.parametrize("lang", ["en", "id"])
def test_a_phone_needs_no_sideways_scroll(visitor, lang):
    page = visitor(f"lang={lang}&b.scenario=neither&c.scenario=full-package", viewport=PHONE)
    done(page)
    page.get_by_test_id("more-outcomes").locator("summary").click()
    page.get_by_test_id("more-money").locator("summary").click()
    for letter in "abc":
        page.get_by_test_id(f"side-{letter}").locator("summary").first.click()
    wide = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
    assert page.evaluate(wide) == 0
    overhanging = """() => [...document.querySelectorAll('.cgsim *')].filter((e) =>
        !e.closest('.unseen, .menu') && e.getBoundingClientRect().right > innerWidth + 0.5
    ).map((e) => e.outerHTML.slice(0, 80))"""
    assert page.evaluate(overhanging) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_accessibility_violation(visitor, scheme):
    from axe_playwright_python.sync_playwright import Axe

    query = "b.scenario=neither&c.scenario=rise-and-fall&d.scenario=full-package&lang=id"
    page = visitor(query, color_scheme=scheme, reduced_motion="reduce")
    done(page)
    page.get_by_test_id("more-outcomes").locator("summary").click()
    found = Axe().run(page).response["violations"]
    grave = [one for one in found if one["impact"] in ("serious", "critical")]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in grave] == []
