"""Phase maps: their counts, what they cannot tell, the one that ships, command and figure."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

import cgsim
from cgsim.cli.app import app
from cgsim.cli.words import take_language
from cgsim.errors import ScenarioError
from cgsim.figures import save
from cgsim.language import text
from cgsim.study.intervals import wilson
from cgsim.study.phase_map import PhaseMap, phase_map
from cgsim.study.shipped_maps import MAPS, make_shipped, shipped_map, shipped_names
from cgsim.study.sweep import Spec
from cgsim.study.sweep.axes import Axis
from cgsim.study.varied import axis_of, value_words
from cgsim.world.shape import STATES

BASE = cgsim.Scenario.load("sangatta-utara")
LEADERSHIP = "process.leadership=0.1,0.6"
INTERVALS = "organisations.*.monitoring_interval=never,1"


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("CGSIM_LANG", "en")
    take_language([])


def call(*words, code=0, **env):
    asked = [str(word) for word in words]
    result = CliRunner(env={"COLUMNS": "80", **env}).invoke(app, asked)
    assert result.exit_code == code, result.output
    return result


@pytest.fixture(scope="module")
def small():
    return phase_map(BASE, LEADERSHIP, INTERVALS, runs=12, seed=3)


def synthetic(*cells, runs=100):
    """A map of one x value and a y value for each cell's counts by state."""
    counts = np.array([[cells]] * 3, dtype=np.int64)
    y = Axis("process.leadership", tuple(k / 10 for k in range(len(cells))))
    return PhaseMap(BASE, Axis("community.persistence.mean", (0.5,)), y, runs, 1, counts)


# ---------------------------------------------------------------- numbers


def test_a_cell_is_what_simulate_says_of_its_scenario(small):
    for i, leadership in enumerate((0.1, 0.6)):
        for j, interval in enumerate(("never", 1)):
            case = BASE.replace(
                {"process.leadership": leadership,
                 "organisations.*.monitoring_interval": interval}
            )  # fmt: skip
            runs = cgsim.simulate(case, runs=12, seed=3, months=False).runs
            for k, suffix in enumerate(("", "_lenient", "_strict")):
                ends = runs[f"end_state{suffix}"].value_counts()
                assert small.counts[k, i, j].tolist() == [ends[state] for state in STATES]


def test_the_table_has_a_row_a_cell_and_state_with_wilsons_interval(small):
    table = small.table
    assert list(table.columns[:6]) == ["x", "y", "state", "share", "low", "high"]
    assert len(table) == 2 * 2 * 3
    assert list(table["y"].cat.categories) == ["never", "1"]
    for row in table.itertuples():
        assert (row.low, row.high) == wilson(round(row.share * 12), 12)
    assert np.allclose(table.groupby(["x", "y"], observed=True)["share"].sum(), 1.0)


def test_a_cell_is_told_only_where_the_two_likeliest_lie_apart():
    # Wilson at 100 runs: 60 has 50.2–69.1, 40 has 30.9–49.8; 59 has 49.2–68.1, 41 has 31.9–50.8
    found = synthetic((60, 40, 0), (59, 41, 0), (0, 50, 50), (34, 33, 33), (0, 0, 100))
    assert found.told.tolist() == [[True, False, False, False, True]]
    assert found.likeliest.tolist() == [[0, 0, 1, 0, 2]]


def test_more_runs_tell_what_few_cannot():
    few, many = synthetic((0, 7, 3), runs=10), synthetic((0, 700, 300), runs=1000)
    assert not few.told[0, 0]
    assert many.told[0, 0]


def test_cells_in_which_the_label_depends_on_the_cutoffs_are_counted():
    found = synthetic((0, 60, 40), (0, 20, 80))
    counts = found.counts.copy()
    counts[1] = [[(0, 20, 80), (0, 10, 90)]]
    counts[2] = [[(0, 90, 10), (0, 60, 40)]]
    assert replace(found, counts=counts).label_differs() == {"lenient": 1, "strict": 1}


def test_the_numbers_do_not_depend_on_threads(small):
    again = phase_map(BASE, LEADERSHIP, INTERVALS, runs=12, seed=3, threads=1)
    assert (again.counts == small.counts).all()


# ---------------------------------------------------------------- the map that ships


@pytest.mark.parametrize("name", shipped_names())
def test_a_shipped_map_is_of_its_spec_and_of_the_scenario_as_it_is(name):
    found, spec = shipped_map(name), Spec.load(MAPS / f"{name}.yaml")
    told = json.loads((MAPS / f"{name}.json").read_text(encoding="utf-8"))
    assert told["scenario_hash"] == cgsim.Scenario.load(told["scenario"]).hash
    assert told["spec_hash"] == spec.hash == found.spec.hash
    assert told["runs"] == found.runs >= 400
    assert (found.counts.sum(axis=-1) == found.runs).all()


@pytest.mark.parametrize(("x", "y"), [(0, 11), (3, 3), (5, 2)])
def test_cells_of_the_shipped_map_come_out_again(x, y):
    found = shipped_map()
    alone = [replace(axis, values=(axis.values[k],)) for axis, k in ((found.x, x), (found.y, y))]
    again = phase_map(found.scenario, *alone, runs=found.runs, seed=found.seed)
    assert again.counts[:, 0, 0].tolist() == found.counts[:, x, y].tolist()


@pytest.mark.slow
@pytest.mark.parametrize("name", shipped_names())
def test_a_shipped_map_comes_out_of_its_spec_again_byte_for_byte(name, tmp_path, monkeypatch):
    (tmp_path / f"{name}.yaml").write_bytes((MAPS / f"{name}.yaml").read_bytes())
    monkeypatch.setattr("cgsim.study.shipped_maps.MAPS", tmp_path)
    make_shipped(name)
    assert (tmp_path / f"{name}.json").read_bytes() == (MAPS / f"{name}.json").read_bytes()


def test_the_shipped_map_shows_what_p17_promises():
    found = shipped_map()
    persistence = dict(zip(found.y.values, range(13), strict=True))
    assert found.shares[0, persistence[0.5], 0] >= 0.99
    assert found.shares[5, persistence[0.5], 2] >= 0.94
    higher = found.likeliest
    assert (np.diff(higher, axis=0) >= 0).all()
    assert (np.diff(higher, axis=1) >= 0).all()


def test_a_stale_map_is_refused(tmp_path, monkeypatch):
    for file in MAPS.iterdir():
        words = file.read_text(encoding="utf-8").replace("runs: 1000", "runs: 999")
        (tmp_path / file.name).write_text(words, encoding="utf-8")
    monkeypatch.setattr("cgsim.study.shipped_maps.MAPS", tmp_path)
    with pytest.raises(ValueError, match="stale"):
        shipped_map()


# ---------------------------------------------------------------- faults

FAULTS = [
    ("--x", "process.leadershipp=0:1:3", "Did you mean process.leadership?"),
    ("--y", "process.leadershipp=0:1:3", "Did you mean process.leadership?"),
    ("--x", "process.leadership=0:1", "neither LEVER=a,b,c nor LEVER=from:to:steps"),
    ("--x", "process.leadership", "neither"),
    ("--x", "process.leadership=0.4", "two different values"),
    ("--x", "process.leadership=0.4,0.4", "twice"),
    ("--x", "process.leadership=0.4,1.4", "1.4: must be a number from 0 to 1"),
    ("--x", "process.leadership=0.4,,0.6", "nothing: must be a number from 0 to 1"),
    ("--x", "process.leadership=1:0:3", "from must be below to"),
    ("--x", "organisations.*.monitoring_interval=never:6:3", "list its values"),
    ("--x", "organisations.*.monitoring_interval=1:6:3", "whole numbers"),
    ("--x", "organisations.kp.visits=1,2", "organisations.kpc.visits?"),
    ("--y", "organisations.kpc.monitoring_interval=1,2", "varies already"),
    ("--x", "luck=1,2", "not a lever"),
    ("--x", "community.group_size=2:200:3", "larger than the community"),
    ("--y", "community.persistence.mean=0:1:2000", "12000 cells are too many"),
]


@pytest.mark.parametrize(("option", "said", "words"), FAULTS)
def test_a_fault_is_told_with_its_option_and_remedy(option, said, words):
    result = call("map", "sangatta-utara", option, said, code=2)
    assert result.stderr.startswith(f"{option}  ")
    assert words in result.stderr.replace("\n", " ")
    assert not result.stdout


def test_both_levers_are_faulted_at_once_in_indonesian():
    result = call(
        "map", "sangatta-utara", "--x", "process.leadershipp=0:1:3", "--y", "a=1,2", code=2,
    )  # fmt: skip
    assert [line.split()[0] for line in result.stderr.splitlines()] == ["--x", "--y"]
    with pytest.raises(ScenarioError) as wrong:
        axis_of("process.leadership=0:1", BASE, "--x")
    assert "bukan berbentuk TUAS=a,b,c" in wrong.value.in_language("id")


def test_more_runs_than_memory_holds_are_refused():
    assert "2 000 000" in call("map", "sangatta-utara", "--runs", 100_000, code=2).stderr


# ---------------------------------------------------------------- command and files

AXES = ("--x", LEADERSHIP, "--y", INTERVALS, "--runs", 5, "--seed", 2)


@pytest.mark.parametrize("lang", ["en", "id"])
def test_the_table_says_which_cells_cannot_be_told(lang, monkeypatch):
    monkeypatch.setenv("CGSIM_LANG", lang)
    take_language([])
    out = call("map", "sangatta-utara", *AXES[:-3], 3).stdout
    assert all(len(line) <= 80 for line in out.splitlines())
    found = phase_map(BASE, LEADERSHIP, INTERVALS, runs=3)
    unsure = int((~found.told).sum())
    assert unsure > 0
    assert sum(line.count("?") for line in out.splitlines() if "%?" in line) == unsure
    assert f"({unsure} " in out.replace("\n", " ")
    # the notice is broken into lines
    assert text("figure.notice", lang) in " ".join(out.split())


def test_a_lever_that_the_scenario_itself_moves_is_named():
    out = call("map", "adaptive-follow-up", "--y", LEADERSHIP, "--runs", 2).stdout
    assert "itself changes organisations.*.monitoring_interval" in " ".join(out.split())


def test_json_holds_every_cell_and_the_command():
    told = json.loads(call("map", "sangatta-utara", *AXES, "--json").stdout)
    found = phase_map(BASE, LEADERSHIP, INTERVALS, runs=5, seed=2)
    assert told["counts"] == found.counts.tolist()
    assert [(cell["x"], cell["y"]) for cell in told["cells"]] == [
        (0.1, "never"), (0.1, 1), (0.6, "never"), (0.6, 1),
    ]  # fmt: skip
    assert [cell["told"] for cell in told["cells"]] == found.told.ravel().tolist()
    assert told["command"] == (
        "cgsim map sangatta-utara --x process.leadership=0.1,0.6 "
        "--y 'organisations.*.monitoring_interval=never,1' --runs 5 --seed 2"
    )


def test_out_writes_table_figure_scenario_and_manifest(tmp_path):
    place = tmp_path / "map"
    call("map", "sangatta-utara", *AXES, "--out", place)
    found = phase_map(BASE, LEADERSHIP, INTERVALS, runs=5, seed=2)
    csv = pd.read_csv(place / "map.csv", keep_default_na=False)
    parquet = pd.read_parquet(place / "map.parquet")
    assert csv["share"].tolist() == parquet["share"].tolist() == found.table["share"].tolist()
    assert list(csv["organisations.*.monitoring_interval"][::3]) == ["never", "1", "never", "1"]
    assert cgsim.Scenario.load(place / "scenario.yaml").hash == set(csv["scenario_hash"]).pop()
    manifest = json.loads((place / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["spec_hash"] == found.spec.hash
    assert {one["file"] for one in manifest["written"]} | {"manifest.json"} == {
        one.relative_to(place).as_posix() for one in place.rglob("*") if one.is_file()
    }


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".json", ".png"])
def test_one_file_is_written_whole_and_not_over_another(suffix, tmp_path):
    file = tmp_path / "new" / f"map{suffix}"
    call("map", "sangatta-utara", *AXES, "-o", file)
    before = file.read_bytes()
    assert before
    assert "is there already" in " ".join(
        call("map", "sangatta-utara", *AXES, "-o", file, code=2).stderr.split()
    )
    call("map", "sangatta-utara", *AXES, "-o", file, "--force")
    assert file.read_bytes() == before
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_a_file_that_cannot_be_is_refused_before_anything_runs(tmp_path):
    assert ".csv, .parquet" in call("map", "sangatta-utara", "-o", "map.pdf", code=2).stderr
    (tmp_path / "file").write_bytes(b"")
    call("map", "sangatta-utara", *AXES, "-o", tmp_path / "file" / "map.csv", code=4)


# ---------------------------------------------------------------- figure


@pytest.mark.parametrize("lang", ["en", "id"])
def test_the_figure_says_what_it_shows(small, lang):
    figure = small.plot(lang)
    words = [one.get_text() for one in figure.texts]
    assert text("figure.notice", lang) in words
    about = next(one for one in words if BASE.hash in one)
    assert "12 " in about
    assert text("lever.process.leadership.label", lang) in figure.get_suptitle().replace("\n", " ")
    titles = [axes.get_title(loc="left") for axes in figure.axes[1:4]]
    assert titles == [text(f"figure.state.{state}", lang) for state in STATES]
    labels = [one.get_text() for one in figure.axes[0].get_yticklabels()]
    assert labels == [value_words(small.y.parameter, value, lang) for value in small.y.values]


def test_the_figure_hatches_exactly_the_cells_that_cannot_be_told():
    found = synthetic((60, 40, 0), (59, 41, 0), (0, 50, 50), (0, 0, 100))
    cells = found.plot().axes[0].patches
    assert [bool(cell.get_hatch()) for cell in cells] == [False, True, True, False]
    every = synthetic((60, 40, 0), (0, 0, 100)).plot()
    legends = [label.get_text() for one in every.legends for label in one.get_texts()]
    assert text("figure.map.unsure") not in legends


def test_the_border_runs_where_a_state_becomes_likelier_than_not():
    counts = np.zeros((3, 2, 2, 3), dtype=np.int64)
    counts[:, :, 0, 0] = counts[:, :, 1, 2] = 100
    x = Axis("community.persistence.mean", (0.4, 0.6))
    y = Axis("process.leadership", (0.1, 0.6))
    figure = PhaseMap(BASE, x, y, 100, 1, counts).plot()
    (line,) = figure.axes[1].collections
    assert np.allclose(line.get_paths()[0].vertices[:, 1], 0.5)
    assert not figure.axes[2].collections


def test_maps_of_any_size_can_be_drawn(tmp_path):
    wide = np.zeros((3, 40, 30, 3), dtype=np.int64)
    wide[..., 1] = 10
    x = Axis("community.persistence.mean", tuple(k / 40 for k in range(40)))
    y = Axis("process.leadership", tuple(k / 30 for k in range(30)))
    for found in (synthetic((1, 99, 0)), PhaseMap(BASE, x, y, 10, 1, wide)):
        save(found.plot("id"), tmp_path / "map.png")
        assert (tmp_path / "map.png").stat().st_size > 10_000
