"""``cgsim compare`` as a command: what it takes."""

from __future__ import annotations

from typing import Annotated

import typer
from typer import Argument, Option

from .guard import Verb
from .options import MOST_MONTHS, Force, Json, Seed, Threads, order
from .words import whole


def add_compare(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(cls=Verb)(compare)


def compare(
    scenarios: Annotated[list[str], Argument(metavar="SCENARIO")],
    runs: Annotated[str, Option("--runs", metavar="N")] = "500",
    seed: Seed = "1",
    levers: Annotated[list[str] | None, Option("--set", metavar="LEVER=X")] = None,
    months: Annotated[str | None, Option("--months", metavar="N")] = None,
    worlds: Annotated[str | None, Option("--worlds", metavar="N|FILE")] = None,
    world_runs: Annotated[str | None, Option("--world-runs", metavar="N")] = None,
    out: Annotated[str | None, Option("--out", metavar="DIR")] = None,
    file: Annotated[str | None, Option("-o", metavar="FILE")] = None,
    force: Force = False,
    json: Json = False,
    threads: Threads = None,
) -> None:
    """Compare scenarios on the same luck."""
    from .compare import CompareOrder, show_comparison
    from .compare_worlds import worlds_order

    length = None if months is None else whole("--months", months, 1, MOST_MONTHS)
    asked = order(scenarios[0], runs, seed, levers, None, out, force, threads)
    in_worlds = worlds_order(worlds, world_runs)
    show_comparison(CompareOrder(asked, tuple(scenarios), length, file, in_worlds), json)
