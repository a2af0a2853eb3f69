"""``cgsim scenarios`` and ``cgsim check``: what there is, and whether it is in order."""

from __future__ import annotations

from typing import Any

from rich.table import Table
from rich.text import Text

from ..errors import ScenarioError
from ..scenario import Scenario
from .words import as_json, complain, console, lang, number, word


def show_scenarios(json: bool) -> None:
    """List the shipped scenarios, each with its question."""
    found = [Scenario.load(name) for name in Scenario.shipped()]
    if json:
        print(as_json([_described(case) for case in found]))
        return
    table = Table.grid(padding=(0, 2), pad_edge=False)
    table.add_column(style="bold", ratio=2, overflow="fold")
    table.add_column(ratio=5)
    for case in found:
        name = Text(case.name)
        if lang() == "id" and case.aliases:  # other names are Indonesian ones
            name.append(f"\n{case.aliases[0]}", style="not bold")
        table.add_row(name, case.question[lang()])
    sheet = console()
    sheet.print(table)
    sheet.print(f"\n{word('scenarios.next')}")


def _described(case: Scenario) -> dict[str, Any]:
    return {
        "name": case.name,
        "aliases": list(case.aliases),
        "title": case.title,
        "question": case.question,
        "months": case.months,
        "organisations": list(case.organisations),
        "hash": case.hash,
    }


def check_files(files: list[str], json: bool) -> int:
    """Check files, all of them; return 0 where every one is in order, else 2."""
    told: list[dict[str, Any]] = []
    for file in files:
        try:
            case = Scenario.load(file)
        except ScenarioError as wrong:
            faults = [
                dict(zip(("path", "line", "column", "message"), _in_language(fault), strict=True))
                for fault in wrong.faults
            ]
            told.append({"file": file, "ok": False, "faults": faults})
            if not json:
                complain(wrong.in_language(lang()))
        else:
            told.append({"file": file, "ok": True, "hash": case.hash, "faults": []})
            if not json:
                organisations = number(len(case.organisations))
                facts = {"months": number(case.months), "organisations": organisations}
                words = word("check.fine", file=file, hash=case.hash, **facts)
                console().print(words, soft_wrap=True)
    if json:
        print(as_json(told))
    return 0 if all(one["ok"] for one in told) else 2


def _in_language(fault: Any) -> tuple[Any, ...]:
    words = fault.message if fault.meaning is None else fault.meaning.in_language(lang())
    return (fault.path, fault.line, fault.column, words)
