"""``cgsim calibrate``: constants fitted to what was seen, and what stays open."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table

from .giving import Giving, content_of
from .run import Order, watched
from .show import show_levers
from .words import console, lang, percent, refusal, word

if TYPE_CHECKING:
    from ..study.calibrate import Calibration

PLACES = ("--targets", "--constants", "--population")
MOST_PAIRS = 5


@dataclass(frozen=True)
class CalibrateOrder:
    """What to fit to what.

    Attributes
    ----------
    order : Order
        Of the scenario; its `runs` are those of a world.
    targets : str
        A shipped name or a file.
    constants : tuple of str
    population : int
    file : str or None
    """

    order: Order
    targets: str
    constants: tuple[str, ...]
    population: int
    file: str | None = None

    @property
    def command(self) -> str:
        """The command that gives these numbers again, wherever they are put."""
        order = self.order
        words = ["cgsim", "calibrate", order.scenario, "--targets", self.targets]
        words += [part for one in self.constants for part in ("--constants", one)]
        words += ["--runs", str(order.runs), "--population", str(self.population)]
        words += ["--seed", str(order.seed)]
        words += [part for one in order.levers for part in ("--set", one)]
        return shlex.join([*words, *(["--months", order.months] if order.months else [])])


def show_calibration(asked: CalibrateOrder, json: bool) -> None:
    """Fit; print what came of it, and write it where asked."""
    giving: Giving[Calibration] = Giving(
        show=lambda found: print_calibration(found, asked.order.levers),
        document=lambda found: _document(found, asked),
        fill=lambda place, found: _fill(place, found, asked),
        content=lambda found, suffix: _content(found, suffix, asked),
    )
    giving.give(asked.order, asked.command, lambda: _made(asked), json, asked.file)


def _made(asked: CalibrateOrder) -> Calibration:
    from ..study.calibrate import calibrate, read_targets

    if find_spec("pyabc") is None:
        raise refusal("cgsim calibrate", "calibrate_package", names="pyabc")
    order = asked.order
    case, targets = order.case(), read_targets(asked.targets)
    with watched(1, "calibrating") as progress:
        return calibrate(
            case, targets, asked.constants, order.runs, asked.population, order.seed,
            threads=order.threads, progress=progress, places=PLACES,
        )  # fmt: skip


def print_calibration(found: Calibration, levers: tuple[str, ...] = ()) -> None:
    """Print the sentences, then constants, targets and pairs; within 80 columns."""
    from ..figures.calibrate import about

    sheet = console()
    sheet.print(word(":calibrate.question"), style="bold")
    sheet.print(found.scenario.title[lang()])
    sheet.print(f"{found.targets.title[lang()]} ({found.targets.name})")
    sheet.print(about(found, lang()))
    show_levers(sheet, levers)
    first, *rest = found.sentences(lang())
    sheet.print(f"\n{first}", style="bold")
    for one in rest:
        sheet.print(f"· {one}")
    for title, table in (
        ("targets", _targets(found)), ("constants", _constants(found)), ("pairs", _pairs(found)),
    ):  # fmt: skip
        if table is not None:
            sheet.print(f"\n{word(f':calibrate.table.{title}')}", style="bold")
            sheet.print(table)
    sheet.print(f"\n{word(':calibrate.table.note')}")
    sheet.print(f"\n{word(':figure.notice')}", style="italic")


def _plain_table(headings: list[tuple[str, bool]]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for name, left in headings:
        heading = word(f":calibrate.table.{name}")
        table.add_column(heading, justify="left" if left else "right", vertical="bottom")
    return table


def _targets(found: Calibration) -> Table:
    from ..study.calibrate.saying import figure_of

    table = _plain_table(
        [("target", True), ("source", True), ("wanted", False), ("seen", False), ("verdict", True)]
    )
    for row in found.patterns.to_dict("records"):
        wanted = f"{figure_of(row['wanted'], lang())} ± {figure_of(row['tolerance'], lang())}"
        low, middle, high = (figure_of(row[name], lang()) for name in ("low", "median", "high"))
        verdict = word(f":calibrate.verdict.{row['verdict']}")
        name = f"{row['target']}{' *' if row['hold_out'] else ''}"
        table.add_row(name, row["source"], wanted, f"{middle} ({low}–{high})", verdict)
    return table


def _constants(found: Calibration) -> Table:
    from ..study.calibrate.saying import figure_of

    table = _plain_table(
        [("constant", True), ("before", False), ("median", False), ("after", False),
         ("told", False), ("verdict", True)]
    )  # fmt: skip
    for row in found.constants.to_dict("records"):
        before, after = (
            " … ".join(figure_of(row[end], lang()) for end in ends)
            for ends in (("prior_low", "prior_high"), ("low", "high"))
        )
        verdict = word(f":calibrate.verdict.{row['verdict']}")
        name = row["path"].removeprefix("constants.")
        middle, told = figure_of(row["median"], lang()), percent(row["contraction"])
        table.add_row(name, before, middle, after, told, verdict)
    return table


def _pairs(found: Calibration) -> Table | None:
    from ..study.calibrate.saying import rho_of

    if not len(found.pairs):
        return None
    table = _plain_table(
        [("pair", True), ("correlation", False), ("together", True), ("together_told", False),
         ("trade", True)]
    )  # fmt: skip
    for row in found.pairs.head(MOST_PAIRS).to_dict("records"):
        names = " × ".join(row[name].removeprefix("constants.") for name in ("first", "second"))
        trades = word(f":calibrate.table.{'yes' if row['trade_off'] else 'no'}")
        rho, told = rho_of(row["correlation"], lang()), percent(row["told_together"])
        table.add_row(names, rho, word(f":calibrate.together.{row['together']}"), told, trades)
    return table


def _document(found: Calibration, asked: CalibrateOrder) -> dict[str, Any]:
    case = found.scenario
    return {
        "scenario": case.name,
        "scenario_hash": case.hash,
        "targets_file": found.targets.name,
        "runs": found.runs,
        "seed": found.seed,
        "population": asked.population,
        "sentences": found.sentences(lang()),
        **found.to_dict(),
        "notice": word(":figure.notice"),
        "command": asked.command,
    }


def _fill(place: Path, found: Calibration, asked: CalibrateOrder) -> list[str]:
    from ..study.kept import fill_study

    facts = {"runs": found.runs, "seed": found.seed, "population": asked.population,
             "targets": found.targets.name, "reached": found.reached}  # fmt: skip
    return fill_study(
        place, found.scenario, found.tables(), found.figures(lang()), facts, asked.command, lang(),
        {"best": found.best_scenario()},
    )  # fmt: skip


def _content(found: Calibration, suffix: str, asked: CalibrateOrder) -> bytes:
    from ..figures.calibrate import draw_posterior

    worlds = found.worlds.reset_index(drop=True)
    return content_of(
        suffix, worlds, lambda: draw_posterior(found, lang()), lambda: _document(found, asked)
    )
