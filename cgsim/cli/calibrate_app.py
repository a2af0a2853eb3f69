"""What ``cgsim calibrate`` takes."""

from __future__ import annotations

from typing import Annotated

import typer
from typer import Option

from .guard import Verb
from .options import MOST_RUNS, Force, Json, ScenarioArgument, Seed, Threads
from .options import order as order_of
from .words import whole


def add_calibrate(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(cls=Verb)(calibrate)


def calibrate(
    scenario: ScenarioArgument,
    targets: Annotated[str, Option("--targets", metavar="FILE")] = "local",
    constants: Annotated[list[str] | None, Option("--constants", metavar="PATTERN")] = None,
    runs: Annotated[str, Option("--runs", metavar="N")] = "40",
    population: Annotated[str, Option("--population", metavar="N")] = "200",
    seed: Seed = "1",
    levers: Annotated[list[str] | None, Option("--set", metavar="LEVER=X")] = None,
    months: Annotated[str | None, Option("--months", metavar="N")] = None,
    out: Annotated[str | None, Option("--out", metavar="DIR")] = None,
    file: Annotated[str | None, Option("-o", metavar="FILE")] = None,
    force: Force = False,
    json: Json = False,
    threads: Threads = None,
) -> None:
    """Fit constants to what was seen."""
    from .calibrate import CalibrateOrder, show_calibration

    order = order_of(scenario, runs, seed, levers, months, out, force, threads)
    worlds = whole("--population", population, 1, MOST_RUNS)
    show_calibration(CalibrateOrder(order, targets, tuple(constants or ()), worlds, file), json)
