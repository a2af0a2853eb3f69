"""Lessons without a server: one file with recorded ensembles that sliders move between.

A lesson is a file of words, levers and bets (`reading` checks it into `lessons`); `recording`
walks its grid, `page` makes one HTML file of both.

``cgsim.lesson(…)`` works whichever of the two Python finds under that name, this package or
the function: calling the package calls the function.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from .lessons import Lesson
from .making import RecordedLesson, lesson
from .reading import read_lesson, shipped_lessons

__all__ = ["Lesson", "RecordedLesson", "lesson", "read_lesson", "shipped_lessons"]


class _Callable(ModuleType):
    def __call__(self, *args: Any, **more: Any) -> RecordedLesson:
        return lesson(*args, **more)


sys.modules[__name__].__class__ = _Callable
