"""Figures of an ensemble: states over time, the six indicators, producers.

Each is a matplotlib `Figure` of its own, drawn without pyplot: nothing global is touched and
no window is opened. Colours are told apart in grey by hatches, and every line by its word.
"""

from __future__ import annotations

import os
import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from .columns import INDICATORS
from .language import text
from .world.shape import STATES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from .study.simulate import Simulation

COLOURS = {"inactive": "#8a93a3", "active": "#0072B2", "dynamic": "#E69F00"}
"""A cluster's states, after Okabe and Ito."""

HATCHES = {"inactive": "", "active": "\\\\\\", "dynamic": "..."}
"""The same, where colours do not show."""

INK, QUIET, GRID = "#1b1f27", "#5a6270", "#d9dde3"
SECOND = "#a1247f"

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Nine in ten runs lie between first and last, half of them between second and fourth."""

FIGURES = ("states", "indicators", "producers")
"""What `Plots` can draw."""

DPI, COLUMNS, CHANGE = 150, 3, "change"


class Plots:
    """Figures of one simulation, which must have kept its `months`.

    Parameters
    ----------
    simulation : Simulation

    Examples
    --------
    >>> import cgsim
    >>> figure = cgsim.simulate("sangatta-utara", runs=20, seed=1).plot.states()
    >>> figure.axes[0].get_xlabel()
    'years since the start'
    """

    def __init__(self, simulation: Simulation) -> None:
        self.simulation = simulation

    def states(self, lang: str = "en") -> Figure:
        """Draw the share of runs in each state over time, one area on another.

        Parameters
        ----------
        lang : {"en", "id"}
            Language of every word.
        """
        figure, axes = self._sheet("states", lang)
        shares = state_shares(self.simulation) * 100.0
        after, ends = self._time(axes, lang), np.zeros(len(shares))
        for k, state in enumerate(STATES):
            top = ends + shares[:, k]
            axes.fill_between(
                after, ends, top, facecolor=COLOURS[state], hatch=HATCHES[state],
                edgecolor="white", linewidth=0.6, label=text(f"figure.state.{state}", lang),
            )  # fmt: skip
            if shares[-1, k] >= 4.0:
                words = f"{text(f'figure.state.{state}', lang)}\n{_percent(shares[-1, k], lang)}"
                _beside(axes, (ends[-1] + top[-1]) / 2.0, words)
            ends = top
        axes.set_ylim(0.0, 100.0)
        axes.set_ylabel(text("figure.axis.share", lang))
        self._interventions(axes, lang)
        _legend(figure, axes)
        return figure

    def indicators(self, lang: str = "en") -> Figure:
        """Draw the six indicators over time in six panels, with both cut-offs.

        Parameters
        ----------
        lang : {"en", "id"}
            Language of every word.
        """
        figure, panels = self._sheet("indicators", lang, rows=2, columns=3)
        policy = self.simulation.scenario.policy
        for place, (axes, name) in enumerate(zip(panels, INDICATORS, strict=True)):
            after = self._time(axes, lang, named=place >= 3)
            self._band(axes, after, name, INK, "figure.line", lang)
            for level, dashes in (("active", (4, 2)), ("dynamic", (1, 1.5))):
                cutoff = policy[f"{level}_cutoff"]
                words = text(f"figure.cutoff.{level}", lang, cutoff=_number(cutoff, "0.00", lang))
                axes.axhline(cutoff, color=QUIET, linewidth=1.2, dashes=dashes, label=words)
            axes.set_title(text(f"figure.indicator.{name}", lang), fontsize=9.5, loc="left")
            axes.set_ylim(0.0, 1.0)
            _ticks(axes, "0.0", lang)
        for axes in panels[::3]:
            axes.set_ylabel(text("figure.axis.indicator", lang), fontsize=9)
        _legend(figure, panels[0])
        return figure

    def producers(self, lang: str = "en") -> Figure:
        """Draw producers and the independent among them over time, with the critical mass.

        Parameters
        ----------
        lang : {"en", "id"}
            Language of every word.
        """
        figure, axes = self._sheet("producers", lang)
        after = self._time(axes, lang)
        self._band(axes, after, "producers", COLOURS["active"], "figure.producers", lang)
        self._band(axes, after, "independents", SECOND, "figure.independents", lang, "--")
        mass = self.simulation.scenario.policy["critical_mass"]
        words = text("figure.critical_mass", lang, number=_number(mass, "#,##0.#", lang))
        axes.axhline(mass, color=INK, linewidth=1.2, dashes=(1, 1.5), label=words)
        axes.set_ylim(0.0, max(1.05 * mass, axes.get_ylim()[1]))
        axes.set_ylabel(text("figure.axis.persons", lang))
        self._interventions(axes, lang)
        _legend(figure, axes)
        return figure

    def _sheet(self, name: str, lang: str, rows: int = 1, columns: int = 1) -> tuple[Figure, Any]:
        """Return a figure with question, subtitle and notice, and its axes."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        figure = Figure(figsize=(8.4, 5.4 if rows == 1 else 6.2), facecolor="white")
        FigureCanvasAgg(figure)
        height = figure.get_figheight()
        case, seed = self.simulation.scenario, self.simulation.seed
        question = textwrap.wrap(case.question[lang], 68)
        told = {"runs": _number(len(self.simulation.runs), "#,##0", lang), "seed": seed}
        about = text("figure.about", lang, **told, name=case.name, hash=case.hash)
        heading = f"{text(f'figure.title.{name}', lang)} · {about}"
        figure.suptitle(
            "\n".join(question), x=0.02, y=1 - 0.14 / height, ha="left", va="top",
            fontsize=13, fontweight="bold", color=INK,
        )  # fmt: skip
        below = 0.14 + 0.25 * len(question)
        figure.text(0.02, 1 - below / height, heading, ha="left", va="top", fontsize=9, color=QUIET)
        figure.text(
            0.02, 0.1 / height, text("figure.notice", lang), va="bottom", fontsize=8, color=QUIET
        )
        figure.subplots_adjust(
            left=0.085, right=0.875 if name == "states" else 0.98,
            top=1 - (below + (0.42 if rows == 1 else 0.58)) / height,
            hspace=0.3, wspace=0.16,
        )  # fmt: skip
        axes = figure.subplots(rows, columns)
        return figure, axes.ravel() if rows > 1 else axes

    def _time(self, axes: Axes, lang: str, named: bool = True) -> NDArray[np.float64]:
        """Lay out the axis of time; return how much of it has passed after each month."""
        months = self.simulation.scenario.months
        unit, size = ("years", 12) if months >= 36 else ("months", 1)
        after = np.arange(1, months + 1) / size
        most = 12 if axes.figure.axes == [axes] else 6
        step = next(s for s in (1, 2, 3, 6, 12, 24, 60, 120, 600) if after[-1] / s <= most)
        axes.set_xlim(0.0, after[-1])
        axes.set_xticks(np.arange(0, after[-1] + 1e-9, step))
        axes.tick_params(labelsize=9, color=QUIET, labelcolor=INK)
        axes.grid(axis="y", color=GRID, linewidth=0.7)
        axes.set_axisbelow(True)
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        for side in ("left", "bottom"):
            axes.spines[side].set_color(QUIET)
        if named:
            axes.set_xlabel(text(f"figure.axis.{unit}", lang), fontsize=9)
        return after

    def _band(
        self, axes: Axes, after: NDArray[np.float64], column: str, colour: str, key: str,
        lang: str, style: str = "-",
    ) -> None:  # fmt: skip
        """Draw the median of a column, half of the runs and nine in ten of them."""
        low, lower, middle, upper, high = quantiles(self.simulation, column)
        words = {part: text(f"{key}.{part}", lang) for part in ("median", "half", "most")}
        axes.plot(
            after, middle, color=colour, linewidth=2.0, linestyle=style, label=words["median"]
        )
        for below, above, part, alpha in ((lower, upper, "half", 0.30), (low, high, "most", 0.13)):
            axes.fill_between(
                after, below, above, facecolor=colour, edgecolor=colour, linewidth=0.0, alpha=alpha,
                hatch="////" if style == "--" else None, label=words[part],
            )  # fmt: skip

    def _interventions(self, axes: Axes, lang: str) -> None:
        """Mark the changes that the scenario plans by date."""
        case = self.simulation.scenario
        size = 12 if case.months >= 36 else 1
        for one in case.interventions:
            if one.month:
                why = one.why.get(lang) or ", ".join(path for path, _ in one.set)
                words = text("figure.change", lang, n=one.month, why=why)
                line = axes.axvline(one.month / size, color=INK, linewidth=1.4, dashes=(5, 2))
                line.set(label=words, gid=CHANGE)


def state_shares(simulation: Simulation) -> NDArray[np.float64]:
    """Return the share of runs in each state after each month, shape (months, 3)."""
    codes = _monthly(simulation, "state")
    return np.stack([(codes == k).mean(axis=0) for k in range(len(STATES))], axis=1)


def quantiles(simulation: Simulation, column: str) -> NDArray[np.float64]:
    """Return the `QUANTILES` over runs of a column of `months`, shape (5, months)."""
    found: NDArray[np.float64] = np.quantile(_monthly(simulation, column), QUANTILES, axis=0)
    return found


def save(figure: Figure, path: str | os.PathLike[str]) -> None:
    """Write a figure as PNG; the same figure gives the same bytes."""
    figure.savefig(path, format="png", dpi=DPI, metadata={"Software": None})


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


def _legend(figure: Figure, axes: Axes) -> None:
    """Lay what lines and areas mean below the axes, row by row; dated changes one a row."""
    handles, labels = axes.get_legend_handles_labels()
    changes = [k for k, handle in enumerate(handles) if handle.get_gid() == CHANGE]
    usual = [k for k in range(len(labels)) if k not in changes]
    by_column = [k for first in range(COLUMNS) for k in usual[first::COLUMNS]]
    below = 0.34
    for kept, columns in ((changes, 1), (by_column, COLUMNS)):
        words = [textwrap.fill(labels[k], 110) for k in kept]
        rows = sum(word.count("\n") + 1 for word in words) if columns == 1 else -(-len(kept) // 3)
        if kept:
            figure.legend(
                [handles[k] for k in kept], words, loc="lower left", ncols=columns,
                bbox_to_anchor=(0.02, below / figure.get_figheight()), frameon=False,
                fontsize=8.5, handlelength=2.6, handleheight=1.1, columnspacing=1.6,
                borderpad=0.0, borderaxespad=0.0, labelspacing=0.4,
            )  # fmt: skip
        below += 0.19 * rows
    figure.subplots_adjust(bottom=(below + 0.55) / figure.get_figheight())


def _ticks(axes: Axes, pattern: str, lang: str) -> None:
    ticks: Iterable[float] = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
    axes.set_yticks(list(ticks), [_number(tick, pattern, lang) for tick in ticks])


def _number(value: float, pattern: str, lang: str) -> str:
    from babel.numbers import format_decimal

    return format_decimal(value, pattern, locale=lang)


def _percent(value: float, lang: str) -> str:
    from babel.numbers import format_percent

    return format_percent(value / 100.0, locale=lang)
