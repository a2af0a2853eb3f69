"""The Mesa engine: a model of agents to step through, look into and collect from."""

from __future__ import annotations

import os
from typing import Any

import mesa
from mesa.datacollection import DataCollector

from .agents import (
    Agency,
    CellView,
    Change,
    Cluster,
    Company,
    CurrentPolicy,
    Group,
    Intervention,
    Organisation,
    Trainee,
)
from .layout import groups_of, lay_out
from .luck import quicken
from .results import month_reporters
from .scenario import Scenario
from .world import World, birth, month
from .world.shape import COMPANY, Luck


class Model(mesa.Model):
    """One run of a scenario, month by month.

    Parameters
    ----------
    case : Scenario or str
        A scenario, or the name or path of one.
    seed, run : int
        Which luck, both from 0 to 2³²−1; equals run `run` of ``simulate(case, seed=seed)``.
    collect : bool
        Whether `datacollector` gathers the columns of the `months` table.

    Attributes
    ----------
    month : int
        Months that have happened; the month to come.
    trainees : list of Trainee
    organisations : list of Agency and Company
    cluster : Cluster
    world : World
        All of it, as the rules see it.
    running : bool
        False after the last month.

    Examples
    --------
    >>> model = Model("sangatta-utara", seed=1)
    >>> for _ in range(12):
    ...     model.step()
    >>> model.month, model.cluster.state_word
    (12, 'inactive')
    """

    def __init__(
        self,
        case: Scenario | str | os.PathLike[str] = "sangatta-utara",
        seed: int = 1,
        run: int = 0,
        collect: bool = True,
    ) -> None:
        super().__init__(rng=int(seed))
        self.running: bool = True
        quicken()
        # `scenario` is an attribute of Mesa's own from 3.5 on
        self.case = case if isinstance(case, Scenario) else Scenario.load(case)
        self.month = 0
        self.world = self._people_the_world(Luck(int(seed), int(run)))
        _forget_ids(self)
        birth(self.world)
        self.datacollector = DataCollector(
            model_reporters=month_reporters(self.case) if collect else None
        )

    def _people_the_world(self, luck: Luck) -> World:
        layout = lay_out(self.case)
        number = len(self.case.organisations)
        self.organisations: list[Organisation] = []
        for o, key in enumerate(self.case.organisations):
            kind = Company if self.case.plans[key]["kind"] == COMPANY else Agency
            self.organisations.append(kind(self, o, key, number))
        people = int(self.case.policy["people"])
        self.trainees = [Trainee(self, i, number) for i in range(people)]
        self.cluster = Cluster()
        self.policy = CurrentPolicy()
        self.groups = [Group() for _ in range(groups_of(self.case))]
        actors: dict[str, list[Any]] = {
            "policy": [self.policy],
            "organisation": list(self.organisations),
            "cluster": [self.cluster],
        }
        cells = CellView(
            [(actors[kind][place], name) for kind, place, name in layout.cells.names()]
        )
        for cell, value in enumerate(layout.start):
            cells[cell] = value
        return World(
            trainees=self.trainees,
            organisations=self.organisations,
            ties=[trainee.ties for trainee in self.trainees],
            pacts=[organisation.pacts for organisation in self.organisations],
            groups=self.groups,
            cluster=self.cluster,
            policy=self.policy,
            active=[0] * people,
            cells=cells,
            interventions=[Intervention(row) for row in layout.interventions],
            changes=[Change(cell, value) for cell, value in layout.changes],
            luck=luck,
        )

    def step(self) -> None:
        """Let one month happen; after the last one nothing more does."""
        if not self.running:
            return
        month(self.world, self.month)
        self.month += 1
        self.running = self.month < self.case.months
        if self.datacollector.model_reporters:
            self.datacollector.collect(self)

    def run(self) -> Model:
        """Let all remaining months happen."""
        while self.running:
            self.step()
        return self


def _forget_ids(model: Model) -> None:
    """Let go of the counter by which Mesa before 3.5 keeps every model alive."""
    counters: Any = getattr(mesa.Agent, "_ids", None)
    if counters is not None:
        counters.pop(model, None)
