"""Whatever a file holds, it is a scenario or it is told what is wrong: nothing else happens."""

import io
import time

from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from cgsim.errors import ScenarioError
from cgsim.language import languages
from cgsim.parameters import BY_PATH, PLAN
from cgsim.scenario import Scenario, parse_set

BASE = Scenario.load("sangatta-utara")
WHOLE = BASE.to_yaml()


def judged(action):
    """Run an action; a scenario comes out, or faults that can be shown in both languages."""
    wrong = None
    try:
        return action()
    except ScenarioError as told:
        wrong = told
    assert wrong.faults
    for lang in languages():
        assert len(wrong.in_language(lang).split("\n")) >= len(wrong.faults)
    return None


@given(st.binary(max_size=400))
def test_any_bytes(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("fuzz") / "any.yaml"
    path.write_bytes(data)
    judged(lambda: Scenario.load(path))


@given(st.text(alphabet="ab:-?[]{},&*!|>'\"%@`#\n\t 01.~<=/", max_size=120))
def test_any_marks_of_yaml(words):
    judged(lambda: Scenario.parse(words))
    judged(lambda: Scenario.parse("extends: sangatta-utara\n" + words))
    judged(lambda: parse_set("process.leadership=" + words))


@given(st.integers(0, len(WHOLE)), st.integers(0, 40), st.text(max_size=8))
def test_any_damage_to_a_whole_file(start, length, words):
    judged(lambda: Scenario.parse(WHOLE[:start] + words + WHOLE[start + length :]))


names = st.sampled_from(
    [
        "title", "months", "process", "community", "persistence", "organisations", "kpc", "*",
        "interventions", "set", "else", "when", "month", "why", "once", "for", "extends", "sources",
        "alias", "kind", "name", "cluster", "active", "present", "organisations.*.visits", "en",
        "organisations.kpc", *PLAN, *list(BY_PATH)[:40],
    ]
) | st.text(max_size=6)  # fmt: skip
scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from(["never", "agency", "sangatta-utara", "producers < 10", "state < active"])
)  # fmt: skip
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=5),
    max_leaves=25,
)


@given(st.dictionaries(names, trees, max_size=6))
def test_any_tree_in_a_file_and_in_replace(tree):
    judged(lambda: BASE.replace(tree))
    text = io.StringIO()
    YAML(typ="safe", pure=True).dump(tree, text)
    judged(lambda: Scenario.parse(text.getvalue()))
    judged(lambda: Scenario.parse("extends: sangatta-utara\n" + text.getvalue()))


@given(st.lists(st.fixed_dictionaries({"set": trees}, optional={
    "month": scalars, "when": scalars, "for": scalars, "once": scalars, "else": trees,
    "why": trees}), max_size=3))  # fmt: skip
def test_any_interventions(listed):
    judged(lambda: BASE.replace({"interventions": listed}))


@given(st.sampled_from([*BY_PATH, *(f"organisations.*.{name}" for name in PLAN)]), scalars)
def test_any_value_of_any_lever(path, value):
    scenario = judged(lambda: BASE.replace({path: value}))
    if scenario is not None and not isinstance(value, str):
        found = scenario.value(path)
        assert value in (found.values() if isinstance(found, dict) else [found])


def test_hostile_files_are_refused_quickly():
    hostile = [
        "[" * 100_000,
        "{a: " * 50_000,
        "? " * 50_000,
        "- " * 100_000,
        "a: &a [*a, *a]\n" * 5_000,
        "\n".join(f"k{i}: 1" for i in range(30_000)),
        "constants:\n" + "\n".join(f"  gian{i}: 1" for i in range(9_000)),
        "extends: sangatta-utara\nset:\n"
        + "\n".join(f"  organisations.x{i}.visits: 1" for i in range(9_000)),
        "extends: sangatta-utara\ninterventions:\n"
        + "\n".join(f"  - {{month: {i}, set: {{process.leadrship: 1}}}}" for i in range(2_000)),
        "extends: sangatta-utara\nsources:\n" + "\n".join(f"  l{i}: a" for i in range(9_000)),
        "organisations:\n" + "\n".join(f"  o{i}: {{visit: 1}}" for i in range(4_000)),
        'a: "' + "x" * 1_000_000,
        "#" * 1_000_000,
        "a: " + "9" * 1_000_000,
        "a" * 1_000_000,
        "extends: " + "x/" * 100_000,
    ]
    for words in hostile:
        start = time.perf_counter()
        assert judged(lambda words=words: Scenario.parse(words)) is None
        assert time.perf_counter() - start < 20, words[:40]
