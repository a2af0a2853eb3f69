"""The columns of the tables of results: their names, units and meaning.

`months` has a row a run and month, `years` a row a run and year, `runs` a row a run,
`people` a row a person and month.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from .language import has, text
from .state import CLUSTER, TRAINEE
from .world.indicators import CUTOFF_SHIFT

if TYPE_CHECKING:
    from .scenario import Scenario

Table = Literal["runs", "months", "people"]
TABLES: tuple[Table, ...] = ("runs", "months", "people")

INDICATORS = (
    "product_development",
    "technology",
    "marketing_area",
    "skill",
    "trust",
    "market_information",
)
"""The six indicators after JICA (E60)."""

ACTIVITIES = ("promotion", "toolkit", "workshop", "waste", "reward", "training", "visits")
"""What money is spent on."""

CUTOFFS = {"": 0.0, "_lenient": -CUTOFF_SHIFT, "_strict": CUTOFF_SHIFT}
"""Columns of states, and by how much both cut-offs are shifted for them."""

_NAMES = list(CLUSTER)
MONTH_COLUMNS = (
    *_NAMES[: _NAMES.index("spent_on_visits") + 1],
    "turns",
    "new_designs",
    "state_lenient",
    "state_strict",
)
"""Columns of `months` after run and month, before those of each organisation."""

WHOLE_RUN = {
    "spent": "spent_total",
    **{f"spent_on_{a}": f"total_on_{a}" for a in ACTIVITIES},
}
"""Columns of `runs` that tell of the whole run, and the quantity that they are read from."""

_ONLY_RUNS = (
    "months_to_active",
    "months_to_dynamic",
    "months_inactive",
    "months_active",
    "months_dynamic",
    "visits_total",
    "trainee_months",
    "producer_months",
    "sales_total",
    "difficulty_exits",
)
RUN_COLUMNS = (
    *_ONLY_RUNS,
    *(name for name in MONTH_COLUMNS if not name.startswith("state")),
)
"""Columns of `runs` after the states, before those of each organisation."""

YEAR_COLUMNS = ("producers", "independents", "mean_income")
"""Columns of `years` after run and after_months: what to read beside a state, which lags."""

PEOPLE_COLUMNS = (
    "status",
    "persistence",
    "skill",
    "commitment",
    "peer_trust",
    "market_information",
    "mean_trust",
    "support",
    "income",
    "output",
    "visits",
    "group",
    "months_in_status",
    "hazard",
    "hazard_skill",
    "hazard_persistence",
    "hazard_support",
    "hazard_trust",
    "hazard_income",
    "hazard_peers",
)
"""Columns of `people` after run, month and person."""

_OWN_UNITS = {
    "scenario_hash": "hexadecimal digits",
    "run": "number from 0",
    "seed": "number",
    "month": "months from 0",
    "after_months": "months",
    "person": "number from 0",
    "end_state": "inactive, active or dynamic",
    "state": "inactive, active or dynamic",
    "state_lenient": "inactive, active or dynamic",
    "state_strict": "inactive, active or dynamic",
    "months_to_active": "months, missing if never",
    "months_to_dynamic": "months, missing if never",
}


ORGANISATION, MONTHS = "<organisation>", "<months>"
"""What stands for an organisation's key and for a number of months where no scenario is named."""

_STATE = re.compile(rf"(end_state|state_(\d+|{MONTHS}))(_lenient|_strict)?|state_(lenient|strict)")


def columns(table: Table, scenario: Scenario | None = None) -> list[str]:
    """Return the names of a table's columns, in their order.

    Without a scenario ``<organisation>`` stands for the key of each organisation, and
    ``<months>`` for 12, 24, …

    Examples
    --------
    >>> columns("months")[:3], columns("runs")[-1]
    (['run', 'month', 'state'], 'spent_<organisation>')
    """
    keys = (ORGANISATION,) if scenario is None else scenario.organisations
    spent = [f"spent_{key}" for key in keys]
    if table == "people":
        return ["run", "month", "person", *PEOPLE_COLUMNS]
    if table == "months":
        return ["run", "month", *MONTH_COLUMNS, *spent]
    after = [MONTHS] if scenario is None else [*range(12, scenario.months + 1, 12)]
    states = [
        f"{name}{suffix}"
        for suffix in CUTOFFS
        for name in ("end_state", *(f"state_{n}" for n in after))
    ]
    return ["scenario_hash", "run", "seed", *states, *RUN_COLUMNS, *spent]


def meaning(
    column: str,
    table: Table = "months",
    lang: str = "en",
    names: Mapping[str, Mapping[str, str]] | None = None,
) -> str:
    """Return in a sentence what a column holds.

    Parameters
    ----------
    column : str
        A column, or its form with ``<organisation>`` or ``<months>``.
    table : {"runs", "months", "people"}
        The table that it stands in.
    lang : {"en", "id"}
        Language.
    names : mapping, optional
        Names of organisations by key and language (`Scenario.names`).

    Raises
    ------
    KeyError
        For a column that the table does not have.

    Examples
    --------
    >>> meaning("state_24_lenient", "runs")
    'State of the cluster after 24 months, with both cut-offs 0.05 lower.'
    """
    if has(f"column.{table}.{column}", lang):
        return text(f"column.{table}.{column}", lang)
    if table == "runs" and (found := _STATE.fullmatch(column)):
        kind = "end_state" if column.startswith("end") else "state_n"
        how = (found.group(3) or "_as_set").removeprefix("_")
        return text(f"column.runs.{kind}.{how}", lang, n=found.group(2) or "")
    if table == "runs" and column in MONTH_COLUMNS and not column.startswith("state"):
        return f"{text(f'column.months.{column}', lang)} {text('column.last', lang)}"
    if table != "people" and column.startswith("spent_"):
        key = column.removeprefix("spent_")
        who = (names or {}).get(key, {}).get(lang, key)
        return text(f"column.{table}.spent_organisation", lang, who=who)
    raise KeyError(column)


def unit_words(column: str, table: Table = "months", lang: str = "en") -> str:
    """Return a column's unit in a language.

    Examples
    --------
    >>> unit_words("sales", lang="id")
    'juta rupiah per bulan'
    """
    return text(f"unit.{units(column, table)}", lang)


def units(column: str, table: Table = "months") -> str:
    """Return the unit of a column; spending in `runs` is that of the whole run.

    Raises
    ------
    KeyError
        For a column that no table has.

    Examples
    --------
    >>> units("sales"), units("mean_income")
    ('Rp million per month', 'share of the minimum wage')
    """
    if table == "runs" and column.startswith("spent"):
        return "Rp million"
    if column in _OWN_UNITS:
        return _OWN_UNITS[column]
    if _STATE.fullmatch(column):
        return "inactive, active or dynamic"
    if table == "people" and column in PEOPLE_COLUMNS:
        return TRAINEE[column].unit
    if column in CLUSTER:
        return CLUSTER[column].unit
    if column in PEOPLE_COLUMNS:
        return TRAINEE[column].unit
    if column.startswith("spent_"):
        return "Rp million per month"
    raise KeyError(column)
