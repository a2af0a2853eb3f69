"""The world: how the actors of a cluster behave. The only place that knows it.

A month, as prose (as code, in the same order, in `month`):

0. Levers change: at a month, or because a quantity passed a bound.
1. Every third month organisations and trainees meet face to face; committed ones come, and
   leadership, ground rules and voice make the talk good.
2. Organisations that met trust one another more; one that stayed away loses trust.
3. Goals of those who talked converge; shared understanding is how near they are.
4. Trust, understanding and what each got out of it move organisations' commitment.
5. Within its budget each organisation promotes, equips, builds, treats waste, rewards, and
   every half year takes in whom it can train; few apply.
6. Organisations visit whom they can. Visits build trust and support; broken promises cost.
7. Each trainee holds on or leaves (six named reasons), practises and learns or forgets,
   hears of the market, has a new design; who left may return after a year.
8. Promotion, skill and novelty widen the market; orders beyond what is made stay unmet.
9. Small wins, reputation and each party's own return feed back into the next month.
10. Six indicators say whether the cluster is inactive, active or dynamic.

Rules are plain Python over attributes. They use `math`, never numpy; ``x * x``, never
``x ** 2``; loops, never `sum`: so that both engines give the same bits.
"""

from __future__ import annotations

from .birth import birth
from .month import month
from .rule import RULES
from .shape import World

__all__ = ["RULES", "World", "birth", "month"]
