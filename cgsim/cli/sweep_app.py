"""The commands of ``cgsim sweep`` and what each takes; the work is done in other modules."""

from __future__ import annotations

from typing import Annotated

import typer
from typer import Argument, Option

from .guard import Verb, Verbs
from .words import whole

sweep_app = typer.Typer(cls=Verbs, add_completion=False, rich_markup_mode=None)

FolderArgument = Annotated[str, Argument(metavar="DIR")]
Workers = Annotated[str | None, Option("--workers", metavar="N")]
ShardOption = Annotated[str | None, Option("--shard", metavar="I/N")]
StopAfter = Annotated[str | None, Option("--stop-after", metavar="T")]
AcceptNumerics = Annotated[bool, Option("--accept-numerics")]
Dask = Annotated[str | None, Option("--dask", metavar="ADDRESS")]
Insecure = Annotated[bool, Option("--insecure")]
Json = Annotated[bool, Option("--json")]

MOST_WORKERS = 1024


@sweep_app.callback()
def sweep() -> None:
    """Run many points of a design, and keep every run."""


@sweep_app.command("run", cls=Verb)
def sweep_run(
    spec: Annotated[str, Argument(metavar="SPEC")],
    out: Annotated[str, Option("-o", "--out", metavar="DIR")],
    workers: Workers = None,
    shard: ShardOption = None,
    stop_after: StopAfter = None,
    accept_numerics: AcceptNumerics = False,
    dask: Dask = None,
    insecure: Insecure = False,
    json: Json = False,
) -> None:
    """Run a sweep into a folder."""
    from .sweep_run import Order, run_spec

    order = Order(out, _workers(workers), shard, stop_after, accept_numerics, dask, insecure)
    raise typer.Exit(run_spec(spec, order, json))


@sweep_app.command("resume", cls=Verb)
def sweep_resume(
    folder: FolderArgument,
    workers: Workers = None,
    shard: ShardOption = None,
    stop_after: StopAfter = None,
    accept_numerics: AcceptNumerics = False,
    dask: Dask = None,
    insecure: Insecure = False,
    json: Json = False,
) -> None:
    """Go on with the sweep of a folder."""
    from .sweep_run import Order, go_on

    order = Order(folder, _workers(workers), shard, stop_after, accept_numerics, dask, insecure)
    raise typer.Exit(go_on(order, json))


@sweep_app.command("status", cls=Verb)
def sweep_status(
    folder: FolderArgument,
    watch: Annotated[bool, Option("--watch")] = False,
    json: Json = False,
) -> None:
    """Say how far a sweep is."""
    from .sweep_status import show_status, watch_status

    if watch:
        watch_status(folder, json)
    else:
        show_status(folder, json)


@sweep_app.command("verify", cls=Verb)
def sweep_verify(
    folder: FolderArgument,
    deep: Annotated[bool, Option("--deep")] = False,
    repair: Annotated[bool, Option("--repair")] = False,
    workers: Workers = None,
    json: Json = False,
) -> None:
    """Say whether every run is there once, and every file whole."""
    from .sweep_verify import verify_folder

    raise typer.Exit(verify_folder(folder, deep, repair, _workers(workers), json))


@sweep_app.command("analyse", cls=Verb)
def sweep_analyse(
    folder: FolderArgument,
    outcome: Annotated[str | None, Option("--outcome", metavar="A,B,…")] = None,
    against: Annotated[str | None, Option("--against", metavar="DIR")] = None,
    least: Annotated[str | None, Option("--least", metavar="X")] = None,
    out: Annotated[str | None, Option("--out", metavar="DIR")] = None,
    force: Annotated[bool, Option("--force")] = False,
    json: Json = False,
) -> None:
    """Tell which numbers decide, from a sweep of the design morris or saltelli."""
    from .sensitivity import least_of
    from .sweep_analyse import AnalysisOrder, analyse_folder

    outcomes = None if outcome is None else tuple(outcome.replace(",", " ").split())
    gain = least_of(least, against is not None, "analyse_least")
    analyse_folder(AnalysisOrder(folder, against, outcomes, gain, out, force), json)


@sweep_app.command("query", cls=Verb)
def sweep_query(
    folder: FolderArgument,
    sql: Annotated[str, Argument(metavar="SQL")],
    out: Annotated[str | None, Option("-o", "--out", metavar="FILE")] = None,
    csv: Annotated[bool, Option("--csv")] = False,
    json: Json = False,
    memory: Annotated[str | None, Option("--memory", metavar="SIZE")] = None,
    partial: Annotated[bool, Option("--partial")] = False,
    force: Annotated[bool, Option("--force")] = False,
) -> None:
    """Answer a question in SQL from a sweep's tables."""
    from .sweep_query import Form, query_folder

    query_folder(folder, sql, Form(csv, json, out, force), memory, partial)


@sweep_app.command("compact", cls=Verb)
def sweep_compact(folder: FolderArgument, json: Json = False) -> None:
    """Copy a sweep's tables into few large files."""
    from .sweep_tables import compact_folder

    compact_folder(folder, json)


@sweep_app.command("export", cls=Verb)
def sweep_export(
    folder: FolderArgument,
    out: Annotated[str, Option("-o", "--out", metavar="FILE")],
    form: Annotated[str | None, Option("--form", metavar="FORM")] = None,
    table: Annotated[str | None, Option("--table", metavar="TABLE")] = None,
    partial: Annotated[bool, Option("--partial")] = False,
    force: Annotated[bool, Option("--force")] = False,
    json: Json = False,
) -> None:
    """Write a sweep's table into one file."""
    from .sweep_tables import Target, export_folder

    export_folder(folder, Target(out, form, table, force), partial, json)


def _workers(read: str | None) -> int | None:
    return None if read is None else whole("--workers", read, 1, MOST_WORKERS)
