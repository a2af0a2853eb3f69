"""What an answer means: the words and numbers of people as a scenario file states them."""

from __future__ import annotations

import re
from typing import Any

from ..parameters import Parameter
from ..scenario import shown
from .form import WORDS

_THOUSANDS = re.compile(r"[-+]?\d{1,3}([.,]\d{3})+")


class Unclear(ValueError):
    """An answer that is none; the text is the key of its words."""


def understood(parameter: Parameter, value: Any, percent: bool = False) -> Any:
    """Return an answer as a scenario file states it.

    Parameters
    ----------
    parameter : Parameter
    value : object
        What stands in the cell.
    percent : bool
        Whether the cell shows its number as a percentage, which only a share can be.

    Raises
    ------
    Unclear
        Where it is not allowed, or could mean two numbers.

    Examples
    --------
    >>> from cgsim.parameters import BY_PATH, PLAN
    >>> understood(BY_PATH["process.leadership"], " 0,5 ")
    0.5
    >>> understood(PLAN["monitoring_interval"], "Tidak pernah")
    'never'
    """
    from ..scenario_shape import number

    if percent and not _is_share(parameter):
        raise Unclear("percent")
    if isinstance(value, str):
        value = _word_or_number(value, parameter)
    if parameter.sort == "flag" and value in (0, 1):
        value = bool(value)
    if isinstance(value, bool) and parameter.sort != "flag":
        raise Unclear("value")
    if isinstance(value, int) and parameter.sort == "number":
        value = float(value)
    try:
        return shown(parameter, number(parameter, value))
    except ValueError as wrong:
        raise Unclear("value") from wrong


def _word_or_number(read: str, parameter: Parameter) -> Any:
    said = " ".join(read.replace("\u00a0", " ").split())
    for meant, words in WORDS.items():
        if said.casefold() in words:
            return {"true": True, "false": False}.get(meant, meant)
    figures = re.sub(r"^Rp\.?\s*", "", said, flags=re.IGNORECASE)
    percent = figures.endswith("%")
    if percent and not _is_share(parameter):
        raise Unclear("percent")
    figures = figures.rstrip("% ").replace(" ", "")
    if _THOUSANDS.fullmatch(figures) and not figures.startswith(("0", "-0", "+0")):
        raise Unclear("thousands")
    if "," in figures and "." not in figures:
        figures = figures.replace(",", ".")
    try:
        value = float(figures)
    except ValueError:
        raise Unclear("value") from None
    value = value / 100 if percent else value
    return int(value) if value.is_integer() and parameter.sort != "number" else value


def _is_share(parameter: Parameter) -> bool:
    return parameter.sort == "number" and parameter.high <= 1.0
