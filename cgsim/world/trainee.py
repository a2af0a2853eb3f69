"""Step 7: one month of every trainee, from peers and commitment to a new design."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .admission import list_active
from .draws import PERSON_MONTH, draw
from .helpers import logistic, toward, trust_after
from .leaving import leave, leave_probability, stay_away
from .practice import design_probability, exchange, practice_probability, practise, train
from .rule import rule
from .shape import CIRCLES, COMMUNITY, LEFT, TRAINING, World

if TYPE_CHECKING:
    from ..parameters import Policy
    from ..state import ClusterState, GroupState, TraineeState


@rule
def effort_of(group: int, policy: Policy) -> float:
    """Return the time that a group gives to the work, as its circle has decided (N16, N19).

    Groups fall into circles in turn: group 0 into the first, group 1 into the second.
    """
    circle = group % CIRCLES
    if circle == 0:
        return policy.effort_first
    if circle == 1:
        return policy.effort_second
    if circle == 2:
        return policy.effort_third
    return policy.effort_fourth


@rule
def net_earning(trainee: TraineeState, policy: Policy) -> float:
    """Income less the worth of extra time, in minimum wages; income counts up to one (N19)."""
    earned = min(1.0, trainee.income / policy.minimum_wage)
    return earned - policy.effort_time * (trainee.effort - 1.0)


@rule
def gather_groups(world: World) -> None:
    """Sum up each group as it stands before anybody acts this month."""
    for g in range(len(world.groups)):
        group = world.groups[g]
        group.members = 0
        group.commitment = 0.0
        group.market_information = 0.0
        group.left_last_month = group.left_this_month
        group.left_this_month = 0
    for k in range(int(world.cluster.active_trainees)):
        trainee = world.trainees[world.active[k]]
        group = world.groups[trainee.group]
        group.members += 1
        group.commitment += trainee.commitment
        group.market_information += trainee.market_information


@rule
def meet_peers(trainee: TraineeState, group: GroupState, policy: Policy) -> None:
    """Peers who hold on build trust; one who left last month shakes it (N19, N25)."""
    others = group.members - 1
    contact = 0.0
    if others > 0:
        company = min(1.0, others / policy.peer_company)
        contact = (group.commitment - trainee.commitment) / others * company
    breach = policy.peer_breach if group.left_last_month > 0 else 0.0
    trainee.peer_trust = trust_after(
        trainee.peer_trust, contact, breach, policy.peer_gain, policy.peer_loss
    )


@rule
def hold_on(trainee: TraineeState, earning: float, cluster: ClusterState, policy: Policy) -> None:
    """Commitment of a trainee: persistence, trust, a shared goal, income, reward (E20, E58).

    Parameters
    ----------
    earning : float
        Income less the worth of extra time, in minimum wages (`net_earning`).
    """
    level = logistic(
        policy.hold_base
        + policy.hold_persistence * trainee.persistence
        + policy.hold_trust * trainee.mean_trust
        + policy.hold_goal * (1.0 - abs(trainee.goal - cluster.mean_goal))
        + policy.hold_income * earning
        + policy.hold_reward * cluster.reward
    )
    trainee.commitment = toward(trainee.commitment, level, policy.hold_rate)


@rule
def live_a_month(world: World, i: int, trainee: TraineeState, month: int) -> None:
    """One active trainee's month, each part using the new values of the one before."""
    policy, cluster, group = world.policy, world.cluster, world.groups[trainee.group]
    leaves, practises, designs, _ = draw(world.luck, PERSON_MONTH, i, month, 0)
    trainee.months_in_status += 1
    trainee.effort = effort_of(trainee.group, policy)
    earning = net_earning(trainee, policy)
    meet_peers(trainee, group, policy)
    hold_on(trainee, earning, cluster, policy)
    if leaves < leave_probability(trainee, earning, policy):
        leave(trainee, group, cluster)
        return
    trainee.practice_probability = practice_probability(trainee, policy)
    practised = practises < trainee.practice_probability
    if trainee.status == TRAINING:
        train(trainee, practised, cluster, policy)
        return
    practise(trainee, practised, cluster, policy)
    exchange(trainee, group.market_information / group.members, cluster, policy)
    trainee.design_probability = design_probability(trainee, cluster, policy)
    if designs < trainee.design_probability:
        cluster.new_designs += 1.0


@rule
def live(world: World, month: int) -> None:
    """Step 7: everybody's month, in index order."""
    world.cluster.new_designs = 0.0
    gather_groups(world)
    for i in range(len(world.trainees)):
        trainee = world.trainees[i]
        if trainee.status == LEFT:
            stay_away(world, i, trainee, month)
        elif trainee.status != COMMUNITY:
            live_a_month(world, i, trainee, month)
    list_active(world)
