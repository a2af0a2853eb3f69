"""Why: of one person, of one run, of all who left."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from ...scenario import Scenario
from ..varied import fault
from .leavings import LeavingsExplained, explain_leavings
from .person import AGAINST, LEVER, MONTH, PersonExplained, explain_person
from .run import RunExplained, explain_run

__all__ = [
    "Explained",
    "LeavingsExplained",
    "PersonExplained",
    "RunExplained",
    "explain",
    "explain_leavings",
    "explain_person",
    "explain_run",
]

Explained = PersonExplained | RunExplained | LeavingsExplained


def explain(
    scenario: Scenario | str | os.PathLike[str],
    seed: int = 1,
    run: int = 0,
    who: int | None = None,
    month: int | None = None,
    *,
    against: Scenario | str | os.PathLike[str] | None = None,
    levers: Sequence[str] = (),
    runs: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Explained:
    """Explain a person if one is named, else one run or, of many runs, who left and why.

    Parameters
    ----------
    scenario : Scenario or str
        A scenario, or the name or path of one.
    seed, run : int
        Which luck.
    who, month, against, levers
        One person, see `explain_person`.
    runs : int
        More than one: the reasons of all who left, see `explain_leavings`.
    progress : callable, optional
        Called with how much is done and how much there is.

    Raises
    ------
    ScenarioError
        Where the question does not fit together, or asks about nobody; the nearest is named.

    Examples
    --------
    >>> explain("sangatta-utara", seed=7).changes["after"].tolist()
    ['active', 'inactive', 'active']
    """
    if who is not None:
        if runs > 1:
            raise fault("--runs", "explain.error.one_run")
        return explain_person(
            scenario, who, seed, run, month, against=against, levers=levers, progress=progress
        )
    for option, said in ((MONTH, month), (AGAINST, against), (LEVER, levers or None)):
        if said is not None:
            raise fault(option, "explain.error.needs_who")
    if runs > 1:
        if run:
            raise fault("--run", "explain.error.run_or_runs")
        return explain_leavings(scenario, runs, seed, progress=progress)
    return explain_run(scenario, seed, run)
