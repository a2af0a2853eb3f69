"""Why one person left or stayed, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...language import text
from ...world.shape import STATUSES
from .life import TERMS
from .wording import decimal, flip_words, joined, percent

if TYPE_CHECKING:
    from .moment import MomentFlip
    from .person import PersonExplained


def term_words(term: str, lang: str) -> str:
    """Return a reason's name."""
    return text(f"explain.term.{term}", lang)


def sentences(found: PersonExplained, lang: str = "en") -> list[str]:
    """Return the answer, sentence by sentence, the most telling first.

    Examples
    --------
    >>> from cgsim.study.explain import explain_person
    >>> why = explain_person("sangatta-utara", who=29, seed=7, levers=["leadership"])
    >>> sentences(why)[0].startswith("Trainee 29 left in month 15")
    True
    """
    told = [_headline(found, lang), _chance(found, lang), *_strongest(found, lang)]
    if found.left:
        told += [_decisive(found, lang), _moment(found, lang)]
        if found.levers:
            told.append(_world(found, lang))
        if len(found.life.leavings) > 1:
            told.append(times_words(found, lang))
    else:
        told.append(_moment(found, lang))
    if found.other is not None:
        told += _other(found, lang)
    return told


def _headline(found: PersonExplained, lang: str) -> str:
    life, month = found.life, found.month
    key = "left" if found.left else "stayed" if life.leavings else "never"
    if key == "never" and month != life.riskiest():
        key = "stayed"
    row = life.table.iloc[month]
    since = month - max((one for one in life.admissions if one <= month), default=0)
    if key == "left" and since < 2:
        key = "left_one" if since else "left_at_once"
    return text(
        f"explain.person.{key}", lang, who=life.person, month=month, n=since,
        status=text(f"explain.status.{STATUSES[found.moment.status]}", lang),
        by=life.scenario.names[str(row["admitted_by"])][lang],
    )  # fmt: skip


def _chance(found: PersonExplained, lang: str) -> str:
    return text(
        f"explain.person.chance_{'left' if found.left else 'stayed'}", lang,
        p=percent(found.probability, lang), u=decimal(found.moment.luck, lang),
        threshold=decimal(found.moment.threshold, lang), hazard=decimal(found.hazard, lang),
    )  # fmt: skip


def _strongest(found: PersonExplained, lang: str) -> list[str]:
    """Return what pushed most and what held most, where anything did."""
    import math

    terms = found.terms._asdict()
    told = []
    for key, name, there in (
        ("pushed", max(TERMS, key=lambda one: terms[one]), 1.0),
        ("held", min(TERMS, key=lambda one: terms[one]), -1.0),
    ):
        if terms[name] * there > 0.0:
            factor = decimal(math.exp(terms[name]), lang, 2)
            told.append(
                text(f"explain.person.{key}", lang, term=term_words(name, lang), factor=factor)
            )
    return told


def _decisive(found: PersonExplained, lang: str) -> str:
    if not found.decisive:
        return text("explain.person.luck", lang, p=percent(found.probability, lang))
    terms = joined([term_words(one, lang) for one in found.decisive], lang)
    key = "decisive" if len(found.decisive) == 1 else "decisive_many"
    return text(f"explain.person.{key}", lang, terms=terms)


def _moment(found: PersonExplained, lang: str) -> str:
    possible = [one for one in found.reasons if one.possible]
    key = "moment" if found.left else "lost"
    if not possible:
        return text(f"explain.person.{key}_none", lang)
    values = "; ".join(_turning(one, lang) for one in possible)
    return text(f"explain.person.{key}", lang, values=values)


def _turning(one: MomentFlip, lang: str) -> str:
    assert one.flip is not None
    assert one.short is not None
    return text(
        f"explain.person.at_{'least' if one.flip > one.short else 'most'}", lang,
        term=term_words(one.term, lang), flip=flip_words(one, lang),
        value=decimal(one.value, lang),
    )  # fmt: skip


def _world(found: PersonExplained, lang: str) -> str:
    tried = [one for one in found.levers if one.outcome != "moved"]
    kept = [one for one in tried if one.outcome == "kept"]
    key = "world" if kept else "world_none"
    return text(f"explain.person.{key}", lang, n=len(kept), all=len(tried))


def times_words(found: PersonExplained, lang: str) -> str:
    """Return how often one left, where it was more than once."""
    months = joined([str(one) for one in found.life.leavings], lang)
    told = {"who": found.life.person, "n": len(found.life.leavings), "months": months}
    return text("explain.person.times", lang, **told)


def _other(found: PersonExplained, lang: str) -> list[str]:
    other = found.other
    assert other is not None
    name = other.scenario.name
    if not other.moments:
        return [text("explain.person.other_never", lang, scenario=name)]
    left = other.leavings
    if not left:
        told = [text("explain.person.other_stays", lang, scenario=name)]
    elif len(left) == 1:
        told = [text("explain.person.other_left", lang, scenario=name, month=left[0])]
    else:
        months = joined([str(one) for one in left], lang)
        told = [text("explain.person.other_left_many", lang, scenario=name, months=months)]
    if found.month in other.moments:
        there = other.moments[found.month].probability(other.policies[found.month])
        told.append(
            text(
                "explain.person.other_chance", lang, month=found.month,
                there=percent(there, lang), here=percent(found.probability, lang),
            )
        )  # fmt: skip
    return told
