"""The command line: one thin command a verb. ``cgsim --help`` shows them.

What a command needs is imported when it runs: help, `check` and `scenarios` answer at once.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code.

    0 done, 1 a check that fails, 2 bad input, 3 another command is writing to the folder, 4 a
    folder cannot be written, 130 interrupted.

    Parameters
    ----------
    arguments : sequence of str, optional
        Words after the program's name; those of this process if not given.
    """
    import sys

    from .app import app

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # where the terminal has no such character
    app(args=None if arguments is None else list(arguments), prog_name="cgsim")
