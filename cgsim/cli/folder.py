"""A folder of results: written aside, then moved file by file, so that none is half-written.

The manifest moves last; until then the folder says of itself that it is incomplete. A lock
keeps two commands of one computer from writing the same folder at once.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from .words import Locked, Unwritable, refusal, word

if TYPE_CHECKING:
    from filelock import BaseFileLock

    from ..study.simulate import Simulation

MANIFEST = "manifest.json"
PROGRAM = "cgsim"
ASIDE = ".cgsim-"
"""How the names of folders begin in which results are made ready."""


class Folder:
    """A folder that is free for results: absent, empty, or one of the same command's results.

    Within ``with`` no other command of this computer writes to it.

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

    def __enter__(self) -> Self:
        """Keep other commands out.

        Raises
        ------
        Locked
            Where one is writing to the folder now.
        """
        self._lock = _lock(self.path)
        return self

    def __exit__(self, *_: object) -> None:
        """Let others in."""
        if self._lock is not None:
            with suppress(OSError):  # Windows does so itself once it is released
                Path(self._lock.lock_file).unlink()
            self._lock.release()

    def write(self, simulation: Simulation, lang: str) -> list[str]:
        """Write tables, figures, scenario and manifest; return their names within the folder.

        Parameters
        ----------
        simulation : Simulation
            With its `months`.
        lang : {"en", "id"}
            Language of the figures and the workbook.
        """
        from ..study.kept import fill_folder

        return self.fill(lambda aside: fill_folder(aside, simulation, self.command, lang))

    def fill(self, fill: Callable[[Path], list[str]]) -> list[str]:
        """Write whatever a function puts into an empty folder; return the names of its files.

        Parameters
        ----------
        fill : callable
            Takes an empty folder, writes into it, and returns the names, the manifest last.

        Raises
        ------
        Unwritable
            Where the folder cannot be written; what stood there before still does.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            home = self.path if self.path.is_dir() else self.path.parent
            aside = home / f"{ASIDE}{self.path.name}-{os.getpid()}"
            _sweep(home, self.path.name)
            try:
                aside.mkdir()
                names = fill(aside)
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


def _lock(path: Path) -> BaseFileLock | None:
    """Lock a folder, wherever its lock can be kept; None where there is no such place.

    Locks stand apart from results, which may not exist yet and hold nothing but results.
    """
    from filelock import FileLock, Timeout
    from platformdirs import user_cache_dir

    root = Path(os.environ.get("CGSIM_CACHE") or user_cache_dir("cgsim", appauthor=False))
    name = blake2b(os.path.normcase(path.resolve()).encode(), digest_size=12).hexdigest()
    try:
        (root / "locks").mkdir(parents=True, exist_ok=True)
        lock = FileLock(root / "locks" / f"{name}.lock", timeout=0)
        lock.acquire()
    except Timeout:
        raise Locked(word("error.locked_out", folder=path)) from None
    except (OSError, NotImplementedError):  # a cache that cannot be written is no reason to stop
        return None
    return lock


def _sweep(home: Path, name: str) -> None:
    """Remove what commands left aside that were stopped before they could."""
    for one in home.iterdir():
        if re.fullmatch(rf"{re.escape(ASIDE + name)}-\d+", one.name):
            shutil.rmtree(one, ignore_errors=True)


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
