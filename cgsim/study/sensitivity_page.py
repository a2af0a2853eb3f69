"""``docs/sensitivity.md``: how to ask which numbers decide, and how to read what comes back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from textwrap import fill
from typing import Any, NamedTuple

from ..figures.sheet import number
from .pattern_page import write_whole
from .sensitivity import Decomposition, Screening, Whose, decompose, screen, whose
from .sensitivity.screening import stands_out, way
from .sensitivity.words import (
    asked_first_words,
    choice_words,
    decomposed_words,
    figure_of,
    interval_of,
    name_of,
    screened_words,
    share_of,
    whose_words,
)

PAGE = Path(__file__).parents[2] / "docs" / "sensitivity.md"

CASE, OTHER, OUTCOME, LEAST, LANG = "sangatta-utara", "recommendation-1", "producers", 3.0, "en"
SCREENED, DECOMPOSED, ASKED = (20, 4), 256, 512
"""Trajectories and runs a point; base rows of the indices; base rows of whose number it is."""

AMONG = ("monitoring_interval", "visits", "community.persistence.mean", "process.leadership")
SHOWN = 8
"""Rows of a table."""

WAYS = {"up": "up", "down": "down", "both": "both ways", "none": "–"}

_HEAD = """\
# Which numbers decide?

Made by `python -m cgsim.study.sensitivity_page`; a test makes it again and compares.

Most numbers of this model nobody has measured. Before one argues about a result it is fair to ask:
on which of them does it hang? `cgsim sensitivity` moves all numbers at once within the range worth
trying ([decision 0010](decisions/0010-ranges-worth-trying.md); `cgsim why LEVER` shows it) and says
how far the outcome goes along. It answers four questions, from rough to fine:

| question | command | cost |
|---|---|---|
| Which of many matter at all? | `cgsim sensitivity SCENARIO` | (numbers + 1) × points × runs |
| How much of the spread comes from each of a few? | `--method sobol` | (numbers + 3) × points |
| Whose are they: nobody's, a source's, or luck's? | `--whose` | 5 × points, for any numbers |
| Would knowing one change the choice between two plans? | `--whose --against OTHER` | twice that |

The cost is in runs; a thousand take about a second. All outcomes are those after the last month:
`--outcome producers,cluster_index,dynamic` names columns of `cgsim columns --table runs`, and
`dynamic` and `inactive` are shares of runs. With `--against OTHER` the outcome is how much more the
second scenario brings, run by run with the same luck; numbers in which the two differ stay as they
are. `--out DIR` writes tables, figures, scenario and manifest; `cgsim rerun DIR` makes them anew.
"""

_SCREENING = """\
## Morris: which matter at all

Each number is moved alone, from many starting points; the rest stands anywhere in its range. *Size*
is how far the outcome goes on average as the number goes through its whole range. *Sigma* is how
much that differs from start to start: as large as the size, and the effect hangs on where the
others stand. *Chance* is the size one would see of a number that does nothing, from luck alone.

```sh
{command}
```
"""

_INDICES = """\
## Sobol: how much comes from each

The numbers vary together, and luck is one of them. *Alone* is the share of the variance that would
go, on average, were this number known; *with others* also counts what it does only in company, so
it is what would stay were all but this known. The first column adds up to at most 100 %, the
second may pass it. What is missing in the first is interplay. Without `--levers` the eight numbers
are taken that lead a screening.

```sh
{command}
```
"""

_WHOSE = """\
## Whose number is it?

The same indices for three groups: numbers that nobody has measured (*assumptions*), numbers with a
source, and luck. What a place is like (persistence, leadership, trust at the start, …) counts
among the numbers; what an organisation decides is not varied: it is no question of knowing. If
assumptions hold most of the variance, more runs do not help, and better sources of the few sourced
numbers do not either: somebody has to go and ask.

```sh
{command}
```
"""

_SURVEY = """\
### What a field survey should ask first

From the same runs, by regression: by how much would the variance shrink, on average, were this one
number known? The outcome is also given with the number low and high, in the lowest and highest
fifth of its range.
"""

_READ = """\
Read it as a list of questions, from the top. A number high on it is worth asking about even
roughly; one far down may stay a guess. A number without an effect here may have one elsewhere:
on other outcomes, in other scenarios, over another range.
"""

_CHOICE = """\
## What is knowing worth for a choice?

A number may move the outcome much and the choice not at all. With `--against` the question is the
gain of one plan over another, and with `--least` from which gain on the second plan is worth its
price. *Is worth* is what one would win on average by choosing after having asked instead of
before, in the unit of the outcome. It is 0 for a number that moves the gain but never past the
point where one would choose otherwise.

```sh
{command}
```
"""

_FIGURES = """\
## How to read the figures

- **Tornado** (`tornado_…png`): a bar a number, the largest on top. Of a screening: the size, its
  95 % interval, and a dotted mark for what luck alone would show; a bar whose interval reaches back
  to the mark says nothing yet. Blue goes up as the number rises, hatched purple goes down, dotted
  grey both ways, by where the others stand. Of Sobol indices: two bars, alone and with others; a
  short first and a long second bar mean interplay.
- **Whose** (`whose_…png`): the same two bars for assumptions, numbers with a source, and luck.
- **Survey** (`survey_…png`): a tornado too; the mean outcome with the number low (hatched) and high
  (blue), about the mean of all. Both on one side: the middle of the range does best, or worst.
- **Scatter** (`scatter_…png`): every point over the six numbers that count most, and the mean by
  part of the range. A slope is an effect; a bend or a step is one that a single size hides; how far
  points lie from the line is all the others and luck. Points of a screening stand on four levels
  and are no independent draws, so their means have no intervals.

## A sweep that was run already

A sweep of the design `morris` or `saltelli` ([sweeps.md](sweeps.md)) holds all that is needed. Its
folder is analysed without running anything again, with the same tables, figures and numbers; rows
are held against the design first, and a sweep of another design, incomplete or damaged, is refused
(exit codes as in [sweeps.md](sweeps.md)).

```sh
cgsim sweep run examples/screening.yaml -o results/screening
cgsim sweep analyse results/screening --outcome producers
```

Vary `luck: {from: 0, to: 1048575}` in a `saltelli` sweep with `runs: 1` to give luck its own share;
otherwise it is averaged over the runs of a point. With the groups `assumed` and `sourced`, each
with the numbers that are so (`cgsim levers` marks assumptions), and luck, the analysis is that of
`--whose`. `--against DIR` compares with a sweep of the same design in another scenario.

```yaml
scenario: sangatta-utara
design: saltelli
points: 256
vary:
  constants.gain: {from: 0.06, to: 0.24}
  constants.forgetting: {from: 0.05, to: 0.1}
  luck: {from: 0, to: 1048575}
groups: {assumed: [constants.gain], sourced: [constants.forgetting]}
outcomes: [producers, cluster_index]
```

From Python:

```python
from cgsim.study.sensitivity import screen

found = screen("sangatta-utara", ["community.persistence"], points=4, runs=2)
print(list(found.tables["producers"]["path"])[0])
```

## What it does not say

- The ranges are ours too. A number with a wide range moves more than one with a narrow range.
- Shares speak of the spread over these ranges, not of the spread in the world.
- Few points give wide intervals, and an estimate may lie below 0 or above 100 %; it is shown as 0
  or 100. More `--points` narrow it; more `--runs` only quieten luck.
- Numbers are taken to be independent of one another.
"""


class Studies(NamedTuple):
    """What the page tells of."""

    screening: Screening
    indices: Decomposition
    whose: Whose
    choice: Whose


def studies() -> Studies:
    """Carry out the page's studies."""
    points, runs = SCREENED
    told: dict[str, Any] = {"outcomes": (OUTCOME,)}
    return Studies(
        screen(CASE, ["levers"], points=points, runs=runs, **told),
        decompose(CASE, AMONG, points=DECOMPOSED, **told),
        whose(CASE, points=ASKED, **told),
        whose(CASE, points=ASKED, against=OTHER, least=LEAST, **told),
    )


def commands() -> dict[str, str]:
    """Return the command of each study."""
    points, runs = SCREENED
    start, whose = f"cgsim sensitivity {CASE}", f"--whose --outcome {OUTCOME} --points {ASKED}"
    among = " ".join(f"--levers {one}" for one in AMONG)
    return {
        "screening": f"{start} --levers levers --outcome {OUTCOME} --points {points} --runs {runs}",
        "indices": f"{start} --method sobol {among} --outcome {OUTCOME} --points {DECOMPOSED}",
        "whose": f"{start} {whose}",
        "choice": f"{start} {whose} --against {OTHER} --least {LEAST:g}",
    }


def page(found: Studies) -> str:
    """Return the page."""
    said = commands()
    parts = [
        _HEAD,
        _SCREENING.format(command=said["screening"]),
        _filled(screened_words(found.screening, OUTCOME, LANG)),
        _screened(found.screening),
        _INDICES.format(command=said["indices"]),
        _filled(decomposed_words(found.indices, OUTCOME, LANG)),
        _shares(found.indices.indices[OUTCOME].table.sort_values("total", ascending=False), found),
        _WHOSE.format(command=said["whose"]),
        _filled(whose_words(found.whose, OUTCOME, LANG)),
        _shares(found.whose.groups[OUTCOME].table, found),
        _SURVEY,
        _asked(found.whose),
        _filled(asked_first_words(found.whose, OUTCOME, LANG)),
        _READ,
        _CHOICE.format(command=said["choice"]),
        _filled(choice_words(found.choice, OUTCOME, LANG)),
        _asked(found.choice),
        _FIGURES,
    ]
    return "\n".join(parts)


def _filled(words: str) -> str:
    return fill(words, 98, break_on_hyphens=False) + "\n"


def _screened(found: Screening) -> str:
    rows = found.tables[OUTCOME].head(SHOWN).to_dict("records")
    cells = (
        [
            _name(found, row), f"{_figure(row['size'])}{'*' if stands_out(row) else ''}",
            f"{_figure(row['low'])}–{_figure(row['high'])}", WAYS[way(row)],
            _figure(row["sigma"]), _figure(row["luck"]),
        ]
        for row in rows
    )  # fmt: skip
    head = ["number", "size [persons]", "95 %", "as it rises", "sigma", "chance"]
    count = len(found.spec.axes)
    note = (
        f"The first {SHOWN} of {count}; {_runs(found)} runs. `*` more than luck alone would show.\n"
    )
    return f"{_table(head, cells)}\n{note}"


def _shares(table: Any, found: Studies) -> str:
    cells = []
    for row in table.to_dict("records"):
        shares = []
        for kind in ("first", "total"):
            shares.append(share_of(row[kind], LANG))
            shares.append(interval_of(row[f"{kind}_low"], row[f"{kind}_high"], LANG))
        cells.append([_name(found.indices, row), *shares])
    return _table(["", "alone [%]", "95 %", "with others [%]", "95 %"], cells)


def _asked(found: Whose) -> str:
    told = found.information[OUTCOME]
    choice = told.choice is not None
    rows = told.table.head(SHOWN).to_dict("records")
    cells = (
        [
            _name(found, row), _figure(row["at_low"]), _figure(row["at_high"]),
            share_of(row["share"], LANG),
            interval_of(row["share_low"], row["share_high"], LANG),
            *([figure_of(OUTCOME, row["worth"], LANG)] if choice else []),
        ]
        for row in rows
    )  # fmt: skip
    head = ["number", "if low", "if high", "takes off [%]", "95 %"]
    more = ["is worth [persons]"] if choice else []
    note = f"The first {SHOWN} of {len(told.table)}; {_runs(found)} runs.\n"
    return f"{_table([*head, *more], cells)}\n{note}"


def _name(found: Screening | Decomposition | Whose, row: Any) -> str:
    path = str(row["path"])
    name = name_of(path, found.question.scenario, LANG)
    return f"{name} `{path}`" if "." in path else name


def _figure(value: float) -> str:
    return figure_of(OUTCOME, value, LANG)


def _runs(found: Screening | Whose) -> str:
    return number(found.spec.simulations * found.question.cases, "#,##0", LANG)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    write_whole(PAGE, page(studies()))
