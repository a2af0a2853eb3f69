"""The world that fits best as a scenario, each fitted number marked as such."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...scenario import Scenario
    from .calibration import Calibration


def best_scenario(found: Calibration) -> Scenario:
    """Return the scenario of the world whose worst target is least off."""
    case = found.scenario.replace(found.best, name=f"{found.scenario.name}-fitted")
    mark = f"fitted to {found.targets.name} ({', '.join(_sources(found))})"
    sources = {**case.sources, **dict.fromkeys(found.best, mark)}
    return replace(
        case,
        title={"en": f"{case.title['en']} (fitted)", "id": f"{case.title['id']} (dicocokkan)"},
        sources=sources,
    )


def _sources(found: Calibration) -> list[str]:
    codes = [code for one in found.targets.fitted for code in one.source.split(", ")]
    return list(dict.fromkeys(codes))
