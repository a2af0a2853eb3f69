"""``cgsim lesson`` as a command: what it takes."""

from __future__ import annotations

from typing import Annotated

import typer
from typer import Argument, Option

from .guard import Verb
from .options import Force, Json, Seed, Threads, threads_of
from .words import whole


def add_lesson(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(cls=Verb)(lesson)


def lesson(
    name: Annotated[str | None, Argument(metavar="NAME")] = None,
    file: Annotated[str | None, Option("-o", metavar="FILE")] = None,
    runs: Annotated[str, Option("--runs", metavar="N")] = "100",
    seed: Seed = "1",
    force: Force = False,
    json: Json = False,
    threads: Threads = None,
) -> None:
    """Make a lesson that opens without a server."""
    from .lesson import MOST_RUNS, LessonOrder, list_lessons, write_lesson

    if name is None:
        list_lessons(file, json)
        return
    order = LessonOrder(
        name=name,
        file=file,
        runs=whole("--runs", runs, 2, MOST_RUNS),
        seed=whole("--seed", seed, 0, 2**32 - 1),
        force=force,
        threads=threads_of(threads),
    )
    write_lesson(order, json)
