"""What ``cgsim watch`` takes."""

from __future__ import annotations

from typing import Annotated

import typer
from typer import Option

from .guard import Verb
from .options import Force, Json, ScenarioArgument, Seed, Threads
from .options import order as order_of


def add_watch(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(cls=Verb)(watch)


def watch(
    scenario: ScenarioArgument,
    runs: Annotated[str, Option("--runs", metavar="N")] = "400",
    seed: Seed = "1",
    levers: Annotated[list[str] | None, Option("--set", metavar="LEVER=X")] = None,
    months: Annotated[str | None, Option("--months", metavar="N")] = None,
    out: Annotated[str | None, Option("--out", metavar="DIR")] = None,
    file: Annotated[str | None, Option("-o", metavar="FILE")] = None,
    force: Force = False,
    json: Json = False,
    threads: Threads = None,
) -> None:
    """Say which number foretells decline."""
    from .watch import show_watch

    order = order_of(scenario, runs, seed, levers, months, out, force, threads)
    show_watch(order, json, file)
