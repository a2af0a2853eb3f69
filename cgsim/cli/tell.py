"""One run of the Mesa model, told month by month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from ..figures import COLOURS
from ..world.shape import STATES
from .show import show_heading, show_levers
from .words import console, lang, number, word

if TYPE_CHECKING:
    from ..model import Model
    from ..scenario import Scenario
    from ..study.events import Event


def tell_story(case: Scenario, seed: int, levers: Sequence[str] = ()) -> None:
    """Walk the model and print what happens, year by year."""
    from ..model import Model
    from ..study.events import walk

    sheet = console()
    show_heading(sheet, case, word("story.about", seed=seed))
    show_levers(sheet, levers)
    sheet.print(f"\n{word('story.head')}", style="dim")
    model = Model(case, seed=seed, collect=False)
    year: list[Event] = []
    for month, events in walk(model):
        year += events
        if (month + 1) % 12 == 0 or month + 1 == case.months:
            sheet.print()
            sheet.print(_lines(year))
            sheet.print(_standing(model, month + 1))
            year = []
    sheet.print(f"\n{word(':figure.notice')}", style="italic")


def _lines(events: Sequence[Event]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", min_width=4)
    table.add_column()
    together: dict[int, list[str]] = {}
    for event in events:
        together.setdefault(event.after, []).append(event.in_language(lang()))
    for after, sentences in together.items():
        table.add_row(number(after), " ".join(sentences))
    return table


def _standing(model: Model, months: int) -> Text:
    """Where the cluster stands after so many months, in a line."""
    cluster = model.cluster
    state = STATES[int(cluster.state)]
    facts = {
        "n": number(months),
        "producers": number(cluster.producers),
        "independents": number(cluster.independents),
        "income": number(cluster.mean_income, 2),
    }
    line = Text(word("story.after", n=facts["n"]), style="bold")
    line.append(f" {word(f':figure.state.{state}')}", style=COLOURS[state])
    return line.append(word("story.standing", **facts), style="not bold")
