"""Words and numbers in the language of this call, and where they are printed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from ..errors import Fault, ScenarioError, say
from ..language import default_language, languages, text

if TYPE_CHECKING:
    from rich.console import Console

WIDEST = 100
"""Columns beyond which lines are no longer pleasant to read."""

_language: ContextVar[str] = ContextVar("language", default="en")


class Unwritable(Exception):
    """A folder for results cannot be written; the text says why."""


class Locked(Exception):
    """Another command writes to the same folder; the text says which folder."""


def lang() -> str:
    """Return the language of this call."""
    return _language.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak another language for a while; one that there is not changes nothing."""
    before = _language.set(language if language in languages() else lang())
    try:
        yield
    finally:
        _language.reset(before)


def word(key: str, **values: object) -> str:
    """Return the words under a key of ``cli``, or of another section after a ``:``."""
    return text(key[1:] if key.startswith(":") else f"cli.{key}", lang(), **values)


def take_language(arguments: Iterable[str]) -> list[str]:
    """Choose the language and return the arguments without ``--lang``.

    ``--lang`` may stand anywhere; then CGSIM_LANG counts, then the computer's language.
    """
    rest: list[str] = []
    asked, place = os.environ.get("CGSIM_LANG") or None, "CGSIM_LANG"
    words = iter(arguments)
    for one in words:
        if one == "--":
            rest += [one, *words]
        elif one == "--lang" or one.startswith("--lang="):
            asked = next(words, "") if one == "--lang" else one.partition("=")[2]
            place = "--lang"
        else:
            rest.append(one)
    _language.set(asked if asked in languages() else default_language())
    if asked is not None and asked not in languages():
        raise refusal(place, "lang", read=asked[:80])
    return rest


def refusal(place: str, key: str, **values: object) -> ScenarioError:
    """Return an error that says what is wrong with an option or argument."""
    return ScenarioError([Fault(place, 0, 0, say(f"cli.error.{key}", **values))])


def whole(option: str, read: str, low: int, high: int) -> int:
    """Read a whole number from `low` to `high`.

    Examples
    --------
    >>> whole("--runs", "200", 1, 1000)
    200
    """
    try:
        number = int(read)
    except ValueError:
        number = low - 1
    if not low <= number <= high:
        allowed = {"low": f"{low:_}".replace("_", " "), "high": f"{high:_}".replace("_", " ")}
        raise refusal(option, "whole", read=read[:80], **allowed)
    return number


def number(value: float | None, decimals: int = 0) -> str:
    """Return a number as the language writes it, a dash where it is missing."""
    from babel.numbers import format_decimal

    if value is None:
        return "–"
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, pattern, locale=lang())


def duration(seconds: float) -> str:
    """Return a time in the unit in which it is read most easily.

    Examples
    --------
    >>> duration(8.2), duration(100.0), duration(5400.0), duration(864000.0)
    ('8 seconds', '2 minutes', '1.5 hours', '10 days')
    """
    from babel.units import format_unit

    for unit, length, least in (("day", 86400, 172800), ("hour", 3600, 5400), ("minute", 60, 90)):
        if seconds >= least:
            shown = round(seconds / length, 0 if unit == "minute" else 1)
            return format_unit(shown, f"duration-{unit}", locale=lang())
    return format_unit(max(1, round(seconds)), "duration-second", locale=lang())


def size(amount: float) -> str:
    """Return a number of bytes in the unit in which it is read most easily.

    Examples
    --------
    >>> size(900), size(2_500_000), size(81_000_000_000)
    ('1 kB', '2.5 MB', '81 GB')
    """
    for unit, many in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6)):
        if amount >= many:
            scaled = amount / many
            return f"{number(scaled, 1 if scaled < 10 else 0)} {unit}"
    return f"{number(max(1.0, amount / 1e3) if amount else 0.0)} kB"


def percent(share: float) -> str:
    """Return a share as a whole percentage; what is not quite none or all is not called so.

    Examples
    --------
    >>> percent(0.0), percent(0.004), percent(0.255), percent(0.996)
    ('0%', '<1%', '26%', '>99%')
    """
    from babel.numbers import format_percent

    if 0.0 < share <= 0.005:
        return f"<{format_percent(0.01, locale=lang())}"
    if 0.995 <= share < 1.0:
        return f">{format_percent(0.99, locale=lang())}"
    return format_percent(share, locale=lang())


def console(error: bool = False) -> Console:
    """Return where to print: words alone, no markup, at most `WIDEST` columns."""
    from rich.console import Console

    class Sheet(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    sheet = Sheet(stderr=error, markup=False, highlight=False, emoji=False)
    if sheet.width > WIDEST:
        sheet.width = WIDEST
    return sheet


def complain(words: str) -> None:
    """Say on stderr what is wrong, each line as it is."""
    console(error=True).print(words, soft_wrap=True)


def as_json(document: Any) -> str:
    """Return a document as JSON; missing numbers are null."""
    import json

    return json.dumps(document, indent=2, ensure_ascii=True, allow_nan=False)
