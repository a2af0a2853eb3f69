"""The network and the lives of one run show what its tables say, without colour too."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.colors import to_rgb

import cgsim
from cgsim.figures.lives import BARS, TERMS, lives
from cgsim.figures.network import FAINTEST, LOOKS, MOST_PANELS, _look, snapshots
from cgsim.language import text


@pytest.fixture(scope="module")
def simulation():
    return cgsim.simulate("kpc-leaves", runs=2, seed=1)


@pytest.fixture(scope="module")
def people(simulation):
    return simulation.people()


def test_a_snapshot_is_what_the_mesa_model_stands_at(simulation):
    (shown,) = snapshots(simulation.scenario, 1, 0, [36])
    model = cgsim.Model(simulation.scenario, seed=1, collect=False)
    for _ in range(36):
        model.step()
    active = [one for one in model.trainees if one.status_word in ("training", *BARS)]
    assert [one.number for one in shown.people] == [one.number for one in active]
    for mine, theirs in zip(shown.people, active, strict=True):
        assert mine.ties.tolist() == [tie.trust for tie in theirs.ties]
        assert (mine.status, mine.group, mine.peer_trust) == (
            theirs.status, theirs.group, theirs.peer_trust,
        )  # fmt: skip
    assert shown.pacts[0, 1] == model.organisations[0].pacts[1].trust


def test_everybody_keeps_their_place_and_gone_organisations_turn_white(simulation):
    figure = simulation.plot.network("id", months=[36, 60, 120])
    assert [axes.get_title() for axes in figure.axes][:2] == [
        text("figure.network.panel", "id", n=36, state="aktif", trainees=11),
        text("figure.network.panel", "id", n=60, state="aktif", trainees=13),
    ]
    found = snapshots(simulation.scenario, 1, 0, [36, 60, 120])
    by_month = {one.after: one for one in found}
    spots = []
    for axes, shown in zip(figure.axes, by_month.values(), strict=True):
        marks = [line for line in axes.lines if len(line.get_xdata()) == 1]
        people = [line for line in marks if line.get_marker() in "o^"]
        assert len(people) == len(shown.people)
        spots.append(
            {
                one.number: (mark.get_xdata()[0], mark.get_ydata()[0])
                for one, mark in zip(shown.people, people, strict=True)
            }
        )
        (company,) = [line for line in marks if line.get_marker() == "h"]
        assert (company.get_markerfacecolor() == "white") == (not shown.present[2])
    assert by_month[60].present.all()
    assert not by_month[120].present.all()
    for i in spots[0].keys() & spots[1].keys():
        assert spots[0][i] == spots[1][i]


def test_a_line_is_wider_and_darker_the_more_trust(simulation):
    looks = [_look(trust) for trust in (0.1, 0.5, 0.9)]
    assert sorted(looks, key=lambda look: look["linewidth"]) == looks
    assert sorted(looks, key=lambda look: -look["color"][0]) == looks
    (shown,) = snapshots(simulation.scenario, 1, 0, [36])
    axes = simulation.plot.network(months=[36]).axes[0]
    drawn = [line for line in axes.lines if len(line.get_xdata()) == 2]
    ties = sum(int((one.ties >= FAINTEST).sum()) for one in shown.people)
    solid = [line for line in drawn if line.get_linestyle() == "-"]
    assert len(solid) == ties + 3  # three pacts


def lightness(colour):
    return float(np.dot(to_rgb(colour), (0.2126, 0.7152, 0.0722)))


def test_status_is_told_apart_in_grey():
    shades = [lightness(look["markerfacecolor"]) for look in LOOKS.values()]
    assert len({look["marker"] for look in LOOKS.values()}) == 2
    assert min(abs(a - b) for k, a in enumerate(shades) for b in shades[:k]) > 0.2
    assert len({look["height"] for look in BARS.values()}) == 3


def test_a_life_is_told_as_the_table_has_it(people):
    told = {life.person: life for life in lives(people)}
    ever = people[people["status"].isin(BARS)]["person"].unique()
    assert set(ever) <= set(told)
    for i, life in told.items():
        mine = people[people["person"] == i].reset_index(drop=True)
        for phase in BARS:
            months = {t for name, a, b in life.spells if name == phase for t in range(a, b)}
            seen = set(mine.index[mine["status"] == phase])
            assert seen <= months
            assert all(mine["status"][t] == "left" for t in months - seen)
        for month, reason in life.leavings:
            terms = [mine[f"hazard_{name}"][month] for name in TERMS]
            assert terms.index(max(terms)) == TERMS.index(reason)
    assert sum(len(life.leavings) for life in told.values()) == _left(people)


def _left(people):
    return int(((people["status"] == "left") & (people["months_in_status"] == 0)).sum())


def test_lives_are_lines_by_admission_with_a_letter_for_each_leaving(simulation, people):
    told = lives(people)
    assert [life.admitted for life in told] == sorted(life.admitted for life in told)
    months = simulation.months[simulation.months["run"] == 0]
    assert len(told) == int(months["ever_trained"].iloc[-1])
    assert sum(len(life.leavings) for life in told) == int(months["left"].iloc[-1])
    axes = simulation.plot.lives("id").axes[0]
    letters = [one.get_text() for one in axes.texts]
    expected = [
        text(f"figure.reason.{reason}.letter", "id") for life in told for _, reason in life.leavings
    ]
    assert letters == expected


@pytest.mark.parametrize("lang", ["en", "id"])
def test_each_reason_has_a_letter_of_its_own(lang):
    assert len({text(f"figure.reason.{name}.letter", lang) for name in TERMS}) == len(TERMS)


def test_visits_are_marked_if_asked_for(simulation, people):
    labels = [line.get_label() for line in simulation.plot.lives(visits=True).axes[0].lines]
    assert text("figure.lives.visit", "en") in labels
    assert any(life.visits for life in lives(people))


@pytest.mark.parametrize("months", [[], [0], [121], list(range(1, MOST_PANELS + 2))])
def test_months_out_of_reach_are_refused(simulation, months):
    with pytest.raises(ValueError, match="from 1 to 120"):
        simulation.plot.network(months=months)


def test_one_organisation_nobody_trained_and_short_runs_can_be_drawn():
    alone = cgsim.Scenario.load("mina-bayu-lestari").replace(months=5)
    plot = cgsim.simulate(alone, runs=1).plot
    assert len(plot.network().axes) == 1
    empty = cgsim.Scenario.load("neither").replace({"organisations.*.seats": 0}, months=14)
    plot = cgsim.simulate(empty, runs=1, months=False).plot
    for figure in (plot.network("id"), plot.lives("id")):
        figure.draw_without_rendering()


def test_the_same_run_is_drawn_whichever_is_asked_for():
    later = cgsim.simulate("neither", runs=1, first_run=3, months=False)
    other = cgsim.simulate("neither", runs=5, months=False)
    words = [one.get_text() for one in later.plot.lives().axes[0].texts]
    assert words == [one.get_text() for one in other.plot.lives(run=3).axes[0].texts]
