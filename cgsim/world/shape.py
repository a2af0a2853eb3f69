"""The shape of a world: who is in it, by names that every rule uses."""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from ..parameters import Policy
    from ..state import (
        ChangeState,
        ClusterState,
        GroupState,
        InterventionState,
        OrganisationState,
        PactState,
        TieState,
        TraineeState,
    )

COMMUNITY, TRAINING, ARTISAN, INDEPENDENT, LEFT = 0, 1, 2, 3, 4
"""A trainee's status."""

STATUSES = ("community", "training", "artisan", "independent", "left")

INACTIVE, ACTIVE, DYNAMIC = 0, 1, 2
"""A cluster's state, after JICA (E59)."""

STATES = ("inactive", "active", "dynamic")

AGENCY, COMPANY = 0, 1
"""An organisation's kind."""

BY_COMMITMENT, ALWAYS, NEVER_COMES = 0, 1, 2
"""How an organisation decides whether to come to meetings."""

CIRCLES = 4
"""Parts into which the groups of trainees fall in turn; each has an effort of its own."""


class Luck(NamedTuple):
    """Which luck a run has: the key of every draw."""

    seed: int
    run: int


class Row(Protocol):
    """Numbers by place, to read and to write."""

    def __getitem__(self, place: int, /) -> float: ...

    def __setitem__(self, place: int, value: float, /) -> None: ...


class World(NamedTuple):
    """Everything a month reads and changes.

    Attributes
    ----------
    trainees : sequence of TraineeState
        All members of the community, by index.
    organisations : sequence of OrganisationState
        In the order of the scenario.
    ties : sequence of sequences of TieState
        ``ties[trainee][organisation]``.
    pacts : sequence of sequences of PactState
        ``pacts[o][p]``: what o thinks of p.
    groups : sequence of GroupState
        Groups of trainees.
    cluster : ClusterState
        The cluster, one row of the monthly table.
    policy : Policy
        Shared levers and constants as they stand this month.
    active : sequence of int
        Indices of the active trainees, in order; ``cluster.active_trainees`` of them count.
    cells : sequence of float
        Policy, organisations and cluster as one row (`layout.Cells`).
    interventions, changes : sequences
        What is to change when; the changes lie one after another.
    luck : Luck
        Seed and run.
    """

    trainees: Sequence[TraineeState]
    organisations: Sequence[OrganisationState]
    ties: Sequence[Sequence[TieState]]
    pacts: Sequence[Sequence[PactState]]
    groups: Sequence[GroupState]
    cluster: ClusterState
    policy: Policy
    active: MutableSequence[int]
    cells: Row
    interventions: Sequence[InterventionState]
    changes: Sequence[ChangeState]
    luck: Luck
