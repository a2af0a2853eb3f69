"""One varied lever: which values it takes, and how a number in [0, 1] becomes one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ...parameters import Parameter, find
from ...scenario import shown

if TYPE_CHECKING:
    from numpy.typing import NDArray

LUCK = "luck"
"""The axis that is no lever: the number of the run, whose luck a point has."""


@dataclass(frozen=True)
class Axis:
    """A varied lever with its values, or a range of them.

    Attributes
    ----------
    path : str
        Lever as in a scenario file, ``organisations.*.lever`` for all; or ``luck``.
    values : tuple of float
        The values that a list or a range in steps names, as the rules read them; empty for a
        range without steps.
    low, high : float
        Bounds of a range without steps.
    whole : bool
        Whether only whole numbers are meant.
    """

    path: str
    values: tuple[float, ...] = ()
    low: float = 0.0
    high: float = 0.0
    whole: bool = False

    @property
    def parameter(self) -> Parameter | None:
        """The lever or constant that is varied; None for luck."""
        return None if self.path == LUCK else find(self.path)

    @property
    def has_words(self) -> bool:
        """Whether some of its values are words (`never`, true, a choice)."""
        one = self.parameter
        return one is not None and any(isinstance(shown(one, v), str | bool) for v in self.values)

    def at(self, position: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the values at positions in [0, 1]; equal shares of it for values of a list.

        Examples
        --------
        >>> Axis("process.feedback", (0.0, 1.0)).at(np.array([0.0, 0.49, 0.5, 1.0])).tolist()
        [0.0, 0.0, 1.0, 1.0]
        >>> Axis("community.group_size", low=3, high=5, whole=True).at(np.array([0.5])).tolist()
        [4.0]
        """
        if self.values:
            place = np.minimum((position * len(self.values)).astype(np.int64), len(self.values) - 1)
            return np.asarray(self.values)[place]
        if self.whole:
            steps = np.floor(position * (self.high - self.low + 1.0))
            return np.minimum(self.low + steps, self.high)
        return self.low + position * (self.high - self.low)

    def column(self, values: NDArray[np.float64]) -> Any:
        """Return values as a column of a table: numbers, or words where some of them are."""
        one = self.parameter
        if self.has_words and one is not None:
            import pandas as pd

            words = [_word(shown(one, value)) for value in self.values]
            place = {value: k for k, value in enumerate(self.values)}
            codes = np.array([place[value] for value in values.tolist()], dtype=np.int64)
            return pd.Categorical.from_codes(codes, dtype=pd.CategoricalDtype(words, ordered=True))
        whole = self.whole or (one is not None and one.sort in ("whole", "interval", "flag"))
        return values.astype(np.int64) if whole or self.path == LUCK else values


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
