"""Numbers as sentences and tables write them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...figures.sheet import number
from ...language import text

if TYPE_CHECKING:
    from .moment import MomentFlip

DIGITS = 3
"""Digits after the point of values from 0 to 1."""


def decimal(value: float, lang: str, digits: int = DIGITS) -> str:
    """Return a number with so many digits after the point, a dash where it is missing.

    Examples
    --------
    >>> decimal(0.1234, "id"), decimal(float("nan"), "en")
    ('0,123', '–')
    """
    if math.isnan(value):
        return "–"
    return number(value, "#,##0" + ("." + "0" * digits if digits else ""), lang)


def percent(share: float, lang: str, digits: int = 0) -> str:
    """Return a share as a percentage; what is not quite none or all is not called so.

    Examples
    --------
    >>> percent(0.123, "en"), percent(0.001, "en"), percent(0.0524, "id", 1)
    ('12%', '<1%', '5,2%')
    """
    from babel.numbers import format_percent

    if digits == 0 and 0.0 < share < 0.005:
        return f"<{format_percent(0.01, locale=lang)}"
    if digits == 0 and 0.995 < share < 1.0:
        return f">{format_percent(0.99, locale=lang)}"
    return format_percent(share, "#,##0" + (".0" if digits else "") + "%", locale=lang)


def flip_words(flip: MomentFlip, lang: str) -> str:
    """Return a flip value rounded to the side on which the decision turns."""
    if flip.flip is None or flip.short is None:
        return "–"
    scale = 10.0**DIGITS
    rounding = math.ceil if flip.flip > flip.short else math.floor
    return decimal(rounding(flip.flip * scale) / scale, lang)


def joined(words: Sequence[str], lang: str) -> str:
    """Return words in a row with *and* before the last.

    Examples
    --------
    >>> joined(["a", "b", "c"], "en"), joined(["a"], "id")
    ('a, b and c', 'a')
    """
    *most, last = words
    key = "two" if len(most) == 1 else "more"
    both = {"most": ", ".join(most), "last": last}
    return text(f"explain.and.{key}", lang, **both) if most else last


def reached_words(by: str, value: float, needed: float, lang: str) -> dict[str, str]:
    """Return how much of an indicator, or how many producers, there are and should be.

    What falls short is rounded down, so that it never reads as reached.

    Examples
    --------
    >>> reached_words("trust", 0.29996, 0.3, "en"), reached_words("producers", 4.0, 5.0, "en")
    ({'value': '0.299', 'needed': '0.30'}, {'value': '4', 'needed': '5'})
    """
    if by == "producers":
        whole = 0 if needed == int(needed) else 1
        return {"value": decimal(value, lang, 0), "needed": decimal(needed, lang, whole)}
    return {"value": decimal(math.floor(value * 1000.0) / 1000.0, lang),
            "needed": decimal(needed, lang, 2)}  # fmt: skip


def missing_words(by: str, missing: float, lang: str) -> str:
    """Return how much is missing: of an indicator, or producers."""
    return decimal(missing, lang, 1 if by == "producers" else 2)
