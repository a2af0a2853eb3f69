"""The search: constrained TPE from the scenario outwards, then a tidying of what it found.

Why TPE, and why from the scenario: ``docs/decisions/0016-search-for-plans.md``.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ..sweep.axes import Axis
from .budget import Budget
from .evaluation import Evaluated

if TYPE_CHECKING:
    from optuna import Study
    from optuna.trial import FrozenTrial

Stage = Literal["start", "search", "tidy"]
Point = tuple[int, ...]
"""Where a plan stands on each axis: the number of the value."""

STARTS = 0.15
"""Share of the trials that are laid out beforehand, around the scenario."""

TIDY = 1 / 3
"""Share of the trials kept back for tidying, at most three a lever."""

KEPT = 0.8
"""Chance of each lever of a laid-out trial to stay as it is (assumption)."""

JOINT = 0.5
"""Share of the laid-out trials in which a lever moves for all at once (assumption)."""

PRIOR = 0.2
"""Weight of the whole range beside the good trials: with 28 levers the usual 1 would throw several
of them afar in each trial."""

CONSTRAINTS = "beyond"


@dataclass(frozen=True)
class Trial:
    """One plan that was tried.

    Attributes
    ----------
    number : int
        From 0, in the order of the search.
    stage : {"start", "search", "tidy"}
    point : tuple of int
    found : Evaluated
        On the luck that all trials share.
    within : bool
        Whether it is within the budget.
    """

    number: int
    stage: Stage
    point: Point
    found: Evaluated
    within: bool


Evaluate = Callable[[Point], Evaluated]


@dataclass(frozen=True)
class Search:
    """What is searched, and on what terms.

    Attributes
    ----------
    axes : tuple of Axis
    start : tuple of int
        Where the scenario stands.
    target : float
        Probability to reach on the luck of the search.
    budget : Budget
    trials : int
    seed : int
        Of the optimiser; its luck is its own, apart from that of the runs.
    """

    axes: tuple[Axis, ...]
    start: Point
    target: float
    budget: Budget
    trials: int
    seed: int

    @property
    def tidying(self) -> int:
        """Trials kept back for tidying."""
        return min(3 * len(self.axes), int(self.trials * TIDY))

    def run(self, evaluate: Evaluate) -> list[Trial]:
        """Search; the same points in the same order for the same seed and answers."""
        trials: list[Trial] = []
        study = _study(self)
        for k in range(self.trials - self.tidying):
            asked = study.ask()
            point = tuple(
                asked.suggest_int(axis.path, 0, len(axis.values) - 1) for axis in self.axes
            )
            stage: Stage = "start" if k < self.starts else "search"
            trial = self._tried(k, stage, point, evaluate)
            trials.append(trial)
            asked.set_user_attr(CONSTRAINTS, self.beyond(trial.found))
            study.tell(asked, trial.found.cost)
        self._tidy(trials, evaluate)
        return trials

    @property
    def starts(self) -> int:
        """Trials that are laid out beforehand."""
        return max(1, math.ceil(self.trials * STARTS))

    def beyond(self, found: Evaluated) -> tuple[float, ...]:
        """Return by how much the target is missed and each bound passed; none above 0 is well.

        Where it is missed, plans of which no run reaches the goal differ by how near they come.
        """
        missed = self.target - found.probability
        if missed > 0.0:
            missed += 1.0 - found.nearness
        return (missed, *self.budget.beyond(found.spent))

    def _tried(self, number: int, stage: Stage, point: Point, evaluate: Evaluate) -> Trial:
        found = evaluate(point)
        return Trial(number, stage, point, found, self.budget.allows(found.spent))

    def _tidy(self, trials: list[Trial], evaluate: Evaluate) -> None:
        """Set lever after lever of the best plan back, or lower, where that saves and does no harm.

        A search moves also what does not matter; a plan should differ only where it pays.
        """
        best = best_of(trials, self.target)
        for axis in self._most_moved(best.point):
            best = self._moved(trials, best, axis, self.start[axis], evaluate)
        for share in (2, 4):  # then half, then a quarter of the way to where it costs nothing
            for axis in range(len(self.axes)):
                place, free = best.point[axis], self._free(axis)
                step = -(-abs(free - place) // share)
                to = place + step if free > place else place - step
                best = self._moved(trials, best, axis, to, evaluate)

    def _free(self, axis: int) -> int:
        """Return the value of a lever that costs nothing, or least: never, or the lowest."""
        one = self.axes[axis]
        never = one.parameter is not None and one.parameter.sort == "interval"
        return len(one.values) - 1 if never else 0

    def _moved(
        self, trials: list[Trial], best: Trial, axis: int, to: int, evaluate: Evaluate
    ) -> Trial:
        """Try the best plan with one lever elsewhere; return the better one."""
        if len(trials) >= self.trials or best.point[axis] == to:
            return best
        point = (*best.point[:axis], to, *best.point[axis + 1 :])
        trial = self._tried(len(trials), "tidy", point, evaluate)
        trials.append(trial)
        better = trial.within and _no_worse(trial.found, best.found, self.target)
        return trial if better else best

    def _most_moved(self, point: Point) -> list[int]:
        """Return the axes on which a plan differs from the scenario, the farthest first."""
        moved = [k for k in range(len(point)) if point[k] != self.start[k]]

        def far(k: int) -> float:
            return abs(point[k] - self.start[k]) / len(self.axes[k].values)

        return sorted(moved, key=lambda k: (-far(k), k))


def best_of(trials: Sequence[Trial], target: float) -> Trial:
    """Return the cheapest trial within the budget that reaches the target.

    Where there is none, the likeliest within the budget; where none is within it, the cheapest.
    """
    reaching = [one for one in trials if one.within and one.found.probability >= target]
    if reaching:
        return min(reaching, key=lambda one: (one.found.cost, one.number))
    within = [one for one in trials if one.within]
    if within:
        return min(within, key=_farthest)
    return min(trials, key=lambda one: (one.found.cost, one.number))


def _farthest(one: Trial) -> tuple[float, float, float, int]:
    found = one.found
    return -found.probability, -found.nearness, found.cost, one.number


def _no_worse(new: Evaluated, old: Evaluated, target: float) -> bool:
    """Whether a plan costs no more and is as likely as asked, or as the other."""
    if old.probability == 0.0:
        return new.cost <= old.cost and new.nearness >= old.nearness
    return new.cost <= old.cost and new.probability >= min(target, old.probability)


def _study(search: Search) -> Study:
    """Return a study of optuna that knows what is laid out beforehand."""
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # constraints and multivariate are marked experimental
        sampler = optuna.samplers.TPESampler(
            seed=search.seed, n_startup_trials=search.starts, constraints_func=_told,
            multivariate=True, prior_weight=PRIOR,
        )  # fmt: skip
    study = optuna.create_study(direction="minimize", sampler=sampler)
    for point in layout(search):
        named = zip(search.axes, point, strict=True)
        study.enqueue_trial({axis.path: place for axis, place in named})
    return study


def _told(trial: FrozenTrial) -> Sequence[float]:
    told: Any = trial.user_attrs[CONSTRAINTS]
    return tuple(told)


def layout(search: Search) -> list[Point]:
    """Return the trials that are laid out beforehand.

    The scenario; the scenario with visits of all every 1, 2, 3, 6 months, which is what the case
    study asks for (E57); then one of these with a few levers drawn anew, in half of them for all
    organisations at once.
    """
    found = [search.start, *_more_visits(search)]
    grounds = list(found)
    drawn = np.random.default_rng([search.seed, len(search.axes)])
    while len(found) < search.starts:
        ground = grounds[int(drawn.integers(len(grounds)))]
        joint = drawn.random() < JOINT
        names = [axis.path.split(".")[-1] if joint else axis.path for axis in search.axes]
        levels = {
            name: drawn.random() if drawn.random() > KEPT else None for name in dict.fromkeys(names)
        }
        found.append(
            tuple(
                place if (level := levels[name]) is None else int(level * len(axis.values))
                for axis, name, place in zip(search.axes, names, ground, strict=True)
            )
        )
    return found[: search.starts]


def _more_visits(search: Search) -> Iterator[Point]:
    for months in (1.0, 2.0, 3.0, 6.0):
        point = tuple(
            axis.values.index(months)
            if axis.path.endswith(".monitoring_interval") and months in axis.values
            else place
            for axis, place in zip(search.axes, search.start, strict=True)
        )
        if point != search.start:
            yield point
