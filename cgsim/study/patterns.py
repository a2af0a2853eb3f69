"""Does the world show what it must? Patterns P1–P20, promised and seen.

A promise about shares is *met* if the 99 % interval (Newcombe) of promised minus seen
contains 0 or they differ by at most 0.10; one about a size if it is within 15 %; one about an
order if it holds in pairs of the same luck at 95 %. A pattern is *met* if all its promises
are, *direction met* if its orders hold, else *not met*.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

import numpy as np
import pandas as pd
from ruamel.yaml import YAML

from ..scenario import Scenario
from ..world.shape import STATES
from .intervals import newcombe
from .simulate import simulate

Verdict = Literal["met", "direction met", "not met"]

CLOSE_SHARE = 0.10
CLOSE_SIZE = 0.15
PROMISED_RUNS = 300
PAIRED_SHARE = 0.8
"""Paired variance as a share of unpaired variance, below which it is clearly less."""


@dataclass(frozen=True)
class Check:
    """One promise and what was seen.

    Attributes
    ----------
    pattern : str
    says : str
        What is promised, in short.
    promised, seen : str
        Numbers as they are shown.
    kind : {"share", "size", "order", "paired"}
    holds : bool
    """

    pattern: str
    says: str
    promised: str
    seen: str
    kind: str
    holds: bool


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    """Return the cases and patterns as the package's own file states them."""
    text = files("cgsim.study").joinpath("patterns.yaml").read_text(encoding="utf-8")
    read: dict[str, Any] = YAML(typ="safe").load(text)
    return read


def names() -> list[str]:
    """Return the names of the patterns."""
    return list(table()["patterns"])


@dataclass
class Study:
    """Runs of the cases, made when first asked for and kept.

    Parameters
    ----------
    runs : int
        Runs of each case, at least.
    seed : int
        Seed; use one that was not used while a rule was written.
    twist : mapping
        Levers and constants put in every case, to see which pattern fails without a rule.
    """

    runs: int = 400
    seed: int = 1
    twist: dict[str, Any] = field(default_factory=dict)
    _tables: dict[tuple[str, int], pd.DataFrame] = field(default_factory=dict)

    def case(self, name: str) -> Scenario:
        """Return a case as a scenario."""
        stated = table()["cases"][name]
        scenario = Scenario.load(stated["of"])
        changes = {**stated.get("set", {}), **self.twist}
        return scenario.replace(changes) if changes else scenario

    def table(self, name: str, after: int) -> pd.DataFrame:
        """Return the `runs` table of a case after so many months."""
        key = name, after
        if key not in self._tables:
            scenario = self.case(name)
            if after != scenario.months:
                scenario = _cut(scenario, after)
            self._tables[key] = simulate(scenario, self.runs, self.seed, months=False).runs
        return self._tables[key]

    def states(self, name: str, after: int) -> pd.Series[Any]:
        """Return the state of each run of a case after so many months."""
        if after % 12:
            return self.table(name, after)["end_state"]
        return self.table(name, self.case(name).months)[f"state_{after}"]

    def outcome(self, name: str, outcome: str, after: int) -> np.ndarray[Any, Any]:
        """Return an outcome of each run of a case after so many months."""
        return self.table(name, after)[outcome].to_numpy(float)


def _cut(scenario: Scenario, months: int) -> Scenario:
    """Return the first months of a scenario; what would happen later is left out."""
    plan = scenario.to_dict()
    kept = [
        one for one in plan.get("interventions", []) if one.get("month") is None
        or one["month"] < months
    ]  # fmt: skip
    return scenario.replace({"interventions": kept}, months=months)


def _share(study: Study, pattern: str, row: dict[str, Any]) -> Iterable[Check]:
    states = study.states(row["share"], row["after"])
    for state in STATES:
        if state not in row:
            continue
        promised, seen = float(row[state]), float((states == state).mean())
        low, high = newcombe(promised, row.get("n", PROMISED_RUNS), seen, len(states), 0.99)
        holds = low <= 0.0 <= high or abs(promised - seen) <= CLOSE_SHARE + 1e-12
        floor = bool(row.get("at_least"))
        yield Check(
            pattern,
            f"{row['share']}: {state} after {row['after']} months",
            f"{'≥ ' if floor else ''}{promised:.2f}",
            f"{seen:.3f}",
            "share",
            holds or (floor and seen >= promised),
        )


def _size(study: Study, pattern: str, row: dict[str, Any]) -> Iterable[Check]:
    outcome, after = row["outcome"], row["after"]
    if outcome == "places_filled":
        seen = _places_filled(study, row["size"], row.get("since", 0), after)
    else:
        seen = float(study.outcome(row["size"], outcome, after).mean())
    promised = float(row["mean"])
    holds = abs(seen - promised) <= CLOSE_SIZE * abs(promised) + (0.05 if promised == 0 else 0.0)
    says = f"{row['size']}: mean {outcome} after {after} months"
    yield Check(pattern, says, f"{promised:g}", f"{seen:.2f}", "size", holds)


def _places_filled(study: Study, name: str, since: int, until: int) -> float:
    """Share of the places offered in some months that were filled."""
    months = simulate(study.case(name), study.runs, study.seed).months
    part = months[(months["month"] >= since) & (months["month"] < until)]
    offered = part["places"].sum()
    ends = months[months["month"] == until - 1]["admissions"].sum()
    starts = months[months["month"] == since - 1]["admissions"].sum() if since else 0
    return float((ends - starts) / offered)


def _order(study: Study, pattern: str, row: dict[str, Any]) -> Iterable[Check]:
    more, less = row["order"]
    outcome, after = row["outcome"], row["after"]
    difference = study.outcome(more, outcome, after) - study.outcome(less, outcome, after)
    mean = float(difference.mean())
    half = 1.96 * float(difference.std(ddof=1)) / math.sqrt(len(difference))
    yield Check(
        pattern,
        f"{more} above {less}: {outcome} after {after} months",
        "> 0",
        f"{mean:.3f} ± {half:.3f}",
        "order",
        mean - half > 0.0,
    )


def _paired(study: Study, pattern: str, row: dict[str, Any]) -> Iterable[Check]:
    a, b = row["paired"]
    outcome, after = row["outcome"], row["after"]
    one, other = study.outcome(a, outcome, after), study.outcome(b, outcome, after)
    share = float((one - other).var(ddof=1) / (one.var(ddof=1) + other.var(ddof=1)))
    yield Check(
        pattern,
        f"{a} minus {b}: variance of {outcome} in pairs / unpaired",
        f"< {PAIRED_SHARE:g}",
        f"{share:.2f}",
        "paired",
        share < PAIRED_SHARE,
    )


_KINDS: dict[str, Callable[[Study, str, dict[str, Any]], Iterable[Check]]] = {
    "share": _share,
    "size": _size,
    "order": _order,
    "paired": _paired,
}


def check(study: Study, pattern: str) -> list[Check]:
    """Return every promise of a pattern with what was seen.

    Raises
    ------
    KeyError
        For a pattern that the table does not have.
    """
    found: list[Check] = []
    for row in table()["patterns"][pattern]:
        kind = next(k for k in _KINDS if k in row)
        found.extend(_KINDS[kind](study, pattern, row))
    return found


def verdict(checks: list[Check]) -> Verdict:
    """Return the verdict on one pattern's promises."""
    if all(one.holds for one in checks):
        return "met"
    orders = [one for one in checks if one.kind in ("order", "paired")]
    if orders and all(one.holds for one in orders):
        return "direction met"
    return "not met"


def markdown(study: Study, patterns: Iterable[str]) -> str:
    """Return the table of patterns as Markdown, with the seeds it was made with."""
    lines = [
        f"{study.runs} runs a case, seed {study.seed} (runs 0 to {study.runs - 1}).",
        "",
        "| pattern | promise | promised | seen | holds | verdict |",
        "|---|---|---|---|---|---|",
    ]
    for name in patterns:
        checks = check(study, name)
        ruling = verdict(checks)
        for k, one in enumerate(checks):
            last = ruling if k == 0 else ""
            label = name if k == 0 else ""
            lines.append(
                f"| {label} | {one.says} | {one.promised} | {one.seen} | "
                f"{'yes' if one.holds else 'no'} | {last} |"
            )
    return "\n".join(lines) + "\n"


def page(study: Study) -> str:
    """Return ``docs/patterns.md``: how verdicts are reached, and the table."""
    return (
        "# Patterns: promised and seen\n\n"
        "Made by `python -m cgsim.study.patterns`; a test makes it again and compares. The\n"
        "promises come from the specification of the model (from 300 runs; 4,000 for P3, P4 and\n"
        "both recommendations of P7; 100 a cell for P17 and for P19). The seed serves this\n"
        "table alone.\n\n"
        "A promised share is kept if the 99 % interval (Newcombe) of promised minus seen\n"
        "contains 0 or they differ by at most 0.10, a size if it is within 15 %, an order if it\n"
        "holds in pairs of the same luck at 95 %. A pattern is *met* if all its promises are\n"
        "kept, *direction met* if its orders are, else *not met*.\n\n" + markdown(study, names())
    )


if __name__ == "__main__":
    from pathlib import Path

    home = Path(__file__).parents[2] / "docs" / "patterns.md"
    study = Study(runs=400, seed=20261)
    home.write_text(page(study), encoding="utf-8", newline="\n")
    print(home)
    sys.exit(any(verdict(check(study, name)) == "not met" for name in names()))
