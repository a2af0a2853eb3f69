"""How much monitoring changes the odds of staying a year: one trainee, by the rules.

Trials of monitoring report log-odds (N30: 0.73; N31: at most 1.0, with pay) and none was held
among craft trainees, so results are shown for weights of support that give several of them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from ..parameters import POLICY
from ..world.helpers import due, toward
from ..world.leaving import leave_probability
from ..world.monitoring import miss, visit
from ..world.practice import learning_rate, made, practice_probability
from ..world.shape import ARTISAN, TRAINING
from ..world.trainee import hold_on
from .outcomes import follow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..scenario import Scenario

MONTHS = 12
"""Months that one stays, or not."""

DISTANCE = 0.25
"""How far the trainee's goal lies from the organisations': the mean for goals from 0 to 1."""

WEIGHTS = ("leave_support", "practise_support", "practise_obligation", "information_support")
"""Constants that multiply what a visit leaves behind; the fifth is that of learning."""


def scaled(factor: float) -> dict[str, float]:
    """Return every weight of support multiplied by a factor, by path.

    In learning, support weighs 1 − ``learning_floor_support``; it cannot weigh more than 1.

    Parameters
    ----------
    factor : float
        0 or more; 1 leaves all as it is.

    Examples
    --------
    >>> scaled(2)["constants.leave_support"], scaled(2)["constants.learning_floor_support"]
    (3.2, 0.0)
    """
    weights = {f"constants.{name}": factor * _default(name) for name in WEIGHTS}
    learning = min(1.0, factor * (1.0 - _default("learning_floor_support")))
    return {**weights, "constants.learning_floor_support": 1.0 - learning}


def _default(name: str) -> float:
    default = POLICY[name].default
    assert default is not None
    return default


@dataclass(frozen=True)
class Surroundings:
    """What a trainee finds, the same whether visited or not.

    Attributes
    ----------
    equipment, dialogue_quality, peer_trust, reward : float
        In [0, 1].
    price : float
        Rp million a unit.
    sold : float
        Share of the output that finds a buyer.
    """

    equipment: float
    dialogue_quality: float
    peer_trust: float
    reward: float
    price: float
    sold: float


def surroundings(scenario: Scenario, runs: int, seed: int, after: int = 60) -> Surroundings:
    """Return means over the runs of a scenario after so many months."""
    names = ("equipment", "dialogue_quality", "peer_trust", "reward", "price", "sales", "output")
    found = {
        name: float(found.mean())
        for (name, _), found in follow(scenario, runs, seed, names, [after]).items()
    }
    sold = found.pop("sales") / (found["price"] * found.pop("output"))
    return Surroundings(**found, sold=min(1.0, sold))


def staying_probability(
    scenario: Scenario,
    around: Surroundings,
    visitor: str | None,
    changes: Mapping[str, float] | None = None,
) -> float:
    """Return the probability that a typical trainee stays twelve months from admission.

    The rules are walked in expectation: skill is that of somebody who practises with the
    month's probability, and nobody counts as independent in the first year.

    Parameters
    ----------
    scenario : Scenario
        Whose constants, persistence and promises hold.
    around : Surroundings
    visitor : str or None
        The organisation that visits every month; None if nobody ever does.
    changes : mapping, optional
        Constants by path that are other than in the scenario.

    Returns
    -------
    float
        In (0, 1).
    """
    policy: Any = SimpleNamespace(**scenario.policy)
    for path, value in (changes or {}).items():
        setattr(policy, path.removeprefix("constants."), value)
    cluster: Any = SimpleNamespace(equipment=around.equipment, mean_goal=0.5, reward=around.reward)
    trainee = _admitted(policy, around)
    ties = {key: _tie(policy) for key in scenario.organisations}
    stays = 1.0
    for month in range(MONTHS):
        contact = 0.0
        if due(month, policy.meeting_interval):
            contact = policy.meeting_contact * around.dialogue_quality * trainee.commitment
        _follow_up(trainee, ties, scenario, visitor, contact, policy)
        earning = min(1.0, trainee.income / policy.minimum_wage)
        hold_on(trainee, earning, cluster, policy)
        stays *= 1.0 - leave_probability(trainee, earning, policy)
        _practise(trainee, month, around, cluster, policy)
    return stays


def log_odds(
    scenario: Scenario,
    around: Surroundings,
    visitor: str,
    changes: Mapping[str, float] | None = None,
) -> float:
    """Return the log-odds of staying twelve months, visited monthly against never."""
    visited, alone = (
        staying_probability(scenario, around, who, changes) for who in (visitor, None)
    )
    return math.log(visited / (1.0 - visited)) - math.log(alone / (1.0 - alone))


def factor_for(wanted: float, scenario: Scenario, around: Surroundings, visitor: str) -> float:
    """Return the factor on all weights of support that gives a wanted log-odds.

    Raises
    ------
    ValueError
        Where no factor from 0 to 8 gives it.
    """
    from scipy.optimize import brentq

    def beyond(factor: float) -> float:
        return log_odds(scenario, around, visitor, scaled(factor)) - wanted

    return float(brentq(beyond, 0.0, 8.0, xtol=1e-6))


def _admitted(policy: Any, around: Surroundings) -> Any:
    persistence = policy.persistence_mean
    return SimpleNamespace(
        status=TRAINING, persistence=persistence, skill=policy.birth_skill / 2.0,
        commitment=policy.birth_commitment + policy.birth_commitment_persistence * persistence,
        goal=0.5 + DISTANCE, peer_trust=around.peer_trust, income=0.0,
    )  # fmt: skip


def _tie(policy: Any) -> Any:
    return SimpleNamespace(trust=policy.initial_trust, months_unvisited=0, presence=1.0)


def _follow_up(
    trainee: Any, ties: Mapping[str, Any], scenario: Scenario, visitor: str | None,
    contact: float, policy: Any,
) -> None:  # fmt: skip
    """Step 6 for one who is visited by one organisation, or by none."""
    fading = math.exp(-1.0 / policy.visit_memory)
    alone, obligation = 1.0, 0.0
    for key, tie in ties.items():
        plan = scenario.plans[key]
        if key == visitor:
            visit(tie, policy)
        else:
            miss(tie, float(plan["promised_interval"]), contact, fading, policy)
        alone *= 1.0 - policy.visit_support * tie.presence
        if plan["monitoring_interval"] > 0:
            obligation = max(obligation, float(plan["practice_obligation"]) * tie.presence)
    trainee.support = 1.0 - alone
    trainee.mean_trust = sum(tie.trust for tie in ties.values()) / len(ties)
    trainee.obligation = obligation
    trainee.effort = 1.0


def _practise(
    trainee: Any, month: int, around: Surroundings, cluster: Any, policy: Any
) -> None:  # fmt: skip
    """Learning, forgetting, output and income of the month, in expectation."""
    likely = practice_probability(trainee, policy)
    if month == 0:  # a month of training; who does not practise in it forgets nothing
        trainee.skill = toward(trainee.skill, 1.0, likely * policy.training_rate)
        trainee.status = ARTISAN
        return
    practised = toward(trainee.skill, 1.0, learning_rate(trainee, cluster, policy))
    trainee.skill = likely * practised + (1.0 - likely) * trainee.skill * (1.0 - policy.forgetting)
    earned = likely * made(trainee, cluster, policy) * around.price * around.sold
    trainee.income = toward(
        trainee.income, (1.0 - policy.material_share) * earned, policy.income_rate
    )
