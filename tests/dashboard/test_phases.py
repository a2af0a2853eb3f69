"""What the map page shows, without a browser: which map, which pins, the study's own table."""

import shlex
from dataclasses import replace

import pandas as pd
import pytest

import cgsim
from cgsim.cli import main
from cgsim.dashboard.address import read
from cgsim.dashboard.own import packed
from cgsim.dashboard.phases import (
    FEWEST_RUNS,
    LEFT_OUT,
    MOST_PERSON_MONTHS,
    RUNS,
    SEED,
    USUAL,
    asked,
    fault_words,
    map_command,
    offered_axes,
    shown_map,
)
from cgsim.dashboard.pins import pin, place, spelt
from cgsim.dashboard.state import Side
from cgsim.scenario import Scenario
from cgsim.study.phase_map import axes_of, phase_map
from cgsim.study.shipped_maps import shipped_map
from cgsim.study.sweep.axes import Axis


def settings_of(query=""):
    return read(query)[0]


@pytest.fixture(scope="module")
def small():
    """Return a scenario whose map is quick, as an address holds it."""
    return settings_of("scenario=two-weeks-training&x=process.feedback&y=organisations.kpc.present")


@pytest.mark.parametrize(
    "query",
    [
        "",
        "seed=9",
        "scenario=recommendation-1",
        "scenario=nobody-monitors&community.persistence.mean=0.8",
        "organisations.kpc.monitoring_interval=never",
        f"x={USUAL[1]}&y={USUAL[0]}",
    ],
)
def test_the_shipped_map_serves_whoever_differs_in_its_two_levers_alone(query):
    wanted, wrong = asked(settings_of(query))
    assert wrong is None
    assert wanted.shipped is not None
    assert wanted.key is None


@pytest.mark.parametrize(
    "query",
    [
        "scenario=kpc-leaves",
        "process.leadership=0.2",
        "at.30.organisations.kpc.monitoring_interval=never",
        "x=process.leadership",
        "community.persistence.sd=0.1",
    ],
)
def test_any_other_scenario_or_lever_is_computed(query):
    wanted, _ = asked(settings_of(query))
    assert wanted.shipped is None
    assert wanted.runs == RUNS
    assert wanted.key is not None


def test_exchanged_levers_turn_the_shipped_map():
    wanted, _ = asked(settings_of(f"x={USUAL[1]}&y={USUAL[0]}"))
    first = shipped_map()
    assert wanted.x == first.y
    assert (wanted.shipped.counts[0, 3, 2] == first.counts[0, 2, 3]).all()


def test_scenarios_that_differ_in_the_two_levers_alone_share_one_computed_map():
    keys = {
        asked(settings_of(f"process.leadership=0.2&{query}"))[0].key
        for query in ("", "community.persistence.mean=0.8", "scenario=nobody-monitors", "seed=3")
    }
    assert len(keys) == 1


def test_a_computed_map_and_its_csv_are_the_studys(small, tmp_path):
    wanted = replace(asked(small)[0], runs=FEWEST_RUNS)
    found = wanted.made()["map"]
    study = phase_map(small.case, wanted.x, wanted.y, runs=FEWEST_RUNS, seed=SEED)
    assert (found.counts == study.counts).all()
    told = shown_map(found, small, "computed")
    assert told["csv"] == study.named_table().to_csv(index=False, lineterminator="\n")
    assert told["counts"] == study.counts.tolist()


def test_the_csv_of_the_shipped_map_is_its_table():
    settings = settings_of()
    wanted, _ = asked(settings)
    csv = shown_map(wanted.shipped, settings, "shipped")["csv"]
    assert csv == shipped_map().named_table().to_csv(index=False, lineterminator="\n")


def test_every_lever_offered_makes_a_map():
    settings = settings_of()
    offered = offered_axes(settings.case, "en")
    paths = [one["path"] for one in offered]
    assert not [path for path in paths if path.rpartition(".")[2] in LEFT_OUT]
    assert {f"organisations.*.{name}" for name in ("visits", "attends")} <= set(paths)
    for path in paths:
        other = "market.local_levy" if path != "market.local_levy" else "costs.visit"
        wanted, wrong = asked(settings_of(f"x={path}&y={other}"))
        assert wrong is None, path
        assert wanted.x.path == path
        assert len(wanted.x.values) * len(wanted.y.values) <= 81


@pytest.mark.parametrize("lang", ["en", "id"])
def test_a_lever_that_is_none_is_said_and_the_usual_map_shown(lang):
    wanted, wrong = asked(settings_of("x=process.leadershp"))
    assert wanted.shipped is not None
    assert "process.leadershp" in fault_words(wrong, lang)[0]
    wanted, wrong = asked(settings_of("x=organisations.kpc.visits&y=organisations.*.visits"))
    assert wanted.shipped is not None
    assert fault_words(wrong, lang)


def test_a_large_place_has_fewer_runs_or_none():
    for people, months, runs in ((120, 120, RUNS), (600, 120, 57), (900, 300, 0)):
        place = f"extends: sangatta-utara\nmonths: {months}\ncommunity: {{people: {people}}}\n"
        query = f"x=process.feedback&y=process.mandate&own={packed(place)}"
        wanted, _ = asked(settings_of(query))
        assert wanted.runs == runs
        cells = len(wanted.x.values) * len(wanted.y.values)
        assert people * months * cells * runs <= MOST_PERSON_MONTHS
    assert wanted.key is None


# ------------------------------------------------------------------ pins


def test_a_pin_stands_where_the_scenario_does():
    x, y = shipped_map().x, shipped_map().y
    assert pin(Side("nobody-monitors"), "A", x, y, "en")["x"] == [0.0, 0.0, 0.0]
    everybody = pin(Side("everybody-monitors-monthly"), "B", x, y, "en")
    assert (everybody["x"], everybody["y"]) == ([5.0, 5.0, 5.0], [6.0])
    assert everybody["title"] == "Everybody monitors monthly"


def test_a_pin_between_values_is_between_them_and_beyond_them_at_the_end():
    case = Scenario.load("sangatta-utara")
    months = Axis("organisations.kpc.monitoring_interval", (0.0, 12.0, 6.0, 3.0))
    path = months.path
    for months_between, where in ((8, 1.5), (24, 0.5), (2, 3.0), ("never", 0.0)):
        assert place(months, case.replace({path: months_between}), path) == where
    flag = Axis("organisations.kpc.present", (0.0,))
    assert place(flag, case, flag.path) is None


def test_a_lever_that_a_scenario_lacks_has_no_place():
    x = axes_of(
        Scenario.load("sangatta-utara"), "organisations.kpc.visits=1,2", "process.feedback=0,1"
    )[0]
    assert pin(Side("mina-bayu-lestari"), "B", x, x, "en")["x"] == [None]


# ------------------------------------------------------------------ command


def test_the_command_gives_the_map_shown(small, tmp_path):
    wanted = replace(asked(small)[0], runs=FEWEST_RUNS)
    said = shlex.split(map_command(small, wanted))
    file = tmp_path / "map.csv"
    with pytest.raises(SystemExit) as ended:
        main([*said[1:], "-o", str(file)])
    assert ended.value.code in (0, None)
    told = shown_map(wanted.made()["map"], small, "computed")["csv"]
    assert file.read_text(encoding="utf-8") == told
    assert pd.read_csv(file)["runs"].unique() == [FEWEST_RUNS]


def test_a_star_stands_for_every_organisation():
    case = cgsim.Scenario.load("sangatta-utara")
    assert len(spelt("organisations.*.visits", case)) == 3
    assert spelt("process.feedback", case) == ["process.feedback"]
