"""Comparisons in many worlds: verdicts, luck and ignorance as bands, single assumptions."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np

from ..language import text
from ..study.compare.worlds_verdict import VERDICTS
from ..study.compare.worlds_walk import CHIEF, CHIEF_BY_NAME, OVER_TIME
from ..study.compare.worlds_words import (
    bands_words,
    holds_words,
    label_of,
    overturn_words,
    value_of,
)
from .over_time import SECOND
from .sheet import COLOURS, GRID, INK, QUIET, blank, lay_legend, number, time_axis

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ..study.compare.worlds import InWorlds

MOST_BARS = 12
LIGHT, PALE = "#bfc6d1", "#eef0f3"

LOOK: dict[str, dict[str, Any]] = {
    "better": {"facecolor": COLOURS["active"], "hatch": ""},
    "same": {"facecolor": PALE, "hatch": "..."},
    "untold": {"facecolor": LIGHT, "hatch": ""},
    "worse": {"facecolor": SECOND, "hatch": "////"},
}
"""Verdicts, told apart without colour too."""

Z95 = 1.96


def draw_verdicts(found: InWorlds, name: str, lang: str) -> Figure:
    """Draw for each outcome in how many worlds a scenario is better, worse, or not to be told."""
    height = 5.0
    figure, top = _sheet(found, name, "question", "about", height, lang)
    axes = figure.add_axes((0.25, 1.35 / height, 0.72, top - (1.35 + 0.2) / height))
    table = found.verdicts
    rows = table[table["scenario"] == name].set_index("outcome")[list(VERDICTS)].to_dict("index")
    count = len(found.worlds)
    handles: list[Any] = [None] * len(VERDICTS)
    for k, one in enumerate(CHIEF):
        start = 0.0
        for place, verdict in enumerate(VERDICTS):
            width = 100.0 * rows[one.name][verdict] / count
            handles[place] = axes.barh(
                k, width, left=start, height=0.66, edgecolor="white", linewidth=0.8, **LOOK[verdict]
            )
            if width >= 6.0:
                colour = "white" if verdict in ("better", "worse") else INK
                said = number(width, "0", lang)
                box = {"facecolor": LOOK[verdict]["facecolor"], "edgecolor": "none", "pad": 1.2}
                axes.text(start + width / 2.0, k, said, ha="center", va="center", fontsize=8.5,
                          color=colour, bbox=box)  # fmt: skip
            start += width
    names = [text(f"worlds.outcome.{one.name}", lang) for one in CHIEF]
    axes.set_yticks(range(len(CHIEF)), names, fontsize=9)
    axes.set_ylim(len(CHIEF) - 0.5, -0.5)
    axes.set_xlim(0.0, 100.0)
    axes.set_xlabel(text("worlds.figure.share", lang), fontsize=9)
    _plain(axes)
    words = [text(f"worlds.verdict.{verdict}", lang) for verdict in VERDICTS]
    lay_legend(figure, handles, words, 4, 0.34)
    return figure


def draw_bands(found: InWorlds, name: str, lang: str) -> Figure:
    """Draw the paired difference over time: luck and ignorance as bands, one within the other."""
    height = 8.4
    figure, top = _sheet(found, name, "question_bands", "about", height, lang)
    words = bands_words(found, name, OVER_TIME[0], lang)
    said = textwrap.wrap(f"{text(f'worlds.outcome.{OVER_TIME[0]}', lang)}: {words}", 112)
    figure.text(0.02, top - 0.24 / height, "\n".join(said), va="top", fontsize=9, color=INK)
    grid = figure.subplots(len(OVER_TIME), 1)
    handles: list[Any] = []
    for k, (axes, quantity) in enumerate(zip(grid, OVER_TIME, strict=True)):
        handles = _bands_of(axes, found, name, quantity, k == len(OVER_TIME) - 1, lang)
    keys = ("median", "ignorance", "luck", "both")
    legend = [text(f"worlds.figure.{key}", lang) for key in keys]
    below = 0.34 + lay_legend(figure, handles, legend, 2, 0.34)
    figure.subplots_adjust(
        left=0.09, right=0.97, hspace=0.36, bottom=(below + 0.62) / height,
        top=top - (0.62 + 0.17 * len(said)) / height,
    )  # fmt: skip
    return figure


def _bands_of(
    axes: Axes, found: InWorlds, name: str, quantity: str, last: bool, lang: str
) -> list[Any]:
    table = found.over_time
    rows = table[(table["scenario"] == name) & (table["outcome"] == quantity)]
    time_axis(axes, found.pairs.months, lang, named=last)
    after = rows["after_months"] / (12.0 if found.pairs.months >= 36 else 1.0)
    both = axes.fill_between(after, rows["both_low"], rows["both_high"], facecolor=LIGHT,
                             alpha=0.6, linewidth=0.0)  # fmt: skip
    ignorance = axes.fill_between(
        after, rows["ignorance_low"], rows["ignorance_high"], facecolor=COLOURS["active"],
        alpha=0.55, linewidth=0.0,
    )  # fmt: skip
    for end in ("low", "high"):
        luck = axes.plot(after, rows[f"luck_{end}"], color=SECOND, linewidth=1.4, linestyle="--")[0]
    median = axes.plot(after, rows["median"], color=INK, linewidth=1.8)[0]
    axes.axhline(0.0, color=QUIET, linewidth=0.9)
    title = text("worlds.figure.in_unit", lang, unit=text(f"worlds.unit.{quantity}", lang),
                 quantity=text(f"worlds.outcome.{quantity}", lang))  # fmt: skip
    axes.set_title(title, fontsize=9.5, loc="left", color=INK)
    axes.yaxis.set_major_formatter(lambda value, _: _signed(value, lang))
    return [median, ignorance, luck, both]


def draw_overturn(found: InWorlds, name: str, lang: str) -> Figure:
    """Draw how far each single assumption moves the difference, and whether it turns it."""
    told = found.overturned[name]
    far = (told.table["at_high"] - told.table["at_low"]).abs()
    turning = told.table["turns"]
    # what turns the conclusion comes first, then what moves it most
    order = np.lexsort((-far.to_numpy(), ~turning.to_numpy()))[:MOST_BARS]
    rows = [{str(k): v for k, v in row.items()}
            for row in told.table.iloc[order].to_dict("records")]  # fmt: skip
    height = 3.3 + 0.34 * len(rows)
    figure, top = _sheet(found, name, "question_overturn", "about_overturn", height, lang)
    said = textwrap.wrap(overturn_words(found, name, lang), 112)
    figure.text(0.02, top - 0.24 / height, "\n".join(said), va="top", fontsize=9, color=INK)
    above = 0.34 + 0.18 * max(1, len(said))
    axes = figure.add_axes((0.34, 1.3 / height, 0.63, top - (1.3 + above) / height))
    scale = 100.0 if CHIEF_BY_NAME[told.outcome].kind == "share" else 1.0
    handles = [_ends_of(axes, rows, end, scale) for end in ("low", "high")]
    handles.append(axes.axvline(scale * told.difference, color=INK, linewidth=1.4))
    axes.axvline(0.0, color=QUIET, linewidth=1.0, linestyle=":")
    names = [_label(found, row, lang) for row in rows]
    axes.set_yticks(range(len(rows)), names, fontsize=8.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    more = text("worlds.figure.more", lang, other=name, first=found.pairs.first.name)
    unit = text("worlds.figure.in_unit", lang, unit=text(f"worlds.unit.{told.outcome}", lang),
                quantity=text(f"worlds.outcome.{told.outcome}", lang))  # fmt: skip
    axes.set_xlabel(textwrap.fill(f"{more} · {unit}", 72), fontsize=9)
    axes.xaxis.set_major_formatter(lambda value, _: _signed(value, lang))
    _plain(axes)
    lay_legend(figure, handles, [text(f"worlds.figure.{key}", lang)
                                 for key in ("low", "high", "as_set")], 3, 0.34)  # fmt: skip
    return figure


def _label(found: InWorlds, row: dict[str, Any], lang: str) -> str:
    """Return an assumption's name beside its line, with where it turns the difference."""
    lines = textwrap.wrap(label_of(found, row["path"], lang), 34)
    if row["turns"]:
        value = value_of(row["path"], row["value"], lang)
        lines.append(text("worlds.figure.turns", lang, value=value))
    return "\n".join(lines)


def _ends_of(axes: Axes, rows: list[dict[str, Any]], end: str, scale: float) -> Any:
    """Mark the mean difference at one end of every spread, with its interval."""
    at = np.arange(len(rows)) + (-0.15 if end == "low" else 0.15)
    middle = scale * np.array([row[f"at_{end}"] for row in rows])
    half = scale * Z95 * np.nan_to_num([row[f"at_{end}_error"] for row in rows])
    return axes.errorbar(
        middle, at, xerr=half, linestyle="none", marker="<" if end == "low" else ">",
        markersize=6, capsize=2.0, linewidth=1.0,
        color=SECOND if end == "low" else COLOURS["active"],
    )  # fmt: skip


def _sheet(
    found: InWorlds, name: str, question: str, about: str, height: float, lang: str
) -> tuple[Figure, float]:
    """Return a figure with its words, and where those above end."""
    pairs = found.pairs
    other = pairs.others[found.names.index(name)]
    names = {"first": pairs.first.name, "other": name}
    runs = found.runs if about == "about" else found.overturned[name].runs
    told = {
        **names, "first_hash": pairs.first.scenario.hash, "other_hash": other.scenario.hash,
        "n": number(len(found.worlds), "#,##0", lang), "runs": runs, "seed": pairs.seed,
    }  # fmt: skip
    heading = text(f"worlds.figure.{about}", lang, **told)
    lines = textwrap.wrap(heading, 118)
    # a name's hyphens do not part lines
    whole = {key: one.replace("-", "\N{NON-BREAKING HYPHEN}") for key, one in names.items()}
    title = text(f"worlds.figure.{question}", lang, **whole)
    figure, top = blank(title, "\n".join(lines), lang, height)
    top -= 0.17 * (len(lines) - 1) / height
    if question == "question":
        said = textwrap.wrap(holds_words(found, name, lang), 112)
        figure.text(0.02, top - 0.24 / height, "\n".join(said), va="top", fontsize=9, color=INK)
        top -= (0.3 + 0.17 * len(said)) / height
    return figure, top


def _signed(value: float, lang: str) -> str:
    """Return a tick's number with its sign; none for what is nothing."""
    return number(value, "+0.###;-0.###" if abs(value) > 1e-9 else "0", lang)


def _plain(axes: Axes) -> None:
    axes.tick_params(color=QUIET, labelcolor=INK)
    axes.tick_params(axis="x", labelsize=8.5)
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


FIGURES = {"verdicts": draw_verdicts, "bands": draw_bands, "overturn": draw_overturn}
"""What can be drawn of each compared scenario."""


def drawn(found: InWorlds, lang: str) -> dict[str, Figure]:
    """Return every figure by a name of its own: what it shows, and of which scenario."""
    figures = {}
    for k, name in enumerate(found.names, start=1):
        for key, draw in FIGURES.items():
            if key == "overturn" and (
                name not in found.overturned or found.overturned[name].table.empty
            ):
                continue
            if key == "bands" and found.over_time.empty:
                continue
            own = f"worlds_{key}" if len(found.names) == 1 else f"worlds_{key}_{k}"
            figures[own] = draw(found, name, lang)
    return figures
