"""What the about page tells is what the sources of it say."""

import re
from pathlib import Path

import pytest

from cgsim.dashboard.about import about, mark_of
from cgsim.evidence import codes
from cgsim.parameters import PLAN, POLICY
from cgsim.study.patterns import names
from cgsim.study.verdicts import verdicts, written

ROOT = Path(__file__).resolve().parents[2]


def squeezed(words):
    return re.sub(r"\s+", " ", words)


def test_the_month_is_told_as_the_readme_tells_it():
    readme = squeezed((ROOT / "README.md").read_text(encoding="utf-8"))
    for k, sentence in enumerate(about("en")["month"]):
        assert f"{k + 1}. {sentence}" in readme


def test_the_verdicts_are_those_of_the_committed_table():
    page = (ROOT / "docs" / "patterns.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([PC]\d+) \|.*\| ([a-z ]+) \|$", page, re.MULTILINE)
    assert list(verdicts().items()) == rows
    assert list(verdicts()) == names()
    file = ROOT / "cgsim" / "study" / "verdicts.yaml"
    assert file.read_text(encoding="utf-8") == written(verdicts())


@pytest.mark.parametrize("lang", ["en", "id"])
def test_every_number_stands_there_with_its_mark_and_every_code_is_explained(lang):
    told = about(lang)
    assert len(told["parameters"]) == len(POLICY) + len(PLAN) == told["counts"]["all"]
    marks = ("sourced", "leans", "assumed")
    assert sum(told["counts"][mark] for mark in marks) == told["counts"]["all"]
    known = {one["code"] for one in told["evidence"]}
    assert known == set(codes())
    for row in told["parameters"]:
        assert set(row["codes"]) <= known
        assert (row["mark"] == "leans") <= bool(row["codes"])


def test_a_number_counts_as_sourced_only_where_its_source_says_so():
    for one in [*POLICY.values(), *PLAN.values()]:
        assert (mark_of(one) == "sourced") == ("assumption" not in one.source)


@pytest.mark.parametrize("lang", ["en", "id"])
def test_a_pattern_that_is_not_met_says_why(lang):
    patterns = about(lang)["patterns"]
    assert [one["name"] for one in patterns if one["note"]] == [
        one["name"] for one in patterns if one["ruling"] != "met"
    ]


def test_the_citation_is_the_one_of_the_citation_file():
    from cgsim.dashboard.state import words

    cff = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    title = re.search(r'^title: "(.*)"', cff, re.MULTILINE)[1]
    for lang in ("en", "id"):
        assert title in words(lang, "about")["cite_us"]
    assert f"version: {about('en')['versions']['cgsim']}" in cff
