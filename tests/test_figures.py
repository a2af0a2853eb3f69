"""Figures show the numbers of the tables, with every word that it takes to read them."""

from __future__ import annotations

import subprocess
import sys

import matplotlib
import numpy as np
import pytest

import cgsim
from cgsim.columns import INDICATORS
from cgsim.figures import COLOURS, FIGURES, HATCHES, save
from cgsim.language import text
from cgsim.study.summary import summarise
from cgsim.world.shape import STATES

LANGUAGES = ("en", "id")


@pytest.fixture(scope="module")
def simulation():
    return cgsim.simulate("kpc-leaves", runs=20, seed=1)


def words_of(figure):
    legends = [label.get_text() for one in figure.legends for label in one.get_texts()]
    return legends, [one.get_text() for one in figure.texts]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_says_what_it_shows(simulation, name, lang):
    figure = getattr(simulation.plot, name)(lang)
    case = simulation.scenario
    assert figure.get_suptitle().replace("\n", " ") == case.question[lang]
    legends, texts = words_of(figure)
    assert legends
    assert all(legends)
    assert text("figure.notice", lang) in texts
    about = next(one for one in texts if case.hash in one)
    assert "20 " in about
    assert text(f"figure.title.{name}", lang) in about
    assert case.name in about
    assert "1" in about.split(" · ")[2]  # the seed
    if name != "network":  # whose panels say themselves after how many months
        assert figure.axes[-1].get_xlabel() == text("figure.axis.years", lang)
        assert figure.axes[0].get_ylabel()


def test_the_areas_are_the_shares_of_the_table(simulation):
    axes = simulation.plot.states().axes[0]
    summary = summarise(simulation)
    height = {}
    for area in axes.collections:
        corners = area.get_paths()[0].vertices
        for year in range(1, 11):
            there = corners[np.isclose(corners[:, 0], year), 1]
            height[area.get_label(), 12 * year] = there.max() - there.min()
    for months, shares in summary.states.items():
        for state in STATES:
            assert height[state, months] == pytest.approx(100 * shares[state].share)


def test_the_states_differ_without_colour(simulation):
    assert len(set(COLOURS.values())) == len(set(HATCHES.values())) == 3
    axes = simulation.plot.states().axes[0]
    assert [area.get_hatch() or "" for area in axes.collections] == list(HATCHES.values())
    assert [area.get_label() for area in axes.collections] == ["inactive", "active", "dynamic"]


def test_a_dated_change_is_marked(simulation):
    figure = simulation.plot.producers("id")
    why = simulation.scenario.interventions[0].why["id"]
    assert any(why in label and "60" in label for label in words_of(figure)[0])
    assert any(line.get_gid() == "change" for line in figure.axes[0].lines)


def test_the_panels_show_the_median_and_both_cutoffs(simulation):
    figure = simulation.plot.indicators("id")
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert titles == [text(f"figure.indicator.{name}", "id") for name in INDICATORS]
    for axes, name in zip(figure.axes, INDICATORS, strict=True):
        middle = simulation.months.groupby("month")[name].median()
        assert axes.lines[0].get_ydata() == pytest.approx(middle.to_numpy())
        assert [line.get_ydata()[0] for line in axes.lines[1:3]] == [0.30, 0.55]
    assert "ambang klaster aktif, 0,30" in words_of(figure)[0]


def test_half_of_the_runs_and_nine_in_ten_are_the_quantiles(simulation):
    axes = simulation.plot.producers().axes[0]
    by_month = simulation.months.groupby("month")["producers"]
    for area, low, high in ((0, 0.25, 0.75), (1, 0.05, 0.95)):
        corners = axes.collections[area].get_paths()[0].vertices
        at_the_end = corners[np.isclose(corners[:, 0], 10.0), 1]
        assert at_the_end.min() == pytest.approx(by_month.quantile(low).iloc[-1])
        assert at_the_end.max() == pytest.approx(by_month.quantile(high).iloc[-1])
    assert any(np.allclose(line.get_ydata(), 16.0) for line in axes.lines)


@pytest.mark.parametrize("months", [1, 7, 30, 300])
def test_runs_of_any_length_can_be_drawn(months, tmp_path):
    case = cgsim.Scenario.load("nobody-monitors").replace(months=months)
    plot = cgsim.simulate(case, runs=2).plot
    for name in FIGURES:
        save(getattr(plot, name)(), tmp_path / f"{name}.png")
    unit = "months" if months < 36 else "years"
    assert plot.states().axes[0].get_xlabel() == f"{unit} since the start"


def test_the_same_figure_gives_the_same_bytes(simulation, tmp_path):
    for name in ("a.png", "b.png"):
        save(simulation.plot.states("id"), tmp_path / name)
    first, second = ((tmp_path / name).read_bytes() for name in ("a.png", "b.png"))
    assert first == second
    assert first.startswith(b"\x89PNG")
    assert b"atplotlib" not in first  # nor anything else that changes with a version


def test_every_word_lies_within_the_figure(simulation):
    for lang in LANGUAGES:
        for name in FIGURES:
            figure = getattr(simulation.plot, name)(lang)
            figure.draw_without_rendering()
            whole = figure.bbox
            for one in [*figure.texts, *figure.legends]:
                box = one.get_window_extent()
                assert box.x0 >= 0
                assert box.y0 >= 0
                assert box.x1 <= whole.x1
                assert box.y1 <= whole.y1


def test_figures_need_the_table_of_months():
    with pytest.raises(ValueError, match="months=True"):
        cgsim.simulate("neither", runs=2, months=False).plot.states()


def test_drawing_touches_nothing_global():
    before = dict(matplotlib.rcParams)
    cgsim.simulate("neither", runs=2).plot.indicators()
    assert dict(matplotlib.rcParams) == before
    script = (
        "import sys, cgsim, cgsim.figures; assert 'matplotlib' not in sys.modules\n"
        "cgsim.simulate('neither', runs=2).plot.states()\n"
        "assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
