"""What a summary says in words, the same wherever it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..language import text
from ..world.shape import STATES

if TYPE_CHECKING:
    from .summary import Block, Summary


def block_words(block: Block, hold_months: float, lang: str) -> str:
    """Return what runs wait for before their next state.

    Parameters
    ----------
    hold_months : float
        How long signs must hold before a state changes.
    """
    if not block.next_state:
        return text("cli.blocked.nothing", lang, state=text("figure.state.dynamic", lang))
    state = text(f"figure.state.{block.next_state}", lang)
    if block.by == "time":
        return text("cli.blocked.time", lang, state=state, n=f"{hold_months:g}")
    producers = block.by == "producers"
    by = text("cli.blocked.producers" if producers else f"figure.indicator.{block.by}", lang)
    return text("cli.blocked.by", lang, state=state, by=by.lower())


def label_differs(summary: Summary) -> bool:
    """Whether the commonest end state depends on the cut-offs."""
    return len({max(STATES, key=found.__getitem__) for found in _shares(summary)}) > 1


def _shares(summary: Summary) -> list[dict[str, float]]:
    return [{state: found[state].share for state in STATES} for found in summary.end.values()]
