"""What was put where, remembered: a cache of the sizes and hashes of files, nothing more.

A line that was torn off, or a whole journal that is gone, costs reading the files again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from .place import Place, crash
from .store import Written, chunk_of


@dataclass
class Journal:
    """A sweep's journals; one process adds to one of them.

    Parameters
    ----------
    place : Place
    name : str
        The journal that this process adds to.
    """

    place: Place
    name: str = "journal.jsonl"
    known: dict[str, Written] = field(default_factory=dict)
    torn: int = 0

    def load(self) -> Journal:
        """Read all journals of the folder; lines that are none are counted and left out."""
        for name in sorted(self.place.names("")):
            name = name.lstrip("/")
            if "/" not in name and name.startswith("journal") and name.endswith(".jsonl"):
                self._read(self.place.read(name))
        return self

    def _read(self, data: bytes) -> None:
        for line in data.split(b"\n"):
            if line.strip():
                try:
                    one = Written(**json.loads(line))
                    if chunk_of(one.name) is None:
                        raise ValueError
                    self.known[one.name] = one
                except (ValueError, TypeError):
                    self.torn += 1

    def add(self, files: Iterable[Written]) -> None:
        """Remember files; a journal that cannot be written is done without."""
        files = list(files)
        lines = b"".join(json.dumps(one._asdict()).encode() + b"\n" for one in files)
        try:
            # begins on a line of its own, whatever was torn off before
            self.place.append(self.name, b"\n" + lines if self.torn else lines)
            self.torn = 0
        except OSError:
            return
        finally:
            self.known |= {one.name: one for one in files}
        crash("journalled")
