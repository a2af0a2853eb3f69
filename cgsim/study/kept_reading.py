"""A folder of results as it was written: manifest, scenario, tables; or what is wrong with it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import Fault, ScenarioError, say
from ..scenario import Scenario
from .kept import MANIFEST, PROGRAM, SCENARIO, digest

if TYPE_CHECKING:
    import pandas as pd

SWEEP = "sweep.json"
"""What a folder of a sweep holds instead."""

NEEDED: dict[str, type] = {
    "scenario_hash": str,
    "command": str,
    "versions": dict,
    "python": str,
    "platform": str,
    "written": list,
}
"""What every manifest must hold to be repeated."""


def read_manifest(folder: str | os.PathLike[str]) -> dict[str, Any]:
    """Read a folder's manifest.

    Raises
    ------
    ScenarioError
        Where it is missing, torn, another program's or incomplete.
    """
    place = Path(folder)
    file = place / MANIFEST
    if not place.is_dir():
        raise ScenarioError([fault(place, "no_folder")])
    try:
        manifest = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        key = "sweep" if (place / SWEEP).is_file() else "no_manifest"
        raise ScenarioError([fault(place, key, manifest=MANIFEST, folder=place)]) from None
    except (ValueError, RecursionError):
        raise ScenarioError([fault(file, "torn")]) from None
    except OSError as wrong:
        raise ScenarioError([fault(file, "unreadable", why=wrong.strerror or wrong)]) from None
    if not isinstance(manifest, dict) or manifest.get("program") != PROGRAM:
        raise ScenarioError([fault(file, "foreign")])
    if manifest.get("complete") is not True:
        raise ScenarioError([fault(file, "incomplete")])
    check_holds(place, manifest, NEEDED)
    if not all(isinstance(one, dict) for one in manifest["written"]):
        raise ScenarioError([fault(file, "torn")])
    return manifest


def is_study(manifest: dict[str, Any]) -> bool:
    """Whether a manifest is that of a study, not of an ensemble alone."""
    return not str(manifest["command"]).startswith("cgsim run ")


def check_holds(place: Path, manifest: dict[str, Any], needed: dict[str, type]) -> None:
    """Refuse a manifest in which something is missing, or of another kind."""
    for name, kind in needed.items():
        if type(manifest.get(name)) is not kind:
            raise ScenarioError([fault(place / MANIFEST, "lacks", name=name)])


def whole_scenario(place: Path, manifest: dict[str, Any], files: Iterable[str]) -> Scenario:
    """Return a folder's scenario; refuse where it or a file is not as it was written."""
    faults = list(_faults(place, manifest, files))
    scenario: Scenario | None = None
    if (place / SCENARIO).is_file():
        scenario = Scenario.load(place / SCENARIO)
        if scenario.hash != manifest["scenario_hash"]:
            told = {"now": scenario.hash, "then": manifest["scenario_hash"]}
            faults.append(fault(place / SCENARIO, "scenario", **told))
    if faults or scenario is None:
        raise ScenarioError(faults or [fault(place / SCENARIO, "missing")])
    return scenario


def _faults(place: Path, manifest: dict[str, Any], files: Iterable[str]) -> Iterator[Fault]:
    """Yield what is wrong with the files that hold numbers."""
    written = {one.get("file"): one.get("digest") for one in manifest["written"]}
    for name in (*files, SCENARIO):
        if name not in written:
            yield fault(place / MANIFEST, "lacks", name=name)
        elif not (place / name).is_file():
            yield fault(place / name, "missing")
        elif name != SCENARIO and digest(place / name) != written[name]:
            yield fault(place / name, "changed")


def read_table(file: Path) -> pd.DataFrame:
    """Read a table, or say that it cannot be read."""
    import pandas as pd

    try:
        return pd.read_parquet(file)
    except (OSError, ValueError) as wrong:
        raise ScenarioError([fault(file, "unreadable", why=wrong)]) from None


def fault(file: Path, key: str, **values: object) -> Fault:
    """Return what is wrong with a file of results."""
    return Fault(str(file), 0, 0, say(f"error.rerun.{key}", **values))
