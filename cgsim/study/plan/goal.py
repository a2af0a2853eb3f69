"""What a plan is to reach: a state, or a quantity beyond a bound."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ...columns import RUN_COLUMNS
from ...language import text
from ...scenario_file import did_you_mean
from ...state import CLUSTER
from ..varied import fault

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

STATES = ("dynamic", "active")
"""Goals that are states; an active cluster may also be dynamic."""

_FORM = re.compile(r"(\w+)\s*(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)")
_SIGNS = {">=": "≥", "<=": "≤"}


@dataclass(frozen=True)
class Goal:
    """A goal, read after the last month.

    Attributes
    ----------
    name : str
        ``dynamic``, ``active`` (or dynamic), or a column of `runs`.
    sense : {"", ">=", "<=", ">", "<"}
    bound : float
        In the column's own unit.
    """

    name: str
    sense: str = ""
    bound: float = 0.0

    @classmethod
    def read(cls, words: str, place: str = "goal") -> Goal:
        """Read a goal.

        Examples
        --------
        >>> Goal.read("producers >= 20")
        Goal(name='producers', sense='>=', bound=20.0)
        >>> Goal.read("dynamic").key
        'dynamic'
        """
        words = words.strip()
        if words in STATES:
            return cls(words)
        form = _FORM.fullmatch(words)
        known = quantities()
        name = form.group(1) if form else ""
        if form is None or name not in known:
            hint = did_you_mean(name or words, [*STATES, *known])
            raise fault(place, "plan.error.goal", read=words[:80], hint=hint)
        return cls(name, form.group(2), float(form.group(3)))

    @property
    def key(self) -> str:
        """The goal as it is told on the command line."""
        return f"{self.name}{self.sense}{self.bound:g}" if self.sense else self.name

    @property
    def column(self) -> str:
        """The column of `runs` that it is read from."""
        return self.name if self.sense else "end_state"

    def reached(self, runs: pd.DataFrame) -> NDArray[np.bool_]:
        """Return of every run whether it reached the goal."""
        if not self.sense:
            wanted = ["dynamic"] if self.name == "dynamic" else ["active", "dynamic"]
            return runs["end_state"].isin(wanted).to_numpy(dtype=bool)
        values, bound = runs[self.name].to_numpy(dtype=float), self.bound
        if self.sense[0] == ">":
            return values >= bound if self.sense == ">=" else values > bound
        return values <= bound if self.sense == "<=" else values < bound

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of `runs` that a plan is judged by."""
        return (self.column,) if self.sense else (self.column, f"closeness_{self.name}")

    def nearness(self, runs: pd.DataFrame) -> float:
        """Return how near runs come to the goal, mean, in [0, 1].

        It tells plans apart of which no run reaches the goal. Of a state its closeness, of a
        quantity its ratio to the bound.
        """
        if not self.sense:
            ratio = runs[f"closeness_{self.name}"].to_numpy(dtype=float)
        else:
            values = runs[self.name].to_numpy(dtype=float)
            above, below = (values, self.bound) if self.sense[0] == ">" else (self.bound, values)
            ratio = np.asarray(above / np.maximum(below, 1e-9))
        return float(np.clip(np.nan_to_num(ratio), 0.0, 1.0).mean())

    def words(self, lang: str) -> str:
        """Return the goal in words, as what a cluster is or has."""
        if not self.sense:
            return text(f"plan.goal.{self.name}", lang)
        bound = f"{self.bound:g}".replace(".", "," if lang == "id" else ".")
        return f"{self.name} {_SIGNS.get(self.sense, self.sense)} {bound}"


def quantities() -> list[str]:
    """Return the columns of `runs` of which a goal may be made: what stands in the last month."""
    return [name for name in RUN_COLUMNS if name in CLUSTER and not name.startswith("months_")]
