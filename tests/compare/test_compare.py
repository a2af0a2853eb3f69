"""Comparisons: pairs of the same luck, verdicts with known answers, prices, losers."""

from __future__ import annotations

import numpy as np
import pytest

import cgsim
from cgsim.language import text
from cgsim.study.compare.comparison import FIGURES, TABLES, compare
from cgsim.study.compare.differences import FEWEST, judged
from cgsim.study.compare.intervals import mean_interval
from cgsim.study.compare.outcomes import BY_NAME, OUTCOMES
from cgsim.study.compare.pairs import SERIES, named, paired, shorter
from cgsim.study.compare.words import rounded, verdict_words

from .synthetic import BASE, OTHER, against, compared, luck, outcomes

LEAVES = cgsim.Scenario.load("kpc-leaves")


@pytest.fixture(scope="module")
def found():
    cases = {"as it is": shorter(BASE, 60), "rec 1": OTHER, "kpc leaves": LEAVES}
    return compare(cases, runs=40, seed=3)


# ---------------------------------------------------------------- pairs


def test_run_r_has_the_luck_of_run_r_in_every_command(found):
    alone = cgsim.simulate(shorter(OTHER, 60), runs=40, seed=3)
    other = found.pairs.others[0]
    assert other.value("producers").tolist() == alone.runs["producers"].tolist()
    assert other.value("spent_kpc").tolist() == alone.runs["spent_kpc"].tolist()
    assert other.states[:, 0].tolist() == alone.runs["end_state"].cat.codes.tolist()
    assert other.states[:, 1].tolist() == alone.runs["end_state_lenient"].cat.codes.tolist()
    months = alone.months["cluster_index"].to_numpy().reshape(40, 60)
    assert other.series["cluster_index"].tolist() == months.tolist()


def test_the_number_of_threads_moves_no_number():
    one, two = (
        compare([shorter(BASE, 24), shorter(OTHER, 24)], 30, 5, threads=threads)
        for threads in (1, 2)
    )
    assert one.runs.equals(two.runs)
    assert one.outcomes.equals(two.outcomes)


def test_all_are_cut_to_the_length_of_the_shortest(found):
    assert found.pairs.months == 60
    assert found.pairs.shortened == ("rec 1", "kpc leaves")
    # the company leaves after month 60, so until then nothing differs
    assert not found.pairs.difference(found.pairs.others[1], "producers").any()


def test_what_is_never_reached_took_all_months(found):
    assert found.pairs.first.value("months_to_dynamic").max() == 60.0


def test_scenarios_are_called_by_their_names():
    assert list(named([BASE, "sangatta-utara", OTHER])) == [
        "sangatta-utara", "sangatta-utara (2)", "recommendation-1",
    ]  # fmt: skip
    assert list(named({"now": BASE, "then": "recommendation-1"})) == ["now", "then"]


@pytest.mark.parametrize(
    ("asked", "runs", "words"),
    [
        ([BASE], 20, "from 2 to 12 scenarios; these are 1"),
        ([BASE] * 13, 20, "these are 13"),
        ("sangatta-utara", 20, "these are 1"),
        (["sangatta-utara", "mina-bayu-lestari"], 20, "has 120 people and mina-bayu-lestari 60"),
        ([BASE, OTHER], 200_000, "at most 166 666"),
        ([BASE, OTHER, OTHER], 200_000, "at most 111 111"),
    ],
)
def test_what_cannot_be_compared_is_refused(asked, runs, words):
    with pytest.raises(cgsim.ScenarioError, match=words):
        paired(asked, runs, 1)


def test_an_organisation_that_is_not_there_spends_nothing():
    other = outcomes("B", OTHER, 30)
    assert other.value("spent_nobody").tolist() == [0.0] * 30
    with pytest.raises(KeyError):
        other.value("produces")


# ---------------------------------------------------------------- tables


def test_every_table_has_its_rows(found):
    others = 2
    rows = {
        "outcomes": others * len(OUTCOMES),
        "ranking": others * 4,
        "states": 3 * 3 * 3,
        "transitions": others * 9,
        "money": others * (3 + 7 + 1),
        "ratios": others * 2,
        "precision": others * len(OUTCOMES),
        "over_time": 3 * len(SERIES) * 60,
        "changes_over_time": others * len(SERIES) * 60,
        "runs": 3 * 40,
    }
    assert set(rows) | {"losers"} == set(TABLES)
    assert {name: len(getattr(found, name)) for name in rows} == rows


def test_shares_of_pairs_make_up_the_whole(found):
    table = found.outcomes
    whole = table["better"] + table["equal"] + table["worse"]
    assert whole.tolist() == pytest.approx([1.0] * len(table))
    assert found.transitions.groupby("scenario")["pairs"].sum().tolist() == [40, 40]
    ranked = found.ranking
    assert (ranked["better"] + ranked["equal"] + ranked["worse"]).tolist() == [40] * len(ranked)


def test_the_paired_interval_holds_the_mean_and_is_the_narrower(found):
    one = found.differences["rec 1"]["cluster_index"]
    assert one.low < one.mean < one.high
    assert one.low < one.low_80 < one.high_80 < one.high
    assert one.low_all < one.low
    assert one.high < one.high_all
    assert one.high - one.low < one.unpaired_high - one.unpaired_low
    assert one.mean == pytest.approx(one.after - one.before)


def test_payers_and_activities_make_up_all_spending(found):
    rows = found.money[found.money["scenario"] == "rec 1"].groupby("kind")["mean"].sum()
    assert rows["payer"] == pytest.approx(rows["all"])
    assert rows["activity"] == pytest.approx(rows["all"])


def test_over_time_the_last_row_is_the_outcome(found):
    table = found.changes_over_time
    last = table[(table["scenario"] == "rec 1") & (table["after_months"] == 60)]
    index = last[last["quantity"] == "cluster_index"].iloc[0]
    one = found.differences["rec 1"]["cluster_index"]
    assert index["mean"] == pytest.approx(one.mean)
    assert index["low"] == pytest.approx(one.low)


def test_where_states_are_the_same_who_got_there_sooner_is_better():
    states = np.full((50, 3), 1)
    months = np.where(np.arange(50) < 30, 20.0, 40.0)
    found = against(50, states, states, months_to_active=months)
    first = outcomes("A", BASE, 50, states, months_to_active=np.full(50, 30.0))
    found = compared(first, found.pairs.others[0])
    by_state, *_, by_time = found.rankings["B"]
    assert (by_state.better, by_state.equal, by_state.worse) == (0, 50, 0)
    assert (by_time.rule, by_time.better, by_time.worse) == ("time", 30, 20)


def test_no_pair_gets_to_inactive_sooner():
    states = np.zeros((30, 3))
    found = against(30, states, states, months_to_active=luck(30))
    assert found.rankings["B"][-1].equal == 30


# ---------------------------------------------------------------- verdicts


def test_the_same_scenario_twice_is_the_same_world():
    found = compare({"as it is": BASE, "again": BASE}, runs=25)
    assert found.verdicts["again"].answer == "same"
    assert found.verdict("id").startswith("Tidak ada perbedaan")
    table = found.outcomes
    assert not table[["mean", "low", "high", "median"]].to_numpy().any()
    assert set(found.ratios["quadrant"]) == {"same"}
    assert found.losers.empty


def test_a_lever_that_moves_nothing_makes_no_difference_that_counts():
    levied = shorter(BASE, 24).replace({"market.local_levy": 0.02})
    found = compare([shorter(BASE, 24), levied], runs=25)
    assert found.verdicts[levied.name + " (2)"].answer == "none"


VERDICTS = [
    (dict(producers=15.0 + luck(100), cluster_index=10.1), "better"),
    (dict(producers=15.0 + luck(100)), "better"),
    (dict(producers=5.0 + luck(100), cluster_index=10.0 + luck(100, 1.0)), "worse"),
    (dict(producers=15.0 + luck(100), cluster_index=9.9 + luck(100, 0.01)), "mixed"),
    (dict(producers=10.3 + luck(100)), "none"),
    (dict(producers=10.5 + luck(100, 10.0)), "unclear"),
    (dict(), "none"),
]


@pytest.mark.parametrize(("values", "answer"), VERDICTS)
@pytest.mark.parametrize("lang", ["en", "id"])
def test_the_answer_goes_by_producers_and_cluster_index(values, answer, lang):
    found = against(**values)
    assert found.verdicts["B"].answer == answer
    pattern = text(
        f"compare.verdict.{answer}", lang, other="B", first="A", facts="§", n="100", m="§",
        fewest="§",
    )  # fmt: skip
    words = verdict_words(found, "B", lang)
    assert all(part in words for part in pattern.split("§"))


def test_few_pairs_tell_nothing():
    found = against(FEWEST - 1, producers=15.0 + luck(FEWEST - 1))
    assert found.verdicts["B"].answer == "few"
    assert str(FEWEST) in found.verdict()
    assert {one.judgement for one in found.differences["B"].values()} == {"unclear"}


def test_as_many_pairs_as_are_said_to_settle_it_do_so_four_times_in_five():
    one = against(producers=11.0 + luck(100, 10.0)).differences["B"]["producers"]
    needed = one.pairs_to_settle
    studies = np.random.default_rng(1).normal(1.0, 10.0, (400, needed))
    ends = zip(*mean_interval(studies), strict=True)
    settled = [judged(low, high, one.outcome) != "unclear" for low, high in ends]
    assert 0.73 <= np.mean(settled) <= 0.87


def test_pairs_that_would_settle_it_are_told_and_never_too_few():
    found = against(producers=10.5 + luck(100, 10.0))
    needed = found.verdicts["B"].pairs_to_settle
    assert needed == found.differences["B"]["producers"].pairs_to_settle
    assert f"About {rounded(needed):,} would settle it" in found.verdict()
    assert rounded(1001) == 1100


def ended(share_first, share, runs=200):
    """End states of which so large a share is dynamic, at the three cut-offs."""
    place = np.arange(runs)[:, None] / runs
    return tuple(1 + (place < np.asarray(one)) for one in (share_first, share))


@pytest.mark.parametrize(
    ("first", "second", "label"),
    [
        ((0.2, 0.2, 0.2), (0.2, 0.2, 0.2), ""),
        ((0.2, 0.6, 0.1), (0.5, 0.8, 0.1), "only_label"),
        ((0.2, 0.9, 0.1), (0.5, 0.5, 0.1), "flips"),
        ((0.5, 0.5, 0.5), (0.5, 0.5, 0.1), ""),
    ],
)
@pytest.mark.parametrize("lang", ["en", "id"])
def test_it_is_said_where_the_label_and_not_the_cluster_differs(first, second, label, lang):
    before, after = ended(first, second)
    found = against(200, after, before)
    assert found.verdicts["B"].label == label
    for key in ("only_label", "flips"):
        assert (text(f"compare.label.{key}", lang) in found.verdict(lang)) == (key == label)


@pytest.mark.parametrize(
    ("producers", "answer"),
    [(20.0 + luck(200), "better"), (10.5 + luck(200, 10.0), "unclear")],
)
def test_where_the_cluster_differs_too_or_may_the_label_is_not_alone(producers, answer):
    before, after = ended((0.2, 0.6, 0.1), (0.5, 0.8, 0.1))
    found = against(200, after, before, producers=producers).verdicts["B"]
    assert (found.answer, found.label) == (answer, "")


def test_several_comparisons_are_judged_together():
    values = dict(unmet_orders=10.0 + luck(100) + 0.21)
    one, two = against(**values), against(others=2, **values)
    alone, together = (found.differences["B"]["unmet_orders"] for found in (one, two))
    assert (alone.low, alone.high) == (together.low, together.high)
    assert alone.low_all == alone.low
    assert together.low_all < together.low
    assert (alone.judgement, together.judgement) == ("worse", "unclear")


def test_a_mean_that_rests_on_a_handful_of_pairs_is_not_judged_by():
    odd = np.full(500, 10.0)
    odd[:8] = 30.0
    one = against(500, sales=odd).differences["B"]["sales"]
    assert one.low > 0.0
    assert one.rests_on_few
    assert one.judgement == "unclear"


# ---------------------------------------------------------------- money

PRICES = [
    (dict(spent=30.0, artisan_years=15.0), "dearer_better", 4.0),
    (dict(spent=5.0, artisan_years=15.0), "cheaper_better", None),
    (dict(spent=30.0, artisan_years=5.0), "dearer_worse", None),
    (dict(spent=0.0, artisan_years=5.0), "cheaper_worse", 2.0),
    (dict(spent=30.0, artisan_years=10.0), "dearer_unclear", None),
    (dict(spent=0.0, artisan_years=10.0), "cheaper_unclear", None),
    (dict(spent=10.0, artisan_years=15.0), "unclear_better", None),
    (dict(spent=10.0, artisan_years=5.0), "unclear_worse", None),
    (dict(spent=10.0, artisan_years=10.0), "unclear_unclear", None),
]


@pytest.mark.parametrize(("means", "quadrant", "ratio"), PRICES)
@pytest.mark.parametrize("lang", ["en", "id"])
def test_a_price_is_told_where_one_number_tells_something(means, quadrant, ratio, lang):
    values = {name: mean + luck(100, seed=k) for k, (name, mean) in enumerate(means.items())}
    found = against(**values)
    one = found.prices["B"]["artisan_years"]
    assert one.quadrant == quadrant
    if ratio is None:
        assert np.isnan([one.ratio, one.low, one.high]).all()
    else:
        assert one.ratio == pytest.approx(ratio)
        assert one.low < one.ratio < one.high
    pattern = text(
        f"compare.price.{quadrant}", lang, cost="§", gain="§", ratio="§", interval="§"
    )  # fmt: skip
    assert all(part in found.verdict(lang) for part in pattern.split("§"))


# ---------------------------------------------------------------- losers


def test_who_loses_is_named_though_the_total_rises():
    found = against(
        mean_income=9.0 + luck(100, 0.1), household_income=15.0 + luck(100),
        spent_kpc=30.0 + luck(100), spent_tourism=3.0 + luck(100),
    )  # fmt: skip
    assert found.losers[["kind", "name"]].to_numpy().tolist() == [
        ["outcome", "mean_income"], ["payer", "kpc"],
    ]  # fmt: skip
    row = found.losers.iloc[0]
    assert row["low"] < row["mean"] < row["high"] < 0.0
    assert row["worse"] > 0.9
    words = found.verdict()
    assert "income of a producer -100 %" in words
    assert "PT Kaltim Prima Coal (KPC) pays Rp 20 million more a run" in words


def test_a_loss_that_rounds_to_nothing_is_in_the_table_alone():
    found = against(skill=9.9999)
    assert found.losers["name"].tolist() == ["skill"]
    assert "skill" not in found.verdict()


def test_more_is_worse_where_less_is_better():
    assert {one.name for one in OUTCOMES if one.better < 0} == {
        "inactive", "months_to_active", "months_to_dynamic", "unmet_orders", "spent",
    }  # fmt: skip
    found = against(unmet_orders=12.0 + luck(100))
    one = found.differences["B"]["unmet_orders"]
    assert one.judgement == "worse"
    assert one.worse > 0.9


# ---------------------------------------------------------------- figures


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_says_what_it_shows(found, name, lang):
    figure = getattr(found.plot, name)(lang)
    words = [one.get_text() for one in figure.texts]
    assert text("figure.notice", lang) in words
    assert any("40 " in one and BASE.replace(months=60).hash[:8] in one for one in words)
    question = text(f"compare.figure.{name}", lang, first="as it is")
    assert figure.get_suptitle().replace("\n", " ") == question
    said = [label.get_text() for one in figure.legends for label in one.get_texts()]
    assert len(set(said)) == len(said)
    if name in ("bands", "differences"):
        assert any("rec 1" in one for one in said)
    for axes in figure.axes:
        assert axes.get_xlabel() or axes.get_title(loc="left")


def test_scenarios_differ_without_colour(found):
    axes = found.plot.bands().axes[0]
    lines = [line for line in axes.lines if len(line.get_xdata()) == 60]
    assert len({line.get_linestyle() for line in lines}) == 3
    assert len({band.get_hatch() for band in axes.collections}) == 3


def test_no_two_scenarios_look_the_same():
    from cgsim.figures.compare import look
    from cgsim.figures.sheet import COLOURS
    from cgsim.study.compare.pairs import MOST_SCENARIOS

    looks = [look(k) for k in range(MOST_SCENARIOS)]
    assert len({str(one.dashes) for one in looks}) == MOST_SCENARIOS
    assert len({one.marker for one in looks}) == MOST_SCENARIOS
    assert not {one.colour for one in looks} & set(COLOURS.values())


def test_every_outcome_has_its_words():
    for name in BY_NAME:
        for lang in ("en", "id"):
            for part in ("label", "unit", "short"):
                assert text(f"compare.outcome.{name}.{part}", lang)
