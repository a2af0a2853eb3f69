"""Step 7: practice and learning, market information, new designs (E34, E38–E41, N32)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .helpers import clip, logistic, toward
from .rule import rule
from .shape import ARTISAN, INDEPENDENT

if TYPE_CHECKING:
    from ..parameters import Policy
    from ..state import ClusterState, TraineeState


@rule
def practice_probability(trainee: TraineeState, policy: Policy) -> float:
    """Probability of practising this month (E34, E54, N30); who gives more time does so oftener."""
    return logistic(
        policy.practise_base
        + policy.practise_persistence * trainee.persistence
        + policy.practise_support * trainee.support
        + policy.practise_commitment * trainee.commitment
        + policy.practise_obligation * trainee.obligation
        + policy.practise_effort * (trainee.effort - 1.0)
    )


@rule
def learning_rate(trainee: TraineeState, cluster: ClusterState, policy: Policy) -> float:
    """Share of what is left to learn, learnt in a month of practice after training (E41)."""
    floor = policy.learning_floor_support
    return (
        policy.learning_rate
        * (floor + (1.0 - floor) * trainee.support)
        * (policy.learning_floor_equipment + policy.learning_slope_equipment * cluster.equipment)
    )


@rule
def made(trainee: TraineeState, cluster: ClusterState, policy: Policy) -> float:
    """Units made in a month of practice; 1 is a skilled maker's full month (N2)."""
    floor = policy.output_floor_skill
    return (floor + (1.0 - floor) * trainee.skill) * (
        policy.output_floor_equipment + policy.output_slope_equipment * cluster.equipment
    )


@rule
def train(trainee: TraineeState, practised: bool, cluster: ClusterState, policy: Policy) -> None:
    """A month of training (E38–E40); at its end one is an artisan."""
    trainee.output = 0.0
    if practised:
        rate = policy.training_rate * min(1.0, trainee.training_months)
        trainee.skill = toward(trainee.skill, 1.0, rate)
    if trainee.months_in_status >= trainee.training_months:
        trainee.status = ARTISAN
        trainee.months_in_status = 0
        cluster.graduations += 1.0


@rule
def practise(trainee: TraineeState, practised: bool, cluster: ClusterState, policy: Policy) -> None:
    """Practise and make something, or forget (N32); who is skilled long enough stands alone."""
    if practised:
        trainee.skill = toward(trainee.skill, 1.0, learning_rate(trainee, cluster, policy))
        trainee.output = made(trainee, cluster, policy)
    else:
        trainee.skill *= 1.0 - policy.forgetting
        trainee.output = 0.0
    if (
        trainee.status == ARTISAN
        and trainee.skill > policy.independent_skill
        and trainee.months_in_status > policy.independent_months
    ):
        trainee.status = INDEPENDENT
        trainee.months_in_status = 0


@rule
def exchange(
    trainee: TraineeState, group_mean: float, cluster: ClusterState, policy: Policy
) -> None:
    """Market information comes by promotion, support, dialogue and peers, and ages (E45, N7).

    Parameters
    ----------
    group_mean : float
        Mean market information of the group's active members before anybody acted.
    """
    known = trainee.market_information
    heard = (
        policy.information_promotion * cluster.promotion
        + policy.information_support * trainee.support
        + policy.information_dialogue
        * cluster.dialogue_quality
        * trainee.attended
        * trainee.commitment
    )
    shared = policy.information_peers * trainee.peer_trust * max(0.0, group_mean - known)
    trainee.market_information = clip(
        policy.information_memory * known + (1.0 - known) * heard + shared, 0.0, 1.0
    )


@rule
def design_probability(trainee: TraineeState, cluster: ClusterState, policy: Policy) -> float:
    """Probability of a new design: skill, knowledge of the market, parts that fit (E60)."""
    informed = policy.design_floor_information
    fitting = policy.delivery_floor
    delivered = policy.design_floor_delivery
    fit = fitting + (1.0 - fitting) * cluster.shared_understanding
    return (
        policy.design_rate
        * trainee.skill
        * (informed + (1.0 - informed) * trainee.market_information)
        * (delivered + (1.0 - delivered) * fit)
    )
