"""What a comparison comes to, by stated rules (docs/compare.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from .differences import FEWEST

if TYPE_CHECKING:
    from .differences import Difference
    from .ranking import Ranking

Answer = Literal["same", "few", "better", "worse", "mixed", "none", "unclear"]
Label = Literal["only_label", "flips", ""]

CLUSTER = ("producers", "cluster_index")
"""Outcomes that the answer goes by: they move before a label does."""


@dataclass(frozen=True)
class Verdict:
    """The answer for one scenario against the first.

    Attributes
    ----------
    other : str
    answer : str
        ``same`` world, too ``few`` pairs, ``better``, ``worse``, ``mixed``, no difference that
        counts (``none``), cannot be told apart (``unclear``).
    label : str
        ``only_label``: the states clearly differ and the cluster surely does not by more than
        counts; ``flips``: with other cut-offs the ranking clearly turns round; else empty.
    pairs : int
    pairs_to_settle : int or None
        About how many pairs would settle what cannot be told.
    """

    other: str
    answer: Answer
    label: Label
    pairs: int
    pairs_to_settle: int | None


def decide(
    other: str, same: bool, differences: Mapping[str, Difference], rankings: list[Ranking]
) -> Verdict:
    """Return the verdict on a scenario from its differences and its rankings by end state."""
    pairs = rankings[0].pairs
    if same:
        return Verdict(other, "same", "", pairs, None)
    if pairs < FEWEST:
        return Verdict(other, "few", "", pairs, None)
    found = [differences[name] for name in CLUSTER]
    answer = _answer({one.judgement for one in found})
    needed = [one.pairs_to_settle or 0 for one in found if one.judgement == "unclear"]
    settle = max(needed) if answer == "unclear" else None
    return Verdict(other, answer, _label(answer, rankings), pairs, settle)


def _answer(said: set[str]) -> Answer:
    """Return better where something is and nothing is worse, and so on."""
    if {"better", "worse"} <= said:
        return "mixed"
    if "better" in said:
        return "better"
    if "worse" in said:
        return "worse"
    return "unclear" if "unclear" in said else "none"


def _label(answer: Answer, rankings: list[Ranking]) -> Label:
    by_state = [one for one in rankings if one.rule == "state"]
    ways = {one.way for one in by_state}
    if {1, -1} <= ways:
        return "flips"
    as_set = next(one.way for one in by_state if one.cutoffs == "as_set")
    # what cannot be told is no sign that the cluster is the same
    return "only_label" if as_set and answer == "none" else ""
