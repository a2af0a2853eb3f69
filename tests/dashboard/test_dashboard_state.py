"""What the address of the page means; no browser, no server."""

import doctest
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

import cgsim
from cgsim.dashboard import address, levers, main, own, state
from cgsim.dashboard.address import changed, read, write
from cgsim.dashboard.levers import offered
from cgsim.dashboard.state import Settings, Side, run_of
from cgsim.dashboard.view import saved, view
from cgsim.language import keys, languages

KPC = "organisations.kpc."

ROUND_TRIPS = [
    "",
    "month=41",
    "scenario=neither",
    "organisations.industry.monitoring_interval=1&organisations.kpc.monitoring_interval=never",
    "community.persistence.mean=0.65&seed=7&month=120&lang=id",
    "scenario=mina-bayu-lestari&organisations.fisheries.attends=always&seed=4294967295",
    "scenario=rise-and-fall&month=240",
    "at.30.organisations.kpc.present=false&at.60.organisations.kpc.present=true&month=61",
    "b.scenario=neither&b.community.persistence.mean=0.6&c.scenario=kpc-leaves&bet=dynamic",
    f"own={own.packed('extends: neither')}&organisations.kpc.visits=3",
]

CLAMPED = [
    ("community.persistence.mean=7", "levers", (("community.persistence.mean", 1),)),
    ("community.persistence.mean=-0.1", "levers", (("community.persistence.mean", 0),)),
    ("community.persistence.mean=much", "levers", ()),
    ("community.persistence.mean=nan", "levers", ()),
    ("seed=-4", "seed", 0),
    ("seed=99999999999", "seed", 2**32 - 1),
    ("seed=1e999", "seed", 1),
    ("month=0", "month", 1),
    ("month=500", "month", 120),
    ("month=2.5", "month", 2),
    ("lang=fr", "lang", "en"),
    ("scenario=neithr", "scenario", "sangatta-utara"),
    (f"{KPC}promised_interval=4.4", "levers", ((f"{KPC}promised_interval", 4),)),
    (f"{KPC}monitoring_interval=999", "levers", ((f"{KPC}monitoring_interval", 240),)),
    ("organisations.kpc.monitoring_interval=often", "levers", ()),
    ("organisations.kpc.attends=sometimes", "levers", ()),
    ("organisations.bank.visits=1", "levers", ()),
    ("at.500.organisations.kpc.visits=1", "moves", ()),
    ("at.12.community.people=60", "moves", ()),
    ("bet=great", "extras", ()),
    ("own=nonsense", "own", ""),
    ("colour=red", "levers", ()),
]  # fmt: skip


@pytest.mark.parametrize("query", ROUND_TRIPS)
def test_an_address_is_read_and_written_back(query):
    settings, notices = read(query)
    assert notices == []
    assert dict(parse_qsl(write(settings))) == dict(parse_qsl(query))
    assert read(write(settings))[0] == settings


@pytest.mark.parametrize(("query", "name", "value"), CLAMPED)
def test_what_is_wrong_in_an_address_is_put_right_with_a_notice(query, name, value):
    settings, notices = read(query)
    held = settings.side if hasattr(settings.side, name) else settings
    assert getattr(held, name) == value
    assert len(notices) == 1
    said = {notices[0].in_language(lang) for lang in languages()}
    assert len(said) == 2


def test_a_notice_never_repeats_a_long_address():
    _, notices = read("scenario=" + "x" * 5000 + "&" + "y" * 5000 + "=1")
    assert all(len(notice.in_language("en")) < 300 for notice in notices)


def test_a_value_that_is_the_scenarios_own_does_not_stand_in_the_address():
    same = "organisations.tourism.monitoring_interval=6&community.persistence.mean=0.5"
    settings, _ = read(f"{same}&seed=1&month=1")
    assert write(settings) == ""


def test_levers_act_on_the_scenario():
    settings, _ = read(
        "organisations.industry.monitoring_interval=3&organisations.kpc.present=false"
        "&community.persistence.mean=0.65"
    )
    expected = cgsim.Scenario.load("sangatta-utara").replace(
        {
            "organisations.industry.monitoring_interval": 3,
            "organisations.kpc.present": False,
            "community.persistence.mean": 0.65,
        }
    )
    assert settings.case.hash == expected.hash


def test_a_lever_moved_later_changes_only_the_future():
    start, _ = read("month=41")
    before = cgsim.simulate(start.case, runs=1, seed=1).months
    moved, notices = changed(start, {"lever": "organisations.kpc.visits", "value": 0, "month": 41})
    assert notices == []
    after = cgsim.simulate(moved.case, runs=1, seed=1).months
    shared = [name for name in before if name != "scenario_hash"]
    assert before.loc[:40, shared].equals(after.loc[:40, shared])
    assert not before.loc[41:, shared].equals(after.loc[41:, shared])


def test_what_was_moved_is_saved_as_a_scenario_that_ends_alike(tmp_path):
    query = f"{KPC}seats=6&at.30.{KPC}visits=2&at.70.{KPC}present=false"
    settings, _ = read(query)
    file = tmp_path / "mine.yaml"
    file.write_text(saved(settings), encoding="utf-8")
    assert cgsim.Scenario.load(file).hash == settings.case.hash
    plain, _ = read("organisations.kpc.seats=6")
    file.write_text(saved(plain), encoding="utf-8")
    assert cgsim.Scenario.load(file).hash == plain.case.hash


def test_another_scenario_comes_with_its_own_levers():
    settings, _ = read("community.persistence.mean=0.9&organisations.kpc.visits=2&month=30&seed=5")
    after, notices = changed(settings, {"scenario": "nobody-monitors", "month": 44})
    assert notices == []
    assert after == Settings(Side("nobody-monitors"), month=44, seed=5)


def test_a_shorter_scenario_ends_where_it_ends_and_nobody_is_told_off():
    settings, _ = read("scenario=rise-and-fall&month=200")
    after, notices = changed(settings, {"scenario": "neither", "month": 200})
    assert (after.month, notices) == (120, [])


def test_language_changes_nothing_else():
    settings, _ = read("community.persistence.mean=0.9&month=30")
    after, _ = changed(settings, {"lang": "id", "month": 30})
    assert after.case == settings.case
    assert (after.month, after.lang) == (30, "id")


def test_a_scenario_of_ones_own_stands_in_the_address_and_may_extend_no_file():
    word = own.packed("extends: neither\nset: {community.persistence.mean: 0.44}\n")
    settings, notices = read(f"own={word}")
    assert notices == []
    assert settings.case.value("community.persistence.mean") == 0.44
    with pytest.raises(cgsim.ScenarioError):
        own.unpacked(own.packed("extends: ../../etc/passwd"))


def test_a_small_word_that_unfolds_into_a_long_text_is_refused():
    bomb = own.base64.urlsafe_b64encode(own.zlib.compress(b"#" * 5_000_000, 9)).decode()
    assert len(bomb) < own.LONGEST
    with pytest.raises(cgsim.ScenarioError):
        own.text_of(bomb.rstrip("="))


@pytest.mark.parametrize("name", cgsim.Scenario.shipped())
def test_every_lever_is_offered_with_a_value_that_the_page_can_show(name):
    base = cgsim.Scenario.load(name)
    for one in offered(base, "en"):
        if "choices" in one:
            assert one["own"] in [value for value, _ in one["choices"]], one["path"]
        else:
            assert one["low"] <= one["own"] <= one["high"], one["path"]
            assert one["step"] > 0


def test_a_run_is_computed_once_and_equals_the_engines():
    case = Settings().case
    assert run_of(case, 3) is run_of(case, 3)
    months = cgsim.simulate(case, runs=1, seed=3).months
    assert run_of(case, 3)["series"]["producers"] == months["producers"].tolist()


@pytest.mark.parametrize("lang", languages())
def test_the_view_has_all_words_and_every_shipped_scenario(lang):
    shown = view(Settings(lang=lang), "live", [])
    page = {key for key in keys("en") if key.startswith("dashboard.page.")}
    assert page <= {f"dashboard.page.{key}" for key in shown["words"]}
    assert {one["name"] for one in shown["presets"]} == set(cgsim.Scenario.shipped())
    assert all(one["title"] and one["question"] for one in shown["presets"])
    side = shown["sides"][0]
    assert [one["key"] for one in side["organisations"]] == ["industry", "tourism", "kpc"]


def test_both_languages_have_the_same_words():
    mine = [[key for key in keys(lang) if key.startswith("dashboard.")] for lang in languages()]
    assert mine[0] == mine[1]


@pytest.mark.parametrize("module", [state, address, levers, own])
def test_examples_hold(module):
    failed, tried = doctest.testmod(module)
    assert failed == 0
    assert tried > 0 or module is state


def test_settings_need_no_solara():
    code = (
        "import sys; sys.modules['solara'] = None; import cgsim.dashboard.address,"
        " cgsim.dashboard.state, cgsim.dashboard.main"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


@pytest.mark.parametrize("lang", languages())
def test_a_missing_extra_is_said_plainly(lang, monkeypatch, capsys):
    monkeypatch.setattr(main, "NEEDED", ("no-such-package-anywhere",))
    assert main.serve(open_browser=False, lang=lang) == 2
    said = capsys.readouterr().err
    assert "pip install cgsim[dashboard]" in said
    assert "no-such-package-anywhere" in said


@pytest.mark.parametrize("lang", languages())
def test_a_busy_port_is_said_plainly(lang, monkeypatch, capsys):
    monkeypatch.setattr(main, "NEEDED", ())
    with main._listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        assert main.serve(port=port, open_browser=False, lang=lang) == 2
    assert str(port) in capsys.readouterr().err
