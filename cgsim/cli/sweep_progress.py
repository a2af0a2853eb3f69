"""How far a sweep is while it runs: a bar on a terminal, a line a minute elsewhere."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Self

from .words import duration, number, size, word

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

    from ..study.sweep import Report

EVERY = 60.0
"""Time between two lines where there is no terminal [s]."""


class Follower:
    """Told of each chunk that is done; says before the first one what it will take.

    Parameters
    ----------
    sheet : Console
        Where to say it.
    """

    def __init__(self, sheet: Console) -> None:
        self.sheet = sheet
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._began = self._said = time.monotonic()
        self._begun = False

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, report: Report) -> None:
        """Say how far it is."""
        if not self._begun:
            self._begin(report)
        elif self._bar is not None and self._task is not None:
            self._bar.update(
                self._task,
                completed=report.runs_done - report.found_done,
                description=word("run.progress" if report.workers else "sweep.idle"),
            )
        elif time.monotonic() - self._said >= EVERY:
            self._line(report)

    def _begin(self, report: Report) -> None:
        from ..study.sweep.estimate import estimate

        self._begun = True
        spec, left = report.spec, report.runs - report.runs_done
        counts = {"points": number(spec.points), "each": number(spec.runs)}
        counts |= {"runs": number(report.runs), "chunks": number(report.chunks)}
        self.sheet.print(word("sweep.begin.counts", **counts))
        if report.damaged:
            self.sheet.print(word("sweep.begin.damaged", n=number(len(report.damaged))))
        if not left:
            return
        if report.found_done:
            self.sheet.print(word("sweep.begin.found", done=number(report.found_done)))
        workers = max(1, report.workers)  # those of a cluster may be yet to come
        guess = estimate(spec, left, workers)
        told = {"time": duration(guess.seconds), "size": size(guess.size)}
        told |= {"left": number(left), "workers": number(workers)}
        self.sheet.print(word("sweep.begin.estimate", **told))
        self._began = self._said = time.monotonic()
        if self.sheet.is_terminal:
            self._draw(left)

    def _draw(self, left: int) -> None:
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        self._bar = Progress(
            TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(),
            TimeRemainingColumn(), console=self.sheet, transient=True,
        )  # fmt: skip
        self._task = self._bar.add_task(word("run.progress"), total=left)
        self._bar.start()

    def _line(self, report: Report) -> None:
        self._said = time.monotonic()
        if not report.workers:
            self.sheet.print(word("sweep.waiting", left=number(report.runs - report.runs_done)))
            return
        now = report.runs_done - report.found_done
        if not now:
            return
        rate = now / (self._said - self._began)
        told = {"done": number(report.runs_done), "runs": number(report.runs)}
        told |= {"time": duration((report.runs - report.runs_done) / rate)}
        self.sheet.print(word("sweep.line", **told))
