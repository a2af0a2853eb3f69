"""Step 4: organisations' commitment to the process (komitmen pada proses; E21, AG2, AG9)."""

from __future__ import annotations

from .helpers import logistic, toward
from .rule import rule
from .shape import World


@rule
def commitment_level(world: World, benefit: float) -> float:
    """Where an organisation's commitment tends: trust, understanding, benefit, mutual need."""
    policy, cluster = world.policy, world.cluster
    return logistic(
        policy.commit_base
        + policy.commit_trust * cluster.organisation_trust
        + policy.commit_understanding * cluster.shared_understanding
        + policy.commit_benefit * benefit
        + policy.commit_interdependence * policy.interdependence
    )


@rule
def commit(world: World) -> None:
    """Step 4: who is present moves towards that level; who is gone stands still."""
    total = 0.0
    for o in range(len(world.organisations)):
        organisation = world.organisations[o]
        if organisation.present > 0.0:
            level = commitment_level(world, organisation.benefit)
            organisation.commitment = toward(
                organisation.commitment, level, world.policy.commit_rate
            )
            total += organisation.commitment
    present = world.cluster.organisations_present
    world.cluster.commitment = total / present if present > 0.0 else 0.0
