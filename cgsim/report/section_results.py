"""What comes out: states and makers by year, makers and indicators as figures."""

from __future__ import annotations

from ..columns import INDICATORS, YEAR_COLUMNS
from ..language import text
from ..study.summary import Summary
from ..world.shape import STATES
from .findings import Findings
from .front import state_word
from .numbers import DECIMALS, mean_cell, number, share_cell, time_words
from .parts import Part, Picture, Section, Table, Words, row
from .pictures import png

MOST_ROWS = 12


def section(found: Findings, lang: str) -> Section | None:
    """Return the section, of one scenario only."""
    if found.several:
        return None
    told = found.summaries[0]
    parts: list[Part] = [
        Words(text("report.results.lead", lang)),
        states_table(told, lang),
        producers_picture(found, lang),
        makers_table(told, lang),
        indicators_picture(found, lang),
    ]
    return Section("results", text("report.results.title", lang), parts, new_page=True)


def shown_years(months: list[int]) -> list[int]:
    """Return the moments that a table shows: not more than it has room for, and the last.

    Examples
    --------
    >>> shown_years([12, 24, 30]), len(shown_years(list(range(12, 1201, 12))))
    ([12, 24, 30], 12)
    """
    step = -(-len(months) // MOST_ROWS)
    return months[::-1][::step][::-1]


def states_table(told: Summary, lang: str) -> Table:
    """Return the share of runs in each state by year."""
    heads = (text("report.results.after", lang), *(state_word(one, lang) for one in STATES))
    rows = tuple(
        row(
            time_words(months, lang),
            *(share_cell(told.states[months][one], lang) for one in STATES),
        )
        for months in shown_years(list(told.states))
    )
    return Table(text("report.results.states", lang), heads, rows)


def makers_table(told: Summary, lang: str) -> Table:
    """Return producers, independents and income by year."""
    heads = [text(f"cli.years.{name}", lang) for name in YEAR_COLUMNS]
    rows = tuple(
        row(
            time_words(months, lang),
            *(
                mean_cell(told.years[months][name], DECIMALS.get(name, 1), lang)
                for name in YEAR_COLUMNS
            ),
        )
        for months in shown_years(list(told.years))
    )
    return Table(
        text("report.results.makers", lang), (text("report.results.after", lang), *heads), rows
    )


def producers_picture(found: Findings, lang: str) -> Picture:
    """Return the figure of producers over time."""
    told = found.summaries[0]
    alt = text(
        "report.alt.producers", lang, runs=number(told.runs, 0, lang),
        time=time_words(told.months, lang),
        producers=number(told.outcomes["producers"].mean, 1, lang),
        independents=number(told.outcomes["independents"].mean, 1, lang),
    )  # fmt: skip
    figure = found.simulations[0].plot.producers(lang)
    return Picture(png(figure), alt, text("report.caption.producers", lang))


def indicators_picture(found: Findings, lang: str) -> Picture:
    """Return the figure of the six indicators over time."""
    told, runs = found.summaries[0], found.simulations[0].runs
    ends = ", ".join(
        text(
            "report.alt.one", lang, name=text(f"figure.indicator.{name}", lang),
            value=number(float(runs[name].mean()), 2, lang),
        )
        for name in INDICATORS
    )  # fmt: skip
    alt = text(
        "report.alt.indicators", lang, runs=number(told.runs, 0, lang), ends=ends,
        time=time_words(told.months, lang),
    )  # fmt: skip
    figure = found.simulations[0].plot.indicators(lang)
    return Picture(png(figure), alt, text("report.caption.indicators", lang))
