"""One run, month by month, as plain numbers that a page can play."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..columns import INDICATORS
from ..ensemble import trace
from ..language import languages
from ..layout import lay_out
from ..scenario import Scenario
from ..state import CLUSTER
from ..world.shape import COMPANY, STATES, STATUSES
from .events import look_at_records, tell
from .simulate import check_numbers

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from ..records import Records
    from .events import Look

VERSION = 2
"""Rises whenever a name below changes its meaning or goes away."""

RING = (
    "dialogue_quality",
    "organisation_trust",
    "commitment",
    "shared_understanding",
    "small_wins",
)
"""The five steps of the Ansell–Gash cycle, each by the quantity that fills it."""

SERIES = (
    "state",
    "producers",
    "independents",
    "active_trainees",
    "mean_income",
    "unmet_orders",
    "spent",
    "sales",
    "visits",
    "turns",
    "tie_trust",
    "peer_trust",
    "closeness_active",
    "closeness_dynamic",
    *INDICATORS,
    *RING,
)
"""Monthly quantities of a trajectory, under their names in the table of months."""

DIGITS = 5
"""Decimals that travel to a page; it shows fewer."""

LEVELS = ("active", "dynamic")


def trajectory(
    scenario: Scenario | str | os.PathLike[str], seed: int = 1, run: int = 0
) -> dict[str, Any]:
    """Return one run as a dictionary that can be written as JSON.

    Parameters
    ----------
    scenario : Scenario or str
        A scenario, or the name or path of one.
    seed : int
        Seed in [0, 2³²).
    run : int
        Number of the run; the same luck as that run of `simulate`.

    Returns
    -------
    dict
        ``series`` holds a list of `months` numbers for each of `SERIES`, rounded to `DIGITS`
        decimals; ``state`` counts into ``states``. ``organisations`` holds of each its names, its
        kind, and by month whether it is there, came to the last meeting and how far trainees
        trust it (mean tie of active trainees; None without any); ``pacts`` by month the trust
        of each organisation in each. ``lives`` holds of everybody ever trained the number, the
        persistence and every change of status as [month, place in ``statuses``]. ``marks`` are
        the months at whose start an intervention acted, each with its reason in both languages
        and whether its date was fixed beforehand; ``events`` what is worth telling, in both
        languages, with the months passed.

    Examples
    --------
    >>> told = trajectory("kpc-leaves", seed=1)
    >>> told["months"], len(told["series"]["producers"]), told["marks"][0]["month"]
    (120, 120, 60)
    """
    case = scenario if isinstance(scenario, Scenario) else Scenario.load(scenario)
    check_numbers(1, seed, run)
    film = _Film(case)
    events = [
        {
            "after": one.after,
            "kind": one.kind,
            "words": {lang: one.in_language(lang) for lang in languages()},
        }
        for one in tell(case, film.watch(trace(case, seed, run)))
    ]
    return {
        "version": VERSION,
        "scenario": case.name,
        "scenario_hash": case.hash,
        "seed": seed,
        "run": run,
        "months": case.months,
        "states": list(STATES),
        "statuses": list(STATUSES),
        "cutoffs": _cutoffs(case),
        "series": film.series(),
        "organisations": film.organisations(),
        "pacts": film.pacts,
        "lives": film.lives(),
        "marks": sorted(film.marks, key=lambda mark: mark["month"]),
        "events": events,
    }


class _Film:
    """What is kept of each month while the run walks by."""

    def __init__(self, case: Scenario) -> None:
        cells = lay_out(case).cells
        self.case = case
        self.wanted = np.array([cells.cluster(name) for name in SERIES], dtype=np.int64)
        self.rows: list[NDArray[np.float64]] = []
        self.statuses: list[NDArray[np.int64]] = []
        self.there: list[list[list[float | None]]] = []
        self.pacts: list[list[list[float]]] = []
        self.persistence: list[float] = []
        self.acting = [0] * len(case.interventions)
        self.marks = [
            {"month": one.month, "planned": True, "ends": False, "why": one.why}
            for one in case.interventions
            if one.month is not None
        ]

    def watch(self, months: Iterator[Records]) -> Iterator[Look]:
        """Keep what a page shows of each month, and hand on what events are told by."""
        for month, records in enumerate(months):
            self.rows.append(records.cells[self.wanted])
            self.statuses.append(records.trainees["status"].copy())
            self.there.append(_seen_of_organisations(records))
            self.pacts.append(np.round(records.pacts["trust"], 3).tolist())
            self._mark_reactions(month, records)
            if month == 0:
                self.persistence = np.round(records.trainees["persistence"], 3).tolist()
            yield look_at_records(records)

    def _mark_reactions(self, month: int, records: Records) -> None:
        """Note when interventions that answer to a quantity began to act, and ceased to."""
        acting = records.interventions["acting"].tolist()
        for was, now, one in zip(self.acting, acting, self.case.interventions, strict=True):
            if was != now and one.month is None:
                mark = {"month": month, "planned": False, "ends": now == 0, "why": one.why}
                self.marks.append(mark)
        self.acting = acting

    def series(self) -> dict[str, list[float]]:
        columns = np.array(self.rows).T
        return {
            name: column.astype(np.int64).tolist()
            if CLUSTER[name].whole
            else np.round(column, DIGITS).tolist()
            for name, column in zip(SERIES, columns, strict=True)
        }

    def organisations(self) -> list[dict[str, Any]]:
        return [
            {
                "key": key,
                "name": self.case.names[key],
                "company": self.case.plans[key]["kind"] == COMPANY,
                "present": [int(month[o][0] or 0) for month in self.there],
                "attended": [int(month[o][1] or 0) for month in self.there],
                "trust": [month[o][2] for month in self.there],
            }
            for o, key in enumerate(self.case.organisations)
        ]

    def lives(self) -> list[list[Any]]:
        every = np.array(self.statuses)
        found: list[list[Any]] = []
        for person in np.flatnonzero(every.any(axis=0)):
            line = every[:, person]
            turns = np.flatnonzero(np.diff(line, prepend=0))
            changes = [[int(month), int(line[month])] for month in turns]
            found.append([int(person), self.persistence[person], changes])
        return found


def _seen_of_organisations(records: Records) -> list[list[float | None]]:
    """Return of each organisation: there, at the last meeting, trust of active trainees."""
    active = records.active[: int(records.cluster[0]["active_trainees"])]
    trust: list[Any] = [None] * len(records.organisations)
    if len(active):
        trust = np.round(records.ties["trust"][active].mean(axis=0), 3).tolist()
    there = records.organisations["present"].tolist()
    came = records.organisations["attended"].tolist()
    return [list(one) for one in zip(there, came, trust, strict=True)]


def _cutoffs(case: Scenario) -> dict[str, Any]:
    """What makes a cluster active and dynamic when the run begins."""
    found: dict[str, Any] = {
        level: {
            name: case.value(f"cluster.{level}.{name}")
            for name in ("cutoff", "indicators", "producers")
        }
        for level in LEVELS
    }
    found["hold_months"] = case.value("cluster.hold_months")
    return found
