"""The cases that patterns speak of, and their runs, made once and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

from ..scenario import Scenario
from .outcomes import follow, is_outcome

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RUNS, SEED = 400, 20261
"""Runs a case and seed of the committed table; the seed serves that table alone."""

FILES = ("patterns.yaml", "moves.yaml")

_ALWAYS = ("state", "inactive", "dynamic", "producers", "months_to_dynamic")


@lru_cache(maxsize=1)
def table() -> dict[str, dict[str, Any]]:
    """Return cases and patterns as the package's own files state them."""
    found: dict[str, dict[str, Any]] = {"cases": {}, "patterns": {}}
    for name in FILES:
        text = files("cgsim.study").joinpath(name).read_text(encoding="utf-8")
        read = YAML(typ="safe").load(text)
        for part, rows in found.items():
            twice = rows.keys() & read[part].keys()
            if twice:
                raise ValueError(f"{name}: stated twice: {', '.join(sorted(twice))}")
            rows.update(read[part])
    return found


def names() -> list[str]:
    """Return the names of the patterns, P1 to P20 and C1 to C15."""
    return list(table()["patterns"])


@lru_cache(maxsize=1)
def _asked() -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return all outcomes and all months after which any pattern asks for one."""
    outcomes, after = dict.fromkeys(_ALWAYS), set[int]()
    for rows in table()["patterns"].values():
        for row in rows:
            for name, value in row.items():
                if name in ("outcome", "later"):
                    outcomes.update(dict.fromkeys(_parts(value)))
                elif name in ("after", "since", "before"):
                    after.add(value)
    return tuple(outcomes), tuple(sorted(after))


def _parts(outcome: str) -> tuple[str, ...]:
    return (outcome,) if is_outcome(outcome) else ("admissions", "places_so_far")


def cases_of(patterns: Iterable[str]) -> list[str]:
    """Return the cases that some patterns speak of, each once.

    Examples
    --------
    >>> cases_of(["P4"])
    ['persistent', 'base']
    """
    cases = table()["cases"]
    found: dict[str, None] = {}
    for pattern in patterns:
        for row in table()["patterns"][pattern]:
            for value in row.values():
                told = value if isinstance(value, list) else [value]
                found.update((one, None) for one in told if isinstance(one, str) and one in cases)
    return list(found)


@dataclass
class Study:
    """Runs of the cases, made when first asked for and kept.

    Parameters
    ----------
    runs : int
        Runs of each case, two at least.
    seed : int
        Seed; use one that was not used while a rule was written.
    twist : mapping
        Levers and constants put in every case, to see which pattern fails without a rule.
    progress : callable, optional
        Called with the runs done so far, over all cases walked.
    """

    runs: int = RUNS
    seed: int = SEED
    twist: dict[str, Any] = field(default_factory=dict)
    progress: Callable[[int], None] | None = None
    _walked: dict[str, dict[tuple[str, int], NDArray[np.float64]]] = field(default_factory=dict)

    def case(self, name: str) -> Scenario:
        """Return a case as a scenario."""
        stated = table()["cases"][name]
        scenario = Scenario.load(stated["of"])
        changes = {**stated.get("set", {}), **self.twist}
        if "interventions" in stated:
            changes["interventions"] = [
                {"why": {"en": name, "id": name}, **one} for one in stated["interventions"]
            ]
        return scenario.replace(changes) if changes else scenario

    def walk(self, cases: Iterable[str]) -> None:
        """Make the runs of some cases now."""
        for name in cases:
            if name not in self._walked:
                outcomes, after = _asked()
                self._walked[name] = follow(
                    self.case(name), self.runs, self.seed, outcomes, after, self._tell
                )

    def _tell(self, done: int, _: int) -> None:
        if self.progress is not None:
            self.progress(len(self._walked) * self.runs + done)

    def outcome(self, name: str, outcome: str, after: int) -> NDArray[np.float64]:
        """Return an outcome of each run of a case after so many months."""
        self.walk([name])
        return self._walked[name][outcome, after]
