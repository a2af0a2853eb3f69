"""Where an English text has a word of the field, the Indonesian one has the word decided for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cgsim import glossary_page, language
from cgsim.scenario import Scenario

pytestmark = pytest.mark.docs

ROOT = Path(__file__).resolve().parents[1]
TERMS = [one for _, terms in glossary_page.sections().values() for one in terms]
# what is typed or stands in files is the same in both languages: paths, commands, placeholders
CODE = re.compile(
    r"\{[^{}]*\}|<\w+>|\(cgsim [^)]*\)|cgsim (?:sweep )?[a-z]+|\S*(?:[_*=/]|\w\.\w|\.\*)\S*"
    r"|\w+ [<>]=? \w+|^\w+:|\bsuch as .*|\bmisalnya .*|\b(?:runs|months|people)(?:, | or )"
)


def texts():
    """Every text in both languages by its key, of the program and of the shipped scenarios."""
    for key in language.keys("en"):
        # pages of help that show files and commands are code from end to end
        if not key.endswith((".examples", ".more")) and key not in glossary_page.apart():
            yield key, language._find(key, "en"), language._find(key, "id")
    for name in Scenario.shipped():
        case = Scenario.load(name)
        for kind, said in (("title", case.title), ("question", case.question)):
            yield f"{name}.{kind}", said["en"], said["id"]
        for one in case.interventions:
            yield f"{name}.why", one.why["en"], one.why["id"]


TEXTS = [(key, CODE.sub(" ", en), CODE.sub(" ", id_)) for key, en, id_ in texts()]


def astray(term, all_texts):
    """Keys of the texts whose English has the term and whose Indonesian has another word."""
    forms = "|".join(map(re.escape, term.say))
    said = re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])", re.IGNORECASE)
    return [
        key
        for key, en, id_ in all_texts
        if said.search(en) and not any(form.lower() in id_.lower() for form in term.accepted)
    ]


@pytest.mark.parametrize("term", TERMS, ids=lambda one: one.en)
def test_an_indonesian_text_has_the_word_that_the_glossary_decided(term):
    assert not astray(term, TEXTS)


@pytest.mark.parametrize(
    "term", [one for one in TERMS if one.refused], ids=lambda one: one.en
)  # fmt: skip
def test_a_word_that_the_glossary_refused_stands_nowhere(term):
    for key, _, id_ in TEXTS:
        for form in term.refused:
            assert form.lower() not in id_.lower(), key


def test_another_word_is_found_and_an_added_syllable_is_not():
    [artisan] = [one for one in TERMS if one.en == "artisan"]
    [visit] = [one for one in TERMS if one.en == "visit"]
    assert astray(artisan, [("a", "Two artisans leave.", "Dua pengusaha keluar.")]) == ["a"]
    assert not astray(artisan, [("a", "Two artisans leave.", "Dua perajin keluar.")])
    assert not astray(visit, [("v", "visits a trainee", "mengunjungi peserta")])
    assert not astray(visit, [("v", "visitors", "tamu")])


def test_most_terms_are_used_by_some_text():
    used = [one for one in TERMS if any(
        re.search(rf"(?<![\w-]){re.escape(form)}(?![\w-])", en, re.IGNORECASE)
        for form in one.say for _, en, _ in TEXTS
    )]  # fmt: skip
    assert len(used) > 0.8 * len(TERMS)


def test_no_term_stands_twice_and_each_is_told_in_both_languages():
    names = [one.en for one in TERMS]
    assert len(set(names)) == len(names)
    for one in TERMS:
        assert one.means["en"].endswith(".")
        assert one.means["id"].endswith(".")
        assert one.means["en"] != one.means["id"]
        assert any(form in one.id.lower() for form in one.accepted), one.en


def test_what_stands_apart_is_there_and_would_fail():
    for key, why in glossary_page.apart().items():
        both = [(key, language._find(key, "en"), language._find(key, "id"))]
        assert any(astray(term, both) for term in TERMS), key
        assert why


def test_the_page_is_what_the_file_says():
    page = (ROOT / "docs" / "glossary.md").read_bytes().replace(b"\r\n", b"\n")
    remedy = "docs/glossary.md is out of date: run python -m cgsim.glossary_page"
    assert page == glossary_page.markdown().encode("utf-8"), remedy
