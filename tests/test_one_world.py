"""Both engines are one world: every field of every actor, every month, equal to the last bit."""

from __future__ import annotations

import pytest

from cgsim import ensemble
from cgsim.model import Model
from cgsim.parameters import POLICY
from cgsim.scenario import Scenario
from cgsim.state import CLUSTER, GROUP, INTERVENTION, ORGANISATION, PACT, TIE, TRAINEE

BASE = Scenario.load("sangatta-utara")


def differences(case: Scenario, seed: int, run: int = 0) -> list[str]:
    """Walk both engines side by side; say where the first month differs, field by field."""
    model = Model(case, seed=seed, run=run, collect=False)
    for month, records in enumerate(ensemble.trace(case, seed, run)):
        model.step()
        found = list(_compare(model, records))
        if found:
            return [f"month {month}: {line}" for line in found[:10]]
    assert model.month == case.months
    return []


def _compare(model, records):
    yield from _fields("trainee", model.trainees, records.trainees, TRAINEE)
    yield from _fields("organisation", model.organisations, records.organisations, ORGANISATION)
    yield from _fields("cluster", [model.cluster], records.cluster, CLUSTER)
    yield from _fields("group", model.groups, records.groups, GROUP)
    for i, trainee in enumerate(model.trainees):
        yield from _fields(f"tie {i}", trainee.ties, records.ties[i], TIE)
    policy = [getattr(model.policy, name) for name in POLICY]
    if policy != list(records.policy.tolist()[0]):
        yield "policy"
    plans = model.world.interventions
    yield from _fields("intervention", plans, records.interventions, INTERVENTION)
    for o, organisation in enumerate(model.organisations):
        yield from _fields(f"pact {o}", organisation.pacts, records.pacts[o], PACT)


def _fields(what, actors, records, declared):
    assert len(actors) == len(records)
    rows = records.tolist()
    for k, (actor, row) in enumerate(zip(actors, rows, strict=True)):
        for name, value in zip(declared, row, strict=True):
            if getattr(actor, name) != value:
                yield f"{what} {k}: {name} {getattr(actor, name)!r} {value!r}"


def organisations(number: int) -> Scenario:
    """Return a case with so many organisations of odd kinds."""
    blocks = [
        {"kind": "agency" if k % 2 else "company", "goal": (k * 0.37) % 1.0, "budget": 25.0 + 9 * k,
         "monitoring_interval": ("never", 1, 2, 5)[k % 4],
         "promised_interval": (3, "never", 1)[k % 3],
         "visits": 3 + k, "seats": 2 + k % 3, "training_months": 0.5 + 0.75 * (k % 3),
         "promotion": 0.4 * (k % 3), "toolkit": 0.5, "workshop": 0.3 * (k % 2), "waste": 0.4,
         "reward": 0.2, "practice_obligation": float(k % 2)}
        for k in range(number)
    ]  # fmt: skip
    change = {f"organisations.o{k}": block for k, block in enumerate(blocks)}
    change |= {f"organisations.{key}": None for key in BASE.organisations}
    return BASE.replace(change, months=48)


def test_every_shipped_scenario_with_one_seed():
    for name in Scenario.shipped():
        assert differences(Scenario.load(name), seed=11) == [], name


@pytest.mark.parametrize("seed", range(5))
def test_the_baseline_with_five_seeds(seed):
    assert differences(BASE, seed, run=seed * 7) == []


@pytest.mark.slow
def test_every_shipped_scenario_with_five_seeds():
    for name in Scenario.shipped():
        for seed in range(5):
            assert differences(Scenario.load(name), seed, run=3) == [], (name, seed)


@pytest.mark.parametrize("number", [1, 2, 3, 5, 8])
def test_any_number_of_organisations(number):
    assert differences(organisations(number), seed=5) == []


@pytest.mark.parametrize(("people", "group_size"), [(1, 1), (7, 3), (97, 11), (256, 250)])
def test_odd_sizes(people, group_size):
    case = BASE.replace({"community.people": people, "community.group_size": group_size}, months=36)
    assert differences(case, seed=2) == []


def test_levers_that_move_at_a_month_or_react():
    case = BASE.replace(
        {
            "interventions": [
                {"month": 9, "set": {"community.persistence.mean": 0.7, "costs.visit": 0.8}},
                {
                    "month": 15,
                    "set": {
                        "organisations.industry.attends": "never",
                        "organisations.tourism.attends": "always",
                        "community.effort.circle_2": 1.6,
                        "community.effort.circle_4": 0.5,
                    },
                },
                {"month": 20, "set": {"organisations.kpc.present": False}},
                {"month": 31, "set": {"organisations.kpc.present": True, "process.leadership": 0}},
                {
                    "when": "producers < 8", "for": 2, "once": False,
                    "set": {"organisations.*.monitoring_interval": 1},
                    "else": {"organisations.*.monitoring_interval": 6},
                },
                {"when": "spent_tourism >= 12", "set": {"organisations.tourism.budget": 9}},
            ]
        },
        months=72,
    )  # fmt: skip
    assert differences(case, seed=3) == []


def test_everybody_gone_and_nobody_paid():
    case = BASE.replace(
        {
            "organisations.*.budget": 0,
            "interventions": [{"month": 12, "set": {"organisations.*.present": False}}],
        },
        months=24,
    )
    assert differences(case, seed=1) == []


def test_the_comparison_notices_one_bit():
    model = Model(BASE, seed=1, collect=False)
    records = next(ensemble.trace(BASE, 1, 0))
    model.step()
    assert list(_compare(model, records)) == []
    records.trainees[7]["goal"] += 2.0**-53
    assert len(list(_compare(model, records))) == 1
