"""What a folder of results holds: tables, workbook, figures, scenario and manifest."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .simulate import table_hash, this_platform, versions

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from ..scenario import Scenario
    from .simulate import Simulation

MANIFEST, SCENARIO = "manifest.json", "scenario.yaml"
PROGRAM = "cgsim"

TABLE_FILES = {name: f"{name}.parquet" for name in ("runs", "months", "people")}


def fill_folder(folder: Path, simulation: Simulation, command: str, lang: str) -> list[str]:
    """Write everything into an empty folder; return the names within it, the manifest last.

    Parameters
    ----------
    simulation : Simulation
        With its `months`.
    command : str
        The command that gives the numbers again.
    lang : {"en", "id"}
        Language of the figures and the workbook.
    """
    from ..figures import FIGURES, save
    from .workbook import write_workbook

    tables = tables_of(simulation)
    for name, table in tables.items():
        table.to_parquet(folder / TABLE_FILES[name], index=False)
    write_workbook(simulation, folder / "results.xlsx", lang, command)
    scenario = simulation.scenario.to_yaml()
    (folder / SCENARIO).write_text(scenario, encoding="utf-8", newline="\n")
    (folder / "figures").mkdir()
    for name in FIGURES:
        save(getattr(simulation.plot, name)(lang), folder / "figures" / f"{name}.png")
    names = [*TABLE_FILES.values(), "results.xlsx", SCENARIO]
    names += [f"figures/{name}.png" for name in FIGURES]
    _say_what(folder, names, tables, simulation.manifest, command, lang)
    return [*names, MANIFEST]


def fill_study(
    folder: Path, scenario: Scenario, tables: Mapping[str, pd.DataFrame],
    figures: Mapping[str, Figure], facts: Mapping[str, Any], command: str, lang: str,
    others: Mapping[str, Scenario] | None = None,
    texts: Mapping[str, str] | None = None,
) -> list[str]:  # fmt: skip
    """Write a study's tables and figures into an empty folder; return the names, manifest last.

    Parameters
    ----------
    scenario : Scenario
        What the study starts from.
    tables, figures : mapping
        By name; tables are written as CSV and as Parquet.
    facts : mapping
        What the manifest says besides: runs, seed.
    command : str
        The command that gives the numbers again.
    lang : {"en", "id"}
        Language of the figures.
    others : mapping, optional
        Further scenarios by the name of their file.
    texts : mapping, optional
        Other files of text, such as scenarios, by name.
    """
    from ..figures import save

    names = []
    for name, table in tables.items():
        table.to_parquet(folder / f"{name}.parquet", index=False)
        table.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8", lineterminator="\n")
        names += [f"{name}.parquet", f"{name}.csv"]
    cases = {SCENARIO: scenario, **{f"{name}.yaml": one for name, one in (others or {}).items()}}
    for name, one in cases.items():
        (folder / name).write_text(one.to_yaml(), encoding="utf-8", newline="\n")
    (folder / "figures").mkdir()
    for name, figure in figures.items():
        save(figure, folder / "figures" / f"{name}.png")
    for name, words in (texts or {}).items():
        (folder / name).write_text(words, encoding="utf-8", newline="\n")
    names += [*(texts or {}), *cases, *(f"figures/{name}.png" for name in figures)]
    told = {
        "scenario": scenario.name, "scenario_hash": scenario.hash, **facts,
        "months": scenario.months, "versions": versions(),
        "python": platform.python_version(), "platform": this_platform(),
    }  # fmt: skip
    _say_what(folder, names, dict(tables), told, command, lang)
    return [*names, MANIFEST]


def _say_what(
    folder: Path, names: list[str], tables: dict[str, pd.DataFrame], told: Mapping[str, Any],
    command: str, lang: str,
) -> None:  # fmt: skip
    """Write the manifest: what made the files, and a hash of each."""
    manifest = {
        "program": PROGRAM,
        "complete": True,
        **told,
        "command": command,
        "language": lang,
        "written": [_entry(folder, name, tables) for name in names],
    }
    words = json.dumps(manifest, indent=2) + "\n"
    (folder / MANIFEST).write_text(words, encoding="utf-8", newline="\n")


def tables_of(simulation: Simulation) -> dict[str, pd.DataFrame]:
    """Return the tables that a folder holds; `people` is that of the first run."""
    first = int(simulation.runs["run"].iloc[0])
    return {
        "runs": simulation.runs,
        "months": simulation.months,
        "people": simulation.people(first),
    }


def digest(file: Path) -> str:
    """Return 16 hexadecimal digits that change with any byte of a file."""
    with file.open("rb") as opened:
        found = blake2b(digest_size=8)
        while part := opened.read(1 << 20):
            found.update(part)
    return found.hexdigest()


def _entry(folder: Path, name: str, tables: dict[str, pd.DataFrame]) -> dict[str, Any]:
    file = folder / name
    entry: dict[str, Any] = {"file": name, "bytes": file.stat().st_size, "digest": digest(file)}
    table = tables.get(name.removesuffix(".parquet"))
    if table is not None:
        entry |= {"rows": len(table), "table_hash": table_hash(table)}
    return entry
