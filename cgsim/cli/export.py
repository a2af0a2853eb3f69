"""``cgsim export``: the runs of a folder of results in the form of NetLogo's BehaviorSpace."""

from __future__ import annotations

import gzip
import io

from ..scenario_file import did_you_mean
from .files import File
from .words import as_json, console, number, refusal, size, word

TABLES = ("runs", "months")


def export_runs(folder: str, out: str, table: str, force: bool, json: bool) -> None:
    """Read a folder that ``cgsim run --out`` wrote, and write its runs into one file.

    Raises
    ------
    ScenarioError
        Where the folder is not as it was written, or file and table are not what they can be.
    """
    if table not in TABLES:
        hint = did_you_mean(table, TABLES)
        raise refusal("--table", "no_table", read=table[:80], allowed=", ".join(TABLES), hint=hint)
    file = File(out, (".csv", ".gz"), force)
    from ..study.behaviorspace import write_kept
    from ..study.rerun import read_kept

    content = io.BytesIO()
    rows = write_kept(content, read_kept(folder), table)
    written = content.getvalue()
    if file.suffix == ".gz":
        written = gzip.compress(written, 6, mtime=0)
    file.write(written)
    if json:
        print(as_json({"file": out, "table": table, "rows": rows, "bytes": len(written)}))
        return
    told = {"file": out, "rows": number(rows), "size": size(len(written))}
    console().print(word("sweep.query.written", **told), soft_wrap=True)
