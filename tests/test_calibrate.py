"""Constants come back from what the model itself made; what cannot be told apart is said so."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

import cgsim
from cgsim.cli.app import app
from cgsim.language import languages, text
from cgsim.study import worlds
from cgsim.study.calibrate import Targets, read_targets, sampling
from cgsim.study.calibrate.identifying import contraction, pairs_table, weighted_quantiles
from cgsim.study.calibrate.seeing import Eyes
from cgsim.study.calibrate.target_reading import FIELDS, shipped_targets
from cgsim.study.sweep.axes import Axis

SMALL = cgsim.Scenario.load("sangatta-utara").replace(
    {"community.people": 30, "community.group_size": 5, "organisations.*.seats": 6}, months=24
)
TRUTH = {"constants.apply_base": -3.7, "constants.equipment_gain": 0.055}
PRODUCT = ("constants.peer_loss", "constants.peer_breach")


def made(truth, wanted, runs=200, widths=None):
    """Return targets that the model itself makes with a truth, with luck of their own."""
    case = SMALL.replace(truth)
    blank = {
        name: {"outcome": outcome, "after": after, "wanted": 0, "tolerance": 1,
               "source": "assumption"}
        for name, (outcome, after, _) in wanted.items()
    }  # fmt: skip
    known = read_targets({"targets": blank})
    seen = Eyes(case, known.all, (), runs, 99).look(())
    told = {
        name: {**blank[name], "wanted": float(value), "tolerance": width}
        for (name, (_, _, width)), value in zip(wanted.items(), seen, strict=True)
    }
    return read_targets({"targets": told})


@pytest.fixture(scope="module")
def recovered():
    wanted = {
        "trained": ("ever_trained", 24, 1.5), "tools": ("equipment", 24, 0.02),
        "early": ("equipment", 12, 0.02),
    }  # fmt: skip
    return cgsim.calibrate(SMALL, made(TRUTH, wanted), [*TRUTH, "constants.crowding"], 12, 80)


@pytest.fixture(scope="module")
def product():
    wanted = {"peers": ("peer_trust", 24, 0.02)}
    return cgsim.calibrate(SMALL, made({}, wanted), PRODUCT, 12, 150)


def test_the_truth_lies_within_the_stated_bands_and_near_their_middle(recovered):
    assert recovered.reached
    table = recovered.constants.set_index("path")
    for path, value in TRUTH.items():
        row = table.loc[path]
        assert row["low"] < value < row["high"]
        width = row["prior_high"] - row["prior_low"]
        assert abs(row["median"] - value) < 0.15 * width
        assert row["verdict"] == "told"


def test_a_constant_that_the_targets_do_not_speak_of_is_said_to_be_hardly_told(recovered):
    table = recovered.constants.set_index("path")
    assert table.loc["constants.crowding", "verdict"] == "hardly"
    said = recovered.sentences()
    assert any("hardly" in one and "constants.crowding" in one for one in said)
    assert not recovered.pairs["trade_off"].any()
    assert text("calibrate.sentence.no_trade") in said


def test_two_constants_that_enter_as_a_product_are_said_to_trade_off(product):
    (row,) = product.pairs.to_dict("records")
    assert {row["first"], row["second"]} == set(PRODUCT)
    assert row["correlation"] < -0.7
    assert row["trade_off"]
    assert row["together"] == "product"
    assert row["told_together"] > 0.8 > row["told_alone"]
    said = " ".join(product.sentences())
    assert "trade off" in said
    assert "their product, not each" in said
    # the best told direction holds both, the other is open
    first, last = product.directions.to_dict("records")
    assert first["left"] < 0.3 < last["left"]
    assert all(first[path] > 0.3 for path in PRODUCT)


def test_every_world_kept_shows_every_target_within_its_tolerance(recovered):
    assert (recovered.distances <= 1.0).all()
    assert recovered.generations["allowed"].iloc[-1] == 1.0
    assert (np.diff(recovered.generations["allowed"]) <= 0.0).all()
    for axis in recovered.axes:
        values = recovered.kept.worlds[axis.path]
        assert values.between(axis.low, axis.high).all()


FEW = {"targets": {"trained": {"outcome": "ever_trained", "after": 12, "wanted": 8,
                               "tolerance": 1.5, "source": "N5"}}}  # fmt: skip


def test_the_same_seed_gives_the_same_worlds_whatever_the_threads_and_numpys_own_stream():
    np.random.seed(5)  # noqa: NPY002
    first = cgsim.calibrate(SMALL, FEW, ["apply_base", "gain"], 6, 20, seed=3, threads=1)
    after = np.random.random()  # noqa: NPY002
    np.random.seed(5)  # noqa: NPY002
    assert np.random.random() == after  # noqa: NPY002  handed back as it was
    second = cgsim.calibrate(SMALL, FEW, ["apply_base", "gain"], 6, 20, seed=3, threads=2)
    pd.testing.assert_frame_equal(first.samples, second.samples, check_exact=True)
    other = cgsim.calibrate(SMALL, FEW, ["apply_base"], 6, 20, seed=4)
    assert not other.kept.worlds.equals(first.kept.worlds)


def test_targets_that_exclude_each_other_are_said_not_to_be_met():
    both = {
        name: {"outcome": "ever_trained", "after": 12, "wanted": wanted, "tolerance": 1,
               "source": "assumption"}
        for name, wanted in (("few", 4), ("many", 14))
    }  # fmt: skip
    found = cgsim.calibrate(SMALL, {"targets": both}, ["apply_base"], 6, 20, generations=3)
    assert not found.reached
    assert found.generations["allowed"].iloc[-1] > 1.0
    for lang in languages():
        first = found.sentences(lang)[0]
        assert "few" in first or "many" in first
    assert "No 20 worlds were found" in found.sentences()[0]


def test_worlds_at_the_end_of_a_spread_are_said_to_ask_for_values_beyond_it():
    few = {"targets": {"few": {**FEW["targets"]["trained"], "wanted": 0, "tolerance": 1.0}}}
    found = cgsim.calibrate(SMALL, few, ["apply_base"], 10, 30)
    middle = {"targets": {"some": {**FEW["targets"]["trained"], "wanted": 4, "tolerance": 1.0}}}
    other = cgsim.calibrate(SMALL, middle, ["apply_base"], 10, 20)
    for lang in languages():
        start = text("calibrate.sentence.edge", lang, names="@").split("@")[0]
        assert any(one.startswith(start) for one in found.sentences(lang))
        assert not any(one.startswith(start) for one in other.sentences(lang))


def test_what_is_held_out_is_looked_at_and_not_fitted_to():
    # impossible, so that fitting to it could not go unseen
    held = {"outcome": "producers", "after": 24, "wanted": 1000, "tolerance": 1, "source": "N3",
            "hold_out": True, "scenario": "nobody-monitors"}  # fmt: skip
    said = {"targets": {**FEW["targets"], "never": held}}
    without = cgsim.calibrate(SMALL, FEW, ["apply_base"], 40, 20)
    found = cgsim.calibrate(SMALL, said, ["apply_base"], 40, 20)
    pd.testing.assert_frame_equal(found.kept.worlds, without.kept.worlds, check_exact=True)
    table = found.patterns.set_index("target")
    assert table.loc["never", "verdict"] == "not_met"
    assert table.loc["trained", "verdict"] == "met"
    assert any("not met" in one and "never (N3)" in one for one in found.sentences())


def test_targets_are_looked_at_with_other_luck_than_was_fitted_to(recovered):
    again = Eyes(SMALL, recovered.targets.all, list(recovered.kept.worlds), 12, 1, first_run=12)
    row = recovered.kept.worlds.iloc[0].tolist()
    assert (again.look(row) == recovered.seen[0]).all()
    fitted = Eyes(SMALL, recovered.targets.all, list(recovered.kept.worlds), 12, 1)
    assert not (fitted.look(row) == recovered.seen[0]).all()
    assert fitted.off(row) == recovered.distances[0]


def test_looking_is_what_a_run_of_the_scenario_with_those_constants_shows():
    target = read_targets(FEW).all[0]
    seen = Eyes(SMALL, [target], list(TRUTH), 8, 1).look(list(TRUTH.values()))
    runs = cgsim.simulate(SMALL.replace(TRUTH, months=12), runs=8, seed=1).runs
    assert seen[0] == runs["ever_trained"].mean()


# ------------------------------------------------------------------------------- worlds


def test_worlds_written_are_worlds_that_other_commands_take(recovered, tmp_path):
    for file in (tmp_path / "worlds.csv", tmp_path / "worlds.parquet"):
        table = recovered.worlds.reset_index(drop=True)
        if file.suffix == ".csv":
            table.to_csv(file, index=False)
        else:
            table.to_parquet(file, index=False)
        back = worlds.load(file, SMALL)
        pd.testing.assert_frame_equal(back, recovered.worlds, check_exact=True)
    runs = worlds.runs_in(SMALL, back.head(3), 2, outcomes=["ever_trained"])
    row = back.iloc[2]
    alone = cgsim.simulate(SMALL.replace(row.to_dict()), runs=2, seed=1).runs
    assert runs[runs["world"] == 2]["ever_trained"].tolist() == alone["ever_trained"].tolist()


def test_worlds_of_equal_weight_have_the_weighted_mean():
    weights = np.array([0.5, 0.3, 0.2])
    chosen = sampling.evenly(weights, 1000)
    assert np.bincount(chosen).tolist() == [500, 300, 200]


def test_the_best_world_comes_as_a_scenario_with_marks(recovered):
    case = cgsim.Scenario.parse(recovered.best_scenario().to_yaml())
    for path, value in recovered.best.items():
        assert case.value(path) == pytest.approx(value, rel=1e-12)
        assert case.sources[path].startswith("fitted to targets")
    assert case.hash == recovered.best_scenario().hash


# ------------------------------------------------------------------------- identifying


def test_a_spread_cut_in_half_is_told_to_three_quarters():
    values = np.linspace(0.0, 0.5, 2001)
    even = np.full(len(values), 1.0 / len(values))
    assert contraction(values, even, Axis("x", (), 0.0, 1.0)) == pytest.approx(0.75, abs=0.002)
    assert weighted_quantiles(values, even, [0.5]) == [pytest.approx(0.25)]


def test_independent_constants_do_not_trade_off_and_a_ratio_is_called_one():
    generator = np.random.default_rng(1)
    a, b = generator.uniform(1.0, 2.0, (2, 2000))
    even = np.full(2000, 1 / 2000)
    axes = [Axis("a", (), 1.0, 2.0), Axis("b", (), 1.0, 2.0)]
    alone = pairs_table(pd.DataFrame({"a": a, "b": b}), even, axes).iloc[0]
    assert not alone["trade_off"]
    assert alone["told_together"] < 0.1
    keep = np.abs(a / b - 1.0) < 0.05
    bound = pd.DataFrame({"a": a[keep], "b": b[keep]})
    found = pairs_table(bound, np.full(len(bound), 1 / len(bound)), axes).iloc[0]
    assert found["trade_off"]
    assert found["together"] == "ratio"


# ----------------------------------------------------------------------------- targets


def test_the_shipped_targets_hold_out_what_the_evidence_says():
    assert shipped_targets() == ["local"]
    local = read_targets("local")
    codes = {code for one in local.all for code in one.source.split(", ")}
    assert codes == {"N3", "N4", "N5", "N6", "N7"}
    assert {one.source for one in local.held_out} == {"N3", "N6"}
    assert all(one.why and set(one.why) == set(languages()) for one in local.all)
    assert len(local.constants) >= 5


FAULTY = """\
titel: x
constants: [constants.leaf_support]
targets:
  a:
    outcome: producer
    after: 0
    wanted: many
    tolerance: 0
    source: N99
  b: 3
  c:
    outcome: producers
    after: 60
    wanted: 13
    statistic: share
    tolerance: 1
    source: N4
    scenario: nobody-monitor
    hold_out: perhaps
  d: {outcome: producers, after: 6, wanted: 1, tolerance: 1, source: N4, statistic: mode, at: 2}
  e: {outcome: producers, after: 6, wanted: 1, tolerance: 1, source: N4, statistic: quantile}
  f: {after: 6}
"""


@pytest.mark.parametrize("lang", languages())
def test_all_faults_of_a_file_are_told_at_once_each_at_its_place(lang, tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text(FAULTY, encoding="utf-8")
    said = call("sangatta-utara", "--targets", file, lang=lang, code=2).stderr
    lines = said.splitlines()
    places = [line.split("  ")[0].removeprefix(f"{file}:") for line in lines]
    assert [place.split(":")[0] for place in places] == [
        "1", "2", "5", "6", "7", "8", "9", "10", "11", "18", "19", "20", "20", "21",
        "22", "22", "22", "22",
    ]  # fmt: skip
    for near in ("title", "constants.leave_support", "producers", "nobody-monitors"):
        assert near in said


@pytest.mark.parametrize(
    ("words", "place", "near"),
    [
        (["--targets", "lokal"], "lokal", "Did you mean local?"),
        (["--constants", "seats"], "--constants", "nothing among it"),
        (["--constants", "constants"], "--constants", "at most 20"),
        (["--constants", "constants.gian"], "--constants", "constants.gain"),
        (["--population", "3"], "--population", "from 20 to"),
        (["--months", "36"], "--targets", "members looks after 60 months"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_runs(words, place, near):
    said = call("sangatta-utara", *words, code=2).stderr
    assert all(line.startswith(f"{place}  ") for line in said.splitlines())
    assert near in said


def test_a_file_may_hold_out_nothing_but_not_everything():
    held = {"targets": {"a": {**FEW["targets"]["trained"], "hold_out": True}}}
    with pytest.raises(cgsim.ScenarioError, match="held out"):
        cgsim.calibrate(SMALL, held, ["apply_base"], 4, 20)
    with pytest.raises(cgsim.ScenarioError, match="names no constants"):
        cgsim.calibrate(SMALL, FEW, (), 4, 20)


def test_statistics_over_runs():
    values = np.array([0.0, 4.0, 6.0, 11.0])
    target = read_targets(FEW).all[0]
    seen = {
        "mean": 5.25, "median": 5.0, "quantile": np.quantile(values, 0.9), "share": 0.5,
    }  # fmt: skip
    for statistic, wanted in seen.items():
        one = dataclasses.replace(target, statistic=statistic, at=0.9, at_least=4.0, at_most=6.0)
        assert one.of(values) == wanted
    assert target.off(5.0) == 2.0
    assert set(FIELDS) >= {"outcome", "after", "hold_out"}
    assert isinstance(read_targets(read_targets(FEW)), Targets)


# ----------------------------------------------------------------------------- command


def call(*words, lang="en", code=0):
    runner = CliRunner(env={"COLUMNS": "80", "CGSIM_LANG": lang})
    result = runner.invoke(app, ["calibrate", *map(str, words)])
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result


@pytest.fixture(scope="module")
def small_file(tmp_path_factory):
    folder = tmp_path_factory.mktemp("calibrate")
    (folder / "small.yaml").write_text(SMALL.to_yaml(), encoding="utf-8")
    goals = (
        "targets:\n"
        "  trained: {outcome: ever_trained, after: 12, wanted: 8, tolerance: 3, source: N5}\n"
        "  kept: {outcome: producers, after: 12, wanted: 3, tolerance: 2, source: N3,"
        " hold_out: true}\n"
    )
    (folder / "goals.yaml").write_text(goals, encoding="utf-8")
    return folder


def few(folder):
    return [
        folder / "small.yaml", "--targets", folder / "goals.yaml", "--constants", "apply_base",
        "--constants", "constants.gain", "--runs", 4, "--population", 20,
    ]  # fmt: skip


@pytest.mark.parametrize("lang", languages())
def test_the_command_prints_within_80_columns_and_writes_a_whole_folder(lang, small_file):
    out = small_file / f"out-{lang}"
    said = call(*few(small_file), "--out", out, lang=lang).stdout
    assert max(len(line) for line in said.splitlines() if str(out) not in line) <= 80
    words = " ".join(said.split())
    for key in ("targets", "constants", "pairs"):
        assert text(f"calibrate.table.{key}", lang) in words
    assert " ".join(text("figure.notice", lang).split()) in words
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["complete"]
    assert manifest["targets"] == "goals"
    written = {one["file"] for one in manifest["written"]}
    assert {"worlds.csv", "worlds.parquet", "best.yaml", "figures/pair.png"} <= written
    assert all((out / name).stat().st_size for name in written)
    assert worlds.load(out / "worlds.parquet", SMALL).shape == (20, 2)
    cgsim.Scenario.load(out / "best.yaml")


def test_the_document_says_all_and_how_to_get_it_again(small_file):
    told = json.loads(call(*few(small_file), "--json").stdout)
    assert told["reached"] is True
    assert {row["path"] for row in told["constants"]} == {
        "constants.apply_base", "constants.gain"
    }  # fmt: skip
    assert [row["target"] for row in told["targets"]] == ["trained", "kept"]
    assert told["sentences"]
    assert told["command"].startswith("cgsim calibrate")
    assert "--population 20" in told["command"]


def test_ctrl_c_leaves_nothing_behind(small_file, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("cgsim.study.calibrate.fitting.sample", stop)
    out = small_file / "stopped"
    call(*few(small_file), "--out", out, code=130)
    assert not out.exists() or not any(
        name for name in out.iterdir() if name.suffix in (".csv", ".parquet", ".json")
    )


@pytest.mark.parametrize("lang", languages())
def test_without_its_packages_it_says_how_to_get_them(lang, small_file, monkeypatch):
    monkeypatch.setattr("cgsim.cli.calibrate.find_spec", lambda _: None)
    assert "pip install cgsim[calibrate]" in call(*few(small_file), lang=lang, code=2).stderr


def test_progress_is_told_and_never_goes_back():
    told = []
    cgsim.calibrate(
        SMALL, FEW, ["apply_base"], 4, 20, progress=lambda done, total: told.append((done, total))
    )
    done = [one for one, _ in told]
    assert done == sorted(done)
    assert done[-1] == told[-1][1]
    assert len({total for _, total in told}) == 1
