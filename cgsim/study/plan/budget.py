"""What may be spent: in all and by each organisation, in Rp million a year.

This is no lever. The model's own ``organisations.*.budget`` caps what an organisation can pay in
any one month, and shrinks what it does; the budget of a plan is a bound on its expected spending
over the whole horizon, and rules plans out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ...scenario import Scenario
from ...scenario_file import did_you_mean
from ..varied import fault

ALL = "all"
"""The word for all organisations together."""

Said = float | Mapping[str, float] | Sequence[str] | None
"""How a budget may be told: in all, by payer, or as on the command line."""


@dataclass(frozen=True)
class Budget:
    """Bounds on expected spending.

    Attributes
    ----------
    total : float
        Of all organisations together, Rp million a year; infinite where none is set.
    payers : dict
        By organisation, where one is set.
    """

    total: float = math.inf
    payers: dict[str, float] = field(default_factory=dict)

    @classmethod
    def read(cls, said: Said, case: Scenario, place: str = "budget") -> Budget:
        """Read a budget.

        Examples
        --------
        >>> case = Scenario.load("sangatta-utara")
        >>> Budget.read(["300", "kpc=90"], case)
        Budget(total=300.0, payers={'kpc': 90.0})
        >>> Budget.read({"kpc": 90}, case).total
        inf
        """
        if said is None:
            return cls()
        if isinstance(said, Mapping):
            pairs = [(str(who), str(much)) for who, much in said.items()]
        elif isinstance(said, int | float):
            pairs = [(ALL, str(said))]
        else:
            pairs = [_pair(one) for one in said]
        found: dict[str, float] = {}
        for who, much in pairs:
            if who not in (ALL, *case.organisations):
                hint = did_you_mean(who, case.organisations)
                known = ", ".join(case.organisations)
                raise fault(place, "plan.error.payer", read=who[:80], known=known, hint=hint)
            if who in found:
                raise fault(place, "plan.error.twice", read=who)
            found[who] = _amount(much, place)
        return cls(found.pop(ALL, math.inf), found)

    @property
    def is_set(self) -> bool:
        """Whether there is any bound."""
        return math.isfinite(self.total) or bool(self.payers)

    def beyond(self, spent: Mapping[str, float]) -> tuple[float, ...]:
        """Return by how much spending is beyond each bound, as a share of it; below 0 within.

        Parameters
        ----------
        spent : mapping
            Rp million a year by organisation.
        """
        bounds = [(self.total, sum(spent.values()))] if math.isfinite(self.total) else []
        bounds += [(bound, spent[who]) for who, bound in self.payers.items()]
        return tuple((much - bound) / max(bound, 1e-9) for bound, much in bounds)

    def allows(self, spent: Mapping[str, float]) -> bool:
        """Whether spending is within every bound."""
        return all(over <= 0.0 for over in self.beyond(spent))

    def to_dict(self) -> dict[str, float]:
        """Return the bounds by payer, ``all`` for the total."""
        return {**({ALL: self.total} if math.isfinite(self.total) else {}), **self.payers}


def _pair(words: str) -> tuple[str, str]:
    who, equals, much = (part.strip() for part in words.partition("="))
    return (who, much) if equals else (ALL, who)


def _amount(read: str, place: str) -> float:
    try:
        amount = float(read)
    except ValueError:
        amount = math.nan
    if not 0.0 <= amount < math.inf:
        raise fault(place, "plan.error.amount", read=read[:80])
    return amount
