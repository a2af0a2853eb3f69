"""What a plan may buy: the levers that the model has a price for, and the values to try.

Persistence, prehistory, leadership, ground rules, meetings, promises and the duty to practise cost
nothing in the model. A search that might set them would get them for nothing, so it may not.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from ...parameters import BY_PATH, PLAN, Parameter, find
from ...scenario import Scenario
from ...scenario_file import did_you_mean
from ..sweep.axes import Axis
from ..varied import axis_of, fault, moved_by, refuse_overlap

PRICED = (
    "monitoring_interval", "visits", "seats", "training_months", "promotion", "toolkit",
    "workshop", "waste", "reward",
)  # fmt: skip
"""An organisation's levers that `world.delivery` charges for, at the unit prices of `costs`."""

SHARED = ("community.intake_interval",)
"""How often places are offered: each of them is paid for."""

STEPS = {"visits": 1.0, "seats": 1.0, "training_months": 0.5}
"""How finely a lever is tried, in its own unit; efforts by `STEP` (assumption)."""

STEP = 0.1

UNPAID = (
    "process.meeting_interval", "organisations.*.promised_interval",
    "organisations.*.practice_obligation", "community.persistence.mean", "community.selection",
    "process.leadership", "process.ground_rules", "process.initial_trust", "process.mandate",
    "process.empowerment",
)  # fmt: skip
"""Levers that cost nothing in the model, as the text beside a plan names them."""


def is_priced(path: str) -> bool:
    """Whether the model charges for a lever.

    Examples
    --------
    >>> is_priced("organisations.kpc.visits"), is_priced("process.meeting_interval")
    (True, False)
    """
    parts = path.split(".")
    if parts[0] == "organisations":
        return len(parts) == 3 and parts[2] in PRICED
    return path in SHARED


def space(case: Scenario, vary: Sequence[str] = (), place: str = "vary") -> tuple[Axis, ...]:
    """Return the levers that a search may set, each with the values it may take.

    Levers that a change of the scenario itself sets are left to it, as are those of organisations
    that are not there.

    Parameters
    ----------
    case : Scenario
    vary : sequence of str
        Levers, parts of their paths or patterns; all priced levers if empty.
        ``organisations.*.lever`` is one value for all. ``LEVER=a,b,c`` or ``LEVER=from:to:steps``
        says which values.
    place : str
        What to blame.

    Raises
    ------
    ScenarioError
        For what is no lever, has no price, or is named twice.

    Examples
    --------
    >>> case = Scenario.load("sangatta-utara")
    >>> len(space(case))
    28
    >>> space(case, ["organisations.*.monitoring_interval"])[0].values
    (1.0, 2.0, 3.0, 6.0, 12.0, 0.0)
    """
    free = {path: one for path, one in _priced(case).items() if not moved_by(case, path)}
    if not vary:
        return tuple(_axis(path, one, case) for path, one in free.items())
    axes: dict[str, Axis] = {}
    for words in vary:
        for axis in _named(words, free, case, place):
            axes[axis.path] = axis
    refuse_overlap(list(axes.values()), case, place)
    return tuple(axes.values())


def own_values(path: str, case: Scenario) -> tuple[float, ...]:
    """Return a lever's values in a scenario; those of all organisations for a star."""
    _, who, lever = path.split(".") if path.startswith("organisations.") else ("", "", path)
    if not who:
        return (case.policy[BY_PATH[lever].name],)
    keys = case.organisations if who == "*" else (who,)
    return tuple(dict.fromkeys(case.plans[key][lever] for key in keys))


def changes(
    axes: Iterable[Axis], case: Scenario, plan: Scenario
) -> tuple[tuple[Axis, float], ...]:  # fmt: skip
    """Return the levers in which a plan differs from a scenario, and its values."""
    return tuple(
        (axis, own_values(axis.path, plan)[0])
        for axis in axes
        if own_values(axis.path, plan) != own_values(axis.path, case)
    )


def start_of(axes: Iterable[Axis], case: Scenario) -> tuple[int, ...]:
    """Return where a scenario stands on each axis, or nearest to it.

    Of a star, where its first organisation stands.
    """
    return tuple(_nearest(axis, own_values(axis.path, case)[0]) for axis in axes)


def _nearest(axis: Axis, own: float) -> int:
    late = math.inf if axis.parameter is not None and axis.parameter.sort == "interval" else 0.0
    apart = [0.0 if one == own else abs((one or late) - (own or late)) for one in axis.values]
    return apart.index(min(apart))


def _priced(case: Scenario) -> dict[str, Parameter]:
    there = [key for key in case.organisations if case.plans[key]["present"] > 0.0]
    own = {f"organisations.{key}.{name}": PLAN[name] for key in there for name in PRICED}
    return {**own, **{path: BY_PATH[path] for path in SHARED}}


def _named(words: str, free: dict[str, Parameter], case: Scenario, place: str) -> list[Axis]:
    path, equals, _ = (part.strip() for part in words.partition("="))
    joint = path.startswith("organisations.*.")
    if find(path) is not None and not is_priced(path):
        raise fault(place, "plan.error.unpriced", path=path)
    if equals or (joint and find(path) is not None):
        if moved_by(case, path):
            raise fault(place, "plan.error.moved", path=path, scenario=case.name)
        parameter = find(path)
        axis = axis_of(words, case, place) if equals or parameter is None else None
        return [axis or _axis(path, PLAN[path.split(".")[2]], case)]
    fits = [one for one in free if fnmatchcase(one, path) or (path and path in one)]
    if not fits:
        known = [*free, *PRICED]
        raise fault(place, "plan.error.none", read=path[:80], hint=did_you_mean(path, known))
    return [_axis(one, free[one], case) for one in fits]


def _axis(path: str, parameter: Parameter, case: Scenario) -> Axis:
    """Return a lever with the values worth trying, the scenario's own among them."""
    own = own_values(path, case)
    if parameter.sort == "interval":
        every = {*parameter.candidates, *own}
        return Axis(path, tuple(sorted(every, key=lambda months: months or math.inf)))
    assert parameter.spread is not None
    step = STEPS.get(parameter.name, STEP)
    low = parameter.spread[0] if parameter.low > 0.0 else 0.0
    high = max(parameter.spread[1], *own)
    tried = {round(low + k * step, 6) for k in range(int((high - low) / step + 1e-9) + 1)}
    return Axis(path, tuple(sorted({*tried, *own})))
