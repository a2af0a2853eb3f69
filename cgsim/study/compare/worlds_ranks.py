"""Which assumptions move a difference most, from the same sample of worlds."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

FIFTH = 0.2
"""Part of the worlds at each end of an assumption over which the mean difference is told."""

LEVEL = 0.95


def ranks(worlds: pd.DataFrame, difference: NDArray[np.float64]) -> pd.DataFrame:
    """Return the assumptions by their rank correlation with a difference.

    Parameters
    ----------
    worlds : DataFrame
        A row a world, a column an assumption.
    difference : array, shape (worlds,)
        Mean difference in each world.

    Returns
    -------
    DataFrame
        A row an assumption, the strongest first: `path`, `correlation` (Spearman's) with its
        95 % interval `low`, `high`; `told`, whether chance would bring one as strong among all
        of them in less than one of twenty samples (Bonferroni); `at_low` and `at_high`, the mean
        difference in the fifth of the worlds with its lowest and its highest values.

    References
    ----------
    Interval: Fieller, Hartley & Pearson 1957, DOI 10.1093/biomet/44.3-4.470

    Examples
    --------
    >>> worlds = pd.DataFrame({"a": np.arange(20.0), "b": np.tile([0.0, 1.0], 10)})
    >>> found = ranks(worlds, np.arange(20.0) ** 2)
    >>> found["path"].tolist(), round(found["correlation"][0], 6), found["told"].tolist()
    (['a', 'b'], 1.0, [True, False])
    """
    from scipy.special import ndtri, stdtr
    from scipy.stats import rankdata

    known = np.isfinite(difference)
    values, answer = worlds.to_numpy(dtype=np.float64)[known], difference[known]
    count = len(answer)
    rank, of_answer = rankdata(values, axis=0), rankdata(answer)
    away, of_answer = rank - rank.mean(axis=0), of_answer - of_answer.mean()
    size = np.sqrt((away * away).sum(axis=0) * float(of_answer @ of_answer))
    found = np.divide(of_answer @ away, size, out=np.zeros(len(size)), where=size > 0.0)
    found = np.clip(found, -1.0, 1.0)
    half = math.sqrt(1.06 / max(1, count - 3)) * float(ndtri(0.5 + LEVEL / 2.0))
    middle = np.arctanh(np.clip(found, -1.0 + 1e-12, 1.0 - 1e-12))
    freedom = max(1, count - 2)
    t = np.abs(found) * np.sqrt(freedom / np.maximum(1e-300, 1.0 - found * found))
    chance = 2.0 * stdtr(freedom, -t)
    end = max(1, int(FIFTH * count))
    order = np.argsort(values, axis=0, kind="stable")
    table = pd.DataFrame(
        {
            "path": [str(path) for path in worlds.columns],
            "correlation": found,
            "low": np.tanh(middle - half),
            "high": np.tanh(middle + half),
            "told": (chance < (1.0 - LEVEL) / len(found)) & (count > 3),
            "at_low": answer[order[:end]].mean(axis=0),
            "at_high": answer[order[-end:]].mean(axis=0),
        }
    )
    strongest = table["correlation"].abs()
    return table.loc[strongest.sort_values(ascending=False, kind="stable").index].reset_index(
        drop=True
    )
