"""Four small laws that the other rules are written with (section 4 of the specification)."""

from __future__ import annotations

import math

from .rule import rule


@rule
def due(month: int, interval: float) -> bool:
    """Whether an activity every `interval` months falls due; 0 stands for never."""
    return interval > 0.0 and month % interval == 0.0


@rule
def clip(x: float, low: float, high: float) -> float:
    """Return x kept between two bounds."""
    return low if x < low else high if x > high else x


@rule
def logistic(x: float) -> float:
    """1 / (1 + e^−x); the argument is clipped so that neither engine can overflow."""
    return 1.0 / (1.0 + math.exp(-clip(x, -700.0, 700.0)))


@rule
def toward(x: float, target: float, rate: float) -> float:
    """Return x moved towards a target by a share of the distance a month."""
    return x + rate * (target - x)


@rule
def trust_after(trust: float, contact: float, breach: float, gain: float, loss: float) -> float:
    """Trust after contact and breach: slowly won, faster lost (E35, N34).

    Parameters
    ----------
    trust, contact, breach : float
        Shares in [0, 1]; contact and breach of this month.
    gain, loss : float
        What a full contact wins of the distance to 1, what a full breach takes of what is there.
    """
    risen = trust + gain * contact * (1.0 - trust)
    return risen - loss * breach * risen


@rule
def round_half_up(x: float) -> float:
    """Round to the nearest whole number, halves upwards, the same on both engines."""
    return math.floor(x + 0.5)
