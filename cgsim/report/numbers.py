"""Numbers as a report writes them, in its language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..language import text
from .parts import Cell

if TYPE_CHECKING:
    from ..study.summary import Mean, Share

MISSING = "–"

DECIMALS = {"mean_income": 2}
"""Decimals of outcomes, one if not named."""


def number(value: float | None, decimals: int = 0, lang: str = "en") -> str:
    """Return a number as the language writes it, a dash where it is missing.

    Examples
    --------
    >>> number(1234.5, 1, "id"), number(None)
    ('1.234,5', '–')
    """
    from babel.numbers import format_decimal

    if value is None or value != value:
        return MISSING
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    # what rounds to nothing has no sign
    said = format_decimal(round(value, decimals) + 0.0, pattern, locale=lang)
    return str(said).replace("-", "−")


def signed(value: float | None, decimals: int = 0, lang: str = "en") -> str:
    """Return a difference with its sign.

    Examples
    --------
    >>> signed(2.04, 1), signed(-0.01, 1), signed(-3)
    ('+2.0', '0.0', '−3')
    """
    said = number(value, decimals, lang)
    return f"+{said}" if value is not None and round(value, decimals) > 0 else said


def percent(share: float, lang: str = "en") -> str:
    """Return a share as a whole percentage; what is not quite none or all is not called so.

    Examples
    --------
    >>> percent(0.0), percent(0.004), percent(0.255), percent(0.996)
    ('0%', '<1%', '26%', '>99%')
    """
    from babel.numbers import format_percent

    if 0.0 < share <= 0.005:
        return f"<{format_percent(0.01, locale=lang)}"
    if 0.995 <= share < 1.0:
        return f">{format_percent(0.99, locale=lang)}"
    return str(format_percent(share, locale=lang))


def span_of(share: Share, lang: str) -> str:
    """Return the ends of a share's interval."""
    return f"{number(100 * share.low, 0, lang)}–{number(100 * share.high, 0, lang)}%"


def share_cell(share: Share, lang: str) -> Cell:
    """Return a share of runs above its interval."""
    return Cell(percent(share.share, lang), span_of(share, lang))


def mean_cell(mean: Mean, decimals: int, lang: str) -> Cell:
    """Return a mean above its interval."""
    return Cell(number(mean.mean, decimals, lang), mean_span(mean, decimals, lang))


def mean_span(mean: Mean, decimals: int, lang: str) -> str:
    """Return the ends of a mean's interval, nothing where there is none."""
    if mean.low is None:
        return ""
    return f"{number(mean.low, decimals, lang)}–{number(mean.high, decimals, lang)}"


_MINUS = re.compile(r"(?<![\w.,])-(?=\d)")
_SPACED = re.compile(r"(?<=\d) %")


def typeset(words: str) -> str:
    """Return words with one minus sign and one way to write per cent, whichever study said them.

    Examples
    --------
    >>> typeset("-3.2 in 65 % of recommendation-1")
    '−3.2 in 65% of recommendation-1'
    """
    return _SPACED.sub("%", _MINUS.sub("−", words))


def time_words(months: int, lang: str) -> str:
    """Return a length of time, in years where it is a whole number of them.

    Examples
    --------
    >>> time_words(120, "en"), time_words(12, "en"), time_words(30, "en")
    ('10 years', '1 year', '30 months')
    """
    unit, many = ("months", months) if months % 12 else ("years", months // 12)
    unit = "year" if months == 12 else unit
    return text(f"report.time.{unit}", lang, n=number(many, 0, lang))
