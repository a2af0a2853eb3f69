"""A folder of results: written aside, then moved file by file, so that none is half-written.

The manifest moves last; until then the folder says of itself that it is incomplete.
"""

from __future__ import annotations

import json
import os
import shutil
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .words import Unwritable, refusal, word

if TYPE_CHECKING:
    from ..study.simulate import Simulation

MANIFEST = "manifest.json"
PROGRAM = "cgsim"
ASIDE = ".cgsim-"
"""How the names of folders begin in which results are made ready."""


class Folder:
    """A folder that is free for results: absent, empty, or one of the same command's results.

    Parameters
    ----------
    path : str
        Where.
    command : str
        The command whose numbers are to go there.
    force : bool
        Whether results may also go beside other files, which stay as they are, and take the
        place of another command's results.

    Raises
    ------
    ScenarioError
        Where it is not free.
    """

    def __init__(self, path: str, command: str, force: bool = False) -> None:
        self.path = Path(path)
        self.command = command
        if self.path.exists() and not self.path.is_dir():
            raise refusal("--out", "file", folder=path)
        if force or not self.path.is_dir() or _is_empty(self.path):
            return
        earlier = _earlier(self.path)
        if earlier is None:
            raise refusal("--out", "full", folder=path)
        if earlier.get("command", command) != command:
            raise refusal("--out", "other", folder=path, command=earlier["command"])

    def write(self, simulation: Simulation, lang: str) -> list[str]:
        """Write tables, figures, scenario and manifest; return their names within the folder.

        Parameters
        ----------
        simulation : Simulation
            With its `months`.
        lang : {"en", "id"}
            Language of the figures.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            home = self.path if self.path.is_dir() else self.path.parent
            aside = home / f"{ASIDE}{self.path.name}-{os.getpid()}"
            shutil.rmtree(aside, ignore_errors=True)
            try:
                aside.mkdir()
                names = _fill(aside, simulation, self.command, lang)
                self._move(aside, names)
            finally:
                shutil.rmtree(aside, ignore_errors=True)
        except OSError as wrong:
            why = wrong.strerror or type(wrong).__name__
            raise Unwritable(word("error.unwritable", folder=self.path, why=why)) from wrong
        return names

    def _move(self, aside: Path, names: list[str]) -> None:
        """Put the files in their place, all at once where there is no folder yet."""
        if not self.path.exists():
            aside.replace(self.path)
            return
        pending = aside / "pending.json"
        pending.write_text(json.dumps({"program": PROGRAM, "complete": False}), encoding="utf-8")
        pending.replace(self.path / MANIFEST)
        for name in names:  # the manifest is last
            (self.path / name).parent.mkdir(exist_ok=True)
            (aside / name).replace(self.path / name)


def _fill(aside: Path, simulation: Simulation, command: str, lang: str) -> list[str]:
    from ..figures import FIGURES, save

    simulation.runs.to_parquet(aside / "runs.parquet", index=False)
    simulation.months.to_parquet(aside / "months.parquet", index=False)
    scenario = simulation.scenario.to_yaml()
    (aside / "scenario.yaml").write_text(scenario, encoding="utf-8", newline="\n")
    (aside / "figures").mkdir()
    for name in FIGURES:
        save(getattr(simulation.plot, name)(lang), aside / "figures" / f"{name}.png")
    names = ["runs.parquet", "months.parquet", "scenario.yaml"]
    names += [f"figures/{name}.png" for name in FIGURES]
    manifest: dict[str, Any] = {
        "program": PROGRAM,
        "complete": True,
        **simulation.manifest,
        "command": command,
        "language": lang,
        "files": {name: _digest(aside / name) for name in names},
    }
    words = json.dumps(manifest, indent=2) + "\n"
    (aside / MANIFEST).write_text(words, encoding="utf-8", newline="\n")
    return [*names, MANIFEST]


def _digest(file: Path) -> str:
    return blake2b(file.read_bytes(), digest_size=8).hexdigest()


def _is_empty(folder: Path) -> bool:
    return all(one.name.startswith(ASIDE) for one in folder.iterdir())


def _earlier(folder: Path) -> dict[str, Any] | None:
    """Return the manifest of earlier results, None where a folder holds none."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    ours = isinstance(manifest, dict) and manifest.get("program") == PROGRAM
    return manifest if ours else None
