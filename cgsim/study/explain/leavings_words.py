"""Why people left, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...figures.sheet import number
from ...language import text
from .life import TERMS
from .person_words import term_words
from .wording import joined, percent

if TYPE_CHECKING:
    from .leavings import LeavingsExplained


def sentences(found: LeavingsExplained, lang: str = "en") -> list[str]:
    """Return the answer, sentence by sentence.

    Examples
    --------
    >>> from cgsim.study.explain import explain_leavings
    >>> sentences(explain_leavings("sangatta-utara", runs=2, seed=1))[0][-19:]
    'e leave in a month.'
    """
    runs = number(found.runs, "#,##0", lang)
    if found.leavings.empty:
        return [text("explain.leavings.none", lang, runs=runs)]
    base = found.part("base")
    some = text(
        "explain.leavings.some", lang, n=number(base["leavings"], "#,##0", lang), runs=runs,
        rate=percent(base["rate"], lang, 1),
    )  # fmt: skip
    parts = {term: found.part(term) for term in TERMS}
    order = sorted(TERMS, key=lambda term: -parts[term]["share"])
    added = [
        text(
            f"explain.leavings.{'adds' if parts[term]['share'] >= 0 else 'takes'}", lang,
            term=term_words(term, lang), share=percent(abs(parts[term]["share"]), lang),
        )
        for term in order
    ]  # fmt: skip
    shares = text(
        "explain.leavings.shares", lang, base=percent(base["share"], lang),
        added=joined(added, lang),
    )  # fmt: skip
    often = max(TERMS, key=lambda term: parts[term]["decisive"])
    luck = text(
        "explain.leavings.luck", lang, share=percent(base["decisive"], lang),
        term=term_words(often, lang), often=percent(parts[often]["decisive"], lang),
    )  # fmt: skip
    return [some, shares, luck]
