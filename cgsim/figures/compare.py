"""Scenarios compared: overlaid bands, paired differences, end states, cost against effect."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, NamedTuple

from ..language import text
from ..study.compare.pairs import SERIES
from ..world.shape import STATES
from .over_time import SECOND
from .sheet import COLOURS, GRID, HATCHES, INK, QUIET, blank, lay_legend, number, percent, time_axis

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ..study.compare import Comparison


class Look(NamedTuple):
    """How a scenario is drawn; told apart without colour too."""

    colour: str
    dashes: Any
    marker: str
    hatch: str | None


_COLOURS = (INK, SECOND, "#009E73", "#D55E00", "#56B4E9")
"""Ink, magenta, then those of Okabe and Ito that no state has."""

_DASHES: tuple[Any, ...] = (
    "-", "--", "-.", ":", (0, (6, 1.5, 1, 1.5, 1, 1.5)), (0, (8, 2)), (0, (2, 1)), (0, (5, 3)),
    (0, (1, 2)), (0, (8, 2, 2, 2)), (0, (4, 1)), (0, (3, 3)),
)  # fmt: skip
_MARKERS = "osD^vPX<>ph*"
_HATCHED = (None, "////", "\\\\\\\\", "....", "xxxx")

MOST_BANDS = 3
"""Scenarios beyond which only half of the runs are shaded: more bands hide each other."""

DECIMALS = {"producers": "#,##0.#", "cluster_index": "0.0##", "mean_income": "0.0#"}


def look(k: int) -> Look:
    """Return how the k-th scenario is drawn; the first is what the others are compared with."""
    colour = _COLOURS[1 + (k - 1) % (len(_COLOURS) - 1)] if k else _COLOURS[0]
    return Look(
        colour, _DASHES[k % len(_DASHES)], _MARKERS[k % len(_MARKERS)],
        _HATCHED[k % len(_HATCHED)],
    )  # fmt: skip


class ComparisonPlots:
    """Figures of one comparison.

    Parameters
    ----------
    found : Comparison
    """

    def __init__(self, found: Comparison) -> None:
        self._found = found

    def bands(self, lang: str = "en") -> Figure:
        """Draw every scenario over time: median, half of the runs, nine in ten."""
        return draw_bands(self._found, lang)

    def differences(self, lang: str = "en") -> Figure:
        """Draw the paired difference over time: mean, its 95 % interval, nine in ten pairs."""
        return draw_differences(self._found, lang)

    def states(self, lang: str = "en") -> Figure:
        """Draw the states in which the runs end, with each pair of cut-offs."""
        return draw_states(self._found, lang)

    def money(self, lang: str = "en") -> Figure:
        """Draw extra cost against extra effect."""
        from .compare_money import draw_money

        return draw_money(self._found, lang)


def opened(found: Comparison, key: str, lang: str, height: float) -> tuple[Figure, float]:
    """Return a figure with its words and no axes, and where the words above end."""
    pairs = found.pairs
    told = {
        "runs": number(pairs.runs, "#,##0", lang), "seed": pairs.seed,
        "months": number(pairs.months, "#,##0", lang),
    }  # fmt: skip
    about = text("compare.figure.about", lang, **told)
    question = text(f"compare.figure.{key}", lang, first=found.names[0])
    return blank(question, f"{about} · {_named(found)}", lang, height)


def _named(found: Comparison, most: int = 74) -> str:
    """Return the scenarios with their hashes as far as a line has room for them."""
    said = " · ".join(f"{one.name} {one.scenario.hash[:8]}" for one in found.pairs.every)
    return textwrap.shorten(said, most, placeholder=" …")


def draw_bands(found: Comparison, lang: str) -> Figure:
    """Draw every scenario over time."""
    figure, panels = _panels(found, "bands", lang)
    lines: list[Any] = []
    every = len(found.names) <= MOST_BANDS
    for axes, quantity in zip(panels, SERIES, strict=True):
        for k, name in enumerate(found.names):
            rows = _rows(found.over_time, name, quantity)
            bands = (("q25", "q75", 0.28), ("q05", "q95", 0.11))[: 2 if every else 1]
            line = _band(axes, found, rows, "median", bands, k, lang)
            if axes is panels[0]:
                lines.append((line, text("compare.figure.line", lang, name=name)))
        axes.set_ylim(bottom=0.0)
    shades = [("half", 0.38), ("most", 0.16)] if every else [("only_half", 0.38)]
    _finish(figure, panels, found, lines, shades, lang)
    return figure


def draw_differences(found: Comparison, lang: str) -> Figure:
    """Draw the paired differences over time."""
    figure, panels = _panels(found, "differences", lang)
    lines: list[Any] = []
    every = len(found.names) <= MOST_BANDS
    for axes, quantity in zip(panels, SERIES, strict=True):
        zero = axes.axhline(0.0, color=QUIET, linewidth=1.1)
        for k, name in enumerate(found.names[1:], start=1):
            rows = _rows(found.changes_over_time, name, quantity)
            bands = (("low", "high", 0.45), ("q05", "q95", 0.12))[: 2 if every else 1]
            line = _band(axes, found, rows, "mean", bands, k, lang)
            if axes is panels[0]:
                lines.append((line, text("compare.figure.mean", lang, name=name)))
        if axes is panels[-1]:
            lines.append((zero, text("compare.figure.nothing", lang)))
    shades = [("interval", 0.5), ("most_pairs", 0.16)] if every else [("only_interval", 0.5)]
    _finish(figure, panels, found, lines, shades, lang)
    return figure


def _panels(found: Comparison, key: str, lang: str) -> tuple[Figure, list[Axes]]:
    height = 9.4
    figure, top = opened(found, key, lang, height)
    figure.subplots_adjust(left=0.085, right=0.98, top=top - 0.5 / height, hspace=0.3)
    panels = list(figure.subplots(len(SERIES), 1))
    for axes, quantity in zip(panels, SERIES, strict=True):
        time_axis(axes, found.pairs.months, lang, named=axes is panels[-1])
        title = text(f"compare.figure.{quantity}", lang)
        axes.set_title(title, fontsize=9.5, loc="left", color=INK)
        pattern = DECIMALS[quantity]
        axes.yaxis.set_major_formatter(lambda value, _, p=pattern: number(value, p, lang))
    return figure, panels


def _rows(table: pd.DataFrame, scenario: str, quantity: str) -> pd.DataFrame:
    return table[(table["scenario"] == scenario) & (table["quantity"] == quantity)]


def _band(
    axes: Axes, found: Comparison, rows: pd.DataFrame, middle: str, bands: Any, k: int, lang: str
) -> Any:  # fmt: skip
    """Draw one scenario's line and its bands; return the line."""
    style = look(k)
    after = rows["after_months"].to_numpy() / (12 if found.pairs.months >= 36 else 1)
    for low, high, alpha in bands:
        axes.fill_between(
            after, rows[low].to_numpy(), rows[high].to_numpy(), facecolor=style.colour,
            edgecolor=style.colour, linewidth=0.0, alpha=alpha, hatch=style.hatch,
        )  # fmt: skip
    (line,) = axes.plot(
        after, rows[middle].to_numpy(), color=style.colour, linestyle=style.dashes, linewidth=1.9
    )
    return line


def _finish(
    figure: Figure, panels: list[Axes], found: Comparison, lines: list[Any], shades: Any, lang: str
) -> None:  # fmt: skip
    """Lay the legend: scenarios, what the shades mean, and dated changes."""
    from matplotlib.patches import Patch

    entries = list(lines)
    for key, alpha in shades:
        patch = Patch(facecolor=QUIET, alpha=alpha, linewidth=0.0)
        entries.append((patch, text(f"compare.figure.{key}", lang)))
    changes = _changes(panels, found, lang)
    below = 0.34
    for kept, columns in ((changes, 1), (entries, 3)):
        if kept:
            below += lay_legend(
                figure, [one[0] for one in kept], [textwrap.fill(one[1], 110) for one in kept],
                columns, below,
            )  # fmt: skip
    figure.subplots_adjust(bottom=(below + 0.6) / figure.get_figheight())


def _changes(panels: list[Axes], found: Comparison, lang: str) -> list[Any]:
    """Mark what a scenario changes by date and the first does not."""
    size = 12 if found.pairs.months >= 36 else 1
    usual = {(one.month, one.set) for one in found.pairs.first.scenario.interventions}
    entries = []
    for k, other in enumerate(found.pairs.every):
        for one in other.scenario.interventions:
            if not one.month or (k and (one.month, one.set) in usual):
                continue
            why = one.why.get(lang) or ", ".join(path for path, _ in one.set)
            change = text("figure.change", lang, n=one.month, why=why)
            for axes in panels:
                line = axes.axvline(
                    one.month / size, color=look(k).colour, linewidth=1.1, dashes=(5, 2)
                )
            entries.append(
                (line, text("compare.figure.change", lang, name=other.name, change=change))
            )
    return entries


def draw_states(found: Comparison, lang: str) -> Figure:
    """Draw the states in which the runs end, a group of three bars a scenario."""
    from matplotlib.patches import Patch

    names = found.names
    height = 2.3 + 0.95 * len(names)
    figure, top = opened(found, "states", lang, height)
    figure.subplots_adjust(left=0.26, right=0.97, top=top - 0.25 / height, bottom=1.0 / height)
    axes = figure.subplots()
    ticks, words = [], []
    bars = (("as_set", 0.0, 0.34), ("lenient", 0.33, 0.2), ("strict", 0.58, 0.2))
    for k, name in enumerate(names):
        for cutoffs, aside, thick in bars:
            at = k + aside
            _state_bar(axes, found, name, cutoffs, at, thick, lang)
            ticks.append(at)
            said = text(f"compare.figure.cutoffs.{cutoffs}", lang, name=name)
            words.append(textwrap.fill(textwrap.shorten(said, 48, placeholder="…"), 24))
    axes.set_yticks(ticks, words)
    for k, label in enumerate(axes.get_yticklabels()):
        label.set(fontsize=9.5 if k % 3 == 0 else 7.5, color=INK if k % 3 == 0 else QUIET)
        label.set_fontweight("bold" if k % 3 == 0 else "normal")
    axes.set_ylim(len(names) - 0.2, -0.35)
    axes.set_xlim(0.0, 100.0)
    axes.xaxis.set_major_formatter(lambda value, _: number(value, "0", lang))
    axes.set_xlabel(text("compare.figure.share", lang), fontsize=9)
    _plain(axes, "x")
    axes.tick_params(axis="y", length=0)
    handles = [
        Patch(facecolor=COLOURS[state], hatch=HATCHES[state], edgecolor="white") for state in STATES
    ]
    lay_legend(figure, handles, [text(f"figure.state.{one}", lang) for one in STATES], 3, 0.34)
    return figure


def _state_bar(
    axes: Axes, found: Comparison, name: str, cutoffs: str, at: float, thick: float, lang: str
) -> None:  # fmt: skip
    table = found.states
    kept = table[(table["scenario"] == name) & (table["cutoffs"] == cutoffs)]
    rows = kept.set_index("state")[["share", "low", "high"]].to_dict("index")
    left = 0.0
    for state in STATES:
        share = 100.0 * rows[state]["share"]
        axes.barh(
            at, share, thick, left, color=COLOURS[state], hatch=HATCHES[state], edgecolor="white",
            linewidth=0.6,
        )  # fmt: skip
        if share >= 7.0:
            box = {"facecolor": "white", "alpha": 0.85, "linewidth": 0.0, "pad": 1.2}
            axes.text(
                left + share / 2.0, at, percent(share, lang), ha="center", va="center", color=INK,
                fontsize=8.5 if cutoffs == "as_set" else 7, bbox=box,
            )  # fmt: skip
        left += share
    if cutoffs == "as_set":
        low, high = (100.0 - 100.0 * rows["dynamic"][end] for end in ("high", "low"))
        axes.plot([low, high], [at - 0.23] * 2, color=INK, linewidth=1.6, clip_on=False)


def _plain(axes: Axes, grid: str) -> None:
    """Dress axes without frame, with a grid in one direction."""
    axes.grid(axis=grid, color=GRID, linewidth=0.7)  # type: ignore[arg-type]
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=9, color=QUIET, labelcolor=INK)
    for side in ("top", "right", *(("left",) if grid == "x" else ())):
        axes.spines[side].set_visible(False)
