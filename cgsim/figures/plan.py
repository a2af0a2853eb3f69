"""Plans: what a goal costs, and how likely it is for the money."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np

from ..language import text
from .over_time import SECOND
from .sheet import COLOURS, GRID, INK, QUIET, blank, lay_legend, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ..study.plan.evaluation import Evaluated
    from ..study.plan.planned import Planned

HEIGHT = 7.0
"""Inches."""


def draw_frontier(found: Planned, lang: str) -> Figure:
    """Draw every trial, the frontier with intervals, the plan and the scenario as it stands."""
    from ..study.plan.words import verdict_words

    case, goal = found.scenario, found.goal.words(lang)
    told = {
        "trials": number(len(found.tried), "#,##0", lang), "seed": found.lucks.searched.seed,
        "runs": number(found.lucks.searched.runs, "#,##0", lang), "name": case.name,
        "hash": case.hash,
    }  # fmt: skip
    heading = text("figure.plan.about", lang, **told)
    figure, top = blank(text("figure.plan.question", lang, goal=goal), heading, lang, HEIGHT)
    said = verdict_words(found, lang).replace(" %", "\u00a0%").replace("Rp ", "Rp\u00a0")
    answer = textwrap.wrap(said, 112)
    figure.text(
        0.02, top - 0.24 / HEIGHT, "\n".join(answer), ha="left", va="top", fontsize=9, color=INK,
        linespacing=1.3,
    )  # fmt: skip
    below = 0.24 + 0.18 * len(answer)
    figure.subplots_adjust(left=0.085, right=0.98, top=top - (below + 0.3) / HEIGHT)
    axes = figure.subplots()
    handles, keys = _points(axes, found)
    lines, words = _bounds(axes, found, lang)
    _dress(axes, found, lang)
    words = [*(text(f"figure.plan.{key}", lang) for key in keys), *words]
    height = lay_legend(figure, [*handles, *lines], words, 2, 0.34)
    figure.subplots_adjust(bottom=(0.34 + height + 0.55) / HEIGHT)
    return figure


def _points(axes: Axes, found: Planned) -> tuple[list[Any], list[str]]:
    handles, keys = [], []
    for key, within, marker in (("tried", True, "o"), ("beyond", False, "x")):
        some = [one.found for one in found.tried if one.within is within]
        if some:
            colour: dict[str, Any] = (
                {"facecolors": "none", "edgecolors": QUIET} if within else {"color": QUIET}
            )
            handles.append(
                axes.scatter(
                    [one.cost for one in some], [100.0 * one.probability for one in some],
                    s=14, marker=marker, linewidths=0.7, alpha=0.7, **colour,
                )
            )  # fmt: skip
            keys.append(key)
    rows = [one.second for one in found.candidates]
    if rows:
        handles.append(_with_intervals(axes, rows, COLOURS["active"], "s", "-", 4.5))
        keys.append("frontier")
        _names(axes, found)
    handles.append(_with_intervals(axes, [found.as_it_is], INK, "^", "none", 8.0))
    keys.append("as_it_is")
    if found.checked is not None:
        handles.append(_with_intervals(axes, [found.checked], SECOND, "D", "none", 8.0))
        keys.append("chosen")
    return handles, keys


def _with_intervals(
    axes: Axes, rows: list[Evaluated], colour: str, marker: str, style: str, size: float
) -> Any:
    """Draw probabilities and costs with the 95 % intervals of both."""
    x, y = (
        np.array(values) for values in zip(*((o.cost, o.probability) for o in rows), strict=True)
    )
    over = np.array([one.interval for one in rows]).T
    along = np.array([one.cost_interval for one in rows]).T
    return axes.errorbar(
        x, 100.0 * y, yerr=100.0 * np.abs(over - y), xerr=np.abs(along - x), color=colour,
        marker=marker, markersize=size, linestyle=style, linewidth=1.3, capsize=2.5,
        elinewidth=1.0, zorder=3 if size < 6.0 else 4,
    )  # fmt: skip


def _names(axes: Axes, found: Planned) -> None:
    for one in found.candidates:
        axes.annotate(
            one.name, (one.second.cost, 100.0 * one.second.interval[0]), xytext=(0, -3),
            textcoords="offset points", ha="center", va="top", fontsize=8, color=COLOURS["active"],
        )  # fmt: skip


def _bounds(axes: Axes, found: Planned, lang: str) -> tuple[list[Any], list[str]]:
    from ..study.plan.words import money, share_words

    lines = [axes.axhline(100.0 * found.chance, color=QUIET, linewidth=1.2, dashes=(5, 2))]
    words = [text("figure.plan.chance", lang, chance=share_words(found.chance, lang))]
    if math.isfinite(found.budget.total):
        lines.append(axes.axvline(found.budget.total, color=QUIET, linewidth=1.4, linestyle=":"))
        words.append(text("figure.plan.budget", lang, much=money(found.budget.total, lang)))
    return lines, words


def _dress(axes: Axes, found: Planned, lang: str) -> None:
    years = number(found.scenario.months / 12, "#,##0.#", lang)
    axes.set_xlabel(text("figure.plan.cost", lang, years=years), fontsize=9)
    told = {"goal": found.goal.words(lang), "months": found.scenario.months}
    axes.set_ylabel(text("figure.plan.probability", lang, **told), fontsize=9)
    axes.set_ylim(-4.0, 104.0)
    axes.set_xlim(left=0.0)
    axes.xaxis.set_major_formatter(lambda value, _: number(value, "#,##0.#", lang))
    axes.tick_params(labelsize=9, color=QUIET, labelcolor=INK)
    axes.grid(color=GRID, linewidth=0.7)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(QUIET)
