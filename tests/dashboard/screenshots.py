"""Pictures of all pages, both sizes, both languages, light and dark, to be looked at.

`python -m tests.dashboard.screenshots FOLDER [PAGE …]`, or `make pictures`; another page is another
line of `PAGES`; `room` or `join` takes those of a room.
"""

import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect, sync_playwright

from tests.dashboard.driving import Guarded, dashboard, launch
from tests.dashboard.screenshots_room import take_room

SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
PAGES = {
    "live-start": "/",
    "live-middle": "/?month=63",
    "live-late": "/?scenario=adaptive-follow-up&month=120&luck=1&bet=active",
    "live-story": "/?scenario=rise-and-fall&month=150&story=1",
    "live-notices": "/?scenario=neiter&community.persistence.mean=7&month=30",
    "live-moves": "/?at.30.organisations.industry.monitoring_interval=1&month=60",
    "what-if": "/what-if?b.scenario=recommendation-1",
    "map": "/map",
    "people": "/people?seed=7",
    "about": "/about",
}
"""Every picture's name and the address of its page."""

README = {
    "live": ("/?scenario=rise-and-fall&month=125&story=1", 1440, 1150),
    "what-if": ("/what-if?b.scenario=recommendation-1", 1280, 800),
}
"""Pictures of docs/pictures: address, width, height."""

RESTS_AFTER = 500
"""Milliseconds for what is still computed; a picture is no test."""


def take(browser: Browser, url: str, file: Path, **options: Any) -> None:
    """Take one picture of a page of its own window, and stop at any fault of it."""
    whole = options.pop("whole", True)
    window = Guarded(browser, device_scale_factor=1, **options)
    page = window.page()
    page.goto(url)
    expect(page.get_by_test_id("page")).to_be_visible(timeout=60_000)
    expect(page.get_by_test_id("state").or_(page.get_by_test_id("page")).first).not_to_be_empty()
    page.wait_for_load_state("networkidle")
    page.wait_for_function(
        "[...document.querySelectorAll('.cgsim .work')].every((one) => !one.checkVisibility())",
        timeout=300_000,
    )
    page.wait_for_timeout(RESTS_AFTER)
    page.screenshot(path=file, full_page=whole)
    window.context.close()
    if window.faults:
        raise SystemExit("\n".join(window.faults))


def main(folder: Path, wanted: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with dashboard(folder / "server.log") as url, sync_playwright() as playwright:
        browser = launch(playwright)
        for name, path in PAGES.items():
            if wanted and not any(name.startswith(one) for one in wanted):
                continue
            for size, (width, height) in SIZES.items():
                for scheme in ("light", "dark"):
                    for lang in ("en", "id"):
                        take(
                            browser,
                            f"{url}{path}{'&' if '?' in path else '?'}lang={lang}",
                            folder / f"{name}-{size}-{scheme}-{lang}.png",
                            viewport={"width": width, "height": height},
                            color_scheme=scheme,
                        )
        if not wanted or any("room".startswith(one) or "join".startswith(one) for one in wanted):
            take_room(browser, folder)
        browser.close()


def for_readme(folder: Path) -> None:
    """Take the pictures of docs/pictures anew."""
    with dashboard(folder / "server.log") as url, sync_playwright() as playwright:
        browser = launch(playwright)
        for name, (path, width, height) in README.items():
            size = {"width": width, "height": height}
            file = folder / f"{name}.png"
            take(browser, f"{url}{path}&lang=en", file, viewport=size, whole=False)
        browser.close()
    (folder / "server.log").unlink()


if __name__ == "__main__":
    asked = sys.argv[1:]
    if asked == ["--readme"]:
        for_readme(Path("docs/pictures"))
    else:
        main(Path(asked[0] if asked else "screenshots"), asked[1:])
