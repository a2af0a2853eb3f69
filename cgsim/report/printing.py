"""HTML printed to PDF by a Chromium on the PATH, which reaches no network."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-extensions", "--no-pdf-header-footer", "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip

LONGEST = 180
"""Seconds after which a browser that does not answer is given up."""


class NoBrowser(RuntimeError):
    """No Chromium could print; `browsers` names those looked for, `why` what one said."""

    def __init__(self, why: str = "") -> None:
        self.browsers = ", ".join(BROWSERS)
        self.why = why
        said = f"it failed: {why}" if why else f"none of {self.browsers} is on the PATH"
        super().__init__(f"PDF needs Chromium or Chrome; {said}. HTML needs none.")


def browser() -> str | None:
    """Return the path of a Chromium, None where there is none."""
    return next((path for path in map(shutil.which, BROWSERS) if path), None)


def printed(html: str) -> bytes:
    """Return a page as PDF.

    Raises
    ------
    NoBrowser
        Where there is no Chromium, or it fails.
    """
    found = browser()
    if found is None:
        raise NoBrowser
    with TemporaryDirectory(prefix="cgsim-", ignore_cleanup_errors=True) as folder:
        page, paper = Path(folder, "report.html"), Path(folder, "report.pdf")
        page.write_text(html, encoding="utf-8", newline="\n")
        command = [found, *FLAGS, f"--user-data-dir={Path(folder, 'profile')}"]
        command += [f"--print-to-pdf={paper}", page.as_uri()]
        try:
            said = subprocess.run(
                command, capture_output=True, text=True, errors="replace", timeout=LONGEST
            )
        except (OSError, subprocess.TimeoutExpired) as wrong:
            raise NoBrowser(str(wrong)) from wrong
        if said.returncode != 0 or not paper.is_file():
            raise NoBrowser((said.stderr.strip().splitlines() or ["?"])[-1])
        return paper.read_bytes()
