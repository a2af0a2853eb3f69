"""The table of months of the run shown, as a spreadsheet takes it."""

from __future__ import annotations

from ..scenario import Scenario
from ..study.simulate import simulate


def table_of(case: Scenario, seed: int) -> str:
    """Return the run's own table of months as CSV: every column, every digit.

    Examples
    --------
    >>> words = table_of(Scenario.load("neither"), seed=1)
    >>> words.splitlines()[0].split(",")[:3], len(words.splitlines())
    (['scenario_hash', 'seed', 'run'], 121)
    """
    months = simulate(case, runs=1, seed=seed, threads=1).months
    return str(months.to_csv(index=False, lineterminator="\n"))
