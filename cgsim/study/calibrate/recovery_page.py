"""``docs/calibrate-study.md``: do constants come back, and what do the local targets tell?"""

from __future__ import annotations

from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING

from ...language import text
from ..varied import lever_words
from .identifying import TRADES
from .recovery import (
    DATA,
    DATA_RUNS,
    DATA_SEED,
    DATA_WORDS,
    LEAST_COVERED,
    LEVELS,
    LOCAL_POPULATION,
    LOCAL_RUNS,
    MOST_OFF,
    MOST_TOLD,
    POPULATION,
    PRODUCT,
    PRODUCT_RUNS,
    RUNS,
    SILENT,
    SPOKEN_OF,
    TRUTHS,
    Recovery,
    found_again,
    local,
    own,
    product,
    truth_of,
    world,
)
from .saying import figure_of, rho_of

if TYPE_CHECKING:
    from .calibration import Calibration

PAGE = Path(__file__).parents[3] / "docs" / "calibrate-study.md"

_HEAD = """\
# Calibration studied: what comes back, what stays open

Made by `python -m cgsim.study.calibrate.recovery`; a test makes it again and compares. How to
calibrate stands in [calibrate.md](calibrate.md).

## Do constants come back from data that the model made?

A small place ({people} people, {months} months). {truths} truths are drawn from the spreads of
five constants; each makes data of its own ({data_runs} runs, seed {data_seed}, luck that
calibration never sees), and calibration is told nothing but these data: {data}. It runs each
world {runs} times and keeps {kept} worlds. Four constants are spoken of by the data; the
fifth, {silent}, plays no part in them.

Promised before looking: at least {covered} % of truths within the 95 % interval; for the four, the
median off by at most {off} % of the spread (median of truths); the fifth told by at most {told} %.
"""

_EACH = """\
Each truth, and after it the median of the worlds kept with their 95 % interval:
"""

_PRODUCT = """\
## Two constants that only enter as a product

What trust among peers loses when one leaves is `peer_loss` × `peer_breach`; nothing else reads
either. Told peer trust after 24 months ({runs} runs a world), calibration cannot tell them
apart, and says so (a pair counts as trading off from a rank correlation of {trades} on, if it is
clear of chance and the combination is told clearly better than either):
"""

_LOCAL = """\
## What is on record of batik in Kutai Timur

`cgsim calibrate sangatta-utara --targets local --runs {runs} --population {kept} --seed 1`: N4,
N5 and N7 fitted to, N3 and N6 held out (`cgsim/targets/local.yaml` says how each number is read,
and what does not fit).
"""

_TARGETS = (
    "| target | source | wanted | seen, other luck (95 % of worlds) | within % | verdict |",
    "|---|---|---:|---:|---:|---|",
)
_CONSTANTS = (
    "| constant | spread before | its own value | median after (95 %) | told % | verdict |",
    "|---|---:|---:|---:|---:|---|",
)

_WIDER = """\
With {truths} truths a share near 95 % is known to about ±10 %. Intervals hold the worlds within the
tolerances, not a likelihood: of what is spoken of, those of 50 % are wider than the data alone
would make them."""

WIDE = 106


def page() -> str:
    """Return the page."""
    parts = [head(), recovery_table(), _EACH, truth_table(), product_part(), local_part()]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def head() -> str:
    """Return what was done and promised."""
    case = world()
    told = "; ".join(f"{DATA_WORDS[name]} ± {width:g}" for name, (_, _, width) in DATA.items())
    words = _HEAD.format(
        people=int(case.policy["people"]), months=case.months, truths=TRUTHS, data_runs=DATA_RUNS,
        data_seed=DATA_SEED, data=f"after {case.months} months, {told}", runs=RUNS,
        kept=POPULATION, silent=f"`{_short(SILENT)}`", covered=round(100 * LEAST_COVERED),
        off=round(100 * MOST_OFF), told=round(100 * MOST_TOLD),
    )  # fmt: skip
    return filled(words)


def filled(words: str) -> str:
    """Return paragraphs with lines of one length."""
    parts = words.split("\n\n")
    return "\n\n".join(part if part.startswith("#") else fill(part, WIDE) for part in parts)


def recovery_table() -> str:
    """Return how well each constant came back."""
    lines = [
        "| constant | within 50 % | within 80 % | within 95 % | median off, % of spread | told % |"
        " holds |",
        "|---|---:|---:|---:|---:|---:|---|",
    ]
    for path in (*SPOKEN_OF, SILENT):
        one = Recovery(path)
        covered = " | ".join(f"{100 * one.covered(level):.0f} %" for level in LEVELS)
        answer = "yes" if one.holds else "**no**"
        lines.append(
            f"| `{_short(path)}` | {covered} | {100 * one.off:.1f} | {100 * one.told:.0f} |"
            f" {answer} |"
        )
    return "\n".join([*lines, "", filled(_WIDER.format(truths=TRUTHS)), ""])


def truth_table() -> str:
    """Return every truth with what came back."""
    names = [*SPOKEN_OF, SILENT]
    lines = [
        f"| truth | {' | '.join(f'`{_short(path)}`' for path in names)} |",
        f"|---:|{'---|' * len(names)}",
    ]
    return "\n".join([*lines, *(truth_row(number) for number in range(TRUTHS)), ""])


def truth_row(number: int) -> str:
    """Return one truth with what came back."""
    table = {row["path"]: row for row in found_again(number).constants.to_dict("records")}
    cells = []
    for path in (*SPOKEN_OF, SILENT):
        row = table[path]
        ends = ("low", "median", "high")
        low, middle, high = (figure_of(float(row[name]), "en") for name in ends)
        true = figure_of(truth_of(number)[path], "en")
        cells.append(f"{true}: {middle} ({low} … {high})")
    return f"| {number + 1} | {' | '.join(cells)} |"


def product_part() -> str:
    """Return what is said of two constants that trade off."""
    found = product()
    row = found.pairs.iloc[0]
    both = " and ".join(figure_of(own(path), "en") for path in PRODUCT)
    together, alone = (f"{100 * row[f'told_{name}']:.0f} %" for name in ("together", "alone"))
    told = (
        f"Rank correlation {rho_of(float(row['correlation']), 'en')}; the product is told to "
        f"{together}, either alone to {alone} at most. The truth, {both}, has the product "
        f"{figure_of(own(PRODUCT[0]) * own(PRODUCT[1]), 'en')}; 95 % of the worlds kept have "
        f"{_product_interval(found)}."
    )
    said = [fill(one, WIDE, initial_indent="> ", subsequent_indent="> ")
            for one in product_sentences()]  # fmt: skip
    asked = filled(_PRODUCT.format(trades=TRADES, runs=PRODUCT_RUNS))
    return "\n".join([asked, "", *said, "", filled(told), ""])


def product_sentences() -> list[str]:
    """Return the sentences on pairs."""
    return [one for one in product().sentences("en") if "trade off" in one]


def _product_interval(found: Calibration) -> str:
    from .identifying import weighted_quantiles

    first, second = (found.kept.worlds[path].to_numpy() for path in PRODUCT)
    ends = weighted_quantiles(first * second, found.kept.weights, (0.025, 0.975))
    return " to ".join(figure_of(end, "en") for end in ends)


def local_part() -> str:
    """Return what the local targets tell."""
    found = local()
    lines = [filled(_LOCAL.format(runs=LOCAL_RUNS, kept=LOCAL_POPULATION)), ""]
    lines += [fill(f"- {one}", WIDE, subsequent_indent="  ") for one in found.sentences("en")]
    lines += ["", *_TARGETS]
    for row in found.patterns.to_dict("records"):
        low, middle, high = (figure_of(row[name], "en") for name in ("low", "median", "high"))
        held = ", held out" if row["hold_out"] else ""
        lines.append(
            f"| {row['target']}{held} | {row['source']} | {figure_of(row['wanted'], 'en')} ± "
            f"{figure_of(row['tolerance'], 'en')} | {middle} ({low} … {high}) | "
            f"{100 * row['inside']:.0f} | {text('calibrate.verdict.' + row['verdict'], 'en')} |"
        )
    lines += ["", *_CONSTANTS]
    for row in found.constants.to_dict("records"):
        before, low, high = (figure_of(row[name], "en") for name in ("prior_low", "low", "high"))
        lines.append(
            f"| {lever_words(row['path'], found.scenario)} (`{_short(row['path'])}`) | {before} … "
            f"{figure_of(row['prior_high'], 'en')} | {figure_of(own(row['path']), 'en')} | "
            f"{figure_of(row['median'], 'en')} ({low} … {high}) | {100 * row['contraction']:.0f} | "
            f"{text('calibrate.verdict.' + row['verdict'], 'en')} |"
        )
    return "\n".join([*lines, ""])


def _short(path: str) -> str:
    return path.removeprefix("constants.")
