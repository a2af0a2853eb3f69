"""Explanations in words, documents and figures; questions that are refused."""

from __future__ import annotations

import json

import pytest

import cgsim
from cgsim.language import text
from cgsim.study.explain import (
    LeavingsExplained,
    PersonExplained,
    RunExplained,
    explain,
    explain_person,
    leavings_words,
    person_words,
    run_words,
)
from cgsim.study.explain.life import TERMS
from cgsim.study.explain.wording import flip_words, reached_words
from cgsim.world.shape import STATUSES
from tests.explain.asking import BASE, SHORT


@pytest.mark.parametrize("lang", ["en", "id"])
def test_a_flip_is_written_on_the_side_on_which_it_keeps(lang):
    for who in (19, 38, 105):
        why = explain_person(BASE, who, 7, levers=["mandate"])
        for one in why.reasons:
            written = float(flip_words(one, lang).replace(",", "."))
            moment = why.moment.having(one.term, written)
            assert moment.stays(why.policy)
            assert abs(written - one.flip) <= 1e-3


def test_what_falls_short_never_reads_as_reached():
    assert reached_words("trust", 0.54999, 0.55, "id") == {"value": "0,549", "needed": "0,55"}


@pytest.mark.parametrize("lang", ["en", "id"])
def test_bad_luck_is_called_so_and_what_decided_is_named(lang, person):
    luck = explain_person(BASE, 75, 7, levers=["mandate"])
    assert luck.decisive == ()
    said = text("explain.person.luck", lang, p="26%")
    assert said in person_words.sentences(luck, lang)
    assert person.decisive == ("skill",)
    skill = text("explain.term.skill", lang)
    assert text("explain.person.decisive", lang, terms=skill) in person_words.sentences(
        person, lang
    )


@pytest.mark.parametrize("lang", ["en", "id"])
def test_a_run_is_told_with_its_changes_and_what_blocks_it(lang, run):
    said = run_words.sentences(run, lang)
    assert len(said) == 1 + 3 + 2
    assert text("explain.blocker.market_information", lang) in said[1]
    assert text("explain.blocker.market_information", lang) in said[2]


@pytest.mark.parametrize("lang", ["en", "id"])
def test_leavings_are_told_with_all_six_reasons(lang, left):
    said = " ".join(leavings_words.sentences(left, lang))
    assert all(text(f"explain.term.{term}", lang) in said for term in TERMS)


def test_one_function_explains_a_person_a_run_or_all_who_left():
    assert isinstance(cgsim.explain(SHORT, 7, who=19, levers=["mandate"]), PersonExplained)
    assert isinstance(cgsim.explain(SHORT, 7), RunExplained)
    assert isinstance(cgsim.explain(SHORT, 7, runs=2), LeavingsExplained)


@pytest.mark.parametrize("lang", ["en", "id"])
def test_documents_are_fit_for_json(lang, person, run, left):
    for found in (person, run, left):
        told = json.loads(json.dumps(found.to_dict(lang), allow_nan=False))
        assert told["scenario_hash"]
        assert told["sentences"]


FAULTS = [
    ({"who": 120}, "persons are numbered from 0 to 119"),
    ({"who": 19, "month": 36}, "months are numbered from 0 to 35"),
    ({"who": 19, "month": 30}, "nearest month: 1"),
    ({"who": 19, "levers": ["leadershipp"]}, "Did you mean"),
    ({"who": 19, "runs": 3}, "either --who or --runs"),
    ({"month": 3}, "needs --who"),
    ({"against": "recommendation-1"}, "needs --who"),
    ({"levers": ["visits"]}, "needs --who"),
    ({"run": 2, "runs": 3}, "--run, one run, or --runs, many"),
    ({"who": 19, "against": SHORT.replace({"community.people": 12})}, "--against  there is no"),
]


@pytest.mark.parametrize(("asked", "words"), FAULTS)
def test_a_question_about_nobody_or_nothing_is_refused_with_the_nearest(asked, words):
    with pytest.raises(cgsim.ScenarioError, match=words):
        explain(SHORT, 7, **asked)


def test_one_never_trained_is_refused_with_those_nearest_who_were():
    people = cgsim.people(SHORT, 7)
    trained = set(people[people["hazard"].notna()]["person"])
    who = min(set(range(120)) - trained)
    near = min(trained, key=lambda one: (abs(one - who), one))
    with pytest.raises(cgsim.ScenarioError, match=rf"never trained in run 0.*\b{near}\b"):
        explain_person(SHORT, who, 7)
    nobody = SHORT.replace({"organisations.*.seats": 0})
    with pytest.raises(cgsim.ScenarioError, match="nobody was ever trained"):
        explain_person(nobody, who, 7)


@pytest.mark.parametrize("lang", ["en", "id"])
def test_the_figures_say_the_answer_and_what_they_show(lang, person, run, left):
    for found, said in (
        (person, person_words.sentences(person, lang)),
        (run, run_words.sentences(run, lang)),
        (left, leavings_words.sentences(left, lang)),
    ):
        figure = found.plot(lang)
        words = [one.get_text().replace("\n", " ") for one in figure.texts]
        assert any(said[0] in one for one in words)
        assert text("figure.notice", lang) in words
        legends = [label.get_text() for one in figure.legends for label in one.get_texts()]
        assert len(set(legends)) == len(legends)
        figure.canvas.draw()
        edge = figure.bbox.x1
        assert all(one.get_window_extent().x1 <= edge for one in figure.texts)


def test_in_the_figure_one_leaves_where_the_line_lies_above_the_circle(person):
    from cgsim.figures.explain_person import _bearable, _sum

    rows = person.life.table[person.life.table["in_programme"]]
    assert (_sum(rows) > _bearable(rows)).tolist() == rows["leaves"].tolist()


def test_statuses_are_drawn_as_the_decision_found_them(person):
    axes = person.plot().axes[0]
    drawn = {bar.get_label(): len(bar.patches) for bar in axes.containers}
    for name in STATUSES[1:4]:
        months = [m for m in person.life.moments.values() if STATUSES[m.status] == name]
        assert drawn[text(f"figure.lives.{name}")] == max(1, len(months))
