"""Pictures of the page, both sizes, both languages, light and dark.

`python -m tests.dashboard.screenshots FOLDER`
"""

import sys
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests.dashboard.driving import Guarded, dashboard, launch

SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
PICTURES = {
    "start": "",
    "middle": "month=63",
    "late": "scenario=adaptive-follow-up&month=120",
    "fall": "scenario=rise-and-fall&month=170",
    "notices": "scenario=neiter&community.persistence.mean=7&month=30",
    "moves": "at.30.organisations.industry.monitoring_interval=1&month=60",
}
PAGES = {
    "map": ("/map", "b.scenario=recommendation-1", "map-about"),
    "map-computed": ("/map", "scenario=kpc-leaves&x=process.leadership", "map-about"),
    "people": ("/people", "seed=7&who=119", "sentences"),
    "people-beside": ("/people", "b.scenario=recommendation-1&reasons=1", "sentences"),
    "about": ("/about", "", "numbers"),
    "about-found": ("/about", "find=E17", "numbers"),
}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with dashboard(folder / "server.log") as url, sync_playwright() as playwright:
        browser = launch(playwright)
        for size, (width, height) in SIZES.items():
            for scheme in ("light", "dark"):
                window = Guarded(
                    browser,
                    viewport={"width": width, "height": height},
                    color_scheme=scheme,
                    device_scale_factor=1,
                )
                for lang in ("en", "id"):
                    live = {name: ("/", query, "state") for name, query in PICTURES.items()}
                    for name, (path, query, ready) in (live | PAGES).items():
                        page = window.page()
                        page.goto(f"{url}{path}?{query}&lang={lang}".replace("?&", "?"))
                        expect(page.get_by_test_id(ready)).not_to_be_empty(timeout=60_000)
                        file = folder / f"{name}-{size}-{scheme}-{lang}.png"
                        page.screenshot(path=file, full_page=size == "phone")
                        page.close()
                if window.faults:
                    raise SystemExit("\n".join(window.faults))
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots"))
