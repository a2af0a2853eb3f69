"""Whatever a file holds, it is a scenario or it is told what is wrong: nothing else happens."""

import io
import tracemalloc

import pytest
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


HOSTILE = {
    "lists in lists": "[" * 100_000,
    "blocks in blocks": "{a: " * 50_000,
    "asked keys": "? " * 50_000,
    "dashes": "- " * 100_000,
    "deep indentation": "\n".join(" " * i + "a:" for i in range(1_000)),
    "a list that holds itself": "a: &a [*a, *a]\n" * 5_000,
    "a billion laughs": "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    + "\n".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)),
    "blocks that repeat blocks": "b0: &b0 {k: 1}\n"
    + "\n".join(f"b{i}: &b{i} {{x: *b{i - 1}, y: *b{i - 1}}}" for i in range(1, 50)),
    "merged blocks": "b: &b {k: 1}\n" + "\n".join(f"c{i}:\n  <<: *b" for i in range(2_000)),
    "many names": "\n".join(f"k{i}: 1" for i in range(30_000)),
    "many near misses": "constants:\n" + "\n".join(f"  gian{i}: 1" for i in range(9_000)),
    "many organisations unknown": "extends: sangatta-utara\nset:\n"
    + "\n".join(f"  organisations.x{i}.visits: 1" for i in range(9_000)),
    "many paths unknown": "extends: sangatta-utara\nset:\n"
    + "\n".join(f"  leadershi{i}: 1" for i in range(9_000)),
    "many interventions": "extends: sangatta-utara\ninterventions:\n"
    + "\n".join(f"  - {{month: {i}, set: {{process.leadrship: 1}}}}" for i in range(2_000)),
    "many sources": "extends: sangatta-utara\nsources:\n"
    + "\n".join(f"  l{i}: a" for i in range(9_000)),
    "many organisations": "organisations:\n"
    + "\n".join(f"  o{i}: {{visit: 1}}" for i in range(4_000)),
    "a long text": 'a: "' + "x" * 1_000_000,
    "a long comment": "#" * 1_000_000,
    "a long number": "a: " + "9" * 1_000_000,
    "a huge length": "extends: sangatta-utara\nmonths: 1e308",
    "a huge community": "extends: sangatta-utara\ncommunity: {people: " + "9" * 300 + "}",
    "a long word": "a" * 1_000_000,
    "a long path": "extends: " + "x/" * 100_000,
    "too large": "a: 1\n" * 300_000,
}


@pytest.mark.timeout(60)  # none of them may hang
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_within_bounds_of_memory(name):
    words = HOSTILE[name]
    judged(lambda: Scenario.parse("extends: sangatta-utara"))  # what is kept once for all
    tracemalloc.start()
    try:
        assert judged(lambda: Scenario.parse(words)) is None
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 200 * 2**20
