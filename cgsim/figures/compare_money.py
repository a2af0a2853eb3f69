"""Cost against effect: where scenarios lie from the first, and the price where there is one."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np

from ..language import text
from ..study.compare.money import EFFECTS, PRICED
from .compare import look, opened
from .sheet import GRID, INK, QUIET, lay_legend, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ..study.compare import Comparison

MOST_POINTS = 400
"""Pairs drawn of each scenario."""

HEIGHT = 5.2


def draw_money(found: Comparison, lang: str) -> Figure:
    """Draw extra cost against extra artisan-years, and against more runs that end dynamic."""
    height = HEIGHT + 0.2 * len(found.names)
    figure, top = opened(found, "money", lang, height)
    panels = list(figure.subplots(1, 2))
    figure.subplots_adjust(left=0.1, right=0.98, top=top - 0.3 / height, wspace=0.24)
    for axes, effect in zip(panels, EFFECTS, strict=True):
        for k, name in enumerate(found.names[1:], start=1):
            _point(axes, found, name, effect, k)
        _dress(axes, effect, lang)
    panels[0].set_ylabel(text("compare.figure.cost", lang), fontsize=9)
    below = 0.34
    faint, cross = _mark(QUIET, "o", 3, 0.4), _mark(INK, "+", 9)
    notes = [text(f"compare.figure.{key}", lang) for key in ("pair", "cross")]
    below += lay_legend(figure, [faint, cross], notes, 2, below)
    styles = [look(k) for k in range(1, len(found.names))]
    marks = [_mark(style.colour, style.marker, 7) for style in styles]
    words = [textwrap.fill(_priced(found, name, lang), 122) for name in found.names[1:]]
    below += lay_legend(figure, marks, words, 1, below)
    figure.subplots_adjust(bottom=(below + 0.62) / height)
    return figure


def _mark(colour: str, marker: str, size: float, alpha: float = 1.0) -> Any:
    from matplotlib.lines import Line2D

    return Line2D(
        [], [], marker=marker, linestyle="none", color=colour, alpha=alpha, markersize=size,
        markeredgecolor=colour if marker == "+" else "white",
    )  # fmt: skip


def _point(axes: Axes, found: Comparison, name: str, effect: str, k: int) -> None:
    """Draw one scenario: its pairs, and both means with their intervals."""
    style, one = look(k), found.prices[name][effect]
    scale = 100.0 if effect == "dynamic" else 1.0
    if effect != "dynamic":  # noughts and ones would lie on three lines
        other = found.pairs.every[k]
        axes.plot(
            found.pairs.difference(other, effect)[:MOST_POINTS],
            found.pairs.difference(other, "spent")[:MOST_POINTS],
            marker=style.marker, linestyle="none", color=style.colour, alpha=0.16, markersize=3,
            markeredgewidth=0.0, zorder=1,
        )  # fmt: skip
    gain, cost = scale * one.gain, one.cost
    across = scale * np.array([[one.gain - one.gain_low], [one.gain_high - one.gain]])
    up = np.array([[one.cost - one.cost_low], [one.cost_high - one.cost]])
    axes.errorbar(
        gain, cost, np.nan_to_num(up), np.nan_to_num(across), color=style.colour,
        marker=style.marker, markersize=7, markeredgecolor="white", linestyle="none",
        elinewidth=1.6, capsize=3, zorder=4,
    )  # fmt: skip


def _priced(found: Comparison, name: str, lang: str) -> str:
    """Return what one more costs by a scenario, or in which quadrant it lies."""
    said = {}
    for key, effect in (("years", "artisan_years"), ("dynamic", "dynamic")):
        one = found.prices[name][effect]
        if one.quadrant in PRICED:
            pattern = "#,##0.0" if effect == "artisan_years" else "#,##0"
            ratio, low, high = (number(x, pattern, lang) for x in (one.ratio, one.low, one.high))
            interval = text("compare.to", lang, low=low, high=high)
            told = {"ratio": ratio, "interval": interval}
            way = "" if one.quadrant == "dearer_better" else "_saved"
            said[key] = text(f"compare.figure.price.{effect}{way}", lang, **told)
        else:
            quadrant = text(f"compare.table.quadrant.{one.quadrant}", lang)
            said[key] = text(f"compare.figure.price.{effect}_none", lang, quadrant=quadrant)
    return text("compare.figure.priced", lang, name=name, **said)


def _dress(axes: Axes, effect: str, lang: str) -> None:
    """Lay out the four quadrants with their words; 0 is always within."""
    axes.margins(0.06)
    for ends, put, share in (
        (axes.get_xlim(), axes.set_xlim, 0.45), (axes.get_ylim(), axes.set_ylim, 0.25)
    ):  # fmt: skip
        low, high = min(ends[0], 0.0), max(ends[1], 0.0)
        room = share * (high - low)  # for the words of a quadrant in which nothing lies
        put(min(low, -room), max(high, room))
    low, high = axes.get_ylim()
    axes.set_ylim(low - 0.1 * (high - low), high + 0.14 * (high - low))
    for line in (axes.axhline, axes.axvline):
        line(0.0, color=QUIET, linewidth=1.1, zorder=2)
    for vertical, cost in ((0.98, "dearer"), (0.02, "cheaper")):
        for across, gain in ((0.98, "better"), (0.02, "worse")):
            axes.text(
                across, vertical,
                textwrap.fill(text(f"compare.figure.quadrant.{cost}_{gain}", lang), 15),
                transform=axes.transAxes, ha="right" if across > 0.5 else "left",
                va="top" if vertical > 0.5 else "bottom", fontsize=7.5, color=QUIET, style="italic",
            )  # fmt: skip
    axes.set_xlabel(text(f"compare.figure.{effect}", lang), fontsize=9)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, _: number(value, "#,##0", lang))
    axes.grid(color=GRID, linewidth=0.7)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=8.5, color=QUIET, labelcolor=INK)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
