"""All actors of one world as records: what `state` declares, as numpy lays it out.

The policy, the organisations and the cluster share one row of cells (`layout.Cells`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .layout import Layout, groups_of, lay_out
from .parameters import POLICY
from .scenario import Scenario
from .state import CHANGE, CLUSTER, GROUP, INTERVENTION, ORGANISATION, PACT, TIE, TRAINEE, Field

if TYPE_CHECKING:
    from numpy.typing import NDArray


def record_type(declared: dict[str, Field]) -> np.dtype[Any]:
    """Return the record of an actor; whole numbers are 64-bit, since smaller ones wrap."""
    return np.dtype([(n, np.int64 if f.kind is int else np.float64) for n, f in declared.items()])


_POLICY = np.dtype([(name, np.float64) for name in POLICY])


class Records(NamedTuple):
    """All actors of one world as records, and the same memory as plain words.

    Each array of records stands for a sequence of the actors that `state` declares.
    """

    trainees: Any
    ties: Any
    pacts: Any
    groups: Any
    organisations: Any
    cluster: Any
    policy: Any
    active: Any
    cells: Any
    interventions: Any
    changes: Any
    start: NDArray[np.float64]
    words: tuple[NDArray[np.float64], ...]


def make_records(scenario: Scenario) -> Records:
    """Return records for a scenario, with all but its levers at 0."""
    layout = lay_out(scenario)
    people, number = int(scenario.policy["people"]), len(scenario.organisations)
    trainees = np.zeros(people, record_type(TRAINEE))
    ties = np.zeros((people, number), record_type(TIE))
    pacts = np.zeros((number, number), record_type(PACT))
    groups = np.zeros(groups_of(scenario), record_type(GROUP))
    cells = np.zeros(layout.cells.size)
    after_policy = len(POLICY)
    after_organisations = after_policy + number * len(ORGANISATION)
    interventions, changes = _interventions(layout)
    return Records(
        trainees=trainees,
        ties=ties,
        pacts=pacts,
        groups=groups,
        organisations=cells[after_policy:after_organisations].view(record_type(ORGANISATION)),
        cluster=cells[after_organisations:].view(record_type(CLUSTER)),
        policy=cells[:after_policy].view(_POLICY),
        active=np.zeros(people, np.int64),
        cells=cells,
        interventions=interventions,
        changes=changes,
        start=np.array(layout.start),
        words=tuple(a.reshape(-1).view(np.float64) for a in (trainees, ties, pacts, groups)),
    )


def _interventions(layout: Layout) -> tuple[NDArray[Any], NDArray[Any]]:
    interventions = np.zeros(len(layout.interventions), record_type(INTERVENTION))
    for k, row in enumerate(layout.interventions):
        for name, value in row.items():
            interventions[k][name] = value
    changes = np.zeros(len(layout.changes), record_type(CHANGE))
    for k, change in enumerate(layout.changes):
        changes[k] = change
    return interventions, changes
