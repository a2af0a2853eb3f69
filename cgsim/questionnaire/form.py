"""What a questionnaire asks: its rows and columns, the same for writing and for reading."""

from __future__ import annotations

from ..language import languages, text
from ..parameters import BY_PATH, PLAN, Parameter, find
from ..scenario import Scenario

COLUMNS = ("code", "topic", "question", "unit", "allowed", "value", "answer", "how", "note")
"""Columns of the sheet of questions, from left to right."""

HOW = ("document", "interview", "observation", "estimate", "unknown")
"""How an answer may be known."""

TOLD = ("title", "question")
"""Rows about the scenario itself."""

FIRST, LAST = ("community.", "process."), ("cluster.",)
"""Shared levers before the organisations', and at the end."""

HIDDEN = "_cgsim"
"""The sheet that says which scenario is asked about."""

WORDS = {
    "never": ("never", "tidak pernah"),
    "true": ("true", "yes", "ya", "benar"),
    "false": ("false", "no", "tidak", "salah"),
    "agency": ("agency", "dinas"),
    "company": ("company", "perusahaan"),
    "by commitment": ("by commitment", "menurut komitmen"),
    "always": ("always", "selalu"),
}
"""What may be answered in words, in either language, and what a scenario file says for it."""


def rows(base: Scenario) -> list[str]:
    """Return the codes of all rows: the scenario's words, then every lever by its path.

    People and their work together come first, the definitions of a cluster last.

    Examples
    --------
    >>> rows(Scenario.load("sangatta-utara"))[:3]
    ['title', 'question', 'community.people']
    """
    shared = [path for path, one in BY_PATH.items() if one.is_lever]
    own = [f"organisations.{key}.{name}" for key in base.organisations for name in ("name", *PLAN)]
    first = [path for path in shared if path.startswith(FIRST)]
    last = [path for path in shared if path.startswith(LAST)]
    between = [path for path in shared if not path.startswith(FIRST + LAST)]
    return [*TOLD, *first, *own, *between, *last]


def parameter_of(code: str) -> Parameter | None:
    """Return the lever of a row, None for a row of words."""
    return find(code)


def heads() -> dict[str, str]:
    """Return the column of each heading, in either language, written small."""
    return {
        text(f"questionnaire.column.{name}", lang).casefold(): name
        for lang in languages()
        for name in COLUMNS
    }


def hows() -> dict[str, str]:
    """Return the key of each way to know, in either language, written small."""
    return {
        text(f"questionnaire.how.{name}", lang).casefold(): name
        for lang in languages()
        for name in HOW
    }
