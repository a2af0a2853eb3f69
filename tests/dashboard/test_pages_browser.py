"""Map, people and about in a real browser: looked at, asked, and handed on as a link."""

import csv
import io
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

import cgsim
from cgsim.study.shipped_maps import shipped_map
from tests.dashboard.driving import asked_for

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
PAGES = {
    "/map": "map",
    "/people": "sentences",
    "/about": "numbers",
}
SMALL_MAP = "x=organisations.kpc.present&y=process.feedback&community.people=12"


def saved(page, button):
    with page.expect_download() as download:
        page.get_by_test_id(button).click()
    return download.value


# ------------------------------------------------------------------ map


def test_the_shipped_map_stands_at_once_with_its_numbers(visitor):
    page = visitor(path="/map", ready="map-about")
    expect(page).to_have_title("cgsim · map")
    expect(page.get_by_test_id("map-about")).to_contain_text("1,000 runs a cell")
    expect(page.get_by_test_id("map-work")).to_be_hidden()
    shares = shipped_map().shares
    for x, y in ((0, 0), (3, 6), (5, 12)):
        words = page.get_by_test_id(f"cell-{x}-{y}").get_attribute("aria-label")
        state = ("inactive", "active", "dynamic")[shares[x, y].argmax()]
        assert f"{state} {shares[x, y].max():.0%}" in words
    expect(page.get_by_test_id("pin-A")).to_be_attached()
    expect(page.get_by_test_id("map-notes")).to_contain_text("not a forecast")


def test_a_cell_chosen_by_click_sets_both_levers_and_the_pin_moves(visitor):
    page = visitor(path="/map", ready="map-about")
    page.get_by_test_id("cell-3-9").click()
    page.wait_for_url("**community.persistence.mean=0.65**")
    for key in ("industry", "tourism", "kpc"):
        assert asked_for(page)[f"organisations.{key}.monitoring_interval"] == ["3"]
        lever = page.get_by_test_id(f"lever-organisations-{key}-monitoring_interval")
        expect(lever).to_have_value("3")
    expect(page.get_by_test_id("cell-title")).to_contain_text("every 3 months")
    expect(page.get_by_test_id("cell-title")).to_contain_text("0.65")
    expect(page.get_by_test_id("cell-shares")).to_contain_text("95% interval")
    expect(page.get_by_test_id("command")).to_contain_text("cgsim map sangatta-utara --x")


def test_a_cell_is_found_and_chosen_by_keyboard(visitor):
    page = visitor("month=50", path="/map", ready="map-about")
    page.locator('[role=gridcell][tabindex="0"]').focus()
    page.keyboard.press("Home")
    page.keyboard.press("PageDown")
    expect(page.get_by_test_id("cell-0-0")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_test_id("cell-1-1")).to_be_focused()
    expect(page.locator('[role=gridcell][tabindex="0"]')).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url("**organisations.kpc.monitoring_interval=12**")
    assert asked_for(page)["community.persistence.mean"] == ["0.25"]
    assert not [name for name in asked_for(page) if name.startswith("at.")]
    expect(page.get_by_test_id("cell-1-1")).to_be_focused()


def test_another_lever_is_computed_and_the_link_brings_it_back(visitor):
    page = visitor(f"{SMALL_MAP}&b.scenario=neither", path="/map", ready="map-about")
    expect(page.get_by_test_id("map-about")).to_contain_text("100 runs a cell")
    expect(page.get_by_test_id("axis-x")).to_have_value("organisations.kpc.present")
    shown = page.get_by_test_id("cell-0-0").get_attribute("aria-label")
    page.get_by_test_id("axis-y").select_option("process.mandate")
    page.wait_for_url("**y=process.mandate**")
    expect(page.get_by_test_id("cell-title")).to_contain_text("to attend")
    page.go_back()
    expect(page.get_by_test_id("cell-0-0")).to_have_attribute("aria-label", shown)
    other = visitor(urlsplit(page.url).query, path="/map", ready="map-about")
    expect(other.get_by_test_id("cell-0-0")).to_have_attribute("aria-label", shown)
    expect(other.get_by_test_id("pin-B")).to_be_attached()


def test_the_maps_csv_is_the_studys_table_and_its_picture_is_one(visitor):
    page = visitor(path="/map", ready="map-about")
    file = saved(page, "csv")
    words = file.path().read_text(encoding="utf-8")
    assert words == shipped_map().named_table().to_csv(index=False, lineterminator="\n")
    assert saved(page, "png").path().read_bytes().startswith(b"\x89PNG")


def test_the_map_is_a_table_too(visitor):
    page = visitor("lang=id", path="/map", ready="map-about")
    page.get_by_text("Peta sebagai tabel").click()
    table = page.get_by_test_id("map-table")
    expect(table.get_by_role("row")).to_have_count(14)
    expect(table.get_by_role("rowheader").first).to_have_text("0,2")
    expect(table.get_by_role("columnheader").nth(1)).to_have_text("tidak pernah")


def test_a_lever_that_is_none_is_said_on_the_map(visitor):
    page = visitor("x=process.leadershp", path="/map", ready="map-about")
    expect(page.get_by_test_id("map-wrong")).to_contain_text("process.leadershp")
    expect(page.get_by_test_id("map")).to_be_visible()


# ------------------------------------------------------------------ people


def test_a_person_of_the_live_page_is_explained(visitor):
    page = visitor("seed=7&month=20")
    page.get_by_test_id("person-29").click()
    page.wait_for_url("**/people?**who=29**")
    expect(page.get_by_test_id("person-title")).to_have_text("Why did person 29 leave?")
    why = cgsim.explain("sangatta-utara", seed=7, who=29, levers=["leadership"])
    told = why.to_dict("en")["sentences"]
    for sentence in told[:5]:
        expect(page.get_by_test_id("sentences")).to_contain_text(sentence)
    expect(page.get_by_test_id("verdict")).to_have_text("No reason alone decided: bad luck.")
    expect(page.get_by_test_id("kept")).to_contain_text("None of the 23 levers tried")
    expect(page.get_by_test_id("kept-work")).to_be_hidden()
    expect(page.get_by_test_id("who-29")).to_have_attribute("aria-current", "true")


def test_another_month_is_explained_and_stands_in_the_link(visitor):
    page = visitor("seed=7&who=29", path="/people", ready="sentences")
    expect(page.get_by_test_id("when")).to_have_value("15")
    page.get_by_test_id("when").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**when=14**")
    expect(page.get_by_test_id("person-title")).to_have_text("Why did person 29 stay?")
    expect(page.get_by_test_id("when-value")).to_have_text("14")
    expect(page.get_by_test_id("decided")).to_contain_text("so the person stayed")
    shown = page.get_by_test_id("sentences").inner_text()
    other = visitor(urlsplit(page.url).query, path="/people", ready="sentences")
    expect(other.get_by_test_id("sentences")).to_have_text(shown, use_inner_text=True)


def test_each_leaving_of_one_who_left_twice_can_be_chosen(visitor):
    page = visitor("seed=7&who=119", path="/people", ready="sentences")
    page.get_by_test_id("leavings").get_by_role("button", name="66").click()
    page.wait_for_url("**when=66**")
    expect(page.get_by_test_id("sentences")).to_contain_text("left in month 66")
    expect(page.get_by_test_id("sentences")).not_to_contain_text("--month")


def test_everybody_stands_in_the_list_and_may_be_asked_about(visitor):
    page = visitor("seed=7", path="/people", ready="sentences")
    rows = page.get_by_test_id("everybody").get_by_role("row")
    expect(rows).to_have_count(114)
    page.get_by_test_id("who-shown").select_option("there")
    stayed = page.get_by_test_id("everybody").get_by_role("button").first
    who = stayed.inner_text().strip()
    stayed.press("Enter")
    page.wait_for_url(f"**who={who}**")
    expect(page.get_by_test_id("person-title")).to_have_text(f"Why did person {who} stay?")
    expect(page.get_by_test_id("sentences")).to_contain_text("never left in this run")


def test_the_same_person_lives_in_another_scenario(visitor):
    page = visitor("seed=7&who=29&lang=id", path="/people", ready="sentences")
    page.get_by_test_id("beside").select_option("nobody-monitors")
    page.wait_for_url("**b.scenario=nobody-monitors**")
    expect(page.get_by_test_id("sentences")).to_contain_text("Dalam nobody-monitors")
    expect(page.get_by_test_id("command")).to_contain_text("--against nobody-monitors")
    page.get_by_test_id("beside").select_option("")
    expect(page.get_by_test_id("sentences")).not_to_contain_text("Dalam nobody-monitors")


def test_a_lever_set_on_the_people_page_acts_from_the_start(visitor):
    page = visitor("month=60&seed=7", path="/people", ready="sentences")
    page.get_by_test_id("lever-organisations-kpc-monitoring_interval").select_option("never")
    page.wait_for_url("**organisations.kpc.monitoring_interval=never**")
    assert not [name for name in asked_for(page) if name.startswith("at.")]


def test_the_life_is_saved_as_shown(visitor):
    page = visitor("seed=7&who=29", path="/people", ready="sentences")
    words = saved(page, "csv").path().read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(words)))
    assert [int(row["month"]) for row in rows] == list(range(6, 16))
    assert {row["person"] for row in rows} == {"29"}


# ------------------------------------------------------------------ about


def test_the_numbers_are_found_by_typing_and_codes_lead_to_their_words(visitor):
    page = visitor(path="/about", ready="numbers")
    page.get_by_test_id("find").fill("monitoring rounds")
    shown = page.get_by_test_id("numbers").locator("li:visible")
    expect(shown).to_have_count(1)
    shown.get_by_role("button", name="E17").click()
    entry = page.get_by_test_id("evidence-E17")
    expect(entry).to_be_focused()
    expect(entry).to_be_in_viewport()
    page.get_by_test_id("find").fill("E17")
    page.get_by_test_id("find").press("Enter")
    page.wait_for_url("**find=E17**")
    other = visitor(urlsplit(page.url).query, path="/about", ready="numbers")
    expect(other.get_by_test_id("find")).to_have_value("E17")
    expect(other.get_by_test_id("evidence").locator("li:visible")).to_have_count(2)
    page.get_by_test_id("find").fill("E32")
    page.get_by_test_id("find").press("Enter")
    page.wait_for_url("**find=E32**")
    page.go_back()
    expect(page.get_by_test_id("find")).to_have_value("E17")
    page.get_by_test_id("mark").select_option("assumed")
    expect(page.get_by_test_id("numbers").locator("li:visible")).to_have_count(0)


def test_the_about_page_says_what_it_is_not(visitor):
    page = visitor("lang=id", path="/about", ready="numbers")
    expect(page.get_by_test_id("limits")).to_contain_text("Apa yang akan terjadi")
    expect(page.get_by_test_id("verdicts")).to_contain_text("35 pola")
    expect(page.get_by_test_id("png")).to_be_hidden()
    page.get_by_test_id("language").click()
    expect(page.get_by_test_id("limits")).to_contain_text("What will happen")


# ------------------------------------------------------------------ all three


def grave(page):
    """Return the serious faults that axe finds."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    some = [one for one in found if one["impact"] in ("serious", "critical")]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in some]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_accessible(visitor, path):
    page = visitor(path=path, ready=PAGES[path], color_scheme="light", reduced_motion="reduce")
    assert grave(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_accessible_on_a_phone_and_needs_no_sideways_scroll(visitor, path):
    query = "lang=id&b.scenario=recommendation-1"
    options = {"viewport": PHONE, "color_scheme": "dark", "reduced_motion": "reduce"}
    page = visitor(query, path=path, ready=PAGES[path], **options)
    wide = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
    assert page.evaluate(wide) == 0
    overhanging = """() => [...document.querySelectorAll('.cgsim *')].filter((e) =>
        !e.closest('.unseen, .wide, .menu') && e.getBoundingClientRect().right > innerWidth + 0.5
    ).map((e) => e.outerHTML.slice(0, 80))"""
    assert page.evaluate(overhanging) == []
    assert grave(page) == []


def test_the_menu_leads_through_all_pages_and_keeps_the_settings(visitor):
    page = visitor("seed=7&lang=id")
    for name, ready in (("map", "map-about"), ("people", "sentences"), ("about", "numbers")):
        page.get_by_test_id(f"to-{name}").click()
        expect(page.get_by_test_id(ready)).not_to_be_empty()
        assert asked_for(page) == {"seed": ["7"], "lang": ["id"]}
    page.get_by_test_id("to-live").click()
    expect(page.get_by_test_id("state")).not_to_be_empty()
