"""What a lecturer does with the live page: a story, a bet, luck, people, a projector, a phone."""

import pytest
from playwright.sync_api import expect

import cgsim
from cgsim.dashboard.luck import luck_of
from cgsim.study.trajectory import trajectory
from tests.dashboard.driving import at, go_to, producers

pytestmark = pytest.mark.browser

STILL = {"reduced_motion": "reduce"}
PHONE = {"viewport": {"width": 390, "height": 844}}
SIDEWAYS = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
OVERLAPPING = """() => {
  const all = [...document.querySelectorAll('.cgsim :is(button, a, select, .file-label)')]
    .map((e) => [e, e.getBoundingClientRect()])
    .filter(([e, b]) => e.checkVisibility() && b.width > 2 && b.height > 2);
  const found = [];
  for (const [k, [e, a]] of all.entries()) {
    if (e.scrollWidth > e.clientWidth + 1 && e.tagName !== 'SELECT')
      found.push(`too long: ${e.textContent}`);
    for (const [f, b] of all.slice(k + 1)) {
      const over = Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
      if (over && !e.contains(f)) found.push(`${e.textContent} / ${f.textContent}`);
    }
  }
  return found;
}"""
CLIPPED = """() => [...document.querySelectorAll('.cgsim svg.chart text')].filter((e) => {
  const [a, b] = [e, e.closest('svg')].map((one) => one.getBoundingClientRect());
  return a.left < b.left - 1 || a.right > b.right + 1
    || a.top < b.top - 2 || a.bottom > b.bottom + 2;
}).map((e) => e.textContent)"""


# ------------------------------------------------------------------ the lecture


@pytest.mark.parametrize(
    ("lang", "first", "leaves"),
    [
        ("en", "the run begins", "Every programme ends"),
        ("id", "simulasi dimulai", "Semua program berakhir"),
    ],
)
def test_the_lecture_stops_at_every_turn_with_its_sentence(visitor, lang, first, leaves):
    page = visitor(f"scenario=rise-and-fall&story=1&lang={lang}", **STILL)
    now = page.get_by_test_id("story-now")
    expect(now).to_contain_text(first)
    expect(page.get_by_test_id("story-next")).to_be_in_viewport()
    told = {one["after"]: one["words"][lang] for one in trajectory("rise-and-fall")["events"]
            if one["kind"] in ("change", "state_up", "state_down", "first_win")}  # fmt: skip
    heard = {}
    while not page.get_by_test_id("story-next").is_disabled():
        page.get_by_test_id("story-next").click()
        month = int(page.get_by_test_id("month").inner_text().split(" / ")[0])
        heard[month] = now.inner_text()
        assert len(heard) < 30
    assert told.keys() <= heard.keys()
    for month, sentence in told.items():
        assert sentence in heard[month]
        assert heard[month].startswith(("After ", "Setelah ")[lang == "id"] + str(month))
    assert leaves in heard[120]
    assert list(heard)[-1] == 240
    page.get_by_test_id("story-back").click()
    at(page, list(heard)[-2], 240)


def test_next_turn_plays_up_to_the_turn_and_holds(visitor):
    page = visitor("scenario=rise-and-fall&story=1&month=12")
    page.get_by_test_id("story-next").click()
    at(page, 13, 240)
    expect(page.get_by_test_id("play")).to_have_text("Play")
    expect(page.get_by_test_id("story-now")).to_contain_text("Critical mass")


def test_the_log_tells_in_plain_words_what_has_been_and_no_more(visitor):
    page = visitor("scenario=kpc-leaves&month=59")
    log = page.get_by_test_id("log")
    expect(log).not_to_contain_text("KPC) leaves")
    go_to(page, 60)
    expect(log).to_contain_text("After 60 months PT Kaltim Prima Coal (KPC) leaves.")


def test_the_bet_is_revealed_at_the_end_alone(visitor):
    page = visitor("scenario=neither&month=119")
    page.get_by_test_id("bet-dynamic").click()
    verdict = page.get_by_test_id("bet-verdict")
    expect(verdict).to_have_text("Your bet: dynamic. It is revealed at the end.")
    page.get_by_test_id("step-forward").click()
    expect(verdict).to_have_text("You bet dynamic; it came inactive.")
    page.get_by_test_id("bet-dynamic").click()
    page.get_by_test_id("bet-inactive").click()
    expect(verdict).to_have_text("You bet inactive, and so it came.")


def test_the_other_luck_is_that_of_the_next_two_hundred_runs(visitor):
    runs = cgsim.simulate("sangatta-utara", runs=200, seed=4, first_run=1).runs
    shares = runs["end_state"].astype(str).value_counts(normalize=True)
    case = cgsim.Scenario.load("sangatta-utara")
    told = luck_of(case, 4)
    states = ("inactive", "active", "dynamic")
    assert told["shares"] == [float(shares.get(state, 0.0)) for state in states]
    page = visitor("seed=4")
    page.get_by_test_id("luck").click()
    said = page.get_by_test_id("luck-words")
    percents = [round(100 * share) for share in told["shares"]]
    expect(said).to_contain_text(
        f"{percents[0]} % end inactive, {percents[1]} % active, {percents[2]} % dynamic"
    )
    expect(page.locator("[data-testid=producers-chart] .luck-band")).to_have_count(2)
    page.get_by_test_id("luck").click()
    expect(said).to_be_empty()


# ------------------------------------------------------------------ levers and people


def test_persistence_moved_on_the_way_acts_from_there(visitor):
    page = visitor("month=50")
    before = page.get_by_test_id("producers").inner_text()
    page.get_by_test_id("lever-community-persistence-mean").fill("0.9")
    page.wait_for_url("**at.50.community.persistence.mean=0.9**")
    expect(page.get_by_test_id("producers")).to_have_text(before)
    moved = {"month": 50, "set": {"community.persistence.mean": 0.9}}
    expected = producers({"interventions": [moved]})
    assert expected[:50] == producers()[:50]
    go_to(page, 120)
    expect(page.get_by_test_id("producers")).to_have_text(str(expected[-1]))
    expect(page.get_by_test_id("marks")).to_contain_text("After 50 months")
    expect(page.locator("[data-testid=ribbon] .flag")).to_have_count(1)


def test_what_the_scenario_ends_can_be_kept_from_its_very_month_on(visitor):
    page = visitor("scenario=rise-and-fall&month=119")
    page.get_by_test_id("more-levers").locator("summary").click()
    present = page.get_by_test_id("lever-organisations-industry-present")
    expect(present).to_have_value("true")
    page.get_by_test_id("step-forward").click()
    expect(present).to_have_value("false")
    present.select_option("true")
    page.wait_for_url("**at.120.organisations.industry.present=true**")
    expect(present).to_have_value("true")
    stays = {"month": 120, "set": {"organisations.industry.present": True}}
    case = cgsim.Scenario.load("rise-and-fall")
    both = [*case.to_dict()["interventions"], stays]
    go_to(page, 240)
    expected = producers({"interventions": both}, scenario="rise-and-fall")[-1]
    assert expected > 0
    expect(page.get_by_test_id("producers")).to_have_text(str(expected))


def test_a_person_leads_to_their_life(visitor):
    page = visitor("month=60&seed=2")
    person = page.get_by_test_id("people").get_by_role("button").first
    number = person.get_attribute("data-testid").removeprefix("person-")
    person.click()
    page.wait_for_url(f"**/people?**who={number}**")
    assert "month=60" in page.url
    assert "seed=2" in page.url


def test_the_figures_beside_the_month_are_the_engines(visitor):
    page = visitor("month=41")
    row = cgsim.simulate("sangatta-utara", runs=1, seed=1).months.iloc[40]
    expect(page.get_by_test_id("mean-trust")).to_have_text(f"{row['tie_trust']:.2f}")
    expect(page.get_by_test_id("turns")).to_have_text(str(row["turns"]))
    expect(page.get_by_test_id("income")).to_have_text(f"{row['mean_income']:.2f}")


# ------------------------------------------------------------------ projector, phone, everyone


def test_large_text_is_larger_fits_and_is_remembered(visitor):
    page = visitor("month=60", viewport={"width": 1440, "height": 900})
    play = page.get_by_test_id("play")
    usual = play.bounding_box()["height"]
    page.get_by_test_id("large-text").click()
    page.reload()
    expect(page.get_by_test_id("large-text")).to_have_attribute("aria-pressed", "true")
    assert play.bounding_box()["height"] > 1.25 * usual
    expect(play).to_be_in_viewport()
    assert page.evaluate(SIDEWAYS) == 0
    assert page.evaluate(CLIPPED) == []
    box = page.get_by_test_id("ribbon").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 60)
    month = int(page.get_by_test_id("month").inner_text().split(" / ")[0])
    assert 57 <= month <= 64


@pytest.mark.parametrize("lang", ["en", "id"])
def test_on_a_phone_nothing_overlaps_and_no_word_is_clipped(visitor, lang):
    page = visitor(f"lang={lang}&scenario=rise-and-fall&story=1&month=130", **PHONE)
    assert page.evaluate(SIDEWAYS) == 0
    assert page.evaluate(OVERLAPPING) == []
    assert page.evaluate(CLIPPED) == []
    expect(page.get_by_test_id("play")).to_be_in_viewport()
    expect(page.get_by_test_id("state")).to_be_in_viewport()
    expect(page.get_by_test_id("to-about")).to_be_in_viewport()


def test_cards_of_a_row_are_equally_high(visitor):
    page = visitor("month=60")
    rows = page.evaluate(
        "[...document.querySelectorAll('.cgsim .pictures')].map((row) =>"
        " [...row.children].map((card) => Math.round(card.getBoundingClientRect().height)))"
    )
    assert [len(set(row)) for row in rows] == [1, 1, 1]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "id"])
def test_no_grave_fault_of_access_with_everything_open(visitor, scheme, lang):
    from axe_playwright_python.sync_playwright import Axe

    page = visitor(
        f"scenario=rise-and-fall&story=1&month=125&luck=1&bet=active&lang={lang}",
        color_scheme=scheme,
        **STILL,
    )
    page.get_by_test_id("large-text").click()
    page.get_by_test_id("more-levers").locator("summary").click()
    found = Axe().run(page).response["violations"]
    grave = [one for one in found if one["impact"] in ("serious", "critical")]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in grave] == []
