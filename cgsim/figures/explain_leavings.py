"""All who left: what their hazard came from, of all and by the organisation that trained them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..language import text
from ..study.explain.leavings import PARTS
from ..study.explain.leavings_words import sentences
from .explain_sheet import TERM_LOOKS, answered, plain_axes
from .sheet import GRID, INK, QUIET, lay_legend, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ..study.explain.leavings import LeavingsExplained

HEIGHT = 7.2
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<")
"""Organisations beyond these take the first again."""


def draw_leavings(found: LeavingsExplained, lang: str) -> Figure:
    """Draw each part's share of the hazard as a bar with its interval; organisations beside."""
    case = found.scenario
    told = {"runs": number(found.runs, "#,##0", lang), "seed": found.seed}
    about = text("explain.table.about_runs", lang, **told, name=case.name, hash=case.hash)
    question = text("explain.heading.leavings", lang)
    figure, top = answered(case, question, about, sentences(found, lang), lang, HEIGHT)
    figure.subplots_adjust(left=0.14, right=0.97, top=top - 0.1 / HEIGHT)
    axes = figure.subplots()
    _bars(axes, found)
    _organisations(axes, found, lang)
    axes.set_yticks(range(len(PARTS)), [text(f"explain.term.{name}", lang) for name in PARTS])
    axes.set_ylim(len(PARTS) - 0.4, -0.6)
    axes.axvline(0.0, color=QUIET, linewidth=0.8)
    plain_axes(axes, "", lang, None)
    axes.grid(visible=False, axis="y")
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    axes.xaxis.set_major_formatter(lambda value, _: number(value, "#,##0", lang))
    axes.set_xlabel(text("explain.figure.share", lang), fontsize=9)
    handles, labels = axes.get_legend_handles_labels()
    bar: Any = axes.patches[0]
    words = [text("explain.figure.all", lang), *labels]
    height = lay_legend(figure, [bar, *handles], words, 4, 0.34)
    figure.subplots_adjust(bottom=(0.34 + height + 0.62) / HEIGHT)
    return figure


def _bars(axes: Axes, found: LeavingsExplained) -> None:
    for place, name in enumerate(PARTS):
        row, look = found.part(name), TERM_LOOKS.get(name, {"colour": "#c9ced6", "hatch": ""})
        axes.barh(
            place, 100.0 * row["share"], height=0.72, facecolor=look["colour"], alpha=0.55,
            edgecolor=INK, linewidth=0.5, zorder=1,
        )  # fmt: skip
        if np.isfinite(row["low"]):
            axes.plot([100.0 * row["low"], 100.0 * row["high"]], [place - 0.3] * 2, color=INK,
                      linewidth=2.2, zorder=3, solid_capstyle="butt")  # fmt: skip


def _organisations(axes: Axes, found: LeavingsExplained, lang: str) -> None:
    keys = found.scenario.organisations
    for k, key in enumerate(keys):
        rows = [found.part(name, "organisation", key) for name in PARTS]
        middle, low, high = (
            100.0 * np.array([row[name] for row in rows]) for name in ("share", "low", "high")
        )
        at = np.arange(len(PARTS)) - 0.14 + 0.4 * (k + 0.5) / len(keys)
        low, high = (
            np.where(np.isfinite(low), low, middle),
            np.where(np.isfinite(high), high, middle),
        )
        axes.errorbar(
            middle, at, xerr=[middle - low, high - middle], linestyle="", color=INK,
            marker=MARKERS[k % len(MARKERS)], markersize=4.5, markerfacecolor="white",
            linewidth=1.0, capsize=2.0, label=found.scenario.names[key][lang], zorder=4,
        )  # fmt: skip
