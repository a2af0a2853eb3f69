"""``cgsim sweep compact`` and ``export``: a sweep's tables in fewer files, or in one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..scenario_file import did_you_mean
from .files import file_named, must_be_free
from .run import watched
from .words import as_json, complain, console, number, refusal, size, word


@dataclass(frozen=True)
class Target:
    """What to write, where and how."""

    out: str
    form: str | None = None
    table: str | None = None
    force: bool = False


def compact_folder(folder: str, json: bool) -> None:
    """Copy a sweep's tables into few large files."""
    from ..study.sweep.compacting import compact

    with watched(1, "sweep.compact.progress") as progress:
        made = compact(folder, progress=progress)
    if json:
        told = {"folder": folder, "files": made.files, "rows": made.rows, "bytes": made.size}
        print(as_json({**told, "files_kept": made.kept}))
        return
    sheet = console()
    counts = {"files": number(made.files), "rows": number(made.rows), "size": size(made.size)}
    sheet.print(word("sweep.compact.made", folder=folder, **counts), soft_wrap=True)
    if made.kept:
        sheet.print(word("sweep.compact.kept", n=number(made.kept)))
    sheet.print(word("sweep.compact.stay"))


def export_folder(folder: str, target: Target, partial: bool, json: bool) -> None:
    """Write a sweep's table into one file.

    Raises
    ------
    ScenarioError
        Where form, table and name of the file do not fit.
    """
    path, form, table = _read(target)
    must_be_free(path, "--out", target.force)
    from ..study.sweep.exporting import export

    with watched(1, "sweep.export.progress") as progress:
        made = export(
            folder, path, form=form, table=table, partial=partial, progress=progress
        )  # fmt: skip
    if made.missing:
        complain(word("sweep.export.partial", n=number(made.missing)))
    if made.failures:
        complain(word("sweep.end.failures", n=number(made.failures), folder=folder))
    if json:
        told: dict[str, Any] = {"file": str(path), "form": form, "table": table}
        told |= {"rows": made.rows, "bytes": made.size}
        print(as_json({**told, "runs_missing": made.missing, "failures": made.failures}))
        return
    counts = {"file": path, "rows": number(made.rows), "size": size(made.size)}
    console().print(word("sweep.query.written", **counts), soft_wrap=True)


def _read(target: Target) -> tuple[Path, str, str]:
    """Return the file, its form and the table that are meant."""
    from ..study.sweep.exporting import FORMS, TABLES, form_of

    form = target.form or form_of(Path(target.out).name)
    if form is None:
        endings = ", ".join(ending for one in FORMS.values() for ending in one)
        raise refusal("--out", "ending", read=target.out[:80], allowed=endings)
    if form not in FORMS:
        hint = did_you_mean(form, FORMS)
        allowed = ", ".join(FORMS)
        raise refusal("--form", "no_form", read=form[:80], allowed=allowed, hint=hint)
    table = target.table or "runs"
    if table not in TABLES:
        hint = did_you_mean(table, TABLES)
        allowed = ", ".join(TABLES)
        raise refusal("--table", "no_table", read=table[:80], allowed=allowed, hint=hint)
    if form == "ema" and target.table:
        raise refusal("--table", "ema_table")
    if form == "behaviorspace" and table == "design":
        raise refusal("--table", "no_table", read=table, allowed="runs, months", hint="")
    name = Path(target.out).name.lower()
    if form_of(name) is not None and not name.endswith(FORMS[form]):
        endings = ", ".join(FORMS[form])
        raise refusal("--out", "ending", read=target.out[:80], allowed=endings)
    return file_named(target.out, FORMS[form], "--out"), form, table
