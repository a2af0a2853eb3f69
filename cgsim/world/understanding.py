"""Step 3: shared understanding (pemahaman bersama; E22, E64, AG1)."""

from __future__ import annotations

from .draws import GOAL_DRIFT, normal_quantile, uniform
from .helpers import clip, toward
from .rule import rule
from .shape import World


@rule
def common_goal(world: World) -> float:
    """Weighted mean goal of who attends the meeting; −1 if nobody does.

    Trainees weigh by their commitment and by how far they are empowered (AG1).
    """
    weight = (
        world.policy.community_weight
        + (1.0 - world.policy.community_weight) * world.policy.empowerment
    )
    total, weights = 0.0, 0.0
    for o in range(len(world.organisations)):
        if world.organisations[o].attended > 0.0:
            total += world.organisations[o].goal
            weights += 1.0
    for k in range(int(world.cluster.active_trainees)):
        trainee = world.trainees[world.active[k]]
        if trainee.attended == 1:
            total += weight * trainee.commitment * trainee.goal
            weights += weight * trainee.commitment
    return total / weights if weights > 0.0 else -1.0


@rule
def converge(world: World) -> None:
    """Who attended moves towards the common goal, the faster the better the talk."""
    goal = common_goal(world)
    if goal < 0.0:
        return
    rate = world.policy.goal_convergence * world.cluster.dialogue_quality
    for o in range(len(world.organisations)):
        organisation = world.organisations[o]
        if organisation.attended > 0.0:
            organisation.goal = toward(organisation.goal, goal, rate)
    for k in range(int(world.cluster.active_trainees)):
        trainee = world.trainees[world.active[k]]
        if trainee.attended == 1:
            trainee.goal = toward(trainee.goal, goal, rate * trainee.commitment)


@rule
def drift(world: World, month: int) -> None:
    """Goals of all organisations, present or gone, wander a little every month (E25)."""
    for o in range(len(world.organisations)):
        organisation = world.organisations[o]
        z = normal_quantile(uniform(world.luck, GOAL_DRIFT, o, month, 0))
        organisation.goal = clip(organisation.goal + world.policy.goal_drift * z, 0.0, 1.0)


@rule
def mean_trainee_goal(world: World, otherwise: float) -> float:
    """Mean goal of active trainees, or `otherwise` if there are none."""
    active = int(world.cluster.active_trainees)
    total = 0.0
    for k in range(active):
        total += world.trainees[world.active[k]].goal
    return total / active if active > 0 else otherwise


@rule
def understand(world: World, month: int) -> None:
    """Step 3: goals converge at a meeting, drift always; how close are they now?

    With one organisation its goal is held against the trainees'; with none, shared
    understanding stays as it was last.
    """
    cluster = world.cluster
    if cluster.meeting > 0.0:
        converge(world)
    drift(world, month)
    present = cluster.organisations_present
    if present == 0.0:
        return
    total = 0.0
    for o in range(len(world.organisations)):
        if world.organisations[o].present > 0.0:
            total += world.organisations[o].goal
    cluster.mean_goal = total / present
    centre = cluster.mean_goal
    if present == 1.0:
        centre = mean_trainee_goal(world, centre)
    distance = 0.0
    for o in range(len(world.organisations)):
        if world.organisations[o].present > 0.0:
            distance += abs(world.organisations[o].goal - centre)
    cluster.shared_understanding = max(0.0, 1.0 - world.policy.disagreement * distance / present)
