"""The lives of one run: a line for each person ever trained, from admission to the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ..language import text
from .sheet import (
    COLOURS,
    GRID,
    INK,
    QUIET,
    about_run,
    interventions,
    legend,
    number,
    sheet,
    time_axis,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from ..study.simulate import Simulation

TERMS = ("skill", "persistence", "support", "trust", "income", "peers")
"""The six reasons to leave, in the order of the hazard's terms."""

ACTIVE = ("training", "artisan", "independent")

MOST_LINES = 300
"""People drawn at most, the first admitted."""

BARS: dict[str, dict[str, Any]] = {
    "training": {"height": 0.5, "facecolor": "white", "edgecolor": INK, "hatch": "//////"},
    "artisan": {"height": 0.62, "facecolor": COLOURS["active"], "edgecolor": COLOURS["active"]},
    "independent": {"height": 0.94, "facecolor": COLOURS["dynamic"], "edgecolor": INK},
}
"""How a phase is drawn: told apart by height, lightness and hatch."""


class Life(NamedTuple):
    """One person's way.

    Attributes
    ----------
    person : int
    admitted : int
        Month of the first admission.
    spells : tuple of (str, int, int)
        Phase, its first month, and the month after its last.
    leavings : tuple of (int, str)
        Month in which they left, and the largest of the six terms of the hazard.
    visits : tuple of int
        Months in which somebody came to visit.
    """

    person: int
    admitted: int
    spells: tuple[tuple[str, int, int], ...]
    leavings: tuple[tuple[int, str], ...]
    visits: tuple[int, ...]


def lives(people: pd.DataFrame) -> list[Life]:
    """Return the life of everybody ever trained, by first admission.

    Parameters
    ----------
    people : DataFrame
        The table of one run (`cgsim.people`).
    """
    months = int(people["month"].max()) + 1
    status = people["status"].astype(str).to_numpy().reshape(months, -1)
    since = people["months_in_status"].to_numpy().reshape(months, -1)
    visited = people["visits"].to_numpy().reshape(months, -1) > 0
    group = people["group"].to_numpy().reshape(months, -1)
    by_term = people[[f"hazard_{name}" for name in TERMS]].to_numpy()
    terms = by_term.reshape(months, -1, len(TERMS))
    active = np.isin(status, ACTIVE)
    left = (status == "left") & (since == 0)
    found = []
    # who left in the very month of admission was active within it
    for i in np.flatnonzero((active | left).any(axis=0)).tolist():
        leavings = tuple(
            (t, TERMS[int(np.argmax(terms[t, i]))]) for t in np.flatnonzero(left[:, i]).tolist()
        )
        spells = tuple(_spells(status[:, i], left[:, i]))
        visits = tuple(np.flatnonzero(visited[:, i] & active[:, i]).tolist())
        found.append(Life(i, spells[0][1], spells, leavings, visits))
    return sorted(
        found, key=lambda life: (life.admitted, int(group[life.admitted, life.person]), life.person)
    )


def _spells(status: NDArray[Any], left: NDArray[np.bool_]) -> list[tuple[str, int, int]]:
    """Return phases with first month and month after the last; one leaves within a month."""
    found: list[tuple[str, int, int]] = []
    for t, (word, leaving) in enumerate(zip(status.tolist(), left.tolist(), strict=True)):
        before = found[-1] if found and found[-1][2] == t else None
        if leaving:
            word = before[0] if before else "training"
        if word in ACTIVE:
            if before and before[0] == word:
                found[-1] = (word, before[1], t + 1)
            else:
                found.append((word, t, t + 1))
    return found


def draw_lives(simulation: Simulation, lang: str, run: int, visits: bool) -> Figure:
    """Draw a line for each person, its phases, and why each one left."""
    case = simulation.scenario
    every = lives(simulation.people(run))
    shown = every[:MOST_LINES]
    height = 3.0 + 0.09 * max(12, len(shown))
    about = about_run(simulation, run, lang)
    figure, (axes,) = sheet(case, "lives", lang, about, height=height)
    after = time_axis(axes, case.months, lang)
    scale = float(after[0])
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x", color=GRID, linewidth=0.7)
    _bars(axes, shown, scale, lang)
    _reasons(axes, shown, scale, lang)
    if visits:
        _visits(axes, shown, scale, lang)
    axes.set_ylim(max(12, len(shown)) + 0.7, 0.3)
    axes.set_ylabel(text("figure.axis.lives", lang), fontsize=9)
    for name in TERMS:
        letter = text(f"figure.reason.{name}.letter", lang)
        axes.plot(
            [], [], linestyle="", marker=rf"$\mathregular{{{letter}}}$", color=INK, markersize=6,
            label=text(f"figure.reason.{name}.words", lang),
        )  # fmt: skip
    interventions(axes, case, lang)
    if len(every) > len(shown):
        told = {"n": number(len(shown), "#,##0", lang), "all": number(len(every), "#,##0", lang)}
        words = text("figure.lives.first", lang, **told)
        axes.set_title(words, fontsize=9, color=QUIET, loc="right", pad=3)
    first = [text(f"figure.lives.{name}", lang) for name in (*BARS, "away", "visit")]
    legend(figure, axes, first=first)
    return figure


def _bars(axes: Axes, shown: list[Life], scale: float, lang: str) -> None:
    axes.hlines(
        range(1, len(shown) + 1), [life.admitted * scale for life in shown],
        [life.spells[-1][2] * scale for life in shown], color=QUIET, linewidth=0.5, zorder=1,
        label=text("figure.lives.away", lang),
    )  # fmt: skip
    for phase, look in BARS.items():
        label = text(f"figure.lives.{phase}", lang)
        spells = [
            (k, first, end)
            for k, life in enumerate(shown, start=1)
            for name, first, end in life.spells
            if name == phase
        ]
        axes.barh(
            [k for k, _, _ in spells] or [np.nan],
            [(end - first) * scale for _, first, end in spells] or [np.nan],
            left=[first * scale for _, first, _ in spells] or [np.nan],
            linewidth=0.4, zorder=2, label=label, **look,
        )  # fmt: skip


def _reasons(axes: Axes, shown: list[Life], scale: float, lang: str) -> None:
    """Write behind the month in which somebody left the letter of the largest reason."""
    for k, life in enumerate(shown, start=1):
        for month, reason in life.leavings:
            axes.annotate(
                text(f"figure.reason.{reason}.letter", lang), ((month + 1) * scale, k), (1.5, 0),
                textcoords="offset points", va="center_baseline", fontsize=5.5, color=INK,
                annotation_clip=False,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4},
            )  # fmt: skip


def _visits(axes: Axes, shown: list[Life], scale: float, lang: str) -> None:
    marks = [(k, t) for k, life in enumerate(shown, start=1) for t in life.visits]
    axes.plot(
        [(t + 0.5) * scale for _, t in marks], [k for k, _ in marks], linestyle="", marker="|",
        markersize=3.2, markeredgewidth=0.5, color=INK, zorder=3,
        label=text("figure.lives.visit", lang),
    )  # fmt: skip
