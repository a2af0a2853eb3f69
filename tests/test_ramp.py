"""Ramps: known gaps, drift taken off, what cannot be told; command and figure."""

from __future__ import annotations

import json
import shlex

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

import cgsim
from cgsim.cli.app import app
from cgsim.cli.words import take_language
from cgsim.language import text
from cgsim.study.gap import FEWEST, Gap, area, bootstrapped, gap_of
from cgsim.study.ramp import Ramp, ramp
from cgsim.study.ramp_walk import QUANTITIES, ramped_scenario
from cgsim.study.ramp_words import figure_of, verdict_words
from cgsim.study.summary import mean
from cgsim.study.varied import axis_of

BASE = cgsim.Scenario.load("sangatta-utara")
MONITORING = "organisations.*.monitoring_interval=never,6,1"


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("CGSIM_LANG", "en")
    take_language([])


def call(*words, code=0):
    asked = [str(word) for word in words]
    result = CliRunner(env={"COLUMNS": "80"}).invoke(app, asked)
    assert result.exit_code == code, result.output
    return result


@pytest.fixture(scope="module")
def found():
    return ramp(BASE, MONITORING, hold=12, runs=25, seed=4)


def noise(runs, sd, seed=0):
    return np.random.default_rng(seed).normal(0.0, sd, runs)


def synthetic(by_run, drift=0.0):
    """Ways over three values: the way back lies `by_run` above the way there, plus drift."""
    there = np.zeros((3, len(by_run)))
    back = np.array([by_run, by_run, by_run]) + drift
    control = np.stack([there, there + drift])
    return gap_of(np.stack([there, back]), control, 0.02, 1)


# ---------------------------------------------------------------- gaps with known answers


def test_the_area_is_the_mean_height_over_equal_steps():
    there = np.array([[0.0], [1.0], [2.0]])
    back = np.array([[1.0], [3.0], [2.0]])
    # (1 + 2)/2 and (2 + 0)/2, over two steps
    assert area(np.stack([there, back])).tolist() == [1.25]


def test_drift_alone_is_no_path_dependence():
    gap = synthetic(noise(100, 0.01), drift=0.3)
    assert gap.whole == pytest.approx(0.3, abs=0.01)
    assert gap.drift == pytest.approx(0.3)
    assert gap.verdict == "not_seen"


@pytest.mark.parametrize(
    ("middle", "sd", "runs", "verdict"),
    [
        (0.10, 0.05, 100, "seen"),
        (-0.10, 0.05, 100, "seen"),
        (0.00, 0.05, 100, "not_seen"),
        (0.01, 0.02, 400, "not_seen"),  # surely not 0, but no more than counts as nothing
        (0.03, 0.30, 100, "cannot_tell"),
        (0.00, 0.30, 100, "cannot_tell"),
        (0.10, 0.05, FEWEST - 1, "cannot_tell"),
    ],
)
def test_a_gap_is_seen_not_seen_or_cannot_be_told(middle, sd, runs, verdict):
    spread = noise(runs, sd)
    gap = synthetic(spread - spread.mean() + middle)
    assert gap.beyond == pytest.approx(middle)
    assert gap.verdict == verdict


def test_the_interval_is_that_of_student_where_both_hold():
    values = noise(200, 1.0) + 3.0
    low, high = bootstrapped(values, 1)
    _, low_t, high_t, _ = mean(values)
    assert low == pytest.approx(low_t, abs=0.03)
    assert high == pytest.approx(high_t, abs=0.03)


def test_pairing_by_run_takes_the_spread_between_runs_away():
    level = noise(60, 1.0)  # runs differ much, each gains 0.1
    there = np.tile(level, (3, 1))
    gap = gap_of(np.stack([there, there + 0.1]), np.zeros((2, 3, 60)), 0.02, 1)
    assert gap.high - gap.low < 1e-9
    assert gap.verdict == "seen"


def test_one_odd_run_among_equal_ones_has_an_interval():
    values = np.zeros(50)
    values[7] = 1.0
    low, high = bootstrapped(values, 1)
    assert 0.0 <= low <= 0.02 <= high < 0.2


def test_a_gap_closes_only_where_the_other_is_surely_nearer_to_nothing():
    wide = synthetic(noise(100, 0.01) + 0.10)
    narrow = synthetic(noise(100, 0.01, 1) + 0.05)
    assert wide.closes_to(narrow, 1)
    assert not narrow.closes_to(wide, 1)
    assert not wide.closes_to(wide, 1)
    below = synthetic(noise(100, 0.01) - 0.10)
    assert below.closes_to(synthetic(noise(100, 0.01, 1) - 0.05), 1)


# ---------------------------------------------------------------- runs


def test_a_run_goes_there_and_back_and_each_value_is_also_held_all_along(found):
    axis = axis_of(MONITORING, BASE)
    assert found.months == 60
    months = cgsim.simulate(ramped_scenario(BASE, axis, 12), runs=25, seed=4).months
    held = BASE.replace({"organisations.*.monitoring_interval": 6}, months=60)
    still = cgsim.simulate(held, runs=25, seed=4).months
    index = QUANTITIES.index("cluster_index")
    for branch, step, month in ((0, 0, 11), (0, 1, 23), (0, 2, 35), (1, 2, 35), (1, 1, 47)):
        assert found.after(branch, step) == month + 1
        rows = months[months["month"] == month]
        assert found.ramped[branch, step, :, index].tolist() == rows["cluster_index"].tolist()
        assert found.ramped[branch, step, :, 2].tolist() == rows["producers"].tolist()
        dynamic = (rows["state"] == "dynamic").astype(float)
        assert found.ramped[branch, step, :, 0].tolist() == dynamic.tolist()
        if step == 1:
            rows = still[still["month"] == month]
            assert found.control[branch, step, :, index].tolist() == rows["cluster_index"].tolist()
    assert found.after(1, 0) == 60


def test_what_the_scenario_changes_besides_still_happens():
    case = cgsim.Scenario.load("kpc-leaves")
    axis = axis_of("process.leadership=0.1,0.6,0.9", case)
    long, short = ramped_scenario(case, axis, 24), ramped_scenario(case, axis, 6)
    assert [one.month for one in long.interventions] == [60, 24, 48, 72, 96]
    assert [one.month for one in short.interventions] == [6, 12, 18, 24]


def test_a_lever_that_moves_nothing_has_a_gap_of_drift_alone():
    found = ramp(BASE, "market.local_levy=0:0.1:3", hold=24, runs=25, slower=False)
    for gap in found.gaps.values():
        assert gap.beyond == gap.low == gap.high == 0.0
        assert gap.verdict == "not_seen"
    assert found.gaps["producers"].whole > 2.0


def test_monitoring_leaves_a_trace(found):
    assert found.verdict == "seen"
    assert found.gaps["cluster_index"].low > 0.02
    assert found.slower.hold == 24
    assert found.slower.ramped.shape == found.ramped.shape


def test_what_is_too_long_twice_over_is_not_tried():
    long = ramp(BASE, "process.leadership=0.1,0.9", hold=240, runs=2)
    assert long.slower is None
    assert long.closes() is None


def test_the_table_has_a_row_a_quantity_way_and_value(found):
    table = found.table
    assert len(table) == 4 * 2 * 3
    assert table["value"].tolist()[:3] == ["never", "6", "1"]
    shares = table["quantity"].isin(["dynamic", "at_least_active"])
    assert table.loc[shares, "median"].isna().all()
    rest = table[~shares]
    assert (rest["q10"] <= rest["median"]).all()
    assert (rest["median"] <= rest["q90"]).all()
    assert ((table["low"] <= table["mean"]) & (table["mean"] <= table["high"])).all()


# ---------------------------------------------------------------- words


def of_gap(beyond, low, high, runs=100, slower=None):
    gap = Gap(np.full(runs, beyond), beyond, 0.0, beyond, low, high, 0.02)
    axis = axis_of("process.leadership=0.1,0.9", BASE)
    nothing = np.zeros((2, 2, runs, 4))
    made = Ramp(BASE, axis, 24, runs, 1, nothing, nothing, slower)
    vars(made)["gaps"] = dict.fromkeys(QUANTITIES, gap)
    return made


@pytest.mark.parametrize(
    ("made", "key"),
    [
        (of_gap(0.1, 0.08, 0.12), "verdict.higher"),
        (of_gap(-0.1, -0.12, -0.08), "verdict.lower"),
        (of_gap(0.0, -0.01, 0.01), "verdict.not_seen"),
        (of_gap(0.0, -0.1, 0.1), "verdict.cannot_tell"),
        (of_gap(0.1, 0.08, 0.12, runs=10), "verdict.few"),
        (of_gap(0.1, 0.08, 0.12), "delay.untried"),
        (of_gap(0.1, 0.08, 0.12, slower=of_gap(0.0, -0.01, 0.01)), "delay.gone"),
        (of_gap(0.1, 0.08, 0.12, slower=of_gap(0.05, 0.04, 0.06)), "delay.smaller"),
        (of_gap(0.1, 0.08, 0.12, slower=of_gap(0.12, 0.1, 0.14)), "delay.same"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "id"])
def test_the_answer_is_said_plainly(made, key, lang):
    words = verdict_words(made, lang)
    pattern = text(f"ramp.{key}", lang, gap="§", interval="§", smallest="§", hold="§", fewest="§")
    assert all(part in words for part in pattern.split("§"))


def test_numbers_are_written_as_the_language_writes_them():
    assert figure_of("cluster_index", 0.136, "id", sign=True) == "+0,14"
    assert figure_of("cluster_index", -0.001, "en", sign=True) == "0.00"
    assert figure_of("dynamic", 0.255, "en") == "26"
    assert figure_of("producers", None, "en") == "–"


# ---------------------------------------------------------------- command

LEVER = ("--lever", "organisations.*.monitoring_interval", "--values", "never,1")
FEW = ("--hold", 6, "--runs", 4)

FAULTS = [
    ((), "--lever is missing"),
    (("--lever", "process.leadership"), "either --values a,b,c, or --from and --to"),
    (("--lever", "process.leadership", "--from", "0.1"), "either --values"),
    (("--lever", "process.leadership", "--from", "0.1", "--to", "1", "--values", "0,1"), "either"),
    (("--lever", "process.leadershipp", "--values", "0,1"), "Did you mean process.leadership?"),
    (("--lever", "process.leadership", "--values", "0.5"), "two different values"),
    (("--lever", "process.leadership", "--values", "0,ab"), "--values  process.leadership = ab"),
    (("--lever", "process.leadership", "--from", "0", "--to", "3"), "--to  process.leadership = 3"),
    (("--lever", "process.leadership", "--from", "x", "--to", "1"), "--from  process.leadership"),
    (("--lever", "community.people", "--values", "50,90"), "fixed when a run begins"),
    ((*LEVER, "--hold", 401), "make 1203 months"),
    ((*LEVER, "--hold", 0), "whole number from 1 to 1 200"),
    ((*LEVER, "--steps", 1), "whole number from 2"),
    ((*LEVER, "--hold", 400, "--runs", 9000), "--runs  so many runs"),
]


@pytest.mark.parametrize(("options", "words"), FAULTS)
def test_a_fault_is_told_with_its_option_and_remedy(options, words):
    result = call("ramp", "sangatta-utara", *options, code=2)
    assert words in " ".join(result.stderr.split("\n"))
    assert not result.stdout


def test_a_lever_that_the_scenario_itself_moves_cannot_be_ramped():
    result = call("ramp", "adaptive-follow-up", *LEVER, code=2)
    assert "adaptive-follow-up itself changes this lever" in result.stderr


@pytest.mark.parametrize("lang", ["en", "id"])
def test_the_answer_stands_above_the_tables(lang, monkeypatch):
    monkeypatch.setenv("CGSIM_LANG", lang)
    take_language([])
    out = call("ramp", "sangatta-utara", *LEVER, *FEW).stdout
    assert all(len(line) <= 80 for line in out.splitlines())
    said = " ".join(out.split())
    answer = said.index(text("ramp.verdict.few", lang, fewest=FEWEST))
    for name in QUANTITIES:
        assert answer < said.index(text(f"ramp.quantity.{name}", lang) + " [")
    assert text("figure.notice", lang) in said


def test_a_lever_can_go_down_first():
    words = ("--lever", "process.leadership", "--from", "0.9", "--to", "0.1", "--steps", "3")
    told = json.loads(call("ramp", "sangatta-utara", *words, *FEW, "--json").stdout)
    assert told["values"] == [0.9, 0.5, 0.1]
    assert [row["value"] for row in told["table"][:3]] == [0.9, 0.5, 0.1]
    again = json.loads(call(*shlex.split(told["command"])[1:], "--json").stdout)
    assert again == told


def test_one_run_has_no_intervals_and_no_verdict():
    told = json.loads(
        call("ramp", "sangatta-utara", *LEVER, "--hold", 6, "--runs", 1, "--json").stdout
    )
    assert told["verdict"] == "cannot_tell"
    assert told["gaps"]["producers"]["low"] is None
    call("ramp", "sangatta-utara", *LEVER, "--hold", 6, "--runs", 1)


def test_out_and_file_hold_the_same_table(tmp_path):
    place, file = tmp_path / "ramp", tmp_path / "ramp.csv"
    call("ramp", "sangatta-utara", *LEVER, *FEW, "--out", place, "-o", file)
    table = pd.read_parquet(place / "ramp.parquet")
    assert (place / "ramp.csv").read_bytes() == file.read_bytes()
    assert set(table["scenario_hash"]) == {BASE.hash}
    assert list(table["organisations.*.monitoring_interval"][:2]) == ["never", "1"]
    names = {one.relative_to(place).as_posix() for one in place.rglob("*") if one.is_file()}
    assert names == {"ramp.csv", "ramp.parquet", "figures/ramp.png", "scenario.yaml",
                     "manifest.json"}  # fmt: skip


# ---------------------------------------------------------------- figure


@pytest.mark.parametrize("lang", ["en", "id"])
def test_the_figure_says_the_answer_and_what_it_shows(found, lang):
    figure = found.plot(lang)
    words = [one.get_text() for one in figure.texts]
    assert any(verdict_words(found, lang) == one.replace("\n", " ") for one in words)
    assert text("figure.notice", lang) in words
    assert any(BASE.hash in one and "25 " in one for one in words)
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    for title, name in zip(titles, QUANTITIES, strict=True):
        assert text(f"ramp.quantity.{name}", lang) in title
        assert text(f"ramp.unit.{name}", lang) in title
    legends = [label.get_text() for one in figure.legends for label in one.get_texts()]
    assert len(set(legends)) == len(legends) == 6


def test_the_ways_differ_without_colour(found):
    axes = found.plot().axes[3]
    styles = {(line.get_linestyle(), line.get_marker(), line.get_markerfacecolor() == "white")
              for line in axes.lines if line.get_linestyle() != "None"}  # fmt: skip
    assert len(styles) >= 4
    assert {band.get_hatch() for band in axes.collections if band.get_alpha()} == {None, "////"}
