"""What was put where, remembered: a cache of the sizes and hashes of files, nothing more.

A line that was torn off, or a whole journal that is gone, costs reading the files again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .files import Written, chunk_of
from .place import Place, crash

NOTE = "note"


@dataclass
class Journal:
    """A sweep's journals; one process adds to one of them.

    Parameters
    ----------
    place : Place
    name : str
        The journal that this process adds to.

    Attributes
    ----------
    known : dict
        What is remembered of each file, by its name.
    notes : list of dict
        What else was worth remembering: that another computer's numerics were accepted.
    torn : int
        Lines that are none.
    """

    place: Place
    name: str = "journal.jsonl"
    known: dict[str, Written] = field(default_factory=dict)
    notes: list[dict[str, Any]] = field(default_factory=list)
    torn: int = 0

    def load(self) -> Journal:
        """Read all journals of the folder; lines that are none are counted and left out."""
        for name in journals(self.place):
            self._read(self.place.read(name))
        return self

    def _read(self, data: bytes) -> None:
        for line in data.split(b"\n"):
            if line.strip():
                try:
                    self._take(json.loads(line))
                except (ValueError, TypeError):
                    self.torn += 1
        if data and not data.endswith(b"\n"):
            self.torn += 1  # the next line must not run on from this one

    def _take(self, said: Any) -> None:
        if isinstance(said, dict) and NOTE in said:
            self.notes.append(said)
            return
        kinds = {name: type(value) for name, value in dict(said).items()}
        if kinds != {"name": str, "size": int, "blake2b": str, "rows": int}:
            raise ValueError("not a file")
        one = Written(**said)
        if chunk_of(one.name) is None:
            raise ValueError("no chunk's file")
        self.known[one.name] = one

    def add(self, files: Iterable[Written]) -> None:
        """Remember files; a journal that cannot be written is done without."""
        files = list(files)
        self.known |= {one.name: one for one in files}
        self._append([one._asdict() for one in files])
        crash("journalled")

    def note(self, word: str, **values: Any) -> None:
        """Remember something that is no file."""
        said = {NOTE: word, **values}
        if said not in self.notes:
            self.notes.append(said)
            self._append([said])

    def _append(self, said: list[dict[str, Any]]) -> None:
        lines = b"".join(json.dumps(one).encode() + b"\n" for one in said)
        try:
            # begins on a line of its own, whatever was torn off before
            self.place.append(self.name, b"\n" + lines if self.torn else lines)
            self.torn = 0
        except OSError:
            return


_JOURNAL = re.compile(r"journal[^/]*\.jsonl")


def journals(place: Place) -> list[str]:
    """Return the names of a folder's journals."""
    return sorted(name for name in place.top() if _JOURNAL.fullmatch(name))
