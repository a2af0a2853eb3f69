"""Step 5: delivery of the programmes (E24, E25, E30–E32, E37), within each one's budget."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from .helpers import due, round_half_up
from .rule import rule
from .shape import World

if TYPE_CHECKING:
    from ..parameters import Policy
    from ..state import OrganisationState


@rule
def visits_due(organisation: OrganisationState, world: World, month: int) -> float:
    """Visits an organisation means to make this month; none unless a round falls due."""
    if not due(month, organisation.monitoring_interval):
        return 0.0
    policy = world.policy
    capacity = policy.capacity_floor + policy.capacity_slope * organisation.commitment
    return min(world.cluster.active_trainees, organisation.visits * capacity)


@rule
def places_planned(organisation: OrganisationState, policy: Policy, month: int) -> float:
    """Training places an organisation means to offer this month."""
    if not due(month, policy.intake_interval):
        return 0.0
    willing = policy.places_floor + policy.places_slope * organisation.commitment
    return round_half_up(organisation.seats * willing)


@rule
def effort_cost(organisation: OrganisationState, policy: Policy, reach: float) -> float:
    """Rp million a month for the efforts and the reward, before any budget.

    Parameters
    ----------
    reach : float
        Effort put in per unit of lever: commitment · (0.5 + 0.5 · shared understanding).
    """
    return (
        reach
        * (
            policy.cost_promotion * organisation.promotion
            + policy.cost_toolkit * organisation.toolkit
            + policy.cost_workshop * organisation.workshop
            + policy.cost_waste * organisation.waste
        )
        + policy.cost_reward * organisation.reward * organisation.commitment
    )


@rule
def budget_factor(organisation: OrganisationState, world: World, month: int, reach: float) -> float:
    """Share of the month's plan that the budget pays for."""
    policy = world.policy
    planned = (
        effort_cost(organisation, policy, reach)
        + policy.cost_training * organisation.training_months * organisation.places
        + policy.cost_visit * visits_due(organisation, world, month)
    )
    return organisation.budget / planned if planned > organisation.budget else 1.0


@rule
def pay(organisation: OrganisationState, amount: float) -> None:
    """Spend; the last bit of rounding never takes an organisation above its budget."""
    organisation.spent = min(organisation.budget, organisation.spent + amount)


@rule
def put_in(organisation: OrganisationState, world: World, effort: float, reward: float) -> None:
    """Spend on efforts and reward as far as the budget reaches.

    Parameters
    ----------
    effort, reward : float
        Effort per unit of lever, after the budget.
    """
    policy, cluster = world.policy, world.cluster
    promotion = policy.cost_promotion * organisation.promotion * effort
    toolkit = policy.cost_toolkit * organisation.toolkit * effort
    workshop = policy.cost_workshop * organisation.workshop * effort
    waste = policy.cost_waste * organisation.waste * effort
    rewarded = policy.cost_reward * organisation.reward * reward
    cluster.spent_on_promotion += promotion
    cluster.spent_on_toolkit += toolkit
    cluster.spent_on_workshop += workshop
    cluster.spent_on_waste += waste
    cluster.spent_on_reward += rewarded
    pay(organisation, promotion + toolkit + workshop + waste + rewarded)


@rule
def clear_books(world: World) -> None:
    """Nothing is spent yet this month."""
    cluster = world.cluster
    cluster.places = 0.0
    cluster.spent_on_promotion = 0.0
    cluster.spent_on_toolkit = 0.0
    cluster.spent_on_workshop = 0.0
    cluster.spent_on_waste = 0.0
    cluster.spent_on_reward = 0.0
    cluster.spent_on_training = 0.0
    cluster.spent_on_visits = 0.0
    for o in range(len(world.organisations)):
        organisation = world.organisations[o]
        organisation.spent = 0.0
        organisation.places = 0.0
        organisation.budget_factor = 1.0


@rule
def deliver(world: World, month: int) -> None:
    """Step 5: each organisation puts in what its commitment and its budget allow.

    A shared understanding makes the parts fit: without it half of the effort is lost (E25).
    """
    policy, cluster = world.policy, world.cluster
    clear_books(world)
    fit = policy.delivery_floor + (1.0 - policy.delivery_floor) * cluster.shared_understanding
    promotion, building, waste, reward = 0.0, 0.0, 0.0, 0.0
    for o in range(len(world.organisations)):
        organisation = world.organisations[o]
        if organisation.present > 0.0:
            organisation.places = places_planned(organisation, policy, month)
            reach = organisation.commitment * fit
            factor = budget_factor(organisation, world, month, reach)
            organisation.budget_factor = factor
            organisation.places = float(math.floor(organisation.places * factor))
            cluster.places += organisation.places
            put_in(organisation, world, reach * factor, organisation.commitment * factor)
            promotion += organisation.promotion * reach * factor
            building += (organisation.toolkit + organisation.workshop) * reach * factor
            waste += organisation.waste * reach * factor
            reward += organisation.reward * organisation.commitment * factor
    cluster.promotion = 1.0 - math.exp(-promotion)
    cluster.reward = min(1.0, reward)
    build(world, building, waste)


@rule
def build(world: World, building: float, waste: float) -> None:
    """Equipment and waste treatment wear out and are added to (E32).

    Parameters
    ----------
    building, waste : float
        Summed efforts of all organisations this month.
    """
    policy, cluster = world.policy, world.cluster
    worn = policy.equipment_memory * cluster.equipment
    added = policy.equipment_gain * building * (1.0 - cluster.equipment)
    cluster.equipment = min(1.0, worn + added)
    worn = policy.waste_memory * cluster.waste_treatment
    added = policy.waste_gain * waste * (1.0 - cluster.waste_treatment)
    cluster.waste_treatment = min(1.0, worn + added)
