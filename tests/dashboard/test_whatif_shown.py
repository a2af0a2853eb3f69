"""What the page of scenarios side by side shows is what the study says."""

import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner

import cgsim
from cgsim.cli.app import app
from cgsim.dashboard.address import changed, read, write
from cgsim.dashboard.own import packed
from cgsim.dashboard.sides import addition, answered, compare_command, files, filled
from cgsim.dashboard.state import Settings, Side
from cgsim.dashboard.whatif_map import map_of_sides
from cgsim.dashboard.whatif_shown import compared, labels, work_key

NAMES = ("sangatta-utara", "recommendation-1", "nobody-monitors")
RUNS, SEED = 24, 3


@pytest.fixture(scope="module")
def cases():
    return [cgsim.Scenario.load(name) for name in NAMES]


@pytest.fixture(scope="module")
def shown(cases):
    return compared(cases, RUNS, SEED)


@pytest.fixture(scope="module")
def said():
    """Return what the command says of the same scenarios."""
    words = ["compare", *NAMES, "--runs", str(RUNS), "--seed", str(SEED), "--json"]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


# ------------------------------------------------------------------ the same numbers


def test_differences_are_those_of_the_command(shown, said):
    for k, name in enumerate(NAMES[1:]):
        rows = [row for row in said["outcomes"] if row["scenario"] == name]
        for row, one in zip(rows, shown["outcomes"], strict=True):
            found = one["others"][k]
            assert one["name"] == row["outcome"]
            assert one["before"] == row["before"]
            for column in ("mean", "low", "high", "better", "equal", "worse", "judgement"):
                assert found[column] == row[column]


def test_end_states_transitions_money_and_losers_are_those_of_the_command(shown, said):
    shares = [row["share"] for row in said["states"] if row["cutoffs"] == "as_set"]
    assert [n / RUNS for side in shown["sides"] for n in side] == shares
    pairs = [n for counts in shown["transitions"] for row in counts for n in row]
    assert pairs == [row["pairs"] for row in said["transitions"]]
    for k, name in enumerate(NAMES[1:]):
        money = [row for row in said["money"] if row["scenario"] == name]
        assert [(one["name"], one["others"][k]["mean"]) for one in shown["money"]] == [
            (row["name"], row["mean"]) for row in money
        ]
        lost = [(one["kind"], one["name"], one["mean"]) for one in shown["losers"][k]]
        assert lost == [
            (row["kind"], row["name"], row["mean"])
            for row in said["losers"]
            if row["scenario"] == name
        ]


def test_verdicts_are_those_of_the_command_with_letters_for_names(shown, said):
    for k, name in enumerate(NAMES[1:]):
        one, verdict = shown["verdicts"][k], said["verdicts"][name]
        assert one["answer"] == verdict["answer"]
        assert one["label"] == verdict["label"]
        sentence = verdict["sentence"].replace(f"“{name}”", f"“{'BC'[k]}”")
        assert one["sentence"]["en"] == sentence.replace(f"“{NAMES[0]}”", "“A”")


def test_bands_are_the_studys_and_the_table_is_too(shown, cases):
    found = cgsim.compare(dict(zip("ABC", cases, strict=True)), RUNS, SEED)
    table = found.over_time.query("quantity == 'producers' and scenario == 'C'")
    assert shown["bands"]["producers"][2]["q95"] == table["q95"].tolist()
    assert shown["csv"] == found.outcomes.to_csv(index=False, lineterminator="\n")


def test_what_is_shown_can_travel_as_json(shown):
    assert json.loads(json.dumps(shown, allow_nan=False)) == shown


def test_other_people_are_refused_in_both_languages(cases):
    fewer = cases[0].replace({"community.people": 60})
    refused = compared([cases[0], fewer], RUNS, SEED)["refused"]
    assert "60" in refused["en"]
    assert refused["en"] != refused["id"]


def test_an_answer_is_kept_under_the_names_that_it_tells(cases):
    text = "extends: sangatta-utara\norganisations: {kpc: {name: {en: Ours, id: Kami}}}\n"
    renamed = Side(own=packed(text)).case
    assert renamed.hash == cases[0].hash
    assert work_key([renamed, renamed], 200, 1) != work_key([cases[0], cases[0]], 200, 1)


@pytest.mark.parametrize("lang", ["en", "id"])
def test_everything_shown_has_a_name(shown, lang):
    named = labels(lang)
    assert [one["name"] for one in shown["outcomes"]] == list(named["outcomes"])
    assert set(shown["bands"]) == set(named["quantities"])
    activities = {one["name"] for one in shown["money"] if one["kind"] == "activity"}
    assert activities == set(named["activities"])


# ------------------------------------------------------------------ which scenarios


def test_an_address_that_names_nothing_else_still_compares():
    plain = filled(Settings())
    assert dict(plain.others[0].levers).values()
    moved = filled(Settings(side=Side(levers=(("community.persistence.mean", 0.9),))))
    assert moved.others == (Side(),)
    everybody = filled(Settings(side=Side("everybody-monitors-monthly")))
    assert set(dict(everybody.others[0].levers).values()) == {"never"}
    named = Settings(others=(Side("neither"),))
    assert filled(named) is named


@pytest.mark.parametrize("own", [False, True])
def test_scenarios_can_be_added_until_there_are_four(own):
    side = Side(own=packed("extends: neither\nmonths: 24")) if own else Side()
    settings = filled(Settings(side=side))
    for many in (2, 3):
        settings, notices = changed(settings, addition(settings))
        assert (len(settings.others), notices) == (many, [])
    assert addition(settings) == {}
    assert len({one.case.value("community.people") for one in settings.others}) == 1
    assert read(write(settings))[0].others == settings.others


def test_another_place_brings_its_own_comparison_unless_one_was_chosen():
    place = {"change": {"scenario": "mina-bayu-lestari"}}
    unasked = filled(Settings(seed=5))
    after, _ = changed(unasked, answered(unasked, place)["change"])
    assert (after.seed, filled(after).others[0].scenario) == (5, "mina-bayu-lestari")
    chosen = Settings(others=(Side("neither"),))
    after, _ = changed(chosen, answered(chosen, place)["change"])
    assert after.others == (Side("neither"),)
    lever = {"change": {"process.leadership": "0.9"}}
    assert answered(unasked, lever)["change"] == lever["change"]
    assert answered(unasked, {"add": True})["change"] == {"c.scenario": "recommendation-1"}


def test_scenarios_have_pins_where_the_shipped_map_speaks_of_them():
    settings = Settings(others=(Side("nobody-monitors"), Side("rise-and-fall")))
    found = map_of_sides(settings)
    assert [pin["letter"] for pin in found["pins"]] == ["A", "B"]
    assert found["off"] == ["C"]
    assert found["pins"][1]["x"] == [0, 0, 0]  # nobody monitors: never
    assert map_of_sides(Settings(Side("rise-and-fall"), (Side(),))) == {}


def test_the_command_says_levers_that_hold_in_all_and_else_names_files(tmp_path):
    levers = (("organisations.kpc.visits", 3),)
    alike = Settings(Side(levers=levers), (Side("neither", levers=levers),), seed=4)
    assert compare_command(alike) == (
        "cgsim compare sangatta-utara neither --runs 200 --seed 4 --set organisations.kpc.visits=3"
    )
    unlike = replace(alike, others=(Side("neither"),))
    assert compare_command(unlike) == "cgsim compare a.yaml neither --runs 200 --seed 4"
    name, text = files(unlike)[0]
    assert name == "a.yaml"
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert cgsim.Scenario.load(tmp_path / name).hash == unlike.side.case.hash


def test_a_side_may_be_saved_with_what_was_moved_on_the_way(tmp_path):
    side = Side(moves=((12, "organisations.kpc.monitoring_interval", "never"),))
    settings = Settings(others=(side,))
    assert compare_command(settings).split()[2:4] == ["sangatta-utara", "b.yaml"]
    (tmp_path / "b.yaml").write_text(files(settings)[1][1], encoding="utf-8")
    assert cgsim.Scenario.load(tmp_path / "b.yaml").hash == side.case.hash
