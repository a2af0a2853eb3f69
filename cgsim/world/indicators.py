"""Step 10: the six indicators and the state read from them (E59–E61; evidence 2.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .rule import rule
from .shape import ACTIVE, DYNAMIC, INACTIVE, World

if TYPE_CHECKING:
    from ..parameters import Policy
    from ..state import ClusterState

CUTOFF_SHIFT = 0.05
"""How far both cut-offs are moved to see whether a label or the cluster differs (E61)."""


@rule
def look_at_trainees(world: World) -> None:
    """Means over active trainees at the end of the month."""
    cluster = world.cluster
    active = cluster.active_trainees
    trust, peers, support = 0.0, 0.0, 0.0
    for k in range(int(active)):
        trainee = world.trainees[world.active[k]]
        trust += trainee.mean_trust
        peers += trainee.peer_trust
        support += trainee.support
    if active > 0.0:
        cluster.tie_trust = trust / active
        cluster.peer_trust = peers / active
        cluster.mean_support = support / active
    else:
        cluster.tie_trust = cluster.prehistory
        cluster.peer_trust = world.policy.birth_peer_trust
        cluster.mean_support = 0.0


@rule
def mean_information(world: World) -> float:
    """Mean market information of producers; 0 with none."""
    total = 0.0
    for k in range(int(world.cluster.active_trainees)):
        trainee = world.trainees[world.active[k]]
        if trainee.status > 1:
            total += trainee.market_information
    return total / world.cluster.producers if world.cluster.producers > 0.0 else 0.0


@rule
def measure(world: World) -> None:
    """Step 10: product development, technology, marketing area, skill, trust, information."""
    cluster = world.cluster
    look_at_trainees(world)
    enough = cluster.producers >= world.policy.indicator_producers
    cluster.product_development = cluster.novelty if enough else 0.0
    cluster.technology = cluster.equipment
    cluster.marketing_area = cluster.market_reach
    if not enough:
        cluster.skill = 0.0
    cluster.trust = (cluster.organisation_trust + cluster.tie_trust + cluster.peer_trust) / 3.0
    cluster.market_information = mean_information(world) if enough else 0.0
    cluster.cluster_index = (
        cluster.product_development
        + cluster.technology
        + cluster.marketing_area
        + cluster.skill
        + cluster.trust
        + cluster.market_information
    ) / 6.0


@rule
def nth_largest(cluster: ClusterState, n: int) -> float:
    """Return the n-th largest of the six indicators, n from 1 to 6."""
    six = (
        cluster.product_development,
        cluster.technology,
        cluster.marketing_area,
        cluster.skill,
        cluster.trust,
        cluster.market_information,
    )
    found = 0.0
    for a in six:
        larger, same = 0, 0
        for b in six:
            if b > a:
                larger += 1
            elif b == a:
                same += 1
        if larger < n <= larger + same:
            found = a
    return found


@rule
def closeness(reached: float, cutoff: float, producers: float, floor: float) -> float:
    """How near a state is, 1 when reached: the scarcer of indicators and producers."""
    return min(reached / cutoff, producers / floor)


@rule
def raw_state(
    active: float, dynamic: float, producers: float, policy: Policy, shift: float
) -> float:
    """Return the state that this month's indicators show, with both cut-offs shifted.

    Parameters
    ----------
    active, dynamic : float
        The indicator that decides on each state: the fourth and the fifth largest.
    """
    if closeness(dynamic, policy.dynamic_cutoff + shift, producers, policy.dynamic_producers) >= 1:
        return float(DYNAMIC)
    if closeness(active, policy.active_cutoff + shift, producers, policy.active_producers) >= 1:
        return float(ACTIVE)
    return float(INACTIVE)


@rule
def settle(
    state: float, pending: float, months: float, raw: float, hold: float
) -> tuple[float, float, float]:
    """Return state, pending state and months pending after one more month of a raw state.

    A state changes when another has been shown for `hold` months on end.
    """
    if raw == state:
        return state, raw, 0.0
    months = months + 1.0 if raw == pending else 1.0
    if months >= hold:
        return raw, raw, 0.0
    return state, raw, months


@rule
def classify(world: World, month: int) -> None:
    """Step 10: the state, how near the next one is, and the same at shifted cut-offs."""
    policy, cluster = world.policy, world.cluster
    hold, producers = policy.hold_months, cluster.producers
    active = nth_largest(cluster, int(policy.active_indicators))
    dynamic = nth_largest(cluster, int(policy.dynamic_indicators))
    cluster.closeness_active = closeness(
        active, policy.active_cutoff, producers, policy.active_producers
    )
    cluster.closeness_dynamic = closeness(
        dynamic, policy.dynamic_cutoff, producers, policy.dynamic_producers
    )
    cluster.raw_state = raw_state(active, dynamic, producers, policy, 0.0)
    cluster.state, cluster.pending, cluster.months_pending = settle(
        cluster.state, cluster.pending, cluster.months_pending, cluster.raw_state, hold
    )
    lenient = raw_state(active, dynamic, producers, policy, -CUTOFF_SHIFT)
    cluster.state_lenient, cluster.pending_lenient, cluster.months_pending_lenient = settle(
        cluster.state_lenient,
        cluster.pending_lenient,
        cluster.months_pending_lenient,
        lenient,
        hold,
    )
    strict = raw_state(active, dynamic, producers, policy, CUTOFF_SHIFT)
    cluster.state_strict, cluster.pending_strict, cluster.months_pending_strict = settle(
        cluster.state_strict, cluster.pending_strict, cluster.months_pending_strict, strict, hold
    )
    keep_history(cluster, month)


@rule
def keep_history(cluster: ClusterState, month: int) -> None:
    """Months spent in each state and, once reached, after how many months."""
    if cluster.state == DYNAMIC:
        cluster.months_dynamic += 1.0
        if cluster.months_to_dynamic == 0.0:
            cluster.months_to_dynamic = month + 1.0
    if cluster.state == ACTIVE:
        cluster.months_active += 1.0
    if cluster.state == INACTIVE:
        cluster.months_inactive += 1.0
    elif cluster.months_to_active == 0.0:
        cluster.months_to_active = month + 1.0
