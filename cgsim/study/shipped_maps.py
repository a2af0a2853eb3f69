"""The phase maps that ship with cgsim, each beside the spec of the sweep that makes it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from .phase_map import PhaseMap, map_of
from .sweep.spec import Spec

MAPS = Path(__file__).parents[1] / "maps"
SHIPPED = "monitoring-persistence"


def shipped_names() -> list[str]:
    """Return the names of the shipped maps."""
    return sorted(path.stem for path in MAPS.glob("*.yaml"))


def shipped_map(name: str = SHIPPED) -> PhaseMap:
    """Return a map that ships with cgsim; nothing is run.

    Raises
    ------
    ValueError
        Where the scenario or the spec is no longer the one that the map was made of.

    Examples
    --------
    >>> shipped_map().counts.shape
    (3, 6, 13, 3)
    """
    spec = Spec.load(MAPS / f"{name}.yaml")
    told = json.loads((MAPS / f"{name}.json").read_text(encoding="utf-8"))
    if (told["scenario_hash"], told["spec_hash"]) != (spec.scenario.hash, spec.hash):
        raise ValueError(f"the map {name} is stale: python -m cgsim.study.phase_map makes it anew")
    x, y = spec.axes
    counts = np.array(told["counts"], dtype=np.int64)
    return PhaseMap(spec.scenario, x, y, spec.runs, spec.seed, counts)


def make_shipped(name: str) -> None:
    """Make a shipped map again and put it beside its spec, whole."""
    found = map_of(Spec.load(MAPS / f"{name}.yaml"))
    told = found.to_dict()
    counts = told.pop("counts")
    lines = [f" {json.dumps(key)}: {json.dumps(value)}" for key, value in told.items()]
    blocks = ",\n".join(
        "  [" + ",\n   ".join(json.dumps(row, separators=(",", ":")) for row in by_x) + "]"
        for by_x in counts
    )
    words = "{\n" + ",\n".join([*lines, f' "counts": [\n{blocks}\n ]']) + "\n}\n"
    aside = MAPS / f".{name}.json"
    aside.write_text(words, encoding="utf-8", newline="\n")
    aside.replace(MAPS / f"{name}.json")
