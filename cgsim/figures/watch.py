"""Warnings of decline: hits and false alarms of the best numbers."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ..language import text
from ..study.watch_words import about_words, rule_words, sentences, signal_words
from ..study.watching import CALENDAR
from .sheet import COLOURS, GRID, INK, QUIET, blank, lay_legend, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ..study.watch import Watch

SHOWN = 10
"""Numbers that are drawn; the calendar always."""

Row = Mapping[Any, Any]

HITS, FALSE = COLOURS["active"], COLOURS["dynamic"]


def draw_watch(found: Watch, lang: str) -> Figure:
    """Draw how often each of the best numbers warns rightly and falsely, with intervals."""
    rows = found.table.to_dict("records")
    shown = rows[:SHOWN] + [row for row in rows[SHOWN:] if row["signal"] == CALENDAR]
    height = 3.1 + 0.47 * len(shown) if shown else 1.9
    heading = f"{found.scenario.title[lang]}\n{about_words(found, lang)}"
    figure, top = blank(text("watch.question", lang), heading, lang, height)
    top -= 0.18 / height  # the heading has two lines
    answer = textwrap.wrap(sentences(found, lang)[0], 112, break_on_hyphens=False)
    figure.text(
        0.02, top - 0.24 / height, "\n".join(answer), ha="left", va="top", fontsize=9, color=INK,
        linespacing=1.3,
    )  # fmt: skip
    top -= (0.4 + 0.18 * len(answer)) / height
    if not shown:
        return figure
    axes = figure.subplots()
    handles = [_row(axes, k, row) for k, row in enumerate(shown)]
    names = [_name(row, lang) for row in shown]
    axes.set_yticks(range(len(shown)), names)
    axes.set_ylim(len(shown) - 0.5, -0.5)
    _dress(axes, lang)
    words = [text(f"watch.figure.{name}", lang) for name in ("hits", "false_alarms")]
    below = lay_legend(figure, handles[0], words, 1, 0.34)
    figure.subplots_adjust(
        left=0.36, right=0.97, top=top, bottom=(0.34 + below + 0.5) / height
    )  # fmt: skip
    return figure


def _row(axes: Axes, k: int, row: Row) -> list[Any]:
    """Draw one number; the gap between its marks is what it is worth."""
    ends = [100.0 * row[name] for name in ("false_alarms", "hits")]
    axes.plot(ends, [k, k], color=GRID, linewidth=5.0, solid_capstyle="butt", zorder=1)
    marks = []
    for name, colour, marker in (("hits", HITS, "o"), ("false_alarms", FALSE, "s")):
        middle, low, high = (100.0 * row[f"{name}{end}"] for end in ("", "_low", "_high"))
        off = np.maximum(0.0, [[middle - low], [high - middle]])
        marks.append(
            axes.errorbar(
                middle, k, xerr=off, color=colour, marker=marker, markersize=6.5, capsize=3,
                linewidth=1.8, linestyle="none",
            )
        )  # fmt: skip
    return marks


def _name(row: Row, lang: str) -> str:
    label = textwrap.fill(signal_words(row["signal"], lang), 44)
    rule = rule_words(row, lang)
    if row["by"] != CALENDAR:
        rule = f"{rule} ({text('watch.by.' + row['by'], lang)})"
    return f"{label}\n{rule}"


def _dress(axes: Axes, lang: str) -> None:
    axes.set_xlim(0.0, 101.0)
    axes.xaxis.set_major_formatter(lambda value, _: percent(value, lang))
    axes.tick_params(labelsize=8.5, color=QUIET, labelcolor=INK)
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
