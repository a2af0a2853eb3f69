"""The parts that people play: each organisation, and each circle of trainees, with its levers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ...language import languages, text
from ...parameters import Parameter, find
from ...scenario import Scenario, shown
from ...world.shape import CIRCLES
from ..state import Value

SPLIT = ("promotion", "toolkit", "workshop", "waste", "reward", "seats", "visits")
"""What an organisation splits its budget over."""

CHOSEN = ("monitoring_interval", "promised_interval", "attends")
"""What it decides besides."""


@dataclass(frozen=True)
class Part:
    """A part in the play.

    Attributes
    ----------
    key : str
        Where its levers stand: ``organisations.kpc``, or ``community.effort.circle_1``.
    kind : {"organisation", "circle"}
    names : dict
        By language.
    paths : tuple of str
        Its levers.
    """

    key: str
    kind: Literal["organisation", "circle"]
    names: Mapping[str, str]
    paths: tuple[str, ...]

    @property
    def short(self) -> str:
        """Return the last word of its key."""
        return self.key.rsplit(".", 1)[-1]

    def path(self, lever: str) -> str:
        """Return where a lever of an organisation stands."""
        return f"{self.key}.{lever}"


def parts_of(case: Scenario) -> dict[str, Part]:
    """Return the parts of a scenario by key: organisations in its order, then the circles.

    Examples
    --------
    >>> [part.short for part in parts_of(Scenario.load("sangatta-utara")).values()]
    ['industry', 'tourism', 'kpc', 'circle_1', 'circle_2', 'circle_3', 'circle_4']
    """
    found = []
    for key in case.organisations:
        own = f"organisations.{key}"
        paths = tuple(f"{own}.{lever}" for lever in (*SPLIT, *CHOSEN))
        found.append(Part(own, "organisation", case.names[key], paths))
    for n in range(1, CIRCLES + 1):
        path = f"community.effort.circle_{n}"
        names = {lang: text("room.part.circle", lang, n=n) for lang in languages()}
        found.append(Part(path, "circle", names, (path,)))
    return {part.key: part for part in found}


def parameter_at(path: str) -> Parameter:
    """Return the parameter of a lever that is known to be there."""
    found = find(path)
    assert found is not None
    return found


def in_force(case: Scenario, path: str, month: int) -> Value:
    """Return what a lever is when a month begins, by all that is planned for fixed months.

    Examples
    --------
    >>> case = Scenario.load("kpc-leaves")
    >>> [in_force(case, "organisations.kpc.present", month) for month in (59, 60)]
    [True, False]
    """
    found: Value = case.value(path)
    planned = [one for one in case.interventions if one.month is not None and one.month <= month]
    for one in sorted(planned, key=lambda one: one.month or 0):
        for moved, value in one.set:
            if moved == path:
                found = shown(parameter_at(path), value)
    return found
