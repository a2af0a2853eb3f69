"""``cgsim dashboard``: serves the pages, and a room that plays together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..scenario import Scenario
from .words import lang, refusal, whole

if TYPE_CHECKING:
    from ..dashboard.room.opening import RoomOrder

BASELINE = "sangatta-utara"
LONGEST_ROUND = 24
"""Months."""


def serve_page(host: str, port: int, open_browser: bool, room: RoomOrder | None = None) -> int:
    """Serve the dashboard until Ctrl-C; return the exit code."""
    try:
        from ..dashboard.main import serve
    except ModuleNotFoundError as wrong:
        if (wrong.name or "").split(".")[0] == "cgsim":
            raise
        raise refusal("cgsim dashboard", "dashboard", names=wrong.name) from None
    return serve(host, port, open_browser, lang=lang(), room=room) or 0


def room_order(
    wanted: bool, scenario: str | None, seed: str | None, every: str | None, plan: str | None
) -> Any:
    """Return the room asked for, None if none is; refuse options that only a room has."""
    given = {"SCENARIO": scenario, "--seed": seed, "--every": every, "--plan": plan}
    if not wanted:
        for name, value in given.items():
            if value is not None:
                raise refusal("cgsim dashboard", "room_only", option=name)
        return None
    from ..dashboard.room.after import good_plan
    from ..dashboard.room.opening import RoomOrder
    from ..dashboard.room.room import QUARTER

    base = Scenario.load(scenario or BASELINE)
    best = Scenario.load(plan) if plan is not None else None
    if best is not None and good_plan(base, best) is None:
        raise refusal("--plan", "room_plan", plan=plan, name=base.name)
    months = whole("--every", every, 1, LONGEST_ROUND) if every is not None else QUARTER
    luck = whole("--seed", seed, 0, 2**32 - 1) if seed is not None else None
    return RoomOrder(base, luck, months, best)
