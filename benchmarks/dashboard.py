"""The dashboard in use: how soon a moved lever is seen, alone and among thirty, and its memory.

What is measured is seen in a real Chromium; the others are pages without a browser, for thirty
browsers would measure the computer and not the server.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

from .timing import Row

if TYPE_CHECKING:
    from playwright.sync_api import Page

OTHERS = 29
LOOKING_FURTHER = 5
"""Of the others: on the page of comparisons, or asking whether it was luck."""

EVERY = 3.0
"""Seconds between two moves of a lever by each of the others."""

ALONE, AMONG = 300.0, 1000.0
LEVERS = ("organisations.kpc.visits", "organisations.industry.visits", "organisations.kpc.seats")

SEEN = """([lever, value]) => new Promise((done) => {
  const control = document.querySelector(`[data-testid="${lever}"]`);
  const moved = document.querySelector('[data-testid="command"]');
  const began = performance.now();
  new MutationObserver((_, watcher) => {
    watcher.disconnect();
    requestAnimationFrame(() => done(performance.now() - began));
  }).observe(moved, { childList: true, characterData: true, subtree: true });
  control.step = "any";
  control.value = value;
  control.dispatchEvent(new Event("change"));
})"""
"""Milliseconds from the release of a slider until the next frame after all was drawn anew."""


def measure(quick: bool) -> list[Row]:
    """Time of a moved lever, alone and among thirty; memory of a session and over a long use."""
    from playwright.sync_api import sync_playwright

    from tests.dashboard.driving import launch, serving

    rounds, moves, sessions = (10, 200, 30) if quick else (60, 2_000, 300)
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        serving(Path(folder) / "server.log") as (server, url),
    ):
        page = launch(playwright).new_page()
        page.goto(url)
        page.get_by_test_id("command").wait_for()
        _moved(page, range(5))
        alone = _moved(page, range(5, 5 + rounds))
        before = resident(server.pid)
        with _others(url) as (count, what):
            held = (resident(server.pid) - before) / count
            among = _moved(page, range(5 + rounds, 5 + 2 * rounds), pause=0.5)
        page.close()
        rows = [
            _row("Lever released until its picture is drawn, alone", alone, ALONE),
            _row(f"– among {count + 1} sessions, {what}", among, AMONG),
            Row("– among them against alone, of the medians",
                f"{median(among) / median(alone):.2g}×"),
            Row("– memory of a session", f"{held / 1e6:.2g} MB"),
        ]  # fmt: skip
        return rows + _long_use(url, server.pid, moves, sessions)


def _row(name: str, times: list[float], most: float) -> Row:
    high = quantiles(times, n=20)[-1]
    found = f"{median(times):.0f} ms, 95th percentile {high:.0f} ms"
    return Row(name, found, f"≤ {most:.0f} ms", high <= most)


def _moved(page: Page, numbers: Iterable[int], pause: float = 0.0) -> list[float]:
    """Move a lever in the browser, each time to a value of its own, so that each run is new."""
    taken = []
    for n in numbers:
        value = f"{0.05 + n / 1000:.3f}"
        taken.append(page.evaluate(SEEN, ["lever-community-persistence-mean", value]))
        time.sleep(pause)
    return taken


@contextmanager
def _others(url: str) -> Iterator[tuple[int, str]]:
    """Let others use the dashboard at once while the block runs."""
    from cgsim.dashboard.app import routes
    from tests.dashboard.light import Light

    compares = any(route.path == "what-if" for route in routes)
    further = "/what-if?" if compares else "/?luck=1&"
    what = f"{LOOKING_FURTHER} on " + ("What-if" if compares else "“Was it luck?”")
    pages = [
        Light(url, f"{further if k < LOOKING_FURTHER else '/?'}seed={500 + k}")
        for k in range(OTHERS)
    ]
    over = threading.Event()

    def use(page: Light, k: int) -> None:
        page.rest(EVERY * k / OTHERS)
        n = 0
        while not over.is_set():
            began = time.monotonic()
            n += 1
            change = {"lever": LEVERS[n % 3], "value": str(1 + (n // 3 + k) % 6), "month": 1}
            page.ask({**change, "seed": str(1000 * n + k)})
            page.rest(max(EVERY - (time.monotonic() - began), 0))

    users = [threading.Thread(target=use, args=(page, k)) for k, page in enumerate(pages)]
    for user in users:
        user.start()
    try:
        yield len(pages), what
    finally:
        over.set()
        for user in users:
            user.join()
        for page in pages:
            page.close()


def _long_use(url: str, pid: int, moves: int, sessions: int) -> list[Row]:
    """Memory over many moves of one session, and over many sessions opened and closed."""
    from tests.dashboard.light import Light

    with Light(url) as page:
        for n in range(moves):
            if n == moves // 4:  # by then every cache is full
                early = resident(pid)
            page.ask({"lever": LEVERS[n % 3], "value": str(n % 6), "month": 1, "seed": str(n)})
        grown = resident(pid) - early
    for n in range(sessions):
        if n == sessions // 4:
            early = resident(pid)
        Light(url, f"/?seed={n}").close()
    left = resident(pid) - early
    return [
        Row(f"– memory grown over the last {moves * 3 // 4:,} of {moves:,} moves of a lever",
            f"{grown / 1e6:.2g} MB"),
        Row(f"– memory grown over the last {sessions * 3 // 4} of {sessions} sessions opened and"
            " closed", f"{left / 1e6:.2g} MB"),
        Row("– memory of the whole server then", f"{resident(pid) / 1e6:.0f} MB"),
    ]  # fmt: skip


def resident(pid: int) -> int:
    """Return the memory that a process holds [bytes]."""
    import psutil

    return int(psutil.Process(pid).memory_info().rss)
