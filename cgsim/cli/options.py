"""Options that commands share, and what they make of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from .words import whole

if TYPE_CHECKING:
    from .run import Order

ScenarioArgument = Annotated[str, Argument(metavar="SCENARIO")]
Seed = Annotated[str, Option("--seed", metavar="S")]
Json = Annotated[bool, Option("--json")]
Force = Annotated[bool, Option("--force")]
Threads = Annotated[str | None, Option("--threads", metavar="N")]

MOST_RUNS, MOST_THREADS, MOST_MONTHS = 1_000_000, 1024, 1200


def order(
    scenario: str, runs: str, seed: str, levers: list[str] | None, months: str | None,
    out: str | None, force: bool, threads: str | None,
) -> Order:  # fmt: skip
    """Return what to run, each number checked."""
    from .run import Order

    return Order(
        scenario=scenario,
        runs=whole("--runs", runs, 1, MOST_RUNS),
        seed=whole("--seed", seed, 0, 2**32 - 1),
        levers=tuple(levers or ()),
        months=months,
        out=out,
        force=force,
        threads=threads_of(threads),
    )


def worlds_of(read: str, least: int, most: int) -> int | str:
    """Read how many worlds to draw, or the name of a file that holds them."""
    if read.strip().lstrip("+-").isdecimal():
        return whole("--worlds", read, least, most)
    return read


def threads_of(read: str | None) -> int | None:
    """Read a number of threads, or none."""
    return None if read is None else whole("--threads", read, 1, MOST_THREADS)
