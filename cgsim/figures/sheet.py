"""What all figures share: the sheet with its words, the axis of time, the legend, colours."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from ..language import text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from ..scenario import Scenario
    from ..study.simulate import Simulation

COLOURS = {"inactive": "#8a93a3", "active": "#0072B2", "dynamic": "#E69F00"}
"""A cluster's states, after Okabe and Ito."""

HATCHES = {"inactive": "", "active": "\\\\\\", "dynamic": "..."}
"""The same, where colours do not show."""

INK, QUIET, GRID = "#1b1f27", "#5a6270", "#d9dde3"

DPI, COLUMNS, CHANGE = 150, 3, "change"
WIDTH = 8.4
"""Inches."""


def about_ensemble(simulation: Simulation, lang: str) -> str:
    """Return how many runs a figure shows, of which scenario and seed."""
    case, runs = simulation.scenario, number(len(simulation.runs), "#,##0", lang)
    told = {"runs": runs, "seed": simulation.seed}
    return text("figure.about", lang, **told, name=case.name, hash=case.hash)


def about_run(simulation: Simulation, run: int, lang: str) -> str:
    """Return which single run a figure shows, of how many, of which scenario and seed."""
    case, runs = simulation.scenario, number(len(simulation.runs), "#,##0", lang)
    told = {"run": run, "runs": runs, "seed": simulation.seed}
    return text("figure.about_run", lang, **told, name=case.name, hash=case.hash)


def sheet(
    case: Scenario, name: str, lang: str, about: str, rows: int = 1, columns: int = 1,
    height: float | None = None, right: float = 0.98,
) -> tuple[Figure, list[Axes]]:  # fmt: skip
    """Return a figure with question, subtitle and notice, and its axes row by row.

    Parameters
    ----------
    about : str
        What of which runs is shown.
    height : float, optional
        In inches.
    right : float
        Where the axes end, as a share of the width.
    """
    height = height or (5.4 if rows == 1 else 6.2)
    heading = f"{text(f'figure.title.{name}', lang)} · {about}"
    figure, top = blank(case.question[lang], heading, lang, height)
    figure.subplots_adjust(
        left=0.085, right=right, top=top - (0.42 if rows == 1 else 0.58) / height,
        hspace=0.3, wspace=0.16,
    )  # fmt: skip
    return figure, list(figure.subplots(rows, columns, squeeze=False).ravel())


def blank(question: str, heading: str, lang: str, height: float) -> tuple[Figure, float]:
    """Return a figure with its words and no axes, and where the words above end.

    Parameters
    ----------
    question : str
        What the figure answers: its title.
    heading : str
        What of which runs is shown.
    height : float
        In inches; where the words end is a share of it.
    """
    from .shown import Shown

    figure = Shown(WIDTH, height)
    lines = textwrap.wrap(question, 68, break_on_hyphens=False)
    figure.suptitle(
        "\n".join(lines), x=0.02, y=1 - 0.14 / height, ha="left", va="top",
        fontsize=13, fontweight="bold", color=INK, parse_math=False,
    )  # fmt: skip
    below = 0.14 + 0.25 * len(lines)
    figure.text(0.02, 1 - below / height, heading, ha="left", va="top", fontsize=9, color=QUIET,
                parse_math=False)  # fmt: skip
    notice = text("figure.notice", lang)
    figure.text(0.02, 0.1 / height, notice, va="bottom", fontsize=8, color=QUIET)
    return figure, 1 - below / height


def time_axis(axes: Axes, months: int, lang: str, named: bool = True) -> NDArray[np.float64]:
    """Lay out the axis of time; return how much of it has passed after each month."""
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


def interventions(axes: Axes, case: Scenario, lang: str) -> None:
    """Mark the changes that the scenario plans by date."""
    size = 12 if case.months >= 36 else 1
    for one in case.interventions:
        if one.month:
            why = one.why.get(lang) or ", ".join(path for path, _ in one.set)
            words = text("figure.change", lang, n=one.month, why=why)
            line = axes.axvline(one.month / size, color=INK, linewidth=1.4, dashes=(5, 2))
            line.set(label=words, gid=CHANGE)


def legend(
    figure: Figure, axes: Axes, columns: int = COLUMNS, gap: float = 0.55, first: Sequence[str] = ()
) -> None:
    """Lay what lines and areas mean below the axes, row by row; dated changes one a row.

    Parameters
    ----------
    gap : float
        Inches between the legend and the axes.
    first : sequence of str
        Labels that come first, in this order.
    """
    found = list(zip(*axes.get_legend_handles_labels(), strict=True))
    found.sort(key=lambda one: first.index(one[1]) if one[1] in first else len(first))
    handles, labels = [one[0] for one in found], [one[1] for one in found]
    # a container of bars has no name of its own
    names = [getattr(handle, "get_gid", lambda: None)() for handle in handles]
    changes = [k for k, name in enumerate(names) if name == CHANGE]
    usual = [k for k in range(len(labels)) if k not in changes]
    below = 0.34
    for kept, most in ((changes, 1), (usual, columns)):
        if kept:
            words = [textwrap.fill(labels[k], 110) for k in kept]
            below += lay_legend(figure, [handles[k] for k in kept], words, most, below)
    figure.subplots_adjust(bottom=(below + gap) / figure.get_figheight())


def lay_legend(
    figure: Figure, handles: Sequence[Any], words: Sequence[str], columns: int, below: float
) -> float:
    """Lay one legend in as many columns as its words leave room for; return its height.

    Parameters
    ----------
    below : float
        Inches from the lower edge.
    """
    # legends fill column by column
    order = [k for start in range(columns) for k in range(start, len(words), columns)]
    laid = figure.legend(
        [handles[k] for k in order], [words[k] for k in order], loc="lower left", ncols=columns,
        bbox_to_anchor=(0.02, below / figure.get_figheight()), frameon=False,
        fontsize=8.5, handlelength=2.6, handleheight=1.1, columnspacing=1.6,
        borderpad=0.0, borderaxespad=0.0, labelspacing=0.4,
    )  # fmt: skip
    if columns > 1 and laid.get_window_extent().x1 > figure.bbox.x1:
        laid.remove()
        return lay_legend(figure, handles, words, columns - 1, below)
    rows = -(-len(words) // columns)
    return 0.19 * (sum(word.count("\n") + 1 for word in words) if columns == 1 else rows)


def save(figure: Figure, path: str | os.PathLike[str] | IO[bytes]) -> None:
    """Write a figure as PNG; the same figure gives the same bytes."""
    metadata: dict[str, Any] = {"Software": None}
    figure.savefig(path, format="png", dpi=DPI, metadata=metadata)


def number(value: float, pattern: str, lang: str) -> str:
    """Return a number as the language writes it, after a pattern of babel."""
    from babel.numbers import format_decimal

    return format_decimal(value, pattern, locale=lang)


def percent(value: float, lang: str) -> str:
    """Return a percentage as the language writes it."""
    from babel.numbers import format_percent

    return format_percent(value / 100.0, locale=lang)
