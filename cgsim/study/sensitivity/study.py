"""Sensitivity of a scenario: screening, Sobol indices, and whose number decides the answer."""

from __future__ import annotations

from collections.abc import Sequence

from ...errors import Fault, ScenarioError, say
from ...scenario import Scenario
from .analysis import decomposition_of, screening_of, whose_of
from .answers import OUTCOMES, check_outcomes
from .choice import chosen, group_of, luck_axis, named
from .question import Decomposition, Progress, Question, Screening, Whose

TRAJECTORIES, RUNS = 30, 8
"""Of a screening: paths through the numbers, and runs at each point."""

BASE, WHOSE_BASE = 1024, 4096
"""Base rows of Sobol indices, and of the question whose number it is; powers of two."""

FEWEST_TRAJECTORIES = 2
"""Trajectories below which an effect has no spread."""

FEWEST_BASE = 32
"""Base rows below which neither indices nor curves mean anything."""

ALL, WHOSE = ("all",), ("assumed", "sourced")
"""What a screening varies, and what the question whose number it is varies, if nothing is named."""


def screen(
    scenario: Scenario | str, levers: Sequence[str] = ALL, *, against: Scenario | str | None = None,
    outcomes: Sequence[str] = OUTCOMES, points: int = TRAJECTORIES, runs: int = RUNS, seed: int = 1,
    threads: int | None = None, progress: Progress | None = None,
) -> Screening:  # fmt: skip
    """Screen numbers after Morris: how much does each move the outcomes?

    Parameters
    ----------
    scenario : Scenario or str
    levers : sequence of str
        What to vary: words of `choice.SETS`, parts of paths or patterns.
    against : Scenario or str, optional
        Ask of the difference to this scenario instead.
    outcomes : sequence of str
        Columns of the table of runs, ``dynamic`` or ``inactive``.
    points : int
        Trajectories; each takes one point more than there are numbers.
    runs : int
        Runs at each point; all points share their luck.
    seed : int
    threads, progress : optional

    Raises
    ------
    ScenarioError
        For what there is not.

    Examples
    --------
    >>> found = screen("sangatta-utara", ["community.persistence"], points=2, runs=2)
    >>> sorted(found.tables["producers"]["path"])
    ['community.persistence.mean', 'community.persistence.sd']
    """
    question = asked(scenario, levers, against, outcomes, seed)
    if points < FEWEST_TRAJECTORIES:
        fault = say("sensitivity.error.trajectories", read=points, least=FEWEST_TRAJECTORIES)
        raise ScenarioError([Fault("points", 0, 0, fault)])
    spec = question.spec("morris", points, runs)
    return screening_of(question, spec, question.answers(spec, threads, progress))


def decompose(
    scenario: Scenario | str, levers: Sequence[str] | None = None, *,
    against: Scenario | str | None = None, outcomes: Sequence[str] = OUTCOMES, points: int = BASE,
    seed: int = 1, threads: int | None = None, progress: Progress | None = None,
) -> Decomposition:  # fmt: skip
    """Share out the variance of the outcomes among numbers and luck, after Sobol.

    Luck is one of the factors: a point has one run, whose number is drawn like any lever.

    Parameters
    ----------
    scenario, against, outcomes, seed, threads, progress
        As in `screen`.
    levers : sequence of str, optional
        What to vary; without it the `question.KEPT` numbers that lead a screening.
    points : int
        Base rows, a power of two; each takes two points more than there are numbers and luck.

    Raises
    ------
    ScenarioError
        For what there is not.
    """
    first = None
    if levers is None:
        first = screen(
            scenario, against=against, outcomes=outcomes, seed=seed, threads=threads,
            progress=_part(progress, 0.0, 0.5),
        )  # fmt: skip
        progress = _part(progress, 0.5, 1.0)
        question = first.question
        pair = [question.scenario, *([question.against] if question.against else [])]
        axes = named(first.leading(), *pair)
    else:
        question = asked(scenario, levers, against, outcomes, seed)
        axes = question.axes
    spec = question.spec("saltelli", _power(points), axes=[*axes, luck_axis()])
    return decomposition_of(question, spec, question.answers(spec, threads, progress), first)


def whose(
    scenario: Scenario | str, levers: Sequence[str] = WHOSE, *,
    against: Scenario | str | None = None, outcomes: Sequence[str] = OUTCOMES,
    points: int = WHOSE_BASE, least: float = 0.0, seed: int = 1, threads: int | None = None,
    progress: Progress | None = None,
) -> Whose:  # fmt: skip
    """Ask whose number decides the answer: one that nobody has measured, a source's, or luck?

    Parameters
    ----------
    scenario, against, outcomes, seed, threads, progress
        As in `screen`.
    levers : sequence of str
        What is uncertain.
    points : int
        Base rows, a power of two; each takes five points.
    least : float
        With `against`, the gain in an outcome from which the second scenario is chosen.

    Returns
    -------
    Whose
        With `against`, `information` also says what knowing a number is worth for the choice.

    Raises
    ------
    ScenarioError
        For what there is not.
    """
    question = asked(scenario, levers, against, outcomes, seed)
    axes = [*question.axes, luck_axis()]
    groups = [group_of(axis.path) for axis in axes]
    spec = question.spec("saltelli", _power(points), groups=groups, axes=axes)
    gain = None if against is None else least
    return whose_of(question, spec, question.answers(spec, threads, progress), gain)


def asked(
    scenario: Scenario | str, levers: Sequence[str], against: Scenario | str | None,
    outcomes: Sequence[str], seed: int,
) -> Question:  # fmt: skip
    """Return a question, checked."""
    first = scenario if isinstance(scenario, Scenario) else Scenario.load(scenario)
    other = against if against is None or isinstance(against, Scenario) else Scenario.load(against)
    pair = [first] if other is None else [first, other]
    if other is not None and other.hash == first.hash:
        raise ScenarioError([Fault("against", 0, 0, say("sensitivity.error.same"))])
    if other is not None and other.organisations != first.organisations:
        raise ScenarioError([Fault("against", 0, 0, say("sensitivity.error.others"))])
    check_outcomes(outcomes, *pair)
    axes = chosen(levers, *pair)
    return Question(first, other, axes, tuple(dict.fromkeys(outcomes)), seed)


def _power(points: int) -> int:
    """Return base rows that a Sobol sequence fills evenly, or refuse."""
    if points >= FEWEST_BASE and not points & (points - 1):
        return points
    below = max(FEWEST_BASE, 1 << (max(points, 1).bit_length() - 1))
    near = {"below": below, "above": 2 * below}
    fault = say("sensitivity.error.power", read=points, least=FEWEST_BASE, **near)
    raise ScenarioError([Fault("points", 0, 0, fault)])


def _part(progress: Progress | None, start: float, end: float) -> Progress | None:
    """Return the progress of one part of the work, told as so many thousandths of the whole."""
    if progress is None:
        return None
    return lambda done, total: progress(int(1000 * (start + (end - start) * done / total)), 1000)
