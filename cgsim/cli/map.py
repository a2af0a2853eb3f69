"""``cgsim map``: how likely each state is over two levers, as a table, a figure and files."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from ..figures import COLOURS
from ..world.shape import STATES
from .giving import Giving, content_of
from .run import Order, watched
from .show import show_levers
from .words import console, lang, number, percent, word

if TYPE_CHECKING:
    from rich.console import Console

    from ..scenario import Scenario
    from ..study.phase_map import PhaseMap

PLACES = ("--x", "--y")


@dataclass(frozen=True)
class MapOrder:
    """Which map to make, and where to put it."""

    order: Order
    x: str | None = None
    y: str | None = None
    file: str | None = None

    @property
    def command(self) -> str:
        """The command that gives these numbers again, wherever they are put."""
        _, verb, *rest = shlex.split(self.order.command)
        assert verb == "run"
        axes = [word for place, said in zip(PLACES, (self.x, self.y), strict=True) if said
                for word in (place, said)]  # fmt: skip
        return shlex.join(["cgsim", "map", rest[0], *axes, *rest[1:]])


def draw_map(asked: MapOrder, json: bool) -> None:
    """Make a map; print it, and write it if a folder or a file is named."""
    case, order = asked.order.case(), asked.order
    giving: Giving[PhaseMap] = Giving(
        show=lambda found: show_map(found, order.levers),
        document=lambda found: _document(found, asked),
        fill=lambda place, found: _fill(place, found, asked.command),
        content=lambda found, suffix: _content(found, suffix, asked),
    )
    giving.give(order, asked.command, lambda: _made(case, asked), json, asked.file)


def _made(case: Scenario, asked: MapOrder) -> PhaseMap:
    from ..study.phase_map import MONITORING, PERSISTENCE, axes_of, checked, map_of

    order = asked.order
    x, y = axes_of(case, asked.x or MONITORING, asked.y or PERSISTENCE, PLACES)
    spec = checked(case, x, y, order.runs, order.seed, PLACES)
    with watched(spec.simulations) as progress:
        return map_of(spec, order.threads, progress)


def show_map(found: PhaseMap, levers: tuple[str, ...] = ()) -> None:
    """Print a map: in each cell the likeliest state and its share, within 80 columns."""
    from ..study.varied import lever_words

    sheet, case = console(), found.scenario
    names = {
        "x": lever_words(found.x.path, case, lang()),
        "y": lever_words(found.y.path, case, lang()),
    }
    about = word("map.about", runs=number(found.runs), seed=found.seed)
    sheet.print(word(":figure.map.question", n=number(case.months), **names), style="bold")
    sheet.print(case.title[lang()])
    sheet.print(f"{case.name} · {about} · {case.hash}")
    show_levers(sheet, levers)
    sheet.print(f"\n{word('map.axes', **names)}", style="dim")
    for part in _parts(found, sheet.width):
        sheet.print(_table(found, part))
        sheet.print()
    _notes(sheet, found)
    sheet.print(f"\n{word(':figure.notice')}", style="italic")


def _parts(found: PhaseMap, width: int) -> list[range]:
    """Cut the x values into as many tables as the width asks for."""
    from ..study.varied import value_words

    first = max(len(value_words(found.y.parameter, v, lang())) for v in found.y.values)
    widest = max(8, *(len(part) for v in found.x.values
                      for part in value_words(found.x.parameter, v, lang()).split()))  # fmt: skip
    most = max(1, (width - first) // (widest + 2))
    values = len(found.x.values)
    return [range(a, min(a + most, values)) for a in range(0, values, most)]


def _table(found: PhaseMap, part: range) -> Table:
    from ..study.varied import value_words

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("", justify="right", style="bold", no_wrap=True)
    for i in part:
        words = value_words(found.x.parameter, found.x.values[i], lang()).replace(" ", "\n")
        table.add_column(Text(words), justify="right", no_wrap=True, vertical="bottom")
    for j in reversed(range(len(found.y.values))):
        words = value_words(found.y.parameter, found.y.values[j], lang())
        table.add_row(words, *(_cell(found, i, j) for i in part))
    return table


def _cell(found: PhaseMap, i: int, j: int) -> Text:
    state = STATES[found.likeliest[i, j]]
    words = f"{word(f':figure.letter.{state}')} {percent(float(found.shares[i, j].max())):>4}"
    cell = Text(words, style=COLOURS[state])
    # a space that does not break, so that the table keeps it
    return cell.append("\u00a0" if found.told[i, j] else "?", style="bold")


def _notes(sheet: Console, found: PhaseMap) -> None:
    """Say what the letters mean and what the table alone could mislead about."""
    letters = Text(" · ").join(
        Text(f"{word(f':figure.letter.{s}')} {word(f':figure.state.{s}')}", style=COLOURS[s])
        for s in STATES
    )
    sheet.print(letters)
    unsure = int((~found.told).sum())
    cells = number(found.told.size)
    if unsure:
        sheet.print(word("map.unsure", n=number(unsure), all=cells))
    differs = found.label_differs()
    if any(differs.values()):
        told = {name: number(n) for name, n in differs.items()}
        sheet.print(word("map.differs", shift=number(0.05, 2), all=cells, **told))
    for path in found.moved():
        sheet.print(word("map.moved", path=path))


def _document(found: PhaseMap, asked: MapOrder) -> dict[str, Any]:
    cells = [
        {
            "x": told["x"],
            "y": told["y"],
            "likeliest": STATES[found.likeliest[i, j]],
            "told": bool(found.told[i, j]),
            "states": {
                state: {
                    "share": float(found.shares[i, j, k]),
                    "low": float(found.intervals[i, j, k, 0]),
                    "high": float(found.intervals[i, j, k, 1]),
                }
                for k, state in enumerate(STATES)
            },
        }
        for i, j, told in _places(found)
    ]
    return {
        **found.to_dict(),
        "cells": cells,
        "label_differs": found.label_differs(),
        "moved": found.moved(),
        "notice": word(":figure.notice"),
        "command": asked.command,
    }


def _places(found: PhaseMap) -> list[tuple[int, int, dict[str, Any]]]:
    from ..study.varied import stated

    return [
        (i, j, {"x": stated(found.x, x), "y": stated(found.y, y)})
        for i, x in enumerate(found.x.values)
        for j, y in enumerate(found.y.values)
    ]


def _fill(place: Path, found: PhaseMap, command: str) -> list[str]:
    from ..study.kept import fill_study

    return fill_study(
        place, found.scenario, {"map": found.named_table()}, {"map": found.plot(lang())},
        {"runs": found.runs, "seed": found.seed, "spec_hash": found.spec.hash}, command, lang(),
    )  # fmt: skip


def _content(found: PhaseMap, suffix: str, asked: MapOrder) -> bytes:
    return content_of(
        suffix, found.named_table(), lambda: found.plot(lang()), lambda: _document(found, asked)
    )
