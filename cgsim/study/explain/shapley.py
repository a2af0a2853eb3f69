"""Exact Shapley values of a hazard's six terms.

The game (Shapley 1953, DOI 10.1515/9781400881970-018): the players are the terms; the value
of a coalition S is the hazard with the terms in S as they were and the others neutral (0),
``v(S) = base · exp(Σ_{k∈S} term_k)``. A term's Shapley value is what it adds to v on average
over all orders in which the six may come; the six sum to v(all) − v(none), the hazard minus
its base. With six players all 64 coalitions are reckoned: nothing is sampled.
"""

from __future__ import annotations

from math import factorial
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def shapley(base: NDArray[np.float64], terms: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the Shapley value of each term in the hazard ``base · exp(Σ terms)``.

    Parameters
    ----------
    base : array, shape (n,)
        Hazard with all terms neutral [per month].
    terms : array, shape (n, k)
        The terms, logs of factors.

    Returns
    -------
    array, shape (n, k)
        Hazard that each term adds or takes [per month]; row sums are hazard − base.

    Examples
    --------
    Two equal terms share alike:

    >>> import numpy as np
    >>> shapley(np.array([1.0]), np.log([[2.0, 2.0]])).round(12).tolist()
    [[1.5, 1.5]]
    """
    players = terms.shape[1]
    members = np.array([[s >> k & 1 for k in range(players)] for s in range(1 << players)])
    values = base[:, None] * np.exp(terms @ members.T)
    sizes = members.sum(axis=1)
    found = np.empty_like(terms)
    for k in range(players):
        without = np.flatnonzero(members[:, k] == 0)
        weights = np.array(
            [factorial(s) * factorial(players - 1 - s) / factorial(players) for s in sizes[without]]
        )
        found[:, k] = (values[:, without | 1 << k] - values[:, without]) @ weights
    return found
