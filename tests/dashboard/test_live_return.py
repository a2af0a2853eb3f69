"""A reload, a lost connection, a server started anew: the page is where its address says."""

import os
import re

import pytest
from playwright.sync_api import expect

from tests.dashboard.driving import Guarded, at, free_port, go_to, producers, serving
from tests.dashboard.light import Light

pytestmark = pytest.mark.browser

LEVER = "organisations.kpc.monitoring_interval=never"


def test_a_reload_comes_back_to_the_month_and_the_levers(visitor):
    page = visitor(f"{LEVER}&seed=3")
    go_to(page, 77)
    page.wait_for_url("**month=77**")
    shown = page.get_by_test_id("producers").inner_text()
    page.reload()
    at(page, 77)
    expect(page.get_by_test_id("producers")).to_have_text(shown)


def test_a_reload_while_it_plays_is_at_most_a_second_behind(visitor):
    page = visitor()
    page.get_by_test_id("play").click()
    page.wait_for_url("**month=**")
    page.reload()
    expect(page.get_by_test_id("month")).not_to_have_text("1 / 120")


def test_a_connection_that_was_lost_comes_back_unseen(visitor):
    page = visitor("month=30")
    assert page.evaluate("solara.debug.dropConnection()")
    page.get_by_test_id("step-forward").click()
    at(page, 31)
    page.wait_for_function(
        "solara.debug.reconnectCount > 0 && solara.debug.connectionStatus === 'connected'"
    )
    page.get_by_test_id("lever-organisations-kpc-monitoring_interval").select_option("never")
    page.wait_for_url("**at.31.organisations.kpc.monitoring_interval=never**")
    expect(page.get_by_test_id("disconnected")).to_be_hidden()
    at(page, 31)


@pytest.mark.skipif(os.name != "posix", reason="a process is killed here")
def test_after_a_restart_the_page_is_where_its_address_says(driven, tmp_path):
    port, window = free_port(), Guarded(driven)
    page = window.page()
    with serving(tmp_path / "first.log", port) as (server, url):
        page.goto(f"{url}/?{LEVER}")
        expect(page.get_by_test_id("state")).not_to_be_empty()
        go_to(page, 88)
        page.wait_for_url("**month=88**")
        server.kill()
        expect(page.get_by_test_id("disconnected")).to_contain_text("connection to the server")
        page.get_by_test_id("step-forward").click()
        at(page, 89)
        page.wait_for_url("**month=89**")
    with serving(tmp_path / "second.log", port):
        expect(page.get_by_test_id("disconnected")).to_be_hidden(timeout=60_000)
        at(page, 89)
        months = producers({"organisations.kpc.monitoring_interval": "never"})
        expect(page.get_by_test_id("producers")).to_have_text(str(months[88]))
        lever = page.get_by_test_id("lever-organisations-industry-monitoring_interval")
        lever.select_option("1")  # and it answers again
        page.wait_for_url(re.compile("industry.monitoring_interval=1"))
    window.context.close()


def test_what_a_lost_page_held_is_freed_after_a_while(tmp_path):
    """A page that tells when it closes is freed at once; one that is lost, after a while."""
    with serving(tmp_path / "server.log", SOLARA_KERNEL_CULL_TIMEOUT="1s") as (_, url):
        lost, kept = Light(url), Light(url, "/?seed=2")
        lost.drop()
        closed = Light(url)
        closed.close()
        with Light(url, before=closed) as back:
            assert not back.started()
        kept.rest(2.5)
        with Light(url, before=lost) as back:
            assert not back.started()
        assert kept.started()
        kept.close()


def test_a_page_that_comes_back_soon_finds_what_it_left(served):
    page = Light(served, "/?seed=5")
    page.drop()
    with Light(served, before=page) as back:
        assert back.started()
