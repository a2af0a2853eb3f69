"""Calibrations: what is left of each spread, targets seen and wanted, the strongest pair."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np

from ..language import text
from ..study.calibrate.saying import figure_of, rho_of
from ..study.varied import lever_words
from .sheet import COLOURS, GRID, INK, QUIET, blank, lay_legend, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ..study.calibrate import Calibration
    from ..study.sweep.axes import Axis

BINS, COLUMNS, WRAP = 12, 3, 34
FITTED, HELD_OUT, BEFORE = COLOURS["active"], COLOURS["dynamic"], "#c3c8d0"


def about(found: Calibration, lang: str) -> str:
    """Return what was run, in a line."""
    told = {
        "runs": number(found.runs, "#,##0", lang), "seed": found.seed,
        "kept": number(len(found.kept.worlds), "#,##0", lang),
        "tried": number(int(found.generations["tried"].sum()), "#,##0", lang),
        "name": found.scenario.name, "hash": found.scenario.hash,
    }  # fmt: skip
    return text("calibrate.about", lang, **told)


def _quiet(axes: Axes) -> None:
    axes.tick_params(labelsize=8.5, color=QUIET, labelcolor=INK)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(QUIET)


def draw_posterior(found: Calibration, lang: str) -> Figure:
    """Draw each constant's spread before, and how often the worlds that fit take each part."""
    rows = -(-len(found.axes) // COLUMNS)
    height = 1.75 + 1.75 * rows
    figure, top = blank(text("calibrate.question", lang), about(found, lang), lang, height)
    grid = figure.subplots(rows, COLUMNS, squeeze=False, sharey=True).ravel()
    handles: list[Any] = []
    for axes, axis in zip(grid, found.axes, strict=False):
        handles = _spread(axes, found, axis, lang)
    for axes in grid[len(found.axes) :]:
        axes.set_visible(False)
    names = ("before", "after", "median", "default")
    words = [text(f"calibrate.figure.{name}", lang) for name in names]
    below = lay_legend(figure, handles, words, 2, 0.34)
    figure.subplots_adjust(
        left=0.085, right=0.98, top=top - 0.62 / height, bottom=(0.34 + below + 0.42) / height,
        hspace=0.8, wspace=0.12,
    )  # fmt: skip
    label = textwrap.fill(text("calibrate.figure.density", lang), 24 if rows == 1 else 80)
    middle = (figure.subplotpars.top + figure.subplotpars.bottom) / 2.0
    figure.text(0.008, middle, label, rotation=90, ha="left", va="center", fontsize=8.5, color=INK)
    return figure


def _spread(axes: Axes, found: Calibration, axis: Axis, lang: str) -> list[Any]:
    values, weights = found.kept.worlds[axis.path].to_numpy(), found.kept.weights
    edges = np.linspace(axis.low, axis.high, BINS + 1)
    share, _ = np.histogram(values, edges, weights=weights)
    before = axes.fill_between(
        [axis.low, axis.high], 0.0, 1.0, facecolor=BEFORE, alpha=0.55, linewidth=0.0
    )
    after = axes.stairs(share * BINS, edges, fill=True, facecolor=FITTED, alpha=0.55)
    axes.stairs(share * BINS, edges, color=FITTED, linewidth=1.4)
    row = next(r for r in found.constants.to_dict("records") if r["path"] == axis.path)
    middle = axes.axvline(float(row["median"]), color=INK, linewidth=1.6)
    own = axes.axvline(
        float(found.scenario.value(axis.path)), color=HELD_OUT, linewidth=1.6, dashes=(3, 2)
    )
    label = textwrap.fill(lever_words(axis.path, found.scenario, lang), WRAP)
    verdict = text(f"calibrate.verdict.{row['verdict']}", lang)
    told = text(
        "calibrate.figure.told", lang, told=round(100 * float(row["contraction"])), verdict=verdict
    )
    axes.set_title(f"{label}\n", fontsize=9, loc="left", color=INK)
    axes.text(0.0, 1.04, told, transform=axes.transAxes, fontsize=8, color=QUIET)
    axes.set_xlim(axis.low, axis.high)
    axes.set_ylim(bottom=0.0)
    ends = np.linspace(axis.low, axis.high, 3)
    # the outer two stand within the panel, so that neighbours do not meet
    axes.set_xticks(ends, [figure_of(one, lang) for one in ends])
    labels = axes.get_xticklabels()
    labels[0].set_horizontalalignment("left")
    labels[-1].set_horizontalalignment("right")
    axes.yaxis.set_major_formatter(lambda value, _: number(value, "0.#", lang))
    _quiet(axes)
    return [before, after, middle, own]


def draw_targets(found: Calibration, lang: str) -> Figure:
    """Draw how far each target is off in the worlds kept, in its own tolerances."""
    rows = found.patterns
    height = 2.3 + 0.5 * len(rows)
    figure, top = blank(text("calibrate.figure.targets", lang), about(found, lang), lang, height)
    axes = figure.subplots()
    within = axes.axvspan(-1.0, 1.0, color=BEFORE, alpha=0.55, linewidth=0.0)
    labels, marks = [], {}
    for k, row in enumerate(rows.to_dict("records")):
        held = bool(row["hold_out"])
        low, middle, high = (
            (row[name] - row["wanted"]) / row["tolerance"] for name in ("low", "median", "high")
        )
        marks[held] = axes.errorbar(
            middle, k, xerr=[[max(0.0, middle - low)], [max(0.0, high - middle)]],
            color=HELD_OUT if held else FITTED, marker="s" if held else "o", markersize=6,
            capsize=3, linewidth=1.8, linestyle="none",
        )  # fmt: skip
        wanted = text(
            "calibrate.figure.wanted", lang, wanted=figure_of(row["wanted"], lang),
            tolerance=figure_of(row["tolerance"], lang),
        )  # fmt: skip
        labels.append(f"{row['target']} ({row['source']})\n{wanted}")
    axes.set_yticks(range(len(rows)), labels)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.axvline(0.0, color=QUIET, linewidth=0.9)
    axes.set_xlabel(text("calibrate.figure.off", lang), fontsize=9)
    axes.xaxis.set_major_formatter(lambda value, _: number(value, "0.#;−0.#", lang))
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    left, right = axes.get_xlim()
    axes.set_xlim(min(left, -1.2), max(right, 1.2))
    _quiet(axes)
    names = {False: "fitted", True: "held_out"}
    words = [text("calibrate.figure.within", lang)]
    interval = text("calibrate.figure.interval", lang)
    words += [f"{text(f'calibrate.figure.{names[held]}', lang)}, {interval}" for held in marks]
    below = lay_legend(figure, [within, *marks.values()], words, 3, 0.34)
    figure.subplots_adjust(
        left=0.24, right=0.97, top=top - 0.3 / height, bottom=(0.34 + below + 0.55) / height
    )
    return figure


def draw_pair(found: Calibration, lang: str) -> Figure:
    """Draw the two constants that go together most, in the worlds that fit."""
    row = found.pairs.iloc[0]
    height = 5.6
    figure, top = blank(text("calibrate.figure.pair", lang), about(found, lang), lang, height)
    axes = figure.subplots()
    spreads = {axis.path: axis for axis in found.axes}
    first, second = spreads[row["first"]], spreads[row["second"]]
    # worlds that stand for several are drawn as often, so darker
    points = axes.scatter(
        found.worlds[first.path], found.worlds[second.path], s=26, color=FITTED, alpha=0.45,
        linewidths=0.0,
    )  # fmt: skip
    own = axes.plot(
        float(found.scenario.value(first.path)), float(found.scenario.value(second.path)),
        marker="D", markersize=9, color=HELD_OUT, markeredgecolor=INK, linestyle="none",
    )[0]  # fmt: skip
    for axis, side in ((first, "x"), (second, "y")):
        name = lever_words(axis.path, found.scenario, lang)
        label = f"{textwrap.fill(name, 60)}\n{axis.path}"
        axes.set(**{f"{side}lim": (axis.low, axis.high), f"{side}label": label})
        getattr(axes, f"{side}axis").set_major_formatter(lambda value, _: figure_of(value, lang))
    title = text("calibrate.figure.correlation", lang, rho=rho_of(row["correlation"], lang))
    axes.set_title(title, fontsize=9.5, loc="left", color=INK)
    axes.grid(color=GRID, linewidth=0.7)
    _quiet(axes)
    words = [text(f"calibrate.figure.{name}", lang) for name in ("worlds", "default")]
    below = lay_legend(figure, [points, own], words, 2, 0.34)
    figure.subplots_adjust(
        left=0.14, right=0.97, top=top - 0.45 / height, bottom=(0.34 + below + 0.75) / height
    )
    return figure
