"""What a state variable is, where no table of results says so; for ``docs/odd.md``."""

from __future__ import annotations

_CUTOFFS = {"": "", "_lenient": ", both cut-offs lower", "_strict": ", both cut-offs higher"}

MEANINGS: dict[str, dict[str, str]] = {
    "trainee": {
        "persistence_z": "Place in the distribution of persistence; kept when the mean is moved.",
        "goal": "What the programme is for in this person's eyes.",
        "admitted_by": "Organisation that admitted this person last.",
        "training_months": "Length of the training of that organisation at admission.",
        "attended": "Whether this person came to this month's meeting.",
        "obligation": "Strongest fresh duty to practise, from organisations that monitor.",
        "ever_trained": "Whether this person was ever admitted.",
        "application_probability": "Probability of applying, as last asked.",
        "effort": "Time given to the work, as the circle of the group decides.",
        "practice_probability": "Probability of practising this month.",
        "design_probability": "Probability of a new design this month.",
    },
    "organisation": {
        "commitment": "Commitment to the process.",
        "benefit": "What it lately got out of the collaboration.",
        "attended": "Whether it came to this month's meeting.",
        "attendance_probability": "Probability of coming, at the last meeting.",
        "visit_probability": "Probability of visiting a given active trainee this month.",
        "budget_factor": "Share of the month's plan that the budget pays for.",
        "places": "Training places offered this month.",
        "spent": "Spending this month.",
        "spent_total": "Spending so far.",
    },
    "tie": {
        "trust": "Trust of the trainee in the organisation.",
        "months_unvisited": "Months since the last visit, or since admission.",
        "presence": "What is left of the last visit: 1 in its month, fading by the month.",
    },
    "pact": {"trust": "Trust of one organisation in another; not the same in return."},
    "group": {
        "members": "Active trainees at the start of step 7.",
        "commitment": "Their commitment, added up.",
        "market_information": "Their market information, added up.",
        "left_this_month": "Members who left this month.",
        "left_last_month": "Members who left last month.",
    },
    "cluster": {
        "months_to_active": "Months until the cluster was first active.",
        "months_to_dynamic": "Months until the cluster was first dynamic.",
        **{f"months_{name}": f"Months so far in which the cluster was {name}." for name in
           ("inactive", "active", "dynamic")},
        "spent_total": "Spending of all organisations so far.",
        **{f"total_on_{name}": f"Spending on {words} so far." for name, words in (
            ("promotion", "promotion"), ("toolkit", "tools"), ("workshop", "the workshop"),
            ("waste", "waste treatment"), ("reward", "rewards"), ("training", "training"),
            ("visits", "monitoring visits"))},
        "visits_total": "Monitoring visits so far.",
        "trainee_months": "Active trainees, added up over the months so far.",
        "producer_months": "Producers, added up over the months so far.",
        "sales_total": "Value sold so far.",
        "meeting": "Whether there is a meeting this month.",
        "forums": "Meetings so far with at least two organisations.",
        "difficulty_exits": "Leavings so far in which want of skill was the largest reason.",
        "organisations_present": "Organisations that take part.",
        "mean_goal": "Mean goal of the organisations present.",
        "prehistory": "Initial trust as it was at birth.",
        "promotion": "Promotion of all organisations together, saturating at 1.",
        "reward": "Rewards of all organisations together, at most 1.",
        "raw_state": "State that this month's indicators show, before it must hold.",
        **{f"pending{cut}": f"State that would come next{words}." for cut, words in
           _CUTOFFS.items()},
        **{f"months_pending{cut}": f"Months for which it has shown{words}." for cut, words in
           _CUTOFFS.items()},
    },
}  # fmt: skip
