"""What would have changed one person's decision in one month, by reasons alone.

With the same luck u one stays as long as h ≤ −ln(1 − u). Each term is a weight times the
distance of what it reads from its neutral value, so the value at which h meets that bound has
a closed form; it is then settled to the last bit by the world's own comparison.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from .life import POSSIBLE, TERMS, Moment


class MomentFlip(NamedTuple):
    """One reason in one month.

    Attributes
    ----------
    term : str
        One of `TERMS`.
    value, neutral : float
        What the term reads, and where the term is 0.
    push : float
        The term: above 0 it pushes out, below 0 it holds.
    flip : float or None
        The value nearest to `value` with which, all else and the luck the same, the decision
        would have been the other; None where no number does it.
    short : float or None
        The floating-point number next to it, with which it would not.
    possible : bool
        Whether a person can have that value at all.
    decisive : bool
        Whether with this term alone at 0 the decision would have been the other.
    """

    term: str
    value: float
    neutral: float
    push: float
    flip: float | None
    short: float | None
    possible: bool
    decisive: bool


def moment_flips(moment: Moment, policy: Any) -> tuple[MomentFlip, ...]:
    """Return what each term would have had to read for the other decision."""
    return tuple(_flip(term, moment, policy) for term in TERMS)


def weight_of(term: str, policy: Any) -> float:
    """Return the term's weight: how much it falls where what it reads rises by 1."""
    return float(getattr(policy, f"leave_{term}"))


def neutral_of(term: str, policy: Any) -> float:
    """Return the value at which the term is 0."""
    return float(getattr(policy, f"neutral_{term}"))


def _flip(term: str, moment: Moment, policy: Any) -> MomentFlip:
    stays = moment.stays(policy)
    neutral = neutral_of(term, policy)
    push: float = getattr(moment.terms(policy), term)
    found = _settled(term, moment, policy)
    flip, short = found or (None, None)
    low, high = POSSIBLE[term]
    return MomentFlip(
        term=term,
        value=moment.value(term),
        neutral=neutral,
        push=push,
        flip=flip,
        short=short,
        possible=flip is not None and low <= flip <= high,
        decisive=moment.having(term, neutral).stays(policy) != stays,
    )


def closed_form(term: str, moment: Moment, policy: Any) -> float | None:
    """Return the value at which the hazard meets its bound; None where there is none.

    From base · e^(rest + weight · (neutral − value)) = −ln(1 − u).
    """
    weight = weight_of(term, policy)
    terms = moment.terms(policy)
    log_of_rest: float = sum(terms) - getattr(terms, term)
    at_rest = moment.having(term, neutral_of(term, policy)).hazard(policy)
    if weight == 0.0 or at_rest <= 0.0:
        return None
    base = at_rest / math.exp(log_of_rest)
    wanted = math.log(moment.threshold / base) - log_of_rest
    return neutral_of(term, policy) - wanted / weight


def _settled(term: str, moment: Moment, policy: Any) -> tuple[float, float] | None:
    """Return two neighbouring numbers: one that changes the decision, one that does not."""
    start = closed_form(term, moment, policy)
    if start is None or not math.isfinite(start):
        return None
    now = moment.stays(policy)

    def changes(value: float) -> bool:
        return moment.having(term, value).stays(policy) != now

    # away from the present value the decision changes, towards it it does not
    away = math.copysign(1.0, start - moment.value(term))
    step = 4.0 * math.ulp(max(abs(start), 1e-9))
    there, here = start + away * step, start - away * step
    while not changes(there):
        step *= 2.0
        there = start + away * step
        if step > 1.0:
            return None
    while changes(here):
        here = start - away * step
        step *= 2.0
        if step > 1.0:
            return None
    while (middle := 0.5 * (there + here)) not in (there, here):
        if changes(middle):
            there = middle
        else:
            here = middle
    return there, here
