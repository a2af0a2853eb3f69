"""The pages of a room as pictures: before, while and after a class plays."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.dashboard.driving import SERVE_ROOM, Guarded, serving

ROOM = SERVE_ROOM.format(scenario="sangatta-utara", seed=5, quarter=12)
PART = "organisations.industry"
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
RESTS_AFTER = 500
"""Milliseconds for what is still drawn; a picture is no test."""


def take_room(browser: Browser, folder: Path) -> None:
    """Take pictures of both pages of a room at each stage, and stop at any fault of them."""
    log = folder / "room.log"
    with serving(log, script=ROOM) as (_, url):
        said = log.read_text(encoding="utf-8")
        key = re.search(r"/room#(\S+)", said)[1]
        code = re.search(r"Code for players: (\S+)", said)[1]
        size = {"width": 1440, "height": 900}
        window = Guarded(browser, viewport=size, locale="en-GB", device_scale_factor=1)
        wall, player = window.page(), window.page()
        wall.goto(f"{url}/room#{key}")
        expect(wall.get_by_test_id("advance")).to_be_visible(timeout=60_000)
        player.goto(f"{url}/join?code={code}")
        expect(player.get_by_test_id("your-name")).to_be_visible(timeout=60_000)
        _pictures(wall, folder, "room-lobby")
        _pictures(player, folder, "join-door")
        player.get_by_test_id("your-name").fill("Siti")
        player.get_by_test_id("next").click()
        player.get_by_test_id(f"take-{PART}").click()
        expect(player.get_by_test_id("you-are")).to_be_visible()
        _pictures(player, folder, "join-part")
        wall.get_by_test_id("advance").click()
        expect(wall.get_by_test_id("month")).to_have_text("12 / 120")
        _pictures(wall, folder, "room-played")
        wall.get_by_test_id("finish").click()
        wall.get_by_test_id("finish-yes").click()
        expect(wall.get_by_test_id("after")).to_be_visible()
        _pictures(wall, folder, "room-after")
        window.context.close()
    log.unlink()
    if window.faults:
        raise SystemExit("\n".join(window.faults))


def _pictures(page: Page, folder: Path, name: str) -> None:
    """Take one page in both sizes, light and dark, in both languages."""
    for lang in ("id", "en"):
        if page.locator("html").get_attribute("lang") != lang:
            page.get_by_test_id("language").click()
            expect(page.locator("html")).to_have_attribute("lang", lang)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for size, (width, height) in SIZES.items():
                page.set_viewport_size({"width": width, "height": height})
                page.wait_for_timeout(RESTS_AFTER)
                page.screenshot(path=folder / f"{name}-{size}-{scheme}-{lang}.png", full_page=True)
    page.set_viewport_size({"width": 1440, "height": 900})
