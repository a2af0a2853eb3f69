"""The first page: the question, the answer in a sentence, how certain, the numbers to keep."""

from __future__ import annotations

from dataclasses import dataclass

from ..figures.over_time import state_shares
from ..language import text
from ..study.summary import Summary
from ..study.summary_words import label_differs
from ..study.worlds import uncertain
from ..world.shape import STATES
from .findings import Findings, commonest
from .grades import OPEN, grade
from .numbers import (
    DECIMALS,
    mean_span,
    number,
    percent,
    span_of,
    time_words,
)
from .parts import Picture, Points, Table, Tiles
from .pictures import png


@dataclass(frozen=True)
class Front:
    """What a minister reads.

    Attributes
    ----------
    question : str
    about : str
        Of which case and how many runs.
    answer : tuple of (str, str)
        Sentences, each with what else is to be said in one breath.
    certainty : Points
    tiles : Tiles or None
    pictures : tuple of Picture
    table : Table or None
        In place of tiles, where there is more to show than they hold.
    """

    question: str
    about: str
    answer: tuple[tuple[str, str], ...]
    certainty: Points
    tiles: Tiles | None
    pictures: tuple[Picture, ...]
    table: Table | None = None


def front(found: Findings, lang: str) -> Front:
    """Return the first page of a report on one scenario."""
    case, told = found.cases[0], found.summaries[0]
    about = text(
        "report.about", lang, runs=number(told.runs, 0, lang), seed=told.seed,
        time=time_words(told.months, lang),
    )  # fmt: skip
    return Front(
        question=case.question[lang] or case.title[lang],
        about=" · ".join((case.title[lang], about)),
        answer=((answer(told, lang), " ".join((others(told, lang), *worlds(found, lang)))),),
        certainty=Points((luck(told, lang), cutoffs(told, lang), assumptions(found, lang))),
        tiles=Tiles(tuple(tiles(told, lang))),
        pictures=(states_picture(found, 0, lang),),
    )


def state_word(state: str, lang: str) -> str:
    """Return a state's name."""
    return text(f"figure.state.{state}", lang)


def answer(told: Summary, lang: str) -> str:
    """Return in a sentence where the cluster ends."""
    state = commonest(told)
    share = told.end["as_set"][state]
    level = grade(share)
    values = {
        "state": state_word(state, lang),
        "time": time_words(told.months, lang),
        "n": number(round(share.share * told.runs), 0, lang),
        "runs": number(told.runs, 0, lang),
        "share": percent(share.share, lang),
        "interval": span_of(share, lang),
    }
    if level == OPEN:
        return text("report.answer.open", lang, **values)
    return text("report.answer.graded", lang, grade=text(f"report.grade.{level}", lang), **values)


def others(told: Summary, lang: str) -> str:
    """Return in which states the other runs end."""
    found, first = told.end["as_set"], commonest(told)
    said = [
        text(
            "report.answer.other", lang, state=state_word(state, lang),
            share=percent(found[state].share, lang),
        )
        for state in STATES
        if state != first and found[state].share > 0.0
    ]  # fmt: skip
    if not said:
        return text("report.answer.none", lang)
    return text("report.answer.others", lang, others=", ".join(said))


def worlds(found: Findings, lang: str) -> tuple[str, ...]:
    """Return what other numbers would make of the answer, if any were tried."""
    if found.outlook is None:
        return ()
    words = text(
        f"report.answer.{'given' if found.outlook.given else 'worlds'}", lang,
        state=state_word(found.outlook.state, lang),
        holding=percent(found.outlook.holding.share, lang),
        worlds=number(len(found.outlook.table), 0, lang),
    )  # fmt: skip
    return (words,)


def luck(told: Summary, lang: str) -> tuple[str, str]:
    """Return what luck leaves open."""
    level = text(f"report.grade.{grade(told.end['as_set'][commonest(told)])}", lang)
    words = text(
        "report.certainty.luck_words", lang, grade=level.capitalize(),
        runs=number(told.runs, 0, lang),
    )  # fmt: skip
    return text("report.certainty.luck", lang), words


def cutoffs(told: Summary, lang: str) -> tuple[str, str]:
    """Return whether the answer hangs on where the cut-offs lie."""
    ends = {name: commonest(told, name) for name in ("lenient", "strict")}
    shares = {name: percent(told.end[name][state].share, lang) for name, state in ends.items()}
    shift = number(0.05, 2, lang)
    if label_differs(told):
        words = text(
            "report.certainty.cutoffs_differ", lang, shift=shift,
            lenient=state_word(ends["lenient"], lang), lenient_share=shares["lenient"],
            strict=state_word(ends["strict"], lang), strict_share=shares["strict"],
        )  # fmt: skip
    else:
        state = state_word(commonest(told), lang)
        words = text("report.certainty.cutoffs_same", lang, shift=shift, state=state, **shares)
    return text("report.certainty.cutoffs", lang), words


def assumptions(found: Findings, lang: str) -> tuple[str, str]:
    """Return how far the answer outlasts other values of what nobody has measured."""
    many = number(len(uncertain(*found.cases)), 0, lang)
    if found.outlook is None:
        words = text("report.certainty.untried", lang, n=many)
    else:
        holding, drawn = found.outlook.holding, found.outlook.drawn
        words = text(
            f"report.certainty.{'given' if found.outlook.given else 'tried'}", lang,
            n=number(len(drawn.columns), 0, lang), worlds=number(len(drawn), 0, lang),
            state=state_word(found.outlook.state, lang), holding=percent(holding.share, lang),
            interval=span_of(holding, lang),
        )  # fmt: skip
    return text("report.certainty.assumptions", lang), words


def tiles(told: Summary, lang: str) -> list[tuple[str, str, str]]:
    """Return the few numbers to remember."""
    time, found = time_words(told.months, lang), []
    every = {
        "producers": told.outcomes["producers"],
        "independents": told.outcomes["independents"],
        "mean_income": told.outcomes["mean_income"],
        "spent": told.spent,
        "each": told.cost_per_independent,
    }
    for name, mean in every.items():
        decimals = 0 if name in ("spent", "each") else DECIMALS.get(name, 1)
        span = mean_span(mean, decimals, lang)
        interval = text("report.interval", lang, interval=span) if span else ""
        label = text(f"report.tiles.{name}", lang, time=time)
        found.append((number(mean.mean, decimals, lang), interval, label))
    return found


def states_picture(found: Findings, k: int, lang: str) -> Picture:
    """Return the figure of a scenario's states over time."""
    simulation, told = found.simulations[k], found.summaries[k]
    last = state_shares(simulation)[-1]
    ends = ", ".join(
        text("report.alt.end", lang, state=state_word(state, lang), share=percent(share, lang))
        for state, share in zip(STATES, last.tolist(), strict=True)
    )
    alt = text(
        "report.alt.states", lang, runs=number(told.runs, 0, lang), ends=ends,
        time=time_words(told.months, lang),
    )  # fmt: skip
    hold = number(simulation.scenario.policy["hold_months"], 0, lang)
    caption = text("report.caption.states", lang, hold=hold)
    return Picture(png(simulation.plot.states(lang)), alt, caption)
