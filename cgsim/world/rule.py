"""`@rule` records a function of the world, so that the ensemble can compile the very same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Rule = TypeVar("Rule", bound=Callable[..., Any])

RULES: list[Callable[..., Any]] = []
"""Every rule in the order of import."""


def rule(function: Rule) -> Rule:
    """Record a rule and return it unchanged: in Python it stays an ordinary function."""
    RULES.append(function)
    return function
