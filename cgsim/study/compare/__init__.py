"""Scenarios compared on the same luck: how much one brings more than another, and how surely."""

from .comparison import Comparison, compare
from .outcomes import OUTCOMES, SMALLEST, Outcome
from .overturn import Overturned, overturn
from .pairs import Outcomes, Pairs, paired
from .worlds import InWorlds, in_worlds

__all__ = [
    "OUTCOMES",
    "SMALLEST",
    "Comparison",
    "InWorlds",
    "Outcome",
    "Outcomes",
    "Overturned",
    "Pairs",
    "compare",
    "in_worlds",
    "overturn",
    "paired",
]
