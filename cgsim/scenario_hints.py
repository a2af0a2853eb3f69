"""What was perhaps meant: the nearest right word, lever or file."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

from .errors import Message, say
from .parameters import BY_PATH, PLAN


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that a misspelt one most resembles, None where none does."""
    close = difflib.get_close_matches(word[:80].lower(), list(known), n=1, cutoff=0.6)
    return close[0] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> Message | str:
    """Return a suggestion to end a message with, empty where nothing is near."""
    near = nearest(word, known)
    return say("error.hint.near", near=near) if near else ""


def file_beside(name: str) -> Message | str:
    """Suggest the scenario file of nearly that name, or of that name without its ending."""
    try:
        folder = Path(name).parent
        beside = sorted(one.name for one in folder.iterdir() if one.suffix in (".yaml", ".yml"))
    except (OSError, ValueError):
        return ""
    wanted = Path(name).name
    same = [one for one in beside if Path(one).stem in (wanted, Path(name).stem)]
    near = same[0] if same else nearest(wanted, beside)
    return say("error.hint.near", near=(folder / near).as_posix()) if near else ""


def near_lever(path: str, organisations: Iterable[str] = ()) -> Message | str:
    """Suggest the whole path of the lever that was perhaps meant, empty where nothing is near.

    Examples
    --------
    >>> near_lever("leadership").in_language("en")
    ' Did you mean process.leadership?'
    >>> near_lever("kpc.visits", ["kpc"]).in_language("en")
    ' Did you mean organisations.kpc.visits?'
    """
    *before, last = path.split(".")
    key = before[-1] if before and before[-1] in organisations else "*"
    every = [*BY_PATH, *(f"organisations.{key}.{name}" for name in PLAN)]
    by_part = {part: one for one in reversed(every) for part in one.split(".")[1:]}
    by_part |= {one.split(".")[-1]: one for one in reversed(every)}
    near = by_part.get(last) or nearest(path, every) or by_part.get(nearest(last, by_part) or "")
    return say("error.hint.near", near=near) if near else ""
