"""One server and one browser for all tests of the page; a window of its own for each visitor."""

import os

import pytest


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """Return the address of a dashboard that serves all tests."""
    from tests.dashboard.driving import dashboard

    with dashboard(tmp_path_factory.mktemp("dashboard") / "server.log") as url:
        yield url


@pytest.fixture(scope="session")
def driven():
    """Return a browser."""
    from playwright.sync_api import expect, sync_playwright

    from tests.dashboard.driving import chromium, launch

    if chromium() is None and not os.environ.get("CI"):
        pytest.skip("no Chromium here (apt-get install chromium)")
    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def visitor(driven, served):
    """Return how another visitor opens the page; none of them may meet a fault."""
    from playwright.sync_api import expect

    from tests.dashboard.driving import Guarded

    windows = []

    def visit(query="", path="/", ready="state", **options):
        usual = {"viewport": {"width": 1440, "height": 900}, "locale": "en-GB"}
        window = Guarded(driven, **(usual | options))
        windows.append(window)
        page = window.page()
        page.goto(f"{served}{path}?{query}" if query else f"{served}{path}")
        expect(page.get_by_test_id(ready)).not_to_be_empty()
        return page

    yield visit
    for window in windows:
        window.context.close()
    assert [fault for window in windows for fault in window.faults] == []
