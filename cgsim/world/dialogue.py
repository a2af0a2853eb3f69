"""Step 1: face-to-face dialogue (tatap muka; E19, AG1, AG8, AG11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .draws import ORGANISATION_ATTENDS, TRAINEE_ATTENDS, uniform
from .helpers import clip, due
from .rule import rule
from .shape import ALWAYS, NEVER_COMES, World

if TYPE_CHECKING:
    from ..parameters import Policy
    from ..state import OrganisationState


@rule
def attendance_probability(organisation: OrganisationState, policy: Policy) -> float:
    """Probability that an organisation sends somebody; a mandate fills chairs (AG8).

    Who has decided to come always, or never, does so whatever the mandate.
    """
    if organisation.attends == ALWAYS:
        return 1.0
    if organisation.attends == NEVER_COMES:
        return 0.0
    willing = policy.attendance_floor + (1.0 - policy.attendance_floor) * organisation.commitment
    return max(policy.mandate, willing)


@rule
def power_imbalance(world: World) -> float:
    """Imbalance of resources, 0 equal … 1 one holds all: concentration of budgets (E6, AG1)."""
    total, present = 0.0, 0
    for o in range(len(world.organisations)):
        if world.organisations[o].present > 0.0:
            present += 1
            total += world.organisations[o].budget
    concentration = 0.0
    if present > 1 and total > 0.0:
        squares = 0.0
        for o in range(len(world.organisations)):
            if world.organisations[o].present > 0.0:
                share = world.organisations[o].budget / total
                squares += share * share
        concentration = (squares - 1.0 / present) / (1.0 - 1.0 / present)
    return clip(concentration + world.policy.extra_imbalance, 0.0, 1.0)


@rule
def voice(imbalance: float, policy: Policy) -> float:
    """How far the weak are heard: rules, leadership and empowerment offset imbalance (AG1)."""
    return 1.0 - imbalance * (1.0 - policy.ground_rules) * (
        1.0 - policy.leadership_voice * policy.leadership
    ) * (1.0 - policy.empowerment)


@rule
def meeting_quality(share: float, heard: float, commitment: float, policy: Policy) -> float:
    """Quality of a meeting in [0, 1] (E15, E18, AG12).

    Parameters
    ----------
    share : float
        Attending organisations / present ones.
    heard : float
        `voice`.
    commitment : float
        Mean commitment of active trainees.
    """
    led = policy.dialogue_floor_leadership
    ruled = policy.dialogue_floor_rules
    held = policy.dialogue_floor_commitment
    return (
        share
        * heard
        * (led + (1.0 - led) * policy.leadership)
        * (ruled + (1.0 - ruled) * policy.ground_rules)
        * (held + (1.0 - held) * commitment)
    )


@rule
def gather_organisations(world: World, month: int) -> float:
    """Organisations decide whether to attend; returns how many do."""
    attending = 0.0
    for o in range(len(world.organisations)):
        organisation = world.organisations[o]
        if organisation.present > 0.0:
            probability = attendance_probability(organisation, world.policy)
            organisation.attendance_probability = probability
            if uniform(world.luck, ORGANISATION_ATTENDS, o, month, 0) < probability:
                organisation.attended = 1.0
                attending += 1.0
    return attending


@rule
def gather_trainees(world: World, month: int) -> float:
    """Each active trainee attends with probability its commitment (E19).

    Returns the mean commitment of active trainees.
    """
    cluster = world.cluster
    active = int(cluster.active_trainees)
    total, came = 0.0, 0.0
    for k in range(active):
        i = world.active[k]
        trainee = world.trainees[i]
        total += trainee.commitment
        if uniform(world.luck, TRAINEE_ATTENDS, i, month, 0) < trainee.commitment:
            trainee.attended = 1
            came += 1.0
    cluster.attendance = came / active if active > 0 else 0.0
    return total / active if active > 0 else world.policy.absent_commitment


@rule
def meet(world: World, month: int) -> None:
    """Step 1: hold the meeting if one is due, else let the quality of dialogue fade."""
    cluster = world.cluster
    cluster.meeting = 0.0
    cluster.organisations_present = 0.0
    for o in range(len(world.organisations)):
        world.organisations[o].attended = 0.0
        cluster.organisations_present += world.organisations[o].present
    for k in range(int(cluster.active_trainees)):
        world.trainees[world.active[k]].attended = 0
    if cluster.organisations_present == 0.0 or not due(month, world.policy.meeting_interval):
        cluster.dialogue_quality *= world.policy.dialogue_memory
        return
    attending = gather_organisations(world, month)
    commitment = gather_trainees(world, month)
    cluster.meeting = 1.0
    if attending >= 2.0:
        cluster.forums += 1.0
        cluster.turns = cluster.forums - 1.0
    cluster.dialogue_quality = meeting_quality(
        attending / cluster.organisations_present,
        voice(power_imbalance(world), world.policy),
        commitment,
        world.policy,
    )
