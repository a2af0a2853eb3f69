"""What a sensitivity study says, in words and numbers of either language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...figures.sheet import number
from ...language import has, text
from ...parameters import find
from ..sweep.axes import LUCK
from ..varied import lever_words
from .answers import ENDS
from .question import Screening, Whose
from .screening import stands_out

if TYPE_CHECKING:
    from ...scenario import Scenario
    from .indices import Indices
    from .information import Information
    from .question import Decomposition, Question

DIGITS = {"producers": 1, "independents": 1, "jobs": 1, "cluster_index": 3, "mean_income": 2}
"""Digits after the point; of other outcomes by their size."""

TOGETHER = 3
"""Numbers of which it is said what they would tell together."""


def about_words(found: Screening | Decomposition | Whose, lang: str) -> str:
    """Return in a line what was run."""
    spec, question = found.spec, found.question
    told: dict[str, Any] = {"seed": question.seed}
    told["all"] = number(spec.simulations * question.cases, "#,##0", lang)
    if isinstance(found, Whose):
        counts = {
            name: number(found.counts.get(name, 0), "#,##0", lang)
            for name in ("assumed", "sourced")
        }
        return text("cli.sensitivity.about_whose", lang, **told, **counts)
    told |= {"points": number(spec.size, "#,##0", lang), "runs": spec.runs}
    if isinstance(found, Screening):
        told["n"] = number(len(spec.axes), "#,##0", lang)
        return text("cli.sensitivity.about_morris", lang, **told)
    told["n"] = number(len(question.axes), "#,##0", lang)
    return text(f"cli.sensitivity.about_sobol{'' if found.has_luck else '_runs'}", lang, **told)


def outcome_words(question: Question, outcome: str, lang: str) -> str:
    """Return an outcome's name with its unit; of a difference it says so."""
    name, unit = f"sensitivity.outcome.{outcome}", f"sensitivity.unit.{outcome}"
    if not has(name):
        from ...columns import unit_words

        words = f"{outcome} [{unit_words(outcome, 'runs', lang)}]"
    else:
        words = f"{text(name, lang)} [{text(unit, lang)}]"
    if question.against is None:
        return words
    pair = {"first": question.scenario.name, "second": question.against.name}
    return text("sensitivity.more", lang, outcome=words, **pair)


def figure_of(outcome: str, value: float | None, lang: str, sign: bool = False) -> str:
    """Return a value of an outcome as the language writes it; probabilities in percent.

    Examples
    --------
    >>> figure_of("dynamic", 0.251, "id"), figure_of("producers", -1.04, "id", sign=True)
    ('25,1', '-1,0')
    """
    if value is None or value != value:
        return "–"
    shown = 100.0 * value if outcome in ENDS else value
    size = abs(shown)
    usual = 1 if outcome in ENDS or size >= 10.0 else 2 if size >= 1.0 else 3
    digits = DIGITS.get(outcome, 0 if size >= 100.0 and outcome not in ENDS else usual)
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    shown = round(shown, digits) + 0.0
    return number(shown, f"+{pattern};-{pattern}" if sign and shown else pattern, lang)


def share_of(share: float, lang: str) -> str:
    """Return a share of variance in percent; an estimate below none is none.

    Examples
    --------
    >>> share_of(0.1234, "en"), share_of(-0.02, "en"), share_of(0.0049, "id")
    ('12', '0', '0,5')
    """
    percent = 100.0 * min(1.0, max(0.0, share))
    return number(percent, "#,##0" if percent >= 9.95 or percent < 0.05 else "#,##0.0", lang)


def interval_of(low: float, high: float, lang: str) -> str:
    """Return an interval of shares, as ``1–4``."""
    return f"{share_of(low, lang)}–{share_of(high, lang)}"


def name_of(path: str, case: Scenario, lang: str) -> str:
    """Return what a number, a group or luck is called; a group of a sweep as its file calls it."""
    if has(f"sensitivity.group.{path}"):
        return text(f"sensitivity.group.{path}", lang)
    return path if find(path) is None else lever_words(path, case, lang)


def screened_words(found: Screening, outcome: str, lang: str) -> str:
    """Return what a screening says of an outcome, in two sentences."""
    table, case = found.tables[outcome], found.question.scenario
    told = [row for row in table.to_dict("records") if stands_out(row)]
    if not told:
        return text("sensitivity.screened.none", lang, all=len(table))
    first = told[0]
    return text(
        "sensitivity.screened.some", lang, number=name_of(first["path"], case, lang),
        size=figure_of(outcome, first["size"], lang), count=len(told), all=len(table),
    )  # fmt: skip


def decomposed_words(found: Decomposition, outcome: str, lang: str) -> str:
    """Return what Sobol indices say of an outcome, in two sentences."""
    told, case = found.indices[outcome], found.question.scenario
    if told.variance == 0.0:
        return _still(told, outcome, lang)
    first = told.table.sort_values("total", ascending=False).iloc[0]
    own = float(first["first"])
    # an estimate of shares below none would leave more than there is for the rest
    together = min(told.together, 1.0 - own)
    key = "decomposed" if found.has_luck else "decomposed_runs"
    return text(
        f"sensitivity.{key}", lang, number=name_of(str(first["path"]), case, lang),
        own=share_of(own, lang), total=share_of(float(first["total"]), lang),
        together=share_of(together, lang), low=share_of(told.together_low, lang),
        high=share_of(told.together_high, lang),
    )  # fmt: skip


def whose_words(found: Whose, outcome: str, lang: str) -> str:
    """Return whose number decides an outcome, in sentences."""
    told = found.groups[outcome]
    if told.variance == 0.0:
        return _still(told, outcome, lang)
    rows = {str(row["path"]): row for row in told.table.to_dict("records")}
    parts = [
        text(f"sensitivity.whose.{name}", lang, n=found.counts[name],
             **_told(rows[name], "first", lang))
        for name in found.counts
    ]  # fmt: skip
    return " ".join(
        [*parts, text("sensitivity.whose.luck", lang, **_told(rows[LUCK], "total", lang))]
    )


def _told(row: Any, kind: str, lang: str) -> dict[str, str]:
    ends = {"share": kind, "low": f"{kind}_low", "high": f"{kind}_high"}
    return {name: share_of(row[column], lang) for name, column in ends.items()}


def _still(told: Indices, outcome: str, lang: str) -> str:
    return text("sensitivity.still", lang, value=figure_of(outcome, told.mean, lang))


def asked_first_words(found: Whose, outcome: str, lang: str) -> str:
    """Return what the first numbers would tell together."""
    told = found.information[outcome]
    count = min(TOGETHER, len(told.table))
    return text("sensitivity.together", lang, n=count, share=share_of(told.first(count), lang))


def choice_words(found: Whose, outcome: str, lang: str) -> str:
    """Return what is said of the choice between two scenarios, empty where there is none."""
    question, told = found.question, found.information[outcome]
    if told.choice is None or question.against is None:
        return ""
    pair = {"first": question.scenario.name, "second": question.against.name}
    choice = told.choice
    gain = text(
        "sensitivity.choice.gain", lang, **pair, gain=figure_of(outcome, choice.gain, lang, True),
        least=figure_of(outcome, choice.least, lang), better=share_of(choice.better, lang),
    )  # fmt: skip
    return f"{gain} {_worth_words(found, told, outcome, lang)}"


def _worth_words(found: Whose, told: Information, outcome: str, lang: str) -> str:
    assert told.choice is not None
    known = figure_of(outcome, told.choice.all_known, lang)
    first = told.table.iloc[0]
    if not told.decides:
        return text("sensitivity.choice.settled", lang, known=known)
    low, high = (figure_of(outcome, float(first[f"worth_{end}"]), lang) for end in ("low", "high"))
    return text(
        "sensitivity.choice.worth", lang, known=known, low=low, high=high,
        number=name_of(str(first["path"]), found.question.scenario, lang),
        worth=figure_of(outcome, float(first["worth"]), lang),
    )  # fmt: skip
