"""What the page of scenarios side by side shows: the study's own numbers, laid out for it."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ..columns import ACTIVITIES
from ..errors import ScenarioError
from ..language import languages, text
from ..scenario import Scenario
from ..study.compare import OUTCOMES, Comparison, compare
from ..study.compare.pairs import SERIES
from ..study.compare.tables import QUANTILES
from ..study.compare.words import PERCENT, outcome_label, verdict_words
from ..world.shape import STATES
from .limits import too_many_runs
from .sides import LETTERS
from .state import Settings

if TYPE_CHECKING:
    from ..ensemble import Progress

RUNS = 200
"""Pairs unless the address asks for more."""

KEY_OUTCOMES = (
    "dynamic", "producers", "cluster_index", "artisan_years", "mean_income", "spent",
)  # fmt: skip
"""Outcomes that are seen first; the others stand behind a disclosure."""


def runs_of(settings: Settings) -> int:
    """Return how many pairs the address asks for."""
    return int(settings.extra("runs", str(RUNS)))


def work_key(cases: Sequence[Scenario], runs: int, seed: int) -> tuple[Hashable, ...]:
    """Return what an answer is kept under: all that it says follows from it.

    Names of organisations are no part of a hash, but stand in the sentences.
    """
    named = tuple((case.hash, str(sorted(case.names.items()))) for case in cases)
    return ("what-if", named, runs, seed)


def compared(
    cases: Sequence[Scenario], runs: int, seed: int, progress: Progress | None = None
) -> dict[str, Any]:
    """Return what `compare` says of scenarios, or in words why they cannot be compared.

    Returns
    -------
    dict
        ``refused`` by language; or ``sides`` (runs by end state), ``bands``, ``outcomes``,
        ``money``, ``transitions``, ``losers``, ``verdicts``, ``csv`` (the study's table of
        outcomes as text).
    """
    if (why := too_many_runs(cases, runs)) is not None:
        return {"refused": {lang: why.in_language(lang) for lang in languages()}}
    try:
        found = compare(dict(zip(LETTERS, cases, strict=False)), runs, seed, progress=progress)
    except ScenarioError as wrong:
        return {"refused": {lang: _plain(wrong, lang) for lang in languages()}}
    pairs = found.pairs
    return {
        "runs": runs,
        "seed": seed,
        "months": pairs.months,
        "shortened": list(pairs.shortened),
        "sides": [
            [int((one.states[:, 0] == code).sum()) for code in range(len(STATES))]
            for one in pairs.every
        ],
        "bands": _bands(found),
        "outcomes": _outcomes(found),
        "money": _money(found),
        "transitions": _transitions(found),
        "losers": _losers(found),
        "verdicts": _verdicts(found),
        "csv": found.outcomes.to_csv(index=False, lineterminator="\n"),
    }


def _plain(wrong: ScenarioError, lang: str) -> str:
    said = [fault.message if fault.meaning is None else fault.meaning.in_language(lang)
            for fault in wrong.faults]  # fmt: skip
    return " ".join(said)


def _bands(found: Comparison) -> dict[str, list[dict[str, list[float]]]]:
    """Return by quantity, and by scenario in their order, the quantiles after each month."""
    table = dict(iter(found.over_time.groupby(["quantity", "scenario"])))
    return {
        quantity: [
            {name: table[quantity, side][name].tolist() for name in QUANTILES}
            for side in found.names
        ]
        for quantity in SERIES
    }


def _told(one: Any) -> dict[str, Any]:
    """Return a paired difference; what has no end is None, since JSON has no word for it."""
    names = ("mean", "low", "high", "better", "equal", "worse")
    found = {name: float(getattr(one, name)) for name in names}
    finite = {name: value if math.isfinite(value) else None for name, value in found.items()}
    return finite | {"judgement": one.judgement}


def _outcomes(found: Comparison) -> list[dict[str, Any]]:
    rows = []
    for outcome in OUTCOMES:
        differences = [of[outcome.name] for of in found.differences.values()]
        rows.append(
            {
                "name": outcome.name, "before": differences[0].before,
                "others": [_told(one) for one in differences],
            }
        )  # fmt: skip
    return rows


def _money(found: Comparison) -> list[dict[str, Any]]:
    """Return a row for each payer and activity, the same for every scenario."""
    every = list(found.spending.values())
    return [
        {
            "kind": kind, "name": name, "before": one.before,
            "others": [_told(rows[k][2]) for rows in every],
        }
        for k, (kind, name, one) in enumerate(every[0])
    ]  # fmt: skip


def _transitions(found: Comparison) -> list[list[list[int]]]:
    table = found.transitions.set_index(["scenario", "first_state", "state"])["pairs"]
    return [
        [[int(table[side, first, state]) for state in STATES] for first in STATES]
        for side in found.names[1:]
    ]


def _losers(found: Comparison) -> list[list[dict[str, Any]]]:
    return [
        [
            {"kind": kind, "name": name, "before": one.before} | _told(one)
            for kind, name, one in found.lost[side]
        ]
        for side in found.names[1:]
    ]


def _verdicts(found: Comparison) -> list[dict[str, Any]]:
    return [
        {
            "answer": one.answer,
            "label": one.label,
            "pairs_to_settle": one.pairs_to_settle,
            "sentence": {lang: verdict_words(found, side, lang) for lang in languages()},
        }
        for side, one in found.verdicts.items()
    ]


@lru_cache(maxsize=4)
def labels(lang: str) -> dict[str, Any]:
    """Return how outcomes, activities and monthly quantities are called and written."""
    return {
        "outcomes": {
            one.name: {
                "label": outcome_label(one.name, lang),
                "decimals": max(0, one.decimals - 2) if one.name in PERCENT else one.decimals,
                "percent": one.name in PERCENT,
                "key": one.name in KEY_OUTCOMES,
            }
            for one in OUTCOMES
        },
        "activities": {name: text(f"cli.costs.{name}", lang) for name in ACTIVITIES},
        "quantities": {name: text(f"compare.figure.{name}", lang) for name in SERIES},
    }
