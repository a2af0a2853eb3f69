"""Plans: the cheapest mix of priced levers that reaches a goal with a stated probability."""

from .study import plan

__all__ = ["plan"]
