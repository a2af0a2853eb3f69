"""``cgsim run`` and ``cgsim demo``: an ensemble, told in tables; one run, told as a story."""

from __future__ import annotations

import logging
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import Fault, ScenarioError
from ..language import has, text
from ..scenario import Scenario, parse_set
from .folder import Folder
from .words import as_json, console, lang, word

if TYPE_CHECKING:
    from rich.console import Console

    from ..study.simulate import Simulation

DEMO, DEMO_RUNS, DEMO_SEED = "sangatta-utara", 300, 1


@dataclass(frozen=True)
class Order:
    """What to run, and where to put it."""

    scenario: str
    runs: int
    seed: int
    levers: tuple[str, ...] = ()
    months: str | None = None
    out: str | None = None
    force: bool = False
    threads: int | None = None

    @property
    def command(self) -> str:
        """The command that gives these numbers again, wherever they are put."""
        words = ["cgsim", "run", self.scenario, "--runs", str(self.runs), "--seed", str(self.seed)]
        words += [one for lever in self.levers for one in ("--set", lever)]
        return shlex.join(words + (["--months", self.months] if self.months else []))

    def case(self) -> Scenario:
        """Return the scenario with the changes asked for."""
        levers, faults = {}, []
        for one in self.levers:
            try:
                path, value = parse_set(one)
                levers[path] = value
            except ScenarioError as wrong:
                faults += wrong.faults
        if faults:
            raise ScenarioError(faults)
        case = Scenario.load(self.scenario)
        if self.months is not None:
            with _blaming("--months"):
                months = int(self.months) if self.months.isdecimal() else self.months
                case = case.replace({"months": months})
        if levers:
            with _blaming("--set"):
                case = case.replace(levers)
        return case


@contextmanager
def _blaming(option: str) -> Iterator[None]:
    """Say of a value that no file states by which option it came."""
    try:
        yield
    except ScenarioError as wrong:
        raise ScenarioError(
            Fault(option, 0, 0, fault.meaning or fault.message)
            if fault.path == "replace"
            else fault
            for fault in wrong.faults
        ) from None


def carry_out(order: Order, json: bool) -> None:
    """Run what is ordered; print it, and write it if a folder is named."""
    case = order.case()
    if order.out is None:
        _carry_out(case, order, json, None)
        return
    with Folder(order.out, order.command, order.force) as folder:
        _carry_out(case, order, json, folder)


def _carry_out(case: Scenario, order: Order, json: bool, folder: Folder | None) -> None:
    if order.runs == 1 and not json:
        from .tell import tell_story

        tell_story(case, order.seed, order.levers)
        if folder is None:
            return
    simulation = simulated(case, order, months=folder is not None)
    if json:
        print(as_json(_document(simulation, order)))
    elif order.runs > 1:
        _show(simulation, order)
    if folder is not None:
        folder.write(simulation, lang())
        console(error=json).print(f"\n{word('out.written', folder=order.out)}", soft_wrap=True)


def show_demo(out: str, force: bool, threads: int | None) -> None:
    """Run the batik cluster as it stands; print and write it, and say how to go on."""
    order = Order(DEMO, DEMO_RUNS, DEMO_SEED, out=out, force=force, threads=threads)
    with Folder(out, order.command, force) as folder:
        simulation = simulated(order.case(), order, months=True)
        _show(simulation, order)
        written = folder.write(simulation, lang())
    sheet = console()
    sheet.print(f"\n{word('demo.written')}", style="bold")
    for path in written:
        sheet.print(f"  {(Path(out) / path).as_posix()}", soft_wrap=True)
    program = "python -m cgsim" if Path(sys.argv[0]).name == "__main__.py" else "cgsim"
    sheet.print(f"\n{word('demo.next')}", style="bold")
    for key in ("monitor", "dashboard"):
        command, why = (word(f"demo.{key}.{part}", program=program) for part in ("command", "why"))
        sheet.print(f"  {why}\n    {command}", soft_wrap=True)


def simulated(case: Scenario, order: Order, months: bool) -> Simulation:
    """Return the ensemble; says on stderr how far it is."""
    from ..study.simulate import simulate

    with watched(order.runs) as progress:
        return simulate(
            case, order.runs, order.seed, months=months, threads=order.threads, progress=progress
        )


def _show(simulation: Simulation, order: Order) -> None:
    from ..study.summary import summarise
    from .show import show_summary

    show_summary(summarise(simulation), simulation.scenario, order.levers)


def _document(simulation: Simulation, order: Order) -> dict[str, Any]:
    from ..study.summary import summarise

    told = summarise(simulation).to_dict()
    if order.runs == 1:
        from ..study.events import story

        told["events"] = [
            {"after_months": one.after, "kind": one.kind, "text": one.in_language(lang())}
            for one in story(simulation.scenario, order.seed)
        ]
    notice = text("figure.notice", lang())
    return {**told, "notice": notice, "manifest": {**simulation.manifest, "command": order.command}}


@contextmanager
def watched(runs: int, label: str = "run.progress") -> Iterator[Callable[[int, int], None]]:
    """Show on stderr what the engine says and, on a terminal, how long it will still take."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    sheet = console(error=True)
    bar = Progress(
        TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(),
        TimeRemainingColumn(), console=sheet, transient=True, disable=not sheet.is_terminal,
    )  # fmt: skip
    with heard(sheet), bar:
        task = bar.add_task(word(label), total=runs)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def heard(sheet: Console) -> Iterator[None]:
    """Pass on what the engine says."""
    log, handler = logging.getLogger("cgsim"), _Heard(sheet)
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)


class _Heard(logging.Handler):
    """What the engine says, in the language of this call."""

    def __init__(self, sheet: Console) -> None:
        super().__init__(logging.INFO)
        self.sheet = sheet

    def emit(self, record: logging.LogRecord) -> None:
        for key in ("compiling", "compiled"):
            if has(f"cli.log.{key}") and text(f"cli.log.{key}", "en") == record.msg:
                record.msg = text(f"cli.log.{key}", lang())
        self.sheet.print(record.getMessage())
