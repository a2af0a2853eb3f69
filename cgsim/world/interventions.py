"""Step 0: levers change, at a month or in answer to what the last month showed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .helpers import clip
from .rule import rule
from .shape import World

if TYPE_CHECKING:
    from ..state import InterventionState


@rule
def holds(value: float, sense: int, bound: float) -> bool:
    """Whether a quantity has passed its bound: below, at most, above, at least."""
    if sense == 0:
        return value < bound
    if sense == 1:
        return value <= bound
    if sense == 2:
        return value > bound
    return value >= bound


@rule
def change(world: World, first: int, end: int) -> None:
    """Give every lever named by the changes first … end−1 its new value."""
    for k in range(first, end):
        world.cells[world.changes[k].cell] = world.changes[k].value


@rule
def react(world: World, plan: InterventionState) -> bool:
    """Act in the first month in which the condition has held long enough, undo after it.

    Returns whether a lever changed.
    """
    if not holds(world.cells[plan.quantity], plan.sense, plan.bound):
        plan.held = 0
        if plan.acting == 0:
            return False
        plan.acting = 0
        change(world, plan.first_else, plan.end)
        return True
    plan.held += 1
    if plan.acting == 1 or plan.held < plan.for_months or (plan.once == 1 and plan.acted == 1):
        return False
    plan.acting = 1
    plan.acted = 1
    change(world, plan.first_change, plan.first_else)
    return True


@rule
def intervene(world: World, month: int) -> None:
    """Step 0. What reacts reads the row of the month before, so never acts in month 0."""
    changed = False
    for k in range(len(world.interventions)):
        plan = world.interventions[k]
        if plan.month == month:
            change(world, plan.first_change, plan.first_else)
            changed = True
        elif plan.month < 0 and month > 0 and react(world, plan):
            changed = True
    if changed:
        set_persistence(world)


@rule
def set_persistence(world: World) -> None:
    """Place each person at their own quantile of the distribution of persistence (E53, E54)."""
    mean, sd = world.policy.persistence_mean, world.policy.persistence_sd
    for i in range(len(world.trainees)):
        trainee = world.trainees[i]
        trainee.persistence = clip(mean + sd * trainee.persistence_z, 0.01, 0.99)
