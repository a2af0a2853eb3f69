"""Step 7: six named reasons to leave, and coming back (E53, E54, N19, N24, N25)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from .draws import PERSON_MONTH, draw
from .rule import rule
from .shape import COMMUNITY, INDEPENDENT, LEFT, World

if TYPE_CHECKING:
    from ..parameters import Policy
    from ..state import ClusterState, GroupState, TraineeState


class HazardTerms(NamedTuple):
    """The six reasons to leave, as logs of the factor by which each raises the hazard."""

    skill: float
    persistence: float
    support: float
    trust: float
    income: float
    peers: float


@rule
def hazard_terms(trainee: TraineeState, earning: float, policy: Policy) -> HazardTerms:
    """What pushes one out (above 0) and what holds one (below 0) this month.

    Unskilled work discourages (E53), persistence holds (E54), and so do support (N30),
    kept promises (E35), income (N19) and peers (N25).
    """
    return HazardTerms(
        policy.leave_skill * (policy.neutral_skill - trainee.skill),
        -policy.leave_persistence * (trainee.persistence - policy.neutral_persistence),
        -policy.leave_support * (trainee.support - policy.neutral_support),
        -policy.leave_trust * (trainee.mean_trust - policy.neutral_trust),
        -policy.leave_income * (earning - policy.neutral_income),
        -policy.leave_peers * (trainee.peer_trust - policy.neutral_peers),
    )


@rule
def leaving_hazard(terms: HazardTerms, status: int, policy: Policy) -> float:
    """Hazard of leaving per month; vocational programmes lose some 10 % a month (N24)."""
    total = (
        terms.skill + terms.persistence + terms.support + terms.trust + terms.income + terms.peers
    )
    hazard = policy.leave_hazard * math.exp(total)
    return hazard * policy.independent_hazard if status == INDEPENDENT else hazard


@rule
def leave_probability(trainee: TraineeState, earning: float, policy: Policy) -> float:
    """Probability of leaving this month, 1 − e^(−hazard); hazard and terms are kept."""
    terms = hazard_terms(trainee, earning, policy)
    trainee.hazard_skill = terms.skill
    trainee.hazard_persistence = terms.persistence
    trainee.hazard_support = terms.support
    trainee.hazard_trust = terms.trust
    trainee.hazard_income = terms.income
    trainee.hazard_peers = terms.peers
    trainee.hazard = leaving_hazard(terms, trainee.status, policy)
    return 1.0 - math.exp(-trainee.hazard)


@rule
def is_too_hard(trainee: TraineeState) -> bool:
    """Whether the want of skill is the largest of this month's six reasons (E53, N3)."""
    return trainee.hazard_skill >= max(
        trainee.hazard_persistence,
        trainee.hazard_support,
        trainee.hazard_trust,
        trainee.hazard_income,
        trainee.hazard_peers,
    )


@rule
def leave(trainee: TraineeState, group: GroupState, cluster: ClusterState) -> None:
    """One gives up: no income, nothing made this month; all else stays with the person."""
    if is_too_hard(trainee):
        cluster.difficulty_exits += 1.0
    trainee.status = LEFT
    trainee.months_in_status = 0
    trainee.income = 0.0
    trainee.output = 0.0
    group.left_this_month += 1
    cluster.left += 1.0


@rule
def stay_away(world: World, i: int, trainee: TraineeState, month: int) -> None:
    """One who left forgets and, after a year, may return to the community."""
    policy = world.policy
    trainee.months_in_status += 1
    trainee.visits = 0
    trainee.attended = 0
    trainee.skill *= 1.0 - policy.forgetting
    if trainee.months_in_status > policy.return_after:
        luck = draw(world.luck, PERSON_MONTH, i, month, 0)
        if luck[3] < policy.return_probability:
            trainee.status = COMMUNITY
            trainee.months_in_status = 0
