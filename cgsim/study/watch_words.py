"""What was found about warnings of decline, in sentences of either language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from babel.numbers import format_decimal, format_percent

from ..language import text
from .watch import DECLINING, FEWEST_RUNS
from .watching import CALENDAR

if TYPE_CHECKING:
    from .watch import Watch


def signal_words(name: str, lang: str) -> str:
    """Return a number's label."""
    return text(f"watch.signal.{name}", lang)


def rule_words(row: Mapping[Any, Any], lang: str) -> str:
    """Return from which value on a number warns."""
    value = float(row["threshold"])
    plain = "#,##0.##" if abs(value) < 10 else "#,##0.#"
    said = format_decimal(value, f"{plain};−{plain}", locale=lang)
    return text(f"watch.rule.{row['warns']}", lang, threshold=said)


def share_words(share: float, lang: str) -> str:
    """Return a share as a whole percentage."""
    return str(format_percent(share, locale=lang))


def about_words(found: Watch, lang: str) -> str:
    """Return what was run, in a line."""
    runs = format_decimal(found.runs, "#,##0", locale=lang)
    case = found.scenario
    return text(
        "watch.about", lang, runs=runs, seed=found.seed, name=case.name, hash=case.hash
    )  # fmt: skip


def definition_words(found: Watch, lang: str) -> str:
    """Return what counts as decline."""
    floor = format_decimal(found.scenario.policy["active_producers"], "0.#", locale=lang)
    return text("watch.definition", lang, floor=floor)


def sentences(found: Watch, lang: str = "en") -> list[str]:
    """Say what foretells decline and how well, or why nothing can be said."""
    if found.outcome in ("never", "never_up", "rare"):
        return [_nothing(found, lang)]
    said = _found(found, lang) if found.outcome == "foretold" else [_say("not_foretold", lang)]
    told = {name: share_words(getattr(found, name), lang) for name in ("declining", "before")}
    return [*said, *_dated(found, lang), _say("share", lang, **told)]


def _say(key: str, lang: str, **values: object) -> str:
    return text(f"watch.sentence.{key}", lang, **values)


def _nothing(found: Watch, lang: str) -> str:
    others = ", ".join(name for name in DECLINING if name != found.scenario.name)
    told = {
        "learnt": int((found.learnt.onset >= 0).sum()),
        "fresh": int((found.fresh.onset >= 0).sum()), "runs": found.runs, "fewest": FEWEST_RUNS,
        "both": 2 * found.runs, "others": others,
    }  # fmt: skip
    return _say(found.outcome, lang, **told)


def _scores(row: dict[str, Any], lang: str) -> dict[str, str]:
    names = {"hits": "hits", "hits_low": "hits_low", "hits_high": "hits_high",
             "false": "false_alarms", "false_low": "false_alarms_low",
             "false_high": "false_alarms_high"}  # fmt: skip
    return {short: share_words(float(row[name]), lang) for short, name in names.items()}


def _found(found: Watch, lang: str) -> list[str]:
    best = found.best
    assert best is not None
    told = {"signal": signal_words(best["signal"], lang), "rule": rule_words(best, lang)}
    said = [_say("foretold", lang, **told, **_scores(best, lang))]
    if best["warned"] > 0.0:
        lead = format_decimal(best["lead"], "0.#", locale=lang)
        said.append(_say("warned", lang, warned=share_words(best["warned"], lang), lead=lead))
    else:
        said.append(_say("late", lang))
    calendar = dict(found.table[found.table["signal"] == CALENDAR].iloc[0])
    key = "calendar" if best["beats_calendar"] else "no_better"
    said.append(_say(key, lang, **_scores(calendar, lang)))
    other = "asked" if best["by"] == "counted" else "counted"
    second = found.best_by(other)
    if second is not None:
        named = {"signal": signal_words(second["signal"], lang), "rule": rule_words(second, lang)}
        said.append(_say(other, lang, **named, **_scores(second, lang)))
    return said


def _dated(found: Watch, lang: str) -> list[str]:
    """Say how much of decline lies before a change that only the scenario knows of."""
    dates = sorted({one.month for one in found.scenario.interventions if one.month})
    ill = found.fresh.declines
    if not dates or not ill.any():
        return []
    share = float(ill[:, : dates[0]].sum() / ill.sum())
    months = ", ".join(str(date) for date in dates)
    return [_say("dated", lang, months=months, share=share_words(share, lang))]
