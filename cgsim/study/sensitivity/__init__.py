"""Sensitivity: which numbers decide what comes out, and whose numbers they are.

`choice` says what is varied, `answers` turns a sweep's table into one number a run and refuses
a table with gaps, `screening` is Morris, `indices` is Sobol, `information` ranks by what knowing
a number would tell; `study` does all of it for a scenario.
"""

from .question import Decomposition, Question, Screening, Whose
from .study import decompose, screen, whose

__all__ = ["Decomposition", "Question", "Screening", "Whose", "decompose", "screen", "whose"]
