"""What has been evaluated so far, kept on disk, so that a search that was stopped goes on.

A search asks the same questions in the same order for a seed. Gone over again, each question that
stands in the journal is answered from it at once, and the first that does not is where the work
goes on: the result is that of a search that nobody disturbed.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

FILE = "trials.jsonl"


class JournalDiffers(Exception):
    """A journal was begun by another program or on another question; the text names the field."""


class Journal:
    """Answers by question; in memory, and in a file where one is named.

    Parameters
    ----------
    path : str or path, optional
        The file: a line says what the answers depend on, then a line an answer. A line that was
        not written whole is dropped.
    header : dict, optional
        What the answers depend on besides the question.
    anew : bool
        Whether a file with another header is begun anew.

    Raises
    ------
    JournalDiffers
        Where the file has another header.

    Examples
    --------
    >>> journal = Journal()
    >>> journal["a"] = [1.5]
    >>> "a" in journal, journal["a"]
    (True, [1.5])
    """

    def __init__(
        self, path: str | os.PathLike[str] | None = None, header: dict[str, Any] | None = None,
        anew: bool = False,
    ) -> None:  # fmt: skip
        self.path = None if path is None else Path(path)
        self.found: dict[str, Any] = {}
        if self.path is None:
            return
        header = json.loads(json.dumps(header or {}))
        lines = self._whole_lines()
        if lines and lines[0] != header:
            differ = [name for name in header if lines[0].get(name) != header[name]]
            if not anew:
                raise JournalDiffers(", ".join(differ) or "?")
            lines = []
        if not lines:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_bytes(b"")
            self._append(header)
        self.found = dict(lines[1:])

    def __contains__(self, question: str) -> bool:
        """Whether a question has been answered."""
        return question in self.found

    def __getitem__(self, question: str) -> Any:
        """Return the answer to a question."""
        return self.found[question]

    def __setitem__(self, question: str, answer: Any) -> None:
        """Keep an answer."""
        self.found[question] = answer
        if self.path is not None:
            self._append([question, answer])

    def _append(self, line: Any) -> None:
        assert self.path is not None
        with self.path.open("ab") as file:
            file.write(json.dumps(line).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def _whole_lines(self) -> list[Any]:
        """Return the lines that are whole; cut the file where one is not."""
        assert self.path is not None
        if not self.path.is_file():
            return []
        lines, good = [], 0
        for words in self.path.read_bytes().splitlines(keepends=True):
            try:
                lines.append(json.loads(words) if words.endswith(b"\n") else None)
            except ValueError:
                break
            if lines[-1] is None:
                lines.pop()
                break
            good += len(words)
        if good < self.path.stat().st_size:
            with self.path.open("r+b") as file:
                file.truncate(good)
        return lines
