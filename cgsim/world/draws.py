"""Luck is keyed, never streamed: every draw is a pure function of who decides what, and when.

Philox4x32-10 (Salmon et al. 2011, DOI 10.1145/2063384.2063405) with key (seed, run) and
counter (purpose, who, month, whom). No order of calls, number of workers or extra trainee
can shift another's luck, and two scenarios with one seed share theirs. Products are masked
after every multiplication, so one source is right on Python's and on 64-bit integers.
"""

from __future__ import annotations

import math

from .rule import rule
from .shape import Luck

# One purpose a decision. Append only: a number, once used, keeps its meaning for ever.
BIRTH = 0  # a person's persistence, skill and goal
BIRTH_TRUST = 1  # whom: the organisation
ORGANISATION_ATTENDS = 2
TRAINEE_ATTENDS = 3
GOAL_DRIFT = 4
INTAKE_START = 5
APPLICATION = 6  # whom: the organisation; applies, and how well the selection goes
VISIT = 7  # whom: the organisation
PERSON_MONTH = 8  # one block: leave, practise, design, return

PURPOSES = {
    "BIRTH": BIRTH,
    "BIRTH_TRUST": BIRTH_TRUST,
    "ORGANISATION_ATTENDS": ORGANISATION_ATTENDS,
    "TRAINEE_ATTENDS": TRAINEE_ATTENDS,
    "GOAL_DRIFT": GOAL_DRIFT,
    "INTAKE_START": INTAKE_START,
    "APPLICATION": APPLICATION,
    "VISIT": VISIT,
    "PERSON_MONTH": PERSON_MONTH,
}

MASK = 0xFFFFFFFF
UNIT = 2.0**-32


@rule
def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    """Philox4x32-10: four words below 2³² from a counter and a key of words below 2³².

    Examples
    --------
    >>> [f"{word:08x}" for word in philox(0, 0, 0, 0, 0, 0)]
    ['6627e8d5', 'e169c58d', 'bc57ac4c', '9b00dbd8']
    """
    for _ in range(10):
        p0 = 0xD2511F53 * c0
        p1 = 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (
            ((p1 >> 32) & MASK) ^ c1 ^ k0,
            p1 & MASK,
            ((p0 >> 32) & MASK) ^ c3 ^ k1,
            p0 & MASK,
        )
        k0 = (k0 + 0x9E3779B9) & MASK
        k1 = (k1 + 0xBB67AE85) & MASK
    return c0, c1, c2, c3


@rule
def block(
    seed: int, run: int, purpose: int, who: int, month: int, whom: int
) -> tuple[float, float, float, float]:
    """Four independent uniforms strictly inside (0, 1) for one decision.

    Below the engines a compiled twin is put in this function's place where numba is there
    (`cgsim.luck`): plain Python is some 20 times slower and gives the same numbers.
    """
    w0, w1, w2, w3 = philox(purpose, who, month, whom, seed, run)
    return (w0 + 0.5) * UNIT, (w1 + 0.5) * UNIT, (w2 + 0.5) * UNIT, (w3 + 0.5) * UNIT


@rule
def draw(
    luck: Luck, purpose: int, who: int, month: int, whom: int
) -> tuple[float, float, float, float]:
    """Return the four uniforms of one decision in this run."""
    return block(luck.seed, luck.run, purpose, who, month, whom)


@rule
def uniform(luck: Luck, purpose: int, who: int, month: int, whom: int) -> float:
    """Return the one uniform of a yes-or-no decision in this run."""
    return block(luck.seed, luck.run, purpose, who, month, whom)[0]


@rule
def _ratio(
    r: float, a: tuple[float, float, float, float, float, float, float, float],
    b: tuple[float, float, float, float, float, float, float],
) -> float:  # fmt: skip
    """Return a ratio of two polynomials of seventh degree, b without its leading one."""
    above = a[7]
    below = b[6]
    for k in range(6, -1, -1):
        above = above * r + a[k]
    for k in range(5, -1, -1):
        below = below * r + b[k]
    return above / (below * r + 1.0)


_CENTRE_A = (
    3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
    1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
    3.3430575583588128105e4, 2.5090809287301226727e3,
)  # fmt: skip
_CENTRE_B = (
    4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
    2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
    5.2264952788528545610e3,
)  # fmt: skip
_MIDDLE_A = (
    1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
    3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
    2.27238449892691845833e-2, 7.74545014278341407640e-4,
)  # fmt: skip
_MIDDLE_B = (
    2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
    1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
    1.05075007164441684324e-9,
)  # fmt: skip
_TAIL_A = (
    6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
    2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
    2.71155556874348757815e-5, 2.01033439929228813265e-7,
)  # fmt: skip
_TAIL_B = (
    5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
    7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
    2.04426310338993978564e-15,
)  # fmt: skip


@rule
def normal_quantile(u: float) -> float:
    """Standard normal quantile of u in (0, 1): AS 241 (Wichura 1988), monotone in u.

    Examples
    --------
    >>> round(normal_quantile(0.975), 6)
    1.959964
    """
    q = u - 0.5
    if abs(q) <= 0.425:
        return q * _ratio(0.180625 - q * q, _CENTRE_A, _CENTRE_B)
    r = math.sqrt(-math.log(u if q < 0.0 else 1.0 - u))
    if r <= 5.0:
        z = _ratio(r - 1.6, _MIDDLE_A, _MIDDLE_B)
    else:
        z = _ratio(r - 5.0, _TAIL_A, _TAIL_B)
    return -z if q < 0.0 else z
