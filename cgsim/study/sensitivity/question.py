"""What is asked, and what each way of asking gives back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from ...errors import Fault, ScenarioError, say
from ...scenario import Scenario
from ...scenario_file import did_you_mean
from ..sweep import Spec
from ..sweep.axes import LUCK, Axis
from ..sweep.spec import MOST_SIMULATIONS, usual_chunk
from .answers import OUTCOMES, ask, columns_for
from .indices import Indices
from .information import Information

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

Progress = Callable[[int, int], None]

KEPT = 8
"""Numbers that a screening hands on to Sobol indices where none are named."""


@dataclass(frozen=True)
class Question:
    """What is asked of which scenario, over which numbers.

    Attributes
    ----------
    scenario : Scenario
    against : Scenario or None
        A second one; then the answer is what it brings more, run by run with the same luck.
    axes : tuple of Axis
        What is varied.
    outcomes : tuple of str
        Columns of the table of runs after the last month, ``dynamic`` or ``inactive``.
    seed : int
    """

    scenario: Scenario
    against: Scenario | None
    axes: tuple[Axis, ...]
    outcomes: tuple[str, ...] = OUTCOMES
    seed: int = 1

    @property
    def cases(self) -> int:
        """Number of scenarios that are run."""
        return 1 if self.against is None else 2

    def spec(
        self, design: str, size: int, runs: int = 1, groups: Sequence[str] = (),
        axes: Sequence[Axis] = (),
    ) -> Spec:  # fmt: skip
        """Return the sweep that asks it.

        Raises
        ------
        ScenarioError
            Where it would be more runs than a sweep may have.
        """
        made = Spec(
            self.scenario, tuple(axes) or self.axes, design, size, runs, self.seed,
            design_seed=self.seed, groups=tuple(groups), outcomes=columns_for(self.outcomes),
            chunk=1,
        )  # fmt: skip
        if made.simulations * self.cases > MOST_SIMULATIONS:
            raise ScenarioError([Fault("points", 0, 0, say("sensitivity.error.many"))])
        usual = usual_chunk(self.scenario, runs, False)
        chunk = max(1, min(usual, -(-made.simulations // 16)))
        return replace(made, chunk=chunk)

    def answers(
        self, spec: Spec, workers: int | None, progress: Progress | None
    ) -> dict[str, NDArray[np.float64]]:
        """Run the sweep."""
        return ask(spec, self.outcomes, self.against, workers=workers, progress=progress)


@dataclass(frozen=True, eq=False)
class Sample:
    """Where the draws lie and what came of each, for a scatter.

    Attributes
    ----------
    values : array, shape (draws, axes)
        As the rules read them.
    answers : dict of array, shape (draws,)
        By outcome, replicates averaged.
    """

    values: NDArray[np.float64]
    answers: dict[str, NDArray[np.float64]]


class Drawn:
    """What can be drawn of a study.

    Attributes
    ----------
    question : Question
    spec : Spec
    figure : str
        Which function of `figures.sensitivity` draws its answer.
    """

    question: Question
    spec: Spec
    figure: ClassVar[str]

    def plot(self, lang: str = "en", outcome: str | None = None) -> Figure:
        """Draw the answer: effects of a screening, indices, or the shares of three groups.

        Parameters
        ----------
        lang : {"en", "id"}
            Language of every word.
        outcome : str, optional
            One of ``question.outcomes``; the first if not given.

        Raises
        ------
        ScenarioError
            For an outcome that was not asked for.
        """
        from ...figures import sensitivity

        drawing: Any = sensitivity  # each function takes a study of its own kind

        question = self.question
        told = question.outcomes[0] if outcome is None else outcome
        if told not in question.outcomes:
            hint = did_you_mean(told, question.outcomes)
            faulty = say("sensitivity.sweep.not_kept", read=told, hint=hint)
            raise ScenarioError([Fault("outcome", 0, 0, faulty)])
        about = drawing.heading_words(self, lang)
        figure: Figure = getattr(drawing, self.figure)(self, told, about, lang)
        return figure


@dataclass(frozen=True, eq=False)
class Screening(Drawn):
    """A Morris screening.

    Attributes
    ----------
    question : Question
    spec : Spec
    tables : dict of DataFrame
        By outcome the columns of `screening.EFFECTS`, a row a number, the largest first.
    sample : Sample
    """

    figure = "draw_screening"

    question: Question
    spec: Spec
    tables: dict[str, pd.DataFrame]
    sample: Sample

    def leading(self, count: int = KEPT) -> list[str]:
        """Return the numbers that move some outcome most; each outcome has its turn."""
        ranked = [list(table["path"]) for table in self.tables.values()]
        turns = [path for row in zip(*ranked, strict=True) for path in row]
        return list(dict.fromkeys(turns))[:count]


@dataclass(frozen=True, eq=False)
class Decomposition(Drawn):
    """Sobol indices of numbers and luck.

    Attributes
    ----------
    question : Question
    spec : Spec
        One of its axes may be luck: then luck has its own share.
    indices : dict of Indices
        By outcome.
    sample : Sample
        The independent draws.
    screening : Screening or None
        What chose the numbers, if nobody did.
    """

    figure = "draw_indices"

    question: Question
    spec: Spec
    indices: dict[str, Indices]
    sample: Sample
    screening: Screening | None = None

    @property
    def has_luck(self) -> bool:
        """Whether luck is one of the factors; else it was averaged over the runs of a point."""
        return any(axis.path == LUCK for axis in self.spec.axes)


@dataclass(frozen=True, eq=False)
class Whose(Drawn):
    """Whose number decides: shares of three groups, and what knowing a number would tell.

    Attributes
    ----------
    question : Question
    spec : Spec
    groups : dict of Indices
        By outcome the shares of ``assumed``, ``sourced`` and ``luck``.
    information : dict of Information
        By outcome the numbers ranked.
    counts : dict of int
        How many numbers each group has.
    sample : Sample
    """

    figure = "draw_groups"

    question: Question
    spec: Spec
    groups: dict[str, Indices]
    information: dict[str, Information]
    counts: dict[str, int]
    sample: Sample
