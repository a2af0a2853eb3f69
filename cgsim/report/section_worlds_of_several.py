"""In how many worlds a comparison holds, where it fails, and which assumption overturns it."""

from __future__ import annotations

from ..figures.compare_worlds import draw_verdicts
from ..language import text
from ..study.compare.worlds import MAIN, InWorlds
from ..study.compare.worlds_words import sentences
from .findings import Findings
from .numbers import number, percent
from .parts import Part, Picture, Section, Words
from .pictures import png


def section(found: Findings, lang: str) -> Section | None:
    """Return the section; none where no worlds were drawn."""
    if not found.several or found.in_worlds is None:
        return None
    told = found.comparison(lang).worlds
    assert told is not None
    lead = text(
        f"report.several.worlds.{'lead' if told.drawn else 'given'}", lang,
        worlds=number(len(told.worlds), 0, lang),
        n=number(told.worlds.shape[1], 0, lang), runs=number(told.runs, 0, lang),
    )  # fmt: skip
    parts: list[Part] = [Words(lead)]
    for name in told.names:
        parts += [Words(one) for one in sentences(told, name, lang)]
        parts.append(picture(told, name, lang))
    return Section("worlds", text("report.worlds.title", lang), parts)


def picture(told: InWorlds, name: str, lang: str) -> Picture:
    """Return the figure of the verdicts in all worlds."""
    table = told.verdicts
    row = table[(table["scenario"] == name) & (table["outcome"] == MAIN)].iloc[0]
    shares = {one: percent(float(row[f"share_{one}"]), lang) for one in ("better", "worse")}
    alt = text(
        "report.several.worlds.alt", lang, other=name, first=told.pairs.first.name,
        outcome=text(f"worlds.outcome.{MAIN}", lang), **shares,
    )  # fmt: skip
    caption = text("report.several.worlds.caption", lang)
    return Picture(png(draw_verdicts(told, name, lang)), alt, caption)
