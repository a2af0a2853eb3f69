"""A dashboard of our own and a browser that speaks to nobody else."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    Response,
    Route,
    WebSocket,
    expect,
)

import cgsim

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
NOT_LOCAL = re.compile(r"^(?!(?:https?|wss?)://(?:127\.0\.0\.1|localhost)[:/]|blob:|data:)")
STARTS_WITHIN = 120
"""Seconds; compiling the model for the first time takes some."""

SERVE_ROOM = """
import cgsim
from cgsim.dashboard.main import serve
from cgsim.dashboard.room.opening import RoomOrder
room = RoomOrder(cgsim.Scenario.load({scenario!r}), seed={seed}, quarter={quarter})
raise SystemExit(serve(port={{port}}, open_browser=False, lang="en", room=room))
"""

SERVE = """
from cgsim.dashboard.main import serve
raise SystemExit(serve(port={port}, open_browser=False, lang="en"))
"""


def chromium() -> str | None:
    """Return the path of a Chromium, None where there is none."""
    return next((path for path in map(shutil.which, BROWSERS) if path), None)


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=chromium(), args=FLAGS)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextlib.contextmanager
def serving(
    log: Path, port: int | None = None, script: str = SERVE, **more: str
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Serve a dashboard while the block runs; yields its process and its address.

    `more` goes into its environment.
    """
    port = port or free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-c", script.format(port=port)]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"} | more
    with log.open("a", encoding="utf-8") as said:
        server = subprocess.Popen(command, stdout=said, stderr=said, env=environment, cwd=ROOT)
        try:
            _wait_until_ready(server, url, log)
            yield server, url
        finally:
            server.terminate()
            server.wait(20)


@contextlib.contextmanager
def dashboard(log: Path) -> Iterator[str]:
    """Serve a dashboard while the block runs; yields its address."""
    with serving(log) as (_, url):
        yield url


def _wait_until_ready(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"the dashboard ended: {log.read_text(encoding='utf-8')}")
        with contextlib.suppress(URLError, OSError), urlopen(f"{url}/readyz", timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError(f"no dashboard after {STARTS_WITHIN} s")


class Guarded:
    """A visitor's browser window; `faults` gathers all that a page must never do."""

    def __init__(self, browser: Browser, **options: Any) -> None:
        self.faults: list[str] = []
        self.context: BrowserContext = browser.new_context(**options)
        self.context.route(NOT_LOCAL, self._refuse)

    def page(self) -> Page:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("response", self._note_status)
        page.on("websocket", self._note_socket)
        return page

    def _refuse(self, route: Route) -> None:
        self.faults.append(f"not local: {route.request.url}")
        route.abort()

    def _note_socket(self, socket: WebSocket) -> None:
        if NOT_LOCAL.match(socket.url):
            self.faults.append(f"not local: {socket.url}")

    def _note_status(self, response: Response) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")


# ------------------------------------------------------------------ words of the tests


def at(page: Page, month: int, months: int = 120) -> None:
    """Claim that the page shows a month."""
    expect(page.get_by_test_id("month")).to_have_text(f"{month} / {months}")


def go_to(page: Page, month: int) -> None:
    page.get_by_test_id("scrub").fill(str(month))


def asked_for(page: Page) -> dict[str, list[str]]:
    """Return what stands in the page's address."""
    return parse_qs(urlsplit(page.url).query)


def producers(
    levers: dict[str, Any] | None = None, seed: int = 1, scenario: str = "sangatta-utara"
) -> list[int]:
    """Return what the engine says of each month, for a page to be held against."""
    case = cgsim.Scenario.load(scenario).replace(levers or {})
    return cgsim.simulate(case, runs=1, seed=seed).months["producers"].tolist()


REMEMBER = """
const send = WebSocket.prototype.send;
window.cgsimSent = [];
WebSocket.prototype.send = function (words) {
  if (typeof words === "string" && words.includes('"asked"')) window.cgsimSent.push([this, words]);
  return send.call(this, words);
};
"""
"""Run in a page before it loads, so that `forge` knows what a message looks like."""


def forge(page: Page, asked: Any) -> None:
    """Send a message that the page itself would never send, over its own connection."""
    page.evaluate(
        "asked => { const [socket, words] = window.cgsimSent.at(-1);"
        " const said = JSON.parse(words);"
        " said.content.data.state = { asked }; said.header.msg_id = crypto.randomUUID();"
        " socket.send(JSON.stringify(said)); }",
        asked,
    )
