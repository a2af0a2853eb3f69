"""What makes two computers' numbers the same: the source of the rules, and how they reckon."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from pathlib import Path

from ...compiled import source_hash
from ...scenario import Scenario

CODE = "pyarrow"
"""The library that decides a file's bytes."""

CANARIES = 8
"""Runs whose numbers show whether a computer reckons as the one that began a sweep."""

_ROOMS = (
    "results.py", "columns.py", "layout.py", "study/sweep/work.py", "study/sweep/axes.py",
    "study/sweep/designs.py", "study/sweep/files.py",
)  # fmt: skip


@cache
def code_hash() -> str:
    """Return 16 hexadecimal digits of all source that decides a sweep's numbers."""
    here = Path(__file__).parents[2]
    digest = blake2b(source_hash().encode(), digest_size=8)
    for room in _ROOMS:
        digest.update((here / room).read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


@cache
def canary(scenario: Scenario, seed: int) -> str:
    """Return the hash of a few runs: `exp` and `log` may differ between kinds of processors."""
    from ..simulate import simulate, table_hash

    runs = simulate(scenario, CANARIES, seed, months=False, threads=1).runs
    return table_hash(runs)
