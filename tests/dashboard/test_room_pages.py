"""A room that plays together, in a browser: one lecturer on the wall, players on phones."""

import re

import pytest

pytest.importorskip("playwright")

from playwright.sync_api import expect

import cgsim
from tests.dashboard.driving import REMEMBER, SERVE_ROOM, Guarded, forge, serving

SEED, QUARTER = 5, 12
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
INDUSTRY, TOURISM = "organisations.industry", "organisations.tourism"
CIRCLE = "community.effort.circle_1"


FORGED = [
    {"do": "free", "number": 1},
    {"do": "advance", "token": "x"},
    {"do": "lever", "path": f"{TOURISM}.visits", "value": 9, "part": TOURISM},
    {"do": ["advance"], "token": {"a": 1}},
    {"do": "hello", "token": "\ud800"},
]
"""What somebody sends who is nobody in the room."""


class Class:
    """A served room and the windows that people open in it."""

    def __init__(self, browser, url, said):
        self.browser, self.url, self.windows = browser, url, []
        self.key = re.search(r"/room#(\S+)", said)[1]
        self.code = re.search(r"Code for players: (\S+)", said)[1]

    def window(self, **options):
        options = {"viewport": {"width": 1440, "height": 900}, "locale": "en-GB"} | options
        window = Guarded(self.browser, **options)
        self.windows.append(window)
        return window

    def visit(self, path, **options):
        page = self.window(**options).page()
        page.goto(self.url + path)
        expect(page.get_by_test_id("page")).to_be_visible()
        return page

    def wall(self, **options):
        page = self.visit(f"/room#{self.key}", **options)
        expect(page.get_by_test_id("advance")).to_be_visible()
        return page

    def player(self, name, part, **options):
        page = self.visit(f"/join?code={self.code}", **(PHONE | options))
        page.get_by_test_id("your-name").fill(name)
        page.get_by_test_id("next").click()
        page.get_by_test_id(f"take-{part}").click()
        expect(page.get_by_test_id("you-are")).to_contain_text(name)
        return page

    def close(self):
        for window in self.windows:
            window.context.close()
        return [fault for window in self.windows for fault in window.faults]


@pytest.fixture
def room(driven, tmp_path):
    """Return a room of its own; nobody in it may meet a fault."""
    log = tmp_path / "server.log"
    script = SERVE_ROOM.format(scenario="sangatta-utara", seed=SEED, quarter=QUARTER)
    with serving(log, script=script) as (_, url):
        found = Class(driven, url, log.read_text(encoding="utf-8"))
        yield found
        assert found.close() == []


def slide(page, testid, value):
    """Move a slider and release it."""
    page.get_by_test_id(testid).evaluate(
        "(e, v) => { e.value = v; e.dispatchEvent(new Event('input'));"
        " e.dispatchEvent(new Event('change')); }",
        value,
    )


def violations(page):
    from axe_playwright_python.sync_playwright import Axe

    ours = {"exclude": [[".v-progress-linear"]]}  # the library's own, while it is busy
    found = Axe().run(page, context=ours).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found
            if one["impact"] in ("serious", "critical")]  # fmt: skip


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_class_plays_two_rounds_and_the_engine_says_the_same(room):
    wall = room.wall()
    assert room.key not in wall.url
    expect(wall.get_by_test_id("code")).to_have_text(room.code)
    industry = room.player("<b>Siti</b>", INDUSTRY)
    circle = room.player("Budi", CIRCLE, locale="id-ID")
    second = room.player("Ani", INDUSTRY)
    expect(wall.get_by_test_id(f"part-{INDUSTRY}")).to_contain_text("<b>Siti</b>")
    expect(industry.get_by_test_id("partners")).to_contain_text("Ani")

    industry.get_by_test_id("lever-monitoring_interval").select_option("1")
    expect(second.get_by_test_id("lever-monitoring_interval")).to_have_value("1")
    slide(second, "share-seats", 100)
    expect(industry.get_by_test_id("planned")).to_contain_text("too much")
    second.get_by_test_id("ready").click()
    expect(second.get_by_test_id("refused")).to_contain_text("more than your budget")
    slide(second, "share-seats", 60)
    slide(circle, f"lever-{CIRCLE.rsplit('.', 1)[-1]}", 1.5)
    expect(industry.get_by_test_id("planned")).not_to_contain_text("too much")
    for page in (industry, second, circle):
        page.get_by_test_id("ready").click()
    expect(wall.get_by_test_id("ready-count")).to_have_text("3 of 3 ready")

    wall.get_by_test_id("advance").click()
    expect(wall.get_by_test_id("month")).to_have_text("12 / 120")
    expect(wall.get_by_test_id("ready-count")).to_have_text("0 of 3 ready")
    expect(wall.get_by_test_id("told-moved")).to_contain_text("every month")
    expect(industry.get_by_test_id("last-round")).to_contain_text("of Rp 480.0 million")
    expect(circle.get_by_test_id("last-round")).to_contain_text("Yang aktif di lingkaran Anda")
    industry.reload()
    expect(industry.get_by_test_id("you-are")).to_have_text("<b>Siti</b>: Industry Agency")
    industry.get_by_test_id("lever-attends").select_option("always")
    expect(second.get_by_test_id("lever-attends")).to_have_value("always")
    wall.get_by_test_id("advance").click()
    expect(wall.get_by_test_id("month")).to_have_text("24 / 120")
    producers = wall.get_by_test_id("producers").inner_text()
    seen_on_ribbon = wall.get_by_test_id("producers-chart").get_attribute("aria-label")

    wall.get_by_test_id("finish").click()
    wall.get_by_test_id("finish-yes").click()
    expect(wall.get_by_test_id("after")).to_be_visible()
    expect(industry.get_by_test_id("last-round")).to_contain_text("The play is over")
    with wall.expect_download() as saving:
        wall.get_by_test_id("save-room").click()
    case = cgsim.Scenario.load(str(saving.value.path()))
    months = cgsim.simulate(case, runs=1, seed=SEED).months
    assert case.value(f"{INDUSTRY}.monitoring_interval") == "never"
    assert len(case.interventions) == 2
    assert producers == str(months["producers"][23])
    assert f"there are {producers} producers" in seen_on_ribbon
    said = wall.get_by_test_id("after-said")
    expect(said).to_contain_text(f"The room: {months['producers'][119]} producers in the end")
    wall.get_by_test_id("after-luck").click()
    expect(wall.get_by_test_id("after-luck-said").locator("li")).to_have_count(3)
    wall.get_by_test_id("undo").click()
    expect(wall.get_by_test_id("advance")).to_be_visible()
    expect(industry.get_by_test_id("ready")).to_be_visible()


def test_only_the_lecturer_sees_and_moves_the_room_and_wrong_codes_are_slowed(room):
    wall, player = room.wall(), room.player("Siti", TOURISM)
    context = player.context
    other = context.new_page()
    other.goto(f"{room.url}/room#{'x' * 32}")
    expect(other.get_by_test_id("no-place")).to_contain_text("for the lecturer")
    for name in ("advance", "undo", "finish", "code", "qr"):
        expect(other.get_by_test_id(name)).to_be_hidden()
    other.get_by_test_id("advance").dispatch_event("click")
    expect(other.get_by_test_id("refused")).to_contain_text("Only the lecturer")
    assert room.code not in other.content()
    expect(wall.get_by_test_id("month")).to_have_text("0 / 120")

    forger = context.new_page()
    forger.add_init_script(REMEMBER)
    forger.goto(f"{room.url}/room")
    expect(forger.get_by_test_id("no-place")).to_contain_text("for the lecturer")
    for n, asked in enumerate(FORGED):
        forge(forger, {"n": 100 + n} | asked)
    forge(forger, {"n": 200, "do": "undo"})
    expect(forger.get_by_test_id("refused")).to_contain_text("Only the lecturer")
    expect(forger.locator("body")).not_to_contain_text("Traceback")
    expect(wall.get_by_test_id("month")).to_have_text("0 / 120")
    expect(player.get_by_test_id("you-are")).to_contain_text("Siti")

    wall.get_by_test_id("free-1").click()
    expect(player.get_by_test_id("refused")).to_contain_text("lecturer freed it")
    player.get_by_test_id(f"take-{TOURISM}").click()
    expect(player.get_by_test_id("you-are")).to_contain_text("Siti")

    guest = room.visit("/join", **PHONE)
    guest.get_by_test_id("your-name").fill("Budi")
    for code in ("AAAAAA", "BBBBBB", "CCCCCC", "DDDDDD", "EEEEEE", room.code):
        guest.get_by_test_id("your-code").fill(code)
        guest.get_by_test_id("next").click()
        why = "Too many wrong codes" if code == room.code else "not the code"
        expect(guest.get_by_test_id("refused")).to_contain_text(why)
    expect(guest.get_by_test_id(f"take-{TOURISM}")).to_be_hidden()


def test_every_page_of_a_room_is_for_everybody(room):
    wall = room.wall()
    player = room.player("Siti", INDUSTRY)
    guest = room.visit(f"/join?code={room.code}", **PHONE, color_scheme="dark")
    assert violations(wall) == violations(player) == violations(guest) == []
    wall.get_by_test_id("advance").click()
    expect(wall.get_by_test_id("month")).to_have_text("12 / 120")
    chart, indicators = (
        wall.locator(".room-row-1 > *").nth(k).bounding_box() for k in range(2)
    )  # one row, side by side
    assert indicators["y"] == chart["y"]
    assert indicators["x"] > chart["x"] + chart["width"] > 2 * indicators["width"]
    wall.get_by_test_id("language").click()
    expect(wall.locator("html")).to_have_attribute("lang", "id")
    expect(wall.get_by_test_id("advance")).to_have_text("Mainkan babak 2")
    assert violations(wall) == []
    wall.get_by_test_id("finish").click()
    wall.keyboard.press("Shift+Tab")
    wall.keyboard.press("Enter")
    expect(wall.get_by_test_id("after")).to_be_visible()
    assert violations(wall) == []
    wall.set_viewport_size({"width": 390, "height": 844})
    assert fits(wall)
    assert fits(player)
    assert fits(guest)


def test_without_a_room_both_pages_say_so(driven, served):
    window = Guarded(driven, viewport={"width": 1000, "height": 700}, locale="en-GB")
    page = window.page()
    for path in ("room", "room#abc", "join", "join?code=AAAAAA"):
        page.goto(f"{served}/{path}")
        expect(page.get_by_test_id("no-place")).to_contain_text("no room on this server")
    window.context.close()
    assert window.faults == []
