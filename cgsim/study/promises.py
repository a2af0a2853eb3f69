"""Each kind of promise that a pattern makes, held against what was seen.

A row of ``patterns.yaml`` or ``moves.yaml`` is of the kind whose name is its first key.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ..errors import Message, say
from ..world.shape import STATES
from .intervals import newcombe

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .cases import Study

CLOSE_SHARE = 0.10
CLOSE_SIZE = 0.15
PROMISED_RUNS = 300
PAIRED_SHARE = 0.8
"""Paired variance as a share of unpaired variance, below which it is clearly less."""

NO_EFFECT = 0.05
"""Share of a full effect below which another counts as next to none."""

DIRECTIONS = ("order", "paired", "never", "not_up", "returns", "lasting", "first", "recovers")
"""Kinds that promise a direction; the others promise a share or a size, or only tell."""


@dataclass(frozen=True)
class Figure:
    """A number as a table shows it.

    Attributes
    ----------
    value : float or None
        None where nothing is promised.
    digits : int
        Decimals.
    sign : str
        What stands before it, such as ``>``.
    half : float or None
        Half the width of its 95 % interval.
    """

    value: float | None = None
    digits: int = 3
    sign: str = ""
    half: float | None = None

    def shown(self, number: Callable[[float, int], str] | None = None) -> str:
        """Return it as text; `number` writes a number with so many decimals.

        Examples
        --------
        >>> Figure(0.5, 2, "≥", 0.25).shown()
        '≥ 0.50 ± 0.25'
        """
        write = number or _plain
        if self.value is None:
            return "–"
        text = f"{self.sign} {write(self.value, self.digits)}".strip()
        return text if self.half is None else f"{text} ± {write(self.half, self.digits)}"


def _plain(value: float, digits: int) -> str:
    # by the digits that are seen, as Babel rounds: 0.1075 is 0.108
    return f"{Decimal(repr(value)):.{digits}f}"


def _digits(value: float) -> int:
    exponent = Decimal(f"{value:g}").normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


@dataclass(frozen=True)
class Check:
    """One promise and what was seen.

    Attributes
    ----------
    pattern : str
    says : Message
        What is promised, in short.
    promised, seen : Figure
    kind : str
        ``share``, ``size``, ``seen`` (only told) or one of `DIRECTIONS`.
    holds : bool
    """

    pattern: str
    says: Message
    promised: Figure
    seen: Figure
    kind: str
    holds: bool


def promise(study: Study, pattern: str, row: dict[str, Any]) -> Iterable[Check]:
    """Hold one row of a pattern against the runs."""
    kind = next(iter(row))
    return _KINDS[kind](study, pattern, row)


def case_words(name: str) -> Message:
    """Return the words for a case."""
    return say(f"pattern.case.{name}")


def outcome_words(name: str) -> Message:
    """Return the words for an outcome."""
    return say(f"pattern.outcome.{name}")


def _says(kind: str, row: dict[str, Any], **more: object) -> Message:
    values = dict(more)
    for name in ("outcome", "later"):
        if name in row:
            values[name] = outcome_words(row[name])
    for name in ("after", "since", "before"):
        if name in row:
            values[name] = row[name]
    return say(f"pattern.says.{kind}", **values)


def interval(difference: NDArray[np.float64]) -> tuple[float, float]:
    """Return mean and half width of the 95 % interval of paired differences."""
    mean = float(difference.mean())
    return mean, 1.96 * float(difference.std(ddof=1)) / math.sqrt(len(difference))


def gap(study: Study, pair: Sequence[str], outcome: str, after: int) -> NDArray[np.float64]:
    """Return by how much the first case has more of an outcome, run by run."""
    more, less = pair
    return study.outcome(more, outcome, after) - study.outcome(less, outcome, after)


def _share(study: Study, pattern: str, row: dict[str, Any]) -> Iterable[Check]:
    states = study.outcome(row["share"], "state", row["after"])
    for code, state in enumerate(STATES):
        if state not in row:
            continue
        promised, seen = float(row[state]), float((states == code).mean())
        low, high = newcombe(promised, row.get("n", PROMISED_RUNS), seen, len(states), 0.99)
        holds = low <= 0.0 <= high or abs(promised - seen) <= CLOSE_SHARE + 1e-12
        floor = bool(row.get("at_least"))
        words = {"case": case_words(row["share"]), "state": say(f"figure.state.{state}")}
        yield Check(
            pattern,
            _says("share", row, **words),
            Figure(promised, 2, "≥" if floor else ""),
            Figure(seen),
            "share",
            holds or (floor and seen >= promised),
        )


def _never(study: Study, pattern: str, row: dict[str, Any]) -> Iterable[Check]:
    ever = study.outcome(row["never"], "months_to_dynamic", row["after"]) > 0.0
    seen = float(ever.mean())
    says = _says("never", row, case=case_words(row["never"]))
    yield Check(pattern, says, Figure(0.0, 0), Figure(seen), "never", seen == 0.0)


def _size(study: Study, pattern: str, row: dict[str, Any]) -> Iterable[Check]:
    outcome, after = row["outcome"], row["after"]
    if outcome == "places_filled":
        seen = _places_filled(study, row["size"], row.get("since", 0), after)
    else:
        seen = float(study.outcome(row["size"], outcome, after).mean())
    promised = float(row["mean"])
    holds = abs(seen - promised) <= CLOSE_SIZE * abs(promised) + (0.05 if promised == 0 else 0.0)
    says = _says("since" if "since" in row else "size", row, case=case_words(row["size"]))
    yield Check(
        pattern, says, Figure(promised, _digits(promised)), Figure(seen, 2), "size", holds
    )  # fmt: skip


def _places_filled(study: Study, name: str, since: int, until: int) -> float:
    """Share of the places offered in some months that were filled."""

    def between(outcome: str) -> float:
        start = study.outcome(name, outcome, since).sum() if since else 0.0
        return float(study.outcome(name, outcome, until).sum() - start)

    return between("admissions") / between("places_so_far")


def _compared(kind: str) -> Callable[[Study, str, dict[str, Any]], Iterable[Check]]:
    """Return a comparison of two cases: `order`, `not_up` or, without a promise, `seen`."""

    def compare(study: Study, pattern: str, row: dict[str, Any]) -> Iterable[Check]:
        mean, half = interval(gap(study, row[kind], row["outcome"], row["after"]))
        promised, holds = {
            "order": (Figure(0.0, 0, ">"), mean - half > 0.0),
            "not_up": (
                Figure(CLOSE_SHARE, 2, "≤"),
                mean - half <= 0.0 or mean <= CLOSE_SHARE,
            ),
            "seen": (Figure(), True),
        }[kind]
        more, less = map(case_words, row[kind])
        says = _says(kind, row, more=more, less=less)
        yield Check(pattern, says, promised, Figure(mean, half=half), kind, holds)

    return compare


def _paired(study: Study, pattern: str, row: dict[str, Any]) -> Iterable[Check]:
    a, b = (study.outcome(name, row["outcome"], row["after"]) for name in row["paired"])
    share = float((a - b).var(ddof=1) / (a.var(ddof=1) + b.var(ddof=1)))
    more, less = map(case_words, row["paired"])
    yield Check(
        pattern,
        _says("paired", row, more=more, less=less),
        Figure(PAIRED_SHARE, 1, "<"),
        Figure(share, 2),
        "paired",
        share < PAIRED_SHARE,
    )


def _returns(study: Study, pattern: str, row: dict[str, Any]) -> Iterable[Check]:
    """Does each step of an input, here rounds a year, bring less a unit than the one before?"""
    cases, doses = row["returns"], row["doses"]
    steps = [
        gap(study, (more, less), row["outcome"], row["after"]) / (high - low)
        for less, more, low, high in zip(cases, cases[1:], doses, doses[1:], strict=False)
    ]
    for k, (earlier, later) in enumerate(pairwise(steps)):
        mean, half = interval(earlier - later)
        says = _says("returns", row, a=doses[k], b=doses[k + 1], c=doses[k + 2])
        seen = Figure(mean, half=half)
        yield Check(pattern, says, Figure(0.0, 0, ">"), seen, "returns", mean - half > 0.0)


def _lasting(study: Study, pattern: str, row: dict[str, Any]) -> Iterable[Check]:
    """Is what is left of something small next to nothing, beside the full effect?"""
    one, none, full = row["lasting"]
    mean, half = interval(gap(study, (one, none), row["outcome"], row["after"]))
    most = NO_EFFECT * interval(gap(study, (full, none), row["outcome"], row["after"]))[0]
    says = _says("lasting", row, one=case_words(one), none=case_words(none), full=case_words(full))
    yield Check(
        pattern, says, Figure(most, sign="<"), Figure(mean, half=half), "lasting",
        abs(mean) + half < most,
    )  # fmt: skip


def _first(study: Study, pattern: str, row: dict[str, Any]) -> Iterable[Check]:
    """Have more runs lost one outcome than the other by now?"""
    lost = [
        gap(study, row["first"], row[name], row["after"]) > 0.0 for name in ("outcome", "later")
    ]
    mean, half = interval(lost[0].astype(float) - lost[1].astype(float))
    more, less = map(case_words, row["first"])
    yield Check(
        pattern, _says("first", row, more=more, less=less), Figure(0.0, 0, ">"),
        Figure(mean, half=half), "first", mean - half > 0.0,
    )  # fmt: skip


def _recovers(study: Study, pattern: str, row: dict[str, Any]) -> Iterable[Check]:
    """Has the gap between two cases become smaller with time?"""
    early, late = (
        gap(study, row["recovers"], row["outcome"], row[when]) for when in ("before", "after")
    )
    mean, half = interval(early - late)
    more, less = map(case_words, row["recovers"])
    yield Check(
        pattern, _says("recovers", row, more=more, less=less), Figure(0.0, 0, ">"),
        Figure(mean, half=half), "recovers", mean - half > 0.0,
    )  # fmt: skip


_KINDS: dict[str, Callable[[Study, str, dict[str, Any]], Iterable[Check]]] = {
    "share": _share,
    "never": _never,
    "size": _size,
    "order": _compared("order"),
    "not_up": _compared("not_up"),
    "seen": _compared("seen"),
    "paired": _paired,
    "returns": _returns,
    "lasting": _lasting,
    "first": _first,
    "recovers": _recovers,
}
