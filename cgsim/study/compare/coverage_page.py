"""``docs/coverage.md``: how often intervals hold the truth, and what pairing gains."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ..pattern_page import write_whole
from .coverage import (
    BOUNDS,
    FIRST,
    NUMBERS,
    OTHERS,
    PAIRS,
    SEED,
    SHARES,
    SIZES,
    STUDIES,
    Coverage,
    coverage,
    plain,
    populations,
)
from .differences import FEW_DIFFER, Difference, difference
from .outcomes import BY_NAME
from .pairs import paired

PAGE = Path(__file__).parents[3] / "docs" / "coverage.md"

GAIN_PAIRS, GAIN_SEED = 20_000, 20266
RECOMMENDATIONS = ("recommendation-1", "recommendation-2", "both-recommendations")
SKEWED = "technology"
PRECISE = {"producers": 0.5, "cluster_index": 0.01}
"""Outcomes, and how far an interval of the mean difference may reach: half of what counts."""

_HEAD = """\
# Coverage: how often the intervals of a comparison hold the truth

Made by `python -m cgsim.study.compare.coverage`; tests make parts of it again and compare.

{pairs} pairs of `{first}` and another scenario (120 months, seed {seed}) are run once and taken
for all there is: their means, medians and ratios are the truth. From them {studies} small studies
of each size are drawn with replacement, and each is given the interval that `cgsim compare`
would give it: the very same functions. A share of {studies} has a standard error of about
0.002. A study without pairing draws its runs of both scenarios apart.

| interval | method | 95 % intervals hold the truth in |
|---|---|---|
{summary}

The claim is {low}–{high} % for the intervals of means and shares, paired and unpaired, and of
prices that can be told. A price without ends (the effect may be none) rules nothing out and
counts as holding the truth; *told* is the share of studies that have a price. Where that is
well below one, because a study holds a handful of runs more that end dynamic, the interval errs
on the safe side and holds the truth more often. An interval of a median is exact: it promises
*at least* 95 %, and holds more where many pairs are equal, as with whole persons and whole
months, since then it must end on a whole number. Of `inactive` next to no run is there, so its
interval always holds the truth; it is left out.

What does not hold: a mean that rests on a handful of odd pairs (a run in a hundred that falls
back, say) has no interval that can be trusted, whatever the formula. Fewer than {few} pairs that
differ are therefore never judged by, and the table of outcomes marks them with \\*.
Student's own interval was tried first: with {least} pairs it held the mean difference in
`{skewed}`, which is skewed, in {plain:.1f} % of the studies only. With the skewness taken off
(Hall 1992) it is as below.
"""

_GAIN = """\
## What pairing gains

`{first}` against the recommendations, {pairs} pairs, seed {seed}, after 120 months. *Pairs* and
*runs of each without pairing* for a 95 % interval of the mean difference of ±{producers} producers
and ±{index} of the cluster index, half of what counts as a difference. A pair is two runs, and so
are a run of each without pairing.
"""


class Method(NamedTuple):
    """How a kind of interval is called, and by what it is made."""

    kind: str
    shares: bool
    name: str
    made: str


METHODS = (
    Method("paired", False, "mean difference, paired", "Student, skewness off (Hall 1992)"),
    Method("paired", True, "difference of shares, paired", "Agresti & Min 2005"),
    Method("unpaired", False, "mean difference, unpaired", "Welch 1947"),
    Method("unpaired", True, "difference of shares, unpaired", "Newcombe 1998, method 10"),
    Method("ratio", False, "cost per artisan-year", "Fieller 1954, over pairs"),
    Method("ratio", True, "cost per run that ends dynamic", "Fieller 1954, over pairs"),
    Method("median", False, "median of the differences", "order statistics (at least 95 %)"),
)


def page() -> str:
    """Return the page."""
    known = dict(zip(OTHERS, populations(), strict=True))
    found = {other: coverage(pairs) for other, pairs in known.items()}
    least = plain(known[OTHERS[0]], SKEWED, SIZES[0], STUDIES)
    every = [one for rows in found.values() for one in rows]
    head = _HEAD.format(
        pairs=spaced(PAIRS), first=FIRST, seed=SEED, studies=spaced(STUDIES), few=FEW_DIFFER,
        summary="\n".join(summary_row(every, method) for method in METHODS),
        low=round(100 * BOUNDS[0]), high=round(100 * BOUNDS[1]),
        least=least.runs, skewed=SKEWED, plain=100 * least.covered,
    )  # fmt: skip
    parts = [head]
    for other, rows in found.items():
        parts += [f"## `{FIRST}` against `{other}`\n", outcome_table(rows), price_table(rows)]
    return "\n".join([*parts, gain_section()])


def spaced(number: int) -> str:
    """Return a whole number with thin groups of three.

    Examples
    --------
    >>> spaced(20000)
    '20,000'
    """
    return f"{number:,}"


def summary_row(every: list[Coverage], method: Method) -> str:
    """Return the smallest and the largest coverage that a method has."""
    kept = [
        one.covered
        for one in every
        if one.kind == method.kind and (one.outcome in SHARES) == method.shares
    ]
    ends = f"{100 * min(kept):.1f}–{100 * max(kept):.1f} %"
    return f"| {method.name} | {method.made} | {ends} |"


def outcome_table(rows: list[Coverage]) -> str:
    """Return coverage by outcome, kind of interval and size of study."""
    kinds = ("paired", "unpaired", "median")
    heads = [f"{kind} {size}" for kind in kinds for size in SIZES]
    lines = [_row(["outcome", "mean difference", *heads]), _rule(len(heads) + 2)]
    by_key = {(one.kind, one.outcome, one.runs): one for one in rows}
    for name in (*SHARES, *NUMBERS):
        truth = by_key["paired", name, SIZES[0]].truth
        cells = [
            f"{one.covered:.3f}" if (one := by_key.get((kind, name, size))) else "–"
            for kind in kinds
            for size in SIZES
        ]
        lines.append(_row([f"`{name}`", f"{truth:.4g}", *cells]))
    return "\n".join(lines) + "\n"


def price_table(rows: list[Coverage]) -> str:
    """Return coverage of prices, and how often there is one."""
    heads = [f"{size}: held · told" for size in SIZES]
    lines = [_row(["Rp million for one more", "truth", *heads]), _rule(len(heads) + 2)]
    words = {"artisan_years": "artisan-year", "dynamic": "run that ends dynamic"}
    for name, said in words.items():
        kept = [one for one in rows if one.kind == "ratio" and one.outcome == name]
        cells = [f"{one.covered:.3f} · {one.told:.3f}" for one in kept]
        lines.append(_row([said, f"{kept[0].truth:.4g}", *cells]))
    return "\n".join(lines) + "\n"


def gain_section() -> str:
    """Return what pairing gains on the shipped recommendations."""
    head = _GAIN.format(
        first=FIRST, pairs=spaced(GAIN_PAIRS), seed=GAIN_SEED, producers=PRECISE["producers"],
        index=PRECISE["cluster_index"],
    )  # fmt: skip
    return "\n".join([head, gain_table(gains())])


def gains(runs: int = GAIN_PAIRS) -> list[Difference]:
    """Return producers and cluster index of each recommendation against the baseline."""
    pairs = paired((FIRST, *RECOMMENDATIONS), runs, GAIN_SEED, series=False)
    return [
        difference(pairs, other, BY_NAME[name]) for other in pairs.others for name in PRECISE
    ]  # fmt: skip


def gain_table(found: list[Difference]) -> str:
    """Return pairs and runs that are needed for the same precision."""
    head = ["scenario", "outcome", "difference", "pairs", "runs of each without", "share"]
    lines = [_row(head), _rule(len(head), 2)]
    for one in found:
        pairs, runs = one.pairs_for(PRECISE[one.outcome.name])
        assert pairs is not None
        assert runs is not None
        cells = [f"`{one.other}`", f"`{one.outcome.name}`", f"{one.mean:.3g}"]
        lines.append(_row([*cells, spaced(pairs), spaced(runs), f"{pairs / runs:.2f}"]))
    return "\n".join(lines) + "\n"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _rule(columns: int, left: int = 1) -> str:
    return _row(["---"] * left + ["---:"] * (columns - left))


def write() -> int:
    """Write the page."""
    write_whole(PAGE, page())
    print(PAGE)
    return 0
