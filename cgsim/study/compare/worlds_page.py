# ruff: noqa: E501  a table has a line a row
"""``docs/worlds.md``: comparisons in many worlds, and what the shipped ones come to."""

from __future__ import annotations

import sys
from pathlib import Path

from ..pattern_page import write_whole
from .box import CHANCE, FEWEST, SHUFFLES
from .overturn import HALVINGS, overturn_all
from .overturn import RUNS as SINGLE_RUNS
from .pairs import paired
from .peeling import CANDIDATES, PEEL, SMALLEST
from .worlds import MAIN, WORLD_RUNS, WORLDS, InWorlds, in_worlds
from .worlds_words import figure_of, sentences, share_words

PAGE = Path(__file__).parents[3] / "docs" / "worlds.md"

FIRST = "sangatta-utara"
OTHERS = (
    "recommendation-1", "recommendation-2", "both-recommendations", "everybody-monitors-monthly",
    "nobody-monitors", "persistent-trainees",
)  # fmt: skip
PAIRS, SEED = 500, 20267
"""Pairs in the world as set, and the seed that serves this page alone."""

TOLD = ("cluster_index", "producers", "spent")

_HEAD = """\
# Does it hold in other worlds?

Made by `python -m cgsim.study.compare.worlds_page`; a test makes it again and compares.

```sh
cgsim compare sangatta-utara recommendation-1 --worlds 200                   # drawn
cgsim compare sangatta-utara recommendation-1 --worlds posterior.parquet     # given
cgsim compare sangatta-utara recommendation-1 --worlds 200 --world-runs 50 --out results/worlds
```

```python
found = cgsim.compare(["sangatta-utara", "recommendation-1"], worlds=200).worlds
found.verdicts, found.table, found.over_time, found.ranks("recommendation-1")  # DataFrames
found.box("recommendation-1"), found.overturned["recommendation-1"].table
```

A comparison with all numbers as set knows only luck. Most numbers of the model are assumptions,
and a recommendation may hang on one of them. So the same pairs are run in many **worlds**: the
scenarios with other values for what nobody has measured, unit costs included.

## Which worlds

- **Drawn**: a Latin hypercube over the `spread` of every assumed constant, cost, market number and
  cut-off that the scenarios share ([decision 0010](decisions/0010-ranges-worth-trying.md)), each by
  itself. Numbers with a source stay; levers stay, for they are decided and not guessed. How wide
  the spreads are is itself assumed.
- **Given**: a CSV or Parquet file with a row a world and a column a constant under its path
  (`cgsim levers` lists them), such as posterior samples of a calibration. Columns that
  the scenarios differ in, or that one of them changes itself, are refused.

Run r has the same luck in every world and scenario. World and run are those of
`Scenario.replace` and `simulate`, number for number; a test compares.

## How it is told

| question | rule |
|---|---|
| better or worse in a world | the mean paired difference is told apart from 0 at 95 %: numbers by Student's t over the pairs, shares by McNemar's exact test, the cost per artisan-year by t over its linearised pairs |
| the same | no pair differs at all |
| cannot be told | all else; counted apart, never as half a success |
| "in 74 % of worlds" | share of worlds told so, with Wilson's 95 % interval; for a Latin hypercube it is on the safe side |
| the conclusion | better or worse with all numbers as set, on all pairs of the comparison |
| it fails in a world | the mean difference has not the conclusion's sign; luck blurs this and does not bend it |
| the box where it fails | PRIM: peels of {peel} % of the worlds in the box, at least {smallest} % of all worlds, over the {candidates} assumptions in which failures are spread least like the rest; the box with the best harmonic mean of density and coverage; limits whose quasi-p-value is above {chance} ÷ the number of assumptions are opened; none where {shuffles} shuffles of the failures give as good a box in more than one of twenty; not looked for with fewer than {fewest} failures |
| what moves it most | rank correlation over the worlds; told where chance would bring one as strong in less than one of twenty samples (Bonferroni) |
| the nearest single assumption that overturns it | each assumed number alone is moved to both ends of its spread on the same luck ({single} pairs); where the sign turns, the value is halved {halvings} times, whole numbers to the step; nearest is what moves the smallest share of its spread. A sign that turns on the way and is back at the end is not seen |
| luck and ignorance | variance of a single pair's difference = between worlds (ignorance) + within (luck). Worlds share the luck of a run, so they are crossed with runs; the part of luck in the means of worlds is taken off by the mean square of what neither explains, not by the spread within worlds, which would take too much. Interval: bootstrap over worlds |

In the figure the outer band holds nine in ten pairs over all worlds, the inner one the mean
differences of nine in ten worlds freed of luck, the dashed lines nine in ten pairs
with all numbers as set. Where runs come to nothing in most worlds, luck alone may reach
beyond the outer band: it is that of one world.

A cost per artisan-year has neither bands nor shares of variance: where hardly anybody works it
is as large as you like.

## What the shipped comparisons come to

Against `{first}`, {worlds} worlds × {runs} pairs, {pairs} pairs with all numbers as set, seed
{seed}. Better, same, cannot be told, worse in per cent of worlds.

| scenario | outcome | as set | better | same | untold | worse | ignorance |
|---|---|---:|---:|---:|---:|---:|---:|
{rows}

{said}
"""


def study(
    worlds: int = WORLDS, runs: int = WORLD_RUNS, pairs: int = PAIRS, single: int = SINGLE_RUNS
) -> InWorlds:
    """Run what the page shows."""
    found = in_worlds(paired((FIRST, *OTHERS), pairs, SEED), worlds, runs)
    return overturn_all(found, MAIN, single)


def page(found: InWorlds) -> str:
    """Return the page."""
    said = [
        f"**{name}**. {' '.join(sentences(found, name, 'en'))}" for name in found.names
    ]  # fmt: skip
    return _HEAD.format(
        peel=f"{100 * PEEL:g}", smallest=f"{100 * SMALLEST:g}", candidates=CANDIDATES,
        chance=CHANCE, shuffles=SHUFFLES, fewest=FEWEST, halvings=HALVINGS, first=FIRST,
        single=next(iter(found.overturned.values())).runs, worlds=len(found.worlds),
        runs=found.runs, pairs=found.pairs.runs, seed=found.pairs.seed,
        rows="\n".join(rows(found)), said="\n\n".join(said),
    )  # fmt: skip


def rows(found: InWorlds) -> list[str]:
    """Return the lines of the table."""
    lines = []
    for row in found.verdicts.to_dict("records"):
        if row["outcome"] not in TOLD:
            continue
        better = (f"{share_words(row['share_better'], 'en')} "
                  f"({share_words(row['better_low'], 'en')} to "
                  f"{share_words(row['better_high'], 'en')})")  # fmt: skip
        others = [share_words(row[one] / len(found.worlds), "en")
                  for one in ("same", "untold", "worse")]  # fmt: skip
        as_set = figure_of(row["outcome"], row["reference"], "en", sign=True)
        cells = [f"`{row['scenario']}`", f"`{row['outcome']}`", as_set, better, *others,
                 share_words(row["ignorance"], "en")]  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def write() -> int:
    """Write the page."""
    write_whole(PAGE, page(study()))
    print(PAGE)
    return 0


if __name__ == "__main__":
    sys.exit(write())
