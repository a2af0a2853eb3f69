"""Both languages say the same things, and every lever has its words."""

import string

import pytest

from cgsim import language
from cgsim.language import keys, languages, text
from cgsim.parameters import PLAN, POLICY

LEVERS = [p.path for p in POLICY.values()] + [f"organisations.{name}" for name in PLAN]


def placeholders(words):
    return sorted({name for _, name, _, _ in string.Formatter().parse(words) if name is not None})


def raw(key, lang):
    return language._find(key, lang)


def test_both_languages_have_the_same_keys_in_the_same_order():
    assert keys("en") == keys("id")


@pytest.mark.parametrize("section", sorted({key.split(".")[0] for key in keys("en")}))
def test_both_languages_have_the_same_placeholders(section):
    for key in keys("en"):
        if key.startswith(f"{section}."):
            words = [raw(key, lang) for lang in languages()]
            assert all(isinstance(word, str) for word in words), key
            assert bool(words[0].strip()) == bool(words[1].strip()), key
            assert placeholders(words[0]) == placeholders(words[1]), key


@pytest.mark.parametrize("lang", languages())
def test_every_lever_has_a_label_and_a_help_and_no_other_has(lang):
    found = {key for key in keys(lang) if key.startswith("lever.")}
    assert found == {f"lever.{path}.{kind}" for path in LEVERS for kind in ("label", "help")}
    for path in LEVERS:
        assert text(f"lever.{path}.help", lang).endswith(".")
        assert len(text(f"lever.{path}.label", lang)) <= 60


@pytest.mark.parametrize("lang", languages())
def test_labels_are_unique(lang):
    labels = [text(f"lever.{path}.label", lang) for path in LEVERS]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("lang", languages())
def test_every_unit_has_its_words(lang):
    for parameter in [*POLICY.values(), *PLAN.values()]:
        assert text(f"unit.{parameter.unit}", lang)


def test_a_missing_key_is_named():
    with pytest.raises(KeyError, match=r"error\.no_such_thing"):
        text("error.no_such_thing")
    with pytest.raises(KeyError, match=r"error\.file"):
        text("error.file")
    with pytest.raises(KeyError, match="jv"):
        text("unit.share", "jv")


def test_the_language_follows_the_computer(monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "id_ID.UTF-8")
    assert language.default_language() == "id"
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert language.default_language() == "en"
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert language.default_language() == "en"
