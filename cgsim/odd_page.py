"""The parts of ``docs/odd.md`` that are read from the code: ``python -m cgsim.odd_page``.

The page is written by hand, save what stands between ``<!-- made: … -->`` and
``<!-- end -->``: the states of the actors, the schedule, the rules, the draws, and every
number. A test makes these parts again and compares.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from . import state
from .columns import meaning
from .language import text
from .odd_state import MEANINGS
from .parameters import BY_PATH, NEVER, PLAN, POLICY, Parameter
from .world.draws import PURPOSES
from .world.rule import RULES

PAGE = Path("docs/odd.md")
_MADE = re.compile(r"(?<=<!-- made: )([a-z ]+)( -->\n)(.*?)(?=<!-- end -->)", re.DOTALL)

_STATES = {
    "trainee": state.TRAINEE,
    "organisation": {name: one for name, one in state.ORGANISATION.items() if name not in PLAN},
    "tie": state.TIE,
    "pact": state.PACT,
    "group": state.GROUP,
    "cluster": state.CLUSTER,
}
_COLUMN_TABLES = {"trainee": "people", "cluster": "months"}
_BOTH = "{low:g} – {high:g}"


def filled(page: str) -> str:
    """Return the page with every part between its marks made anew.

    Parameters
    ----------
    page : str
        The page as it stands.

    Raises
    ------
    KeyError
        For a mark that names no part.
    """
    return _MADE.sub(lambda found: f"{found[1]}{found[2]}{_part(found[1])}\n", page)


def write(path: Path = PAGE) -> None:
    """Make the parts of the page anew."""
    page = path.read_text(encoding="utf-8")
    path.write_text(filled(page), encoding="utf-8", newline="\n")


def _part(name: str) -> str:
    kind, _, which = name.partition(" ")
    makers: dict[str, Callable[[str], list[str]]] = {
        "state": _state,
        "schedule": _schedule,
        "draws": _draws,
        "rules": _rules,
        "levers": _levers,
        "constants": _constants,
        "standing": _standing,
    }
    return "\n".join(["", *makers[kind](which), ""])


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    cells = [list(head), *(list(row) for row in rows)]
    cells.insert(1, ["---"] * len(cells[0]))
    return [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in cells]


def _state(actor: str) -> list[str]:
    return _table(
        ("variable", "unit", "meaning"),
        (
            (f"`{name}`", one.unit, state_meaning(actor, name))
            for name, one in _STATES[actor].items()
        ),
    )


def state_meaning(actor: str, name: str) -> str:
    """Return what a state variable of an actor is, in a sentence.

    Raises
    ------
    KeyError
        Where nothing is said of it.
    """
    if (own := MEANINGS.get(actor, {}).get(name)) is not None:
        return own
    return meaning(name, "people" if _COLUMN_TABLES[actor] == "people" else "months")


def steps() -> list[tuple[str, str, str]]:
    """Return the steps of a month as `world.month` calls them: rule, number, what happens.

    Examples
    --------
    >>> steps()[0]
    ('intervene', '0', 'levers change: at a month, or because a quantity passed a bound')
    """
    said = re.compile(r"^    (\w+)\(world.*\)  # (\d+)  (.+)$", re.MULTILINE)
    return [(rule, number, what) for rule, number, what in said.findall(_source("month"))]


def _schedule(_: str) -> list[str]:
    home = {one.__name__: one.__module__.rpartition(".")[2] for one in RULES}
    return _table(
        ("step", "what happens", "rule"),
        ((number, what, f"`{home[rule]}.{rule}`") for rule, number, what in steps()),
    )


def _draws(_: str) -> list[str]:
    return _table(("purpose", "number"), ((f"`{n}`", str(p)) for n, p in PURPOSES.items()))


def rules_of(module: str) -> dict[str, str]:
    """Return the rules of a module of the world, each with the first sentence said of it."""
    found = [one for one in RULES if one.__module__.rpartition(".")[2] == module]
    return {one.__name__: _first_sentence(one.__doc__ or "") for one in found}


def _first_sentence(words: str) -> str:
    return " ".join(words.strip().split("\n\n")[0].split())


def numbers_of(module: str) -> list[Parameter]:
    """Return the shared levers and constants that a module of the world reads, as declared."""
    read = {
        node.attr
        for node in ast.walk(ast.parse(_source(module)))
        if isinstance(node, ast.Attribute) and "policy" in ast.unparse(node.value)
    }
    return [one for name, one in POLICY.items() if name in read]


@cache
def _source(module: str) -> str:
    return (Path(__file__).parent / "world" / f"{module}.py").read_text(encoding="utf-8")


def _rules(module: str) -> list[str]:
    said = [f"- `{name}`" + (f": {words}" if words else "") for name, words in
            rules_of(module).items()]  # fmt: skip
    numbers = ", ".join(
        f"`{one.name}` {_value(one, one.default)}{'*' if one.assumed else ''}"
        for one in numbers_of(module)
    )
    return [*said, *(["", f"Numbers (* assumption): {numbers}."] if numbers else [])]


def _value(one: Parameter, value: float | None) -> str:
    if value is None:
        return "each scenario states it"
    if one.sort == "interval" and value == NEVER:
        return "never"
    if one.sort == "flag":
        return "yes" if value else "no"
    if one.sort == "choice":
        return one.words[int(value)]
    return f"{value:g}"


def _levers(which: str) -> list[str]:
    if which == "of an organisation":
        return _numbers({f"organisations.*.{name}": one for name, one in PLAN.items()})
    return _numbers({path: one for path, one in BY_PATH.items() if one.is_lever})


def _constants(_: str) -> list[str]:
    return _numbers({path: one for path, one in BY_PATH.items() if not one.is_lever})


def _numbers(found: dict[str, Parameter]) -> list[str]:
    head = ("path", "what", "value", "unit", "bounds", "to try", "when", "standing")
    return _table(
        head,
        (
            (
                f"`{path}`", text(f"lever.{path.replace('.*', '')}.label"),
                _value(one, one.default), one.unit, _bounds(one), _to_try(one), one.when,
                one.source,
            )
            for path, one in found.items()
        ),
    )  # fmt: skip


def _bounds(one: Parameter) -> str:
    if one.sort == "choice":
        return ", ".join(one.words)
    if one.sort == "flag":
        return "yes, no"
    return _BOTH.format(low=one.low, high=one.high) + (", never" if one.sort == "interval" else "")


def _to_try(one: Parameter) -> str:
    if one.spread is not None:
        return _BOTH.format(low=one.spread[0], high=one.spread[1])
    return ", ".join(_value(one, value) for value in one.candidates) or "–"


def _standing(_: str) -> list[str]:
    every = [*POLICY.values(), *PLAN.values()]
    assumed = sum(one.assumed for one in every)
    return [f"{assumed} of the {len(every)} levers and constants are assumptions."]


if __name__ == "__main__":
    write()
