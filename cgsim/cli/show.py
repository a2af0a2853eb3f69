"""A summary as tables: states and makers by year, outcomes, costs, what blocks, cut-offs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..figures import COLOURS
from ..study.summary_words import block_words, label_differs
from ..world.shape import STATES
from .words import console, lang, number, percent, word

if TYPE_CHECKING:
    from ..scenario import Scenario
    from ..study.summary import Mean, Share, Summary

DECIMALS = {"mean_income": 2}
"""Decimals of outcomes, one if not named."""


def show_summary(summary: Summary, case: Scenario, levers: Sequence[str] = ()) -> None:
    """Print a summary, every table of it within 80 columns."""
    sheet = console()
    show_heading(sheet, case, word("run.about", runs=number(summary.runs), seed=summary.seed))
    show_levers(sheet, levers)
    _title(sheet, word("states.title"))
    sheet.print(_states(summary))
    _title(sheet, word("years.title"))
    sheet.print(_years(summary))
    after = number(summary.months)
    _title(sheet, word("outcomes.title", n=after))
    sheet.print(_outcomes(summary))
    _title(sheet, word("costs.title", n=after))
    sheet.print(_costs(summary, case))
    _title(sheet, word("blocked.title", n=after))
    sheet.print(_blocked(summary, case))
    _title(sheet, word("cutoffs.title", n=after))
    sheet.print(_cutoffs(summary))
    if label_differs(summary):
        sheet.print(word("cutoffs.differs"))
    sheet.print(f"\n{word(':figure.notice')}", style="italic")


def show_heading(sheet: Console, case: Scenario, about: str) -> None:
    """Print the scenario's question, its title and what was run."""
    if case.question[lang()]:
        sheet.print(case.question[lang()], style="bold")
    sheet.print(case.title[lang()])
    sheet.print(f"{case.name} · {about} · {case.hash}")


def show_levers(sheet: Console, levers: Sequence[str]) -> None:
    """Print what was changed by hand."""
    if levers:
        sheet.print(word("run.changed", levers=", ".join(levers)))


def _title(sheet: Console, words: str) -> None:
    sheet.print(f"\n{words}", style="bold")


def _table(headings: Iterable[str | Text], first: str = "left") -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for k, heading in enumerate(headings):
        left = k == 0 and first == "left"
        table.add_column(heading, justify="left" if left else "right", overflow="fold")
    return table


def _state_headings() -> list[Text]:
    return [
        Text(word(f":figure.state.{state}"), style=f"bold not dim {COLOURS[state]}")
        for state in STATES
    ]


def _share(share: Share) -> str:
    low, high = number(100 * share.low), number(100 * share.high)
    return f"{percent(share.share)} {f'({low}–{high})':>8}"


def _states(summary: Summary) -> Table:
    table = _table([word("states.after"), *_state_headings()], first="right")
    for months, found in summary.states.items():
        table.add_row(number(months), *(_share(found[state]) for state in STATES))
    return table


def _years(summary: Summary) -> Table:
    """Return producers, independents and income by year: the label lags behind them."""
    names = ("producers", "independents", "mean_income")
    heads = [Text(word(f"years.{name}"), style="not dim") for name in names]
    table = _table([word("states.after"), *heads], first="right")
    for months, found in summary.years.items():
        table.add_row(
            number(months), *(_mean(found[name], DECIMALS.get(name, 1)) for name in names)
        )
    return table


def _mean(mean: Mean, decimals: int) -> str:
    middle, low, high = (number(one, decimals) for one in (mean.mean, mean.low, mean.high))
    return f"{middle} {f'({low}–{high})':>13}" if mean.low is not None else middle


def _cutoffs(summary: Summary) -> Table:
    table = _table([word("cutoffs.heading"), *_state_headings()])
    for cutoffs in ("lenient", "as_set", "strict"):
        found = summary.end[cutoffs]
        words = word(f"cutoffs.{cutoffs}", shift=number(0.05, 2))
        table.add_row(words, *(_share(found[state]) for state in STATES))
    return table


def _interval(mean: Mean, decimals: int) -> tuple[str, str]:
    middle = number(mean.mean, decimals)
    if mean.low is None:
        return middle, "–"
    return middle, f"{number(mean.low, decimals)} – {number(mean.high, decimals)}"


def _outcomes(summary: Summary) -> Table:
    table = _table(["", word("mean"), word("interval"), ""])
    table.columns[3].justify = "left"
    for name, mean in summary.outcomes.items():
        words, unit = word(f"outcomes.{name}.label"), word(f"outcomes.{name}.unit")
        table.add_row(words, *_interval(mean, DECIMALS.get(name, 1)), unit)
    name, mean = "visits_per_trainee_year", summary.visits_per_trainee_year
    words, unit = word(f"outcomes.{name}.label"), word(f"outcomes.{name}.unit")
    table.add_row(words, *_interval(mean, 1), unit)
    return table


def _costs(summary: Summary, case: Scenario) -> Table:
    table = _table([word("costs.heading"), word("mean"), word("interval"), word("costs.share")])
    total = summary.spent.mean or 0.0

    def row(words: str, mean: Mean) -> None:
        share = percent((mean.mean or 0.0) / total) if total else "–"
        table.add_row(f"  {words}", *_interval(mean, 0), share)

    for key, mean in summary.spent_by.items():
        row(case.names[key][lang()], mean)
    table.add_row(word("costs.activities"), style="dim")
    for name, mean in summary.spent_on.items():
        row(word(f"costs.{name}"), mean)
    table.add_row(word("costs.whole"), style="dim")
    row(word("costs.total"), summary.spent)
    each = summary.cost_per_independent
    words = f"  {word('costs.each')}"
    if each.runs < summary.runs:
        runs = {"some": number(each.runs), "all": number(summary.runs)}
        words = f"{words}\n{word('costs.each_some', **runs)}"
    table.add_row(words, *_interval(each, 0), "")
    return table


def _blocked(summary: Summary, case: Scenario) -> Table:
    table = _table([word("blocked.heading"), word("blocked.runs")])
    for block in summary.blocked:
        words = block_words(block, case.policy["hold_months"], lang())
        table.add_row(words, percent(block.share))
    return table
