"""The address of the page: settings read from it, strictly, and written back to it.

The address holds everything: whoever opens it sees the same page. Only what differs from
the scenario stands in it. A lever stands under its path; one moved later under ``at.41.`` and
its path; a scenario to compare with has the same words after ``b.``, ``c.`` or ``d.``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from ..errors import Message, ScenarioError, say
from ..language import languages
from ..scenario import Scenario
from ..scenario_file import did_you_mean
from .levers import Refused, levers_of, understood
from .limits import too_large
from .state import BASELINE, MOST_OTHERS, Settings, Side, Value, own_scenario, shipped_scenario

HIGHEST_SEED = 2**32 - 1
LONGEST_VALUE = 60
"""Characters of the address that a notice repeats."""

TOGETHER = "dashboard.notices.together"
"""What is said of levers that cannot be used together."""

MOST_FAULTS = 3
"""Faults of a scenario that notices repeat."""

MOST_MOVES = 60
"""Levers moved in the course of a run at most."""

OTHERS = "bcd"[:MOST_OTHERS]

EXTRAS: dict[str, re.Pattern[str]] = {
    "bet": re.compile(r"inactive|active|dynamic"),
    "luck": re.compile(r"1"),
    "story": re.compile(r"1"),
    "who": re.compile(r"\d{1,6}"),
    "when": re.compile(r"\d{1,4}"),
    "find": re.compile(r"[\w .*-]{1,40}"),
    "reasons": re.compile(r"1"),
    "run": re.compile(r"\d{1,6}"),
    "x": re.compile(r"[\w.*]{1,80}"),
    "y": re.compile(r"[\w.*]{1,80}"),
    "runs": re.compile(r"200|500|1000"),
    "shown": re.compile(r"producers|cluster_index|mean_income"),
}
"""What single pages keep in the address, and how it must look."""

_AT = re.compile(r"at\.(\d{1,4})\.(.+)")


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
    >>> settings, notices = read("scenario=neither&community.persistence.mean=7")
    >>> settings.side.levers, len(notices)
    ((('community.persistence.mean', 1),), 1)
    """
    reader = _Reader(dict(parse_qsl(query or "", keep_blank_values=True)))
    return reader.settings(lang), reader.notices


@dataclass
class _Reader:
    """Takes one value after another out of a query, and notes what was wrong."""

    values: dict[str, str]
    notices: list[Message] = field(default_factory=list)

    def settings(self, lang: str) -> Settings:
        side = self._side("")
        others = tuple(self._side(f"{letter}.") for letter in OTHERS if self._names(f"{letter}."))
        chosen = self._language()
        settings = Settings(
            side=side,
            others=others,
            seed=int(self._number("seed", 1, 0, HIGHEST_SEED, math.floor)),
            month=int(self._number("month", 1, 1, side.base.months, math.floor)),
            lang=chosen or lang,
            chosen_lang=chosen is not None,
            extras=self._extras(),
        )
        for left in self.values:
            self._say("unknown", name=_short(left))
        return settings

    def _say(self, notice: str, /, **values: object) -> None:
        self.notices.append(say(f"dashboard.notices.{notice}", **values))

    def _names(self, prefix: str) -> list[str]:
        return [name for name in self.values if name.startswith(prefix)]

    def _side(self, prefix: str) -> Side:
        """Read one scenario and the levers changed in it."""
        side = Side(scenario=self._scenario(prefix), own=self._own(prefix))
        case, levers, moves = side.base, [], []
        for name in self._names(prefix):
            told = name.removeprefix(prefix)
            later = _AT.fullmatch(told)
            path = later.group(2) if later else told
            if path not in levers_of(case):
                continue
            value = self._lever(path, self.values.pop(name), case, later is not None)
            if value is None:
                continue
            if later is None:
                levers.append((path, value))
            else:
                moves.append((int(later.group(1)), path, value))
        own = [(path, value) for path, value in levers if value != case.value(path)]
        set_so = replace(side, levers=tuple(sorted(own)), moves=self._moves(moves, case.months))
        return set_so if self._possible(set_so) else side

    def _possible(self, side: Side) -> bool:
        """Say what is wrong with levers that do not go together, or make a case too large."""
        try:
            why = too_large(side.case)
        except ScenarioError as wrong:
            self._say("together")
            self._repeat(wrong)
            return False
        if why is not None:
            self._say("together")
            self.notices.append(why)
        return why is None

    def _repeat(self, wrong: ScenarioError, keys: tuple[str, ...] = ()) -> None:
        """Repeat what is wrong with a scenario; where keys are given, of these alone."""
        said = [one.meaning for one in wrong.faults[:MOST_FAULTS] if one.meaning]
        self.notices += [one for one in said if not keys or one.key in keys]

    def _moves(
        self, moves: list[tuple[int, str, Value]], months: int
    ) -> tuple[tuple[int, str, Value], ...]:
        kept = [one for one in sorted(moves, key=lambda one: one[:2]) if 1 <= one[0] < months]
        if len(kept) < len(moves) or len(kept) > MOST_MOVES:
            self._say("moves", months=months - 1, most=MOST_MOVES)
        return tuple(kept[:MOST_MOVES])

    def _scenario(self, prefix: str) -> str:
        name = self.values.pop(f"{prefix}scenario", BASELINE)
        if name in Scenario.shipped():
            return name
        hint = did_you_mean(name, Scenario.shipped())
        self._say("scenario", read=_short(name), hint=hint, used=BASELINE)
        return BASELINE

    def _own(self, prefix: str) -> str:
        word = self.values.pop(f"{prefix}own", "")
        if word:
            try:
                own_scenario(word)
            except ScenarioError as wrong:
                self._say("own")
                self._repeat(wrong, ("dashboard.notices.large",))
                return ""
        return word

    def _language(self) -> str | None:
        lang = self.values.pop("lang", None)
        if lang is None or lang in languages():
            return lang
        self._say("lang", read=_short(lang))
        return None

    def _extras(self) -> tuple[tuple[str, str], ...]:
        found = []
        for name, form in EXTRAS.items():
            word = self.values.pop(name, None)
            if word is not None and form.fullmatch(word):
                found.append((name, word))
            elif word is not None:
                self._say("extra", name=name, read=_short(word))
        return tuple(found)

    def _number(
        self, name: str, default: float, low: float, high: float, tidy: Callable[[float], float]
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

    def _lever(self, path: str, word: str, case: Scenario, later: bool) -> Value | None:
        """Read a lever's value; brought into its bounds, or None where nobody can tell."""
        parameter = levers_of(case)[path]
        if later and parameter.when == "at birth":
            self._say("birth", name=path)
            return None
        value: Value
        try:
            value, exact = understood(parameter, word)
        except Refused:
            self._say("lever", name=path, read=_short(word), used=str(case.value(path)))
            return None
        if not exact:
            self._say("nearest", name=path, read=_short(word), used=str(value))
        return value


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
    >>> write(Settings(Side(levers=(("organisations.kpc.visits", 3),)), month=41))
    'organisations.kpc.visits=3&month=41'
    """
    plain, values = Settings(), dict(_of_side(settings.side, ""))
    for letter, side in zip(OTHERS, settings.others, strict=False):
        values |= {f"{letter}.scenario": side.scenario, **_of_side(side, f"{letter}.")}
    if settings.seed != plain.seed:
        values["seed"] = str(settings.seed)
    if settings.month != plain.month:
        values["month"] = str(settings.month)
    values |= dict(settings.extras)
    if settings.chosen_lang:
        values["lang"] = settings.lang
    return urlencode(values)


def _of_side(side: Side, prefix: str) -> dict[str, str]:
    values = {}
    if side.scenario != BASELINE:
        values[f"{prefix}scenario"] = side.scenario
    if side.own:
        values[f"{prefix}own"] = side.own
    values |= {f"{prefix}{path}": _word(value) for path, value in side.levers}
    values |= {f"{prefix}at.{month}.{path}": _word(value) for month, path, value in side.moves}
    return values


def _word(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def changed(settings: Settings, change: Mapping[str, Any]) -> tuple[Settings, list[Message]]:
    """Return the settings after a visitor's change, read as strictly as an address is.

    Parameters
    ----------
    change : mapping
        Names as in the address; None takes a name out. Another scenario comes with its own
        levers. ``lever`` and ``value`` set a lever: from the start while no more than the first
        month has been lived, else from ``month`` on.

    Examples
    --------
    >>> start = Settings(Side(levers=(("community.persistence.mean", 0.9),)))
    >>> after, _ = changed(start, {"scenario": "neither", "month": 12})
    >>> after.side, after.month
    (Side(scenario='neither', own='', levers=(), moves=()), 12)
    >>> later, _ = changed(start, {"lever": "organisations.kpc.visits", "value": 3, "month": 41})
    >>> later.side.moves
    ((41, 'organisations.kpc.visits', 3),)
    """
    change = dict(change)
    for prefix in ("", *(f"{letter}." for letter in OTHERS)):
        if change.keys() & {f"{prefix}scenario", f"{prefix}own"}:
            settings = _without_levers(settings, prefix, change)
    values = dict(parse_qsl(write(settings)))
    if "lever" in change:
        name, value = str(change.pop("lever")), change.pop("value", "")
        month = int(change.get("month") or settings.month)
        change[name if month <= 1 else f"at.{month}.{name}"] = value
    for name, value in change.items():
        if value is None:
            values.pop(str(name), None)
        else:
            values[str(name)] = _word(value)
    last = _months(values)
    if last and values.get("month", "").isdecimal():  # another run may be shorter
        values["month"] = str(min(int(values["month"]), last))
    after, notices = read(urlencode(values), settings.lang)
    if any(one.key == TOGETHER for one in notices):
        return settings, notices  # a wish that cannot be takes nothing else away
    return after, notices


def _without_levers(settings: Settings, prefix: str, change: Mapping[str, Any]) -> Settings:
    """Return the settings with one side's levers and own scenario gone."""
    if prefix == "":
        same = change.get("scenario", settings.side.scenario) == settings.side.scenario
        if same and "own" not in change and not settings.side.own:
            return settings
        return replace(settings, side=Side(scenario=settings.side.scenario))
    k = OTHERS.index(prefix[0])
    others = list(settings.others)
    if k < len(others):
        others[k] = Side(scenario=others[k].scenario)
    return replace(settings, others=tuple(others))


def _months(values: Mapping[str, str]) -> int | None:
    """Return how long the run of an address is, where that can be told."""
    try:
        if own := values.get("own"):
            return own_scenario(own).months
    except ScenarioError:
        return None
    name = values.get("scenario", BASELINE)
    return shipped_scenario(name).months if name in Scenario.shipped() else None


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
