"""``docs/plan.md``: how a plan is found, and what it is measured by."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from ...scenario import Scenario
from ..varied import lever_words, value_words
from .evaluation import Evaluated, Evaluator, Luck
from .frontier import NEAR
from .goal import Goal
from .grid import GRIDS, aimed, grid
from .journal import Journal
from .levers import own_values
from .planned import Lucks, Planned
from .study import plan
from .words import interval_words, money, points, reacting_words, share_words

PAGE = Path(__file__).parents[3] / "docs" / "plan.md"

CASE, CHANCE, TRIALS, RUNS, CHECKED = "sangatta-utara", 0.8, 200, 100, 400
SEEDS = (1, 2, 3)
FRESHER, FRESHER_RUNS = 20265, 1000
"""Luck on which the stated probability is held up once more."""

_HEAD = """\
# Plans: the least that reaches a goal

The tables are made by `python -m cgsim.study.plan.page`; a slow test makes them again and
compares.

```sh
python -m cgsim plan sangatta-utara -o plan.yaml       # then: cgsim run plan.yaml
python -m cgsim plan sangatta-utara --budget 300 --budget kpc=150 --out results/plan
python -m cgsim plan sangatta-utara --goal "producers>=20" --after 60 --chance 0.9 --worlds 100
```

```python
found = cgsim.plan("sangatta-utara", budget={"kpc": 150}, seed=1)
found.verdict, found.plan, found.frontier, found.levers, found.costs, found.trials
```

## What it does

- **Buys only what has a price in the model**: monitoring intervals, visits, seats, length of
  training, promotion, toolkit, workshop, waste treatment, rewards, each organisation for itself,
  and how often places are offered. Persistence, prehistory (`initial_trust`), leadership, ground
  rules, selection, promises and the duty to practise cost nothing in the model, nor does a
  meeting (`meeting_interval`); a search would get them for nothing, so they stay as the scenario
  has them. `--set` changes them beforehand, `--vary` narrows the search.
- **Counts money as the model spends it**, at the unit prices under `costs`, all of them
  assumptions; Rp million a year on average over the horizon (`--after`), neither discounted nor
  adjusted for inflation.
- **Keeps three blocks of luck apart.** The search sees `--runs` runs of `--seed` alone, the same
  for every plan. The frontier is evaluated again, and the plan chosen, on `--check` runs of the
  next seed; what is stated of the plan comes from `--check` runs of the seed after it. The best
  of many looks better than it is on the luck by which it was found (winner's curse); the table of
  the frontier shows both.
- **Chooses** the cheapest plan of the frontier whose 95 % interval (Wilson) lies at or above
  `--chance`; where none does, the cheapest whose share does. It then says *reached*, *likely*
  (the interval reaches below) or *missed* (less than asked on fresh luck).
- **Where no plan within the budget reaches the goal**, it says so, with the best that was
  reached, and searches again without the budget for what the cheapest would cost.
- **Goes on where it was stopped.** With `--out`, each evaluation is kept in `trials.jsonl`,
  written through to the disk. The same command replays the search, takes what stands there, and
  ends as an undisturbed one would, whatever the number of threads. More `--trials` need a new
  folder.

## Two budgets

| | `organisations.*.budget` in a scenario | `--budget` of a plan |
|---|---|---|
| unit | Rp million a month | Rp million a year |
| whose | each organisation's | all together (`300`), or one's (`kpc=150`) |
| what it does | caps a month's payments, in the model itself | rules out plans that cost more |
| in a plan | stays as the scenario has it | never reaches the model; a run may spend more |

## Fixed or reacting

The reacting policy visits monthly while producers are few and seldom otherwise (as
`adaptive-follow-up` does); all else is as in the plan. Thresholds at four quantiles of the plan's
own producers, the next seldomer interval or never, and visits in a round scaled until its mean
cost is that of the plan, within 0.2 % on the luck of the search; the likeliest of these is judged
beside the plan on fresh luck, run by run (interval of Bonett and Price 2012 for paired shares).
It is a small family: a better reacting policy may exist, as may a better fixed one.

## Other worlds

`--worlds 100` draws the assumed numbers anew, as `cgsim compare --worlds` does for the same
number and seed (or reads them from a file, such as the posterior of `cgsim calibrate`), and runs
the scenario as it stands and the {near} plans of the frontier nearest to the target in each
world. *Regret* is the probability that a plan misses beside the best of these plans in that
world, up to the chance asked for; the robust choice has the least largest regret (minimax), of
equals the least mean cost. The assumed prices are among what is drawn.
"""


@cache
def planned(seed: int) -> Planned:
    """Return the plan of a seed."""
    return plan(CASE, chance=CHANCE, trials=TRIALS, runs=RUNS, checked=CHECKED, seed=seed)


def page() -> str:
    """Return the page."""
    parts = [_HEAD.replace("{near}", str(NEAR)), _against_grids(), _the_plan(), _reacting()]
    return "\n".join(parts)


def _against_grids() -> str:
    lines = [
        "## Against a grid",
        "",
        f"The baseline, {TRIALS} plans of {RUNS} runs each, goal *dynamic* after 120 months with a "
        f"probability of {share_words(CHANCE, 'en')}. The grids lay out as many plans, their plan "
        "is chosen by the same rule on the same luck: *visits* varies interval, visits, seats and "
        "intakes of all organisations, *delivery* interval, promotion, toolkit and waste treatment "
        "of all, *who visits* the interval of each. *Visits* was laid out after we had seen that "
        "plans halve the intakes. Rp million a year and share of fresh runs; *once more*: on "
        f"{FRESHER_RUNS} runs of seed {FRESHER}.",
        "",
        "| seed | way | plans | Rp million a year | reached % | 95 % | once more % | verdict |",
        "|---:|---|---:|---:|---:|---|---:|---|",
    ]
    for seed in SEEDS:
        lines += _of_seed(seed)
    return "\n".join(lines) + "\n"


def _of_seed(seed: int) -> list[str]:
    case, lucks = Scenario.load(CASE), Lucks.of(seed, RUNS, CHECKED)
    evaluate = Evaluator(Goal("dynamic"), Journal())
    found = planned(seed)
    rows: list[tuple[str, Scenario | None, Evaluated | None, int, str]] = [
        ("**plan**", found.plan, found.checked, len(found.tried), found.verdict)
    ]
    for name, vary in GRIDS.items():
        chosen, checked, tried = grid(
            case, vary, CHANCE, aimed(CHANCE, lucks), lucks, evaluate, most=TRIALS
        )
        made = None if chosen is None else chosen.scenario
        rows.append((f"grid: {name}", made, checked, tried, ""))
    lines = []
    for name, scenario, checked, tried, verdict in rows:
        if scenario is None or checked is None:
            lines.append(f"| {seed} | {name} | {tried} | none | | | | |")
            continue
        again = evaluate(scenario, Luck(FRESHER, FRESHER_RUNS))
        lines.append(
            f"| {seed} | {name} | {tried} | {money(checked.cost, 'en')} | "
            f"{share_words(checked.probability, 'en').removesuffix(' %')} | "
            f"{interval_words(checked, 'en').removesuffix(' %')} | "
            f"{share_words(again.probability, 'en').removesuffix(' %')} | {verdict} |"
        )
    return lines


def _the_plan() -> str:
    found = planned(SEEDS[0])
    assert found.checked is not None
    lines = [
        f"## The plan of seed {SEEDS[0]}, lever by lever",
        "",
        f"As it stands: {share_words(found.as_it_is.probability, 'en')} "
        f"({interval_words(found.as_it_is, 'en')}) for Rp {money(found.as_it_is.cost, 'en')} "
        f"million a year. *Without*: what the plan would have with this one lever left as it "
        "stands, percentage points and Rp million a year. Other seeds find other mixes of about "
        "the same cost: many levers stand in for one another, so read the rows that move much.",
        "",
        "| lever | as it stands | plan | without: points | without: Rp million |",
        "|---|---:|---:|---:|---:|",
    ]
    rows = found.levers.to_dict("records")
    for (axis, value), row in zip(found.changed, rows, strict=True):
        own = ", ".join(
            value_words(axis.parameter, one) for one in own_values(axis.path, found.scenario)
        )
        lines.append(
            f"| {lever_words(axis.path, found.scenario)} | {own} | "
            f"{value_words(axis.parameter, value)} | {points(row['probability_without'], 'en')} | "
            f"{money(row['cost_without'], 'en', sign=True)} |"
        )
    lines += [
        "", "| payer | as it stands | plan | change |", "|---|---:|---:|---:|",
    ]  # fmt: skip
    for row in found.costs.to_dict("records"):
        names = found.scenario.names
        payer = names[row["payer"]]["en"] if row["payer"] in names else "all together"
        lines.append(
            f"| {payer} | {money(row['as_it_is'], 'en')} | {money(row['plan'], 'en')} | "
            f"{money(row['more'], 'en', sign=True)} |"
        )
    return "\n".join(lines) + "\n"


def _reacting() -> str:
    lines = ["## Fixed or reacting: what was found", ""]
    lines += [f"- Seed {seed}: {reacting_words(planned(seed))}" for seed in SEEDS]
    return "\n".join(lines) + "\n"


def write() -> int:
    """Write the page."""
    from ..pattern_page import write_whole

    write_whole(PAGE, page())
    print(PAGE)
    return 0


if __name__ == "__main__":
    sys.exit(write())
