"""The first page of a comparison: which does better, how certain, at what price."""

from __future__ import annotations

from ..language import text
from ..study.compare.comparison import Comparison
from ..study.compare.outcomes import BY_NAME
from ..study.compare.words import figure_of, interval_of, price_words, verdict_words
from ..study.compare.worlds_words import holds_words
from ..study.worlds import uncertain
from ..world.shape import STATES
from .findings import Findings
from .front import Front, state_word
from .numbers import number, percent, time_words
from .parts import Cell, Picture, Points, Row, Table, Tiles
from .pictures import png

SHOWN = ("dynamic", "producers", "mean_income", "spent")
"""Outcomes told at a glance."""


def front(found: Findings, lang: str) -> Front:
    """Return the first page of a report on several scenarios."""
    told = found.comparison(lang)
    first, *others = told.names
    two = len(others) == 1
    about = text(
        "report.several.about", lang, runs=number(found.runs, 0, lang), seed=found.seed,
        time=time_words(found.months, lang),
    )  # fmt: skip
    key = "report.several.question" if two else "report.several.questions"
    return Front(
        question=text(key, lang, first=first, other=others[0]),
        about=about,
        answer=tuple(answer(told, name, lang) for name in others),
        certainty=Points((luck(found, lang), cutoffs(told, lang), assumptions(found, lang))),
        tiles=tiles(found, told, lang) if two else None,
        table=None if two else glance(found, told, lang),
        pictures=(ends_picture(told, lang),) if two else (),
    )


def answer(told: Comparison, other: str, lang: str) -> tuple[str, str]:
    """Return which one is better; and apart from it the price, and who loses."""
    said = verdict_words(told, other, lang)
    price = price_words(told.prices[other]["artisan_years"], lang)
    first, found, more = said.partition(price)
    return first.strip(), f"{found}{more}"


def tiles(found: Findings, told: Comparison, lang: str) -> Tiles:
    """Return the few numbers to remember of two scenarios."""
    first, other = told.names
    items = []
    for name in SHOWN:
        one = told.differences[other][name]
        before = shown(name, one.before, lang)
        span = interval_of(BY_NAME[name], one.low, one.high, lang)
        label = text(
            f"report.several.tiles.{name}", lang, first=first, before=before,
            time=time_words(found.months, lang),
        )  # fmt: skip
        change = text("report.several.change", lang, interval=span)
        items.append((shown(name, one.after, lang), change, label))
    return Tiles(tuple(items))


def glance(found: Findings, told: Comparison, lang: str) -> Table:
    """Return each scenario in a row, with the differences from the first."""
    first, *others = told.names
    some = told.differences[others[0]]
    rows: list[Row] = [(first, *(shown(name, some[name].before, lang) for name in SHOWN))]
    for other in others:
        cells = []
        for name in SHOWN:
            one = told.differences[other][name]
            span = interval_of(BY_NAME[name], one.low, one.high, lang)
            cells.append(Cell(shown(name, one.after, lang), span))
        rows.append((other, *cells))
    heads = [text(f"report.several.heads.{name}", lang) for name in SHOWN]
    return Table(
        text("report.several.glance", lang, time=time_words(found.months, lang)),
        (text("report.several.scenario", lang), *heads), tuple(rows),
    )  # fmt: skip


def shown(name: str, value: float, lang: str) -> str:
    """Return a value of an outcome; shares with their sign of per cent."""
    said = figure_of(BY_NAME[name], value, lang)
    return f"{said}%" if name in ("dynamic", "mean_income") else said


def luck(found: Findings, lang: str) -> tuple[str, str]:
    """Return what luck leaves open."""
    runs = number(found.runs, 0, lang)
    words = text("report.several.luck_words", lang, runs=runs)
    return text("report.certainty.luck", lang), words


def cutoffs(told: Comparison, lang: str) -> tuple[str, str]:
    """Return whether which one ends better hangs on where the cut-offs lie."""
    names = [name for name, one in told.verdicts.items() if one.label == "flips"]
    key = "cutoffs_flip" if names else "cutoffs_same"
    values = {"shift": number(0.05, 2, lang), "names": ", ".join(names)}
    return text("report.certainty.cutoffs", lang), text(f"report.several.{key}", lang, **values)


def assumptions(found: Findings, lang: str) -> tuple[str, str]:
    """Return how far the answer outlasts other values of what nobody has measured."""
    many = number(len(uncertain(*found.cases)), 0, lang)
    words = text("report.several.untried", lang, n=many)
    told = found.comparison(lang).worlds
    if told is not None:
        words = " ".join(holds_words(told, name, lang) for name in told.names)
    return text("report.certainty.assumptions", lang), words


def ends_picture(told: Comparison, lang: str) -> Picture:
    """Return the figure of where the runs of each scenario end."""
    table = told.states[told.states["cutoffs"] == "as_set"]
    said = []
    for name in told.names:
        share = table[table["scenario"] == name].set_index("state")["share"]
        ends = ", ".join(
            text(
                "report.alt.end", lang, state=state_word(state, lang),
                share=percent(float(share[state]), lang),
            )
            for state in STATES
        )  # fmt: skip
        said.append(text("report.several.alt.one", lang, name=name, ends=ends))
    runs = number(told.pairs.runs, 0, lang)
    alt = text("report.several.alt.states", lang, runs=runs, ends="; ".join(said))
    figure = told.plot.states(lang)
    return Picture(png(figure), alt, text("report.several.caption.states", lang))
