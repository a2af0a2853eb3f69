"""Step 9: intermediate outcomes (hasil; E11, E23, E67, AG10) and the month's books."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .helpers import toward
from .rule import rule
from .shape import COMPANY, World

if TYPE_CHECKING:
    from ..parameters import Policy
    from ..state import ClusterState, OrganisationState


@rule
def small_win(cluster: ClusterState, policy: Policy) -> float:
    """What can be seen to have come of it: enough makers, and makers who earn (E67)."""
    floor = policy.win_floor
    return min(1.0, cluster.producers / policy.critical_mass) * (
        floor + (1.0 - floor) * min(1.0, cluster.mean_income)
    )


@rule
def benefit_of(organisation: OrganisationState, cluster: ClusterState, policy: Policy) -> float:
    """Each party's own return: an agency's revenue, a company's name (E11, E28, E29)."""
    if organisation.kind == COMPANY:
        return policy.company_wins * policy.feedback * cluster.small_wins + (
            policy.company_reach * min(1.0, policy.company_reach_scale * cluster.market_reach)
        )
    scale = policy.agency_sales_scale * policy.minimum_wage
    return policy.agency_wins * policy.feedback * cluster.small_wins + (
        policy.agency_sales * min(1.0, cluster.sales / scale)
    )


@rule
def look_back(world: World) -> None:
    """Step 9: novelty, small wins, reputation, benefit, each with the one before as it is now."""
    policy, cluster = world.policy, world.cluster
    designs = 0.0
    if cluster.producers > 0.0:
        designs = cluster.new_designs / cluster.producers
    cluster.novelty = toward(
        cluster.novelty, min(1.0, designs / policy.novelty_scale), policy.novelty_rate
    )
    win = small_win(cluster, policy)
    cluster.small_wins = toward(cluster.small_wins, win, policy.win_rate)
    let_down = policy.disappointment * cluster.unmet_orders / cluster.demand
    cluster.reputation = toward(
        cluster.reputation, policy.feedback * win * (1.0 - let_down), policy.reputation_rate
    )
    for o in range(len(world.organisations)):
        organisation = world.organisations[o]
        organisation.benefit = toward(
            organisation.benefit, benefit_of(organisation, cluster, policy), policy.benefit_rate
        )
    keep_books(world)


@rule
def keep_books(world: World) -> None:
    """Add this month to what the run has cost and brought so far."""
    cluster = world.cluster
    cluster.visits_total += cluster.visits
    cluster.trainee_months += cluster.active_trainees
    cluster.producer_months += cluster.producers
    cluster.sales_total += cluster.sales
    cluster.spent = 0.0
    for o in range(len(world.organisations)):
        organisation = world.organisations[o]
        organisation.spent_total += organisation.spent
        cluster.spent += organisation.spent
    cluster.spent_total += cluster.spent
    cluster.total_on_promotion += cluster.spent_on_promotion
    cluster.total_on_toolkit += cluster.spent_on_toolkit
    cluster.total_on_workshop += cluster.spent_on_workshop
    cluster.total_on_waste += cluster.spent_on_waste
    cluster.total_on_reward += cluster.spent_on_reward
    cluster.total_on_training += cluster.spent_on_training
    cluster.total_on_visits += cluster.spent_on_visits
