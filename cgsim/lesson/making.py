"""``cgsim.lesson``: a lesson with its recorded ensembles, as one file."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..study.simulate import check_numbers
from ..study.varied import fault
from .lessons import Lesson
from .reading import read_lesson, shipped_lessons
from .recording import Point, Progress, record

MOST_RUNS = 10_000
"""Runs of a point."""

MOST_ROWS = 12_000_000
"""Runs × months of all points together: some minutes on two cores."""

MOST_BYTES = 5_000_000
"""Size of the file: what opens quickly on an old phone."""


@dataclass(frozen=True, eq=False)
class RecordedLesson:
    """A lesson and what its grid came to.

    Attributes
    ----------
    lesson : Lesson
    runs, seed : int
        Runs of each point, and their luck.
    points : tuple of Point
        In the order of ``lesson.points``.
    """

    lesson: Lesson
    runs: int
    seed: int
    points: tuple[Point, ...]

    def html(self, lang: str = "en") -> str:
        """Return one self-contained HTML file in both languages; the same lesson, the same text.

        Parameters
        ----------
        lang : {"en", "id"}
            Language in which it opens.
        """
        from .page import page

        return page(self, lang)

    def save(self, path: str | os.PathLike[str], lang: str = "en") -> None:
        """Write the lesson."""
        Path(path).write_bytes(self.html(lang).encode("utf-8"))

    def command(self, lang: str = "en") -> str:
        """Return the command that gives the file again."""
        name = self.lesson.name
        said = name if name in shipped_lessons() else f"{name}.yaml"
        words = ["cgsim", "lesson", said, "--runs", str(self.runs), "--seed", str(self.seed)]
        return shlex.join([*words, "--lang", lang, "-o", f"{name}.html"])


def lesson(
    said: str | os.PathLike[str] | Mapping[str, Any] | Lesson,
    runs: int = 100,
    seed: int = 1,
    *,
    threads: int | None = None,
    progress: Progress | None = None,
) -> RecordedLesson:
    """Record a lesson: run every point of its grid.

    Parameters
    ----------
    said : str, path, mapping or Lesson
        A shipped lesson's name, the path of a file, or what a file would say.
    runs, seed : int
        Runs of each point, and their luck; run r has the same in every point.
    threads : int, optional
        Threads to use; the numbers do not depend on it.
    progress : callable, optional
        Called with runs done and runs in all.

    Returns
    -------
    RecordedLesson
        Its ``html(lang)``; ``save(path, lang)`` writes it.

    Raises
    ------
    ScenarioError
        If the lesson or its scenario does not pass its check.
    ValueError
        For a number of runs or a seed out of range.

    Examples
    --------
    >>> from cgsim.lesson import read_lesson
    >>> read_lesson("rise-and-fall").scenario.months
    240
    """
    check_numbers(runs, seed, 0)
    if not 2 <= runs <= MOST_RUNS:
        raise ValueError(f"a lesson needs 2 to {MOST_RUNS} runs a point")
    read = read_lesson(said)
    if runs * read.scenario.months * len(read.points) > MOST_ROWS:
        most = MOST_ROWS // (read.scenario.months * len(read.points))
        raise fault("--runs", "lesson.error.many", most=most, points=len(read.points))
    return RecordedLesson(read, runs, seed, record(read, runs, seed, threads, progress))
