"""What leaves the live page and comes into it: tables, pictures, scenarios, links, commands."""

import io
import json
import shlex

import pytest
from playwright.sync_api import expect
from typer.testing import CliRunner

import cgsim
from cgsim.cli.app import app
from tests.dashboard.driving import at, go_to

pytestmark = pytest.mark.browser

KPC = "organisations.kpc.monitoring_interval"
MOVED = f"scenario=kpc-leaves&seed=7&organisations.industry.visits=2&at.30.{KPC}=6&month=60"


def given(page, button):
    """Return the text of what a button downloads, and the name of the file."""
    with page.expect_download() as waiting:
        page.get_by_test_id(button).click()
    found = waiting.value
    return found.path().read_bytes(), found.suggested_filename


def told_by(command):
    """Return what the command line says of a run, as numbers."""
    done = CliRunner().invoke(app, [*command, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_the_csv_is_the_runs_own_table_to_the_last_digit(visitor):
    page = visitor("scenario=neither&seed=3&month=20")
    words, name = given(page, "csv")
    expected = cgsim.simulate("neither", runs=1, seed=3).months
    assert words.decode() == expected.to_csv(index=False, lineterminator="\n")
    assert name.endswith(".csv")
    column = words.decode().splitlines()[0].split(",").index("tie_trust")
    read = [float(line.split(",")[column]) for line in words.decode().splitlines()[1:]]
    assert read == expected["tie_trust"].tolist()
    at(page, 20)


def test_a_saved_scenario_runs_to_the_same_end_on_the_command_line(visitor, tmp_path):
    page = visitor(MOVED)
    words, name = given(page, "save")
    assert name == "mine.yaml"
    file = tmp_path / name
    file.write_bytes(words)
    go_to(page, 120)
    end = cgsim.simulate(cgsim.Scenario.load(file), runs=1, seed=7).months.iloc[-1]
    for figure in ("producers", "independents", "turns"):
        expect(page.get_by_test_id(figure)).to_have_text(str(end[figure]))
    command = page.get_by_test_id("command").inner_text()
    assert "mine.yaml" in command
    told = told_by([str(file) if w == "mine.yaml" else w for w in shlex.split(command)[1:]])
    shown = page.get_by_test_id("state").inner_text().lower()
    assert told["states"][-1][shown]["share"] == 1.0


@pytest.mark.parametrize("lang", ["en", "id"])
def test_the_command_for_this_gives_the_same_run(visitor, lang):
    page = visitor(f"scenario=neither&seed=9&{KPC}=2&community.persistence.mean=0.8&lang={lang}")
    go_to(page, 120)
    command = page.get_by_test_id("command").inner_text()
    told = told_by(shlex.split(command)[1:])
    case = cgsim.Scenario.load("neither").replace({KPC: 2, "community.persistence.mean": 0.8})
    assert told["scenario_hash"] == case.hash
    assert (told["seed"], told["runs"]) == (9, 1)
    end = cgsim.simulate(case, runs=1, seed=9).months.iloc[-1]
    expect(page.get_by_test_id("producers")).to_have_text(str(end["producers"]))


def test_a_bad_file_shows_every_fault_with_its_place_and_the_page_stays(visitor):
    page = visitor("month=41&seed=5")
    shown = page.get_by_test_id("producers").inner_text()
    bad = (
        "extends: neither\nset:\n  community.persistence.mean: 7\n  community.persistnce.sd: 0.1\n"
    )
    file = {"name": "bad.yaml", "mimeType": "text/yaml", "buffer": bad.encode()}
    page.get_by_test_id("open-file").set_input_files(file)
    faults = page.get_by_test_id("faults")
    expect(faults).to_contain_text("3:")
    expect(faults).to_contain_text("4:")
    expect(faults).to_contain_text("Did you mean persistence?")
    with pytest.raises(cgsim.ScenarioError) as wrong:
        cgsim.Scenario.parse(bad, "own")
    for line in wrong.value.in_language("en").splitlines():
        expect(faults).to_contain_text(line.strip())
    at(page, 41)
    expect(page.get_by_test_id("producers")).to_have_text(shown)


def test_a_good_file_is_played(visitor):
    page = visitor("month=41")
    good = "extends: neither\nset:\n  community.persistence.mean: 0.9\n"
    file = {"name": "good.yaml", "mimeType": "text/yaml", "buffer": good.encode()}
    page.get_by_test_id("open-file").set_input_files(file)
    page.wait_for_url("**own=**")
    go_to(page, 120)
    expected = cgsim.simulate(cgsim.Scenario.parse(good), runs=1, seed=1).months["producers"]
    expect(page.get_by_test_id("producers")).to_have_text(str(expected.iloc[-1]))
    expect(page.get_by_test_id("faults")).to_be_hidden()
    words, _ = given(page, "save")
    assert cgsim.Scenario.parse(words.decode()).hash == cgsim.Scenario.parse(good).hash


def test_the_picture_is_a_png_with_something_on_it(visitor):
    from PIL import Image

    page = visitor("month=90&scenario=rise-and-fall")
    picture, name = given(page, "png")
    assert name.endswith(".png")
    with Image.open(io.BytesIO(picture)) as image:
        assert image.format == "PNG"
        assert image.width > 600
        assert image.height > 600
        blue = (0, 114, 178)  # the head of an active cluster
        assert blue in {colour for _, colour in image.convert("RGB").getcolors(2**24)}


@pytest.mark.parametrize("clipboard", [True, False])
def test_the_link_is_copied_with_and_without_a_clipboard(visitor, clipboard):
    page = visitor("month=33&seed=8")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    if not clipboard:
        page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_test_id("copy-link").click()
    expect(page.get_by_test_id("tool-said")).to_have_text("The link is copied.")
    other = page.context.new_page()
    other.goto(page.url)
    other.bring_to_front()
    assert other.evaluate("navigator.clipboard.readText()") == page.url
    at(other, 33)
