"""From a recorded lesson to one HTML file in both languages that asks nothing of a network."""

from __future__ import annotations

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FunctionLoader, StrictUndefined

from ..errors import ScenarioError
from ..language import languages, text
from ..report.numbers import number, time_words
from ..study.varied import fault, lever_words, moved_by, unit_of, value_words
from ..world.shape import STATES
from .recording import QUANTILES, value_of
from .telling import document

if TYPE_CHECKING:
    from .lessons import Bet, Lever, Step
    from .making import RecordedLesson

SELECT = 2
"""Values up to which a lever is a list to choose from, not a slider."""


def page(told: RecordedLesson, lang: str) -> str:
    """Return the lesson as one HTML file; the same lesson and luck give the same text.

    Raises
    ------
    ScenarioError
        Where the file would be too large to hand round.
    """
    from .making import MOST_BYTES

    style, script = _read("lesson.css"), _read("lesson.js")
    both = {one: View(told, one) for one in languages()}
    found = _environment().get_template("lesson.html").render(
        lang=lang, langs=languages(), told=told, lesson=told.lesson, views=both, style=style,
        script=script, style_hash=_hash(style), script_hash=_hash(script), select=SELECT,
        recorded=_inert(document(told)), months=told.lesson.scenario.months,
    )  # fmt: skip
    if len(found.encode("utf-8")) > MOST_BYTES:
        raise _too_large(len(found.encode("utf-8")), MOST_BYTES)
    return found


def _too_large(size: int, most: int) -> ScenarioError:
    megabytes = f"{size / 1e6:.1f}"
    return fault("levers", "lesson.error.large", size=megabytes, most=f"{most / 1e6:.0f}")


class View:
    """What the page says in one language."""

    def __init__(self, told: RecordedLesson, lang: str) -> None:
        self.told = told
        self.lang = lang

    def say(self, key: str, **values: object) -> str:
        """Return words of the section `lesson`."""
        return text(f"lesson.{key}", self.lang, **values)

    def any(self, key: str) -> str:
        """Return words of any section."""
        return text(key, self.lang)

    def number(self, value: float, decimals: int = 0) -> str:
        """Return a number as the language writes it, without needless decimals."""
        return number(value, 0 if float(value).is_integer() else decimals, self.lang)

    def paragraphs(self, words: dict[str, str]) -> list[str]:
        """Return a text's paragraphs."""
        return [one for one in map(str.strip, words[self.lang].split("\n\n")) if one]

    def lever(self, lever: Lever) -> str:
        """Return what a lever is called."""
        if lever.label is not None:
            return lever.label[self.lang]
        return lever_words(lever.axis.path, self.told.lesson.scenario, self.lang)

    def unit(self, lever: Lever) -> str:
        """Return a lever's unit; a lesson that calls it something says the unit itself."""
        return "" if lever.label is not None else unit_of(lever.axis, self.lang)

    def moved(self, lever: Lever) -> bool:
        """Whether the scenario itself changes the lever in the course of a run."""
        return moved_by(self.told.lesson.scenario, lever.axis.path)

    def value(self, lever: Lever, k: int) -> str:
        """Return a lever's value in words."""
        return value_words(lever.axis.parameter, lever.axis.values[k], self.lang)

    def time(self, months: int) -> str:
        """Return a length of time."""
        return time_words(months, self.lang)

    def state(self, state: str) -> str:
        """Return a state's name."""
        return text(f"figure.state.{state}", self.lang)

    def setting(self, place: tuple[int, ...]) -> str:
        """Return the values of all levers at a place."""
        pairs = zip(self.told.lesson.levers, place, strict=True)
        return " · ".join(f"{self.lever(one)}: {self.value(one, k)}" for one, k in pairs)

    def answer(self, step: Step, bet: Bet) -> str:
        """Return what was recorded at a step's place."""
        assert step.at is not None
        value = self._recorded(step.at, bet)
        key = "producers" if bet.outcome == "producers" else "state"
        state = "" if key == "producers" else self.state(bet.outcome)
        return self.say(
            f"answer.{key}", value=value, runs=self.number(self.told.runs), state=state,
            time=self.time(bet.after), setting=self.setting(step.at),
        )  # fmt: skip

    def reveal(self, step: Step, bet: Bet) -> list[str]:
        """Return what is said once a bet is laid."""
        if bet.reveal is None or step.at is None:
            return []
        said = bet.reveal[self.lang].format(
            here=self._recorded(step.at, bet),
            start=self._recorded(self.told.lesson.start, bet),
            runs=self.number(self.told.runs),
        )
        return [one for one in map(str.strip, said.split("\n\n")) if one]

    def _recorded(self, place: tuple[int, ...], bet: Bet) -> str:
        point = self.told.points[self.told.lesson.number(place)]
        return self.number(value_of(point, bet.outcome, bet.after), 1)

    def rows(self) -> list[list[str]]:
        """Return a row a point: levers, runs by state and producers after the last month."""
        found = []
        for place, point in zip(self.told.lesson.points, self.told.points, strict=True):
            pairs = zip(self.told.lesson.levers, place, strict=True)
            low, middle, high = (
                self.number(float(point.producers[QUANTILES.index(q), -1]), 1)
                for q in (0.05, 0.5, 0.95)
            )
            found.append(
                [
                    *(self.value(one, k) for one, k in pairs),
                    *(self.number(int(n)) for n in point.counts[-1]),
                    f"{middle} ({low}–{high})",
                ]
            )
        return found


def most_of(told: RecordedLesson, bet: Bet) -> int:
    """Return the highest bet: all runs, or everybody."""
    if bet.outcome == "producers":
        return int(told.lesson.scenario.policy["people"])
    return told.runs


def _inert(document: dict[str, Any]) -> str:
    """Return a document as JSON that no parser of HTML takes for anything else."""
    said = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return said.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _hash(words: str) -> str:
    """Return what a Content-Security-Policy knows an inline script or style by."""
    return "sha256-" + b64encode(sha256(words.encode("utf-8")).digest()).decode("ascii")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FunctionLoader(_read), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    made.globals |= {"states": STATES, "most_of": most_of}
    return made


def _read(name: str) -> str:
    return files("cgsim.lesson").joinpath("templates", name).read_text(encoding="utf-8")
