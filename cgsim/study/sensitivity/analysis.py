"""What is read from the answers of a design, whether it was run just now or lies in a folder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..sweep.axes import LUCK
from ..sweep.designs import Morris, Saltelli
from .choice import OF_LUCK
from .indices import base_rows, indices
from .information import information
from .question import Decomposition, Question, Sample, Screening, Whose
from .screening import effects

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..sweep import Spec

    Answers = Mapping[str, NDArray[np.float64]]


def screening_of(question: Question, spec: Spec, answers: Answers) -> Screening:
    """Return the elementary effects of a design ``morris``.

    Parameters
    ----------
    question : Question
    spec : Spec
    answers : mapping of array, shape (points, runs)
        By outcome, in the order of the design.
    """
    tables = {name: effects(spec, values, question.seed) for name, values in answers.items()}
    return Screening(question, spec, tables, _sample(spec, answers))


def decomposition_of(
    question: Question, spec: Spec, answers: Answers, first: Screening | None = None
) -> Decomposition:
    """Return the Sobol indices of a design ``saltelli``.

    Parameters
    ----------
    question, spec, answers
        As in `screening_of`.
    first : Screening, optional
        What chose the numbers.
    """
    found = {name: indices(spec, values, question.seed) for name, values in answers.items()}
    return Decomposition(question, spec, found, _sample(spec, answers, base_rows(spec)), first)


def whose_of(question: Question, spec: Spec, answers: Answers, least: float | None) -> Whose:
    """Return the shares of assumptions, sources and luck, and what knowing a number would tell.

    Parameters
    ----------
    question, spec, answers
        As in `screening_of`; the groups of the design are those of `choice.group_of`.
    least : float or None
        Where the answer is a gain: from which one on it is worth having.
    """
    rows = base_rows(spec)
    numbers = [k for k, axis in enumerate(spec.axes) if axis.path != LUCK]
    places = _places(spec)[rows][:, numbers]
    told = {
        name: information(question.axes, places, values[rows].mean(axis=1), least, question.seed)
        for name, values in answers.items()
    }
    shares = {name: indices(spec, values, question.seed) for name, values in answers.items()}
    counts = {
        name: spec.groups.count(name) for name in dict.fromkeys(spec.groups) if name != OF_LUCK
    }
    return Whose(question, spec, shares, told, counts, _sample(spec, answers, rows))


def _places(spec: Spec) -> NDArray[np.float64]:
    design = spec.rows
    assert isinstance(design, Morris | Saltelli)
    return design.positions(0, spec.points)


def _sample(spec: Spec, answers: Answers, rows: Any = slice(None)) -> Sample:
    means = {name: values[rows].mean(axis=1) for name, values in answers.items()}
    return Sample(spec.rows.rows(0, spec.points)[rows], means)
