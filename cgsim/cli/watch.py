"""``cgsim watch``: which monthly number foretells decline a year ahead."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table

from .giving import Giving, content_of
from .run import Order, watched
from .show import show_levers
from .words import console, lang, word

if TYPE_CHECKING:
    from ..study.watch import Watch

SHOWN = 8


def command_of(order: Order) -> str:
    """Return the command that gives the numbers again, wherever they are put."""
    _, _, *rest = shlex.split(order.command)
    return shlex.join(["cgsim", "watch", *rest])


def show_watch(order: Order, json: bool, file: str | None) -> None:
    """Watch; print what foretells decline, and write it where asked."""
    command = command_of(order)
    giving: Giving[Watch] = Giving(
        show=lambda found: print_watch(found, order.levers),
        document=lambda found: _document(found, command),
        fill=lambda place, found: _fill(place, found, command),
        content=lambda found, suffix: content_of(
            suffix, found.table, lambda: found.plot(lang()), lambda: _document(found, command)
        ),
    )
    giving.give(order, command, lambda: _made(order), json, file)


def _made(order: Order) -> Watch:
    from ..study.watch import watch

    case = order.case()
    with watched(2 * order.runs) as progress:
        return watch(case, order.runs, order.seed, threads=order.threads, progress=progress)


def print_watch(found: Watch, levers: tuple[str, ...] = ()) -> None:
    """Print the answer, then the best numbers; within 80 columns."""
    from ..study.watch_words import about_words, definition_words

    sheet = console()
    sheet.print(word(":watch.question"), style="bold")
    sheet.print(found.scenario.title[lang()])
    sheet.print(about_words(found, lang()))
    show_levers(sheet, levers)
    first, *rest = found.sentences(lang())
    sheet.print(f"\n{first}", style="bold")
    for one in rest:
        sheet.print(f"· {one}")
    if len(found.table):
        sheet.print(f"\n{word(':watch.table.title')}", style="bold")
        sheet.print(_table(found))
        sheet.print(f"\n{word(':watch.table.note')}")
    sheet.print(f"\n{definition_words(found, lang())}")
    sheet.print(f"\n{word(':figure.notice')}", style="italic")


def _table(found: Watch) -> Table:
    from babel.numbers import format_decimal

    from ..study.watch_words import rule_words, share_words, signal_words
    from ..study.watching import CALENDAR

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for name, left in (
        ("signal", True), ("by", True), ("rule", False), ("hits", False), ("false_alarms", False),
        ("youden", False), ("lead", False),
    ):  # fmt: skip
        heading = word(f":watch.table.{name}")
        table.add_column(heading, justify="left" if left else "right", vertical="bottom")
    rows = found.table.to_dict("records")
    shown = rows[:SHOWN] + [row for row in rows[SHOWN:] if row["signal"] == CALENDAR]
    for row in shown:
        hits, false = (share_words(row[name], lang()) for name in ("hits", "false_alarms"))
        middle, low, high = (
            format_decimal(row[name], "0.00;−0.00", locale=lang())
            for name in ("youden", "youden_low", "youden_high")
        )
        lead = "–" if row["lead"] != row["lead"] else format_decimal(row["lead"], "0", lang())
        table.add_row(
            signal_words(row["signal"], lang()), word(f":watch.by.{row['by']}"),
            rule_words(row, lang()), hits, false, f"{middle} ({low}–{high})", lead,
        )  # fmt: skip
    return table


def _document(found: Watch, command: str) -> dict[str, Any]:
    from ..study.watch_words import definition_words

    case = found.scenario
    return {
        "scenario": case.name,
        "scenario_hash": case.hash,
        "runs": found.runs,
        "seed": found.seed,
        "outcome": found.outcome,
        "runs_with_decline": found.declining,
        "months_before_decline": found.before,
        "sentences": found.sentences(lang()),
        "definition": definition_words(found, lang()),
        "table": [_plain(row) for row in found.table.to_dict("records")],
        "notice": word(":figure.notice"),
        "command": command,
    }


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    return {str(k): None if isinstance(v, float) and v != v else v for k, v in row.items()}


def _fill(place: Path, found: Watch, command: str) -> list[str]:
    from ..study.kept import fill_study

    facts = {"runs": found.runs, "seed": found.seed, "outcome": found.outcome}
    return fill_study(
        place, found.scenario, {"watch": found.table}, {"watch": found.plot(lang())}, facts,
        command, lang(),
    )  # fmt: skip
