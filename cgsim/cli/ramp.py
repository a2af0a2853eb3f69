"""``cgsim ramp``: a lever goes there and back; is path dependence seen?"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.table import Table

from ..scenario_yaml import Place as At
from .giving import Giving, content_of
from .run import Order, watched
from .show import show_levers
from .words import console, lang, number, refusal, word

if TYPE_CHECKING:
    from ..scenario import Scenario
    from ..study.gap import Gap
    from ..study.ramp import Ramp
    from ..study.sweep.axes import Axis

PLACES = ("--lever", "--hold", "--runs")


@dataclass(frozen=True)
class RampOrder:
    """Which lever to take where, and where to put what comes of it."""

    order: Order
    lever: str
    hold: int
    start: str | None = None
    end: str | None = None
    steps: int = 5
    values: str | None = None
    file: str | None = None

    @property
    def command(self) -> str:
        """The command that gives these numbers again, wherever they are put."""
        _, _, name, *rest = shlex.split(self.order.command)
        way = ["--values", self.values] if self.values is not None else [
            "--from", self.start or "", "--to", self.end or "", "--steps", str(self.steps),
        ]  # fmt: skip
        words = ["cgsim", "ramp", name, "--lever", self.lever, *way, "--hold", str(self.hold)]
        return shlex.join([*words, *rest])

    def axis(self, case: Scenario) -> Axis:
        """Read the lever and its values, in the order of the way there."""
        from ..study.varied import listed, ranged, read_axis

        at = At("--lever", 0, 0)
        if (self.values is None) == (self.start is None or self.end is None):
            raise refusal("--values", "way")
        if self.values is not None:
            return read_axis(self.lever, listed(self.values, At("--values", 0, 0)), case, at)
        assert self.start is not None
        assert self.end is not None
        places = [At(option, 0, 0) for option in ("--from", "--to", "--steps")]
        ends = (self.start, self.end)
        down = _is_above(*ends)
        node = ranged(*(ends[::-1] if down else ends), str(self.steps), places)
        found = read_axis(self.lever, node, case, at)
        return type(found)(found.path, found.values[::-1]) if down else found


def _is_above(start: str, end: str) -> bool:
    try:
        return float(start) > float(end)
    except ValueError:
        return False


def show_ramp(asked: RampOrder, json: bool) -> None:
    """Take a lever there and back; print what came of it, and write it where asked."""
    case, order = asked.order.case(), asked.order
    giving: Giving[Ramp] = Giving(
        show=lambda found: print_ramp(found, order.levers),
        document=lambda found: _document(found, asked),
        fill=lambda place, found: _fill(place, found, asked.command),
        content=lambda found, suffix: _content(found, suffix, asked),
    )
    giving.give(order, asked.command, lambda: _made(case, asked), json, asked.file)


def _made(case: Scenario, asked: RampOrder) -> Ramp:
    from ..study.ramp import check_ramp, ensembles, fits, ramp

    order, axis = asked.order, asked.axis(case)
    check_ramp(case, axis, asked.hold, order.runs, PLACES)
    twice = fits(axis, 2 * asked.hold, order.runs)
    with watched(ensembles(axis) * order.runs * (2 if twice else 1)) as progress:
        return ramp(
            case, axis, asked.hold, order.runs, order.seed, threads=order.threads,
            progress=progress, places=PLACES,
        )  # fmt: skip


def print_ramp(found: Ramp, levers: tuple[str, ...] = ()) -> None:
    """Print the answer, then both ways of each quantity, then the gaps; within 80 columns."""
    from ..study.ramp_walk import QUANTITIES
    from ..study.ramp_words import figure_of, verdict_words
    from ..study.varied import lever_words

    sheet, case = console(), found.scenario
    name = lever_words(found.lever.path, case, lang())
    sheet.print(word(":figure.ramp.question", lever=name), style="bold")
    sheet.print(case.title[lang()])
    told = {"runs": number(found.runs), "seed": found.seed, "hold": number(found.hold)}
    sheet.print(word(":figure.ramp.about", **told, name=case.name, hash=case.hash))
    show_levers(sheet, levers)
    sheet.print(f"\n{verdict_words(found, lang())}", style="bold")
    for name in QUANTITIES:
        unit = word(f":ramp.unit.{name}")
        sheet.print(f"\n{word(f':ramp.quantity.{name}')} [{unit}]", style="bold")
        sheet.print(_ways(found, name))
    sheet.print(f"\n{word('ramp.gaps')}", style="bold")
    sheet.print(_gaps(found))
    least = {name: figure_of(name, gap.smallest, lang()) for name, gap in found.gaps.items()}
    sheet.print(f"\n{word('ramp.note', **least)}")
    sheet.print(f"\n{word(':figure.notice')}", style="italic")


def _plain_table(headings: list[str]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for k, heading in enumerate(headings):
        table.add_column(heading, justify="left" if k == 0 else "right", vertical="bottom")
    return table


def _ways(found: Ramp, name: str) -> Table:
    from ..study.ramp_words import figure_of
    from ..study.varied import value_words

    columns = ("value", "there", "back", "held_there", "held_back")
    table = _plain_table([word(f"ramp.{column}") for column in columns])
    rows = found.table[found.table["quantity"] == name]
    ways = [rows[rows["branch"] == branch].to_dict("records") for branch in ("there", "back")]
    for k, value in enumerate(found.lever.values):
        cells = []
        for way in ways:
            middle, low, high = (
                figure_of(name, None if way[k][end] != way[k][end] else way[k][end], lang())
                for end in ("mean", "low", "high")
            )
            cells.append(f"{middle} {f'({low}–{high})':>11}")
        held = [figure_of(name, way[k]["control"], lang()) for way in ways]
        table.add_row(value_words(found.lever.parameter, value, lang()), *cells, *held)
    return table


def _gaps(found: Ramp) -> Table:
    from ..study.ramp_words import figure_of

    columns = ("quantity", "whole", "drift", "beyond", "interval", "verdict")
    table = _plain_table([word(f"ramp.{column}") for column in columns])
    for name, gap in found.gaps.items():
        whole, drift, beyond = (
            figure_of(name, value, lang(), sign=True)
            for value in (gap.whole, gap.drift, gap.beyond)
        )
        verdict = word(f":ramp.short.{gap.verdict}")
        label = word(f":ramp.quantity.{name}")
        ends = (figure_of(name, end, lang(), sign=True) for end in (gap.low, gap.high))
        table.add_row(label, whole, drift, beyond, " … ".join(ends), verdict)
    return table


def _document(found: Ramp, asked: RampOrder) -> dict[str, Any]:
    from ..study.ramp_words import verdict_words
    from ..study.varied import stated

    case = found.scenario
    slower = found.slower
    return {
        "scenario": case.name,
        "scenario_hash": case.hash,
        "lever": found.lever.path,
        "values": [stated(found.lever, value) for value in found.lever.values],
        "hold": found.hold,
        "months": found.months,
        "runs": found.runs,
        "seed": found.seed,
        "verdict": found.verdict,
        "sentence": verdict_words(found, lang()),
        "gaps": {name: _gap(gap) for name, gap in found.gaps.items()},
        "twice_as_long": None if slower is None else {
            "hold": slower.hold,
            "closes": found.closes(),
            "gaps": {name: _gap(gap) for name, gap in slower.gaps.items()},
        },
        "table": _rows(found),
        "notice": word(":figure.notice"),
        "command": asked.command,
    }  # fmt: skip


def _gap(gap: Gap) -> dict[str, Any]:
    names = ("whole", "drift", "beyond", "low", "high", "smallest", "verdict")
    return {name: getattr(gap, name) for name in names}


def _rows(found: Ramp) -> list[dict[str, Any]]:
    """Return the table's rows, missing numbers as None and values as a scenario states them."""
    from ..study.varied import stated

    axis = found.lever
    values = [stated(axis, value) for value in axis.values] * (len(found.table) // len(axis.values))
    columns = [str(name) for name in found.table.columns]
    return [
        {
            name: None if one != one else one
            for name, one in {**dict(zip(columns, row, strict=True)), "value": value}.items()
        }
        for row, value in zip(found.table.itertuples(index=False), values, strict=True)
    ]  # fmt: skip


def _fill(place: Any, found: Ramp, command: str) -> list[str]:
    from ..study.kept import fill_study

    facts = {"runs": found.runs, "seed": found.seed, "hold": found.hold, "verdict": found.verdict}
    return fill_study(
        place, found.scenario, {"ramp": found.named_table()}, {"ramp": found.plot(lang())}, facts,
        command, lang(),
    )  # fmt: skip


def _content(found: Ramp, suffix: str, asked: RampOrder) -> bytes:
    return content_of(
        suffix, found.named_table(), lambda: found.plot(lang()), lambda: _document(found, asked)
    )
