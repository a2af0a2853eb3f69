"""Reads a lesson's file: every fault at its place, all at once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..errors import ScenarioError
from ..scenario import Scenario
from ..scenario_building import tree_of
from ..scenario_file import did_you_mean
from ..scenario_file import find as find_scenario
from ..scenario_yaml import Node, Place, described, plain
from ..study.shelf import read_named, shipped_names
from ..study.sweep.spec_axes import spelt_out
from ..study.varied import read_axis, stated
from .lessons import MOST_LEVERS, MOST_POINTS, Lesson, Lever, size_of
from .reading_story import StoryReading

TOP = ("title", "question", "scenario", "levers", "story", "leaves_out")
LEVER = ("values", "start", "label")
FOLDER = Path(__file__).parents[1] / "lessons"
"""Where the shipped lessons are."""


def shipped_lessons() -> list[str]:
    """Return the names of the shipped lessons.

    Examples
    --------
    >>> "does-monitoring-matter" in shipped_lessons()
    True
    """
    return shipped_names(FOLDER)


def read_lesson(said: str | os.PathLike[str] | Mapping[str, Any] | Lesson) -> Lesson:
    """Read a lesson: a shipped name, a path, or what a file would say.

    Raises
    ------
    ScenarioError
        With all that is wrong, each at its place.

    Examples
    --------
    >>> len(read_lesson("does-monitoring-matter").levers)
    3
    """
    if isinstance(said, Lesson):
        return said
    if isinstance(said, Mapping):
        return _Reading(tree_of(dict(said), Place("lesson", 0, 0)), Path(), "lesson").lesson()
    tree, file = read_named(said, FOLDER, "lesson.error.missing")
    return _Reading(tree, file.parent, file.stem).lesson()


class _Reading(StoryReading):
    """One file being read."""

    def lesson(self) -> Lesson:
        if not isinstance(self.tree.value, dict):
            raise ScenarioError([self.tree.place.fault("lesson.error.block", known=", ".join(TOP))])
        self.known(self.tree, TOP)
        self.needed(self.tree, TOP)
        title, question = (self.words(self.tree, name) for name in ("title", "question"))
        leaves_out = self.listed_words("leaves_out")
        case = self._scenario()
        if case is None:
            self.levers_unread()
            raise ScenarioError(self.faults)
        levers = self._levers(case)
        story = self.story(case, levers)
        if self.faults:
            raise ScenarioError(self.faults)
        named = plain(self.tree)["scenario"]
        found = Lesson(
            self.name, title, question, case, named, tuple(levers or ()), tuple(story), leaves_out
        )
        self._every_point(found)
        return found

    def levers_unread(self) -> None:
        """Say what is wrong with the words of a story whose levers no scenario explains."""
        self.story(None, None)

    def _scenario(self) -> Scenario | None:
        held = self.tree.child("scenario")
        if held is None:
            return None
        if not isinstance(held.value, str):
            self.wrong(held.place, "scenario", read=described(held), hint="")
            return None
        near = self.folder / held.value
        found = near if near.is_file() else find_scenario(held.value)
        if found is None:
            hint = did_you_mean(held.value, Scenario.shipped())
            self.wrong(held.place, "scenario", read=described(held), hint=hint)
            return None
        try:
            return Scenario.load(found)
        except ScenarioError as wrong:
            self.faults += wrong.faults
            return None

    def _levers(self, case: Scenario) -> list[Lever] | None:
        """Return the levers, None where one of them is faulty."""
        held = self.tree.child("levers")
        if held is None:
            return None
        if not isinstance(held.value, dict) or not 1 <= len(held.value) <= MOST_LEVERS:
            self.wrong(held.place, "levers", most=MOST_LEVERS)
            return None
        read_ones = [self._lever(path, node, case) for path, node in held.value.items()]
        levers = [one for one in read_ones if one is not None]
        if len(levers) < len(read_ones):
            return None
        if size_of(levers) > MOST_POINTS:
            self.wrong(held.place, "points", read=size_of(levers), most=MOST_POINTS)
        self._overlap(levers, held, case)
        return levers

    def _overlap(self, levers: list[Lever], held: Node, case: Scenario) -> None:
        seen: dict[str, str] = {}
        for path in (one.axis.path for one in levers):
            own = spelt_out(path, case)
            twice = next((seen[one] for one in own if one in seen), None)
            if twice is not None:
                self.wrong(held.value[path].key, "twice", path=path, other=twice)
            seen |= dict.fromkeys(own, path)

    def _lever(self, path: str, node: Node, case: Scenario) -> Lever | None:
        if not isinstance(node.value, dict) or node.child("values") is None:
            self.wrong(node.key, "lever", path=path[:80])
            return None
        self.known(node, LEVER)
        label = self.words(node, "label") or None
        try:
            axis = read_axis(path, node.value["values"], case, node.key)
        except ScenarioError as wrong:
            self.faults += wrong.faults
            return None
        start = node.child("start")
        place = 0 if start is None else self.value_of(start, axis)
        return None if place is None else Lever(axis, place, label)

    def _every_point(self, found: Lesson) -> None:
        """Refuse a grid in which two values cannot go together."""
        held = self.tree.value["levers"]
        for place in found.points:
            try:
                found.scenario_at(place)
            except ScenarioError as wrong:
                one = wrong.faults[0]
                pairs = zip(found.levers, place, strict=True)
                at = ", ".join(
                    f"{x.axis.path}={stated(x.axis, x.axis.values[k])}" for x, k in pairs
                )
                why = one.meaning or one.message
                raise ScenarioError(
                    [held.place.fault("lesson.error.point", point=at, why=why)]
                ) from None
