"""Step 6: monitoring visits and the trust of trainees (E16, E17, E32, E35, E36, E51)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from .delivery import pay
from .draws import VISIT, uniform
from .helpers import clip, due, trust_after
from .rule import rule
from .shape import World

if TYPE_CHECKING:
    from ..parameters import Policy
    from ..state import OrganisationState, TieState, TraineeState


@rule
def visit_probability(organisation: OrganisationState, world: World, month: int) -> float:
    """Probability that an organisation visits a given active trainee this month."""
    active = world.cluster.active_trainees
    if (
        organisation.present == 0.0
        or active == 0.0
        or not due(month, organisation.monitoring_interval)
    ):
        return 0.0
    policy = world.policy
    capacity = policy.capacity_floor + policy.capacity_slope * organisation.commitment
    return min(1.0, organisation.visits * capacity / active) * organisation.budget_factor


@rule
def promise_breach(promised_interval: float, months_unvisited: int, policy: Policy) -> float:
    """How far a promise of follow-up is broken: a broken promise weighs more than none.

    A promise is broken once nobody came for longer than promised; where none was given (0),
    long silence disappoints a little all the same (E35, E36).
    """
    if promised_interval > 0.0:
        overdue = months_unvisited - max(promised_interval, policy.promise_grace)
        weight = policy.broken_promise
    else:
        overdue = months_unvisited - policy.no_promise_grace
        weight = policy.no_promise
    if overdue <= 0.0:
        return 0.0
    return weight * (1.0 - math.exp(-overdue / policy.breach_months))


@rule
def visit(tie: TieState, policy: Policy) -> None:
    """Somebody came: the tie is fresh, trust rises."""
    tie.months_unvisited = 0
    tie.presence = 1.0
    tie.trust = trust_after(tie.trust, policy.visit_contact, 0.0, policy.gain, policy.loss)


@rule
def miss(
    tie: TieState, promised_interval: float, contact: float, fading: float, policy: Policy
) -> None:
    """Nobody came: presence fades, and trust with every month beyond the promise.

    Parameters
    ----------
    contact : float
        Contact at this month's meeting, if the trainee was there.
    fading : float
        What is left of a visit's presence after one more month.
    """
    tie.months_unvisited += 1
    tie.presence *= fading
    breach = promise_breach(promised_interval, tie.months_unvisited, policy)
    tie.trust = trust_after(tie.trust, contact, breach, policy.gain, policy.loss)


@rule
def follow_up(world: World, i: int, trainee: TraineeState, month: int, fading: float) -> None:
    """Visits to one trainee, and what they leave: trust, support, the duty to practise.

    Every organisation of the scenario counts, present or gone: its promise stays broken.
    """
    policy = world.policy
    contact = 0.0
    if trainee.attended == 1:
        contact = policy.meeting_contact * world.cluster.dialogue_quality
    alone, trust, obligation, visits = 1.0, 0.0, 0.0, 0
    for o in range(len(world.organisations)):
        organisation, tie = world.organisations[o], world.ties[i][o]
        if visited(world, organisation, i, o, month):
            visit(tie, policy)
            visits += 1
        else:
            miss(tie, organisation.promised_interval, contact, fading, policy)
        alone *= 1.0 - policy.visit_support * tie.presence
        trust += tie.trust
        if organisation.practice_obligation > 0.0 and organisation.monitoring_interval > 0.0:
            obligation = max(obligation, organisation.practice_obligation * tie.presence)
    crowd = policy.crowding * (visits - 1) if visits > 1 else 0.0
    trainee.support = clip(1.0 - alone - crowd, 0.0, 1.0)
    trainee.mean_trust = trust / len(world.organisations)
    trainee.obligation = obligation
    trainee.visits = visits


@rule
def visited(world: World, organisation: OrganisationState, i: int, o: int, month: int) -> bool:
    """Whether an organisation comes, has the money left, and pays for the visit."""
    if organisation.visit_probability == 0.0:
        return False
    cost = world.policy.cost_visit
    if (
        uniform(world.luck, VISIT, i, month, o) >= organisation.visit_probability
        or organisation.spent + cost > organisation.budget
    ):
        return False
    pay(organisation, cost)
    world.cluster.spent_on_visits += cost
    world.cluster.visits += 1.0
    return True


@rule
def monitor(world: World, month: int) -> None:
    """Step 6: every organisation whose round falls due visits whom it can."""
    world.cluster.visits = 0.0
    for o in range(len(world.organisations)):
        organisation = world.organisations[o]
        organisation.visit_probability = visit_probability(organisation, world, month)
    fading = math.exp(-1.0 / world.policy.visit_memory)
    for k in range(int(world.cluster.active_trainees)):
        i = world.active[k]
        follow_up(world, i, world.trainees[i], month, fading)
