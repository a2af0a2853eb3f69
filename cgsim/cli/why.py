"""``cgsim why``: who says so, which rules read it, and what moves if it is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..evidence import Evidence, cited, entry, standings
from ..parameters import Parameter
from ..study.directions import Direction, direction_of
from ..study.readers import Reader, readers
from .asked import Asked, asked
from .levers import figure, told_of, written
from .words import as_json, console, lang, number, percent, word

if TYPE_CHECKING:
    from rich.console import Console

    from ..study.doubt import Doubt, Gap, Try


def tell_why(
    read: str, scenario: str | None, runs: int | None, seed: int, threads: int | None, json: bool
) -> None:
    """Print who says so and, unless `runs` is None, what moves if it is wrong."""
    one = asked(read, scenario)
    if not json:
        _show(console(), one)
    doubt = None if runs is None else _doubt(one, runs, seed, threads)
    if json:
        print(as_json(_document(one, doubt)))
    elif doubt is not None:
        _show_doubt(console(), one, doubt)


def _doubt(one: Asked, runs: int, seed: int, threads: int | None) -> Doubt:
    from ..study.doubt import alternatives, doubt
    from .run import watched

    with watched(runs * (1 + len(alternatives(one.case, one.path)))) as progress:
        return doubt(one.case, one.path, runs, seed, threads=threads, progress=progress)


def evidence(parameter: Parameter) -> list[Evidence]:
    """Return the entries that a lever's source cites."""
    return [entry(code) for code in cited(parameter.source)]


def _standing(parameter: Parameter) -> str:
    if not parameter.assumed:
        return word("why.sourced", source=parameter.source)
    leans = ", ".join(cited(parameter.source))
    if leans:
        return word("why.leans", codes=leans)
    rest = parameter.source.removeprefix("assumption").strip(" ()")
    return word("why.assumed") + (f" ({rest})" if rest else "")


def _spread(parameter: Parameter) -> str:
    if parameter.spread is None:
        return ""
    low, high = (figure(end) for end in parameter.spread)
    return word("why.spread", low=low, high=high)


def _show(sheet: Console, one: Asked) -> None:
    told = told_of(one.listed, one.parameter)
    sheet.print(Text.assemble(one.path, "  ", (told["label"], "bold")), soft_wrap=True)
    facts = word(
        "why.facts", default=written(told["default"]), allowed=told["allowed"], when=told["when"]
    )
    spread = _spread(one.parameter)
    for words in (told["help"], facts + (f" · {spread}" if spread else "")):
        _indented(sheet, words)
    _title(sheet, word("why.who"))
    _indented(sheet, _standing(one.parameter))
    if found := evidence(one.parameter):
        sheet.print(Padding(_entries(found), (0, 0, 0, 2)))
    _title(sheet, word("why.here", scenario=one.case.name))
    for path, value in one.values().items():
        _indented(sheet, word("why.value", path=path, value=written(value)))
        if mark := one.mark(path):
            _indented(sheet, word("why.mark", mark=mark), 4)
    if not any(one.mark(path) for path in one.values()):
        _indented(sheet, word("why.no_mark"), 4)
    _title(sheet, word("why.rules"))
    _show_rules(sheet, readers(one.parameter))
    if stated := direction_of(one.path):
        _indented(sheet, direction_words(stated))


def direction_words(stated: Direction) -> str:
    """Return in a sentence what the model must do when a lever is raised."""
    ends = {"low": written(stated.low), "high": written(stated.high), "scenario": stated.of}
    if stated.because is not None:
        because = getattr(stated.because, lang())
        return word("why.either", **ends, outcome=stated.outcome, because=because)
    way = word(f"why.{stated.goes}")
    return word("why.direction", **ends, outcome=stated.outcome, way=way, n=number(stated.after))


def _entries(found: list[Evidence]) -> Table:
    """Return the entries, each standing explained where it is first met."""
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True, style="bold")
    table.add_column()
    explained: set[str] = set()
    for item in found:
        lines = [getattr(item, lang())]
        if item.use is not None:
            lines.append(word("why.use", use=getattr(item.use, lang())))
        if item.term or item.place:
            at = " – ".join(part for part in (item.term, item.place) if part)
            lines.append(word("why.article", at=at))
        if item.source:
            lines.append(word("why.source", source=item.source))
        for standing in item.standing:
            name = word(f"why.standings.{standing}")
            said = getattr(standings()[standing], lang())
            known = standing in explained
            lines.append(word("why.known" if known else "why.standing", name=name, said=said))
            explained.add(standing)
        table.add_row(item.code, Text("\n".join(lines)))
    return table


def _show_rules(sheet: Console, found: tuple[Reader, ...]) -> None:
    if not found:
        _indented(sheet, word("why.no_rule"))
    for rule in found:
        # the world's docstrings are English; whoever reads Indonesian gets where to look
        about = f"  {rule.about}" if lang() == "en" else ""
        _indented(sheet, f"{rule.rule} (cgsim/world/{rule.module}){about}")


def _show_doubt(sheet: Console, one: Asked, told: Doubt) -> None:
    runs = number(told.runs)
    _title(sheet, word("why.doubt", runs=runs, seed=told.seed, scenario=told.scenario))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(word("why.column.value"), overflow="fold")
    for name in ("inactive", "active", "dynamic"):
        table.add_column(word(f":figure.state.{name}"), justify="right")
    for name in ("producers", "difference"):
        table.add_column(word(f"why.column.{name}"), justify="right")
    for attempt in told.tries:
        ends = [percent(attempt.ends[state].share) for state in ("inactive", "active", "dynamic")]
        producers = number(attempt.producers.mean, 1)
        table.add_row(_value(attempt), *ends, producers, _gap(attempt.gap))
    sheet.print(Padding(table, (0, 0, 0, 2)))
    _indented(sheet, word("why.together", n=number(told.months)))
    sheet.print()
    _indented(sheet, sentence(told))
    if one.moved_later():
        _indented(sheet, word("why.moved_later"))
    sheet.print(f"\n{word(':figure.notice')}", style="italic")


def _value(attempt: Try) -> str:
    values = [written(value) for value in attempt.values.values()]
    shown = values[0] if len(set(values)) == 1 else " / ".join(values)
    return f"{shown} {word('why.as_is')}" if attempt.gap is None else shown


def _gap(gap: Gap | None) -> str:
    if gap is None:
        return ""
    mean, low, high = (_signed(value) for value in gap)
    return f"{mean} ({low} … {high})"


def _signed(value: float) -> str:
    if value in (float("inf"), float("-inf")):
        return "?"
    shown = number(value, 1).replace("-", "−")
    return shown if value < 0 or shown.strip("0,.") == "" else f"+{shown}"


def sentence(told: Doubt) -> str:
    """Return in a sentence whether the answer depends on the number."""
    as_is = next(one for one in told.tries if one.gap is None)
    means = [one.producers.mean or 0.0 for one in told.tries]
    commonest = [one.ends[as_is.commonest].share for one in told.tries]
    if len(told.tries) == 1:
        return word("why.verdict.alone")
    return word(
        f"why.verdict.{told.verdict}",
        runs=number(told.runs),
        low=number(min(means), 1),
        high=number(max(means), 1),
        few=percent(min(commonest)),
        many=percent(max(commonest)),
        state=word(f":figure.state.{as_is.commonest}"),
        states=", ".join(
            f"{_value(one)}: {word(f':figure.state.{one.commonest}')}" for one in told.tries
        ),
    )


def _title(sheet: Console, words: str) -> None:
    sheet.print(f"\n{words}", style="bold")


def _indented(sheet: Console, words: str, by: int = 2) -> None:
    sheet.print(Padding(Text(words), (0, 0, 0, by)))


def _document(one: Asked, doubt: Doubt | None) -> dict[str, Any]:
    told = told_of(one.listed, one.parameter)
    values = {path: {"value": value, "source": one.mark(path) or None}
              for path, value in one.values().items()}  # fmt: skip
    return {
        **told,
        "path": one.path,
        "standing": "assumption" if one.parameter.assumed else "sourced",
        "evidence": [_entry(item) for item in evidence(one.parameter)],
        "scenario": {"name": one.case.name, "hash": one.case.hash, "values": values,
                     "intervention_sets_it": one.moved_later()},
        "direction": _direction(direction_of(one.path)),
        "rules": [rule._asdict() for rule in readers(one.parameter)],
        "if_wrong": None if doubt is None else _doubt_document(doubt),
    }  # fmt: skip


def _direction(stated: Direction | None) -> dict[str, Any] | None:
    if stated is None:
        return None
    return {
        "outcome": stated.outcome,
        "goes": stated.goes,
        "low": stated.low,
        "high": stated.high,
        "scenario": stated.of,
        "set": stated.set,
        "after_months": stated.after,
        "because": None if stated.because is None else stated.because._asdict(),
    }


def _entry(item: Evidence) -> dict[str, Any]:
    return {
        "code": item.code,
        "standing": list(item.standing),
        "en": item.en,
        "id": item.id,
        "term": item.term or None,
        "place": item.place or None,
        "source": item.source or None,
        "use": None if item.use is None else item.use._asdict(),
    }


def _doubt_document(told: Doubt) -> dict[str, Any]:
    return {
        "scenario": told.scenario,
        "runs": told.runs,
        "seed": told.seed,
        "after_months": told.months,
        "verdict": told.verdict,
        "sentence": sentence(told),
        "tries": [
            {
                "values": one.values,
                "as_is": one.gap is None,
                "end_states": {state: share._asdict() for state, share in one.ends.items()},
                "producers": one.producers._asdict(),
                "producers_difference": _finite(one.gap),
                "state_difference": _finite(one.state_gap),
                "moved": one.moved,
            }
            for one in told.tries
        ],
    }


def _finite(gap: Gap | None) -> dict[str, float | None] | None:
    if gap is None:
        return None
    return {name: None if abs(value) == float("inf") else value
            for name, value in gap._asdict().items()}  # fmt: skip
