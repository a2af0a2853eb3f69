"""Sensitivity: which numbers decide what comes out, and whose numbers they are.

`choice` says what is varied, `answers` turns a sweep's table into one number a run and refuses
a table with gaps, `screening` is Morris, `indices` is Sobol, `information` ranks by what knowing
a number would tell; `analysis` puts them together, `study` does all of it for a scenario,
`finished` for a sweep that was run already.
"""

from .finished import analyse
from .question import Decomposition, Question, Screening, Whose
from .study import decompose, screen, whose

__all__ = [
    "Decomposition",
    "Question",
    "Screening",
    "Whose",
    "analyse",
    "decompose",
    "screen",
    "whose",
]
