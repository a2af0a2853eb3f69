"""Figures of an ensemble over time: states, the six indicators, producers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..columns import INDICATORS
from ..language import text
from ..world.shape import STATES
from .sheet import (
    COLOURS,
    HATCHES,
    INK,
    QUIET,
    about_ensemble,
    interventions,
    legend,
    number,
    percent,
    sheet,
    time_axis,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from ..study.simulate import Simulation

SECOND = "#a1247f"

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Nine in ten runs lie between first and last, half of them between second and fourth."""


def draw_states(simulation: Simulation, lang: str) -> Figure:
    """Draw the share of runs in each state over time, one area on another."""
    case = simulation.scenario
    figure, (axes,) = sheet(case, "states", lang, about_ensemble(simulation, lang), right=0.875)
    shares = state_shares(simulation) * 100.0
    after, ends = time_axis(axes, case.months, lang), np.zeros(len(shares))
    for k, state in enumerate(STATES):
        top = ends + shares[:, k]
        axes.fill_between(
            after, ends, top, facecolor=COLOURS[state], hatch=HATCHES[state],
            edgecolor="white", linewidth=0.6, label=text(f"figure.state.{state}", lang),
        )  # fmt: skip
        if shares[-1, k] >= 4.0:
            words = f"{text(f'figure.state.{state}', lang)}\n{percent(shares[-1, k], lang)}"
            _beside(axes, (ends[-1] + top[-1]) / 2.0, words)
        ends = top
    axes.set_ylim(0.0, 100.0)
    axes.set_ylabel(text("figure.axis.share", lang))
    interventions(axes, case, lang)
    legend(figure, axes)
    return figure


def draw_indicators(simulation: Simulation, lang: str) -> Figure:
    """Draw the six indicators over time in six panels, with both cut-offs."""
    case = simulation.scenario
    figure, panels = sheet(case, "indicators", lang, about_ensemble(simulation, lang), 2, 3)
    for place, (axes, name) in enumerate(zip(panels, INDICATORS, strict=True)):
        after = time_axis(axes, case.months, lang, named=place >= 3)
        _band(axes, simulation, after, name, INK, "figure.line", lang)
        for level, dashes in (("active", (4, 2)), ("dynamic", (1, 1.5))):
            cutoff = case.policy[f"{level}_cutoff"]
            words = text(f"figure.cutoff.{level}", lang, cutoff=number(cutoff, "0.00", lang))
            axes.axhline(cutoff, color=QUIET, linewidth=1.2, dashes=dashes, label=words)
        axes.set_title(text(f"figure.indicator.{name}", lang), fontsize=9.5, loc="left")
        axes.set_ylim(0.0, 1.0)
        ticks = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
        axes.set_yticks(ticks, [number(tick, "0.0", lang) for tick in ticks])
    for axes in panels[::3]:
        axes.set_ylabel(text("figure.axis.indicator", lang), fontsize=9)
    legend(figure, panels[0])
    return figure


def draw_producers(simulation: Simulation, lang: str) -> Figure:
    """Draw producers and the independent among them over time, with the critical mass."""
    case = simulation.scenario
    figure, (axes,) = sheet(case, "producers", lang, about_ensemble(simulation, lang))
    after = time_axis(axes, case.months, lang)
    _band(axes, simulation, after, "producers", COLOURS["active"], "figure.producers", lang)
    _band(axes, simulation, after, "independents", SECOND, "figure.independents", lang, "--")
    mass = case.policy["critical_mass"]
    words = text("figure.critical_mass", lang, number=number(mass, "#,##0.#", lang))
    axes.axhline(mass, color=INK, linewidth=1.2, dashes=(1, 1.5), label=words)
    axes.set_ylim(0.0, max(1.05 * mass, axes.get_ylim()[1]))
    axes.set_ylabel(text("figure.axis.persons", lang))
    interventions(axes, case, lang)
    legend(figure, axes)
    return figure


def _band(
    axes: Axes, simulation: Simulation, after: NDArray[np.float64], column: str, colour: str,
    key: str, lang: str, style: str = "-",
) -> None:  # fmt: skip
    """Draw the median of a column, half of the runs and nine in ten of them."""
    low, lower, middle, upper, high = quantiles(simulation, column)
    words = {part: text(f"{key}.{part}", lang) for part in ("median", "half", "most")}
    axes.plot(after, middle, color=colour, linewidth=2.0, linestyle=style, label=words["median"])
    for below, above, part, alpha in ((lower, upper, "half", 0.30), (low, high, "most", 0.13)):
        axes.fill_between(
            after, below, above, facecolor=colour, edgecolor=colour, linewidth=0.0, alpha=alpha,
            hatch="////" if style == "--" else None, label=words[part],
        )  # fmt: skip


def state_shares(simulation: Simulation) -> NDArray[np.float64]:
    """Return the share of runs in each state after each month, shape (months, 3)."""
    codes = _monthly(simulation, "state")
    return np.stack([(codes == k).mean(axis=0) for k in range(len(STATES))], axis=1)


def quantiles(simulation: Simulation, column: str) -> NDArray[np.float64]:
    """Return the `QUANTILES` over runs of a column of `months`, shape (5, months)."""
    found: NDArray[np.float64] = np.quantile(_monthly(simulation, column), QUANTILES, axis=0)
    return found


def _monthly(simulation: Simulation, column: str) -> NDArray[Any]:
    """Return a column of `months` as an array of shape (runs, months)."""
    table = simulation.months
    if table.empty:
        raise ValueError("figures need the table of months: simulate(…, months=True)")
    held = table["state"].cat.codes if column == "state" else table[column]
    return held.to_numpy().reshape(len(simulation.runs), -1)


def _beside(axes: Axes, height: float, words: str) -> None:
    """Write words to the right of the axes, at a height of their own scale."""
    axes.annotate(
        words, (1.0, height), (6, 0), xycoords=("axes fraction", "data"),
        textcoords="offset points", va="center", fontsize=9, color=INK, annotation_clip=False,
    )  # fmt: skip
