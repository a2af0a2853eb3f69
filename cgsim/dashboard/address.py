"""The address of the page: settings read from it, strictly, and written back to it.

The address holds everything: whoever opens it sees the same page. Only what differs from
the scenario stands in it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from ..errors import Message, say
from ..language import languages
from ..scenario import Scenario
from ..scenario_file import did_you_mean
from .state import BASELINE, Settings, choices, shipped_scenario

HIGHEST_SEED = 2**32 - 1
LONGEST_VALUE = 60
"""Characters of the address that a notice repeats."""

_MONITOR = "monitor."


def read(query: str | None, lang: str = "en") -> tuple[Settings, list[Message]]:
    """Read settings from the query of an address.

    What is unknown is left out, what is out of range is brought into range; each with a
    notice.

    Parameters
    ----------
    query : str or None
        What follows the question mark.
    lang : str
        Language if the address names none.

    Examples
    --------
    >>> settings, notices = read("scenario=neither&persistence=7")
    >>> settings.persistence, len(notices)
    (1.0, 1)
    """
    reader = _Reader(dict(parse_qsl(query or "", keep_blank_values=True)))
    return reader.settings(lang), reader.notices


class _Reader:
    """Takes one value after another out of a query, and notes what was wrong."""

    def __init__(self, values: dict[str, str]) -> None:
        self.values = values
        self.notices: list[Message] = []

    def settings(self, lang: str) -> Settings:
        name = self._scenario()
        case = shipped_scenario(name)
        chosen = self._language()
        settings = Settings(
            scenario=name,
            seed=int(self._number("seed", 1, 0, HIGHEST_SEED, math.floor)),
            month=int(self._number("month", 1, 1, case.months, math.floor)),
            lang=chosen or lang,
            chosen_lang=chosen is not None,
            monitoring=self._monitoring(case),
            persistence=self._persistence(case),
        )
        for left in self.values:
            self._say("unknown", name=_short(left))
        return settings

    def _say(self, notice: str, /, **values: object) -> None:
        self.notices.append(say(f"dashboard.notices.{notice}", **values))

    def _scenario(self) -> str:
        name = self.values.pop("scenario", BASELINE)
        if name in Scenario.shipped():
            return name
        hint = did_you_mean(name, Scenario.shipped())
        self._say("scenario", read=_short(name), hint=hint, used=BASELINE)
        return BASELINE

    def _language(self) -> str | None:
        lang = self.values.pop("lang", None)
        if lang is None or lang in languages():
            return lang
        self._say("lang", read=_short(lang))
        return None

    def _number(
        self,
        name: str,
        default: float,
        low: float,
        high: float,
        tidy: Callable[[float], float],
    ) -> float:
        word = self.values.pop(name, None)
        if word is None:
            return default
        number = _finite(word)
        if number is None:
            self._say("number", name=name, read=_short(word), used=default)
            return default
        inside = min(max(tidy(number), low), high)
        if inside != number:
            self._say("range", name=name, read=_short(word), low=low, high=high, used=inside)
        return inside

    def _persistence(self, case: Scenario) -> float | None:
        own = float(case.value("community.persistence.mean"))
        found = self._number("persistence", own, 0.0, 1.0, lambda x: round(x, 2))
        return None if found == own else found

    def _monitoring(self, case: Scenario) -> tuple[tuple[str, int | str], ...]:
        found = []
        for name in [name for name in self.values if name.startswith(_MONITOR)]:
            key, word = name.removeprefix(_MONITOR), self.values.pop(name)
            if key not in case.organisations:
                self._say("organisation", key=_short(key))
                continue
            interval = self._interval(key, word, case)
            if interval != case.value(f"organisations.{key}.monitoring_interval"):
                found.append((key, interval))
        return tuple(sorted(found))

    def _interval(self, key: str, word: str, case: Scenario) -> int | str:
        own: int | str = case.value(f"organisations.{key}.monitoring_interval")
        if word in [str(choice) for choice in choices(own)]:
            return "never" if word == "never" else int(word)
        number = _finite(word)
        if number is None:
            self._say("interval", key=key, read=_short(word), used=own)
            return own
        months = [choice for choice in choices(own) if isinstance(choice, int)]
        nearest = min(months, key=lambda choice: abs(choice - number))
        self._say("interval", key=key, read=_short(word), used=nearest)
        return nearest


def _finite(word: str) -> float | None:
    try:
        number = float(word)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _short(word: str) -> str:
    return word if len(word) <= LONGEST_VALUE else word[:LONGEST_VALUE] + "…"


def write(settings: Settings) -> str:
    """Return the query that holds the settings: only what differs from the scenario's own.

    Examples
    --------
    >>> write(Settings(monitoring=(("kpc", 3),), persistence=0.65, month=41))
    'monitor.kpc=3&persistence=0.65&month=41'
    """
    plain = Settings()
    values: dict[str, object] = {}
    if settings.scenario != plain.scenario:
        values["scenario"] = settings.scenario
    for key, interval in settings.monitoring:
        values[_MONITOR + key] = interval
    if settings.persistence is not None:
        values["persistence"] = f"{settings.persistence:g}"
    if settings.seed != plain.seed:
        values["seed"] = settings.seed
    if settings.month != plain.month:
        values["month"] = settings.month
    if settings.chosen_lang:
        values["lang"] = settings.lang
    return urlencode(values)


def changed(settings: Settings, change: Mapping[str, Any]) -> tuple[Settings, list[Message]]:
    """Return the settings after a visitor's change, read as strictly as an address is.

    Parameters
    ----------
    change : mapping
        Names as in the address. Another scenario comes with its own levers.

    Examples
    --------
    >>> after, _ = changed(Settings(persistence=0.9), {"scenario": "neither", "month": 12})
    >>> after.scenario, after.persistence, after.month
    ('neither', None, 12)
    """
    if change.get("scenario", settings.scenario) != settings.scenario:
        settings = replace(settings, monitoring=(), persistence=None)
    values = dict(parse_qsl(write(settings)))
    values |= {str(name): str(value) for name, value in change.items()}
    if values.get("scenario") in Scenario.shipped():  # its run may be shorter
        last = shipped_scenario(values["scenario"]).months
        if values.get("month", "").isdecimal():
            values["month"] = str(min(int(values["month"]), last))
    return read(urlencode(values), settings.lang)


def language_of(accepted: str) -> str:
    """Return the language for a browser's list of languages.

    Examples
    --------
    >>> language_of("id-ID,id;q=0.9,en;q=0.8"), language_of("fr")
    ('id', 'en')
    """
    for part in accepted.lower().split(","):
        code = part.split(";")[0].split("-")[0].strip()
        if code in languages():
            return code
    return "en"
