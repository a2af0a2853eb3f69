"""One new file: refused where there is one, written whole or not at all."""

from __future__ import annotations

import os
import re
from pathlib import Path

from .words import Unwritable, refusal, word

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)


def file_named(read: str, suffixes: tuple[str, ...], place: str) -> Path:
    """Return the path of a new file; the first suffix is added where it has none of them.

    The name must be one that Windows, macOS and Linux all take.

    Parameters
    ----------
    read : str
        A bare name or a path.
    suffixes : tuple of str
        Such as ``(".yaml", ".yml")``.
    place : str
        The option or argument to blame.

    Raises
    ------
    ScenarioError
        Where the name cannot be.

    Examples
    --------
    >>> file_named("plans/mine", (".yaml",), "NAME").as_posix()
    'plans/mine.yaml'
    """
    path = Path(read)
    name = path.name
    if not read.strip() or name in ("", ".."):
        raise refusal(place, "name_empty")
    if "://" in read:
        raise refusal(place, "name_address", read=_shown(read))
    if signs := list(dict.fromkeys(_FORBIDDEN.findall(name))):
        shown = " ".join(sign if sign.isprintable() else f"U+{ord(sign):04X}" for sign in signs)
        raise refusal(place, "name_sign", read=_shown(name), signs=shown)
    stem = name.split(".")[0].strip()
    if _RESERVED.fullmatch(stem):
        raise refusal(place, "name_reserved", read=_shown(name), word=stem.upper())
    if name != name.strip() or name.endswith("."):
        raise refusal(place, "name_dot", read=_shown(name))
    return path if name.lower().endswith(suffixes) else path.with_name(name + suffixes[0])


def _shown(name: str) -> str:
    return "".join(sign if sign.isprintable() else "�" for sign in name[:80])


def must_be_free(path: Path, place: str, force: bool) -> None:
    """Refuse a path at which something is, unless it is a file and may be replaced."""
    try:
        if path.is_dir():
            raise refusal(place, "file_folder", file=path)
        if path.exists() and not force:
            raise refusal(place, "there", file=path)
    except OSError as wrong:
        raise _unwritable(path, wrong) from wrong


class File:
    """One file of results: free, or to be replaced; written whole or not at all.

    Parameters
    ----------
    path : str
        Where.
    suffixes : tuple of str
        What its name may end in.
    force : bool
        Whether it may take the place of a file that is there.

    Raises
    ------
    ScenarioError
        Where the name ends otherwise, or something is there.
    """

    def __init__(self, path: str, suffixes: tuple[str, ...], force: bool = False) -> None:
        self.path = Path(path)
        self.suffix = self.path.suffix.lower()
        if self.suffix not in suffixes:
            raise refusal("-o", "suffix", file=path[:80], allowed=", ".join(suffixes))
        if self.path.is_dir() or (self.path.exists() and not force):
            raise refusal("-o", "taken", file=path)

    def write(self, content: bytes) -> None:
        """Write the file."""
        write_whole(self.path, content)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there, folders on the way included.

    Raises
    ------
    Unwritable
        Where it cannot be written; then nothing is left behind.
    """
    aside = path.with_name(f".cgsim-{os.getpid()}{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            aside.write_bytes(content)
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as wrong:
        raise _unwritable(path, wrong) from wrong


def _unwritable(path: Path, wrong: OSError) -> Unwritable:
    why = wrong.strerror or type(wrong).__name__
    return Unwritable(word("error.unwritable_file", file=path, why=why))
