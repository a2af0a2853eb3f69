"""``cgsim rerun``: make a folder of results once more, and say whether it is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.table import Table

from .words import as_json, console, lang, number, percent, word

if TYPE_CHECKING:
    from ..study.rerun import Comparison, Difference, Kept

MOST_SHOWN = 20
"""Columns listed at most; ``--json`` has all."""


def rerun_folder(folder: str, threads: int | None, json: bool) -> int:
    """Repeat a folder of results; return 0 where every number is the same, else 1."""
    from ..study.kept_reading import is_study, read_manifest
    from ..study.rerun import read_kept, rerun
    from .run import watched

    if is_study(read_manifest(folder)):
        from .rerun_study import rerun_study

        kept, found = rerun_study(folder, threads)
    else:
        kept = read_kept(folder)
        with watched(kept.manifest["runs"]) as progress:
            found = rerun(kept, threads=threads, progress=progress)
    if json:
        print(as_json(_document(kept, found)))
    else:
        _show(kept, found)
    return 0 if found.same else 1


def _document(kept: Kept, found: Comparison) -> dict[str, Any]:
    return {
        "folder": kept.folder.as_posix(),
        "same": found.same,
        "command": kept.manifest["command"],
        "scenario_hash": kept.scenario.hash,
        "runs": kept.manifest.get("runs"),
        "seed": kept.manifest.get("seed"),
        "tables": {
            name: {"rows": rows, "columns": found.columns[name]}
            for name, rows in found.rows.items()
        },
        "differences": [one._asdict() for one in found.differences],
        "elsewhere": {
            name: {"then": then, "now": now} for name, (then, now) in found.elsewhere.items()
        },
    }


def _show(kept: Kept, found: Comparison) -> None:
    sheet = console()
    case = kept.scenario
    sheet.print(case.question[lang()] or case.title[lang()], style="bold")
    sheet.print(word("rerun.about", command=kept.manifest["command"]), soft_wrap=True)
    sheet.print()
    widest = max(6, *map(len, found.rows))
    for name, rows in found.rows.items():
        told = {"rows": number(rows), "columns": number(found.columns[name])}
        differing = sum(one.table == name for one in found.differences)
        key = "rerun.table_differs" if differing else "rerun.table_same"
        sheet.print(f"{name:<{widest}}  {word(key, n=number(differing), **told)}")
    if found.same:
        sheet.print(f"\n{word('rerun.same')}", style="bold")
    else:
        sheet.print(f"\n{word('rerun.differs')}", style="bold")
        sheet.print(_differences(found))
        if len(found.differences) > MOST_SHOWN:
            sheet.print(word("rerun.more", n=number(len(found.differences) - MOST_SHOWN)))
    _show_elsewhere(kept, found)


def _differences(found: Comparison) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for k, key in enumerate(("table", "column", "rows", "first", "most")):
        justify: Any = "left" if k < 2 else "right"
        table.add_column(word(f"rerun.{key}"), justify=justify, overflow="fold")
    for one in found.differences[:MOST_SHOWN]:
        rows = f"{number(one.rows)} ({percent(_share(found, one))})"
        first = "–" if one.first is None else number(one.first)
        most = "–" if one.most is None else _small(one.most)
        table.add_row(one.table, one.column, rows, first, most)
    return table


def _share(found: Comparison, one: Difference) -> float:
    return min(1.0, one.rows / max(1, found.rows[one.table]))


def _small(value: float) -> str:
    """Return a difference, however small, as the language writes it."""
    from babel.numbers import format_decimal, format_scientific

    if 1e-4 <= value < 1e6:
        return format_decimal(value, "#,##0.######", locale=lang())
    return format_scientific(value, "0.##E0", locale=lang())


def _show_elsewhere(kept: Kept, found: Comparison) -> None:
    """Say what was not the same then and now; why results differ, where they do."""
    from ..study.kept_reading import is_study

    if not found.elsewhere:
        if not found.same:
            study = is_study(kept.manifest)
            console().print(f"\n{word('rerun.here_study' if study else 'rerun.here')}")
        return
    sheet = console()
    sheet.print(f"\n{word('rerun.elsewhere_same' if found.same else 'rerun.elsewhere')}")
    table = Table.grid(padding=(0, 2))
    for name, (then, now) in found.elsewhere.items():
        label = word("rerun.platform") if name == "platform" else name
        table.add_row(f"  {label}", word("rerun.then_now", then=then, now=now))
    sheet.print(table)
