"""The live page in a real browser: what is seen first, playing, levers."""

import re

import pytest
from playwright.sync_api import Page, expect

import cgsim
from tests.dashboard.driving import asked_for, at, go_to, producers

pytestmark = pytest.mark.browser

MONTHLY = {"organisations.*.monitoring_interval": 1}


def hold_time(page: Page) -> None:
    """Let the page's time pass only when told to."""
    page.clock.install(time=0)
    page.clock.pause_at(1000)


# ------------------------------------------------------------------ what is seen first


def test_the_page_says_something_before_anyone_clicks(visitor):
    page = visitor()
    expect(page).to_have_title("cgsim · live class")
    expect(page.get_by_test_id("scenario-question")).to_contain_text(
        "Where does the programme lead"
    )
    expect(page.get_by_test_id("state")).to_have_text("Inactive")
    expect(page.get_by_test_id("producers")).to_have_text(str(producers()[0]))
    expect(page.get_by_test_id("needs")).to_contain_text("4 of 6 indicators at 0.30")
    expect(page.get_by_test_id("notice")).to_contain_text("Not a forecast")
    expect(page.get_by_test_id("notices")).to_be_hidden()
    expect(page.get_by_test_id("play")).to_be_in_viewport()
    at(page, 1)


def test_every_month_shows_the_engines_numbers(visitor):
    page = visitor()
    months = cgsim.simulate("sangatta-utara", runs=1, seed=1).months
    for row in (0, 35, 80, 119):
        go_to(page, row + 1)
        expect(page.get_by_test_id("producers")).to_have_text(str(months["producers"][row]))
        expect(page.get_by_test_id("independents")).to_have_text(str(months["independents"][row]))
        expect(page.get_by_test_id("state")).to_have_text(months["state"][row].capitalize())
        for name in ("product_development", "skill", "trust"):
            shown = f"{months[name][row]:.2f}"
            expect(page.get_by_test_id(f"indicator-{name}")).to_have_text(shown)


# ------------------------------------------------------------------ playing


def test_play_runs_the_months_and_pause_holds_them(visitor):
    page = visitor()
    hold_time(page)
    page.get_by_test_id("play").click()
    expect(page.get_by_test_id("play")).to_have_text("Pause")
    page.clock.run_for(2000)
    expect(page.get_by_test_id("month")).to_have_text(re.compile(r"^1[5-7] / 120$"))
    page.get_by_test_id("play").click()
    expect(page.get_by_test_id("play")).to_have_text("Play")
    held = page.get_by_test_id("month").inner_text()
    page.clock.run_for(2000)
    expect(page.get_by_test_id("month")).to_have_text(held)


def test_play_ends_at_the_last_month_and_begins_anew(visitor):
    page = visitor("month=118")
    hold_time(page)
    page.get_by_test_id("play").click()
    page.clock.run_for(2000)
    at(page, 120)
    expect(page.get_by_test_id("play")).to_have_text("Play")
    page.get_by_test_id("play").click()
    at(page, 1)


def test_speed_moves_more_months_a_second(visitor):
    page = visitor()
    hold_time(page)
    page.get_by_test_id("speed").fill("30")
    page.get_by_test_id("play").click()
    page.clock.run_for(1000)
    expect(page.get_by_test_id("month")).to_have_text(re.compile(r"^(29|3[01]) / 120$"))


def test_steps_scrub_and_reset(visitor):
    page = visitor()
    page.get_by_test_id("step-forward").click()
    page.get_by_test_id("step-forward").click()
    at(page, 3)
    page.get_by_test_id("step-back").click()
    at(page, 2)
    go_to(page, 77)
    at(page, 77)
    page.get_by_test_id("reset").click()
    at(page, 1)


def test_keys_play_step_and_reset(visitor):
    page = visitor("month=50")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    at(page, 52)
    page.keyboard.press("ArrowLeft")
    at(page, 51)
    page.keyboard.press("Space")
    expect(page.get_by_test_id("play")).to_have_text("Pause")
    page.keyboard.press("Space")
    expect(page.get_by_test_id("play")).to_have_text("Play")
    page.keyboard.press("r")
    at(page, 1)


def test_keys_keep_their_meaning_in_a_field(visitor):
    page = visitor("month=50")
    page.get_by_test_id("seed").focus()
    page.keyboard.press("ArrowLeft")
    page.get_by_test_id("lever-community-persistence-mean").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_test_id("lever-community-persistence-mean-value")).to_have_text("0.55")
    at(page, 50)


def test_a_drag_on_the_ribbon_scrubs(visitor):
    page = visitor()
    page.get_by_test_id("ribbon").scroll_into_view_if_needed()
    box = page.get_by_test_id("ribbon").bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 10, box["y"] + 60)
    page.mouse.up()
    at(page, 120)


def test_playing_asks_nothing_of_the_server(visitor):
    page = visitor()
    frames = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: frames.append(frame)))
    page.reload()
    expect(page.get_by_test_id("state")).not_to_be_empty()
    page.wait_for_load_state("networkidle")
    frames.clear()
    for _ in range(20):
        page.get_by_test_id("step-forward").click()
    go_to(page, 100)
    at(page, 100)
    assert len(frames) == 0


# ------------------------------------------------------------------ levers


def test_monthly_visits_by_all_raise_the_producers_as_the_engine_says(visitor):
    page = visitor()
    before, after = producers()[-1], producers(MONTHLY)[-1]
    for key in ("industry", "tourism"):
        page.get_by_test_id(f"lever-organisations-{key}-monitoring_interval").select_option("1")
        page.wait_for_url(f"**{key}.monitoring_interval=1**")
    go_to(page, 120)
    expect(page.get_by_test_id("producers")).to_have_text(str(after))
    at(page, 120)
    assert after > before


def test_persistence_acts_when_it_is_released(visitor):
    page = visitor()
    lever = page.get_by_test_id("lever-community-persistence-mean")
    lever.evaluate("e => { e.value = 0.8; e.dispatchEvent(new Event('input')); }")
    expect(page.get_by_test_id("lever-community-persistence-mean-value")).to_have_text("0.8")
    assert "community.persistence.mean" not in asked_for(page)
    lever.dispatch_event("change")
    page.wait_for_url("**community.persistence.mean=0.8**")
    expected = producers({"community.persistence.mean": 0.8})[-1]
    go_to(page, 120)
    expect(page.get_by_test_id("producers")).to_have_text(str(expected))


def test_a_lever_moved_at_a_month_changes_only_the_future(visitor):
    page = visitor("month=40")
    before = page.get_by_test_id("producers").inner_text()
    page.get_by_test_id("lever-organisations-kpc-monitoring_interval").select_option("never")
    page.wait_for_url("**at.40.organisations.kpc.monitoring_interval=never**")
    expect(page.get_by_test_id("producers")).to_have_text(before)
    expect(page.get_by_test_id("moves")).to_contain_text("After 40 months")
    moved = {"month": 40, "set": {"organisations.kpc.monitoring_interval": "never"}}
    expected = producers({"interventions": [moved]})
    assert expected[:40] == producers()[:40]
    go_to(page, 120)
    expect(page.get_by_test_id("producers")).to_have_text(str(expected[-1]))
    page.get_by_test_id("moves").get_by_role("button").click()
    expect(page.get_by_test_id("producers")).to_have_text(str(producers()[-1]))


def test_a_preset_brings_its_question_and_its_own_length(visitor):
    page = visitor("month=120&community.persistence.mean=0.9")
    page.get_by_test_id("scenario").select_option("rise-and-fall")
    expect(page.get_by_test_id("scenario-question")).to_contain_text("leaves after ten years")
    at(page, 120, 240)
    expect(page.get_by_test_id("marks")).to_contain_text("Every programme ends")
    expect(page.get_by_test_id("lever-community-persistence-mean-value")).to_have_text("0.75")


def test_another_seed_is_another_run(visitor):
    page = visitor("month=120")
    page.get_by_test_id("seed").fill("12")
    page.get_by_test_id("seed").press("Enter")
    expect(page.get_by_test_id("producers")).to_have_text(str(producers(seed=12)[-1]))
