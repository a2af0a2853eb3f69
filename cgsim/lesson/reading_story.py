"""Reads the words of a lesson and the steps of its story."""

from __future__ import annotations

import string
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import Fault
from ..language import languages
from ..scenario import Scenario
from ..scenario_file import did_you_mean
from ..scenario_yaml import Node, Place, described, plain
from ..study.sweep.axes import Axis
from ..study.varied import stated
from .lessons import OUTCOMES, Bet, Lever, Step, Words

STEP = ("title", "text", "at", "bet")
BET = ("question", "outcome", "after", "reveal")
PLACES = ("here", "start", "runs")
"""What may stand in braces in what is revealed."""

MOST_MONTHS = 1200


@dataclass
class StoryReading:
    """A tree of a lesson's words, and the faults found in it."""

    tree: Node
    folder: Path
    name: str
    faults: list[Fault] = field(default_factory=list)

    def wrong(self, place: Place, key: str, /, **values: object) -> None:
        """Note a fault."""
        self.faults.append(place.fault(f"lesson.error.{key}", **values))

    def known(self, node: Node, names: tuple[str, ...]) -> None:
        """Note every field that is not one of these."""
        for name, child in node.value.items():
            if name not in names:
                hint = did_you_mean(name, names)
                self.wrong(child.key, "field", read=name[:80], known=", ".join(names), hint=hint)

    def needed(self, node: Node, names: tuple[str, ...]) -> None:
        """Note every field of these that is not there."""
        for name in names:
            if node.child(name) is None:
                self.wrong(node.key, "needed", field=name)

    def words(self, node: Node, name: str) -> Words:
        """Return text by language, nothing where there is none."""
        held = node.child(name)
        return {} if held is None else self._words(held, name)

    def _words(self, held: Node, name: str) -> Words:
        said: Any = plain(held)
        if isinstance(said, str) and said.strip():
            return dict.fromkeys(languages(), said)
        if (
            not isinstance(said, dict)
            or sorted(said) != sorted(languages())
            or not all(isinstance(one, str) and one.strip() for one in said.values())
        ):
            self.wrong(held.place, "words", name=name, allowed=", ".join(languages()))
            return {}
        return dict(said)

    def listed_words(self, name: str) -> tuple[Words, ...]:
        """Return a list of texts."""
        held = self.tree.child(name)
        if held is None:
            return ()
        if not isinstance(held.value, list) or not held.value:
            self.wrong(held.place, "list", name=name, read=described(held))
            return ()
        return tuple(self._words(one, name) for one in held.value)

    def value_of(self, node: Node, axis: Axis) -> int | None:
        """Return the place of a value among those of a lever."""
        every = [stated(axis, value) for value in axis.values]
        for k, one in enumerate(every):
            if one == node.value and isinstance(one, bool) == isinstance(node.value, bool):
                return k
        allowed = ", ".join(str(one).lower() for one in every)
        self.wrong(node.place, "value", path=axis.path, read=described(node), allowed=allowed)
        return None

    def story(self, case: Scenario | None, levers: list[Lever] | None) -> list[Step]:
        """Return the steps; without levers their words alone are looked at."""
        held = self.tree.child("story")
        if held is None:
            return []
        if not isinstance(held.value, list) or not held.value:
            self.wrong(held.place, "list", name="story", read=described(held))
            return []
        return [
            one for node in held.value if (one := self._step(node, case, levers)) is not None
        ]  # fmt: skip

    def _step(self, node: Node, case: Scenario | None, levers: list[Lever] | None) -> Step | None:
        if not isinstance(node.value, dict):
            self.wrong(node.place, "step", read=described(node))
            return None
        self.known(node, STEP)
        self.needed(node, ("title", "text"))
        title, words = self.words(node, "title"), self.words(node, "text")
        at = self._at(node, levers)
        bet = self._bet(node, MOST_MONTHS if case is None else case.months)
        if bet is not None and node.child("at") is None:
            self.wrong(node.key, "needed", field="at")
        return Step(title, words, at, bet)

    def _at(self, node: Node, levers: list[Lever] | None) -> tuple[int, ...] | None:
        held = node.child("at")
        if held is None or levers is None:
            return None
        if not isinstance(held.value, dict):
            self.wrong(held.place, "at", read=described(held))
            return None
        place = {one.axis.path: one.start for one in levers}
        axes = {one.axis.path: one.axis for one in levers}
        for path, value in held.value.items():
            if path not in axes:
                hint = did_you_mean(path, axes)
                self.wrong(value.key, "at_lever", read=path[:80], known=", ".join(axes), hint=hint)
            elif (found := self.value_of(value, axes[path])) is not None:
                place[path] = found
        return tuple(place.values())

    def _bet(self, step: Node, months: int) -> Bet | None:
        node = step.child("bet")
        if node is None:
            return None
        if not isinstance(node.value, dict):
            self.wrong(node.place, "bet", read=described(node))
            return None
        self.known(node, BET)
        self.needed(node, ("question", "outcome"))
        reveal = self.words(node, "reveal")
        if reveal:
            self._places(node.value["reveal"], reveal)
        outcome = self._outcome(node)
        return Bet(self.words(node, "question"), outcome, self._after(node, months), reveal or None)

    def _outcome(self, node: Node) -> str:
        held = node.child("outcome")
        if held is not None and held.value not in OUTCOMES:
            hint = did_you_mean(str(held.value), OUTCOMES)
            allowed = ", ".join(OUTCOMES)
            self.wrong(held.place, "outcome", read=described(held), allowed=allowed, hint=hint)
        return OUTCOMES[-1] if held is None else str(held.value)

    def _after(self, node: Node, months: int) -> int:
        held = node.child("after")
        if held is None:
            return months
        if type(held.value) is not int or not 1 <= held.value <= months:
            self.wrong(held.place, "after", read=described(held), most=months)
            return months
        return held.value

    def _places(self, held: Node, words: Words) -> None:
        """Refuse braces in which nothing stands that is known."""
        for lang, said in words.items():
            node = held.child(lang) or held
            try:
                parts = list(string.Formatter().parse(said))
                fit = all(
                    name is None or (name in PLACES and not spec and not turned)
                    for _, name, spec, turned in parts
                )
            except ValueError:
                fit = False
            if not fit:
                allowed = ", ".join(f"{{{one}}}" for one in PLACES)
                self.wrong(node.place, "braces", allowed=allowed)
                return
