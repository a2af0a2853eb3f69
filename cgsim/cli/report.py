"""``cgsim report``: one document of one scenario, or of several against the first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..report.printing import NoBrowser, browser
from .files import File
from .run import Order, watched
from .words import console, lang, refusal, word

if TYPE_CHECKING:
    from ..report import Report
    from ..scenario import Scenario

SUFFIXES = (".html", ".htm", ".pdf")

MOST_RUNS, MOST_WORLDS = 20_000, 10_000


@dataclass(frozen=True)
class ReportOrder:
    """What to tell of, and into which file."""

    scenarios: tuple[str, ...]
    file: str
    runs: int
    seed: int
    worlds: int | str = 0
    levers: tuple[str, ...] = ()
    force: bool = False
    threads: int | None = None

    def cases(self) -> list[Scenario]:
        """Return the scenarios with the changes asked for."""
        return [Order(one, self.runs, self.seed, self.levers).case() for one in self.scenarios]


def write_report(asked: ReportOrder) -> None:
    """Make the report and write it, once it is known that there is room for it."""
    file = File(asked.file, SUFFIXES, asked.force)
    if file.suffix == ".pdf" and browser() is None:
        raise refusal("-o", "no_browser", browsers=NoBrowser().browsers)
    cases = asked.cases()
    made = _made(asked, cases)
    try:
        content = made.pdf(lang()) if file.suffix == ".pdf" else made.html(lang()).encode("utf-8")
    except NoBrowser as wrong:
        raise refusal("-o", "browser_failed", why=wrong.why) from wrong
    file.write(content)
    console().print(word("map.written", file=file.path), soft_wrap=True)


def _made(asked: ReportOrder, cases: list[Scenario]) -> Report:
    from ..report.making import report

    with watched(asked.runs * len(cases)) as progress:
        return report(
            cases, asked.runs, asked.seed, worlds=asked.worlds, levers=asked.levers,
            asked=asked.scenarios, threads=asked.threads, progress=progress,
        )  # fmt: skip
