"""Why a sweep does not go on: each reason with its words and its exit code."""

from __future__ import annotations

import errno

from ...errors import Stop, say

COMPLETE, BAD_INPUT, LOCKED, UNWRITABLE, DIFFERS, BROKEN, NUMERICS, SET_ASIDE, INTERRUPTED = (
    0, 2, 3, 4, 5, 6, 7, 8, 130,
)  # fmt: skip

_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


class Halt(Stop):
    """A sweep stops here; nothing of it is lost.

    Attributes
    ----------
    code : int
        Exit code: 2 bad input, 3 locked, 4 cannot be written, 5 the sweep differs, 6 input or
        output failed, 7 this computer reckons differently, 8 some runs set aside, 130
        interrupted.
    meaning : Message
        Why, in either language.
    """

    def __init__(self, code: int, key: str, /, **values: object) -> None:
        super().__init__(code, say(f"sweep.halt.{key}", **values))


def unwritten(folder: object, wrong: OSError) -> Halt:
    """Return the halt for a file that could not be written."""
    if wrong.errno in _FORBIDDEN:
        return Halt(UNWRITABLE, "forbidden", folder=folder, why=_why(wrong))
    return Halt(BROKEN, "io", folder=folder, why=_why(wrong))


def unread(folder: object, wrong: OSError) -> Halt:
    """Return the halt for a file that could not be read."""
    return Halt(BROKEN, "torn", folder=folder, why=_why(wrong))


def _why(wrong: OSError) -> str:
    return wrong.strerror or str(wrong).partition("\n")[0] or type(wrong).__name__
