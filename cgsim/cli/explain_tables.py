"""An explanation as sentences and tables, within 80 columns."""

from __future__ import annotations

import math
import shlex
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rich.table import Table

from ..study.explain.figures_of import decimal, flip_words, missing_words, percent, reached_words
from ..study.explain.life import TERMS
from ..study.explain.run import WORTH_ASKING
from .show import show_levers
from .words import console, lang, number, word

if TYPE_CHECKING:
    from rich.console import Console

    from ..scenario import Scenario
    from ..study.explain import Explained, LeavingsExplained, PersonExplained, RunExplained
    from .explain import ExplainOrder

BEFORE, AFTER = 11, 2
"""Months of a life line shown before the month explained, and after it."""

LABEL, GROUP = 44, 20
"""Columns of a lever's name, and of a group's."""


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
    sheet.print(_words(f"heading.{kind}", who=asked.who), style="bold")
    sheet.print(case.title[lang()])
    order = asked.order
    told = {"seed": order.seed, "name": case.name, "hash": case.hash}
    many = kind == "leavings"
    about = {"runs": number(order.runs)} if many else {"run": asked.run}
    sheet.print(_words(f"table.about_run{'s' if many else ''}", **told, **about))
    show_levers(sheet, order.levers)
    sheet.print()
    if isinstance(found, PersonExplained):
        _print_person(sheet, found)
    elif isinstance(found, LeavingsExplained):
        _print_leavings(sheet, found)
    else:
        _print_run(sheet, found, asked)
    sheet.print(f"\n{word(':figure.notice')}", style="italic")


def _words(key: str, **values: object) -> str:
    return word(f":explain.{key}", **values)


def _term(name: str) -> str:
    return _words(f"term.{name}")


def _say(sheet: Console, sentences: Iterable[str]) -> None:
    for k, sentence in enumerate(sentences):
        sheet.print(sentence, style="bold" if k == 0 else None)


def _title(sheet: Console, key: str, **values: object) -> None:
    sheet.print(f"\n{_words(f'table.{key}', **values)}", style="bold")


def _table(headings: Iterable[str], left: int = 1, gap: int = 2) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, gap, 0, 0), header_style="dim")
    for k, heading in enumerate(headings):
        justify: Any = "left" if k < left else "right"
        table.add_column(heading, justify=justify, vertical="bottom", overflow="fold")
    return table


# one person


def _print_person(sheet: Console, found: PersonExplained) -> None:
    from ..study.explain.person_words import sentences

    _say(sheet, sentences(found, lang()))
    _title(sheet, "reasons", month=found.month)
    sheet.print(_reasons(found))
    if found.levers:
        _print_levers(sheet, found)
    first, last = _window(found)
    _title(sheet, "life", first=first, last=last)
    sheet.print(_life(found, first, last))
    sheet.print(_words("table.life_note"), style="dim")
    if found.other is not None:
        _title(sheet, "beside")
        sheet.print(_beside(found, first, last))


def _reasons(found: PersonExplained) -> Table:
    keeps = "keeps" if found.left else "loses"
    names = ("reason", "value", "neutral", "factor", keeps, "decisive")
    table = _table([_words(f"table.{name}") for name in names])
    for one in found.reasons:
        flip = flip_words(one, lang())
        if one.flip is not None:
            flip = f"{'≥' if one.flip > (one.short or 0.0) else '≤'} {flip}"
            flip = flip if one.possible else _words("table.impossible", value=flip)
        factor = decimal(math.exp(one.push), lang(), 2)
        decisive = _words(f"table.{'yes' if one.decisive else 'no'}")
        value, neutral = (decimal(x, lang()) for x in (one.value, one.neutral))
        table.add_row(_term(one.term), value, neutral, factor, flip, decisive)
    return table


def _print_levers(sheet: Console, found: PersonExplained) -> None:
    from ..study.varied import lever_words, value_words

    case = found.life.scenario
    _title(sheet, "levers")
    kept = [one for one in found.levers if one.outcome == "kept"]
    if kept:
        table = _table([_words(f"table.{name}") for name in ("lever", "present", "flip", "short")])
        table.columns[0].width = LABEL
        for one in kept:
            cells = [
                value_words(one.parameter, value, lang())
                for value in (one.present, one.flip, one.short)
                if value is not None
            ]
            table.add_row(lever_words(one.path, case, lang()), *cells)
        sheet.print(table)
    for outcome in ("none", "moved"):
        paths = _gathered([one.path for one in found.levers if one.outcome == outcome], case)
        names = [lever_words(path, case, lang()) for path in paths]
        if names:
            key = f"table.levers_{outcome}"
            sheet.print(_words(key, levers=", ".join(names)), style="dim")
    times = sum(month <= found.month for month in found.life.leavings)
    key = "kept_means" if times == 1 else "kept_means_again"
    sheet.print(_words(f"table.{key}", month=found.month, n=times), style="dim")


def _gathered(paths: list[str], case: Scenario) -> list[str]:
    """Put a lever of all organisations in place of each one's."""
    found: list[str] = []
    for path in paths:
        parts = path.split(".")
        if parts[0] == "organisations":
            every = [f"organisations.{key}.{parts[2]}" for key in case.organisations]
            path = f"organisations.*.{parts[2]}" if set(every) <= set(paths) else path
        if path not in found:
            found.append(path)
    return found


def _window(found: PersonExplained) -> tuple[int, int]:
    """Return the months of the life line to show: the stay in question, its last year."""
    life, month = found.life, found.month
    admitted = max((one for one in life.admissions if one <= month), default=0)
    last = min(len(life.table) - 1, month + AFTER)
    return max(admitted - 1, month - BEFORE, 0), last


def _life(found: PersonExplained, first: int, last: int) -> Table:
    short = ("month", "status", "visits", *TERMS, "hazard", "chance", "luck")
    table = _table([_words(f"table.{name}") for name in short], left=0, gap=1)
    table.columns[1].justify = "left"
    for row in found.life.table.iloc[first : last + 1].to_dict("records"):
        cells = [decimal(row[f"read_{name}"], lang(), 2) for name in TERMS]
        cells += [decimal(row[name], lang()) for name in ("hazard", "probability", "luck")]
        visits = str(row["visits"]) if row["in_programme"] else "–"
        table.add_row(
            str(row["month"]), _status(row["status"]), visits, *cells,
            style="bold" if row["month"] == found.month else None,
        )  # fmt: skip
    return table


def _status(name: str) -> str:
    return _words(f"short.{name}")


def _blocker(by: str) -> str:
    if not by:
        return _words("table.nothing")
    return _words(f"{'short' if by in ('producers', 'time') else 'blocker'}.{by}")


def _beside(found: PersonExplained, first: int, last: int) -> Table:
    assert found.other is not None
    here = _words("table.here", scenario=found.life.scenario.name)
    there = _words("table.there", scenario=found.other.scenario.name)
    chance, luck = _words("table.chance"), _words("table.luck")
    table = _table([_words("table.month"), here, chance, there, chance, luck])
    for k in (1, 3):
        table.columns[k].justify = "left"
    rows = found.beside
    for row in rows[(rows["month"] >= first) & (rows["month"] <= last)].to_dict("records"):
        sides = []
        for side in ("", "_other"):
            status = row[f"status{side}"]
            sides.append("–" if status != status else _status(status))
            sides.append(decimal(row[f"probability{side}"], lang()))
        drawn = row["luck"] if row["luck"] == row["luck"] else row["luck_other"]
        table.add_row(str(row["month"]), *sides, decimal(drawn, lang()))
    return table


# one run


def _print_run(sheet: Console, found: RunExplained, asked: ExplainOrder) -> None:
    from ..study.explain.run_words import sentences

    _say(sheet, sentences(found, lang()))
    _title(sheet, "years")
    sheet.print(_years(found))
    _title(sheet, "blocked")
    sheet.print(_blocked(found))
    people = found.people
    if len(people):
        _title(sheet, "people", n=number(len(people)))
        sheet.print(_people(found))
        words = [*shlex.split(asked.command), "--who", str(people["person"].iloc[0])]
        sheet.print(_words("table.ask", command=shlex.join(words)), soft_wrap=True)


def _state(name: str) -> str:
    return word(f":figure.state.{name}") if name else _words("table.nothing")


def _years(found: RunExplained) -> Table:
    names = ("after", "state", "next", "blocked_by", "value", "closeness")
    table = _table([_words(f"table.{name}") for name in names], left=0)
    for k in (1, 2, 3):
        table.columns[k].justify = "left"
    last = len(found.months) - 1
    rows = {*range(11, len(found.months), 12), last}
    for row in found.months.iloc[sorted(rows)].to_dict("records"):
        by, of = row["blocked_by"], _words("table.nothing")
        if by not in ("", "time"):
            of = _words("table.of", **reached_words(by, row["value"], row["needed"], lang()))
        cells = (_blocker(by), of, decimal(row["closeness"], lang(), 2))
        table.add_row(
            str(row["month"] + 1), _state(row["state"]), _state(row["next_state"]), *cells
        )
    return table


def _blocked(found: RunExplained) -> Table:
    names = ("next", "blocked_by", "months", "missing")
    table = _table([_words(f"table.{name}") for name in names], left=2)
    for row in found.blocked.to_dict("records"):
        by = row["blocked_by"]
        missing = "–" if by == "time" else missing_words(by, row["missing"], lang())
        table.add_row(
            _state(row["next_state"]), _blocker(by), number(row["months"]), missing
        )
    return table


def _people(found: RunExplained) -> Table:
    names = ("person", "month", "trained_by", "strongest", "decisive", "too_much")
    table = _table([_words(f"table.{name}") for name in names], left=0)
    for k in (2, 3, 4):
        table.columns[k].justify = "left"
    for row in found.people.head(WORTH_ASKING).to_dict("records"):
        decisive = ", ".join(_term(one) for one in row["decisive"].split(", ") if one)
        table.add_row(
            str(row["person"]), str(row["month"]), row["admitted_by"], _term(row["strongest"]),
            decisive or _words("table.bad_luck"), decimal(row["too_much"], lang(), 2),
        )  # fmt: skip
    return table


# all who left


def _print_leavings(sheet: Console, found: LeavingsExplained) -> None:
    from ..study.explain.leavings_words import sentences

    _say(sheet, sentences(found, lang()))
    if found.leavings.empty:
        return
    _title(sheet, "shares")
    sheet.print(_shares(found))
    _title(sheet, "groups")
    sheet.print(_groups(found))
    sheet.print(f"\n{_words('table.shares_note')}", style="dim")


def _shares(found: LeavingsExplained) -> Table:
    names = ("reason", "share", "added", "alone")
    table = _table([_words(f"table.{name}") for name in names])
    for part in ("base", *TERMS):
        row = found.part(part)
        share = percent(row["share"], lang())
        if row["low"] == row["low"]:
            low, high = (number(round(100.0 * row[end]) + 0.0) for end in ("low", "high"))
            share = f"{share} {f'({low} … {high})':>13}"
        table.add_row(
            _term(part), share, decimal(row["added"], lang()), percent(row["decisive"], lang())
        )
    return table


def _groups(found: LeavingsExplained) -> Table:
    names = [_words(f"table.{name}") for name in ("group", "left", "rate", "base")]
    names += [_words(f"table.{name}") for name in (*TERMS, "bad")]
    table = _table(names, gap=1)
    table.columns[0].min_width = GROUP
    shares = found.shares
    for kind in ("organisation", "status", "year"):
        table.add_row(_words(f"kind.{kind}"), style="dim")
        some = shares[shares["kind"] == kind]
        for group in some["group"].unique():
            parts = {row["part"]: row for row in some[some["group"] == group].to_dict("records")}
            base = parts["base"]
            cells = [number(base["leavings"]), _share(base["rate"], 1), _share(base["share"])]
            cells += [_share(parts[term]["share"]) for term in TERMS]
            table.add_row(f" {_group(found, kind, group)}", *cells, _share(base["decisive"]))
    return table


def _share(value: float, digits: int = 0) -> str:
    return "–" if value != value else number(round(100.0 * value, digits) + 0.0, digits)


def _group(found: LeavingsExplained, kind: str, group: str) -> str:
    if kind == "organisation":
        return found.scenario.names[group][lang()]
    return _status(group) if kind == "status" else group
