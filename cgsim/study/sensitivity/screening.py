"""Morris screening: how much each number moves an outcome, one at a time from many starts."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..sweep.designs import MORRIS_LEVELS, Morris

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..sweep import Spec

RESAMPLES, LEVEL = 1000, 0.95

LEANS = 0.6
"""Share of its size beyond which an effect is said to go one way."""


def effects(spec: Spec, answers: NDArray[np.float64], seed: int = 1) -> pd.DataFrame:
    """Return the elementary effects of a design `morris`, each over the whole range of a number.

    Parameters
    ----------
    spec : Spec
        Of the design ``morris``.
    answers : array, shape (points, runs)
        In the order of the design; all points share the luck of a replicate.
    seed : int
        Seed of the intervals' resampling.

    Returns
    -------
    DataFrame
        A row a number (or group), the largest first: `path`, `size` (mu*, mean size of an
        effect, in the outcome's unit), `low` and `high` (its 95 % interval over trajectories, by
        SALib's bootstrap), `effect` (mu, with its sign), `sigma` (how much effects differ, by
        where the other numbers stand or since it bends), `luck` (the `size` that would be seen
        of a number that only stirs luck; missing with a single run a point).

    References
    ----------
    Morris 1991, DOI 10.1080/00401706.1991.10484804; Campolongo, Cariboni & Saltelli 2007, DOI
    10.1016/j.envsoft.2006.10.004
    """
    from SALib.analyze import morris

    design = spec.rows
    if not isinstance(design, Morris):
        raise ValueError(f"a screening needs the design morris, not {spec.design}")
    places = design.positions(0, spec.points)
    problem: dict[str, Any] = deepcopy(spec.problem)
    found = morris.analyze(
        problem, places, answers.mean(axis=1), num_resamples=RESAMPLES, conf_level=LEVEL,
        num_levels=MORRIS_LEVELS, seed=seed,
    )  # fmt: skip
    size, half = (np.asarray(found[name], float) for name in ("mu_star", "mu_star_conf"))
    table = pd.DataFrame(
        {
            "path": [str(name) for name in found["names"]],
            "size": size,
            "low": np.maximum(0.0, size - half),
            "high": size + half,
            "effect": np.asarray(found["mu"], float),
            "sigma": np.asarray(found["sigma"], float),
        }
    )
    table["luck"] = table["path"].map(_luck(spec, design, places, answers))
    return table.sort_values("size", ascending=False, kind="stable", ignore_index=True)


def _luck(
    spec: Spec, design: Morris, places: NDArray[np.float64], answers: NDArray[np.float64]
) -> dict[str, float]:
    """Return by number the mean size of an effect that is nothing but luck.

    The mean of an effect over R replicates has the standard error s/√R; the size of a normal
    number of that spread is on average √(2/π) of it.
    """
    runs = answers.shape[1]
    own = list(spec.groups or (axis.path for axis in spec.axes))
    names = list(dict.fromkeys(own))
    if runs < 2:
        return dict.fromkeys(names, float("nan"))
    member = np.array([names.index(name) for name in own])
    step = np.diff(places.reshape(-1, design.length, places.shape[1]), axis=1)
    change = np.diff(answers.reshape(-1, design.length, runs), axis=1)
    moved = member[np.argmax(np.abs(step), axis=2)]
    error = change.std(axis=2, ddof=1) / np.sqrt(runs) / np.abs(step).max(axis=2)
    sizes = error * np.sqrt(2.0 / np.pi)
    return {name: float(sizes[moved == k].mean()) for k, name in enumerate(names)}


def stands_out(row: Any) -> bool:
    """Whether a number moves the outcome by more than luck alone would show.

    Parameters
    ----------
    row : mapping
        A row of `effects`.
    """
    return bool(row["size"] > 0.0 and (np.isnan(row["luck"]) or row["low"] > row["luck"]))


def way(row: Any) -> str:
    """Return which way an outcome goes when a number rises: ``up``, ``down``, ``both``, ``none``.

    Parameters
    ----------
    row : mapping
        A row of `effects`.
    """
    if row["size"] <= 0.0:
        return "none"
    lean = row["effect"] / row["size"]
    return "up" if lean > LEANS else "down" if lean < -LEANS else "both"
