"""Who acts: Mesa agents that carry the only copy of their state and live by the rules.

Their attributes are declared in `state`. A method calls a rule of the world and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa

from .parameters import POLICY, Policy
from .state import (
    CHANGE,
    CLUSTER,
    GROUP,
    INTERVENTION,
    ORGANISATION,
    PACT,
    TIE,
    TRAINEE,
    ChangeState,
    ClusterState,
    Field,
    GroupState,
    InterventionState,
    OrganisationState,
    PactState,
    TieState,
    TraineeState,
)
from .world.leaving import HazardTerms, hazard_terms
from .world.shape import COMMUNITY, LEFT, STATES, STATUSES, World

if TYPE_CHECKING:
    from .model import Model


def _blank(actor: Any, declared: dict[str, Field]) -> None:
    for name, field in declared.items():
        setattr(actor, name, field.kind(0))


class Trainee(mesa.Agent, TraineeState):
    """A member of the community, the same person before, in and after training.

    Attributes
    ----------
    number : int
        Index of the person, from 0; luck is keyed by it.
    ties : list of Tie
        Ties to the organisations, in the order of the scenario.
    """

    def __init__(self, model: Model, number: int, organisations: int) -> None:
        super().__init__(model)
        self.number = number
        self.ties = [Tie() for _ in range(organisations)]
        _blank(self, TRAINEE)

    @property
    def status_word(self) -> str:
        """The phase of life: community, training, artisan, independent or left."""
        return STATUSES[self.status]

    def reasons(self) -> HazardTerms | None:
        """Return what pushes this person out or holds them now; None if not active."""
        if self.status in (COMMUNITY, LEFT):
            return None
        policy: Policy = self.model.world.policy
        return hazard_terms(self, min(1.0, self.income / policy.minimum_wage), policy)

    def __repr__(self) -> str:
        return f"Trainee({self.number}, {self.status_word}, skill {self.skill:.2f})"


class Organisation(mesa.Agent, OrganisationState):
    """One who sponsors the programme; `Agency` or `Company`.

    Attributes
    ----------
    number : int
        Place in the scenario, from 0.
    key : str
        Key in the scenario file.
    pacts : list of Pact
        What it thinks of each organisation, itself included (unused).
    """

    def __init__(self, model: Model, number: int, key: str, organisations: int) -> None:
        super().__init__(model)
        self.number = number
        self.key = key
        self.pacts = [Pact() for _ in range(organisations)]
        _blank(self, ORGANISATION)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.key}, commitment {self.commitment:.2f})"


class Agency(Organisation):
    """A government agency (dinas)."""


class Company(Organisation):
    """A company with a programme of social responsibility (CSR)."""


class _Part:
    """A part of the world that is no agent: plain attributes, printed by name."""

    def __repr__(self) -> str:
        inside = ", ".join(f"{k}={v:.3g}" for k, v in vars(self).items())
        return f"{type(self).__name__}({inside})"


class Tie(_Part, TieState):
    """A trainee's tie to an organisation."""

    def __init__(self) -> None:
        _blank(self, TIE)


class Pact(_Part, PactState):
    """What one organisation thinks of another."""

    def __init__(self) -> None:
        _blank(self, PACT)


class Group(_Part, GroupState):
    """Trainees who were admitted one after another."""

    def __init__(self) -> None:
        _blank(self, GROUP)


class Cluster(_Part, ClusterState):
    """The cluster as a whole."""

    def __init__(self) -> None:
        _blank(self, CLUSTER)

    @property
    def state_word(self) -> str:
        """Inactive, active or dynamic."""
        return STATES[int(self.state)]


class CurrentPolicy(_Part, Policy):
    """Shared levers and constants as they stand this month."""

    def __init__(self) -> None:
        for name in POLICY:
            setattr(self, name, 0.0)


class Intervention(_Part, InterventionState):
    """A change of levers to come."""

    def __init__(self, row: dict[str, float]) -> None:
        _blank(self, INTERVENTION)
        vars(self).update(row)


class Change(_Part, ChangeState):
    """One lever's new value."""

    def __init__(self, cell: int, value: float) -> None:
        _blank(self, CHANGE)
        self.cell, self.value = cell, value


class CellView:
    """The attributes of policy, organisations and cluster as one row of numbers."""

    def __init__(self, places: list[tuple[Any, str]]) -> None:
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, cell: int) -> float:
        actor, name = self._places[cell]
        value: float = getattr(actor, name)
        return value

    def __setitem__(self, cell: int, value: float) -> None:
        actor, name = self._places[cell]
        setattr(actor, name, value)


__all__ = [
    "Agency", "CellView", "Change", "Cluster", "Company", "CurrentPolicy", "Group",
    "Intervention", "Organisation", "Pact", "Tie", "Trainee", "World",
]  # fmt: skip
