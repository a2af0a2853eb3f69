"""What every kind of actor carries, declared once.

Mesa's agents take their attributes from these classes, the ensemble its record fields: a
new attribute is one line here. Start values are set by `world.birth`.

Policy, organisations and cluster are numbers alone, so that `layout.Cells` can lay them one
after another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .parameters import PLAN, Plan


@dataclass(frozen=True)
class Field:
    """One attribute of an actor: its type and unit, and whether it counts whole things."""

    kind: type
    unit: str
    whole: bool
    name: str = ""

    def __set_name__(self, owner: type, name: str) -> None:
        object.__setattr__(self, "name", name)


def _number(unit: str = "share") -> Any:
    return Field(float, unit, whole=False)


def _count(unit: str) -> Any:
    """A whole quantity kept as a float, since policy, organisations and cluster share cells."""
    return Field(float, unit, whole=True)


def _whole(unit: str) -> Any:
    return Field(int, unit, whole=True)


class TraineeState:
    """A member of the community, the same person in all phases."""

    status: int = _whole("community, training, artisan, independent, left")
    months_in_status: int = _whole("months")
    persistence: float = _number()
    persistence_z: float = _number("standard deviations")
    skill: float = _number()
    commitment: float = _number()
    goal: float = _number("0 heritage … 1 income")
    peer_trust: float = _number()
    market_information: float = _number()
    income: float = _number("Rp million per month")
    output: float = _number("units this month")
    group: int = _whole("number of the group")
    admitted_by: int = _whole("organisation, -1 never admitted")
    training_months: float = _number("months")
    attended: int = _whole("1 if at this month's meeting")
    visits: int = _whole("visits this month")
    support: float = _number()
    mean_trust: float = _number()
    obligation: float = _number()
    effort: float = _number("times the usual time")
    ever_trained: int = _whole("1 if ever admitted")
    application_probability: float = _number("probability")
    practice_probability: float = _number("probability")
    design_probability: float = _number("probability")
    hazard: float = _number("per month")
    hazard_skill: float = _number("log of a factor on the hazard")
    hazard_persistence: float = _number("log of a factor on the hazard")
    hazard_support: float = _number("log of a factor on the hazard")
    hazard_trust: float = _number("log of a factor on the hazard")
    hazard_income: float = _number("log of a factor on the hazard")
    hazard_peers: float = _number("log of a factor on the hazard")


class OrganisationState(Plan):
    """An agency or a company: its plan (the levers) and what it became."""

    commitment: float = _number()
    benefit: float = _number()
    attended: float = _count("1 if at this month's meeting")
    attendance_probability: float = _number("probability")
    visit_probability: float = _number("probability")
    budget_factor: float = _number()
    places: float = _count("places offered this month")
    spent: float = _number("Rp million this month")
    spent_total: float = _number("Rp million")


class TieState:
    """A trainee's tie to an organisation."""

    trust: float = _number()
    months_unvisited: int = _whole("months")
    presence: float = _number()


class PactState:
    """What one organisation thinks of another."""

    trust: float = _number()


class GroupState:
    """Trainees admitted one after another, who work side by side."""

    members: int = _whole("active trainees")
    commitment: float = _number("sum over members")
    market_information: float = _number("sum over members")
    left_this_month: int = _whole("persons")
    left_last_month: int = _whole("persons")


class InterventionState:
    """A change of levers: at a month, or whenever a monthly quantity passes a bound."""

    month: int = _whole("month, -1 if it reacts")
    quantity: int = _whole("cell of the quantity watched")
    sense: int = _whole("0 below, 1 at most, 2 above, 3 at least")
    bound: float = _number("unit of the quantity")
    for_months: int = _whole("months")
    once: int = _whole("1 if it acts once only")
    first_change: int = _whole("first change when it acts")
    first_else: int = _whole("first change when it stops")
    end: int = _whole("end of its changes")
    held: int = _whole("months the condition has held")
    acting: int = _whole("1 while it acts")
    acted: int = _whole("1 once it has acted")


class ChangeState:
    """One lever's new value, as part of an intervention."""

    cell: int = _whole("cell")
    value: float = _number("unit of the lever")


class ClusterState:
    """The cluster as a whole: one row of the `months` table."""

    state: float = _count("0 inactive, 1 active, 2 dynamic")
    producers: float = _count("persons")
    independents: float = _count("persons")
    active_trainees: float = _count("persons")
    admissions: float = _count("admissions so far")
    ever_trained: float = _count("persons so far")
    left: float = _count("leavings so far")
    graduations: float = _count("graduations so far")
    places: float = _count("places offered this month")
    visits: float = _count("visits this month")
    attendance: float = _number("share of active trainees at the last meeting")
    mean_support: float = _number()
    mean_income: float = _number("share of the minimum wage")
    household_income: float = _number("Rp million per month")
    independents_above_wage: float = _count("persons")
    jobs: float = _count("persons")
    output: float = _number("units per month")
    demand: float = _number("units per month")
    unmet_orders: float = _number("units per month")
    price: float = _number("Rp million per unit")
    sales: float = _number("Rp million per month")
    local_revenue: float = _number("Rp million per month")
    spent: float = _number("Rp million per month")
    dialogue_quality: float = _number()
    organisation_trust: float = _number()
    tie_trust: float = _number()
    peer_trust: float = _number()
    commitment: float = _number()
    shared_understanding: float = _number()
    small_wins: float = _number()
    equipment: float = _number()
    waste_treatment: float = _number()
    novelty: float = _number()
    reputation: float = _number()
    market_reach: float = _number()
    product_development: float = _number()
    technology: float = _number()
    marketing_area: float = _number()
    skill: float = _number()
    trust: float = _number()
    market_information: float = _number()
    cluster_index: float = _number()
    closeness_active: float = _number("1 when reached")
    closeness_dynamic: float = _number("1 when reached")
    spent_on_promotion: float = _number("Rp million per month")
    spent_on_toolkit: float = _number("Rp million per month")
    spent_on_workshop: float = _number("Rp million per month")
    spent_on_waste: float = _number("Rp million per month")
    spent_on_reward: float = _number("Rp million per month")
    spent_on_training: float = _number("Rp million per month")
    spent_on_visits: float = _number("Rp million per month")
    # what a whole run is told by
    months_to_active: float = _count("months, 0 not yet")
    months_to_dynamic: float = _count("months, 0 not yet")
    months_inactive: float = _count("months so far")
    months_active: float = _count("months so far")
    months_dynamic: float = _count("months so far")
    state_lenient: float = _count("state with both cut-offs 0.05 lower")
    state_strict: float = _count("state with both cut-offs 0.05 higher")
    spent_total: float = _number("Rp million so far")
    total_on_promotion: float = _number("Rp million so far")
    total_on_toolkit: float = _number("Rp million so far")
    total_on_workshop: float = _number("Rp million so far")
    total_on_waste: float = _number("Rp million so far")
    total_on_reward: float = _number("Rp million so far")
    total_on_training: float = _number("Rp million so far")
    total_on_visits: float = _number("Rp million so far")
    visits_total: float = _count("visits so far")
    trainee_months: float = _count("person-months of active trainees so far")
    producer_months: float = _count("person-months of producers so far")
    sales_total: float = _number("Rp million so far")
    difficulty_exits: float = _count("leavings so far")
    # what the rules carry from step to step
    meeting: float = _count("1 if there is a meeting this month")
    forums: float = _count("meetings so far with at least two organisations")
    turns: float = _count("turns of the cycle so far")
    organisations_present: float = _count("organisations")
    mean_goal: float = _number("mean goal of organisations")
    prehistory: float = _number("initial trust at birth")
    promotion: float = _number()
    reward: float = _number()
    new_designs: float = _count("designs this month")
    raw_state: float = _count("state before it must hold")
    pending: float = _count("state that would come next")
    months_pending: float = _count("months")
    pending_lenient: float = _count("state")
    months_pending_lenient: float = _count("months")
    pending_strict: float = _count("state")
    months_pending_strict: float = _count("months")


def fields(owner: type) -> dict[str, Field]:
    """Return the declared attributes of a state class, in the order of the file."""
    found: dict[str, Field] = {}
    for base in reversed(owner.__mro__):
        for name, value in vars(base).items():
            if isinstance(value, Field):
                found[name] = value
            elif name in PLAN and base is Plan:
                found[name] = Field(float, PLAN[name].unit, whole=False, name=name)
    return found


TRAINEE = fields(TraineeState)
ORGANISATION = fields(OrganisationState)
TIE = fields(TieState)
PACT = fields(PactState)
GROUP = fields(GroupState)
CLUSTER = fields(ClusterState)
INTERVENTION = fields(InterventionState)
CHANGE = fields(ChangeState)
