"""Puts compiled draws in the place of plain ones, where numba is there.

The numbers are the same; a Mesa walk without numba only takes longer.
"""

from __future__ import annotations

from .compiled import compile_rule
from .world import draws

_plain = draws.block


def quicken() -> bool:
    """Let every draw of this process be compiled; return whether it is.

    Called by the engines; calling it again does nothing.
    """
    if draws.block is not _plain:
        return True
    quick = compile_rule(_plain)
    if quick is None:
        return False
    quick(0, 0, 0, 0, 0, 0)
    draws.block = quick
    return True
