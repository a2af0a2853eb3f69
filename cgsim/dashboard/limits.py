"""How large a case may be that a page computes: a server in a class has thirty visitors."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import Message, say
from ..scenario import Scenario

MOST_PEOPLE, MOST_MONTHS, MOST_ORGANISATIONS = 1_000, 600, 12
"""Of a case on a page; the command line takes more."""

MOST_VISITS = 1_000_000
"""People × months × organisations: each of them may visit each person in each month. A run then
takes some tens of milliseconds, and what is sent of it some megabytes.
"""

MOST_PERSON_MONTHS = 200_000_000
"""People × months × runs of all scenarios side by side: about ten seconds of one core."""


def person_months(case: Scenario) -> int:
    """Return people × months of a run."""
    return int(case.value("community.people")) * case.months


def too_large(case: Scenario) -> Message | None:
    """Return why a case is too large for a page; None where it is not.

    Examples
    --------
    >>> too_large(Scenario.load("sangatta-utara"))
    >>> print(too_large(Scenario.load("sangatta-utara").replace(months=900)).in_language("en"))
    120 people, 900 months and 3 organisations are too much for the page, which takes 1 000 people, 600 months and 12 organisations at most, fewer where all are many. On the command line: cgsim run FILE
    """  # noqa: E501
    people, months, many = int(case.value("community.people")), case.months, len(case.organisations)
    inside = people <= MOST_PEOPLE and months <= MOST_MONTHS and many <= MOST_ORGANISATIONS
    if inside and people * months * max(many, 1) <= MOST_VISITS:
        return None
    return say(
        "dashboard.notices.large", people=_spaced(people), months=_spaced(months),
        organisations=many, most_people=_spaced(MOST_PEOPLE), most_months=_spaced(MOST_MONTHS),
        most_organisations=MOST_ORGANISATIONS,
    )  # fmt: skip


def too_many_runs(cases: Sequence[Scenario], runs: int) -> Message | None:
    """Return why so many runs of these cases are too many for a page; None where they are not."""
    one = sum(person_months(case) for case in cases)
    if one * runs <= MOST_PERSON_MONTHS:
        return None
    return say(
        "dashboard.notices.runs", runs=_spaced(runs), most=_spaced(MOST_PERSON_MONTHS // one)
    )


def _spaced(number: int) -> str:
    return f"{number:_}".replace("_", " ")
