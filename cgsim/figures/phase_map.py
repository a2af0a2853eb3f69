"""Phase maps: the likeliest state over two levers, and how likely each state is."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np

from ..language import text
from ..study.varied import lever_words, unit_of, value_words
from ..world.shape import STATES
from .sheet import COLOURS, INK, QUIET, blank, lay_legend, number, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.image import AxesImage
    from numpy.typing import NDArray

    from ..study.phase_map import PhaseMap

HEIGHT, MOST_TICKS, MOST_WORDS = 8.6, 12, 180
"""Inches; values named along an axis; cells in which words have room."""

UNSURE, DARK = "////", "active"
"""How a cell is marked whose state cannot be told, and the state whose colour needs light words."""

LEVEL = 0.5
"""From here on a state is likelier than not."""


def draw_map(found: PhaseMap, lang: str) -> Figure:
    """Draw the likeliest state of each cell, and below it each state's probability."""
    case = found.scenario
    names = {"x": lever_words(found.x.path, case, lang), "y": lever_words(found.y.path, case, lang)}
    told = {"runs": number(found.runs, "#,##0", lang), "seed": found.seed}
    about = text("figure.map.about", lang, **told, name=case.name, hash=case.hash)
    heading = f"{case.title[lang]} · {about}"
    months = number(case.months, "#,##0", lang)
    question = text("figure.map.question", lang, n=months, **names)
    figure, top = blank(question, heading, lang, HEIGHT)
    figure.subplots_adjust(left=0.1, right=0.965, top=top - 0.3 / HEIGHT, hspace=0.32, wspace=0.1)
    grid = figure.add_gridspec(2, 3, height_ratios=(1.45, 1.0))
    whole = figure.add_subplot(grid[0, :])
    _likeliest(whole, found, lang)
    _label(whole, found, lang, names)
    panels = [figure.add_subplot(grid[1, k]) for k in range(len(STATES))]
    shade: Any = None
    for k, (axes, state) in enumerate(zip(panels, STATES, strict=True)):
        shade = _shaded(axes, found, k)
        _label(axes, found, lang, {}, left=k == 0)
        axes.set_title(text(f"figure.state.{state}", lang), fontsize=9.5, loc="left")
    _legend(figure, found, lang)
    _scale(figure, panels, shade, lang)
    return figure


def _likeliest(axes: Axes, found: PhaseMap, lang: str) -> None:
    """Draw each cell in the colour of its commonest state, hatched where that cannot be told."""
    from matplotlib.patches import Rectangle

    few = found.told.size <= MOST_WORDS
    for i, j in np.ndindex(*found.told.shape):
        state = STATES[found.likeliest[i, j]]
        hatch = None if found.told[i, j] else UNSURE
        axes.add_patch(
            Rectangle((i - 0.5, j - 0.5), 1, 1, facecolor=COLOURS[state], edgecolor="white",
                      linewidth=0.8, hatch=hatch)
        )  # fmt: skip
        if few:
            words = f"{text(f'figure.letter.{state}', lang)} {_share(found.shares[i, j], lang)}"
            # over hatches and borders, so that neither runs through the words
            under = {"facecolor": COLOURS[state], "edgecolor": "none", "pad": 0.8}
            axes.text(
                i, j, words, ha="center", va="center", fontsize=8, zorder=5, bbox=under,
                color="white" if state == DARK else INK,
            )  # fmt: skip
    for k in range(len(STATES)):
        _border(axes, found.shares[..., k], "white", 3.4)
        _border(axes, found.shares[..., k], INK, 1.8)


def _share(shares: NDArray[np.float64], lang: str) -> str:
    most = float(shares.max()) * 100.0
    return f">{percent(99, lang)}" if 99.5 <= most < 100.0 else percent(most, lang)


def _shaded(axes: Axes, found: PhaseMap, k: int) -> AxesImage:
    """Shade each cell by the probability of one state."""
    shares = found.shares[..., k]
    shade = axes.imshow(
        shares.T * 100.0, origin="lower", aspect="auto", cmap="Blues", vmin=0.0, vmax=100.0
    )
    _border(axes, shares, INK, 1.8)
    return shade


def _border(axes: Axes, shares: NDArray[np.float64], colour: str, width: float) -> None:
    """Draw where a probability passes one half, between the middles of the cells."""
    if min(shares.shape) > 1 and shares.min() < LEVEL < shares.max():
        axes.contour(shares.T, levels=[LEVEL], colors=[colour], linewidths=width)


def _label(
    axes: Axes, found: PhaseMap, lang: str, names: dict[str, str], left: bool = True
) -> None:  # fmt: skip
    """Name the values along both axes, as many as there is room for."""
    across = MOST_TICKS if names else 7
    for axis, most, place in ((found.x, across, "x"), (found.y, MOST_TICKS + 2, "y")):
        at = _ticks(len(axis.values), most)
        words = [value_words(axis.parameter, axis.values[k], lang) for k in at]
        if not names:
            words = [word.replace(" ", "\n") for word in words]
        getattr(axes, f"set_{place}ticks")(at, words if left or place == "x" else [])
        getattr(axes, f"set_{place}lim")(-0.5, len(axis.values) - 0.5)
        if place in names:
            title = f"{names[place]} [{unit_of(axis, lang)}]"
            title = textwrap.fill(title, 90 if place == "x" else 42)
            getattr(axes, f"set_{place}label")(title, fontsize=9)
    axes.tick_params(labelsize=9 if names else 8, color=QUIET, labelcolor=INK, length=2.5)
    for side in axes.spines.values():
        side.set_color(QUIET)


def _ticks(values: int, most: int) -> list[int]:
    return list(range(0, values, -(-values // most)))


def _legend(figure: Figure, found: PhaseMap, lang: str) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Any] = [Patch(facecolor=COLOURS[state]) for state in STATES]
    words = [
        f"{text(f'figure.letter.{state}', lang)} = {text(f'figure.state.{state}', lang)}"
        for state in STATES
    ]
    if not found.told.all():
        handles.append(Patch(facecolor="white", edgecolor=INK, hatch=UNSURE))
        words.append(text("figure.map.unsure", lang))
    if any(found.shares[..., k].min() < LEVEL < found.shares[..., k].max() for k in range(3)):
        handles.append(Line2D([], [], color=INK, linewidth=1.8))
        words.append(text("figure.map.border", lang))
    below = 0.34 + lay_legend(figure, handles, words, 3, 0.34)
    figure.subplots_adjust(bottom=(below + 0.9) / HEIGHT)


def _scale(figure: Figure, panels: list[Axes], shade: AxesImage, lang: str) -> None:
    """Draw what the shades mean, below the panels."""
    first, last = panels[0].get_position(), panels[-1].get_position()
    place = (first.x0, first.y0 - 0.46 / HEIGHT, last.x1 - first.x0, 0.1 / HEIGHT)
    axes = figure.add_axes(place)
    bar = figure.colorbar(shade, cax=axes, orientation="horizontal")
    bar.set_ticks(range(0, 101, 25), labels=[percent(k, lang) for k in range(0, 101, 25)])
    bar.ax.tick_params(labelsize=8, length=2, labelcolor=INK)
    bar.set_label(text("figure.map.scale", lang), fontsize=8, labelpad=1)
    bar.outline.set_visible(False)
