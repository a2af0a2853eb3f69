"""Scenarios compared on the same luck: how much one brings more than another, and how surely."""

from .comparison import Comparison, compare
from .outcomes import OUTCOMES, SMALLEST, Outcome
from .pairs import Outcomes, Pairs, paired

__all__ = [
    "OUTCOMES",
    "SMALLEST",
    "Comparison",
    "Outcome",
    "Outcomes",
    "Pairs",
    "compare",
    "paired",
]
