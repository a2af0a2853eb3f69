"""The sheet that sums up a simulation: the tables of ``cgsim run``, as numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from ..language import text
from ..world.shape import STATES
from .summary import Mean, Share, Summary, summarise
from .summary_words import block_words, label_differs

if TYPE_CHECKING:
    from ..scenario import Scenario
    from .simulate import Simulation

PERCENT, MONEY, COUNT = "0.0%", "#,##0.0", "#,##0.0"
FORMATS = {"mean_income": "0.000"}
"""Formats of outcomes, `COUNT` if not named."""


class Line(NamedTuple):
    """One line of a sheet.

    Attributes
    ----------
    kind : {"title", "head", "row", "note"}
    cells : tuple
        Words or numbers.
    formats : tuple of str
        Formats of the numbers after the first cell.
    """

    kind: str
    cells: tuple[Any, ...]
    formats: tuple[str, ...] = ()


def summary_lines(simulation: Simulation, lang: str) -> list[Line]:
    """Return what a simulation comes to, line by line.

    Parameters
    ----------
    lang : {"en", "id"}
        Language.
    """
    case, told = simulation.scenario, summarise(simulation)
    about = text("cli.run.about", lang, runs=told.runs, seed=told.seed)
    return [
        Line("title", (case.question[lang] or case.title[lang],)),
        Line("note", (f"{case.title[lang]} · {case.name} · {about} · {case.hash}",)),
        *_states(told, lang),
        *_years(told, lang),
        *_outcomes(told, lang),
        *_costs(told, case, lang),
        *_blocked(told, case, lang),
        *_cutoffs(told, lang),
        Line("note", (text("figure.notice", lang),)),
    ]


def _bounds(lang: str) -> tuple[str, str]:
    return text("workbook.low", lang), text("workbook.high", lang)


def _of_states(first: str, lang: str) -> Line:
    heads = [
        one for state in STATES for one in (text(f"figure.state.{state}", lang), *_bounds(lang))
    ]
    return Line("head", (first, *heads))


def _shares(label: Any, found: dict[str, Share]) -> Line:
    numbers = [number for state in STATES for number in found[state]]
    return Line("row", (label, *numbers), (PERCENT,) * len(numbers))


def _states(told: Summary, lang: str) -> Iterator[Line]:
    yield Line("title", (text("cli.states.title", lang),))
    yield _of_states(text("cli.states.after", lang), lang)
    for months, found in told.states.items():
        yield _shares(months, found)


def _cutoffs(told: Summary, lang: str) -> Iterator[Line]:
    yield Line("title", (text("cli.cutoffs.title", lang, n=told.months),))
    yield _of_states(text("cli.cutoffs.heading", lang), lang)
    shift = "0,05" if lang == "id" else "0.05"
    for cutoffs in ("lenient", "as_set", "strict"):
        label = text(f"cli.cutoffs.{cutoffs}", lang, shift=shift)
        yield _shares(label, told.end[cutoffs])
    if label_differs(told):
        yield Line("note", (text("cli.cutoffs.differs", lang),))


def _years(told: Summary, lang: str) -> Iterator[Line]:
    names = next(iter(told.years.values()), {}).keys()
    if not names:
        return
    yield Line("title", (text("cli.years.title", lang),))
    heads = [one for name in names for one in (text(f"cli.years.{name}", lang), *_bounds(lang))]
    yield Line("head", (text("cli.states.after", lang), *heads))
    for months, found in told.years.items():
        numbers = [number for name in names for number in found[name][:3]]
        formats = [FORMATS.get(name, COUNT) for name in names for _ in range(3)]
        yield Line("row", (months, *numbers), tuple(formats))


def _mean(label: str, mean: Mean, pattern: str, *more: Any) -> Line:
    return Line("row", (label, mean.mean, mean.low, mean.high, *more), (pattern,) * 3)


def _outcomes(told: Summary, lang: str) -> Iterator[Line]:
    yield Line("title", (text("cli.outcomes.title", lang, n=told.months),))
    yield Line("head", ("", text("cli.mean", lang), *_bounds(lang), text("workbook.unit", lang)))
    every = {**told.outcomes, "visits_per_trainee_year": told.visits_per_trainee_year}
    for name, mean in every.items():
        label, unit = (text(f"cli.outcomes.{name}.{part}", lang) for part in ("label", "unit"))
        yield _mean(label, mean, FORMATS.get(name, COUNT), unit)


def _costs(told: Summary, case: Scenario, lang: str) -> Iterator[Line]:
    total = told.spent.mean or 0.0

    def row(label: str, mean: Mean) -> Line:
        share = (mean.mean or 0.0) / total if total else None
        line = _mean(f"  {label}", mean, MONEY, share)
        return line._replace(formats=(*line.formats, PERCENT))

    yield Line("title", (text("cli.costs.title", lang, n=told.months),))
    heads = (text("cli.mean", lang), *_bounds(lang), text("cli.costs.share", lang))
    yield Line("head", (text("cli.costs.heading", lang), *heads))
    for key, mean in told.spent_by.items():
        yield row(case.names[key][lang], mean)
    yield Line("head", (text("cli.costs.activities", lang),))
    for name, mean in told.spent_on.items():
        yield row(text(f"cli.costs.{name}", lang), mean)
    yield Line("head", (text("cli.costs.whole", lang),))
    yield row(text("cli.costs.total", lang), told.spent)
    each = told.cost_per_independent
    label = text("cli.costs.each", lang)
    if each.runs < told.runs:
        label += text("cli.costs.each_some", lang, some=each.runs, all=told.runs).rstrip()
    yield _mean(f"  {label}", each, MONEY)


def _blocked(told: Summary, case: Scenario, lang: str) -> Iterator[Line]:
    yield Line("title", (text("cli.blocked.title", lang, n=told.months),))
    yield Line("head", ("", text("cli.blocked.runs", lang)))
    for block in told.blocked:
        words = block_words(block, case.policy["hold_months"], lang)
        yield Line("row", (words, block.share), (PERCENT,))
