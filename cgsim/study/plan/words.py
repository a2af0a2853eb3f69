"""What a plan says, in sentences of either language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...figures.sheet import number
from ...language import text
from ...parameters import NEVER
from ..varied import lever_words
from .levers import UNPAID

if TYPE_CHECKING:
    from .evaluation import Evaluated
    from .planned import Planned
    from .reacting import Reacting
    from .robust import Robust


def share_words(share: float, lang: str, digits: int = 0) -> str:
    """Return a share in percent; what is not quite none or all is not called so.

    Examples
    --------
    >>> share_words(0.8275, "en"), share_words(0.999, "id"), share_words(0.001, "en")
    ('83 %', '>99 %', '<1 %')
    """
    if not digits and 0.0 < share < 0.005:
        return "<1 %"
    if not digits and 0.995 <= share < 1.0:
        return ">99 %"
    return f"{number(100.0 * share, '#,##0' + ('.' + '0' * digits if digits else ''), lang)} %"


def interval_words(found: Evaluated, lang: str) -> str:
    """Return the 95 % interval of a probability."""
    low, high = (share_words(end, lang) for end in found.interval)
    return text("plan.to", lang, low=low.removesuffix(" %"), high=high)


def money(much: float, lang: str, sign: bool = False) -> str:
    """Return Rp million as the language writes it.

    Examples
    --------
    >>> money(2876.3, "en"), money(-1.94, "id", sign=True)
    ('2,876', '-1,9')
    """
    pattern = "#,##0" if abs(much) >= 100.0 else "#,##0.0"
    return number(much, f"+{pattern};-{pattern}" if sign else pattern, lang)


def points(share: float, lang: str, sign: bool = True) -> str:
    """Return a difference of probabilities in percentage points."""
    pattern = "#,##0.0"
    return number(100.0 * share + 0.0, f"+{pattern};-{pattern}" if sign else pattern, lang)


def verdict_words(found: Planned, lang: str = "en") -> str:
    """Return whether the goal is reached, how surely, for how much; where not, what it takes."""
    own, plan = found.as_it_is, found.checked
    told = {
        "goal": found.goal.words(lang), "months": number(found.scenario.months, "#,##0", lang),
        "chance": share_words(found.chance, lang), "own_share": share_words(own.probability, lang),
        "own_interval": interval_words(own, lang), "own_cost": money(own.cost, lang),
    }  # fmt: skip
    if plan is not None:
        told |= {
            "share": share_words(plan.probability, lang), "interval": interval_words(plan, lang),
            "cost": money(plan.cost, lang), "whole": money(plan.whole_cost, lang),
        }  # fmt: skip
    key: str = found.verdict
    if key == "none" and not found.budget.is_set:
        key = "free"
    words = text(f"plan.verdict.{key}", lang, **told)
    if found.verdict not in ("none", "over") or not found.budget.is_set:
        return words
    return f"{words} {_beyond(found, lang)}"


def _beyond(found: Planned, lang: str) -> str:
    if found.beyond is None or found.beyond_checked is None:
        return text("plan.beyond.none", lang)
    after = found.beyond_checked
    return text(
        "plan.beyond.found", lang, name=found.beyond.name, interval=interval_words(after, lang),
        share=share_words(after.probability, lang), cost=money(after.cost, lang),
    )  # fmt: skip


def flattered_words(found: Planned, lang: str = "en") -> str:
    """Return by how much the luck that was searched on flattered the plans."""
    gap = points(found.flattered, lang)
    return text("plan.flattered", lang, gap=gap, seed=found.lucks.fresh.seed)


def reacting_words(found: Planned, lang: str = "en") -> str:
    """Return whether a reacting policy of the same cost is better."""
    one = found.reacting
    if one is None:
        return text(f"plan.reacting.{'none' if found.could_react else 'never'}", lang)
    gap, low, high = (points(end, lang) for end in one.difference)
    more, more_low, more_high = (money(end, lang, sign=True) for end in one.cost_difference)
    policy = text(
        "plan.reacting.policy", lang, threshold=number(one.threshold, "#,##0", lang),
        seldom=_seldom(one, lang), factor=number(one.factor, "#,##0.00", lang), more=more,
        more_low=more_low, more_high=more_high, share=share_words(one.reacting.probability, lang),
        fixed=share_words(one.fixed.probability, lang), gap=gap, low=low, high=high,
    )  # fmt: skip
    runs = number(one.fixed.runs, "#,##0", lang)
    said = [text(f"plan.reacting.{one.verdict}", lang, runs=runs)]
    if one.cost_difference[1] > 0.0 or one.cost_difference[2] < 0.0:
        said.append(text("plan.reacting.unequal", lang))
    return " ".join([*said, policy])


def _seldom(one: Reacting, lang: str) -> str:
    groups: dict[float, list[str]] = {}
    for key, months in one.seldom.items():
        groups.setdefault(months, []).append(one.scenario.names[key][lang])
    return ", ".join(
        text("plan.reacting.never_else", lang, who=", ".join(who))
        if months == NEVER
        else text(
            "plan.reacting.seldom", lang, who=", ".join(who), months=number(months, "#,##0", lang)
        )
        for months, who in groups.items()
    )


def robust_words(robust: Robust, lang: str = "en") -> str:
    """Return which plan is the robust choice, and where it still reaches the goal."""
    row = robust.table.iloc[robust.choice]
    name = str(row["plan"])
    key = "choice_as_it_is" if name == "as_it_is" else "choice"
    low, high = (share_words(row[end], lang) for end in ("low", "high"))
    return text(
        f"plan.worlds.{key}", lang, worlds=number(int(row["worlds"]), "#,##0", lang), name=name,
        regret=points(row["largest_regret"], lang, sign=False),
        reaching=share_words(row["reaching"], lang),
        interval=text("plan.to", lang, low=low.removesuffix(" %"), high=high),
    )  # fmt: skip


def notes(found: Planned, lang: str = "en") -> list[str]:
    """Return what must be said beside every plan: prices, budgets, what was not searched."""
    labels = [
        lever_words(path, found.scenario, lang) if "*" not in path
        else text(f"lever.organisations.{path.split('.')[2]}.label", lang)
        for path in UNPAID
    ]  # fmt: skip
    return [
        text("plan.note.prices", lang), text("plan.note.budget", lang),
        text("plan.note.unpaid", lang, levers=", ".join(labels)),
    ]  # fmt: skip
