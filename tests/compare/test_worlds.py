"""Comparisons in many worlds: by hand, verdicts, luck and ignorance, ranks, words, command."""

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
from cgsim.parameters import BY_PATH
from cgsim.scenario import shown
from cgsim.study.compare import compare, paired
from cgsim.study.compare.overturn import overturn, overturn_all
from cgsim.study.compare.worlds import in_worlds
from cgsim.study.compare.worlds_bands import bands, share_interval, split
from cgsim.study.compare.worlds_ranks import ranks
from cgsim.study.compare.worlds_verdict import VERDICTS, verdicts
from cgsim.study.compare.worlds_walk import CHIEF, COST, differences
from cgsim.study.compare.worlds_words import sentences
from cgsim.study.worlds import draw, uncertain

NAMES = ("sangatta-utara", "recommendation-1", "nobody-monitors")
BASE = cgsim.Scenario.load(NAMES[0])
FEW = ["constants.gain", "constants.crowding", "costs.visit"]


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
def pairs():
    return paired(NAMES, 30, 3)


@pytest.fixture(scope="module")
def found(pairs):
    told = in_worlds(pairs, 24, 6)
    single = overturn(pairs, FEW, "cluster_index", 8)
    return type(told)(told.pairs, told.worlds, told.runs, told.drawn, told.every, single)


def row_of(found, name, outcome):
    table = found.verdicts
    return table[(table["scenario"] == name) & (table["outcome"] == outcome)].iloc[0]


# ---------------------------------------------------------------- a world by hand


@pytest.mark.parametrize("world", [0, 17])
def test_a_world_is_the_scenario_with_its_numbers_replaced(found, world):
    changes = {path: shown(BY_PATH[path], float(value))
               for path, value in found.worlds.iloc[world].items()}  # fmt: skip
    made = []
    for name in NAMES:
        case = cgsim.Scenario.load(name).replace(changes)
        made.append(cgsim.simulate(case, 6, 3))
    for k, name in enumerate(NAMES[1:], start=1):
        for outcome in ("producers", "cluster_index", "spent", "mean_income"):
            seen = found.differences(name, outcome)[world].tolist()
            first, other = (one.runs[outcome].to_numpy(dtype=float) for one in (made[0], made[k]))
            assert seen == (other - first).tolist()
        ends = [(one.runs["end_state"] == "dynamic").to_numpy(float) for one in (made[0], made[k])]
        assert found.differences(name, "dynamic")[world].tolist() == (ends[1] - ends[0]).tolist()
        costs = [one.runs["spent"].sum() / (one.runs["producer_months"].sum() / 12.0)
                 for one in (made[0], made[k])]  # fmt: skip
        cost = found.differences(name, COST)[world].mean()
        assert cost == pytest.approx(costs[1] - costs[0])
        months = [one.months.set_index(["run", "month"])["cluster_index"] for one in made]
        yearly = found.every[k].series["cluster_index"][world, 2]
        assert yearly.tolist() == [months[k][2, month] for month in range(11, 120, 12)]


def test_the_numbers_do_not_depend_on_threads_and_are_the_same_again(pairs):
    one = in_worlds(pairs, 6, 3, threads=1)
    two = in_worlds(pairs, 6, 3, threads=2)
    pd.testing.assert_frame_equal(one.verdicts, two.verdicts, check_exact=True)
    pd.testing.assert_frame_equal(one.over_time, two.over_time, check_exact=True)


def test_the_first_runs_have_the_luck_of_the_reference(pairs):
    as_set = pd.DataFrame({path: [BASE.value(path)] * 2 for path in FEW}, dtype=float)
    told = in_worlds(pairs, as_set, 30)
    for name in NAMES[1:]:
        for one in CHIEF:
            reference = told.reference(name, one.name).tolist()
            assert told.differences(name, one.name)[1].tolist() == reference


def test_worlds_are_drawn_over_all_shared_assumptions_and_none_with_a_source(found):
    cases = [cgsim.Scenario.load(name) for name in NAMES]
    assert list(found.worlds.columns) == uncertain(*cases)
    assert {"costs.visit", "constants.crowding"} <= set(found.worlds.columns)
    assert all(BY_PATH[path].assumed for path in found.worlds.columns)
    assert "constants.loss" not in found.worlds.columns  # N34


def test_worlds_come_from_a_file_as_from_a_table(pairs, tmp_path):
    table = draw(FEW, 5, 8)
    table.to_csv(tmp_path / "w.csv", index=False)
    table.to_parquet(tmp_path / "w.parquet", index=False)
    ways = [in_worlds(pairs, one, 2) for one in (table, tmp_path / "w.csv", tmp_path / "w.parquet")]
    for one in ways:
        assert not one.drawn
        pd.testing.assert_frame_equal(one.verdicts, ways[0].verdicts, check_exact=True)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"organisations.*.monitoring_interval": [1.0, 2.0]}, "differ in"),
        ({"constants.gainn": [0.1, 0.2]}, "Did you mean"),
        ({"constants.gain": [0.1, 7.0]}, "constants.gain = 7"),
        ({"constants.gain": [0.1, np.nan]}, "constants.gain"),
        ({"constants.gain": [0.1]}, "at least 2"),
    ],
)
def test_worlds_that_cannot_be_are_refused(pairs, table, words):
    with pytest.raises(cgsim.ScenarioError) as wrong:
        in_worlds(pairs, pd.DataFrame(table), 2)
    assert words in wrong.value.in_language("en")


def test_worlds_may_not_set_what_a_scenario_changes_itself():
    told = paired(["sangatta-utara", "adaptive-follow-up"], 2, 1)
    table = pd.DataFrame({"organisations.tourism.monitoring_interval": [1.0, 2.0]})
    with pytest.raises(cgsim.ScenarioError) as wrong:
        in_worlds(told, table, 2)
    assert "adaptive-follow-up” itself" in wrong.value.in_language("en")


# ---------------------------------------------------------------- better, same, untold, worse


@pytest.mark.parametrize(
    ("pairs", "kind", "better", "verdict"),
    [
        ([1.0, 1.2, 0.8, 1.1], "number", 1, "better"),
        ([1.0, 1.2, 0.8, 1.1], "number", -1, "worse"),
        ([1.0, -1.2, 0.8, -1.1], "number", 1, "untold"),
        ([0.0] * 4, "number", 1, "same"),
        ([2.0], "number", 1, "untold"),  # one pair tells nothing
        ([np.nan] * 4, "number", 1, "untold"),
        # McNemar: five pairs one way have a chance of 2/32, six of 2/64
        ([1.0] * 5 + [0.0] * 15, "share", 1, "untold"),
        ([1.0] * 6 + [0.0] * 14, "share", 1, "better"),
        ([-1.0] * 6 + [0.0] * 14, "share", 1, "worse"),
    ],
)
def test_a_world_is_told_by_the_rule(pairs, kind, better, verdict):
    [code] = verdicts(np.array([pairs]), kind, better)
    assert VERDICTS[code] == verdict


@pytest.mark.parametrize("kind", ["number", "share"])
def test_where_nothing_differs_on_average_few_worlds_are_told_better(kind):
    random = np.random.default_rng(1)
    drawn = random.normal(size=(20_000, 20))
    shares = np.sign(drawn) * (random.uniform(size=drawn.shape) < 0.3)
    codes = verdicts(shares if kind == "share" else drawn, kind, 1)
    assert 0.005 < (codes == VERDICTS.index("better")).mean() < 0.028


def test_counts_add_up_and_shares_have_their_interval(found):
    for row in found.verdicts.to_dict("records"):
        assert sum(row[one] for one in VERDICTS) == len(found.worlds)
        assert row["better_low"] <= row["share_better"] <= row["better_high"]
    row = row_of(found, "nobody-monitors", "cluster_index")
    assert row["conclusion"] == "worse"
    assert row["share_worse"] > 0.5
    each = found.table[(found.table["scenario"] == "nobody-monitors")
                       & (found.table["outcome"] == "cluster_index")]  # fmt: skip
    assert int((each["verdict"] == "worse").sum()) == row["worse"]


def test_a_cost_per_artisan_year_is_unknown_where_nobody_works():
    first = {"spent": np.ones((2, 3)), "artisan_years": np.array([[1.0] * 3, [0.0] * 3])}
    made = differences(COST, first, first)
    assert made[0].tolist() == [0.0] * 3
    assert np.isnan(made[1]).all()


def test_the_error_of_a_cost_ratio_is_that_of_repeated_studies():
    random = np.random.default_rng(3)

    def study():
        years = random.gamma(4.0, 10.0, 60)
        return {"spent": 5.0 * years + random.normal(0.0, 30.0, 60), "artisan_years": years}

    ratios, errors = [], []
    for _ in range(400):
        one = differences(COST, {"spent": np.zeros(60), "artisan_years": np.ones(60)}, study())
        ratios.append(one.mean())
        errors.append(one.std(ddof=1) / np.sqrt(60.0))
    assert np.mean(errors) == pytest.approx(np.std(ratios), rel=0.12)


# ---------------------------------------------------------------- luck and ignorance


def crossed(worlds, runs, ignorance, shared, rest, seed=0):
    random = np.random.default_rng(seed)
    return (
        random.normal(0.0, np.sqrt(ignorance), (worlds, 1))
        + random.normal(0.0, np.sqrt(shared), (1, runs))
        + random.normal(0.0, np.sqrt(rest), (worlds, runs))
    )


@pytest.mark.parametrize(
    ("ignorance", "shared", "rest"), [(4.0, 9.0, 1.0), (0.0, 2.0, 2.0), (1.0, 0.0, 8.0)]
)
def test_variance_is_parted_rightly_where_luck_is_shared_by_the_worlds(ignorance, shared, rest):
    parts = [split(crossed(60, 8, ignorance, shared, rest, seed)) for seed in range(300)]
    assert np.mean([one.ignorance for one in parts]) == pytest.approx(ignorance, abs=0.12)
    assert np.mean([one.luck for one in parts]) == pytest.approx(shared + rest, rel=0.08)


def test_taking_the_spread_within_worlds_for_the_error_would_lose_ignorance():
    parts, naive = [], []
    for seed in range(200):
        drawn = crossed(60, 8, 1.0, 9.0, 1.0, seed)
        parts.append(split(drawn).ignorance)
        within = drawn.var(axis=1, ddof=1).mean() / 8.0
        naive.append(drawn.mean(axis=1).var(ddof=1) - within)
    assert np.mean(parts) == pytest.approx(1.0, abs=0.05)
    assert np.mean(naive) < 0.2


def test_the_band_of_ignorance_is_freed_of_luck():
    drawn = crossed(4000, 5, 1.0, 0.0, 16.0)
    told = bands(drawn, drawn[0])
    width = told.ignorance[1] - told.ignorance[0]
    assert width == pytest.approx(2 * 1.645, rel=0.08)  # means themselves spread by √(1 + 16/5)
    assert told.both[1] - told.both[0] == pytest.approx(2 * 1.645 * np.sqrt(17.0), rel=0.05)


def test_the_interval_of_the_share_covers_it():
    share, hits = 0.5, 0
    for seed in range(60):
        low, high = share_interval(crossed(80, 10, 1.0, 0.0, 1.0, seed), seed)
        hits += low <= share <= high
    assert hits >= 51


def test_nothing_that_varies_has_no_share():
    told = split(np.zeros((4, 3)))
    assert (told.ignorance, told.luck) == (0.0, 0.0)
    assert np.isnan(told.share)


def test_bands_over_time_are_those_of_the_pairs(found):
    rows = found.over_time
    assert set(rows["after_months"]) == set(range(12, 121, 12))
    last = rows[(rows["scenario"] == "nobody-monitors") & (rows["outcome"] == "producers")
                & (rows["after_months"] == 120)].iloc[0]  # fmt: skip
    ends = np.quantile(found.differences("nobody-monitors", "producers"), (0.05, 0.95))
    assert [last["both_low"], last["both_high"]] == ends.tolist()
    as_set = np.quantile(found.reference("nobody-monitors", "producers"), (0.05, 0.95))
    assert [last["luck_low"], last["luck_high"]] == as_set.tolist()


# ---------------------------------------------------------------- ranks


def test_the_assumption_that_moves_a_difference_comes_first_and_noise_is_not_told():
    worlds = draw([*FEW, "constants.leave_trust"], 150, 2)
    random = np.random.default_rng(0)
    moved = 3.0 * worlds["constants.crowding"].to_numpy() + random.normal(0.0, 0.1, 150)
    told = ranks(worlds, moved)
    assert told["path"][0] == "constants.crowding"
    assert told["told"].tolist() == [True, False, False, False]
    assert told["at_low"][0] < told["at_high"][0]


def test_chance_is_told_as_an_influence_in_less_than_one_of_twenty_samples():
    random = np.random.default_rng(1)
    worlds = pd.DataFrame(random.uniform(size=(60, 40)))
    told = [bool(ranks(worlds, random.normal(size=60))["told"].any()) for _ in range(200)]
    assert np.mean(told) < 0.09


# ---------------------------------------------------------------- words, command, figures


@pytest.mark.parametrize("lang", ["en", "id"])
def test_the_sentences_say_how_often_it_holds_and_what_overturns_it(found, lang):
    for name in found.names:
        said = " ".join(sentences(found, name, lang))
        row = row_of(found, name, "cluster_index")
        if row["conclusion"] in ("better", "worse"):
            share = round(100.0 * row[f"share_{row['conclusion']}"])
            assert f"{share} %" in said
        assert text("worlds.overturn.fixed", lang) not in said
        assert f"“{name}”" in said


def test_several_sides_of_python_give_the_same_numbers(quick):
    told = compare(NAMES[:2], 30, 3, worlds=draw(FEW, 4, 1), world_runs=2)
    other = compare(NAMES[:2], 30, 3).in_worlds(draw(FEW, 4, 1), 2, single=False)
    assert told.worlds.overturned
    assert not other.overturned
    pd.testing.assert_frame_equal(told.worlds.verdicts, other.verdicts, check_exact=True)


@pytest.fixture(scope="module")
def spoken(tmp_path_factory):
    """A table of two worlds, so that the command is quick; single assumptions are few."""
    file = tmp_path_factory.mktemp("worlds") / "w.csv"
    draw(FEW, 12, 1).to_csv(file, index=False)
    return file


@pytest.fixture
def quick(monkeypatch):
    """Move few assumptions alone."""
    monkeypatch.setattr("cgsim.study.worlds.uncertain", lambda *cases: FEW)


@pytest.mark.parametrize("lang", ["en", "id"])
def test_the_command_prints_the_answer_first_and_tables_within_80_columns(spoken, quick, lang):
    out = call("compare", *NAMES[:2], "--runs", 20, "--worlds", spoken, "--world-runs", 4,
               "--lang", lang).stdout  # fmt: skip
    assert all(len(line) <= 80 for line in out.splitlines())
    said = " ".join(out.split())
    title = text("worlds.table.title", lang, other=NAMES[1], first=NAMES[0])
    assert said.index("12 worlds" if lang == "en" else "12 dunia") < said.index(title)
    for key in ("verdicts", "bands"):
        assert text(f"worlds.table.{key}", lang) in said


def test_the_document_has_every_table_and_the_command_makes_it_again(spoken, quick):
    words = ("compare", *NAMES[:2], "--runs", 20, "--worlds", spoken, "--world-runs", 4, "--json")
    told = json.loads(call(*words).stdout)
    inner = told["in_worlds"]
    assert (inner["worlds"], inner["pairs"], inner["drawn"]) == (12, 4, False)
    assert len(inner["verdicts"]) == len(CHIEF)
    assert set(inner["overturned"]) == {NAMES[1]}
    asked = shlex.split(told["command"])[1:]
    assert asked[-4:] == ["--worlds", str(spoken), "--world-runs", "4"]
    assert [one for one in asked if one in map(str, words)] == asked[:1] + asked[1:3] + asked[
        3:5
    ] + asked[-4:]


def test_a_folder_holds_tables_and_figures(spoken, quick, tmp_path):
    place = tmp_path / "out"
    call("compare", *NAMES[:2], "--runs", 20, "--worlds", spoken, "--world-runs", 4, "--out", place)
    names = {one.relative_to(place).as_posix() for one in place.rglob("*") if one.is_file()}
    for name in ("worlds", "worlds_verdicts", "worlds_differences", "worlds_over_time",
                 "worlds_ranks", "worlds_overturned"):  # fmt: skip
        assert {f"{name}.csv", f"{name}.parquet"} <= names
    for name in ("verdicts", "bands", "overturn"):
        assert f"figures/worlds_{name}.png" in names
    worlds = pd.read_parquet(place / "worlds.parquet")
    assert worlds[FEW].to_numpy().tolist() == pd.read_csv(spoken).to_numpy().tolist()


FAULTS = [
    (("--world-runs", 5), "--worlds"),
    (("--worlds", 1), "whole number from 2"),
    (("--worlds", -3), "whole number from 2"),
    (("--worlds", "no-such.csv"), "--worlds  there is no file no-such.csv"),
    (("--worlds", 5, "--world-runs", 0), "--world-runs"),
    (("--worlds", 100_000, "--world-runs", 1000), "--world-runs"),
]


@pytest.mark.parametrize(("options", "words"), FAULTS)
def test_a_fault_is_told_with_its_option(options, words):
    result = call("compare", *NAMES[:2], "--runs", 2, *options, code=2)
    assert words in " ".join(result.stderr.split("\n"))
    assert not result.stdout


@pytest.mark.parametrize("lang", ["en", "id"])
def test_figures_say_what_they_show_in_either_language(found, lang):
    from cgsim.figures.compare_worlds import FIGURES, drawn

    figures = drawn(found, lang)
    assert len(figures) == len(FIGURES) * len(found.names)
    for figure in figures.values():
        words = [one.get_text() for one in figure.texts]
        assert text("figure.notice", lang) in words
        assert any(BASE.hash in one for one in words)
        legends = [label.get_text() for one in figure.legends for label in one.get_texts()]
        assert len(set(legends)) == len(legends) >= 3


def test_bars_are_the_shares_of_worlds(found):
    from cgsim.figures.compare_worlds import draw_verdicts

    [axes] = draw_verdicts(found, "nobody-monitors", "en").axes
    widths = [bar.get_width() for bar in axes.patches]
    row = row_of(found, "nobody-monitors", CHIEF[0].name)
    expected = [100.0 * row[one] / len(found.worlds) for one in VERDICTS]
    # a patch keeps its ends, so that a width is a difference of two
    assert widths[: len(VERDICTS)] == pytest.approx(expected)


def test_all_assumptions_are_moved_alone_whatever_the_worlds_are(found, quick):
    assert set(overturn_all(found, runs=2).overturned["nobody-monitors"].table["path"]) == set(FEW)
