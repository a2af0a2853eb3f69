"""Step 5, last part: who applies, who is taken, who enters training (E52, E56)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .delivery import pay
from .draws import APPLICATION, INTAKE_START, draw, normal_quantile, uniform
from .helpers import logistic
from .rule import rule
from .shape import COMMUNITY, LEFT, TRAINING, World

if TYPE_CHECKING:
    from ..parameters import Policy
    from ..state import ClusterState, TraineeState


@rule
def appeal(cluster: ClusterState, policy: Policy) -> float:
    """How much the training appeals this month, in logits: very little to most (E52, N5)."""
    return (
        policy.apply_base
        + policy.apply_reputation * cluster.reputation
        + policy.apply_promotion * cluster.promotion
        + policy.apply_income * min(1.0, cluster.mean_income)
        + policy.apply_reward * cluster.reward
    )


@rule
def application_probability(appealing: float, trainee: TraineeState, policy: Policy) -> float:
    """Probability that one who is asked applies; persistent people rather do."""
    return logistic(
        appealing + policy.apply_persistence * (trainee.persistence - policy.apply_neutral)
    )


@rule
def is_taken(trainee: TraineeState, impression: float, policy: Policy) -> bool:
    """Whether selection lets an applicant pass; it sees persistence only dimly (E56, N26).

    Parameters
    ----------
    impression : float
        Standard normal error of the interview.
    """
    return trainee.persistence + policy.selection_noise * impression > policy.selection


@rule
def take_in(world: World, i: int, o: int) -> None:
    """One person enters training with an organisation that pays for it at once."""
    policy, cluster = world.policy, world.cluster
    trainee, organisation = world.trainees[i], world.organisations[o]
    group_size = int(policy.group_size)
    groups = len(world.trainees) // group_size + 1
    trainee.status = TRAINING
    trainee.months_in_status = 0
    trainee.group = (int(cluster.admissions) // group_size) % groups
    trainee.admitted_by = o
    trainee.training_months = organisation.training_months
    cluster.admissions += 1.0
    if trainee.ever_trained == 0:
        trainee.ever_trained = 1
        cluster.ever_trained += 1.0
    for p in range(len(world.organisations)):
        world.ties[i][p].months_unvisited = 0
        world.ties[i][p].presence = 1.0
    cost = policy.cost_training * organisation.training_months
    pay(organisation, cost)
    cluster.spent_on_training += cost


@rule
def fill_places(world: World, o: int, month: int) -> None:
    """Ask the people of the community once round, from a drawn start, until places are full."""
    places = world.organisations[o].places
    people = len(world.trainees)
    appealing = appeal(world.cluster, world.policy)
    i = int(uniform(world.luck, INTAKE_START, o, month, 0) * people)
    for _ in range(people):
        if places == 0.0:
            return
        trainee = world.trainees[i]
        if trainee.status == COMMUNITY:
            probability = application_probability(appealing, trainee, world.policy)
            trainee.application_probability = probability
            applies, interview, _w, _x = draw(world.luck, APPLICATION, i, month, o)
            if applies < probability and is_taken(
                trainee, normal_quantile(interview), world.policy
            ):
                take_in(world, i, o)
                places -= 1.0
        i += 1
        if i == people:
            i = 0


@rule
def admit(world: World, month: int) -> None:
    """Step 5, last part: organisation by organisation the places are filled."""
    if world.cluster.places > 0.0:
        for o in range(len(world.organisations)):
            fill_places(world, o, month)
        list_active(world)


@rule
def list_active(world: World) -> None:
    """Write down who is in training, artisan or independent, in index order."""
    count = 0
    for i in range(len(world.trainees)):
        status = world.trainees[i].status
        if status != COMMUNITY and status != LEFT:
            world.active[count] = i
            count += 1
    world.cluster.active_trainees = float(count)
