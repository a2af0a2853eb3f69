"""``cgsim plan``: the least costly plan that reaches a goal, within a budget."""

from __future__ import annotations

import json as json_
import os
import shlex
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..scenario import Scenario
from .files import File
from .folder import MANIFEST, PROGRAM, Folder
from .giving import SUFFIXES, content_of
from .run import Order, watched
from .words import Unwritable, as_json, console, lang, refusal, whole, word

if TYPE_CHECKING:
    from ..study.plan.journal import Journal
    from ..study.plan.planned import Planned

PLACES = ("--goal", "--budget", "--vary", "--after", "--chance")
PLAN, REACTING = "plan.yaml", "reacting.yaml"
"""Scenario files in a folder of results."""


@dataclass(frozen=True)
class PlanOrder:
    """What to plan, and where to put it."""

    order: Order
    budget: tuple[str, ...] = ()
    goal: str = "dynamic"
    chance: float = 0.8
    after: int | None = None
    vary: tuple[str, ...] = ()
    trials: int = 200
    checked: int = 400
    worlds: int | str = 0
    file: str | None = None

    @property
    def command(self) -> str:
        """The command that gives these numbers again, wherever they are put."""
        _, _, name, *rest = shlex.split(self.order.command)
        words = ["cgsim", "plan", name, "--goal", self.goal, "--chance", f"{self.chance:g}"]
        words += [one for much in self.budget for one in ("--budget", much)]
        words += ["--after", str(self.after)] if self.after is not None else []
        words += [one for lever in self.vary for one in ("--vary", lever)]
        words += ["--trials", str(self.trials), "--check", str(self.checked)]
        words += ["--worlds", str(self.worlds)] if self.worlds else []
        return shlex.join([*words, *rest])


def chance_of(read: str) -> float:
    """Read a probability between 0 and 1."""
    try:
        chance = float(read.replace(",", "."))
    except ValueError:
        chance = -1.0
    if not 0.0 < chance < 1.0:
        from ..study.varied import fault

        raise fault("--chance", "plan.error.chance", read=read[:80])
    return chance


def worlds_of(read: str | None, most: int) -> int | str:
    """Read a number of worlds, or the name of a file that is there."""
    if read is None:
        return 0
    if Path(read).is_file():
        return read
    if not read.strip().lstrip("-").isdecimal():
        raise refusal("--worlds", "plan_worlds", read=read[:80])
    return whole("--worlds", read, 1, most)


def show_plan(asked: PlanOrder, json: bool) -> None:
    """Plan; print what comes of it, and write it where asked."""
    from .plan_tables import print_plan

    case, order = asked.order.case(), asked.order
    file = (
        None if asked.file is None else File(asked.file, (".yaml", ".yml", *SUFFIXES), order.force)
    )
    with ExitStack() as stack:
        folder, journal = None, None
        if order.out is not None:
            folder = stack.enter_context(Folder(order.out, asked.command, order.force))
            journal = _journal(Path(order.out), case, asked)
        found = _made(case, asked, journal)
        if folder is not None:
            folder.fill(lambda place: _fill(place, found, asked))
    if json:
        print(as_json(_document(found, asked)))
    else:
        print_plan(found, order.levers)
    sheet = console(error=json)
    if file is not None:
        _write(file, found, asked)
    if order.out is not None:
        sheet.print(f"\n{word('map.folder', folder=order.out)}", soft_wrap=True)


def _made(case: Scenario, asked: PlanOrder, journal: Journal | None) -> Planned:
    try:
        import optuna  # noqa: F401  its parts are imported where they are needed
    except ModuleNotFoundError as wrong:
        raise refusal("cgsim plan", "plan_package", names=wrong.name) from None
    from ..study.plan import plan

    order = asked.order
    with watched(1) as progress:
        return plan(
            case, asked.budget or None, asked.goal, asked.chance, asked.after, asked.trials,
            order.runs, order.seed, vary=asked.vary, checked=asked.checked, worlds=asked.worlds,
            journal=journal, threads=order.threads, progress=progress, places=PLACES,
        )  # fmt: skip


def _journal(place: Path, case: Scenario, asked: PlanOrder) -> Journal:
    """Open the journal of a folder, which says of itself that it is incomplete."""
    from ..study.plan.journal import FILE, Journal, JournalDiffers
    from ..study.plan.study import header, lasting
    from ..study.varied import fault

    head = header(lasting(case, asked.after, PLACES[3]), asked.goal, PLACES[0])
    try:
        journal = Journal(place / FILE, head, anew=asked.order.force)
        if not (place / MANIFEST).exists():
            pending = {"program": PROGRAM, "complete": False, "command": asked.command}
            (place / MANIFEST).write_text(json_.dumps(pending), encoding="utf-8")
    except JournalDiffers as wrong:
        raise fault("--out", "plan.error.journal", folder=place, fields=str(wrong)) from None
    except OSError as wrong:
        why = wrong.strerror or type(wrong).__name__
        raise Unwritable(word("error.unwritable", folder=place, why=why)) from wrong
    if journal.found:
        told = word("plan.resumed", n=len(journal.found))
        console(error=True).print(told, soft_wrap=True)
    return journal


def _fill(place: Path, found: Planned, asked: PlanOrder) -> list[str]:
    """Write tables, figure and scenario files into an empty folder."""
    from ..study.kept import SCENARIO, fill_study

    texts = {} if found.plan is None else {PLAN: found.to_yaml(SCENARIO, found.scenario)}
    if found.reacting is not None:
        texts[REACTING] = found.reacting.scenario.to_yaml()
    facts = {
        "runs": found.lucks.searched.runs, "seed": found.lucks.searched.seed,
        "trials": len(found.tried), "goal": found.goal.key, "verdict": found.verdict,
    }  # fmt: skip
    figures = {"frontier": found.plot(lang())}
    return fill_study(
        place,
        found.scenario,
        found.tables(),
        figures,
        facts,
        asked.command,
        lang(),
        texts=texts,
    )


def _write(file: File, found: Planned, asked: PlanOrder) -> None:
    sheet = console(error=True)
    if file.suffix not in (".yaml", ".yml"):
        file.write(
            content_of(
                file.suffix, found.frontier, lambda: found.plot(lang()),
                lambda: _document(found, asked),
            )
        )  # fmt: skip
        sheet.print(f"\n{word('map.written', file=file.path)}", soft_wrap=True)
    elif found.plan is None:
        sheet.print(f"\n{word('plan.none', file=file.path)}", soft_wrap=True)
    else:
        file.write(_plan_file(file.path, found, asked).encode())
        sheet.print(f"\n{word('plan.written', file=file.path)}", soft_wrap=True)


def _plan_file(path: Path, found: Planned, asked: PlanOrder) -> str:
    """Return the plan as a file that extends the scenario asked for; complete if it cannot."""
    name = asked.order.scenario
    parent = Scenario.load(name)
    try:
        extends = os.path.relpath(name, path.parent) if Path(name).is_file() else name
    except ValueError:  # on another drive
        extends = str(Path(name).resolve())
    return found.to_yaml(Path(extends).as_posix(), parent)


def _document(found: Planned, asked: PlanOrder) -> dict[str, Any]:
    """Return everything as one document."""
    from ..study.plan.words import (
        flattered_words,
        notes,
        reacting_words,
        robust_words,
        verdict_words,
    )

    case, robust = found.scenario, found.robust
    return {
        "scenario": case.name, "scenario_hash": case.hash, "goal": found.goal.key,
        "chance": found.chance, "months": case.months, "budget": found.budget.to_dict(),
        "seed": found.lucks.searched.seed, "runs": found.lucks.searched.runs,
        "trials": len(found.tried), "verdict": found.verdict,
        "sentence": verdict_words(found, lang()), "flattered": flattered_words(found, lang()),
        "as_it_is": _told(found.as_it_is), "plan": _told(found.checked),
        "plan_hash": None if found.plan is None else found.plan.hash,
        "beyond_budget": _told(found.beyond_checked),
        "levers": _rows(found.levers), "costs": _rows(found.costs),
        "frontier": _rows(found.frontier), "reacting": _reacting(found),
        "fixed_or_reacting": reacting_words(found, lang()),
        "worlds": None if robust is None else {
            "robust_choice": robust.names[robust.choice], "sentence": robust_words(robust, lang()),
            "runs": robust.runs, "table": _rows(robust.table),
        },
        "notes": notes(found, lang()), "notice": word(":figure.notice"),
        "command": asked.command,
    }  # fmt: skip


def _told(found: Any) -> dict[str, Any] | None:
    if found is None:
        return None
    low, high = found.interval
    return {
        "probability": found.probability, "low": low, "high": high, "runs": found.runs,
        "cost": found.cost, "cost_low": found.cost_interval[0],
        "cost_high": found.cost_interval[1], "spent": found.spent,
    }  # fmt: skip


def _reacting(found: Planned) -> dict[str, Any] | None:
    one = found.reacting
    if one is None:
        return None
    return {
        "verdict": one.verdict, "threshold": one.threshold, "otherwise": one.seldom,
        "visits_times": one.factor, "fixed": _told(one.fixed), "reacting": _told(one.reacting),
        "difference": list(one.difference), "cost_difference": list(one.cost_difference),
    }  # fmt: skip


def _rows(table: Any) -> list[dict[str, Any]]:
    return [
        {name: None if one != one else one for name, one in row.items()}
        for row in table.to_dict("records")
    ]
