"""What a ramp says, in words: is path dependence seen, not seen, or can it not be told?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..figures.sheet import number
from ..language import text
from .gap import FEWEST
from .ramp_walk import SHARES

if TYPE_CHECKING:
    from .gap import Gap
    from .ramp import Ramp

DECIMALS = {"dynamic": 0, "at_least_active": 0, "producers": 1, "cluster_index": 2}
"""Digits after the point; shares are written as percentages."""


def figure_of(name: str, value: float | None, lang: str, sign: bool = False) -> str:
    """Return a value of a quantity as the language writes it; shares in percent, unmarked.

    Examples
    --------
    >>> figure_of("dynamic", 0.25, "id"), figure_of("producers", -1.04, "id", sign=True)
    ('25', '-1,0')
    """
    if value is None:
        return "–"
    digits = DECIMALS[name]
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    shown = round(100.0 * value if name in SHARES else value, digits) + 0.0
    return number(shown, f"+{pattern};-{pattern}" if sign and shown else pattern, lang)


def interval_of(name: str, gap: Gap, lang: str) -> str:
    """Return the interval of a gap, as ``low to high``."""
    low, high = (figure_of(name, end, lang, sign=True) for end in (gap.low, gap.high))
    return text("ramp.to", lang, low=low, high=high)


def verdict_words(found: Ramp, lang: str = "en") -> str:
    """Return whether path dependence is seen, in a sentence; where it is, what delay explains."""
    from .ramp import MAIN

    gap = found.gaps[MAIN]
    if found.runs < FEWEST:
        return text("ramp.verdict.few", lang, fewest=FEWEST)
    told = {
        "gap": figure_of(MAIN, gap.beyond, lang, sign=True),
        "interval": interval_of(MAIN, gap, lang),
        "smallest": figure_of(MAIN, gap.smallest, lang),
    }
    if gap.verdict != "seen":
        return text(f"ramp.verdict.{gap.verdict}", lang, **told)
    seen = text(f"ramp.verdict.{'higher' if gap.beyond > 0 else 'lower'}", lang, **told)
    return f"{seen} {_delay(found, lang)}"


def _delay(found: Ramp, lang: str) -> str:
    from .ramp import MAIN

    if found.slower is None:
        return text("ramp.delay.untried", lang)
    later = found.slower.gaps[MAIN]
    key = "smaller" if found.closes() else "same"
    if later.verdict == "not_seen":
        key = "gone"
    told = {
        "hold": number(found.slower.hold, "#,##0", lang),
        "gap": figure_of(MAIN, later.beyond, lang, sign=True),
    }
    return text(f"ramp.delay.{key}", lang, **told)
