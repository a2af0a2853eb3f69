"""Cost against effect: where scenarios lie from the first, and the price where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..language import text
from ..study.compare.money import EFFECTS, PRICED, Price
from .compare import look, opened
from .sheet import GRID, INK, QUIET, lay_legend, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ..study.compare import Comparison

MOST_POINTS = 400
"""Pairs drawn of each scenario."""

HEIGHT = 5.6


def draw_money(found: Comparison, lang: str) -> Figure:
    """Draw extra cost against extra artisan-years, and against more runs that end dynamic."""
    from matplotlib.lines import Line2D

    figure, top = opened(found, "money", lang, HEIGHT)
    panels = list(figure.subplots(1, 2))
    figure.subplots_adjust(left=0.1, right=0.98, top=top - 0.3 / HEIGHT, wspace=0.24)
    handles: list[Any] = []
    for axes, effect in zip(panels, EFFECTS, strict=True):
        points = [
            _point(axes, found, name, effect, k, lang)
            for k, name in enumerate(found.names[1:], start=1)
        ]
        handles = handles or points
        _dress(axes, effect, lang)
    panels[0].set_ylabel(text("compare.figure.cost", lang), fontsize=9)
    words = [text("compare.figure.point", lang, name=name) for name in found.names[1:]]
    faint = Line2D([], [], marker="o", linestyle="none", color=QUIET, alpha=0.4, markersize=3)
    cross = Line2D([], [], marker="+", linestyle="none", color=INK, markersize=9)
    words += [text(f"compare.figure.{key}", lang) for key in ("pair", "cross")]
    height = lay_legend(figure, [*handles, faint, cross], words, 3, 0.34)
    figure.subplots_adjust(bottom=(0.34 + height + 0.62) / HEIGHT)
    return figure


def _point(
    axes: Axes, found: Comparison, name: str, effect: str, k: int, lang: str
) -> Any:  # fmt: skip
    """Draw one scenario: its pairs, both means with their intervals, and its price."""
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
    drawn = axes.errorbar(
        gain, cost, np.nan_to_num(up), np.nan_to_num(across), color=style.colour,
        marker=style.marker, markersize=7, markeredgecolor="white", linestyle="none",
        elinewidth=1.6, capsize=3, zorder=4,
    )  # fmt: skip
    if one.quadrant in PRICED:
        axes.annotate(
            _priced(one, lang), (gain, cost), (9, -9), textcoords="offset points", va="top",
            fontsize=8, color=INK, zorder=5,
            bbox={"facecolor": "white", "alpha": 0.8, "linewidth": 0.0, "pad": 1.0},
        )  # fmt: skip
    return drawn


def _priced(one: Price, lang: str) -> str:
    pattern = "#,##0.0" if one.effect == "artisan_years" else "#,##0"
    ratio, low, high = (number(end, pattern, lang) for end in (one.ratio, one.low, one.high))
    interval = text("compare.to", lang, low=low, high=high)
    return text("compare.figure.each", lang, ratio=ratio, interval=interval)


def _dress(axes: Axes, effect: str, lang: str) -> None:
    """Lay out the four quadrants with their words; 0 is always within."""
    axes.margins(0.16)
    for ends, put in ((axes.get_xlim(), axes.set_xlim), (axes.get_ylim(), axes.set_ylim)):
        low, high = min(ends[0], 0.0), max(ends[1], 0.0)
        room = 0.22 * (high - low)
        put(min(low, -room), max(high, room))
    for line in (axes.axhline, axes.axvline):
        line(0.0, color=QUIET, linewidth=1.1, zorder=2)
    for vertical, cost in ((0.98, "dearer"), (0.02, "cheaper")):
        for across, gain in ((0.98, "better"), (0.02, "worse")):
            axes.text(
                across, vertical, text(f"compare.figure.quadrant.{cost}_{gain}", lang),
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
