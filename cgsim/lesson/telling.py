"""What the page's script reads: numbers by point, events once each, words in both languages."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..language import languages, text
from ..study.varied import lever_words, value_words
from ..world.shape import STATES
from .recording import QUANTILES

if TYPE_CHECKING:
    from .lessons import Lever
    from .making import RecordedLesson
    from .recording import Point

TURNING = frozenset(
    {"change", "change_ends", "organisation_leaves", "organisation_returns", "many_leave",
     "first_win", "critical_mass", "state_up", "state_down"}
)  # fmt: skip
"""Kinds of events that turn a run; the others are told on request."""

SAID = {
    "lesson.now": ("time", "inactive", "active", "dynamic", "runs", "median", "low", "high"),
    "lesson.bet.verdict": ("bet", "value", "off"),
    "lesson.bet.exact": ("bet",),
    "lesson.held": ("setting", "inactive", "active", "dynamic", "median"),
    "lesson.month": ("n",),
    "lesson.axis.years": (),
    "lesson.axis.runs": (),
    "lesson.axis.producers": (),
    "lesson.no_events": (),
    "report.time.years": ("n",),
    "report.time.year": (),
    "report.time.months": ("n",),
}
"""Words that the script fills in, with the names in their braces."""


def document(told: RecordedLesson) -> dict[str, Any]:
    """Return what the script reads; counts of runs are whole, quantiles rounded."""
    lesson = told.lesson
    events: dict[tuple[Any, ...], int] = {}
    points = [_point(one, events) for one in told.points]
    case = lesson.scenario
    return {
        "version": __version__,
        "scenario": shlex.quote(lesson.called),
        "hash": case.hash,
        "runs": told.runs,
        "seed": told.seed,
        "months": case.months,
        "states": list(STATES),
        "quantiles": list(QUANTILES),
        "shape": list(lesson.shape),
        "settings": [
            [lesson.setting(k, place) for place in range(size)]
            for k, size in enumerate(lesson.shape)
        ],
        "steps": [_step(one) for one in lesson.story],
        "words": {lang: _words(told, lang) for lang in languages()},
        "events": [list(one) for one in events],
        "points": points,
    }


def _step(step: Any) -> dict[str, Any]:
    after = None if step.bet is None else step.bet.after
    return {"at": step.at, "after": after, "outcome": step.bet and step.bet.outcome}


def _point(point: Point, events: dict[tuple[Any, ...], int]) -> dict[str, Any]:
    told = []
    for one in point.events:
        said = (*(one.in_language(lang) for lang in languages()), int(one.kind in TURNING))
        told += [one.after, events.setdefault(said, len(events))]
    return {
        "n": [point.counts[:, k].tolist() for k in range(len(STATES))],
        "q": [[_short(value) for value in line] for line in point.producers.tolist()],
        "s": "".join(map(str, point.states.tolist())),
        "p": point.line.tolist(),
        "e": told,
    }


def _short(value: float) -> float | int:
    return int(value) if value.is_integer() else value


def _words(told: RecordedLesson, lang: str) -> dict[str, Any]:
    said = {
        key: text(key, lang, **{name: f"{{{name}}}" for name in names})
        for key, names in SAID.items()
    }
    return {
        "said": said,
        "state": [text(f"figure.state.{one}", lang) for one in STATES],
        "letter": [text(f"figure.letter.{one}", lang) for one in STATES],
        "levers": [_label(one, told, lang) for one in told.lesson.levers],
        "values": [
            [value_words(one.axis.parameter, value, lang) for value in one.axis.values]
            for one in told.lesson.levers
        ],
    }


def _label(lever: Lever, told: RecordedLesson, lang: str) -> str:
    if lever.label is not None:
        return lever.label[lang]
    return lever_words(lever.axis.path, told.lesson.scenario, lang)
