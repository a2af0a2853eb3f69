"""The command that gives a report again."""

from __future__ import annotations

import shlex

from .findings import Findings

FILE = "report.html"
"""What the command calls the file: bytes do not depend on where it is put."""


def command_of(found: Findings, lang: str) -> str:
    """Return the command that gives the report again, in its language.

    Parameters
    ----------
    found : Findings
    lang : {"en", "id"}
    """
    words = ["cgsim", "report", *found.asked, "--runs", str(found.runs), "--seed", str(found.seed)]
    words += ["--worlds", str(found.worlds)] if found.worlds else []
    words += [one for lever in found.levers for one in ("--set", lever)]
    return shlex.join([*words, "--lang", lang, "-o", FILE])
