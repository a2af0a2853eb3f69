"""Ramps: where a cluster stands at each value of a lever on the way there and back."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np

from ..language import text
from ..study.ramp_walk import QUANTITIES, SHARES
from ..study.ramp_words import figure_of, interval_of, verdict_words
from ..study.varied import lever_words, unit_of, value_words
from .over_time import SECOND
from .sheet import COLOURS, GRID, INK, QUIET, blank, lay_legend, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ..study.ramp import Ramp

HEIGHT, MOST_TICKS, MOST_HEIGHT = 8.2, 9, 1.02
"""Inches; values named along an axis; top of an axis of shares and of the index."""

WAYS: tuple[dict[str, Any], ...] = (
    {"colour": COLOURS["active"], "style": "-", "marker": "o", "hatch": None, "aside": -0.04},
    {"colour": SECOND, "style": "--", "marker": "s", "hatch": "////", "aside": 0.04},
)
"""The way there and the way back, told apart without colour too."""


def draw_ramp(found: Ramp, lang: str) -> Figure:
    """Draw both ways of each quantity, with bands, and each value held all along."""
    case = found.scenario
    name = lever_words(found.lever.path, case, lang)
    told = {
        "runs": number(found.runs, "#,##0", lang), "seed": found.seed, "hold": found.hold,
        "name": case.name, "hash": case.hash,
    }  # fmt: skip
    heading = f"{case.title[lang]} · {text('figure.ramp.about', lang, **told)}"
    question = text("figure.ramp.question", lang, lever=name)
    figure, top = blank(question, heading, lang, HEIGHT)
    answer = textwrap.wrap(verdict_words(found, lang), 112)
    figure.text(
        0.02, top - 0.24 / HEIGHT, "\n".join(answer), ha="left", va="top", fontsize=9, color=INK,
        linespacing=1.3,
    )  # fmt: skip
    below = 0.24 + 0.18 * len(answer)
    figure.subplots_adjust(
        left=0.08, right=0.98, top=top - (below + 0.5) / HEIGHT, hspace=0.34, wspace=0.17
    )
    handles: list[Any] = []
    for k, axes in enumerate(figure.subplots(2, 2).ravel()):
        handles = _panel(axes, found, k, lang) or handles
        if k >= 2:
            title = f"{name} [{unit_of(found.lever, lang)}]"
            axes.set_xlabel(textwrap.fill(title, 52), fontsize=9)
    names = ("there", "back", "band_there", "band_back", "held_there", "held_back")
    words = [text(f"figure.ramp.{name}", lang) for name in names]
    height = lay_legend(figure, handles, words, 2, 0.34)
    figure.subplots_adjust(bottom=(0.34 + height + 0.68) / HEIGHT)
    return figure


def _panel(axes: Axes, found: Ramp, k: int, lang: str) -> list[Any] | None:
    """Draw one quantity; return what a legend needs, where there are bands."""
    name = QUANTITIES[k]
    table = found.table[found.table["quantity"] == name]
    lines, bands, held = [], [], []
    for branch, way in zip(("there", "back"), WAYS, strict=True):
        rows = table[table["branch"] == branch]
        scale = 100.0 if name in SHARES else 1.0
        at = np.arange(len(rows)) + way["aside"]
        middle, low, high, control = (
            scale * rows[column].to_numpy() for column in ("mean", "low", "high", "control")
        )
        lines.append(
            axes.errorbar(
                at, middle, [middle - low, high - middle], color=way["colour"], capsize=2.5,
                linestyle=way["style"], marker=way["marker"], markersize=4.5, linewidth=1.8,
            )
        )  # fmt: skip
        held += axes.plot(
            at, control, color=way["colour"], linestyle=":", linewidth=1.2, marker=way["marker"],
            markersize=4.5, markerfacecolor="white",
        )  # fmt: skip
        if name not in SHARES:
            bands.append(
                axes.fill_between(
                    at, rows["q10"], rows["q90"], facecolor=way["colour"], alpha=0.15,
                    edgecolor=way["colour"], hatch=way["hatch"], linewidth=0.0,
                )
            )  # fmt: skip
            axes.plot(at, rows["median"], color=way["colour"], marker="_", linestyle="none",
                      markersize=9, markeredgewidth=1.6)  # fmt: skip
    _dress(axes, found, name, lang)
    return [*lines, *bands, *held] if bands else None


def _dress(axes: Axes, found: Ramp, name: str, lang: str) -> None:
    """Name a panel's quantity and gap, and its axes."""
    gap = found.gaps[name]
    said = text(
        "figure.ramp.gap", lang, gap=figure_of(name, gap.beyond, lang, sign=True),
        interval=interval_of(name, gap, lang), verdict=text(f"ramp.short.{gap.verdict}", lang),
    )  # fmt: skip
    title = f"{text(f'ramp.quantity.{name}', lang)} [{text(f'ramp.unit.{name}', lang)}]"
    axes.set_title(f"{title}\n", fontsize=9.5, loc="left", color=INK)
    axes.text(0.0, 1.03, said, transform=axes.transAxes, fontsize=8, color=QUIET)
    values = found.lever.values
    at = range(0, len(values), -(-len(values) // MOST_TICKS))
    words = [value_words(found.lever.parameter, values[i], lang).replace(" ", "\n") for i in at]
    axes.set_xticks(list(at), words if name in QUANTITIES[2:] else [])  # the lower row
    axes.set_xlim(-0.35, len(values) - 0.65)
    axes.set_ylim(bottom=0.0)
    if name != "producers":
        axes.set_ylim(top=MOST_HEIGHT * (100.0 if name in SHARES else 1.0))
    digits = {"producers": "#,##0.#", "cluster_index": "0.0"}.get(name, "#,##0")
    axes.yaxis.set_major_formatter(lambda value, _: number(value, digits, lang))
    axes.tick_params(labelsize=8.5, color=QUIET, labelcolor=INK)
    axes.grid(axis="y", color=GRID, linewidth=0.7)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
