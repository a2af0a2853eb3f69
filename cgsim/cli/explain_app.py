"""``cgsim explain`` and what it takes; the work is done in `explain`."""

from __future__ import annotations

from typing import Annotated

import typer
from typer import Option

from .guard import Verb
from .options import MOST_MONTHS, Force, Json, ScenarioArgument, Seed, order
from .words import whole

MOST = 2**32 - 1


def add_explain(app: typer.Typer) -> None:
    """Add the command."""
    app.command(cls=Verb)(explain)


def explain(
    scenario: ScenarioArgument,
    seed: Seed = "1",
    run: Annotated[str, Option("--run", metavar="R")] = "0",
    who: Annotated[str | None, Option("--who", metavar="N")] = None,
    month: Annotated[str | None, Option("--month", metavar="T")] = None,
    against: Annotated[str | None, Option("--against", metavar="SCENARIO")] = None,
    tried: Annotated[list[str] | None, Option("--lever", metavar="PATTERN")] = None,
    runs: Annotated[str, Option("--runs", metavar="N")] = "1",
    levers: Annotated[list[str] | None, Option("--set", metavar="LEVER=X")] = None,
    out: Annotated[str | None, Option("--out", metavar="DIR")] = None,
    file: Annotated[str | None, Option("-o", metavar="FILE")] = None,
    force: Force = False,
    json: Json = False,
) -> None:
    """Say why somebody left, why a run went as it did, why people leave."""
    from .explain import ExplainOrder, show_explained

    ordered = order(scenario, runs, seed, levers, None, out, force, None)
    asked = ExplainOrder(
        ordered,
        whole("--run", run, 0, MOST),
        None if who is None else whole("--who", who, 0, MOST),
        None if month is None else whole("--month", month, 0, MOST_MONTHS),
        against,
        tuple(tried or ()),
        file,
    )
    show_explained(asked, json)
