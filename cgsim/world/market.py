"""Step 8: market reach, orders, price and income (E42–E46, N1, N2, N6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .helpers import clip, toward
from .rule import rule
from .shape import INDEPENDENT, TRAINING, World

if TYPE_CHECKING:
    from ..parameters import Policy
    from ..state import ClusterState


@rule
def count_producers(world: World) -> None:
    """Who produces now, how well, and how much was made this month."""
    cluster = world.cluster
    producers, independents, skill, output = 0.0, 0.0, 0.0, 0.0
    for k in range(int(cluster.active_trainees)):
        trainee = world.trainees[world.active[k]]
        if trainee.status != TRAINING:
            producers += 1.0
            skill += trainee.skill
            output += trainee.output
            if trainee.status == INDEPENDENT:
                independents += 1.0
    cluster.producers = producers
    cluster.independents = independents
    cluster.skill = skill / producers if producers > 0.0 else 0.0
    cluster.output = output


@rule
def market_building(cluster: ClusterState, policy: Policy) -> float:
    """Promotion carries as far as skill and novelty deserve.

    Buyers beyond the district ask for waste treatment (*assumption*).
    """
    built = cluster.promotion * (
        policy.market_floor
        + policy.market_skill * cluster.skill
        + policy.market_novelty * cluster.novelty
    )
    if cluster.waste_treatment < policy.waste_threshold:
        built = min(built, policy.untreated_waste_cap)
    return built


@rule
def set_price(cluster: ClusterState, policy: Policy) -> float:
    """Price of a unit (a full month's work, about 20 pieces) in Rp million (N2, N9)."""
    return (
        policy.price_scale
        * policy.minimum_wage
        * (
            policy.price_floor
            + policy.price_skill * cluster.skill
            + policy.price_novelty * cluster.novelty
        )
    )


@rule
def pay_out(world: World, share: float) -> None:
    """Everybody earns by what they made this month and the share of it that was sold.

    Parameters
    ----------
    share : float
        Share of the month's output that found a buyer.
    """
    policy, cluster = world.policy, world.cluster
    per_unit = (1.0 - policy.material_share) * cluster.price * share
    total, above, jobs = 0.0, 0.0, 0.0
    for k in range(int(cluster.active_trainees)):
        trainee = world.trainees[world.active[k]]
        if trainee.status != TRAINING:
            earned = per_unit * trainee.output
            trainee.income = toward(trainee.income, earned, policy.income_rate)
            total += trainee.income
            if trainee.status == INDEPENDENT:
                if trainee.income > policy.minimum_wage:
                    above += 1.0
                if trainee.income > policy.job_income * policy.minimum_wage:
                    jobs += 1.0
    cluster.household_income = total
    cluster.independents_above_wage = above
    cluster.jobs = jobs
    cluster.mean_income = 0.0
    if cluster.producers > 0.0:
        cluster.mean_income = total / cluster.producers / policy.minimum_wage


@rule
def sell(world: World) -> None:
    """Step 8: demand meets what was made; orders beyond it stay unmet (N6)."""
    policy, cluster = world.policy, world.cluster
    count_producers(world)
    target = clip(policy.reach_scale * market_building(cluster, policy), policy.reach_floor, 1.0)
    cluster.market_reach = toward(cluster.market_reach, target, policy.reach_rate)
    cluster.demand = policy.demand_base + policy.demand_reach * cluster.market_reach
    cluster.price = set_price(cluster, policy)
    sold = min(cluster.demand, cluster.output)
    cluster.unmet_orders = max(0.0, cluster.demand - cluster.output)
    cluster.sales = cluster.price * sold
    cluster.local_revenue = policy.local_levy * cluster.sales
    pay_out(world, sold / cluster.output if cluster.output > 0.0 else 0.0)
