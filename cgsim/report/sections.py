"""The sections of a report, in their order; to add one, write its module and name it here."""

from __future__ import annotations

from collections.abc import Callable

from . import (
    section_again,
    section_appendix,
    section_assumptions,
    section_blocked,
    section_changes,
    section_costs,
    section_differing,
    section_ends,
    section_gains,
    section_leavings,
    section_limits,
    section_losers,
    section_method,
    section_money,
    section_results,
    section_watch,
    section_worlds,
    section_worlds_of_several,
)
from .findings import Findings
from .parts import Section

SECTIONS: tuple[Callable[[Findings, str], Section | None], ...] = (
    section_results.section,
    section_blocked.section,
    section_changes.section,
    section_ends.section,
    section_costs.section,
    section_money.section,
    section_gains.section,
    section_losers.section,
    section_leavings.section,
    section_watch.section,
    section_worlds.section,
    section_worlds_of_several.section,
    section_differing.section,
    section_assumptions.section,
    section_limits.section,
    section_method.section,
    section_again.section,
    section_appendix.section,
)
"""Each returns its section in a language, or None where it has nothing to say."""


def sections(found: Findings, lang: str) -> list[Section]:
    """Return the sections that have something to say."""
    every = (make(found, lang) for make in SECTIONS)
    return [one for one in every if one is not None]
