"""Why a sweep does not go on: each reason with its words and its exit code."""

from __future__ import annotations

import errno

from ...errors import Message, say

COMPLETE, LOCKED, UNWRITABLE, DIFFERS, BROKEN, NUMERICS, SET_ASIDE, INTERRUPTED = (
    0, 3, 4, 5, 6, 7, 8, 130,
)  # fmt: skip

_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


class Halt(Exception):
    """A sweep stops here; nothing of it is lost.

    Attributes
    ----------
    code : int
        Exit code: 3 locked, 4 cannot be written, 5 the sweep differs, 6 input or output failed,
        7 this computer reckons differently, 8 some runs set aside, 130 interrupted.
    meaning : Message
        Why, in either language.
    """

    def __init__(self, code: int, key: str, /, **values: object) -> None:
        self.code = code
        self.meaning: Message = say(f"sweep.halt.{key}", **values)
        super().__init__(self.meaning.in_language("en"))


def unwritten(folder: object, wrong: OSError) -> Halt:
    """Return the halt for a file that could not be written."""
    why = wrong.strerror or type(wrong).__name__
    if wrong.errno in _FORBIDDEN:
        return Halt(UNWRITABLE, "forbidden", folder=folder, why=why)
    return Halt(BROKEN, "io", folder=folder, why=why)
