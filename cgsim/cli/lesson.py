"""``cgsim lesson``: one file with recorded ensembles; without a name, what lessons there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rich.table import Table

from ..lesson.lessons import Lesson
from ..lesson.making import MOST_RUNS, lesson
from ..lesson.reading import read_lesson, shipped_lessons
from .files import File
from .run import watched
from .words import as_json, console, lang, number, refusal, size, word

SUFFIXES = (".html", ".htm")


@dataclass(frozen=True)
class LessonOrder:
    """Which lesson, of how many runs, and into which file."""

    name: str
    file: str | None
    runs: int
    seed: int
    force: bool = False
    threads: int | None = None


def list_lessons(file: str | None, json: bool) -> None:
    """List the shipped lessons, each with its question."""
    if file is not None:
        raise refusal("NAME", "lesson_name", known=", ".join(shipped_lessons()))
    found = [read_lesson(name) for name in shipped_lessons()]
    if json:
        print(as_json([_described(one) for one in found]))
        return
    table = Table.grid(padding=(0, 2), pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for one in found:
        table.add_row(one.name, one.question[lang()])
    sheet = console()
    sheet.print(table)
    sheet.print(f"\n{word('lesson.next')}")


def write_lesson(order: LessonOrder, json: bool) -> None:
    """Record a lesson and write it, once it is known that it is in order and has room."""
    read = read_lesson(order.name)
    file = File(order.file or f"{read.name}.html", SUFFIXES, order.force)
    with watched(order.runs * len(read.points)) as progress:
        made = lesson(read, order.runs, order.seed, threads=order.threads, progress=progress)
    content = made.html(lang()).encode("utf-8")
    file.write(content)
    if json:
        told = {**_described(read), "runs": order.runs, "seed": order.seed}
        print(as_json({**told, "file": file.path.as_posix(), "bytes": len(content)}))
        return
    values = {"points": number(len(read.points)), "runs": number(order.runs)}
    words = word("lesson.written", file=file.path, size=size(len(content)), **values)
    console().print(words, soft_wrap=True)


def _described(one: Lesson) -> dict[str, Any]:
    return {
        "name": one.name,
        "title": dict(one.title),
        "question": dict(one.question),
        "scenario": one.called,
        "scenario_hash": one.scenario.hash,
        "levers": [lever.axis.path for lever in one.levers],
        "points": len(one.points),
    }


__all__ = ["MOST_RUNS", "LessonOrder", "list_lessons", "write_lesson"]
