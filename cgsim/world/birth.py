"""How a world begins (section 2 of the specification); whatever is not named starts at 0."""

from __future__ import annotations

from .draws import BIRTH, BIRTH_TRUST, draw, normal_quantile, uniform
from .helpers import clip
from .interventions import set_persistence
from .rule import rule
from .shape import World


@rule
def birth(world: World) -> None:
    """Give every actor its start values; run once, before month 0."""
    for i in range(len(world.trainees)):
        beget(world, i)
    set_persistence(world)
    for i in range(len(world.trainees)):
        trainee = world.trainees[i]
        trainee.commitment = clip(
            world.policy.birth_commitment
            + world.policy.birth_commitment_persistence * trainee.persistence,
            0.0,
            1.0,
        )
    found_organisations(world)
    found_cluster(world)


@rule
def beget(world: World, i: int) -> None:
    """Persistence, skill, goal and first trust of one person, by that person's own luck."""
    policy, trainee = world.policy, world.trainees[i]
    persistence, skill, goal, _ = draw(world.luck, BIRTH, i, 0, 0)
    trainee.persistence_z = normal_quantile(persistence)
    trainee.skill = policy.birth_skill * skill
    trainee.goal = goal
    trainee.peer_trust = policy.birth_peer_trust
    trainee.admitted_by = -1
    trainee.effort = 1.0
    trust = 0.0
    for o in range(len(world.organisations)):
        tie = world.ties[i][o]
        z = normal_quantile(uniform(world.luck, BIRTH_TRUST, i, 0, o))
        tie.trust = clip(policy.initial_trust + policy.birth_trust_sd * z, 0.0, 1.0)
        tie.presence = 1.0
        trust += tie.trust
    trainee.mean_trust = trust / len(world.organisations)


@rule
def found_organisations(world: World) -> None:
    """Commitment and benefit at the start; pacts at the level of the prehistory (E6, E12)."""
    policy = world.policy
    for o in range(len(world.organisations)):
        organisation = world.organisations[o]
        organisation.commitment = policy.birth_organisation_commitment
        organisation.benefit = policy.birth_benefit
        for p in range(len(world.organisations)):
            world.pacts[o][p].trust = policy.initial_trust


@rule
def found_cluster(world: World) -> None:
    """Where the cluster stands before the programme (E7–E10)."""
    policy, cluster = world.policy, world.cluster
    cluster.dialogue_quality = policy.birth_dialogue_quality
    cluster.small_wins = policy.birth_small_wins
    cluster.reputation = policy.birth_reputation
    cluster.equipment = policy.birth_equipment
    cluster.waste_treatment = policy.birth_waste_treatment
    cluster.market_reach = policy.birth_market_reach
    cluster.prehistory = policy.initial_trust
    total = 0.0
    for o in range(len(world.organisations)):
        total += world.organisations[o].goal
    cluster.mean_goal = total / len(world.organisations)
