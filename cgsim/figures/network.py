"""The network of trust in one run: organisations within, trainees around, month beside month."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ..language import text
from ..world.shape import ARTISAN, COMPANY, INDEPENDENT, STATES, TRAINING
from .sheet import COLOURS, INK, about_run, legend, number, sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from ..scenario import Scenario
    from ..study.simulate import Simulation

    Place = tuple[float, float]

USUAL_MONTHS = (12, 36, 60, 120)
MOST_PANELS = 9

FAINTEST = 0.1
"""Trust below which no line is drawn."""

INNER, OUTER, BOUND = 0.42, 1.0, 1.12
"""Radius of the circles of organisations and of trainees, and of what is shown."""

LOOKS: dict[int, dict[str, Any]] = {
    TRAINING: {"marker": "o", "markerfacecolor": "white"},
    ARTISAN: {"marker": "o", "markerfacecolor": COLOURS["active"]},
    INDEPENDENT: {"marker": "^", "markerfacecolor": COLOURS["dynamic"]},
}
"""How a trainee is drawn by status: told apart by shape and by lightness."""

STATUS_WORDS = {TRAINING: "training", ARTISAN: "artisan", INDEPENDENT: "independent"}


class Person(NamedTuple):
    """An active trainee: number, status, group, trust in peers and in each organisation."""

    number: int
    status: int
    group: int
    peer_trust: float
    ties: NDArray[np.float64]


class Snapshot(NamedTuple):
    """Who trusts whom after so many months.

    Attributes
    ----------
    after : int
        Months passed.
    state : int
        State of the cluster.
    present : array of bool, shape (organisations,)
    pacts : array, shape (organisations, organisations)
        What the row's organisation thinks of the column's.
    people : tuple of Person
        Active trainees.
    """

    after: int
    state: int
    present: NDArray[np.bool_]
    pacts: NDArray[np.float64]
    people: tuple[Person, ...]


def snapshots(
    case: Scenario, seed: int, run: int, months: Sequence[int] | None = None
) -> list[Snapshot]:
    """Return who trusts whom after some months of one run.

    Parameters
    ----------
    months : sequence of int, optional
        After how many months, from 1; `USUAL_MONTHS`, as far as the run goes, if not given.

    Raises
    ------
    ValueError
        For a month that the run does not reach, or more than `MOST_PANELS` of them.
    """
    from ..ensemble import trace

    usual = [n for n in USUAL_MONTHS if n <= case.months] or [case.months]
    wanted = usual if months is None else sorted({int(n) for n in months})
    if not 1 <= len(wanted) <= MOST_PANELS or not 1 <= wanted[0] <= wanted[-1] <= case.months:
        raise ValueError(f"months must be 1 to {MOST_PANELS} numbers from 1 to {case.months}")
    found = []
    for after, records in enumerate(trace(case, seed, run), start=1):
        if after in wanted:
            found.append(_snapshot(after, records))
        if after == wanted[-1]:
            break
    return found


def _snapshot(after: int, records: Any) -> Snapshot:
    active = records.active[: int(records.cluster["active_trainees"][0])]
    people = []
    for i in active.tolist():
        one = records.trainees[i]
        ties = records.ties["trust"][i].copy()
        people.append(
            Person(i, int(one["status"]), int(one["group"]), float(one["peer_trust"]), ties)
        )
    present = records.organisations["present"] > 0.0
    state = int(records.cluster["state"][0])
    return Snapshot(after, state, present, records.pacts["trust"].copy(), tuple(people))


def draw_network(
    simulation: Simulation, lang: str, months: Sequence[int] | None, run: int
) -> Figure:
    """Draw the snapshots of a run as panels in which everybody keeps their place."""
    case = simulation.scenario
    shown = snapshots(case, simulation.seed, run, months)
    columns = len(shown) if len(shown) < 3 else 2 if len(shown) < 5 else 3
    rows = -(-len(shown) // columns)
    height = min(6.4, 8.0 / columns) * rows + 2.7
    about = about_run(simulation, run, lang)
    figure, panels = sheet(case, "network", lang, about, rows, columns, height)
    figure.subplots_adjust(left=0.02, wspace=0.02, hspace=0.09)
    homes, round_about = _places(len(case.organisations)), _seats(shown)
    for axes in panels:
        axes.set(xlim=(-BOUND, BOUND), ylim=(-BOUND, BOUND), aspect="equal")
        axes.set_axis_off()
    for axes in panels[len(shown) :]:
        axes.remove()
    for axes, one in zip(panels, shown, strict=False):
        for start, end, trust, style in _lines(one, homes, round_about):
            _line(axes, (start, end), trust, style)
        _trainees(axes, one, round_about)
        _organisations(axes, one, case, homes)
        state = text(f"figure.state.{STATES[one.state]}", lang)
        told = {"n": one.after, "state": state, "trainees": number(len(one.people), "#,##0", lang)}
        words = text("figure.network.panel", lang, **told)
        axes.set_title(words, fontsize=9.5, color=INK, y=0.99, pad=2)
    _explain(panels[0], case, shown, lang)
    legend(figure, panels[0], gap=0.12)
    return figure


def _places(organisations: int) -> list[Place]:
    """Return where the organisations stand: on a circle, the first at its top."""
    if organisations == 1:
        return [(0.0, 0.0)]
    turns = [math.pi / 2 - 2 * math.pi * o / organisations for o in range(organisations)]
    return [(INNER * math.cos(turn), INNER * math.sin(turn)) for turn in turns]


def _seats(shown: Sequence[Snapshot]) -> dict[int, Place]:
    """Return each trainee's place on the outer circle, the same in every panel, by group."""
    first: dict[int, int] = {}
    for one in shown:
        for person in one.people:
            first.setdefault(person.number, person.group)
    order = sorted(first, key=lambda i: (first[i], i))
    turns = [math.pi / 2 - 2 * math.pi * k / len(order) for k in range(len(order))]
    return {
        i: (OUTER * math.cos(turn), OUTER * math.sin(turn))
        for i, turn in zip(order, turns, strict=True)
    }


def _lines(
    one: Snapshot, homes: Sequence[Place], round_about: dict[int, Place]
) -> Iterator[tuple[Place, Place, float, str]]:
    """Yield ends, trust and kind of every line, the faintest first."""
    found = [
        (round_about[person.number], homes[o], float(trust), "tie")
        for person in one.people
        for o, trust in enumerate(person.ties)
    ]
    for mine, yours in combinations(one.people, 2):
        if mine.group == yours.group:
            trust = (mine.peer_trust + yours.peer_trust) / 2.0
            found.append((round_about[mine.number], round_about[yours.number], trust, "peers"))
    found.sort(key=lambda line: line[2])
    pairs = [(o, p) for o, p in combinations(range(len(homes)), 2)]
    for o, p in pairs:
        if one.present[o] and one.present[p]:
            mutual = float(one.pacts[o, p] + one.pacts[p, o]) / 2.0
            found.append((homes[o], homes[p], mutual, "pact"))
    yield from (line for line in found if line[2] >= FAINTEST)


def _look(trust: float, kind: str = "tie") -> dict[str, Any]:
    """Return how a line of so much trust is drawn: the more, the wider and the darker."""
    grey = 0.88 - 0.78 * min(1.0, trust)
    wide = {"tie": 2.4, "peers": 2.4, "pact": 7.0}[kind]
    dashes = (0, (1.2, 1.1)) if kind == "peers" else "solid"
    return {"color": (grey, grey, grey), "linewidth": 0.25 + wide * trust, "linestyle": dashes}


def _line(axes: Axes, ends: tuple[Place, Place], trust: float, kind: str) -> None:
    (x, y), (u, v) = ends
    look = _look(trust, kind)
    axes.plot([x, u], [y, v], solid_capstyle="round", zorder=2 if kind == "pact" else 1, **look)


def _trainees(axes: Axes, one: Snapshot, round_about: dict[int, Place]) -> None:
    size = min(8.5, 420.0 / max(1, len(round_about)))
    for person in one.people:
        x, y = round_about[person.number]
        axes.plot(
            [x], [y], markersize=size, markeredgecolor=INK, markeredgewidth=0.9, zorder=3,
            **LOOKS[person.status],
        )  # fmt: skip


def _organisations(axes: Axes, one: Snapshot, case: Scenario, homes: Sequence[Place]) -> None:
    for o, (key, (x, y)) in enumerate(zip(case.organisations, homes, strict=True)):
        company, there = case.plans[key]["kind"] == COMPANY, bool(one.present[o])
        axes.plot(
            [x], [y], markersize=17 if company else 15, marker="h" if company else "s",
            markerfacecolor=INK if there else "white", markeredgecolor=INK, zorder=4,
            markeredgewidth=1.2,
        )  # fmt: skip
        axes.text(
            x, y, _letter(o), ha="center", va="center_baseline", fontsize=8.5, zorder=5,
            color="white" if there else INK, fontweight="bold",
        )  # fmt: skip


def _letter(o: int) -> str:
    """Return what stands for an organisation: A to Z, then AA, AB, …"""
    return (_letter(o // 26 - 1) if o >= 26 else "") + chr(ord("A") + o % 26)


def _explain(axes: Axes, case: Scenario, shown: Sequence[Snapshot], lang: str) -> None:
    """Say in the legend what shapes, letters and lines mean."""
    for status, look in LOOKS.items():
        words = text(f"figure.network.{STATUS_WORDS[status]}", lang)
        axes.plot(
            [], [], linestyle="", markersize=8, markeredgecolor=INK, label=words, **look
        )  # fmt: skip
    for o, key in enumerate(case.organisations):
        company = case.plans[key]["kind"] == COMPANY
        kind = text(f"figure.network.{'company' if company else 'agency'}", lang)
        axes.plot(
            [], [], linestyle="", marker="h" if company else "s", color=INK, markersize=8,
            label=f"{_letter(o)}  {case.names[key][lang]} ({kind})",
        )  # fmt: skip
    for trust in (0.2, 0.5, 0.9):
        words = text("figure.network.trust", lang, trust=number(trust, "0.0", lang))
        axes.plot([], [], label=words, **_look(trust))
    faintest = number(FAINTEST, "0.0", lang)
    axes.plot([], [], linestyle="", label=text("figure.network.none", lang, trust=faintest))
    if len(case.organisations) > 1:
        words = text("figure.network.pact", lang)
        axes.plot([], [], label=words, **_look(0.7, "pact"))
    axes.plot([], [], label=text("figure.network.peers", lang), **_look(0.7, "peers"))
    if not all(one.present.all() for one in shown):
        axes.plot(
            [], [], linestyle="", marker="s", markerfacecolor="white", markeredgecolor=INK,
            markersize=8, label=text("figure.network.gone", lang),
        )  # fmt: skip
