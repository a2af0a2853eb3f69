"""``cgsim plan`` as a command: what it takes."""

from __future__ import annotations

from typing import Annotated

import typer
from typer import Option

from .guard import Verb
from .options import MOST_MONTHS, MOST_RUNS, Force, Json, ScenarioArgument, Seed, Threads, order
from .words import whole

MOST_TRIALS, MOST_WORLDS = 100_000, 100_000


def add_plan(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(cls=Verb)(plan)


def plan(
    scenario: ScenarioArgument,
    budget: Annotated[list[str] | None, Option("--budget", metavar="[PAYER=]X")] = None,
    goal: Annotated[str, Option("--goal", metavar="GOAL")] = "dynamic",
    chance: Annotated[str, Option("--chance", metavar="P")] = "0.8",
    after: Annotated[str | None, Option("--after", metavar="N")] = None,
    vary: Annotated[list[str] | None, Option("--vary", metavar="LEVER")] = None,
    trials: Annotated[str, Option("--trials", metavar="N")] = "200",
    runs: Annotated[str, Option("--runs", metavar="N")] = "100",
    check: Annotated[str, Option("--check", metavar="N")] = "400",
    worlds: Annotated[str | None, Option("--worlds", metavar="N|FILE")] = None,
    seed: Seed = "1",
    levers: Annotated[list[str] | None, Option("--set", metavar="LEVER=X")] = None,
    out: Annotated[str | None, Option("--out", metavar="DIR")] = None,
    file: Annotated[str | None, Option("-o", metavar="FILE")] = None,
    force: Force = False,
    json: Json = False,
    threads: Threads = None,
) -> None:
    """Find the least costly plan that reaches a goal."""
    from .plan import PlanOrder, chance_of, show_plan, worlds_of

    asked = PlanOrder(
        order(scenario, runs, seed, levers, None, out, force, threads),
        budget=tuple(budget or ()), goal=goal, chance=chance_of(chance),
        after=None if after is None else whole("--after", after, 1, MOST_MONTHS),
        vary=tuple(vary or ()), trials=whole("--trials", trials, 2, MOST_TRIALS),
        checked=whole("--check", check, 2, MOST_RUNS), worlds=worlds_of(worlds, MOST_WORLDS),
        file=file,
    )  # fmt: skip
    show_plan(asked, json)
