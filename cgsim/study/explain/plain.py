"""Tables as lists of rows, fit for JSON."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from ...scenario import Scenario


def rows_of(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a table's rows, missing numbers as None."""
    return [
        {str(name): plain(one) for name, one in row.items()} for row in table.to_dict("records")
    ]


def plain(value: Any) -> Any:
    """Return a number or word as Python's own, None where it is missing."""
    value = value.item() if hasattr(value, "item") else value
    return None if isinstance(value, float) and not math.isfinite(value) else value


def head_of(kind: str, case: Scenario, seed: int) -> dict[str, Any]:
    """Return what every explanation says first."""
    return {"kind": kind, "scenario": case.name, "scenario_hash": case.hash, "seed": seed}
