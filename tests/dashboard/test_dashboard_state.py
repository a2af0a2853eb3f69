"""What the address of the page means; no browser, no server."""

import doctest
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

import cgsim
from cgsim.dashboard import address, main, state
from cgsim.dashboard.address import changed, read, write
from cgsim.dashboard.state import Settings, choices, run_of, view
from cgsim.language import keys, languages

ROUND_TRIPS = [
    "",
    "month=41",
    "scenario=neither",
    "monitor.industry=1&monitor.kpc=never",
    "persistence=0.65&seed=7&month=120&lang=id",
    "scenario=mina-bayu-lestari&monitor.fisheries=1&seed=4294967295",
    "scenario=rise-and-fall&month=240",
]

CLAMPED = [
    ("persistence=7", "persistence", 1.0),
    ("persistence=-0.1", "persistence", 0.0),
    ("persistence=much", "persistence", None),
    ("persistence=nan", "persistence", None),
    ("seed=-4", "seed", 0),
    ("seed=99999999999", "seed", 2**32 - 1),
    ("seed=1e999", "seed", 1),
    ("month=0", "month", 1),
    ("month=500", "month", 120),
    ("month=2.5", "month", 2),
    ("lang=fr", "lang", "en"),
    ("scenario=neithr", "scenario", "sangatta-utara"),
    ("monitor.industry=4", "monitoring", (("industry", 3),)),
    ("monitor.industry=99", "monitoring", (("industry", 12),)),
    ("monitor.kpc=often", "monitoring", ()),
    ("monitor.bank=1", "monitoring", ()),
    ("colour=red", "monitoring", ()),
]


@pytest.mark.parametrize("query", ROUND_TRIPS)
def test_an_address_is_read_and_written_back(query):
    settings, notices = read(query)
    assert notices == []
    assert dict(parse_qsl(write(settings))) == dict(parse_qsl(query))
    assert read(write(settings))[0] == settings


@pytest.mark.parametrize(("query", "name", "value"), CLAMPED)
def test_what_is_wrong_in_an_address_is_put_right_with_a_notice(query, name, value):
    settings, notices = read(query)
    assert getattr(settings, name) == value
    assert len(notices) == 1
    said = {notices[0].in_language(lang) for lang in languages()}
    assert len(said) == 2


def test_a_notice_never_repeats_a_long_address():
    _, notices = read("scenario=" + "x" * 5000 + "&" + "y" * 5000 + "=1")
    assert all(len(notice.in_language("en")) < 300 for notice in notices)


def test_a_value_that_is_the_scenarios_own_does_not_stand_in_the_address():
    settings, _ = read("monitor.tourism=6&persistence=0.5&seed=1&month=1")
    assert write(settings) == ""


def test_levers_act_on_the_scenario():
    settings, _ = read("monitor.industry=3&monitor.kpc=never&persistence=0.65")
    expected = cgsim.Scenario.load("sangatta-utara").replace(
        {
            "organisations.industry.monitoring_interval": 3,
            "organisations.kpc.monitoring_interval": "never",
            "community.persistence.mean": 0.65,
        }
    )
    assert settings.case.hash == expected.hash


def test_another_scenario_comes_with_its_own_levers():
    settings, _ = read("persistence=0.9&monitor.kpc=12&month=30&seed=5")
    after, notices = changed(settings, {"scenario": "nobody-monitors", "month": 44})
    assert notices == []
    assert after == Settings(scenario="nobody-monitors", month=44, seed=5)


def test_a_shorter_scenario_ends_where_it_ends_and_nobody_is_told_off():
    settings, _ = read("scenario=rise-and-fall&month=200")
    after, notices = changed(settings, {"scenario": "neither", "month": 200})
    assert (after.month, notices) == (120, [])


def test_language_changes_nothing_else():
    settings, _ = read("persistence=0.9&month=30")
    after, _ = changed(settings, {"lang": "id", "month": 30})
    assert after.case == settings.case
    assert (after.month, after.lang) == (30, "id")


def test_an_interval_of_the_scenario_that_is_not_usual_is_offered_too():
    assert choices(4) == ("never", 12, 6, 4, 3, 2, 1)
    assert choices("never") == state.INTERVALS


def test_a_run_is_computed_once_and_equals_the_engines():
    case = Settings().case
    assert run_of(case, 3) is run_of(case, 3)
    months = cgsim.simulate(case, runs=1, seed=3).months
    assert run_of(case, 3)["series"]["producers"] == months["producers"].tolist()


@pytest.mark.parametrize("lang", languages())
def test_the_view_has_all_words_and_every_shipped_scenario(lang):
    shown = view(Settings(lang=lang), [])
    page = {key for key in keys("en") if key.startswith("dashboard.page.")}
    assert {f"dashboard.page.{key}" for key in shown["words"]} == page
    assert {one["name"] for one in shown["presets"]} == set(cgsim.Scenario.shipped())
    assert all(one["title"] and one["question"] for one in shown["presets"])
    assert [one["key"] for one in shown["organisations"]] == ["industry", "tourism", "kpc"]


def test_both_languages_have_the_same_words():
    mine = [[key for key in keys(lang) if key.startswith("dashboard.")] for lang in languages()]
    assert mine[0] == mine[1]


@pytest.mark.parametrize("module", [state, address])
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
