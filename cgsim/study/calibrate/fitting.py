"""`calibrate`: from a scenario and targets to the worlds in which the model shows them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ...errors import Fault, ScenarioError, say
from ...scenario import Scenario
from ..sensitivity.choice import CONDITIONS, chosen
from ..simulate import check_numbers
from ..worlds import SECTIONS
from .calibration import Calibration
from .sampling import WITHIN, evenly, sample
from .seeing import Eyes
from .target_reading import read_targets
from .targets import Targets

if TYPE_CHECKING:
    from ..sweep.axes import Axis

RUNS, POPULATION, GENERATIONS = 40, 200, 10
FEWEST_KEPT, MOST_KEPT, MOST_CONSTANTS = 20, 10_000, 20

Progress = Callable[[int, int], None]


def calibrate(
    scenario: Scenario | str | os.PathLike[str],
    targets: str | os.PathLike[str] | Mapping[str, Any] | Targets = "local",
    constants: Sequence[str] = (),
    runs: int = RUNS,
    population: int = POPULATION,
    seed: int = 1,
    *,
    generations: int = GENERATIONS,
    threads: int | None = None,
    progress: Progress | None = None,
    places: Sequence[str] = ("targets", "constants", "population"),
) -> Calibration:
    """Find the worlds in which the model shows the targets within their tolerances.

    Constants are drawn uniformly from the spreads worth trying (`cgsim levers`), and worlds are
    kept that show every target that is not held out: approximate Bayesian computation by
    sequential Monte Carlo (pyabc). What is kept is then looked at with other luck.

    Parameters
    ----------
    scenario : Scenario or str
        A scenario, or the name or path of one.
    targets : str, mapping or Targets
        A shipped name, the path of a file, or what a file would say.
    constants : sequence of str
        Paths, parts of paths or patterns; if empty, those that the targets name.
    runs : int
        Runs a scenario and world.
    population : int
        Worlds to keep.
    seed : int
        Seed of luck and of the draws.
    generations : int
        At most so many rounds, each with half the tolerance of the one before.
    threads : int, optional
        Threads to use; the numbers do not depend on it.
    progress : callable, optional
        Called with steps done and steps at most.
    places : sequence of str
        What to blame for faulty targets, constants and numbers of worlds.

    Returns
    -------
    Calibration

    Raises
    ------
    ScenarioError
        With all that is wrong.
    ModuleNotFoundError
        Without pyabc: ``pip install cgsim[calibrate]``.

    Examples
    --------
    >>> said = {"targets": {"makers": {"outcome": "ever_trained", "after": 12, "wanted": 16,
    ...         "tolerance": 8, "source": "assumption"}}}
    >>> found = calibrate("sangatta-utara", said, ["apply_base", "crowding"], 4, 20)
    >>> found.reached, len(found.worlds), list(found.worlds.columns)
    (True, 20, ['constants.apply_base', 'constants.crowding'])
    """
    check_numbers(runs, seed, 0)
    case = scenario if isinstance(scenario, Scenario) else Scenario.load(scenario)
    goals = read_targets(targets)
    goals.check(case, places[0])
    axes = constants_of(goals, constants, case, places[1])
    if not FEWEST_KEPT <= population <= MOST_KEPT:
        fault = say("calibrate.error.population", low=FEWEST_KEPT, high=MOST_KEPT)
        raise ScenarioError([Fault(places[2], 0, 0, fault)])
    paths = [axis.path for axis in axes]
    steps = population * generations + population

    def told(done: int) -> None:
        if progress is not None:
            progress(min(done, steps), steps)

    eyes = Eyes(case, goals.fitted, paths, runs, seed, threads=threads)
    kept = sample(eyes, axes, population, generations, seed, lambda done, _: told(done))
    # with other luck, so that what was chosen for its luck does not look better than it is
    fresh = Eyes(case, goals.all, paths, runs, seed, first_run=runs, threads=threads)
    seen = []
    for k, row in enumerate(kept.worlds.to_numpy().tolist()):
        seen.append(fresh.look(row))
        told(population * generations + k + 1)
    allowed = float(kept.generations["allowed"].iloc[-1])
    distances = np.array([eyes.off(row) for row in kept.worlds.to_numpy().tolist()])
    return Calibration(
        case, goals, axes, runs, seed, kept, distances, np.array(seen),
        np.zeros(len(goals.all)) if fresh.errors is None else fresh.errors,
        reached=allowed <= WITHIN, chosen=evenly(kept.weights, population),
    )  # fmt: skip


def constants_of(
    targets: Targets, words: Sequence[str], case: Scenario, place: str
) -> tuple[Axis, ...]:
    """Return the constants that are fitted, each with its spread.

    Raises
    ------
    ScenarioError
        For no constants, too many, and what no world may set.
    """
    asked = tuple(words) or targets.constants
    if not asked:
        raise ScenarioError([Fault(place, 0, 0, say("calibrate.error.no_constants"))])
    every = chosen(asked, *targets.scenarios(case), place=place)
    axes = tuple(axis for axis in every if _continuous(axis))
    if not axes or len(axes) > MOST_CONSTANTS:
        key = "many_constants" if axes else "no_numbers"
        told = {"count": len(axes), "most": MOST_CONSTANTS, "read": ", ".join(asked)}
        raise ScenarioError([Fault(place, 0, 0, say(f"calibrate.error.{key}", **told))])
    return axes


def _continuous(axis: Axis) -> bool:
    mine = axis.path.split(".")[0] in SECTIONS or axis.path in CONDITIONS
    return mine and not axis.values and not axis.whole and axis.low < axis.high
