"""``cgsim export`` as a command: what it takes."""

from __future__ import annotations

from typing import Annotated

import typer
from typer import Argument, Option

from .guard import Verb
from .options import Force, Json


def add_export(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(cls=Verb)(export)


def export(
    folder: Annotated[str, Argument(metavar="DIR")],
    file: Annotated[str, Option("-o", metavar="FILE")],
    table: Annotated[str, Option("--table", metavar="TABLE")] = "months",
    force: Force = False,
    json: Json = False,
) -> None:
    """Write the runs of a folder of results as NetLogo's BehaviorSpace would."""
    from .export import export_runs

    export_runs(folder, file, table, force, json)
