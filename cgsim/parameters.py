"""Every lever and constant of the world, once: value, unit, bounds and who says so.

A *lever* is what a decision-maker sets, a *constant* what the world sets. Each is one
line below: the attribute is the name that the rules read, the path is where a scenario
file states it. `Policy` holds what the whole cluster shares, `Plan` what each organisation
sets for itself. Their labels stand in ``language/`` under the path.

``source`` is a code of ``evidence.yaml`` (E…, N…, AG…), or "assumption" where nobody has
measured the number. ``spread`` and ``candidates`` are what a sensitivity study should try:
the source's range where there is one, else half to double, logits ±1, cut-offs ±0.1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

NEVER = 0.0
"""How the rules read `never` in a field of months."""

KINDS = ("agency", "company")
"""Kinds of organisation; rules read the place in the list."""

ATTENDANCE = ("by commitment", "always", "never")
"""How an organisation decides whether to come to meetings; rules read the place in the list."""

INTERVALS = (1.0, 2.0, 3.0, 6.0, 12.0, NEVER)
"""Intervals worth trying, from often to never [months]; pattern P17 runs through them."""

Sort = Literal["number", "whole", "interval", "flag", "choice"]
When = Literal["any month", "at birth"]


@dataclass(frozen=True)
class Parameter:
    """One lever or constant.

    Attributes
    ----------
    path : str
        Dotted place in a scenario file; of an organisation's lever only its last part.
    default : float or None
        Reference value; None where every scenario must state it.
    unit : str
        Unit, "share" for a number in [0, 1].
    low, high : float
        What the checker allows, both included.
    source : str
        Evidence codes, or "assumption".
    sort : {"number", "whole", "interval", "flag", "choice"}
        Which values a scenario file may hold; an interval is whole months or `never`.
    when : {"any month", "at birth"}
        Whether an intervention may move it.
    spread : tuple of float or None
        Lowest and highest value that a sensitivity study should try, within the bounds; None
        for an interval, a flag and a choice.
    words : tuple of str
        What may be chosen, of a choice; the rules read the place in this list.
    name : str
        The attribute that the rules read.
    """

    path: str
    default: float | None
    unit: str
    low: float
    high: float
    source: str
    sort: Sort = "number"
    when: When = "any month"
    spread: tuple[float, float] | None = None
    words: tuple[str, ...] = ()
    name: str = ""

    def __set_name__(self, owner: type, name: str) -> None:
        object.__setattr__(self, "name", name)
        if self.default is not None:
            object.__setattr__(self, "default", float(self.default))
        if self.spread is None and self.default is not None and self.sort in ("number", "whole"):
            object.__setattr__(self, "spread", self._half_to_double(self.default))

    def _half_to_double(self, default: float) -> tuple[float, float]:
        """Return half and double of the default within the bounds, in whole steps if it must be."""
        half, double = default / 2, default * 2
        if self.sort == "whole":
            half, double = math.floor(half + 0.5), math.floor(double + 0.5)
        return max(self.low, half), min(self.high, double)

    @property
    def candidates(self) -> tuple[float, ...]:
        """What to try of a lever that knows no values between, as the rules read it.

        An interval from monthly to never, with its own reference value; both values of a
        flag; nothing for a number, which has its `spread`, nor for a choice.

        Examples
        --------
        >>> PLAN["monitoring_interval"].candidates
        (1.0, 2.0, 3.0, 6.0, 12.0, 0.0)
        """
        if self.sort == "flag":
            return (0.0, 1.0)
        if self.sort != "interval":
            return ()
        every = {*INTERVALS, *([] if self.default is None else [self.default])}
        return tuple(sorted(every, key=lambda months: months or math.inf))

    @property
    def assumed(self) -> bool:
        """Whether nobody has measured the number."""
        return "assumption" in self.source

    @property
    def is_lever(self) -> bool:
        """Whether a decision-maker or a condition of the place sets it, not the world."""
        return not self.path.startswith("constants.")


def _lever(
    path: str,
    default: float | None,
    source: str,
    unit: str = "share",
    high: float = 1.0,
    low: float = 0.0,
    **more: Any,
) -> Any:
    return Parameter(path, default, unit, low, high, source, **more)


def _interval(path: str, default: float | None, source: str) -> Any:
    return Parameter(path, default, "months", 1, 240, source, sort="interval")


def _whole(
    path: str, default: float, source: str, unit: str, low: float, high: float, **more: Any
) -> Any:
    return Parameter(path, default, unit, low, high, source, sort="whole", **more)


def _constant(
    name: str, default: float, unit: str = "share", high: float = 1.0, source: str = "assumption",
    low: float = 0.0, **more: Any,
) -> Any:  # fmt: skip
    return Parameter(f"constants.{name}", default, unit, low, high, source, **more)


def _weight(
    name: str, default: float, source: str = "assumption",
    spread: tuple[float, float] | None = None,
) -> Any:  # fmt: skip
    """A weight or shift inside a logistic or exponential: varied by one logit either way."""
    spread = spread or (default - 1.0, default + 1.0)
    return Parameter(f"constants.{name}", default, "logit", -12.0, 12.0, source, spread=spread)


def _months(name: str, default: float, source: str = "assumption", **more: Any) -> Any:
    return Parameter(f"constants.{name}", default, "months", 0.01, 240.0, source, **more)


def _cost(activity: str, default: float, unit: str, source: str = "assumption") -> Any:
    return Parameter(f"costs.{activity}", default, unit, 0.0, 10_000.0, source)


def _cutoff(path: str, default: float) -> Any:
    spread = (default - 0.1, default + 0.1)
    return Parameter(path, default, "share", 0.06, 0.95, "assumption (E61)", spread=spread)


def _effort(circle: int) -> Any:
    return Parameter(
        f"community.effort.circle_{circle}", 1.0, "times the usual time", 0.0, 2.0,
        "assumption (N16, N19)",
    )  # fmt: skip


_EFFORT = "Rp million per unit of effort and month"


class Policy:
    """Levers and constants that the whole cluster shares; one number each."""

    # community
    people: float = _whole("community.people", 120, "assumption (N5)", "persons", 1, 100_000, when="at birth")  # fmt: skip
    group_size: float = _whole("community.group_size", 6, "assumption (N7, N8)", "persons", 1, 100_000, when="at birth")  # fmt: skip
    persistence_mean: float = _lever("community.persistence.mean", 0.5, "assumption (E53, E54, E58)")  # fmt: skip
    persistence_sd: float = _lever("community.persistence.sd", 0.18, "assumption (E54)")
    selection: float = _lever("community.selection", 0.25, "assumption (E56, N26)")
    intake_interval: float = _interval("community.intake_interval", 6, "assumption (N5)")
    effort_first: float = _effort(1)
    effort_second: float = _effort(2)
    effort_third: float = _effort(3)
    effort_fourth: float = _effort(4)
    # process
    meeting_interval: float = _interval("process.meeting_interval", 3, "assumption (E19, N4)")
    leadership: float = _lever("process.leadership", 0.6, "assumption (E15, E18, E65)")
    ground_rules: float = _lever("process.ground_rules", 0.6, "assumption (E13, E14, N20)")
    initial_trust: float = _lever("process.initial_trust", 0.45, "assumption (E12)")
    interdependence: float = _lever("process.interdependence", 0.6, "assumption (E8, AG2)")
    mandate: float = _lever("process.mandate", 0.0, "assumption (AG8)", spread=(0.0, 1.0))
    extra_imbalance: float = _lever(
        "process.extra_imbalance", 0.0, "assumption (E6, N21)", spread=(0.0, 0.5)
    )
    empowerment: float = _lever("process.empowerment", 0.0, "assumption (AG1)", spread=(0.0, 1.0))
    feedback: float = _lever("process.feedback", 1.0, "assumption (E67, AG10)")
    # cluster
    critical_mass: float = _lever("cluster.critical_mass", 16, "assumption", "producers", 1e6, 1.0)
    active_cutoff: float = _cutoff("cluster.active.cutoff", 0.30)
    active_indicators: float = _whole("cluster.active.indicators", 4, "assumption (E60, E61)", "indicators", 1, 6)  # fmt: skip
    active_producers: float = _lever("cluster.active.producers", 5, "evidence.md (Cluster typology)", "producers", 1e6, 1.0)  # fmt: skip
    dynamic_cutoff: float = _cutoff("cluster.dynamic.cutoff", 0.55)
    dynamic_indicators: float = _whole("cluster.dynamic.indicators", 5, "assumption (E60, E61)", "indicators", 1, 6)  # fmt: skip
    dynamic_producers: float = _lever("cluster.dynamic.producers", 15, "assumption (E61)", "producers", 1e6, 1.0)  # fmt: skip
    hold_months: float = _whole("cluster.hold_months", 3, "assumption", "months", 1, 60)
    # market
    minimum_wage: float = _lever("market.minimum_wage", 3.356, "N1", "Rp million per month", 1e4, 0.01, spread=(2.894, 3.515))  # fmt: skip
    material_share: float = _lever("market.material_share", 0.0, "assumption (makers report 0.6: evidence.md, Numbers)", spread=(0.0, 0.6))  # fmt: skip
    local_levy: float = _lever("market.local_levy", 0.01, "assumption (E11)")
    # costs
    cost_promotion: float = _cost("promotion", 10, _EFFORT)
    cost_toolkit: float = _cost("toolkit", 5, _EFFORT)
    cost_workshop: float = _cost("workshop", 8, _EFFORT, "assumption (N4)")
    cost_waste: float = _cost("waste", 4, _EFFORT, "assumption (N14)")
    cost_reward: float = _cost("reward", 3, _EFFORT)
    cost_training: float = _cost("training", 6, "Rp million per trainee-month")
    cost_visit: float = _cost("visit", 0.4, "Rp million per visit")
    # constants: at birth
    birth_skill: float = _constant("birth_skill", 0.05, when="at birth")
    birth_commitment: float = _constant("birth_commitment", 0.3, when="at birth")
    birth_commitment_persistence: float = _constant("birth_commitment_persistence", 0.4, when="at birth")  # fmt: skip
    birth_peer_trust: float = _constant("birth_peer_trust", 0.5, when="at birth")
    birth_trust_sd: float = _constant("birth_trust_sd", 0.1, when="at birth")
    birth_organisation_commitment: float = _constant("birth_organisation_commitment", 0.5, when="at birth")  # fmt: skip
    birth_benefit: float = _constant("birth_benefit", 0.2, when="at birth")
    birth_dialogue_quality: float = _constant("birth_dialogue_quality", 0.1, when="at birth")
    birth_small_wins: float = _constant("birth_small_wins", 0.1, when="at birth")
    birth_reputation: float = _constant("birth_reputation", 0.1, when="at birth")
    birth_equipment: float = _constant("birth_equipment", 0.1, when="at birth")
    birth_waste_treatment: float = _constant("birth_waste_treatment", 0.05, when="at birth")
    birth_market_reach: float = _constant("birth_market_reach", 0.12, when="at birth")
    # constants: dialogue
    attendance_floor: float = _constant("attendance_floor", 0.3)
    dialogue_floor_leadership: float = _constant("dialogue_floor_leadership", 0.4)
    dialogue_floor_rules: float = _constant("dialogue_floor_rules", 0.5)
    dialogue_floor_commitment: float = _constant("dialogue_floor_commitment", 0.5)
    dialogue_memory: float = _constant("dialogue_memory", 0.85, spread=(0.70, 0.925))
    leadership_voice: float = _constant("leadership_voice", 0.5)
    absent_commitment: float = _constant("absent_commitment", 0.3)
    # constants: trust
    gain: float = _constant("gain", 0.12, "share per full contact")
    loss: float = _constant("loss", 0.24, "share per full breach", source="N34", spread=(0.24, 0.36))  # fmt: skip
    pact_gain: float = _constant("pact_gain", 2.0, "times gain", 8.0)
    pact_loss: float = _constant("pact_loss", 0.5, "times loss", 4.0)
    pact_floor: float = _constant("pact_floor", 0.6, "times initial trust")
    pact_erosion: float = _constant("pact_erosion", 0.012, "share per month")
    # constants: shared understanding
    community_weight: float = _constant("community_weight", 0.3)
    goal_convergence: float = _constant("goal_convergence", 0.6)
    goal_drift: float = _constant("goal_drift", 0.02, "share per month")
    disagreement: float = _constant("disagreement", 3.0, "per unit of distance", 20.0)
    # constants: commitment to the process
    commit_base: float = _weight("commit_base", -2.9)
    commit_trust: float = _weight("commit_trust", 2.0)
    commit_understanding: float = _weight("commit_understanding", 1.2)
    commit_benefit: float = _weight("commit_benefit", 2.2)
    commit_interdependence: float = _weight("commit_interdependence", 0.5, "assumption (AG2)")
    commit_rate: float = _constant("commit_rate", 0.12, "share per month")
    # constants: delivery
    delivery_floor: float = _constant("delivery_floor", 0.5)
    capacity_floor: float = _constant("capacity_floor", 0.4)
    capacity_slope: float = _constant("capacity_slope", 0.8, high=4.0)
    places_floor: float = _constant("places_floor", 0.5)
    places_slope: float = _constant("places_slope", 0.7, high=4.0)
    equipment_memory: float = _constant("equipment_memory", 0.98, spread=(0.96, 0.99))
    equipment_gain: float = _constant("equipment_gain", 0.035, "per unit of effort and month")
    waste_memory: float = _constant("waste_memory", 0.98, spread=(0.96, 0.99))
    waste_gain: float = _constant("waste_gain", 0.03, "per unit of effort and month")
    # constants: who applies and is taken
    apply_base: float = _weight("apply_base", -4.5, "assumption (E52)")
    apply_reputation: float = _weight("apply_reputation", 1.2)
    apply_promotion: float = _weight("apply_promotion", 0.8)
    apply_income: float = _weight("apply_income", 1.2)
    apply_reward: float = _weight("apply_reward", 0.6)
    apply_persistence: float = _weight("apply_persistence", 1.0)
    apply_neutral: float = _constant("apply_neutral", 0.5)
    selection_noise: float = _constant("selection_noise", 0.25)
    # constants: monitoring
    visit_contact: float = _constant("visit_contact", 1.0)
    meeting_contact: float = _constant("meeting_contact", 0.2)
    broken_promise: float = _constant("broken_promise", 1.0, source="assumption (E35, E36)")
    promise_grace: float = _months("promise_grace", 3.0)
    no_promise: float = _constant("no_promise", 0.3, source="assumption (E35, E36)")
    no_promise_grace: float = _months("no_promise_grace", 6.0)
    breach_months: float = _months("breach_months", 18.0)
    visit_support: float = _constant("visit_support", 0.6, source="assumption (N30, N31)")
    visit_memory: float = _months("visit_memory", 3.0, "assumption (N29)", when="at birth")
    crowding: float = _constant("crowding", 0.15)
    # constants: peers
    peer_gain: float = _constant("peer_gain", 0.08, "share per month", source="assumption (N25)")
    peer_loss: float = _constant("peer_loss", 0.3, "share per full breach")
    peer_breach: float = _constant("peer_breach", 0.3, source="assumption (N19)")
    peer_company: float = _constant("peer_company", 2.0, "persons", 100.0, low=0.01)
    # constants: commitment of a trainee
    hold_base: float = _weight("hold_base", -3.0)
    hold_persistence: float = _weight("hold_persistence", 2.2)
    hold_trust: float = _weight("hold_trust", 1.4)
    hold_goal: float = _weight("hold_goal", 0.8)
    hold_income: float = _weight("hold_income", 1.2)
    hold_reward: float = _weight("hold_reward", 0.6)
    hold_rate: float = _constant("hold_rate", 0.2, "share per month")
    # constants: leaving and coming back
    leave_hazard: float = _constant("leave_hazard", 0.11, "per month", 5.0, "N24", spread=(0.10, 0.11))  # fmt: skip
    leave_skill: float = _weight("leave_skill", 1.2, "assumption (E53)")
    leave_persistence: float = _weight("leave_persistence", 2.4, "assumption (E53, E54)")
    leave_support: float = _weight("leave_support", 1.6, "assumption (N30)")
    leave_trust: float = _weight("leave_trust", 0.8, "assumption (E35)")
    leave_income: float = _weight("leave_income", 1.2, "assumption (N19)")
    leave_peers: float = _weight("leave_peers", 0.8, "assumption (N25)")
    neutral_skill: float = _constant("neutral_skill", 0.5)
    neutral_persistence: float = _constant("neutral_persistence", 0.5)
    neutral_support: float = _constant("neutral_support", 0.4)
    neutral_trust: float = _constant("neutral_trust", 0.5)
    neutral_income: float = _constant("neutral_income", 0.3)
    neutral_peers: float = _constant("neutral_peers", 0.5)
    independent_hazard: float = _constant("independent_hazard", 0.4, "times the hazard", 4.0)
    return_after: float = _months("return_after", 12.0)
    return_probability: float = _constant("return_probability", 0.02, "per month")
    # constants: practice, learning, independence
    practise_base: float = _weight("practise_base", -1.9)
    practise_persistence: float = _weight("practise_persistence", 1.8, "assumption (E54)")
    # from the low end of N30 to what N31 saw where pay hung on it
    practise_support: float = _weight("practise_support", 1.0, "assumption (N30, N31)", spread=(0.58, 1.0))  # fmt: skip
    practise_commitment: float = _weight("practise_commitment", 1.4)
    practise_obligation: float = _weight("practise_obligation", 0.8, "assumption (E34)")
    practise_effort: float = _weight("practise_effort", 1.5, "assumption (E54)", spread=(0.5, 2.5))
    effort_time: float = _constant("effort_time", 0.2, "minimum wages per unit of effort", source="assumption (N16, N19)")  # fmt: skip
    training_rate: float = _constant("training_rate", 0.27, "share per month of training")
    learning_rate: float = _constant("learning_rate", 0.09, "share per month practised", source="assumption (N33)")  # fmt: skip
    learning_floor_support: float = _constant("learning_floor_support", 0.5, source="assumption (E41)")  # fmt: skip
    learning_floor_equipment: float = _constant("learning_floor_equipment", 0.6)
    learning_slope_equipment: float = _constant("learning_slope_equipment", 0.4)
    forgetting: float = _constant("forgetting", 0.05, "share per month", source="N32", spread=(0.05, 0.10))  # fmt: skip
    output_floor_skill: float = _constant("output_floor_skill", 0.25)
    output_floor_equipment: float = _constant("output_floor_equipment", 0.5)
    output_slope_equipment: float = _constant("output_slope_equipment", 0.7)
    independent_skill: float = _constant("independent_skill", 0.6, source="assumption (E47)")
    independent_months: float = _months("independent_months", 6.0)
    # constants: market information and designs
    information_memory: float = _constant("information_memory", 0.95, spread=(0.90, 0.975))
    information_promotion: float = _constant("information_promotion", 0.06, "share per month", source="assumption (E45)")  # fmt: skip
    information_support: float = _constant("information_support", 0.05, "share per month")
    information_dialogue: float = _constant("information_dialogue", 0.04, "share per month")
    information_peers: float = _constant("information_peers", 0.15, "share per month", source="assumption (N7)")  # fmt: skip
    design_rate: float = _constant("design_rate", 0.08, "designs per producer and month")
    design_floor_information: float = _constant("design_floor_information", 0.2)
    design_floor_delivery: float = _constant("design_floor_delivery", 0.4)
    # constants: market
    market_floor: float = _constant("market_floor", 0.25)
    market_skill: float = _constant("market_skill", 0.45)
    market_novelty: float = _constant("market_novelty", 0.45)
    untreated_waste_cap: float = _constant("untreated_waste_cap", 0.45)
    waste_threshold: float = _constant("waste_threshold", 0.3)
    reach_scale: float = _constant("reach_scale", 1.35, "share per unit of market building", 10.0)
    reach_floor: float = _constant("reach_floor", 0.05)
    reach_rate: float = _constant("reach_rate", 0.05, "share per month")
    demand_base: float = _constant("demand_base", 1.2, "units per month", 1e6, low=0.01)
    demand_reach: float = _constant("demand_reach", 20.0, "units per month at full reach", 1e6)
    price_scale: float = _constant("price_scale", 2.0, "times the minimum wage", 100.0, "assumption (N2, N9)")  # fmt: skip
    price_floor: float = _constant("price_floor", 0.45)
    price_skill: float = _constant("price_skill", 0.4)
    price_novelty: float = _constant("price_novelty", 0.3)
    income_rate: float = _constant("income_rate", 0.2, "share per month")
    job_income: float = _constant("job_income", 1.5, "times the minimum wage", 100.0, "assumption (E48)")  # fmt: skip
    # constants: intermediate outcomes
    novelty_scale: float = _constant("novelty_scale", 0.055, "designs per producer and month", low=0.001)  # fmt: skip
    novelty_rate: float = _constant("novelty_rate", 0.06, "share per month")
    win_floor: float = _constant("win_floor", 0.4)
    win_rate: float = _constant("win_rate", 0.12, "share per month")
    disappointment: float = _constant("disappointment", 0.5, source="assumption (N6)")
    reputation_rate: float = _constant("reputation_rate", 0.06, "share per month")
    benefit_rate: float = _constant("benefit_rate", 0.12, "share per month")
    agency_wins: float = _constant("agency_wins", 0.6, source="assumption (E11)")
    agency_sales: float = _constant("agency_sales", 0.4, source="assumption (E11)")
    agency_sales_scale: float = _constant("agency_sales_scale", 8.0, "minimum wages", 1e6, low=0.01)
    company_wins: float = _constant("company_wins", 0.5, source="assumption (E11)")
    company_reach: float = _constant("company_reach", 0.5, source="assumption (E11)")
    company_reach_scale: float = _constant("company_reach_scale", 1.4, "per unit of reach", 100.0)
    indicator_producers: float = _constant("indicator_producers", 2.0, "producers", 1e6)


class Plan:
    """What one organisation sets for itself; stated in a scenario under its key."""

    kind: float = _lever("kind", None, "E30–E32", "agency or company", sort="choice", words=KINDS, when="at birth")  # fmt: skip
    goal: float = _lever("goal", None, "assumption", "0 heritage … 1 income", when="at birth", spread=(0.0, 1.0))  # fmt: skip
    present: float = _lever("present", 1, "E37", "yes or no", sort="flag")
    monitoring_interval: float = _interval("monitoring_interval", NEVER, "E17, E32, E57")
    promised_interval: float = _interval("promised_interval", NEVER, "assumption (E20, E35)")
    visits: float = _lever("visits", 0, "assumption", "trainees per round", 1e5, spread=(3, 12))
    seats: float = _lever("seats", 0, "assumption (N5, N7)", "places per intake", 1e5, spread=(2, 10))  # fmt: skip
    training_months: float = _lever("training_months", 1, "E38", "months", 60.0, 0.1, spread=(0.5, 2.0))  # fmt: skip
    promotion: float = _lever(
        "promotion", 0, "assumption (E31, E42, E43)", "effort", 4.0, spread=(0, 2)
    )
    toolkit: float = _lever("toolkit", 0, "assumption (E24, E32)", "effort", 4.0, spread=(0, 2))
    workshop: float = _lever("workshop", 0, "assumption (E32)", "effort", 4.0, spread=(0, 2))
    waste: float = _lever("waste", 0, "assumption (E32)", "effort", 4.0, spread=(0, 2))
    reward: float = _lever("reward", 0, "assumption (E20)", "effort", 4.0, spread=(0, 2))
    practice_obligation: float = _lever(
        "practice_obligation", 0, "assumption (E34)", spread=(0.0, 1.0)
    )
    attends: float = _lever(
        "attends", 0, "assumption (E19, AG8)", "by commitment, always or never", sort="choice",
        words=ATTENDANCE,
    )  # fmt: skip
    budget: float = _lever("budget", None, "assumption", "Rp million per month", 1e6, spread=(20, 180))  # fmt: skip


def _declared(owner: type) -> dict[str, Parameter]:
    return {name: p for name, p in vars(owner).items() if isinstance(p, Parameter)}


POLICY = _declared(Policy)
"""Shared levers and constants by the name that rules read, in the order of the file."""

PLAN = _declared(Plan)
"""An organisation's levers by name."""

BY_PATH = {p.path: p for p in POLICY.values()}
"""Shared levers and constants by their path in a scenario file."""


def find(path: str) -> Parameter | None:
    """Return the parameter at a dotted path, for `organisations.<key>.lever` its lever."""
    parts = path.split(".")
    if parts[0] == "organisations" and len(parts) == 3:
        return PLAN.get(parts[2])
    return BY_PATH.get(path)


def allowed(parameter: Parameter) -> str:
    """Say in words what a parameter may be.

    Examples
    --------
    >>> allowed(PLAN["monitoring_interval"])
    'whole months from 1 to 240, or never'
    >>> allowed(POLICY["leadership"])
    'from 0 to 1 [share]'
    """
    if parameter.sort == "choice":
        return f"{', '.join(parameter.words[:-1])} or {parameter.words[-1]}"
    if parameter.sort == "flag":
        return "true or false"
    span = f"from {parameter.low:g} to {parameter.high:g}"
    if parameter.sort == "interval":
        return f"whole months {span}, or never"
    if math.isinf(parameter.high):
        span = f"{parameter.low:g} or more"
    return f"{'whole numbers ' if parameter.sort == 'whole' else ''}{span} [{parameter.unit}]"
