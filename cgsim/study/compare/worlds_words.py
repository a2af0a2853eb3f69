"""What a comparison in many worlds says, in words and numbers of either language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...figures.sheet import number
from ...language import text
from ...parameters import find
from ..varied import lever_words, value_words
from .box import FEWEST
from .worlds import MAIN
from .worlds_walk import CHIEF_BY_NAME

if TYPE_CHECKING:
    from .box import Limit
    from .overturn import Overturned
    from .worlds import InWorlds

DIGITS = {"cluster_index": 3, "cost_per_artisan_year": 1}
"""Digits after the point where differences need other ones than values."""

MOST_NAMED = 3


def figure_of(outcome: str, value: float | None, lang: str, sign: bool = False) -> str:
    """Return a value of an outcome as the language writes it; shares in percent, unmarked.

    Examples
    --------
    >>> figure_of("dynamic", 0.25, "id"), figure_of("cluster_index", -0.0204, "id", sign=True)
    ('25', '-0,020')
    """
    if value is None or value != value:
        return "–"
    one = CHIEF_BY_NAME[outcome]
    share = one.kind == "share"
    digits = 0 if share else DIGITS.get(outcome, one.decimals)
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    shown = round(100.0 * value if share else value, digits) + 0.0
    return number(shown, f"+{pattern};-{pattern}" if sign and shown else pattern, lang)


def with_unit(outcome: str, value: float, lang: str) -> str:
    """Return a difference with its sign, and its unit where it has one."""
    said = figure_of(outcome, value, lang, sign=True)
    return said if outcome == MAIN else f"{said} {text(f'worlds.unit.{outcome}', lang)}"


def share_words(share: float, lang: str) -> str:
    """Return a share as a whole percentage; what is not quite none or all is not called so.

    Examples
    --------
    >>> share_words(0.745, "en"), share_words(0.004, "en"), share_words(0.999, "id")
    ('75 %', '<1 %', '>99 %')
    """
    if 0.0 < share <= 0.005:
        return "<1 %"
    if 0.995 <= share < 1.0:
        return ">99 %"
    return f"{number(int(100.0 * share + 0.5), '0', lang)} %"


def value_of(path: str, value: float, lang: str) -> str:
    """Return a value of an assumption as the language writes it, to three digits."""
    return value_words(find(path), float(f"{value:.3g}"), lang)


def holds_words(found: InWorlds, name: str, lang: str, outcome: str = MAIN) -> str:
    """Return in how many worlds the conclusion is seen again."""
    table = found.verdicts
    row = table[(table["scenario"] == name) & (table["outcome"] == outcome)].iloc[0]
    count, conclusion = len(found.worlds), str(row["conclusion"])
    told = {
        "other": name, "first": found.pairs.first.name,
        "outcome": text(f"worlds.outcome.{outcome}", lang),
        "reference": with_unit(outcome, float(row["reference"]), lang),
        "n": number(count, "#,##0", lang), "runs": number(found.runs, "#,##0", lang),
        **{one: share_words(row[one] / count, lang) for one in ("same", "untold")},
    }  # fmt: skip
    if conclusion not in ("better", "worse"):
        both = {one: share_words(row[one] / count, lang) for one in ("better", "worse")}
        return text("worlds.holds.none", lang, **told, **both)
    other = "worse" if conclusion == "better" else "better"
    return text(
        f"worlds.holds.{conclusion}", lang, **told,
        share=share_words(row[f"share_{conclusion}"], lang),
        opposite=share_words(row[other] / count, lang),
        low=share_words(row[f"{conclusion}_low"], lang),
        high=share_words(row[f"{conclusion}_high"], lang),
    )  # fmt: skip


def box_words(found: InWorlds, name: str, outcome: str, lang: str) -> str:
    """Return where the conclusion fails; empty where nothing is concluded."""
    if found.conclusion(name, outcome) not in ("better", "worse"):
        return ""
    fails = found.fails(name, outcome)
    count, every = int(fails.sum()), len(fails)
    if not count:
        return text("worlds.never", lang, n=number(every, "#,##0", lang))
    said = text("worlds.fails", lang, count=count, n=number(every, "#,##0", lang))
    if count < FEWEST or every - count < FEWEST:
        return f"{said} {text('worlds.box.few' if count < FEWEST else 'worlds.box.most', lang)}"
    box = found.box(name, outcome)
    if box is None:
        return f"{said} {text('worlds.box.chance', lang)}"
    joined = text("worlds.box.and", lang).join(
        limit_words(found, one, lang) for one in box.limits
    )  # fmt: skip
    shares = {
        one: share_words(getattr(box, one), lang) for one in ("density", "base", "coverage", "mass")
    }
    return f"{said} {text('worlds.box.found', lang, limits=joined, **shares)}"


def limit_words(found: InWorlds, one: Limit, lang: str) -> str:
    """Return a limited assumption of a box, with the value as set."""
    case = found.pairs.first.scenario
    told = {"label": label_of(found, one.path, lang)}
    told |= {k: value_of(one.path, v, lang) for k, v in (("low", one.low), ("high", one.high))
             if v is not None}  # fmt: skip
    key = "between" if len(told) == 3 else "least" if "low" in told else "most_of"
    said, as_set = text(f"worlds.box.{key}", lang, **told), case.value(one.path)
    if isinstance(as_set, bool) or not isinstance(as_set, int | float):
        return said  # an organisation's, which may differ from one to the other
    return said + text("worlds.box.as_set", lang, value=value_of(one.path, as_set, lang))


def label_of(found: InWorlds, path: str, lang: str) -> str:
    """Return an assumption's label within a sentence."""
    name = lever_words(path, found.pairs.first.scenario, lang)
    return name if name[1:2].isupper() else name[0].lower() + name[1:]


def overturn_words(found: InWorlds, name: str, lang: str) -> str:
    """Return the nearest single assumption that overturns the conclusion, in sentences.

    Empty where that was not asked for or nothing is concluded.
    """
    told = found.overturned.get(name)
    if told is None or not told.concluded:
        return ""
    if told.table.empty:
        return text("worlds.overturn.fixed", lang)
    row = told.nearest
    key = "none" if row is None else "gone"
    if row is not None and row["end_verdict"] not in (told.conclusion, "same", "untold"):
        key = "reversed"
    row = row or {str(k): v for k, v in told.table.iloc[0].items()}
    end = _end(told, row)
    said = {
        "label": label_of(found, row["path"], lang), "n": len(told.table),
        "runs": number(told.runs, "#,##0", lang),
        "reference": value_of(row["path"], row["reference"], lang),
        "end": value_of(row["path"], row[end], lang),
        "at_end": with_unit(told.outcome, row[f"at_{end}"], lang),
    }  # fmt: skip
    if key == "none":
        as_set = with_unit(told.outcome, told.difference, lang)
        return text("worlds.overturn.none", lang, **said, difference=as_set)
    said |= {"value": value_of(row["path"], row["value"], lang),
             "distance": share_words(row["distance"], lang),
             "difference": with_unit(told.outcome, row["at_value"], lang)}  # fmt: skip
    turning = int(told.table["turns"].sum())
    counted = text("worlds.overturn.counted", lang, n=turning, all=len(told.table),
                   reversed=told.reversed)  # fmt: skip
    return f"{text(f'worlds.overturn.{key}', lang, **said)} {counted}"


def _end(told: Overturned, row: dict[str, Any]) -> str:
    """Return to which end an assumption was moved: where it turns, or comes nearest to it."""
    if row["turns"]:
        return "low" if row["value"] < row["reference"] else "high"
    sign = 1.0 if told.difference > 0.0 else -1.0
    return "low" if row["at_low"] * sign < row["at_high"] * sign else "high"


def ranked_words(found: InWorlds, name: str, outcome: str, lang: str) -> str:
    """Return which assumptions the difference depends on most."""
    table = found.ranks(name, outcome)
    told = table[table["told"]].head(MOST_NAMED)
    key, rows = ("none", table.head(1)) if told.empty else ("some", told)
    labels = ", ".join(
        text("worlds.ranked.label", lang, label=label_of(found, str(path), lang),
             correlation=number(r, "+0.00;-0.00", lang))
        for path, r in zip(rows["path"], rows["correlation"], strict=True)
    )  # fmt: skip
    return text(f"worlds.ranked.{key}", lang, labels=labels)


def bands_words(found: InWorlds, name: str, outcome: str, lang: str) -> str:
    """Return how much of the spread comes from ignorance; empty where that is not told."""
    table = found.verdicts
    row = table[(table["scenario"] == name) & (table["outcome"] == outcome)].iloc[0]
    if row["ignorance_sd"] + row["luck_sd"] == 0.0:
        return text("worlds.still", lang)
    if row["ignorance"] != row["ignorance"]:
        return ""
    low, high = (share_words(row[f"ignorance_share_{end}"], lang) for end in ("low", "high"))
    return text("worlds.bands", lang, share=share_words(row["ignorance"], lang), low=low, high=high)


def sentences(found: InWorlds, name: str, lang: str, outcome: str = MAIN) -> list[str]:
    """Return all that is said of a compared scenario, the answer first."""
    overturned = overturn_words(found, name, lang) if outcome == MAIN else ""
    said = [
        holds_words(found, name, lang, outcome), box_words(found, name, outcome, lang), overturned,
        ranked_words(found, name, outcome, lang), bands_words(found, name, outcome, lang),
    ]  # fmt: skip
    return [one for one in said if one]
