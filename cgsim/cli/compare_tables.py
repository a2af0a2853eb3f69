"""A comparison on the terminal: the answer, then every table of it, within 80 columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..figures import COLOURS
from ..study.compare.outcomes import BY_NAME, Outcome
from ..study.compare.ranking import CUTOFF_NAMES, transitions
from ..study.compare.words import (
    change_of,
    figure_of,
    half_width,
    outcome_label,
    verdict_words,
)
from ..study.compare.worlds_words import holds_words
from ..world.shape import STATES
from .show import show_levers
from .words import console, lang, number, percent, word

if TYPE_CHECKING:
    from ..study.compare import Comparison
    from ..study.compare.differences import Difference

SURE = ("dynamic", "producers", "cluster_index", "artisan_years", "mean_income", "sales", "spent")
"""Outcomes of which it is told how sure they are, and what pairing gains."""

LETTERS = "ABCDEFGHIJKL"
MONEY = Outcome("", "Rp million", -1, 0)
PRICE = Outcome("", "Rp million", -1, 1)


def print_comparison(found: Comparison, levers: Sequence[str] = ()) -> None:
    """Print the answers, then what differs of each scenario from the first."""
    sheet, pairs = console(), found.pairs
    sheet.print(word(":compare.table.question"), style="bold")
    for letter, one in zip(LETTERS, pairs.every, strict=False):
        title = one.scenario.title[lang()]
        sheet.print(f"{letter}  {one.name} · {title} · {one.scenario.hash}")
    told = {"runs": number(pairs.runs), "seed": pairs.seed, "months": number(pairs.months)}
    sheet.print(word(":compare.table.about", **told))
    if pairs.shortened:
        names = ", ".join(pairs.shortened)
        sheet.print(word(":compare.table.shortened", names=names, months=number(pairs.months)))
    show_levers(sheet, levers)
    for name in found.names[1:]:
        sheet.print(f"\n{verdict_words(found, name, lang())}", style="bold")
        if found.worlds is not None:
            sheet.print(holds_words(found.worlds, name, lang()), style="bold")
    if len(found.names) > 2:
        told = {"k": number(len(found.names) - 1), "first": found.names[0]}
        sheet.print(f"\n{word(':compare.several', **told)}")
    for letter, name in zip(LETTERS[1:], found.names[1:], strict=False):
        if found.verdicts[name].answer != "same":
            _print_one(sheet, found, name, letter)
    sheet.print(f"\n{word(':compare.table.note')}")
    sheet.print(f"\n{word(':figure.notice')}", style="italic")


def _print_one(sheet: Console, found: Comparison, name: str, letter: str) -> None:
    blocks = (
        ("outcomes", _outcomes(found, name, letter)),
        ("ranking", _ranking(found, name)),
        ("transitions", _transitions(found, name, letter)),
        ("money", _money(found, name, letter)),
        ("price", _prices(found, name)),
        ("losers", _losers(found, name, letter)),
        ("medians", _medians(found, name)),
        ("gain", _gain(found, name)),
    )
    sheet.print(f"\n{word(':compare.table.against', letter=letter, name=name)}", style="bold")
    for key, table in blocks:
        if table is not None:
            told = {"letter": letter, "n": number(found.pairs.months)}
            sheet.print(f"\n{word(f':compare.table.title.{key}', **told)}", style="bold")
            sheet.print(table)


def _table(headings: Sequence[str | Text]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for k, heading in enumerate(headings):
        table.add_column(
            heading, justify="left" if k == 0 else "right", vertical="bottom", overflow="fold"
        )
    return table


def _heads(letter: str) -> tuple[str, ...]:
    return ("", "A", letter, f"{letter} − A", word("interval"))


def _row(one: Difference, outcome: Outcome) -> tuple[str, ...]:
    values = [figure_of(outcome, value, lang()) for value in (one.before, one.after)]
    change = figure_of(outcome, one.mean, lang(), sign=True)
    star = "*" if one.rests_on_few else ""
    return (*values, change, _dots(outcome, one.low, one.high) + star)


def _outcomes(found: Comparison, name: str, letter: str) -> Table:
    table = _table(_heads(letter))
    for key, one in found.differences[name].items():
        table.add_row(outcome_label(key, lang()), *_row(one, one.outcome))
    return table


def _medians(found: Comparison, name: str) -> Table:
    heads = ("median", "median_95", "median_80")
    table = _table(["", *(word(f":compare.table.{head}") for head in heads)])
    for key, one in found.differences[name].items():
        if one.outcome.kind == "number":  # the median of noughts and ones says nothing
            table.add_row(
                outcome_label(key, lang()),
                figure_of(one.outcome, one.median, lang(), sign=True),
                _dots(one.outcome, one.median_low, one.median_high),
                _dots(one.outcome, one.median_low_80, one.median_high_80),
            )
    return table


def _gain(found: Comparison, name: str) -> Table:
    """Return how far intervals reach with and without pairing."""
    heads = ("interval_80", "paired", "unpaired", "instead")
    table = _table(["", *(word(f":compare.table.{head}") for head in heads)])
    for key in SURE:
        one = found.differences[name][key]
        halves = (half_width(one), half_width(one, unpaired=True))
        table.add_row(
            word(f":compare.outcome.{key}.label"),
            _dots(one.outcome, one.low_80, one.high_80),
            *(f"±{figure_of(_finer(one.outcome), half, lang())}" for half in halves),
            number(one.runs_instead if one.runs_instead < 1e9 else None),
        )
    return table


def _finer(outcome: Outcome) -> Outcome:
    """Return the outcome with a digit more, in which half an interval is told."""
    return outcome._replace(decimals=outcome.decimals + 1)


def _dots(outcome: Outcome, low: float, high: float, sign: bool = True) -> str:
    return " … ".join(figure_of(outcome, end, lang(), sign) for end in (low, high))


def _ranking(found: Comparison, name: str) -> Table:
    heads = ("better", "equal", "worse", "net")
    table = _table(["", *(word(f":compare.table.{head}") for head in heads), word("interval")])
    share = BY_NAME["dynamic"]
    for one in sorted(found.rankings[name], key=lambda one: _place(one.rule, one.cutoffs)):
        counts = (percent(many / one.pairs) for many in (one.better, one.equal, one.worse))
        table.add_row(
            word(f":compare.table.rule.{one.rule}_{one.cutoffs}"), *counts,
            figure_of(share, one.net, lang(), sign=True),
            _dots(share, one.low, one.high),
        )  # fmt: skip
    return table


def _place(rule: str, cutoffs: str) -> tuple[bool, bool, int]:
    """As set first, by state and by time; then the other cut-offs."""
    return (cutoffs != "as_set", rule != "state", CUTOFF_NAMES.index(cutoffs))


def _transitions(found: Comparison, name: str, letter: str) -> Table:
    heads = [
        Text(f"{letter}: {word(f':figure.state.{state}')}", style=f"bold not dim {COLOURS[state]}")
        for state in STATES
    ]
    table = _table(["", *heads])
    other = next(one for one in found.pairs.others if one.name == name)
    for state, row in zip(STATES, transitions(found.pairs, other), strict=True):
        cells = [percent(int(many) / found.pairs.runs) for many in row]
        table.add_row(f"A: {word(f':figure.state.{state}')}", *cells)
    return table


def _money(found: Comparison, name: str, letter: str) -> Table:
    table = _table(_heads(letter))
    names = {key: one for case in found.pairs.every for key, one in case.scenario.names.items()}
    kind = ""
    for what, key, one in found.spending[name]:
        if what != kind:
            kind = what
            table.add_row(word(f":compare.table.kind.{kind}"), style="dim")
        if what == "payer":
            label = names[key][lang()]
        else:
            label = word("costs.total" if what == "all" else f"costs.{key}")
        table.add_row(f"  {label}", *_row(one, MONEY))
    return table


def _prices(found: Comparison, name: str) -> Table:
    heads = ("extra_cost", "extra_effect", "each")
    table = _table(["", *(word(f":compare.table.{head}") for head in heads), word("interval")])
    for effect, one in found.prices[name].items():
        share = effect == "dynamic"
        digits = MONEY if share else PRICE
        gain = change_of(effect, one.gain, lang())
        priced = one.ratio == one.ratio
        kind = "saved" if one.quadrant == "cheaper_worse" else "effect"
        table.add_row(
            word(f":compare.table.{kind}.{effect}"),
            figure_of(MONEY, one.cost, lang(), sign=True),
            gain,
            figure_of(digits, one.ratio, lang()) if priced else "–",
            _dots(digits, one.low, one.high, sign=False)
            if priced
            else word(f":compare.table.quadrant.{one.quadrant}"),
        )
    return table


def _losers(found: Comparison, name: str, letter: str) -> Table | None:
    told = found.lost[name]
    if not told:
        return None
    names = {key: one for case in found.pairs.every for key, one in case.scenario.names.items()}
    table = _table([*_heads(letter)[:4], word(":compare.table.pairs_worse")])
    for kind, key, one in told:
        outcome = MONEY if kind == "payer" else one.outcome
        label = outcome_label(key, lang()) if kind == "outcome" else ""
        if kind == "payer":
            label = word(":compare.table.payer", who=names[key][lang()])
        table.add_row(label, *_row(one, outcome)[:3], percent(one.worse))
    return table
