"""Scenario files as they are meant: inheritance, `set`, `replace`, interventions, values."""

import math

import pytest

from cgsim.errors import ScenarioError
from cgsim.layout import Cells
from cgsim.parameters import PLAN, POLICY
from cgsim.scenario import Intervention, Scenario, parse_set
from cgsim.state import CLUSTER

BASE = Scenario.load("sangatta-utara")
MINIMAL = "organisations: {village: {kind: agency, goal: 1, budget: 10}}\n"


def parsed(words, folder=None):
    return Scenario.parse(words, "here", folder)


def refused(action):
    with pytest.raises(ScenarioError) as told:
        action()
    return told.value


def test_the_reference_is_the_table_of_the_model():
    levers = [
        "goal",
        "monitoring_interval",
        "promised_interval",
        "visits",
        "seats",
        "training_months",
        "promotion",
        "toolkit",
        "workshop",
        "waste",
        "reward",
        "practice_obligation",
        "budget",
    ]
    table = {
        "industry": (0.75, "never", 3, 6, 5, 1, 0.3, 0.4, 0, 0, 0.2, 0, 40),
        "tourism": (0.25, 6, 6, 6, 3, 0.5, 1, 0, 0, 0, 0.1, 0, 35),
        "kpc": (0.5, 1, 1, 8, 4, 1, 0.5, 0.6, 1, 1, 0.2, 1, 90),
    }
    assert BASE.organisations == tuple(table)
    for key, row in table.items():
        assert tuple(BASE.value(f"organisations.{key}.{lever}") for lever in levers) == row
    assert [BASE.value(f"organisations.{key}.kind") for key in table] == [
        "agency",
        "agency",
        "company",
    ]
    assert BASE.policy == {name: float(p.default) for name, p in POLICY.items()}


def test_numbers_stand_as_the_rules_read_them():
    assert BASE.plans["industry"]["monitoring_interval"] == 0.0
    assert BASE.plans["kpc"]["kind"] == 1.0
    assert BASE.plans["kpc"]["present"] == 1.0
    assert all(type(value) is float for value in BASE.policy.values())
    assert all(type(value) is float for plan in BASE.plans.values() for value in plan.values())


def test_levers_that_a_file_leaves_out_take_their_reference_value():
    small = parsed(MINIMAL)
    assert small.months == 120
    assert small.policy == BASE.policy
    plan = small.plans["village"]
    assert {n: plan[n] for n, p in PLAN.items() if p.default is not None} == {
        n: float(p.default) for n, p in PLAN.items() if p.default is not None
    }
    assert small.names["village"] == {"en": "Village", "id": "Village"}
    assert small.title == {"en": "here", "id": "here"}


def test_a_child_states_only_what_differs(tmp_path):
    (tmp_path / "mine.yaml").write_text(
        "extends: sangatta-utara\ntitle: Mine\nprocess: {leadership: 0.9}\n"
        "organisations:\n  kpc: null\n  village: {kind: agency, goal: 1, budget: 5}\n",
        encoding="utf-8",
    )
    (tmp_path / "other.yaml").write_text(
        "extends: mine.yaml\norganisations: {village: {budget: 7}}\n", encoding="utf-8"
    )
    mine, other = (Scenario.load(tmp_path / f"{name}.yaml") for name in ("mine", "other"))
    assert mine.organisations == ("industry", "tourism", "village")
    assert mine.title == {"en": "Mine", "id": "Mine"}
    assert mine.question == {"en": "", "id": ""}
    assert other.title == {"en": "other", "id": "other"}
    assert other.value("process.leadership") == 0.9
    assert other.value("process.ground_rules") == 0.6
    assert other.value("organisations.village.budget") == 7


def test_lists_replace_and_empty_blocks_say_nothing():
    child = parsed("extends: kpc-leaves\nprocess:\nmarket:\n")
    assert child.interventions == Scenario.load("kpc-leaves").interventions
    assert child.policy == BASE.policy
    assert parsed("extends: kpc-leaves\ninterventions: []\n").interventions == ()


def test_set_comes_after_inheritance_and_the_star_means_all():
    child = parsed("extends: sangatta-utara\nset: {organisations.*.visits: 2, months: 60}\n")
    assert child.value("organisations.*.visits") == {"industry": 2, "tourism": 2, "kpc": 2}
    assert child.months == 60


def test_text_may_only_extend_shipped_scenarios_unless_a_folder_is_given(tmp_path):
    (tmp_path / "base.yaml").write_text(MINIMAL, encoding="utf-8")
    assert parsed("extends: ./base.yaml\n", tmp_path).organisations == ("village",)
    assert "neither" in str(refused(lambda: parsed("extends: ./base.yaml\n")))
    assert "neither" in str(refused(lambda: parsed(f"extends: {tmp_path.as_posix()}/base.yaml\n")))


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + MINIMAL.encode(),
        MINIMAL.replace("\n", "\r\n").encode(),
        b"# comment\r\n---\r\n" + MINIMAL.encode(),
    ],
)
def test_a_byte_order_mark_and_windows_lines_are_fine(tmp_path, data):
    (tmp_path / "mine.yaml").write_bytes(data)
    assert Scenario.load(tmp_path / "mine.yaml").organisations == ("village",)


def test_every_value_knows_the_line_that_states_it():
    child = parsed("extends: sangatta-utara\nprocess:\n  leadership: 0.9\n")
    assert child.origins["process.leadership"] == ("here", 3, 15)
    assert child.origins["process.ground_rules"].file.endswith("sangatta-utara.yaml")
    assert "constants.gain" not in child.origins
    moved = child.replace({"process.mandate": 1})
    assert moved.origins["process.mandate"].file == "replace"
    assert moved.origins["process.leadership"] == ("here", 3, 15)


def test_replace_checks_as_a_file_is_checked():
    more = BASE.replace(
        {"organisations.*.monitoring_interval": "never", "process.leadership": 1}, months=24
    )
    assert more.value("organisations.*.monitoring_interval") == dict.fromkeys(
        BASE.organisations, "never"
    )
    assert (more.months, more.value("process.leadership")) == (24, 1)
    assert BASE.value("process.leadership") == 0.6
    wrong = refused(lambda: BASE.replace({"organisations.kpc.visits": -3, "process.x": 1}))
    assert [fault.path for fault in wrong.faults] == ["replace", "replace"]
    assert "replace  organisations.kpc.visits = -3: must be 0 or more" in str(wrong)


def test_replace_adds_and_removes_organisations():
    new = {"kind": "company", "goal": 0.2, "budget": 12, "monitoring_interval": 2}
    more = BASE.replace({"organisations.kpc": None, "organisations.mill": new})
    assert more.organisations == ("industry", "tourism", "mill")
    assert more.value("organisations.mill.monitoring_interval") == 2
    assert "not among the organisations" in str(
        refused(lambda: BASE.replace({"organisations.mill.visits": 3}))
    )
    assert "at least one" in str(
        refused(lambda: BASE.replace({f"organisations.{k}": None for k in BASE.organisations}))
    )


def test_replace_takes_interventions_and_blocks():
    one = {"month": 3, "set": {"organisations.*.present": False}}
    more = BASE.replace({"interventions": [one], "process": {"leadership": 0.2}})
    assert more.interventions[0].set == tuple(
        (f"organisations.{key}.present", 0.0) for key in BASE.organisations
    )
    assert more.value("process.leadership") == 0.2
    assert more.value("process.ground_rules") == 0.6


def test_replace_takes_the_numbers_of_arrays():
    numpy = pytest.importorskip("numpy")
    more = BASE.replace(
        {
            "community.people": numpy.float64(60),
            "process.meeting_interval": numpy.int64(2),
            "process.leadership": numpy.float32(0.5),
        }
    )
    assert more.value("community.people") == 60
    assert more.value("process.meeting_interval") == 2
    assert more.value("process.leadership") == 0.5
    assert refused(lambda: BASE.replace({"process.leadership": numpy.bool_(True)}))


def test_a_shorter_run_may_not_lose_an_intervention_in_silence():
    assert "last month is 23" in str(
        refused(lambda: Scenario.load("kpc-leaves").replace(months=24))
    )


def test_an_intervention_is_written_out():
    (one,) = parsed(
        "extends: sangatta-utara\n"
        "interventions:\n"
        "  - when: producers ≤ 10\n"
        "    for: 3\n"
        "    once: false\n"
        "    why: Few makers\n"
        "    set: {organisations.*.monitoring_interval: 1, organisations.kpc: {visits: 12}}\n"
        "    else: {organisations.*.monitoring_interval: never}\n"
    ).interventions
    keys = BASE.organisations
    changes = tuple((f"organisations.{key}.monitoring_interval", 1.0) for key in keys)
    assert one == Intervention(
        month=None,
        quantity="producers",
        sense="<=",
        bound=10.0,
        for_months=3,
        once=False,
        why={"en": "Few makers", "id": "Few makers"},
        set=(*changes, ("organisations.kpc.visits", 12.0)),
        otherwise=tuple((f"organisations.{key}.monitoring_interval", 0.0) for key in keys),
    )


def test_a_condition_may_name_states_and_what_an_organisation_spends():
    def condition(words):
        one = parsed(
            "extends: sangatta-utara\ninterventions:\n"
            f"  - {{when: {words}, set: {{process.leadership: 1}}}}\n"
        ).interventions[0]
        return one.quantity, one.sense, one.bound

    assert condition("state < active") == ("state", "<", 1.0)
    assert condition("state >= 2") == ("state", ">=", 2.0)
    assert condition("spent_kpc>50.5") == ("spent_kpc", ">", 50.5)


def test_every_change_and_quantity_has_its_cell():
    for name in Scenario.shipped():
        scenario = Scenario.load(name)
        cells = Cells(scenario.organisations)
        for one in scenario.interventions:
            assert one.quantity is None or one.quantity in CLUSTER
            for path, value in (*one.set, *one.otherwise):
                assert math.isfinite(value)
                assert cells.organisation(path.split(".")[1], path.split(".")[2]) < cells.size


def test_values_read_as_a_file_states_them():
    assert BASE.value("organisations.industry.monitoring_interval") == "never"
    assert BASE.value("organisations.kpc.present") is True
    assert BASE.value("organisations.*.kind") == {
        "industry": "agency",
        "tourism": "agency",
        "kpc": "company",
    }
    assert BASE.value("months") == 120
    with pytest.raises(KeyError):
        BASE.value("process.leadrship")


def test_one_lever_of_the_command_line_is_read_as_yaml():
    assert parse_set("process.leadership=0.8") == ("process.leadership", 0.8)
    assert parse_set(" a.b = never ") == ("a.b", "never")
    assert parse_set("organisations.kpc=null") == ("organisations.kpc", None)
    assert parse_set("organisations.kpc.present=false") == ("organisations.kpc.present", False)
    for wrong in ("process.leadership", "=3", "process.leadership=", "a=[1"):
        assert [fault.path for fault in refused(lambda w=wrong: parse_set(w)).faults] == ["--set"]


def test_an_unknown_organisation_hides_no_other_fault():
    words = (
        "extends: sangatta-utara\nset:\n  organisations.industri.visits: 1\n"
        "  organisations.tourism.monitoring_interval: often\n"
    )
    with pytest.raises(ScenarioError) as wrong:
        Scenario.parse(words)
    assert [fault.line for fault in wrong.value.faults] == [3, 4]
    with pytest.raises(ScenarioError) as wrong:
        Scenario.load("sangatta-utara").replace(
            {"organisations.industri.visits": 1, "organisations.tourism.visits": -1}
        )
    assert len(wrong.value.faults) == 2
