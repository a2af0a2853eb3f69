"""A folder of a study: is it as it was written, and does the study made anew equal it?"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ScenarioError
from .kept import MANIFEST
from .kept_reading import fault, read_manifest, read_table, whole_scenario
from .rerun import Comparison, Kept, compare_all

if TYPE_CHECKING:
    import pandas as pd

SUFFIX = ".parquet"


def read_study(folder: str | os.PathLike[str]) -> Kept:
    """Read a study's folder and check that nobody has changed it.

    Raises
    ------
    ScenarioError
        Where files are missing, torn or not as they were written, all of them at once.
    """
    place = Path(folder)
    manifest = read_manifest(place)
    written = [str(one.get("file")) for one in manifest["written"]]
    files = [name for name in written if name.endswith(SUFFIX)]
    others = [name for name in written if re.fullmatch(r"scenario-\d+\.yaml", name)]
    if not files or any(Path(name).name != name for name in files):
        raise ScenarioError([fault(place / MANIFEST, "torn")])
    scenario = whole_scenario(place, manifest, [*files, *others])
    return Kept(place, manifest, scenario, _tables(place, files))


def compare_study(kept: Kept, again: str | os.PathLike[str]) -> Comparison:
    """Compare every table of a study with those of the folder in which it was made once more.

    Parameters
    ----------
    kept : Kept
        What `read_study` found.
    again : path

    Raises
    ------
    ScenarioError
        Where the study made anew starts from another scenario: then nothing is compared.
    """
    other = read_study(again)
    now, then = other.manifest["scenario_hash"], kept.manifest["scenario_hash"]
    if now != then:
        raise ScenarioError([fault(kept.folder, "other_scenario", now=now, then=then)])
    return compare_all(kept, other.tables)


def _tables(place: Path, files: list[str]) -> dict[str, pd.DataFrame]:
    return {name.removesuffix(SUFFIX): read_table(place / name) for name in files}
