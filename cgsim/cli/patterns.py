"""``cgsim patterns``: what the world must show, promised and seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..errors import Message, say
from ..language import has, text
from ..scenario_file import did_you_mean
from .words import as_json, console, lang, number, refusal, word

if TYPE_CHECKING:
    from rich.console import Console

    from ..study.promises import Check, Figure

FAILED = 1
"""Exit code if a pattern is not met."""

COLOURS = {"met": "green", "direction met": "yellow", "not met": "red"}


def chosen(asked: Sequence[str]) -> list[str]:
    """Return the patterns named, in the order of the table; all if none is.

    Raises
    ------
    ScenarioError
        For a name that no pattern has.
    """
    from ..study.cases import names

    every = names()
    if not asked:
        return every
    wanted = {one.upper() for one in asked}
    for one in asked:
        if one.upper() not in every:
            hint = _near(one.upper(), every)
            raise refusal("patterns", "no_pattern", read=one[:80], hint=hint)
    return [name for name in every if name in wanted]


def _near(read: str, every: list[str]) -> Message | str:
    """Return the hint at the pattern of that letter with the nearest number."""
    alike = [name for name in every if name[0] == read[:1]]
    if not alike or not read[1:].isdecimal():
        return did_you_mean(read, every)
    near = min(alike, key=lambda name: abs(int(name[1:]) - int(read[1:])))
    return say("error.hint.near", near=near)


def show_patterns(asked: Sequence[str], runs: int, seed: int, json: bool) -> int:
    """Print promised, seen and verdict of patterns; return the exit code."""
    from ..study.cases import Study, cases_of
    from ..study.patterns import check, verdict
    from .run import watched

    patterns = chosen(asked)
    cases = cases_of(patterns)
    with watched(len(cases) * runs) as progress:
        study = Study(runs, seed, progress=lambda done: progress(done, len(cases) * runs))
        study.walk(cases)
    found = {name: check(study, name) for name in patterns}
    rulings = {name: verdict(checks) for name, checks in found.items()}
    if json:
        print(as_json(_document(found, rulings, runs, seed)))
    else:
        _show(console(), found, rulings, runs, seed)
    return FAILED if "not met" in rulings.values() else 0


def _show(
    sheet: Console, found: dict[str, list[Check]], rulings: dict[str, Any], runs: int, seed: int
) -> None:
    sheet.print(word("patterns.title"), style="bold")
    sheet.print(word("patterns.about", runs=number(runs), seed=seed), style="dim")
    for name, checks in found.items():
        sheet.print()
        sheet.print(_heading(name, rulings[name]))
        sheet.print(_table(checks))
        note = _note(name, rulings[name])
        if note:
            sheet.print(Padding(note, (0, 0, 0, 2)), style="italic")
    counts = [(ruling, list(rulings.values()).count(ruling)) for ruling in COLOURS]
    sheet.print()
    sheet.print(
        word("patterns.count", counts=", ".join(
            f"{text(f'pattern.verdict.{ruling}', lang())} {number(count)}"
            for ruling, count in counts
        )),
        style="bold",
    )  # fmt: skip
    if runs < _full():
        sheet.print(word("patterns.few", runs=number(_full())), style="italic")
    sheet.print(word(":figure.notice"), style="italic")


def _full() -> int:
    from ..study.cases import RUNS

    return RUNS


def _heading(name: str, ruling: str) -> Text:
    line = Text(f"{name}  {text(f'pattern.title.{name}', lang())}: ", style="bold")
    return line.append(text(f"pattern.verdict.{ruling}", lang()), style=COLOURS[ruling])


def _note(name: str, ruling: str) -> str:
    key = f"pattern.note.{name}"
    return text(key, lang()) if ruling != "met" and has(key, lang()) else ""


def _table(checks: list[Check]) -> Table:
    table = Table(box=None, padding=(0, 1), pad_edge=False, header_style="dim")
    table.add_column(word("patterns.promise"), ratio=1)
    for key in ("promised", "seen", "holds"):
        table.add_column(word(f"patterns.{key}"), justify="right", no_wrap=True)
    for one in checks:
        holds = "–" if one.kind == "seen" else word("patterns.yes" if one.holds else "patterns.no")
        table.add_row(
            one.says.in_language(lang()), _shown(one.promised), _shown(one.seen),
            Text(holds, style="" if one.holds else "bold red"),
        )  # fmt: skip
    return table


def _shown(figure: Figure) -> str:
    return figure.shown(number)


def _document(
    found: dict[str, list[Check]], rulings: dict[str, Any], runs: int, seed: int
) -> dict[str, Any]:
    return {
        "runs": runs,
        "seed": seed,
        "patterns": [
            {
                "name": name,
                "title": text(f"pattern.title.{name}", lang()),
                "verdict": rulings[name],
                "note": _note(name, rulings[name]) or None,
                "promises": [_told(one) for one in checks],
            }
            for name, checks in found.items()
        ],
        "notice": text("figure.notice", lang()),
    }


def _told(one: Check) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "says": one.says.in_language(lang()),
        "promised": one.promised.value,
        "sign": one.promised.sign or None,
        "seen": one.seen.value,
        "half_width": one.seen.half,
        "holds": None if one.kind == "seen" else one.holds,
    }
