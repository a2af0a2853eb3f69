"""The world that fits best as a scenario file, each fitted number marked as such."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .calibration import Calibration


def write_best(found: Calibration) -> str:
    """Return the scenario file of the world whose worst target is least off."""
    case = found.best_scenario()
    mark = f"fitted to {found.targets.name} ({', '.join(_sources(found))})"
    sources = {**case.sources, **dict.fromkeys(found.best, mark)}
    told = replace(
        case,
        title={"en": f"{case.title['en']} (fitted)", "id": f"{case.title['id']} (dicocokkan)"},
        sources=sources,
    )
    return told.to_yaml()


def _sources(found: Calibration) -> list[str]:
    codes = [code for one in found.targets.fitted for code in one.source.split(", ")]
    return list(dict.fromkeys(codes))
