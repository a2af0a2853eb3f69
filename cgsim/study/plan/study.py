"""Plan: the cheapest mix of priced levers that reaches a goal with a probability, and how surely.

Three blocks of luck are kept apart. The search sees the first alone; the frontier is evaluated
again and the plan chosen on the second; what is stated of the plan comes from the third, which
nothing was chosen on. So neither choice flatters what is stated.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace

from ...language import languages, text
from ...scenario import Scenario
from ...scenario_faults import MAX_MONTHS
from ..simulate import check_numbers, versions
from ..sweep.axes import Axis
from ..sweep.identity import code_hash
from ..sweep.spec_axes import spelt_out
from ..varied import fault, stated
from .budget import Budget, Said
from .evaluation import Evaluator
from .frontier import Candidate, choose, frontier, lettered, likeliest
from .goal import Goal
from .journal import Journal
from .levers import changes, space, start_of
from .planned import Lucks, Planned
from .reacting import may_react, react
from .robust import MOST_PLANS, WORLD_RUNS, Robust, Worlds, in_worlds, worlds_of
from .search import Point, Search, Trial

Progress = Callable[[int, int], None]

CHECKED = 400
"""Fresh runs on which the frontier, and then the plan, are evaluated."""

MARGIN = 1.75
"""Standard errors above the chance asked for that the search aims at: a plan that just reaches it
on the luck of the search will mostly miss it on other luck."""

FEWEST_TRIALS = 2


def plan(
    scenario: Scenario | str | os.PathLike[str],
    budget: Said = None,
    goal: str = "dynamic",
    chance: float = 0.8,
    after: int | None = None,
    trials: int = 200,
    runs: int = 100,
    seed: int = 1,
    *,
    vary: Sequence[str] = (),
    checked: int = CHECKED,
    worlds: Worlds = 0,
    world_runs: int = WORLD_RUNS,
    journal: str | os.PathLike[str] | Journal | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
    places: tuple[str, str, str, str, str] = ("goal", "budget", "vary", "after", "chance"),
) -> Planned:
    """Find the least costly plan that reaches a goal with a probability, within a budget.

    Only levers that the model has a price for are searched (`levers.PRICED`). Prices are those of
    the scenario's ``costs``: assumptions.

    Parameters
    ----------
    scenario : Scenario or str
        A scenario, or the name or path of one.
    budget : float, mapping or sequence of str, optional
        Rp million a year that may be spent, on average over the horizon: of all, by organisation,
        or as on the command line (``["300", "kpc=90"]``). Not the model's monthly ``budget`` of an
        organisation, which stays as the scenario has it.
    goal : str
        ``dynamic``, ``active`` (or dynamic), or a bound such as ``producers>=20``.
    chance : float
        Probability with which the goal is to be reached, in (0, 1).
    after : int, optional
        Months after which the goal is read, and over which costs run; the scenario's own length if
        not given.
    trials, runs : int
        Plans that are tried, and runs of each on one and the same luck.
    seed : int
        Seed of that luck and of the search; seed + 1 and seed + 2 are the fresh ones.
    vary : sequence of str
        Levers to search, all priced ones if empty (`levers.space`).
    checked : int
        Fresh runs.
    worlds : int, path or DataFrame
        In how many worlds, or in which, the plans of the frontier are run too.
    world_runs : int
        Runs of a plan in each of them.
    journal : path or Journal, optional
        A file in which each trial is kept; the same call goes on where one was stopped.

    Raises
    ------
    ScenarioError
        For what cannot be planned.

    Examples
    --------
    >>> found = plan("sangatta-utara", goal="producers>=5", after=36, trials=6, runs=10,
    ...              checked=20, vary=["organisations.*.visits"])
    >>> found.frontier["plan"].iloc[0], len(found.trials) <= 6
    ('A', True)
    """
    case = scenario if isinstance(scenario, Scenario) else Scenario.load(scenario)
    check_numbers(runs, seed, 0)
    check_numbers(checked, seed, 0)
    case = lasting(case, after, places[3])
    aim, bounds = Goal.read(goal, places[0]), Budget.read(budget, case, places[1])
    axes = space(case, vary, places[2])
    if not axes:
        raise fault(places[2], "plan.error.nothing", scenario=case.name)
    if not 0.0 < chance < 1.0:
        raise fault(places[4], "plan.error.chance", read=f"{chance:g}")
    if trials < FEWEST_TRIALS:
        raise ValueError(f"trials must be {FEWEST_TRIALS} or more, not {trials}")
    if not isinstance(journal, Journal):
        journal = Journal(journal, header(case, goal, places[0]))
    lucks = Lucks.of(seed, runs, checked)
    told = _Told(progress, _work(trials, lucks, bounds, worlds, world_runs))
    planning = _Planning(case, aim, chance, bounds, axes, trials, lucks, seed)
    found = planning.carry_out(Evaluator(aim, journal, threads, told), worlds, world_runs, told)
    told.end()
    return found


def lasting(case: Scenario, after: int | None, place: str = "after") -> Scenario:
    """Return a scenario of another length, without the changes that it never comes to."""
    if after is None or after == case.months:
        return case
    if not 1 <= after <= MAX_MONTHS:
        raise fault(place, "plan.error.after", read=after, most=MAX_MONTHS)
    own = [
        one
        for one in case.to_dict().get("interventions", [])
        if "month" not in one or one["month"] < after
    ]
    levers = {"interventions": own} if case.interventions else {}
    return case.replace(levers, months=after)


def header(case: Scenario, goal: str, place: str = "goal") -> dict[str, str]:
    """Return what the answers of a journal depend on besides the plan and its luck."""
    known = versions()
    return {
        "scenario_hash": case.hash, "goal": Goal.read(goal, place).key, "code": code_hash(),
        **{name: known[name] for name in ("numpy", "numba")},
    }  # fmt: skip


class _Told:
    """Says how far the work is, in runs."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self.progress, self.total, self.done = progress, total, 0

    def __call__(self, runs: int) -> None:
        self.done = min(self.done + runs, self.total)
        if self.progress is not None:
            self.progress(self.done, self.total)

    def end(self) -> None:
        self(self.total)


def _work(trials: int, lucks: Lucks, budget: Budget, worlds: Worlds, world_runs: int) -> int:
    """Return about how many runs it will take."""
    searching = trials * lucks.searched.runs * (2 if budget.is_set else 1)
    checking = 36 * lucks.second.runs
    reacting = 40 * lucks.searched.runs
    many = worlds if isinstance(worlds, int) else 200
    return searching + checking + reacting + many * world_runs * (MOST_PLANS + 1)


class _Planning:
    """The steps of a plan, in their order."""

    def __init__(
        self, case: Scenario, goal: Goal, chance: float, budget: Budget,
        axes: tuple[Axis, ...], trials: int, lucks: Lucks, seed: int,
    ) -> None:  # fmt: skip
        self.case, self.goal, self.chance, self.budget = case, goal, chance, budget
        self.axes, self.trials, self.lucks, self.seed = axes, trials, lucks, seed
        error = (chance * (1.0 - chance) / lucks.searched.runs) ** 0.5
        self.target = min(1.0, chance + MARGIN * error)

    def carry_out(
        self, evaluate: Evaluator, worlds: Worlds, world_runs: int, tick: _Told
    ) -> Planned:
        """Search, choose, check; then what each lever does, what reacts, and other worlds."""
        trials = self.search(evaluate, self.budget)
        candidates = self.candidates([one for one in trials if one.within], evaluate)
        chosen, surely = choose(candidates, self.chance)
        beyond = None
        if chosen is None:
            chosen = likeliest(candidates)
            if self.budget.is_set:
                free = self.freely(len(trials), evaluate)
                more = self.candidates(free, evaluate)
                beyond, _ = choose([replace(one, within=True) for one in more], self.chance)
                trials, candidates = [*trials, *free], [*candidates, *more]
        every = lettered(candidates)
        chosen, beyond = _again(chosen, every), _again(beyond, every)
        return self.judged(
            trials, every, chosen, surely, beyond, evaluate,
            self.robust(every, chosen, worlds, world_runs, evaluate, tick),
        )  # fmt: skip

    def judged(
        self, trials: list[Trial], candidates: list[Candidate], chosen: Candidate | None,
        surely: bool, beyond: Candidate | None, evaluate: Evaluator, robust: Robust | None,
    ) -> Planned:  # fmt: skip
        """Return the plan, with what it comes to on fresh luck."""
        fresh = self.lucks.fresh
        last = None if chosen is None else chosen.scenario
        changed = () if last is None else changes(self.axes, self.case, last)
        return Planned(
            scenario=self.case, goal=self.goal, chance=self.chance, budget=self.budget,
            axes=self.axes, lucks=self.lucks, tried=tuple(trials), candidates=tuple(candidates),
            chosen=chosen, surely=surely, beyond=beyond, as_it_is=evaluate(self.case, fresh),
            checked=None if last is None else evaluate(last, fresh),
            beyond_checked=None if beyond is None else evaluate(beyond.scenario, fresh),
            changed=changed,
            without=tuple(evaluate(self.without(last, axis), fresh) for axis, _ in changed),
            reacting=None if last is None else react(last, evaluate, self.lucks.searched, fresh),
            could_react=last is not None and may_react(last), robust=robust,
        )  # fmt: skip

    def without(self, last: Scenario | None, axis: Axis) -> Scenario:
        """Return the plan with one lever left as it is."""
        assert last is not None
        own = {path: self.case.value(path) for path in spelt_out(axis.path, self.case)}
        return last.replace(own)

    def search(self, evaluate: Evaluator, budget: Budget) -> list[Trial]:
        """Search within a budget on the first luck."""
        start = start_of(self.axes, self.case)
        search = Search(self.axes, start, self.target, budget, self.trials, self.seed)
        return search.run(lambda point: evaluate(self.at(point), self.lucks.searched))

    def at(self, point: Point) -> Scenario:
        """Return the scenario at a point of the search."""
        levers = {
            axis.path: stated(axis, axis.values[place])
            for axis, place in zip(self.axes, point, strict=True)
        }
        return self.case.replace(levers)

    def candidates(self, trials: Sequence[Trial], evaluate: Evaluator) -> list[Candidate]:
        """Evaluate the frontier of some trials on the second luck."""
        found = []
        for trial in frontier(trials, self.target):
            case = self.named(self.at(trial.point))
            second = evaluate(case, self.lucks.second)
            within = self.budget.allows(second.spent)
            found.append(Candidate("", trial, case, second, within))
        return found

    def freely(self, tried: int, evaluate: Evaluator) -> list[Trial]:
        """Search without a budget: what reaching the goal would cost."""
        return [
            replace(one, number=tried + one.number, within=self.budget.allows(one.found.spent))
            for one in self.search(evaluate, Budget())
        ]

    def named(self, case: Scenario) -> Scenario:
        """Return a plan under a title and with a question of its own."""
        title, question = {}, {}
        for lang in languages():
            goal = self.goal.words(lang)
            title[lang] = text("plan.file.title", lang, goal=goal, title=self.case.title[lang])
            question[lang] = text(
                "plan.file.question", lang, goal=goal, months=case.months,
                chance=f"{100.0 * self.chance:g}",
            )  # fmt: skip
        return replace(case, title=title, question=question, aliases=())

    def robust(
        self, candidates: Sequence[Candidate], chosen: Candidate | None, worlds: Worlds,
        runs: int, evaluate: Evaluator, tick: _Told,
    ) -> Robust | None:  # fmt: skip
        """Run the frontier's plans in other worlds, where that was asked for."""
        if isinstance(worlds, int) and worlds < 1:
            return None
        table = worlds_of(worlds, self.case, self.seed)
        ranked = sorted(
            (one for one in candidates if one.within),
            key=lambda one: (one is not chosen, abs(one.second.probability - self.target)),
        )
        taken = sorted(ranked[:MOST_PLANS], key=lambda one: one.name)
        plans = [("as_it_is", self.case), *((one.name, one.scenario) for one in taken)]
        fresh = self.lucks.fresh
        return in_worlds(plans, table, runs, fresh.seed, self.chance, self.budget, evaluate, tick)


def _again(one: Candidate | None, every: Sequence[Candidate]) -> Candidate | None:
    """Return the same candidate under its letter."""
    return None if one is None else next(c for c in every if c.scenario == one.scenario)
