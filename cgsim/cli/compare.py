"""``cgsim compare``: how much one scenario brings more than another, and how surely."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from .compare_worlds import (
    WorldsOrder,
    compared_in_worlds,
    print_worlds,
    worlds_document,
    worlds_figures,
    worlds_tables,
)
from .giving import Giving, content_of
from .run import Order, watched
from .words import lang, word

if TYPE_CHECKING:
    import pandas as pd

    from ..scenario import Scenario
    from ..study.compare import Comparison

PLACES = ("SCENARIO", "--runs")


@dataclass(frozen=True)
class CompareOrder:
    """Which scenarios to compare, and where to put what comes of it."""

    order: Order
    names: tuple[str, ...]
    months: int | None = None
    file: str | None = None
    worlds: WorldsOrder | None = None

    @property
    def command(self) -> str:
        """The command that gives these numbers again, wherever they are put."""
        _, _, _, *rest = shlex.split(self.order.command)
        length = [] if self.months is None else ["--months", str(self.months)]
        worlds = [] if self.worlds is None else self.worlds.options
        return shlex.join(["cgsim", "compare", *self.names, *rest, *length, *worlds])

    def cases(self) -> list[Scenario]:
        """Return the scenarios with the changes asked for, each of which holds in all."""
        from ..study.compare.pairs import check_number, shorter

        check_number(len(self.names), PLACES[0])
        found = [replace(self.order, scenario=name).case() for name in self.names]
        if self.months is None:
            return found
        longer = [
            case if case.months >= self.months else case.replace(months=self.months)
            for case in found
        ]
        return [shorter(case, self.months) for case in longer]


def show_comparison(asked: CompareOrder, json: bool) -> None:
    """Compare scenarios; print what came of it, and write it where asked."""
    cases = asked.cases()
    giving: Giving[Comparison] = Giving(
        show=lambda found: _show(found, asked.order.levers),
        document=lambda found: document(found, asked.command),
        fill=lambda place, found: _fill(place, found, asked.command),
        content=lambda found, suffix: _content(found, suffix, asked.command),
    )
    giving.give(asked.order, asked.command, lambda: _made(cases, asked), json, asked.file)


def _show(found: Comparison, levers: tuple[str, ...]) -> None:
    from .compare_tables import print_comparison

    print_comparison(found, levers)
    if found.worlds is not None:
        print_worlds(found.worlds)


def _made(cases: list[Scenario], asked: CompareOrder) -> Comparison:
    from ..study.compare import compare

    order = asked.order
    with watched(order.runs * len(cases)) as progress:
        found = compare(
            cases, order.runs, order.seed, threads=order.threads, progress=progress, places=PLACES
        )
    if asked.worlds is None:
        return found
    return replace(found, worlds=compared_in_worlds(found, asked.worlds, order.threads))


def document(found: Comparison, command: str) -> dict[str, Any]:
    """Return a comparison as one JSON document."""
    from ..study.compare.words import verdict_words

    pairs = found.pairs
    return {
        "scenarios": [
            {"name": one.name, "scenario": one.scenario.name, "scenario_hash": one.scenario.hash}
            for one in pairs.every
        ],
        "pairs": pairs.runs,
        "seed": pairs.seed,
        "months": pairs.months,
        "shortened": list(pairs.shortened),
        "verdicts": {
            name: {
                "answer": one.answer,
                "label": one.label,
                "pairs_to_settle": one.pairs_to_settle,
                "sentence": verdict_words(found, name, lang()),
            }
            for name, one in found.verdicts.items()
        },
        **{
            name: records(getattr(found, name))
            for name in (
                "outcomes", "ranking", "states", "transitions", "money", "ratios", "losers",
                "precision",
            )
        },
        **({} if found.worlds is None else {"in_worlds": worlds_document(found.worlds)}),
        "notice": word(":figure.notice"),
        "command": command,
    }  # fmt: skip


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a table's rows with plain numbers; what is missing or endless is None."""
    import math

    found = []
    for row in table.astype(object).to_dict("records"):
        plain = {}
        for name, value in row.items():
            value = value.item() if hasattr(value, "item") else value
            gone = not isinstance(value, str | int) and (
                value is None or value != value or not math.isfinite(float(value))
            )
            plain[str(name)] = None if gone else value
        found.append(plain)
    return found


def _fill(place: Any, found: Comparison, command: str) -> list[str]:
    from ..study.compare.comparison import FIGURES, TABLES
    from ..study.kept import fill_study

    pairs = found.pairs
    facts: dict[str, Any] = {
        "compared_with": {one.name: one.scenario.hash for one in pairs.others},
        "runs": pairs.runs,
        "seed": pairs.seed,
        "verdicts": {name: one.answer for name, one in found.verdicts.items()},
    }
    tables = {name: getattr(found, name) for name in TABLES}
    figures = {name: getattr(found.plot, name)(lang()) for name in FIGURES}
    if found.worlds is not None:
        facts |= {"worlds": len(found.worlds.worlds), "world_runs": found.worlds.runs}
        tables |= worlds_tables(found.worlds)
        figures |= worlds_figures(found.worlds)
    more = {f"scenario-{k}": one.scenario for k, one in enumerate(pairs.others, start=2)}
    return fill_study(
        place, pairs.first.scenario, tables, figures, facts, command, lang(), more,
    )  # fmt: skip


def _content(found: Comparison, suffix: str, command: str) -> bytes:
    return content_of(
        suffix, found.outcomes, lambda: found.plot.bands(lang()), lambda: document(found, command)
    )
