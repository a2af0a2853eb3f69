"""Where scenarios stand on the shipped map of monitoring and persistence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .phases import asked, shown_map
from .sides import LETTERS
from .state import Settings, Side


def map_of_sides(settings: Settings) -> dict[str, Any]:
    """Return the shipped map with the scenarios as pins; empty where it says nothing of the first.

    A scenario that differs in more than the map's two levers has no pin; ``off`` names it.
    """
    plain = replace(settings, extras=())
    shipped = asked(plain)[0].shipped
    if shipped is None:
        return {}
    off = [
        letter
        for letter, side in zip(LETTERS, (plain.side, *plain.others), strict=False)
        if not _on_it(side)
    ]
    found = shown_map(shipped, plain, "shipped")
    found.pop("csv")
    pins = [pin for pin in found["pins"] if pin["letter"] not in off]
    return found | {"pins": pins, "off": off}


def _on_it(side: Side) -> bool:
    return asked(Settings(side))[0].shipped is not None
