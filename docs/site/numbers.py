"""The pages of levers and constants, and of the columns of the tables."""

from __future__ import annotations

from itertools import groupby

from cgsim.columns import TABLES, columns, meaning, unit_words
from cgsim.language import has, text
from cgsim.parameters import BY_PATH, PLAN, Parameter
from cgsim.scenario import shown

from .markdown import anchor, anchored, plain, table
from .words import SAY


def every_number() -> dict[str, Parameter]:
    """Return all levers and constants by path; an organisation's under ``organisations.*``."""
    return {**BY_PATH, **{f"organisations.*.{name}": one for name, one in PLAN.items()}}


def levers_page(lang: str) -> str:
    """Return the page of all levers and constants."""
    say = SAY[lang]
    parts = [f"# {say['levers']}", say["levers_about"], say["made"]]
    head = [say[name] for name in ("path", "what", "value", "standing")]
    ordered = sorted(every_number().items(), key=lambda one: _section(one[0]))
    for section, found in groupby(ordered, key=lambda one: _section(one[0])):
        parts += [f"## `{section}`", table(head, (_row(path, one, lang) for path, one in found))]
    return "\n\n".join(parts) + "\n"


def _section(path: str) -> str:
    return path.partition(".")[0] if "." in path else "months"


def _row(path: str, one: Parameter, lang: str) -> tuple[str, ...]:
    say, words = SAY[lang], f"lever.{path.replace('.*', '')}"
    label, about = text(f"{words}.label", lang), text(f"{words}.help", lang)
    when = f"{say['when']} {say['birth' if one.when == 'at birth' else 'any']}"
    return (
        anchored(path, anchor(f"lever-{path}")),
        f"**{plain(label)}.** {plain(about)} *{_allowed(one, lang)}; {when}.*",
        say["stated"] if one.default is None else plain(_value(one)),
        plain(one.source).replace("assumption", f"**{say['assumption']}**"),
    )


def _value(one: Parameter) -> str:
    value = shown(one, one.default)
    return f"{value:g}" if isinstance(value, float) else str(value).lower()


def _allowed(one: Parameter, lang: str) -> str:
    unit = text(f"unit.{one.unit}", lang) if has(f"unit.{one.unit}", lang) else one.unit
    kind = one.name if one.words else one.sort
    low, high = (f"{bound:.12g}" for bound in (one.low, one.high))
    return plain(text(f"cli.levers.{kind}", lang, low=low, high=high, unit=unit))


def columns_page(lang: str) -> str:
    """Return the page of all columns."""
    say = SAY[lang]
    parts = [f"# {say['columns']}", say["columns_about"], say["made"]]
    for one in TABLES:
        rows = (
            (
                anchored(name, anchor(f"column-{one}-{name}")),
                plain(unit_words(name, one, lang)),
                plain(meaning(name, one, lang)),
            )
            for name in columns(one)
        )
        parts += [
            f"## {say[f'table_{one}']}",
            table((say["column"], say["unit"], say["means"]), rows),
        ]
    return "\n\n".join(parts) + "\n"
