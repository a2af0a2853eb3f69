"""The commands and what each takes; the work is done in the module of its name."""

from __future__ import annotations

from typing import Annotated

import typer
from typer import Argument, Option

from .calibrate_app import add_calibrate
from .compare_app import add_compare
from .explain_app import add_explain
from .export_app import add_export
from .guard import Verb, Verbs
from .lesson_app import add_lesson
from .options import (
    MOST_MONTHS,
    MOST_RUNS,
    Force,
    Json,
    ScenarioArgument,
    Seed,
    Threads,
    threads_of,
)
from .options import order as order_of
from .plan_app import add_plan
from .report_app import add_report
from .sweep_app import sweep_app
from .watch_app import add_watch
from .words import whole

app = typer.Typer(cls=Verbs, add_completion=False, rich_markup_mode=None)

MOST_PORT = 65535


@app.callback(invoke_without_command=True)
def cgsim(version: Annotated[bool, Option("--version")] = False) -> None:
    """Tell the version."""
    if version:
        from cgsim import __version__

        print(f"cgsim {__version__}")


@app.command(cls=Verb)
def run(
    scenario: ScenarioArgument,
    runs: Annotated[str, Option("--runs", metavar="N")] = "200",
    seed: Seed = "1",
    levers: Annotated[list[str] | None, Option("--set", metavar="LEVER=X")] = None,
    months: Annotated[str | None, Option("--months", metavar="N")] = None,
    out: Annotated[str | None, Option("--out", metavar="DIR")] = None,
    force: Force = False,
    json: Json = False,
    threads: Threads = None,
) -> None:
    """Run a scenario many times; once, tell its story."""
    from .run import carry_out

    carry_out(order_of(scenario, runs, seed, levers, months, out, force, threads), json)


add_compare(app)
add_report(app)
add_lesson(app)


@app.command(cls=Verb)
def map(
    scenario: ScenarioArgument,
    x: Annotated[str | None, Option("--x", metavar="LEVER=…")] = None,
    y: Annotated[str | None, Option("--y", metavar="LEVER=…")] = None,
    runs: Annotated[str, Option("--runs", metavar="N")] = "100",
    seed: Seed = "1",
    levers: Annotated[list[str] | None, Option("--set", metavar="LEVER=X")] = None,
    months: Annotated[str | None, Option("--months", metavar="N")] = None,
    out: Annotated[str | None, Option("--out", metavar="DIR")] = None,
    file: Annotated[str | None, Option("-o", metavar="FILE")] = None,
    force: Force = False,
    json: Json = False,
    threads: Threads = None,
) -> None:
    """Say how likely each state is over two levers."""
    from .map import MapOrder, draw_map

    order = order_of(scenario, runs, seed, levers, months, out, force, threads)
    draw_map(MapOrder(order, x, y, file), json)


@app.command(cls=Verb)
def ramp(
    scenario: ScenarioArgument,
    lever: Annotated[str, Option("--lever", metavar="LEVER")],
    start: Annotated[str | None, Option("--from", metavar="A")] = None,
    end: Annotated[str | None, Option("--to", metavar="B")] = None,
    steps: Annotated[str, Option("--steps", metavar="N")] = "5",
    values: Annotated[str | None, Option("--values", metavar="A,B,…")] = None,
    hold: Annotated[str, Option("--hold", metavar="N")] = "24",
    runs: Annotated[str, Option("--runs", metavar="N")] = "100",
    seed: Seed = "1",
    levers: Annotated[list[str] | None, Option("--set", metavar="LEVER=X")] = None,
    out: Annotated[str | None, Option("--out", metavar="DIR")] = None,
    file: Annotated[str | None, Option("-o", metavar="FILE")] = None,
    force: Force = False,
    json: Json = False,
    threads: Threads = None,
) -> None:
    """Take a lever there and back: is path dependence seen?"""
    from .ramp import RampOrder, show_ramp

    order = order_of(scenario, runs, seed, levers, None, out, force, threads)
    held, many = whole("--hold", hold, 1, MOST_MONTHS), whole("--steps", steps, 2, MOST_MONTHS)
    show_ramp(RampOrder(order, lever, held, start, end, many, values, file), json)


add_explain(app)


@app.command(cls=Verb)
def sensitivity(
    scenario: ScenarioArgument,
    method: Annotated[str | None, Option("--method", metavar="METHOD")] = None,
    whose: Annotated[bool, Option("--whose")] = False,
    against: Annotated[str | None, Option("--against", metavar="SCENARIO")] = None,
    over: Annotated[list[str] | None, Option("--levers", metavar="PATTERN")] = None,
    outcome: Annotated[str | None, Option("--outcome", metavar="A,B,…")] = None,
    points: Annotated[str | None, Option("--points", metavar="N")] = None,
    runs: Annotated[str | None, Option("--runs", metavar="N")] = None,
    least: Annotated[str | None, Option("--least", metavar="X")] = None,
    seed: Seed = "1",
    levers: Annotated[list[str] | None, Option("--set", metavar="LEVER=X")] = None,
    out: Annotated[str | None, Option("--out", metavar="DIR")] = None,
    force: Force = False,
    json: Json = False,
    threads: Threads = None,
) -> None:
    """Tell which numbers decide what comes out."""
    from .sensitivity import MOST_POINTS, SensitivityOrder, least_of, method_of, show_sensitivity
    from .words import refusal

    way = method_of(method, whose)
    if runs is not None and way != "morris":
        raise refusal("--runs", "sensitivity_runs")
    order = order_of(scenario, runs or "8", seed, levers, None, out, force, threads)
    outcomes = None if outcome is None else tuple(outcome.replace(",", " ").split())
    many = None if points is None else whole("--points", points, 1, MOST_POINTS)
    gain = least_of(least, whose and against is not None) or 0.0
    asked = SensitivityOrder(order, way, against, tuple(over or ()), outcomes, many, gain)
    show_sensitivity(asked, json)


add_calibrate(app)
add_watch(app)
add_plan(app)


@app.command(cls=Verb)
def demo(
    out: Annotated[str, Option("--out", metavar="DIR")] = "results/demo",
    force: Force = False,
    threads: Threads = None,
) -> None:
    """Run the batik cluster as it stands and show what comes out."""
    from .run import show_demo

    show_demo(out, force, threads_of(threads))


@app.command(cls=Verb)
def scenarios(json: Json = False) -> None:
    """List the shipped scenarios."""
    from .shelf import show_scenarios

    show_scenarios(json)


@app.command(cls=Verb)
def check(
    files: Annotated[list[str], Argument(metavar="FILE")],
    json: Json = False,
) -> None:
    """Check scenario files."""
    from .shelf import check_files

    raise typer.Exit(check_files(files, json))


@app.command(cls=Verb)
def levers(
    pattern: Annotated[str | None, Argument(metavar="PATTERN")] = None,
    json: Json = False,
) -> None:
    """List levers and constants."""
    from .levers import list_levers

    list_levers(pattern, json)


@app.command(cls=Verb)
def rerun(
    folder: Annotated[str, Argument(metavar="DIR")],
    threads: Threads = None,
    json: Json = False,
) -> None:
    """Make results once more and say whether every number is the same."""
    from .rerun import rerun_folder

    raise typer.Exit(rerun_folder(folder, threads_of(threads), json))


add_export(app)


@app.command(cls=Verb)
def columns(
    pattern: Annotated[str | None, Argument(metavar="PATTERN")] = None,
    table: Annotated[str | None, Option("--table", metavar="TABLE")] = None,
    json: Json = False,
) -> None:
    """Say what the columns of the tables hold."""
    from .columns import list_columns

    list_columns(pattern, table, json)


@app.command(cls=Verb)
def patterns(
    names: Annotated[list[str] | None, Argument(metavar="NAME")] = None,
    runs: Annotated[str, Option("--runs", metavar="N")] = "400",
    seed: Seed = "20261",
    json: Json = False,
) -> None:
    """Show what the world must show, promised and seen."""
    from .patterns import show_patterns

    runs_, seed_ = whole("--runs", runs, 2, MOST_RUNS), whole("--seed", seed, 0, 2**32 - 1)
    raise typer.Exit(show_patterns(names or (), runs_, seed_, json))


@app.command(cls=Verb)
def why(
    lever: Annotated[str, Argument(metavar="LEVER")],
    scenario: Annotated[str | None, Option("--scenario", metavar="SCENARIO")] = None,
    runs: Annotated[str, Option("--runs", metavar="N")] = "100",
    seed: Seed = "1",
    no_runs: Annotated[bool, Option("--no-runs")] = False,
    json: Json = False,
    threads: Threads = None,
) -> None:
    """Say who says so, and what moves if it is wrong."""
    from .why import tell_why

    number = whole("--runs", runs, 2, MOST_RUNS)
    luck = whole("--seed", seed, 0, 2**32 - 1)
    tell_why(lever, scenario, None if no_runs else number, luck, threads_of(threads), json)


@app.command(cls=Verb)
def new(
    name: Annotated[str, Argument(metavar="NAME")],
    extends: Annotated[str | None, Option("--extends", metavar="SCENARIO")] = None,
    answers: Annotated[str | None, Option("--from", metavar="FILE")] = None,
    force: Force = False,
) -> None:
    """Start a scenario of one's own."""
    from .starter import write_starter

    write_starter(name, extends, answers, force)


@app.command(cls=Verb)
def questionnaire(
    out: Annotated[str, Option("--out", "-o", metavar="FILE")],
    extends: Annotated[str, Option("--extends", metavar="SCENARIO")] = "sangatta-utara",
    force: Force = False,
) -> None:
    """Write a questionnaire for the field."""
    from .starter import write_questionnaire

    write_questionnaire(out, extends, force)


app.add_typer(sweep_app, name="sweep")


@app.command(cls=Verb)
def dashboard(
    scenario: Annotated[str | None, Argument(metavar="SCENARIO")] = None,
    room: Annotated[bool, Option("--room")] = False,
    seed: Annotated[str | None, Option("--seed", metavar="S")] = None,
    every: Annotated[str | None, Option("--every", metavar="N")] = None,
    plan: Annotated[str | None, Option("--plan", metavar="SCENARIO")] = None,
    port: Annotated[str, Option("--port", metavar="N")] = "8765",
    host: Annotated[str, Option("--host", metavar="ADDRESS")] = "127.0.0.1",
    no_open: Annotated[bool, Option("--no-open")] = False,
) -> None:
    """Serve the pages, and a room that plays together."""
    from .live import room_order, serve_page

    order = room_order(room, scenario, seed, every, plan)
    raise typer.Exit(serve_page(host, whole("--port", port, 0, MOST_PORT), not no_open, order))
