"""What the figures of explanations share: the sheet with the answer on it, and its colours."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..language import text
from .sheet import COLOURS, GRID, INK, QUIET, blank, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ..scenario import Scenario

TERM_LOOKS: dict[str, dict[str, Any]] = {
    "skill": {"colour": COLOURS["active"], "hatch": "", "style": "-", "marker": "o"},
    "persistence": {"colour": COLOURS["dynamic"], "hatch": "///", "style": "--", "marker": "x"},
    "support": {"colour": "#009E73", "hatch": "...", "style": "-", "marker": "s"},
    "trust": {"colour": "#CC79A7", "hatch": "xxx", "style": "-", "marker": "^"},
    "income": {"colour": "#56B4E9", "hatch": "\\\\\\", "style": "-.", "marker": "D"},
    "peers": {"colour": "#D55E00", "hatch": "---", "style": ":", "marker": "v"},
}
"""The six reasons, after Okabe and Ito, told apart by hatch, line and marker too."""


WRAP = 113
"""Letters of a line of the answer."""


def answered(
    case: Scenario, question: str, about: str, answer: Sequence[str], lang: str, height: float
) -> tuple[Figure, float]:  # fmt: skip
    """Return a figure with question, scenario and answer, and where the words end.

    Parameters
    ----------
    answer : sequence of str
        Sentences.
    height : float
        In inches; where the words end is a share of it.
    """
    figure, top = blank(question, f"{case.title[lang]} · {about}", lang, height)
    lines = [line for sentence in answer for line in textwrap.wrap(sentence, WRAP)]
    figure.text(
        0.02, top - 0.24 / height, "\n".join(lines), ha="left", va="top", fontsize=9, color=INK,
        linespacing=1.3,
    )  # fmt: skip
    return figure, top - (0.34 + 0.18 * len(lines)) / height


def about_run(case: Scenario, seed: int, run: int, lang: str) -> str:
    """Return which run is shown."""
    told = {"seed": seed, "run": run, "name": case.name, "hash": case.hash}
    return text("explain.table.about_run", lang, **told)


def plain_axes(axes: Axes, title: str, lang: str, digits: str | None = "0.0") -> None:
    """Dress axes: title, quiet frame, numbers as the language writes them."""
    axes.set_title(title, fontsize=9.5, loc="left", color=INK)
    axes.tick_params(labelsize=8.5, color=QUIET, labelcolor=INK)
    axes.grid(axis="y", color=GRID, linewidth=0.7)
    axes.set_axisbelow(True)
    if digits is not None:
        axes.yaxis.set_major_formatter(lambda value, _: number(value, digits, lang))
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(QUIET)
