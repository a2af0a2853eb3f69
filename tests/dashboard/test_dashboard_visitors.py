"""The page and its visitors in a real browser: addresses, languages, neighbours, phones."""

import os
import signal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from cgsim.dashboard.own import packed
from tests.dashboard.driving import (
    REMEMBER,
    Guarded,
    asked_for,
    at,
    forge,
    go_to,
    producers,
    serving,
)

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
FORGED = [
    {"page": ["x"]},
    {"open": 5},
    {"open": ["extends: neither"]},
    {"change": 3},
    {"change": {"lever": {"a": 1}, "value": [], "month": "x"}},
]
"""Wishes of a shape that no page of ours sends."""


# ------------------------------------------------------------------ address, language


def test_the_address_reproduces_the_page(visitor):
    page = visitor()
    page.get_by_test_id("lever-organisations-industry-monitoring_interval").select_option("3")
    page.wait_for_url("**industry.monitoring_interval=3**")
    go_to(page, 64)
    page.wait_for_url("**month=64**")
    shown = page.get_by_test_id("producers").inner_text()
    other = visitor(urlsplit(page.url).query)
    at(other, 64)
    expect(other.get_by_test_id("lever-organisations-industry-monitoring_interval")).to_have_value(
        "3"
    )
    expect(other.get_by_test_id("producers")).to_have_text(shown)


def test_back_undoes_a_lever(visitor):
    page = visitor("month=60")
    page.get_by_test_id("lever-organisations-kpc-monitoring_interval").select_option("never")
    page.wait_for_url("**kpc.monitoring_interval=never**")
    page.go_back()
    expect(page.get_by_test_id("lever-organisations-kpc-monitoring_interval")).to_have_value("1")
    expect(page.get_by_test_id("producers")).to_have_text(str(producers()[59]))
    at(page, 60)


def test_the_language_changes_and_the_month_stays(visitor):
    page = visitor()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    go_to(page, 63)
    page.get_by_test_id("language").click()
    expect(page.locator("html")).to_have_attribute("lang", "id")
    expect(page.get_by_test_id("play")).to_have_text("Putar")
    expect(page.get_by_test_id("state")).to_have_text("Aktif")
    expect(page.get_by_test_id("step-forward")).to_have_accessible_name("Maju satu bulan")
    at(page, 63)
    assert asked_for(page)["lang"] == ["id"]
    page.get_by_test_id("language").click()
    expect(page.get_by_test_id("play")).to_have_text("Play")
    at(page, 63)


def test_a_browser_that_speaks_indonesian_is_answered_so(visitor):
    page = visitor(locale="id-ID")
    expect(page.locator("html")).to_have_attribute("lang", "id")
    expect(page.get_by_test_id("notice")).to_contain_text("Bukan ramalan")


def test_values_that_cannot_be_are_put_right_and_said(visitor):
    page = visitor("community.persistence.mean=7&month=500&scenario=sangatta-utar&colour=red")
    notices = page.get_by_test_id("notices")
    expect(notices.get_by_role("listitem")).to_have_count(4)
    expect(notices).to_contain_text("Did you mean sangatta-utara?")
    expect(page.get_by_test_id("lever-community-persistence-mean-value")).to_have_text("1")
    at(page, 120)


def test_what_stands_in_the_address_never_becomes_markup(visitor):
    page = visitor("%3Cimg src=x onerror=alert(1)%3E=1&scenario=%3Cb%3Ex")
    expect(page.get_by_test_id("notices")).to_contain_text("<b>x")
    assert page.locator("[data-testid=notices] :is(img, b)").count() == 0


@pytest.mark.parametrize("path", ["/what-if", "/map"])
def test_a_title_of_one_long_word_hides_nothing_on_a_phone(visitor, path):
    title = "<b>" + "Kusumaningtyas" * 12
    word = packed(f'extends: neither\ntitle: {{en: "{title}", id: "x"}}\n')
    page = visitor(f"own={word}&b.own={word}", path=path, ready="page", viewport=PHONE)
    expect(page.get_by_test_id("page")).to_contain_text(title)
    beyond = page.evaluate(
        "[...document.querySelectorAll('main :is(button, h2, h3, label)')]"
        ".filter((e) => e.getBoundingClientRect().right > innerWidth + 1"
        " && !e.closest('svg, .table-scroll')).map((e) => e.outerHTML.slice(0, 80))"
    )
    assert beyond == []


def test_messages_that_no_page_sends_change_nothing_and_show_no_innards(driven, served):
    window = Guarded(driven, locale="en-GB")
    page = window.page()
    page.add_init_script(REMEMBER)
    page.goto(f"{served}/?seed=4")
    page.get_by_test_id("lever-community-persistence-mean").fill("0.9")
    page.wait_for_url("**community.persistence.mean=0.9**")
    before = page.url
    for n, asked in enumerate(FORGED):
        forge(page, {"n": 100 + n} | asked)
    forge(page, {"n": 200, "open": "extends: /etc/hosts"})
    expect(page.get_by_test_id("faults")).to_contain_text("neither a shipped scenario nor a file")
    expect(page.locator("body")).not_to_contain_text("Traceback")
    assert page.url == before
    window.context.close()
    assert window.faults == []


# ------------------------------------------------------------------ everyone


def test_two_visitors_never_see_each_others_run(visitor):
    first, second = visitor(), visitor("seed=4")
    first.get_by_test_id("lever-community-persistence-mean").fill("0.9")
    first.wait_for_url("**community.persistence.mean=0.9**")
    go_to(first, 120)
    expected = producers({"community.persistence.mean": 0.9})[-1]
    expect(first.get_by_test_id("producers")).to_have_text(str(expected))
    second.get_by_test_id("lever-organisations-kpc-monitoring_interval").select_option("never")
    second.wait_for_url("**kpc.monitoring_interval=never**")
    go_to(second, 120)
    kpc_never = producers({"organisations.kpc.monitoring_interval": "never"}, seed=4)[-1]
    expect(second.get_by_test_id("producers")).to_have_text(str(kpc_never))
    expect(second.get_by_test_id("lever-community-persistence-mean-value")).to_have_text("0.5")
    expect(first.get_by_test_id("producers")).to_have_text(str(expected))
    expect(first.get_by_test_id("lever-organisations-kpc-monitoring_interval")).to_have_value("1")
    third = visitor("month=120")
    expect(third.get_by_test_id("producers")).to_have_text(str(producers()[-1]))


@pytest.mark.parametrize("lang", ["en", "id"])
def test_a_phone_needs_no_sideways_scroll(visitor, lang):
    page = visitor(f"lang={lang}&month=70&scenario=adaptive-follow-up", viewport=PHONE)
    wide = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
    assert page.evaluate(wide) == 0
    overhanging = """() => [...document.querySelectorAll('.cgsim *')].filter((e) =>
        !e.closest('.unseen') && e.getBoundingClientRect().right > innerWidth + 0.5
    ).map((e) => e.outerHTML.slice(0, 80))"""
    assert page.evaluate(overhanging) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("query", ["month=90", "scenario=rise-and-fall&month=118&lang=id&x=1"])
def test_no_serious_accessibility_violation(visitor, scheme, query):
    from axe_playwright_python.sync_playwright import Axe

    page = visitor(query, color_scheme=scheme, reduced_motion="reduce")
    found = Axe().run(page).response["violations"]
    grave = [one for one in found if one["impact"] in ("serious", "critical")]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in grave] == []


def test_the_theme_follows_the_device_until_someone_chooses(visitor):
    page = visitor(color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-cgsim-theme", "dark")
    page.get_by_test_id("theme").click()
    expect(page.locator("html")).to_have_attribute("data-cgsim-theme", "light")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-cgsim-theme", "light")


def test_the_page_may_be_enlarged(visitor):
    page = visitor()
    content = page.locator("meta[name=viewport]").get_attribute("content")
    assert "maximum-scale" not in content
    assert "user-scalable" not in content


@pytest.mark.skipif(os.name != "posix", reason="a signal stands for Ctrl-C here")
def test_ctrl_c_ends_it_cleanly_while_a_page_is_open(driven, tmp_path):
    log = tmp_path / "server.log"
    with serving(log) as (server, url):
        window = Guarded(driven)
        page = window.page()
        page.goto(url)
        expect(page.get_by_test_id("state")).not_to_be_empty()
        server.send_signal(signal.SIGINT)
        assert server.wait(15) == 0
        window.context.close()
    said = log.read_text(encoding="utf-8")
    assert f"ready at {url}" in said
    assert said.rstrip().endswith("ended.")
    assert "Traceback" not in said
