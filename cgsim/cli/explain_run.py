"""One run's explanation as sentences and tables, within 80 columns."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from rich.table import Table

from ..study.explain.run import WORTH_ASKING
from ..study.explain.wording import decimal, missing_words, reached_words
from .explain_sheet import blocker_of, plain_table, print_title, say_all, term_of, words_of
from .words import lang, number, word

if TYPE_CHECKING:
    from rich.console import Console

    from ..study.explain import RunExplained


def print_run(sheet: Console, found: RunExplained, command: str) -> None:
    """Print the answer, what blocked when and for how long, and whom to ask about."""
    from ..study.explain.run_words import sentences

    say_all(sheet, sentences(found, lang()))
    print_title(sheet, "years")
    sheet.print(_years(found))
    print_title(sheet, "blocked")
    sheet.print(_blocked(found))
    people = found.people
    if len(people):
        print_title(sheet, "people", n=number(len(people)))
        sheet.print(_people(found))
        words = [*shlex.split(command), "--who", str(people["person"].iloc[0])]
        words += ["--month", str(people["month"].iloc[0])]
        sheet.print(words_of("table.ask", command=shlex.join(words)), soft_wrap=True)


def _state(name: str) -> str:
    return word(f":figure.state.{name}") if name else words_of("table.nothing")


def _years(found: RunExplained) -> Table:
    names = ("after", "state", "next", "blocked_by", "value", "closeness")
    table = plain_table([words_of(f"table.{name}") for name in names], left=0)
    for k in (1, 2, 3):
        table.columns[k].justify = "left"
    last = len(found.months) - 1
    rows = {*range(11, len(found.months), 12), last}
    for row in found.months.iloc[sorted(rows)].to_dict("records"):
        by, of = row["blocked_by"], words_of("table.nothing")
        if by not in ("", "time"):
            of = words_of("table.of", **reached_words(by, row["value"], row["needed"], lang()))
        cells = (blocker_of(by), of, decimal(row["closeness"], lang(), 2))
        table.add_row(
            str(row["month"] + 1), _state(row["state"]), _state(row["next_state"]), *cells
        )
    return table


def _blocked(found: RunExplained) -> Table:
    names = ("next", "blocked_by", "months", "missing")
    table = plain_table([words_of(f"table.{name}") for name in names], left=2)
    for row in found.blocked.to_dict("records"):
        by = row["blocked_by"]
        missing = "–" if by == "time" else missing_words(by, row["missing"], lang())
        table.add_row(_state(row["next_state"]), blocker_of(by), number(row["months"]), missing)
    return table


def _people(found: RunExplained) -> Table:
    names = ("person", "month", "trained_by", "strongest", "decisive", "too_much")
    table = plain_table([words_of(f"table.{name}") for name in names], left=0)
    for k in (2, 3, 4):
        table.columns[k].justify = "left"
    for row in found.people.head(WORTH_ASKING).to_dict("records"):
        decisive = ", ".join(term_of(one) for one in row["decisive"].split(", ") if one)
        table.add_row(
            str(row["person"]), str(row["month"]), row["admitted_by"], term_of(row["strongest"]),
            decisive or words_of("table.bad_luck"), decimal(row["too_much"], lang(), 2),
        )  # fmt: skip
    return table
