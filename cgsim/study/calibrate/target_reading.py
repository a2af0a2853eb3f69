"""Reads a file of targets: every fault at its place, all at once."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from ...columns import MONTH_COLUMNS
from ...errors import Fault, ScenarioError
from ...evidence import codes
from ...language import languages
from ...parameters import BY_PATH
from ...scenario import Scenario
from ...scenario_building import tree_of
from ...scenario_file import did_you_mean
from ...scenario_file import find as find_scenario
from ...scenario_yaml import Node, Place, described, plain
from ..outcomes import is_outcome, made_outcomes
from ..shelf import read_named, shipped_names
from .targets import STATISTICS, YES_OR_NO, Target, Targets

TOP = ("title", "constants", "targets")
FIELDS = (
    "outcome", "after", "wanted", "tolerance", "statistic", "at", "at_least", "at_most",
    "scenario", "source", "why", "hold_out",
)  # fmt: skip
NEEDED = ("outcome", "after", "wanted", "tolerance", "source")
ASSUMPTION = "assumption"
FOLDER = Path(__file__).parents[2] / "targets"
"""Where the shipped files are."""


def shipped_targets() -> list[str]:
    """Return the names of the shipped files of targets.

    Examples
    --------
    >>> "local" in shipped_targets()
    True
    """
    return shipped_names(FOLDER)


def read_targets(said: str | os.PathLike[str] | Mapping[str, Any] | Targets) -> Targets:
    """Read targets: a shipped name, a path, or what a file would say.

    Raises
    ------
    ScenarioError
        With all that is wrong, each at its place.

    Examples
    --------
    >>> [one.name for one in read_targets("local").held_out]
    ['panorama-active', 'panorama-regular', 'orders-overwhelm']
    """
    if isinstance(said, Targets):
        return said
    if isinstance(said, Mapping):
        tree = tree_of(dict(said), Place("targets", 0, 0))
        return _Reading(tree, Path(), "targets").targets()
    tree, file = read_named(said, FOLDER, "calibrate.error.missing")
    return _Reading(tree, file.parent, file.stem).targets()


@dataclass
class _Reading:
    """One file being read."""

    tree: Node
    folder: Path
    name: str
    faults: list[Fault] = field(default_factory=list)

    def targets(self) -> Targets:
        held = self.tree.child("targets")
        if held is None or not isinstance(held.value, dict) or not held.value:
            place = self.tree.place if held is None else held.place
            raise ScenarioError([place.fault("calibrate.error.block")])
        self._known(self.tree, TOP, "field")
        title = self._words(self.tree, "title") or dict.fromkeys(languages(), self.name)
        constants = self._constants()
        found = [self._target(name, node) for name, node in held.value.items()]
        if self.faults:
            raise ScenarioError(self.faults)
        return Targets(self.name, title, tuple(one for one in found if one), constants)

    def _target(self, name: str, node: Node) -> Target | None:
        if not isinstance(node.value, dict):
            self._wrong(node.place, "target", name=name, read=described(node))
            return None
        self._known(node, FIELDS, "field")
        for one in NEEDED:
            if node.child(one) is None:
                self._wrong(node.key, "needed", name=name, field=one)
        outcome = self._outcome(node)
        statistic = self._statistic(node)
        case = self._scenario(node)
        after = self._after(node, case)
        wanted, tolerance = self._number(node, "wanted"), self._number(node, "tolerance", 0.0)
        bounds = self._bounds(node, statistic, outcome)
        source, why = self._source(node), self._words(node, "why")
        hold_out = node.child("hold_out")
        if hold_out is not None and not isinstance(hold_out.value, bool):
            self._wrong(hold_out.place, "flag", name="hold_out", read=described(hold_out))
        if outcome is None or after is None or wanted is None or tolerance is None:
            return None
        return Target(
            name, outcome, after, wanted, tolerance, statistic, **bounds, scenario=case,
            source=source, why=why, hold_out=hold_out is not None and hold_out.value is True,
        )  # fmt: skip

    def _outcome(self, node: Node) -> str | None:
        held = node.child("outcome")
        if held is None:
            return None
        known = [*MONTH_COLUMNS, *made_outcomes()]
        if not isinstance(held.value, str) or not is_outcome(held.value):
            hint = did_you_mean(str(held.value), known)
            self._wrong(held.place, "outcome", read=described(held), hint=hint)
            return None
        return held.value

    def _statistic(self, node: Node) -> str:
        held = node.child("statistic")
        if held is None:
            return STATISTICS[0]
        if held.value not in STATISTICS:
            hint = did_you_mean(str(held.value), STATISTICS)
            allowed = ", ".join(STATISTICS)
            self._wrong(held.place, "statistic", read=described(held), allowed=allowed, hint=hint)
            return STATISTICS[0]
        return str(held.value)

    def _bounds(self, node: Node, statistic: str, outcome: str | None) -> dict[str, float | None]:
        """Read what a quantile or a share needs, and refuse it elsewhere."""
        owners = {"at": "quantile", "at_least": "share", "at_most": "share"}
        found: dict[str, float | None] = dict.fromkeys(owners)
        for name, owner in owners.items():
            held = node.child(name)
            if held is None:
                continue
            if statistic != owner:
                self._wrong(held.key, "unused", name=name, statistic=owner)
                continue
            found[name] = self._number(node, name)
        at = found["at"]
        if statistic == "quantile" and (at is None or not 0.0 < at < 1.0):
            held = node.child("at")
            self._wrong(node.key if held is None else held.place, "quantile")
        lacking = found["at_least"] is None and found["at_most"] is None
        if statistic == "share" and lacking and outcome is not None and outcome not in YES_OR_NO:
            self._wrong(node.key, "share", outcome=outcome)
        return found

    def _scenario(self, node: Node) -> Scenario | None:
        held = node.child("scenario")
        if held is None:
            return None
        if not isinstance(held.value, str):
            self._wrong(held.place, "scenario", read=described(held), hint="")
            return None
        near = self.folder / held.value
        known = find_scenario(held.value) if not near.is_file() else near
        if known is None:
            hint = did_you_mean(held.value, Scenario.shipped())
            self._wrong(held.place, "scenario", read=described(held), hint=hint)
            return None
        try:
            return Scenario.load(known)
        except ScenarioError as wrong:
            self.faults += wrong.faults
            return None

    def _after(self, node: Node, case: Scenario | None) -> int | None:
        held = node.child("after")
        if held is None:
            return None
        most = 1200 if case is None else case.months
        if type(held.value) is not int or not 1 <= held.value <= most:
            self._wrong(held.place, "after", read=described(held), most=most)
            return None
        return held.value

    def _number(self, node: Node, name: str, above: float | None = None) -> float | None:
        held = node.child(name)
        if held is None:
            return None
        value = held.value
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not math.isfinite(value)
        ):
            self._wrong(held.place, "number", name=name, read=described(held))
            return None
        if above is not None and value <= above:
            self._wrong(held.place, "positive", name=name, read=described(held))
            return None
        return float(value)

    def _source(self, node: Node) -> str:
        held = node.child("source")
        if held is None:
            return ASSUMPTION
        named = str(held.value).replace(",", " ").split()
        for one in named if isinstance(held.value, str) else [described(held)]:
            if one != ASSUMPTION and one not in codes():
                hint = did_you_mean(str(one), [ASSUMPTION, *codes()])
                self._wrong(held.place, "source", read=str(one)[:80], hint=hint)
        return ", ".join(named)

    def _words(self, node: Node, name: str) -> dict[str, str] | None:
        held = node.child(name)
        if held is None:
            return None
        said = plain(held)
        if isinstance(said, str):
            return dict.fromkeys(languages(), said)
        if not isinstance(said, dict) or sorted(said) != sorted(languages()):
            self._wrong(held.place, "words", name=name, allowed=", ".join(languages()))
            return None
        return {lang: str(one) for lang, one in said.items()}

    def _constants(self) -> tuple[str, ...]:
        held = self.tree.child("constants")
        if held is None:
            return ()
        if not isinstance(held.value, list):
            self._wrong(held.place, "constants", read=described(held))
            return ()
        for one in held.value:
            word = str(one.value)
            if not any(word in path or fnmatchcase(path, word) for path in BY_PATH):
                hint = did_you_mean(word, BY_PATH)
                self._wrong(one.place, "constant", read=described(one), hint=hint)
        return tuple(str(one.value) for one in held.value)

    def _known(self, node: Node, names: tuple[str, ...], key: str) -> None:
        for name, child in node.value.items():
            if name not in names:
                hint = did_you_mean(name, names)
                self._wrong(child.key, key, read=name[:80], known=", ".join(names), hint=hint)

    def _wrong(self, place: Place, key: str, /, **values: object) -> None:
        self.faults.append(place.fault(f"calibrate.error.{key}", **values))
