"""Why one run went as it did, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...language import text
from ...world.shape import STATES
from .blocking import TIME
from .wording import decimal, missing_words, reached_words

if TYPE_CHECKING:
    from .run import RunExplained


def state_words(state: str, lang: str) -> str:
    """Return a state's name."""
    return text(f"figure.state.{state}", lang)


def sentences(found: RunExplained, lang: str = "en") -> list[str]:
    """Return the answer, sentence by sentence.

    Examples
    --------
    >>> from cgsim.study.explain import explain_run
    >>> sentences(explain_run("nobody-monitors", seed=1))[0]
    'Run 0 of seed 1 ends inactive after 120 months.'
    """
    last = found.months.iloc[-1]
    end = text(
        "explain.run.end", lang, run=found.run, seed=found.seed,
        state=state_words(last["state"], lang), n=len(found.months),
    )  # fmt: skip
    changes = [change_words(found, row, lang) for row in found.changes.to_dict("records")]
    return [end, *changes, *_longest(found, lang), _now(last, lang)]


def change_words(found: RunExplained, row: dict[Any, Any], lang: str) -> str:
    """Return one change of state, with what decided it."""
    up = STATES.index(row["after"]) > STATES.index(row["before"])
    told = {
        "state": state_words(row["after"], lang), "n": row["month"] + 1, "since": row["since"],
    }  # fmt: skip
    if row["by"] == TIME:
        return text("explain.run.up_at_once", lang, **told)
    by = ", ".join(deciding_words(found, row, lang))
    return text(f"explain.run.{'up' if up else 'down'}", lang, **told, by=by)


def deciding_words(found: RunExplained, row: dict[Any, Any], lang: str) -> list[str]:
    """Return what decided on a change of state, each with its value and what was needed."""
    up = STATES.index(row["after"]) > STATES.index(row["before"])
    level = row["after"] if up else STATES[STATES.index(row["after"]) + 1]
    crossed = {
        one["name"]: one
        for one in found.crossings.to_dict("records")
        if (one["month"], one["level"]) == (row["since"], level)
    }
    told = []
    for name in row["by"].split(", "):
        one = crossed.get(name, row)
        of = text(
            "explain.table.of", lang, **reached_words(name, one["value"], one["needed"], lang)
        )
        told.append(f"{text(f'explain.blocker.{name}', lang)} ({of})")
    return told


def _longest(found: RunExplained, lang: str) -> list[str]:
    """Return what stood longest in the way of the state after the last."""
    level = found.months["next_state"].iloc[-1]
    table = found.blocked[found.blocked["next_state"] == level]
    if table.empty:
        return []
    row, months = table.iloc[0], int(table["months"].sum())
    values = {"state": state_words(level, lang), "n": int(row["months"]), "all": months}
    if row["blocked_by"] == "time":
        return [text("explain.run.longest_time", lang, **values)]
    by = text(f"explain.blocker.{row['blocked_by']}", lang)
    missing = missing_words(row["blocked_by"], float(row["missing"]), lang)
    return [text("explain.run.longest", lang, **values, by=by, missing=missing)]


def _now(last: Any, lang: str) -> str:
    if not last["next_state"]:
        return text("explain.run.now_top", lang)
    state, by = state_words(last["next_state"], lang), last["blocked_by"]
    if by == "time":
        return text("explain.run.now_time", lang, state=state)
    return text(
        "explain.run.now", lang, state=state, by=text(f"explain.blocker.{by}", lang),
        closeness=decimal(float(last["closeness"]), lang, 2),
        **reached_words(by, float(last["value"]), float(last["needed"]), lang),
    )  # fmt: skip
