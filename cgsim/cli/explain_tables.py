"""An explanation as sentences and tables, within 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .explain_leavings import print_leavings
from .explain_person import print_person
from .explain_run import print_run
from .explain_sheet import words_of
from .show import show_levers
from .words import console, lang, number, word

if TYPE_CHECKING:
    from ..study.explain import Explained
    from .explain import ExplainOrder


def print_explained(found: Explained, asked: ExplainOrder) -> None:
    """Print the question, the answer in sentences, then the tables."""
    from ..study.explain import LeavingsExplained, PersonExplained
    from .explain import case_of

    sheet, case = console(), case_of(found)
    kind = "run"
    if isinstance(found, PersonExplained):
        kind = "person"
    elif isinstance(found, LeavingsExplained):
        kind = "leavings"
    sheet.print(words_of(f"heading.{kind}", who=asked.who), style="bold")
    sheet.print(case.title[lang()])
    order = asked.order
    told = {"seed": order.seed, "name": case.name, "hash": case.hash}
    many = kind == "leavings"
    about = {"runs": number(order.runs)} if many else {"run": asked.run}
    sheet.print(words_of(f"table.about_run{'s' if many else ''}", **told, **about))
    show_levers(sheet, order.levers)
    sheet.print()
    if isinstance(found, PersonExplained):
        print_person(sheet, found)
    elif isinstance(found, LeavingsExplained):
        print_leavings(sheet, found)
    else:
        print_run(sheet, found, asked.command)
    sheet.print(f"\n{word(':figure.notice')}", style="italic")
