"""The nearest single assumption that overturns a conclusion: planted ones, and true turns."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import cgsim
from cgsim.language import text
from cgsim.parameters import BY_PATH
from cgsim.study.compare import paired
from cgsim.study.compare.overturn import HALVINGS, overturn
from cgsim.study.compare.worlds import in_worlds
from cgsim.study.compare.worlds_words import overturn_words
from cgsim.study.worlds import draw

RUNS = 12
BASE = cgsim.Scenario.load("sangatta-utara").replace(months=24)
NOTHING = {
    f"organisations.*.{name}": 0
    for name in ("promotion", "toolkit", "workshop", "waste", "reward", "seats", "visits")
}
COSTS = ["costs.promotion", "costs.toolkit", "costs.reward"]


def told(promoting, tools, outcome="spent", paths=COSTS, runs=RUNS):
    """Promotion against tools, and nothing else on the bill."""
    first = BASE.replace({**NOTHING, "organisations.kpc.promotion": promoting})
    other = BASE.replace({**NOTHING, "organisations.kpc.toolkit": tools})
    pairs = paired({"promotes": first, "equips": other}, RUNS, 5)
    return pairs, overturn(pairs, paths, outcome, runs)["equips"]


@pytest.fixture(scope="module")
def planted():
    """A unit of promotion costs 10, one of tools 5: 1.5 of these are cheaper than one of those.

    It turns at a price of promotion of 7.5 (a sixth of its spread from 5 to 20 away), or of
    tools of 6.67 (over a fifth of its spread from 2.5 to 10 away).
    """
    return told(1.0, 1.5)


def spent(pairs, path, value):
    """By hand: mean difference in spending with one number another."""
    made = [cgsim.simulate(one.scenario.replace({path: value}), RUNS, 5).runs["spent"]
            for one in pairs.every]  # fmt: skip
    return float((made[1] - made[0]).mean())


def test_the_planted_turn_is_found_and_the_nearest_comes_first(planted):
    _, found = planted
    assert found.conclusion == "better"
    rows = found.table.set_index("path")
    assert found.table["path"].tolist()[:2] == ["costs.promotion", "costs.toolkit"]
    assert rows.loc["costs.promotion", "value"] == pytest.approx(7.5, abs=0.5)
    assert rows.loc["costs.toolkit", "value"] == pytest.approx(6.67, abs=0.5)
    assert rows.loc["costs.promotion", "distance"] == pytest.approx(2.5 / 15.0, abs=0.04)
    assert found.nearest["path"] == "costs.promotion"
    assert not rows.loc["costs.reward", "turns"]
    assert np.isnan(rows.loc["costs.reward", "value"])


@pytest.mark.parametrize("path", ["costs.promotion", "costs.toolkit"])
def test_the_run_at_the_value_turns_the_sign_and_at_its_neighbour_does_not(planted, path):
    pairs, found = planted
    row = found.table.set_index("path").loc[path]
    as_set = spent(pairs, path, row["reference"])
    assert as_set == found.difference
    assert spent(pairs, path, float(row["value"])) * as_set <= 0.0
    assert spent(pairs, path, float(row["before"])) * as_set > 0.0
    assert spent(pairs, path, float(row["value"])) == row["at_value"]
    side = abs((row["high"] if row["value"] > row["reference"] else row["low"]) - row["reference"])
    assert abs(row["value"] - row["before"]) == pytest.approx(side / 2**HALVINGS)


def test_the_ends_of_a_spread_are_those_of_the_runs(planted):
    pairs, found = planted
    for row in found.table.to_dict("records"):
        assert (row["low"], row["high"]) == BY_PATH[row["path"]].spread
        assert row["at_low"] == spent(pairs, row["path"], row["low"])
        assert row["at_high"] == spent(pairs, row["path"], row["high"])


def test_it_is_told_whether_it_is_reversed_or_merely_gone(planted):
    _, found = planted
    rows = found.table.set_index("path")
    assert rows.loc["costs.promotion", "end_verdict"] == "worse"
    assert found.reversed == 2
    assert rows.loc["costs.promotion", "at_low"] > 0.0 > rows.loc["costs.promotion", "at_high"]


def test_no_single_assumption_overturns_what_is_far_from_even():
    _, found = told(4.0, 0.2)
    assert found.concluded
    assert found.nearest is None
    assert not found.table["turns"].any()
    # what comes nearest to turning it stands first
    left = np.minimum(-found.table["at_low"], -found.table["at_high"])
    assert left.iloc[0] == left.min()


def test_where_nothing_is_concluded_there_is_nothing_to_overturn():
    pairs = paired({"one": BASE, "again": BASE}, 3, 5)
    found = overturn(pairs, COSTS, "spent", 3)["again"]
    assert found.conclusion == "same"
    assert found.nearest is None
    assert found.table["value"].isna().all()


def test_whole_numbers_are_tried_as_whole_numbers():
    """An end state rests on how many indicators it asks for."""
    pairs = paired({"as it is": "sangatta-utara", "full": "full-package"}, 20, 5)
    paths = ["cluster.dynamic.indicators", "cluster.dynamic.producers"]
    found = overturn(pairs, paths, "dynamic", 20)["full"]
    assert found.concluded
    assert found.table["turns"].any()
    for row in found.table[found.table["turns"]].to_dict("records"):
        assert row["value"] == int(row["value"])
        assert abs(row["value"] - row["before"]) == 1.0


@pytest.mark.parametrize("lang", ["en", "id"])
def test_the_sentence_names_the_nearest_with_its_value(planted, lang):
    pairs, found = planted
    worlds = in_worlds(pairs, draw(COSTS, 4, 1), 2)
    said = overturn_words(replace(worlds, overturned={"equips": found}), "equips", lang)
    label = text("lever.costs.promotion.label", lang)
    assert label[0].lower() + label[1:] in said
    assert f"2 {'of' if lang == 'en' else 'dari'} 3" in said
    none = overturn_words(replace(worlds, overturned={"equips": told(4.0, 0.2)[1]}), "equips", lang)
    assert "3 " in none
    assert none != said
