"""A dashboard of our own and a browser that speaks to nobody else."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route

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
STARTS_WITHIN = 120
"""Seconds; compiling the model for the first time takes some."""

SERVE = "from cgsim.dashboard.main import serve; raise SystemExit(serve(port={port}, open_browser=False, lang='en'))"  # noqa: E501


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
def dashboard(log: Path):
    """Serve a dashboard while the block runs; yields its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-c", SERVE.format(port=port)]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    with log.open("w", encoding="utf-8") as said:
        server = subprocess.Popen(command, stdout=said, stderr=said, env=environment, cwd=ROOT)
        try:
            _wait_until_ready(server, url, log)
            yield url
        finally:
            server.terminate()
            server.wait(20)


def _wait_until_ready(server: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
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

    def __init__(self, browser: Browser, **options: object) -> None:
        self.faults: list[str] = []
        self.context: BrowserContext = browser.new_context(**options)
        self.context.route("**/*", self._local_only)

    def page(self) -> Page:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("response", self._note_status)
        return page

    def _local_only(self, route: Route) -> None:
        if urlsplit(route.request.url).hostname in ("127.0.0.1", "localhost", None):
            route.continue_()
        else:
            self.faults.append(f"not local: {route.request.url}")
            route.abort()

    def _note_status(self, response: object) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")
