"""One person: the life line, what the six reasons read, and the reasons against the luck."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..language import text
from ..study.explain.life import TERMS
from ..study.explain.person_words import sentences
from .explain_sheet import TERM_LOOKS, about_run, answered, plain_axes
from .sheet import INK, QUIET, lay_legend

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from ..study.explain.person import PersonExplained

HEIGHT, MARGIN = 9.4, 2
"""Inches; months shown before the first admission and after the last month."""

SENTENCES, ROOM = 5, 0.35
"""Sentences of the answer; room above and below the terms, as logs."""


STATUS_LOOKS: dict[str, dict[str, Any]] = {
    "training": {"facecolor": "white", "edgecolor": INK, "hatch": "//////"},
    "artisan": {"facecolor": "#c9ced6", "edgecolor": INK},
    "independent": {"facecolor": "#5a6270", "edgecolor": INK},
}
"""Statuses in greys: the colours are the reasons'."""

APART = 0.085
"""How far names beside lines stand from one another at least."""


def draw_person(found: PersonExplained, lang: str) -> Figure:
    """Draw the life line, what the reasons read, and the hazard's terms against the luck."""
    life = found.life
    question = text("explain.heading.person", lang, who=life.person)
    about = about_run(life.scenario, life.seed, life.run, lang)
    answer = sentences(found, lang)[:SENTENCES]
    figure, top = answered(life.scenario, question, about, answer, lang, HEIGHT)
    figure.subplots_adjust(left=0.075, right=0.875, top=top - 0.3 / HEIGHT, hspace=0.36)
    strip, values, terms = figure.subplots(3, 1, height_ratios=[0.32, 1.0, 1.25], sharex=True)
    rows = life.table[life.table["in_programme"]]
    _strip(strip, found, rows, lang)
    # months away in between have no numbers, so that lines end there
    stay = life.table.iloc[int(rows["month"].iloc[0]) : int(rows["month"].iloc[-1]) + 1]
    _values(values, stay, lang)
    _terms(terms, found, stay, lang)
    for axes in (strip, values, terms):
        axes.axvline(found.month, color=INK, linewidth=1.0, dashes=(4, 2), zorder=0.5)
    first, last = int(rows["month"].iloc[0]), int(rows["month"].iloc[-1])
    last_month = min(len(life.table) - 1, last + MARGIN)
    terms.set_xlim(max(-0.6, first - MARGIN), last_month + 0.6)
    terms.xaxis.get_major_locator().set_params(integer=True)
    terms.set_xlabel(f"{text('explain.table.month', lang)} (0, 1, 2, …)", fontsize=9)
    told: dict[str, Any] = {}
    for axes in (strip, terms):
        handles, labels = axes.get_legend_handles_labels()
        told |= dict(zip(labels, handles, strict=True))
    height = lay_legend(figure, list(told.values()), list(told), 4, 0.34)
    figure.subplots_adjust(bottom=(0.34 + height + 0.62) / HEIGHT)
    return figure


def _strip(axes: Axes, found: PersonExplained, rows: Any, lang: str) -> None:
    """Draw statuses month by month, as the decision found them, and visits."""
    from ..world.shape import STATUSES

    for name, look in STATUS_LOOKS.items():
        months = [
            month
            for month, moment in found.life.moments.items()
            if STATUSES[moment.status] == name
        ]  # fmt: skip
        axes.bar(
            months or [np.nan], [1.0] * max(1, len(months)), width=1.0, linewidth=0.4,
            label=text(f"figure.lives.{name}", lang), **look,
        )  # fmt: skip
    visited = rows[rows["visits"] > 0]
    axes.plot(
        visited["month"], [1.25] * len(visited), linestyle="", marker="v", markersize=4, color=INK,
        label=text("explain.figure.visited", lang),
    )  # fmt: skip
    plain_axes(axes, text("explain.table.status", lang), lang, None)
    axes.set_ylim(0.0, 1.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)


def _values(axes: Axes, rows: Any, lang: str) -> None:
    for name in TERMS:
        look = TERM_LOOKS[name]
        axes.plot(
            rows["month"], rows[f"read_{name}"], color=look["colour"], linestyle=look["style"],
            marker=look["marker"], markersize=3.6, linewidth=1.5,
        )  # fmt: skip
    axes.set_ylim(0.0, 1.02)
    ends = {name: float(rows[f"read_{name}"].iloc[-1]) for name in TERMS}
    for name, place in _spread(ends).items():
        axes.annotate(
            text(f"explain.term.{name}", lang), (1.0, place), (5, 0), ("axes fraction", "data"),
            textcoords="offset points", va="center", fontsize=8.5, color=INK,
            annotation_clip=False,
        )  # fmt: skip
        axes.plot([1.0], [place], color=TERM_LOOKS[name]["colour"], clip_on=False,
                  marker=TERM_LOOKS[name]["marker"], markersize=4,
                  transform=axes.get_yaxis_transform())  # fmt: skip
    plain_axes(axes, text("explain.figure.read", lang), lang)


def _spread(ends: dict[str, float]) -> dict[str, float]:
    """Return places for names beside their lines, in the lines' order, none on another."""
    ranked = sorted(ends, key=lambda name: ends[name])
    places: dict[str, float] = {}
    for k, name in enumerate(ranked):
        least = places[ranked[k - 1]] + APART if k else 0.0
        most = 1.0 - APART * (len(ranked) - 1 - k)
        places[name] = min(max(ends[name], least), most)
    return places


def _terms(axes: Axes, found: PersonExplained, rows: Any, lang: str) -> None:
    """Draw the terms on one another, their sum, and what each month's luck can bear."""
    months = rows["month"].to_numpy()
    stacks = {1.0: np.zeros(len(rows)), -1.0: np.zeros(len(rows))}
    for name in TERMS:
        term, look = np.nan_to_num(rows[f"hazard_{name}"].to_numpy()), TERM_LOOKS[name]
        bottom = np.where(term > 0.0, stacks[1.0], stacks[-1.0])
        axes.bar(
            months, term, bottom=bottom, width=0.86, facecolor=look["colour"], edgecolor="white",
            hatch=look["hatch"], linewidth=0.3, label=text(f"explain.term.{name}", lang),
        )  # fmt: skip
        for sign, stack in stacks.items():
            stack += np.where(term * sign > 0.0, term, 0.0)
    total, bearable = _sum(rows), _bearable(rows)
    axes.plot(
        months, total, color=INK, linewidth=1.4, marker="_", markersize=9, markeredgewidth=1.6,
        label=text("explain.figure.hazard_total", lang),
    )  # fmt: skip
    shown = bearable[months == found.month]  # this one at least is seen
    low = min(stacks[-1.0].min(), np.nanmin(total), *shown) - ROOM
    high = max(stacks[1.0].max(), np.nanmax(total), *shown) + ROOM
    inside = (bearable >= low) & (bearable <= high)
    axes.plot(
        months[inside], bearable[inside], linestyle="", marker="o", markersize=5.5,
        markerfacecolor="white", markeredgecolor=INK, label=text("explain.figure.bearable", lang),
    )  # fmt: skip
    axes.axhline(0.0, color=QUIET, linewidth=0.8)
    axes.set_ylim(low, high)
    plain_axes(axes, text("explain.figure.terms_axis", lang), lang)


def _sum(rows: Any) -> NDArray[np.float64]:
    found: NDArray[np.float64] = rows[[f"hazard_{name}" for name in TERMS]].to_numpy().sum(axis=1)
    return found


def _bearable(rows: Any) -> NDArray[np.float64]:
    """Return how large the sum of the terms might have been: below the line one leaves."""
    hazard = np.maximum(rows["hazard"].to_numpy(), 1e-300)
    found: NDArray[np.float64] = np.log(rows["threshold"].to_numpy() / hazard) + _sum(rows)
    return found
