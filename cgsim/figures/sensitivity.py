"""Sensitivity: tornados, scatters, whose number it is, what a survey should ask first."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np

from ..language import text
from ..study.sensitivity.answers import ENDS
from ..study.sensitivity.screening import way
from ..study.sensitivity.words import (
    about_words,
    figure_of,
    name_of,
    outcome_words,
    share_of,
)
from ..study.sweep.axes import LUCK
from ..study.varied import unit_of, value_words
from .over_time import SECOND
from .sheet import COLOURS, GRID, INK, QUIET, blank, lay_legend, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from ..study.sensitivity.indices import Indices
    from ..study.sensitivity.question import Decomposition, Question, Sample, Screening, Whose
    from ..study.sweep.axes import Axis

MOST_BARS, PANELS, BINS, MOST_DOTS = 12, 6, 8, 2000
LIGHT, DOT = "#bfc6d1", 2.2
LOOK: dict[str, dict[str, Any]] = {
    "up": {"facecolor": COLOURS["active"], "hatch": ""},
    "down": {"facecolor": SECOND, "hatch": "////"},
    "both": {"facecolor": LIGHT, "hatch": "..."},
}
"""Which way an outcome goes, told apart without colour too."""

OWN: dict[str, Any] = {"facecolor": COLOURS["active"], "hatch": ""}
TOTAL: dict[str, Any] = {"facecolor": LIGHT, "hatch": "////"}


def heading_words(found: Screening | Decomposition | Whose, lang: str) -> str:
    """Return what was run, and of which scenario."""
    case = found.question.scenario
    return f"{about_words(found, lang)} · {case.name} {case.hash}"


def draw_screening(found: Screening, outcome: str, about: str, lang: str) -> Figure:
    """Draw the numbers that move an outcome most, with intervals and what luck would show.

    Parameters
    ----------
    about : str
        What of which runs is shown.
    """
    rows = found.tables[outcome].head(MOST_BARS).to_dict("records")
    names = [name_of(row["path"], found.question.scenario, lang) for row in rows]
    figure, axes = _bars(found.question, outcome, "tornado", about, names, lang)
    scale = 100.0 if outcome in ENDS else 1.0
    seen: dict[str, Any] = {}
    for k, row in enumerate(rows):
        look = LOOK.get(way(row), LOOK["both"])
        bar = axes.barh(k, scale * row["size"], height=0.62, edgecolor=INK, linewidth=0.6, **look)
        seen.setdefault(way(row), bar)
        if row["luck"] == row["luck"]:
            seen["luck"] = axes.plot([scale * row["luck"]] * 2, [k - 0.42, k + 0.42], color=INK,
                                     linewidth=2.0, linestyle=":")[0]  # fmt: skip
    seen["interval"] = _whiskers(axes, rows, "size", "low", "high", scale, 0.0)
    unit = outcome_words(found.question, outcome, lang)
    size = text("figure.sensitivity.size", lang)
    axes.set_xlabel(textwrap.fill(f"{size} · {unit}", 80), fontsize=9)
    axes.set_xlim(left=0.0)
    words = {name: text(f"figure.sensitivity.goes_{name}", lang) for name in LOOK}
    words |= {name: text(f"figure.sensitivity.{name}", lang) for name in ("interval", "luck")}
    shown = [name for name in words if name in seen]
    _finish(figure, [seen[name] for name in shown], [words[name] for name in shown])
    return figure


def draw_indices(found: Decomposition, outcome: str, about: str, lang: str) -> Figure:
    """Draw first and total indices of each number and of luck, with intervals."""
    told = found.indices[outcome]
    return _draw_shares(found.question, told, outcome, "tornado", about, lang)


def draw_groups(found: Whose, outcome: str, about: str, lang: str) -> Figure:
    """Draw where the spread of an outcome comes from: assumptions, sources, luck."""
    return _draw_shares(found.question, found.groups[outcome], outcome, "whose", about, lang)


def _draw_shares(
    question: Question, told: Indices, outcome: str, name: str, about: str, lang: str
) -> Figure:
    table = told.table if name == "whose" else told.table.sort_values("total", ascending=False)
    rows = table.head(MOST_BARS).to_dict("records")
    names = [name_of(row["path"], question.scenario, lang) for row in rows]
    figure, axes = _bars(question, outcome, name, about, names, lang, least=4.2)
    handles: list[Any] = []
    for kind, look, aside in (("first", OWN, -0.19), ("total", TOTAL, 0.19)):
        at = np.arange(len(rows)) + aside
        widths = [100.0 * min(1.0, max(0.0, row[kind])) for row in rows]
        handles.append(axes.barh(at, widths, height=0.36, edgecolor=INK, linewidth=0.6, **look))
        line = _whiskers(axes, rows, kind, f"{kind}_low", f"{kind}_high", 100.0, aside, 100.0)
    axes.set_xlabel(text("figure.sensitivity.share", lang), fontsize=9)
    axes.set_xlim(0.0, min(101.0, max(5.0, axes.get_xlim()[1])))
    words = [text(f"figure.sensitivity.{one}", lang) for one in ("own", "total", "interval")]
    _finish(figure, [*handles, line], words)
    return figure


def draw_survey(found: Whose, outcome: str, about: str, lang: str) -> Figure:
    """Draw a tornado of what to ask first: the mean answer with each number low and high."""
    told = found.information[outcome]
    rows = told.table.head(MOST_BARS).to_dict("records")
    names = [name_of(row["path"], found.question.scenario, lang) for row in rows]
    figure, axes = _bars(found.question, outcome, "ask", about, names, lang)
    scale = 100.0 if outcome in ENDS else 1.0
    mean = scale * float(found.sample.answers[outcome].mean())
    handles: list[Any] = []
    ends = {name: [scale * row[f"at_{name}"] - mean for row in rows] for name in ("low", "high")}
    for name, other, look in (("low", "high", LOOK["down"]), ("high", "low", LOOK["up"])):
        bars = axes.barh(range(len(rows)), ends[name], left=mean, height=0.62, edgecolor=INK,
                         linewidth=0.6, **look)  # fmt: skip
        for bar, own, its in zip(bars, ends[name], ends[other], strict=True):
            # where both lie on one side the shorter one stays to be seen
            bar.set_zorder(2.0 if abs(own) > abs(its) else 2.1)
        handles.append(bars)
    handles.append(axes.axvline(mean, color=INK, linewidth=1.4))
    for k, row in enumerate(rows):
        share = text("figure.sensitivity.takes", lang, share=share_of(row["share"], lang))
        end = max(mean, scale * row["at_low"], scale * row["at_high"])
        axes.annotate(share, (end, k), (4, 0), textcoords="offset points", va="center",
                      fontsize=8, color=QUIET)  # fmt: skip
    low, high = axes.get_xlim()
    axes.set_xlim(low, high + 0.2 * (high - low))
    axes.set_xlabel(textwrap.fill(outcome_words(found.question, outcome, lang), 80), fontsize=9)
    words = [text(f"figure.sensitivity.{one}", lang) for one in ("low", "high", "mean")]
    _finish(figure, handles, words)
    return figure


def draw_scatter(
    question: Question, axes_of: list[Axis], sample: Sample, leading: list[str], outcome: str,
    about: str, lang: str, independent: bool = True,
) -> Figure:  # fmt: skip
    """Draw every point over the numbers that count most, with the mean by part of the range.

    Parameters
    ----------
    axes_of : list of Axis
        The columns of the sample.
    leading : list of str
        Numbers by their path, the first first.
    independent : bool
        Whether the points are independent draws; a mean has no interval otherwise.
    """
    height = 6.6
    figure, top = _sheet(question, outcome, "scatter", about, lang, height)
    paths = [axis.path for axis in axes_of]
    shown = [path for path in leading if path != LUCK and path in paths][:PANELS]
    rows = 1 if len(shown) <= 3 else 2
    figure.subplots_adjust(left=0.085, right=0.98, top=top - 0.45 / height, hspace=0.5, wspace=0.2)
    panels = figure.subplots(rows, 3, squeeze=False, sharey=True)
    handles: list[Any] = []
    for k, panel in enumerate(panels.ravel()):
        if k >= len(shown):
            panel.set_visible(False)
            continue
        axis = axes_of[paths.index(shown[k])]
        x = sample.values[:, paths.index(shown[k])]
        y = sample.answers[outcome] * (100.0 if outcome in ENDS else 1.0)
        handles = _cloud(panel, axis, x, y, lang, independent)
        name = name_of(axis.path, question.scenario, lang)
        panel.set_xlabel(textwrap.fill(f"{name} [{unit_of(axis, lang)}]", 36), fontsize=8.5)
        _dress(panel)
        panel.yaxis.set_major_formatter(lambda value, _: _tick(value, lang))
    words = [
        text(f"figure.sensitivity.{one}", lang)
        for one in ("point", "line" if independent else "mean_line")
    ]
    handles[0].set_markersize(7.0)  # the legend's own would be too small to be seen
    _finish(figure, handles, words, gap=0.95)
    handles[0].set_markersize(DOT)
    return figure


def _cloud(
    panel: Axes, axis: Axis, x: NDArray[np.float64], y: NDArray[np.float64], lang: str,
    independent: bool,
) -> list[Any]:  # fmt: skip
    """Draw one panel; values of a list stand side by side, in their order."""
    at, ticks = x, None
    levels = np.unique(x)
    if axis.values:
        at = np.array([axis.values.index(value) for value in x.tolist()], float)
        levels, ticks = np.arange(len(axis.values), dtype=float), axis.values
    edges = np.quantile(at, np.linspace(0.0, 1.0, BINS + 1)) if len(levels) > BINS else None
    part = np.searchsorted(edges[1:-1], at, side="right") if edges is not None else None
    parts = [at == one for one in levels] if part is None else [part == k for k in range(BINS)]
    parts = [one for one in parts if one.any()]
    middle = np.array([at[one].mean() for one in parts])
    mean = np.array([y[one].mean() for one in parts])
    half = np.array([1.96 * y[one].std() / np.sqrt(one.sum()) for one in parts])
    span = float(np.ptp(at)) or 1.0
    rng = np.random.default_rng(1)  # points of few levels are spread a little to be seen
    spread = 0.012 * span * rng.standard_normal(len(at)) if edges is None else 0.0
    kept = slice(None, None, max(1, len(at) // MOST_DOTS))
    dots = panel.plot((at + spread)[kept], y[kept], linestyle="none", marker=".", markersize=DOT,
                      color="#7d8796", alpha=0.45)[0]  # fmt: skip
    error = half if independent else None
    line = panel.errorbar(middle, mean, error, color=INK, linewidth=1.8, marker="o", markersize=4,
                          capsize=2.5)  # fmt: skip
    if ticks is not None:
        words = [value_words(axis.parameter, value, lang).replace(" ", "\n") for value in ticks]
        panel.set_xticks(range(len(ticks)), words)
    else:
        panel.xaxis.set_major_formatter(lambda value, _: _tick(value, lang))
        panel.locator_params(axis="x", nbins=5)
    return [dots, line]


def _tick(value: float, lang: str) -> str:
    return number(value + 0.0, "#,##0.###", lang)


def _bars(
    question: Question, outcome: str, name: str, about: str, names: list[str], lang: str,
    least: float = 3.6,
) -> tuple[Figure, Axes]:  # fmt: skip
    """Return a figure for bars, each with its name to the left, the first on top."""
    height = max(least, 2.2 + 0.36 * len(names))
    figure, top = _sheet(question, outcome, name, about, lang, height)
    figure.subplots_adjust(left=0.36, right=0.97, top=top - 0.32 / height)
    axes = figure.subplots()
    axes.set_yticks(range(len(names)), [textwrap.fill(one, 42) for one in names])
    axes.set_ylim(len(names) - 0.4, -0.6)
    _dress(axes, along="x")
    axes.xaxis.set_major_formatter(lambda value, _: _tick(value, lang))
    return figure, axes


def _sheet(
    question: Question, outcome: str, name: str, about: str, lang: str, height: float
) -> tuple[Figure, float]:
    """Return a blank sheet with what is asked, of which outcome, and how it was found."""
    case = question.scenario
    asked = f"{text(f'figure.sensitivity.{name}', lang)}: {outcome_words(question, outcome, lang)}"
    asked = re.sub(r"\[.*?\]", lambda unit: unit.group().replace(" ", "\u00a0"), asked)
    parts = f"{case.title[lang]} · {about}".replace(" ·", "\u00a0·")
    heading = "\n".join(textwrap.wrap(parts, 118, break_on_hyphens=False))
    figure, top = blank(asked, heading, lang, height)
    return figure, top - 0.15 * (1 + heading.count("\n")) / height


def _whiskers(
    axes: Axes,
    rows: list[Any],
    middle: str,
    low: str,
    high: str,
    scale: float,
    aside: float,
    most: float = np.inf,
) -> Any:
    """Draw intervals; what lies below none or above `most` is estimated so by chance alone."""
    at = np.clip(np.array([row[middle] for row in rows]) * scale, 0.0, most)
    ends = np.clip(np.array([[row[low], row[high]] for row in rows]).T * scale, 0.0, most)
    error = np.maximum(0.0, np.array([at - ends[0], ends[1] - at]))
    return axes.errorbar(at, np.arange(len(rows)) + aside, xerr=error, linestyle="none", color=INK,
                         capsize=2.5, linewidth=1.2)  # fmt: skip


def _dress(axes: Axes, along: str = "y") -> None:
    axes.tick_params(labelsize=8.5, color=QUIET, labelcolor=INK)
    axes.grid(axis="x" if along == "x" else "y", color=GRID, linewidth=0.7)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def _finish(figure: Figure, handles: list[Any], words: list[str], gap: float = 0.62) -> None:
    height = lay_legend(figure, handles, words, 3, 0.34)
    figure.subplots_adjust(bottom=(0.34 + height + gap) / figure.get_figheight())


__all__ = ["draw_groups", "draw_indices", "draw_scatter", "draw_screening", "draw_survey",
           "figure_of"]  # fmt: skip
