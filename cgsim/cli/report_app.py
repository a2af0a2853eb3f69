"""``cgsim report`` as a command: what it takes."""

from __future__ import annotations

from typing import Annotated

import typer
from typer import Argument, Option

from .guard import Verb
from .options import Force, Seed, Threads, threads_of, worlds_of
from .words import whole


def add_report(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(cls=Verb)(report)


def report(
    scenarios: Annotated[list[str], Argument(metavar="SCENARIO")],
    file: Annotated[str, Option("-o", metavar="FILE")],
    runs: Annotated[str, Option("--runs", metavar="N")] = "500",
    seed: Seed = "1",
    worlds: Annotated[str, Option("--worlds", metavar="N|FILE")] = "0",
    levers: Annotated[list[str] | None, Option("--set", metavar="LEVER=X")] = None,
    force: Force = False,
    threads: Threads = None,
) -> None:
    """Make one document of what comes out."""
    from .report import MOST_RUNS, MOST_WORLDS, ReportOrder, write_report

    write_report(
        ReportOrder(
            scenarios=tuple(scenarios),
            file=file,
            runs=whole("--runs", runs, 2, MOST_RUNS),
            seed=whole("--seed", seed, 0, 2**32 - 1),
            worlds=worlds_of(worlds, 0, MOST_WORLDS),
            levers=tuple(levers or ()),
            force=force,
            threads=threads_of(threads),
        )
    )
