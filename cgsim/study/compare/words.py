"""What a comparison says, in words: which is better and how surely, its price, who loses."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ...figures.sheet import number, percent
from ...language import text
from .differences import FEWEST, Difference
from .outcomes import BY_NAME, Outcome

if TYPE_CHECKING:
    from .comparison import Comparison
    from .money import Price

PERCENT = ("dynamic", "inactive", "retention", "mean_income")
"""Outcomes that are told in per cent."""

MOST_LOSERS = 4
"""Losers named in the sentence; all stand in the table."""


def figure_of(outcome: Outcome, value: float, lang: str, sign: bool = False) -> str:
    """Return a value of an outcome as the language writes it; shares in per cent, unmarked.

    Examples
    --------
    >>> figure_of(BY_NAME["dynamic"], 0.256, "id"), figure_of(BY_NAME["skill"], -0.042, "id", True)
    ('26', '-0,042')
    """
    if not math.isfinite(value):
        return "–"
    percents = outcome.name in PERCENT
    digits = max(0, outcome.decimals - 2) if percents else outcome.decimals
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    shown = round(100.0 * value if percents else value, digits) + 0.0
    return number(shown, f"+{pattern};-{pattern}" if sign and shown else pattern, lang)


def interval_of(outcome: Outcome, low: float, high: float, lang: str) -> str:
    """Return an interval of a difference, as ``low to high``."""
    ends = {"low": low, "high": high}
    shown = {name: figure_of(outcome, end, lang, sign=True) for name, end in ends.items()}
    return text("compare.to", lang, **shown)


def verdict_words(found: Comparison, name: str, lang: str = "en") -> str:
    """Return the answer for one scenario, what it costs and who loses by it."""
    verdict = found.verdicts[name]
    told = {"other": name, "first": found.names[0], "fewest": FEWEST}
    if verdict.answer in ("same", "few"):
        return text(f"compare.verdict.{verdict.answer}", lang, **told)
    told |= {"facts": _facts(found, name, lang), "n": number(verdict.pairs, "#,##0", lang)}
    told["m"] = number(rounded(verdict.pairs_to_settle or 0), "#,##0", lang)
    said = [text(f"compare.verdict.{verdict.answer}", lang, **told)]
    if verdict.label:
        said.append(text(f"compare.label.{verdict.label}", lang))
    said.append(price_words(found.prices[name]["artisan_years"], lang))
    if losers := loser_words(found, name, lang):
        names = "; ".join(losers[:MOST_LOSERS] + ["…"] * (len(losers) > MOST_LOSERS))
        said.append(text("compare.loses", lang, names=names))
    return " ".join(said)


def rounded(pairs: int) -> int:
    """Return a number of pairs to two digits, never less than it is.

    Examples
    --------
    >>> rounded(1234), rounded(87), rounded(0)
    (1300, 87, 0)
    """
    unit: int = 10 ** max(0, len(str(pairs)) - 2)
    return -(-pairs // unit) * unit


def _facts(found: Comparison, name: str, lang: str) -> str:
    told = {}
    for key, outcome in (("producers", "producers"), ("index", "cluster_index")):
        one = found.differences[name][outcome]
        told[key] = figure_of(one.outcome, one.mean, lang, sign=True)
        told[f"{key}_interval"] = interval_of(one.outcome, one.low, one.high, lang)
    by_state = found.rankings[name][0]
    for way in ("better", "worse"):
        told[way] = share_words(getattr(by_state, way) / by_state.pairs, lang)
    return text("compare.facts", lang, **told)


def share_words(share: float, lang: str) -> str:
    """Return a share as a whole percentage; what is not quite none or all is not called so.

    Examples
    --------
    >>> share_words(0.001, "en"), share_words(0.255, "en"), share_words(0.999, "en")
    ('<1%', '26%', '>99%')
    """
    if 0.0 < share <= 0.005:
        return f"<{percent(1.0, lang)}"
    if 0.995 <= share < 1.0:
        return f">{percent(99.0, lang)}"
    return percent(100.0 * share, lang)


def price_words(price: Price, lang: str) -> str:
    """Return what an artisan-year more costs, or why there is no such number."""
    ratio = [figure_of(_MONEY, end, lang) for end in (price.low, price.high)]
    return text(
        f"compare.price.{price.quadrant}", lang,
        cost=figure_of(_WHOLE, abs(price.cost), lang),
        gain=figure_of(_MONEY, abs(price.gain), lang),
        ratio=figure_of(_MONEY, price.ratio, lang),
        interval=text("compare.to", lang, low=ratio[0], high=ratio[1]),
    )  # fmt: skip


_WHOLE, _MONEY = Outcome("", "Rp million", -1, 0), Outcome("", "Rp million", -1, 1)


def loser_words(found: Comparison, name: str, lang: str) -> list[str]:
    """Return what clearly gets worse by how much, and who clearly pays more."""
    names = {key: one for case in found.pairs.every for key, one in case.scenario.names.items()}
    said = []
    for kind, key, one in found.lost[name]:
        if kind == "payer":
            more = figure_of(_WHOLE, one.mean, lang)
            said.append(text("compare.pays", lang, who=names[key][lang], more=more))
        else:
            change = change_of(key, one.mean, lang)
            if change[0] in "+-":  # what rounds to nothing stands in the table alone
                said.append(f"{outcome_short(key, lang)} {change}")
    return said


def change_of(name: str, value: float, lang: str) -> str:
    """Return a change of an outcome with its sign; of a share in points of a hundred."""
    mark = " %" if name in PERCENT else ""
    return figure_of(BY_NAME[name], value, lang, sign=True) + mark


def outcome_short(name: str, lang: str) -> str:
    """Return an outcome's name as it stands within a sentence."""
    return text(f"compare.outcome.{name}.short", lang)


def outcome_label(name: str, lang: str) -> str:
    """Return an outcome's name with its unit, as it stands in a table."""
    unit = text(f"compare.outcome.{name}.unit", lang)
    return f"{text(f'compare.outcome.{name}.label', lang)} [{unit}]"


def half_width(one: Difference, unpaired: bool = False) -> float:
    """Return how far an interval of a mean difference reaches to either side."""
    ends = (one.unpaired_low, one.unpaired_high) if unpaired else (one.low, one.high)
    return (ends[1] - ends[0]) / 2.0
