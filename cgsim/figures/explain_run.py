"""One run: how near both states were, and what stood between the cluster and the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..language import text
from ..study.explain.blocking import BLOCKERS
from ..study.explain.run_words import sentences
from ..world.shape import STATES
from .explain_sheet import about_run, answered, plain_axes
from .sheet import COLOURS, HATCHES, INK, QUIET, lay_legend

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ..study.explain.run import RunExplained

HEIGHT, SENTENCES = 8.6, 9
"""Inches; sentences of the answer."""


def draw_run(found: RunExplained, lang: str) -> Figure:
    """Draw closeness to both states, the state, and what blocked the next one when."""
    case = found.scenario
    about = about_run(case, found.seed, found.run, lang)
    question = text("explain.heading.run", lang)
    told = sentences(found, lang)
    # of many changes of state the first ones; what stood in the way always
    answer = told if len(told) <= SENTENCES else [*told[: SENTENCES - 3], "…", *told[-2:]]
    figure, top = answered(case, question, about, answer, lang, HEIGHT)
    figure.subplots_adjust(left=0.2, right=0.97, top=top - 0.3 / HEIGHT, hspace=0.3)
    upper, lower = figure.subplots(2, 1, height_ratios=[1.0, 0.9], sharex=True)
    _closeness(upper, found, lang)
    _blocking(lower, found, lang)
    handles, labels = upper.get_legend_handles_labels()
    height = lay_legend(figure, handles, labels, 4, 0.34)
    figure.subplots_adjust(bottom=(0.34 + height + 0.62) / HEIGHT)
    return figure


def _closeness(axes: Axes, found: RunExplained, lang: str) -> None:
    from matplotlib.ticker import MaxNLocator

    months = found.months
    after = months["month"].to_numpy() + 1
    state = months["state"].to_numpy()
    for name in STATES:
        there = after[state == name]
        axes.bar(
            there if len(there) else [-9.0], 0.09, width=1.0, facecolor=COLOURS[name],
            hatch=HATCHES[name], edgecolor="white", linewidth=0.0,
            label=text(f"figure.state.{name}", lang),
        )  # fmt: skip
    for level, style in (("active", "-"), ("dynamic", "--")):
        axes.plot(
            after, months[f"closeness_{level}"], color=COLOURS[level],
            linestyle=style, linewidth=1.8, label=text(f"explain.figure.closeness_{level}", lang),
        )  # fmt: skip
    axes.axhline(1.0, color=INK, linewidth=1.0, dashes=(4, 2))
    for month in found.changes["month"]:
        axes.axvline(month + 1, color=QUIET, linewidth=0.9, dashes=(2, 2))
    axes.set_ylim(0.0, 1.05 * max(1.2, *months["closeness_active"]))
    axes.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    plain_axes(axes, text("explain.figure.closeness", lang), lang)


def _blocking(axes: Axes, found: RunExplained, lang: str) -> None:
    """Draw a row for each that ever blocked, a bar for each month in which it did."""
    months = found.months
    rows = [name for name in BLOCKERS if (months["blocked_by"] == name).any()]
    for place, name in enumerate(rows):
        for level in STATES[1:]:
            some = months[(months["blocked_by"] == name) & (months["next_state"] == level)]
            axes.barh(
                [place] * len(some), 1.0, left=some["month"] + 0.5, height=0.7,
                facecolor=COLOURS[level], edgecolor="white", hatch=HATCHES[level],
                linewidth=0.0,
            )  # fmt: skip
    names = [
        text(f"explain.{'short' if name in ('producers', 'time') else 'blocker'}.{name}", lang)
        for name in rows
    ]
    axes.set_yticks(range(len(rows)), names)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0.0, len(months) + 0.5)
    plain_axes(axes, text("explain.figure.blocked_by", lang), lang, None)
    axes.set_xlabel(text("figure.axis.months", lang), fontsize=9)
