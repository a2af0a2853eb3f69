"""``cgsim sweep verify``: whether every run is there once, and every file whole."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from ..language import text
from .run import watched
from .words import as_json, console, lang, number, word

if TYPE_CHECKING:
    from ..study.sweep.inspection import Findings

MOST_SHOWN = 10


def verify_folder(folder: str, deep: bool, repair: bool, workers: int | None, json: bool) -> int:
    """Look into every file of a sweep's folder; return the exit code."""
    from ..study.sweep.inspection import verify

    with watched(1, "sweep.verify.progress") as progress:
        found = verify(folder, deep=deep, repair=repair, workers=workers, progress=progress)
    if json:
        damaged = [one._asdict() for one in found.damaged]
        told = {**asdict(found), "damaged": damaged, "losses": found.losses}
        print(as_json({**told, "exit_code": found.code}))
    else:
        _show(found)
    return found.code


def _show(found: Findings) -> None:
    sheet = console()
    counts = {"files": number(found.files), "chunks": number(found.chunks)}
    sheet.print(word("sweep.verify.read", folder=found.folder, **counts), soft_wrap=True)
    there = {"found": number(found.runs_found), "runs": number(found.runs)}
    sheet.print(word("sweep.verify.runs", **there))
    lost = {"duplicates": number(found.duplicates), "losses": number(found.losses)}
    sheet.print(word("sweep.verify.once", **lost))
    if found.failures:
        sheet.print(word("sweep.verify.failures", n=number(found.failures), folder=found.folder))
    if found.missing:
        sheet.print(word("sweep.verify.missing", n=number(len(found.missing))))
    for name, why in found.damaged[:MOST_SHOWN]:
        sheet.print(f"  {name}  {text(f'sweep.trouble.{why}', lang())}", soft_wrap=True)
    if len(found.damaged) > MOST_SHOWN:
        sheet.print(word("sweep.verify.more", n=number(len(found.damaged) - MOST_SHOWN)))
    for name in found.foreign[:MOST_SHOWN]:
        sheet.print(f"  {name}  {word('sweep.verify.foreign')}", soft_wrap=True)
    if found.unknown:
        sheet.print(word("sweep.verify.unknown", n=number(found.unknown)))
    if found.removed:
        sheet.print(word("sweep.verify.removed", n=number(len(found.removed))))
    sheet.print(word(f"sweep.verify.{_verdict(found)}", folder=found.folder), soft_wrap=True)


def _verdict(found: Findings) -> str:
    if found.removed:
        return "resume"
    if found.damaged:
        return "repair"
    if found.losses:
        return "resume"
    return "deep" if found.deep else "whole"
