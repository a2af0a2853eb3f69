"""Files that ship with the program beside those that a user names by a path."""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import Fault, ScenarioError, say
from ..scenario_file import did_you_mean
from ..scenario_yaml import MAX_BYTES, Node, Place, decode, read


def shipped_names(folder: Path) -> list[str]:
    """Return the names of the files of a folder of the program."""
    return sorted(path.stem for path in folder.glob("*.yaml"))


def read_named(said: str | os.PathLike[str], folder: Path, missing: str) -> tuple[Node, Path]:
    """Read a file by its shipped name or by its path; a path that is there comes first.

    Parameters
    ----------
    folder : Path
        Where the shipped files are.
    missing : str
        Key of the words for a file that is not there; they name what is ``shipped``.

    Returns
    -------
    tree : Node
    file : Path
        Where it lies.

    Raises
    ------
    ScenarioError
        Where it cannot be read, or is no YAML.
    """
    name, shipped = os.fspath(said), shipped_names(folder)
    file = Path(name)
    if name in shipped and not file.is_file():
        file = folder / f"{name}.yaml"
        name = file.name
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except FileNotFoundError:
        words = say(missing, shipped=", ".join(shipped), hint=did_you_mean(name, shipped))
        raise ScenarioError([Fault(name, 0, 0, words)]) from None
    except OSError as wrong:
        why = wrong.strerror or type(wrong).__name__
        raise ScenarioError([Place(name, 1, 1).fault("error.file.unreadable", why=why)]) from None
    return read(decode(content, name), name), file
