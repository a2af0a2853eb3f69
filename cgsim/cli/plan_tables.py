"""A plan as sentences and tables, each within 80 columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.table import Table

from ..study.plan.words import (
    flattered_words,
    money,
    notes,
    points,
    reacting_words,
    robust_words,
    share_words,
    verdict_words,
)
from .show import show_levers
from .words import console, lang, number, word

if TYPE_CHECKING:
    from ..study.plan.planned import Planned
    from ..study.plan.robust import Robust


def print_plan(found: Planned, levers: tuple[str, ...] = ()) -> None:
    """Print the answer, the plan, who pays, the frontier; what reacts, and other worlds."""
    sheet, case = console(), found.scenario
    goal = found.goal.words(lang())
    asked = {
        "goal": goal,
        "months": number(case.months),
        "chance": share_words(found.chance, lang()),
    }
    sheet.print(word("plan.question", **asked), style="bold")
    sheet.print(f"{case.title[lang()]} · {case.name} · {case.hash}")
    sheet.print(_about(found))
    sheet.print(_budget(found))
    show_levers(sheet, levers)
    sheet.print(f"\n{verdict_words(found, lang())}", style="bold")
    if found.chosen is not None:
        told = {"n": len(found.changed), "all": len(found.axes)}
        sheet.print(f"\n{word('plan.changes', **told)}", style="bold")
        sheet.print(_changes(found) if found.changed else word("plan.same"))
        if found.changed:
            sheet.print(word("plan.without"))
        sheet.print(f"\n{word('plan.costs')}", style="bold")
        sheet.print(_costs(found))
    if found.candidates:
        sheet.print(f"\n{word('plan.frontier')}", style="bold")
        sheet.print(_frontier(found))
        sheet.print(word("plan.chosen", second=found.lucks.second.seed))
        sheet.print(flattered_words(found, lang()))
    sheet.print(f"\n{word('plan.reacting')}", style="bold")
    sheet.print(reacting_words(found, lang()))
    if found.robust is not None:
        sheet.print(f"\n{word('plan.worlds')}", style="bold")
        sheet.print(robust_words(found.robust, lang()))
        sheet.print(_worlds(found.robust))
        sheet.print(word(":plan.worlds.note", runs=number(found.robust.runs)))
    sheet.print()
    for note in notes(found, lang()):
        sheet.print(note)
    sheet.print(f"\n{word(':figure.notice')}", style="italic")


def _about(found: Planned) -> str:
    searched, second, fresh = found.lucks
    return word(
        "plan.about", trials=number(len(found.tried)), levers=len(found.axes),
        runs=number(searched.runs), seed=searched.seed, second=second.seed, fresh=fresh.seed,
        checked=number(fresh.runs),
    )  # fmt: skip


def _budget(found: Planned) -> str:
    bounds = found.budget.to_dict()
    if not bounds:
        return word("plan.no_budget")
    told = [f"{_payer(found, who)} {money(much, lang())}" for who, much in bounds.items()]
    return word("plan.budget", bounds=", ".join(told))


def _payer(found: Planned, who: str) -> str:
    names = found.scenario.names
    return names[who][lang()] if who in names else word(":plan.all")


def _table(columns: Sequence[str], left: int = 1, **told: object) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for k, name in enumerate(columns):
        heading = word(f"plan.{name}", **told)
        table.add_column(heading, justify="left" if k < left else "right", vertical="bottom")
    return table


def _changes(found: Planned) -> Table:
    from ..study.plan.levers import own_values
    from ..study.varied import lever_words, value_words

    columns = ("lever", "as_it_is", "plan", "probability_without", "cost_without")
    table = _table(columns)
    rows = found.levers.to_dict("records")
    for (axis, value), row in zip(found.changed, rows, strict=True):
        own = own_values(axis.path, found.scenario)
        table.add_row(
            lever_words(axis.path, found.scenario, lang()),
            ", ".join(value_words(axis.parameter, one, lang()) for one in own),
            value_words(axis.parameter, value, lang()),
            points(row["probability_without"], lang()),
            money(row["cost_without"], lang(), sign=True),
        )
    return table


def _costs(found: Planned) -> Table:
    years = number(found.scenario.months / 12, 0 if found.scenario.months % 12 == 0 else 1)
    columns = ("payer", "as_it_is", "plan", "more", "bound", "whole")
    table = _table(columns, years=years)
    for row in found.costs.to_dict("records"):
        bound = row["budget"]
        table.add_row(
            _payer(found, row["payer"]),
            *(money(row[name], lang()) for name in ("as_it_is", "plan")),
            money(row["more"], lang(), sign=True),
            "–" if bound != bound else money(bound, lang()),
            money(row["plan_over_horizon"], lang()),
        )
    return table


def _frontier(found: Planned) -> Table:
    columns = ["name", "cost", "cost_interval", "searched", "probability", "interval"]
    bounded = found.budget.is_set
    table = _table([*columns, "within"] if bounded else columns)
    for row in found.frontier.to_dict("records"):
        ends = (row["cost_low"], row["cost_high"])
        cells = [
            f"{row['plan']}{' *' if row['chosen'] else ''}",
            money(row["cost"], lang()),
            "–".join(money(end, lang()) for end in ends),
            _percent(row["probability_searched"]),
            _percent(row["probability"]),
            "–".join(_percent(row[end]) for end in ("low", "high")),
        ]
        if bounded:
            cells.append(word(f"plan.is_{'within' if row['within_budget'] else 'beyond'}"))
        table.add_row(*cells)
    return table


def _worlds(robust: Robust) -> Table:
    columns = ("name", "reaching", "interval", "worst", "regret", "mean_cost", "dearer")
    table = _table(columns)
    for row in robust.table.to_dict("records"):
        extra = row["largest_extra_cost"]
        name = str(row["plan"])
        table.add_row(
            word(":plan.as_it_is") if name == "as_it_is" else name,
            _percent(row["reaching"]),
            "–".join(_percent(row[end]) for end in ("low", "high")),
            _percent(row["worst_probability"]),
            points(row["largest_regret"], lang(), sign=False),
            money(row["mean_cost"], lang()),
            "–" if extra != extra else money(extra, lang()),
        )
    return table


def _percent(share: float) -> str:
    return share_words(share, lang()).removesuffix(" %")
