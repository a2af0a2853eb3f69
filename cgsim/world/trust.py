"""Step 2: trust building between organisations (membangun kepercayaan; E20, AG4, AG7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .helpers import toward, trust_after
from .rule import rule
from .shape import World

if TYPE_CHECKING:
    from ..state import OrganisationState, PactState


@rule
def judge(pact: PactState, own: OrganisationState, other: OrganisationState, world: World) -> None:
    """One organisation judges another by whether it came to the meeting.

    Gain is doubled and loss halved between organisations (*assumption*).
    """
    policy = world.policy
    both = own.attended > 0.0 and other.attended > 0.0
    pact.trust = trust_after(
        pact.trust,
        world.cluster.dialogue_quality if both else 0.0,
        0.0 if other.attended > 0.0 else 1.0,
        policy.pact_gain * policy.gain,
        policy.pact_loss * policy.loss,
    )


@rule
def build_trust(world: World) -> None:
    """Step 2: pacts after the meeting, then a slow return to what the prehistory left."""
    policy, cluster = world.policy, world.cluster
    organisations = world.organisations
    level = policy.pact_floor * policy.initial_trust
    total, pairs = 0.0, 0
    for o in range(len(organisations)):
        for p in range(len(organisations)):
            if o != p:
                pact = world.pacts[o][p]
                present = organisations[o].present > 0.0 and organisations[p].present > 0.0
                if present and cluster.meeting > 0.0:
                    judge(pact, organisations[o], organisations[p], world)
                pact.trust = toward(pact.trust, level, policy.pact_erosion)
                if present:
                    total += pact.trust
                    pairs += 1
    cluster.organisation_trust = total / pairs if pairs > 0 else mean_tie_trust(world)


@rule
def mean_tie_trust(world: World) -> float:
    """Mean trust of active trainees in all organisations; the prehistory if there are none."""
    active = int(world.cluster.active_trainees)
    if active == 0:
        return world.cluster.prehistory
    organisations = len(world.organisations)
    total = 0.0
    for k in range(active):
        ties = world.ties[world.active[k]]
        for o in range(organisations):
            total += ties[o].trust
    return total / (active * organisations)
