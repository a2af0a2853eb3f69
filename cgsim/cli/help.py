"""Pages of help: what a command is for, its arguments and options, examples."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from .words import console, lang, word


def group_help(group: Any, path: str = "cgsim") -> str:
    """Return the page of the program, or of a group of its commands.

    Parameters
    ----------
    group : Verbs
    path : str
        The words by which it is called.
    """
    own = "help" if path == "cgsim" else f"help.{group.callback.__name__}"
    verbs = [
        (name, word(f"help.{command.callback.__name__}.short"))
        for name, command in group.commands.items()
    ]
    return _page(
        word("help.usage", command=f"{path} {word('help.verb')} …"),
        word(f"{own}.about"),
        ((word("help.verbs"), verbs), (word("help.options"), [*_options(group), *_common()])),
        word(f"{own}.examples"),
        word(f"{own}.more"),
    )


def verb_help(command: Any, path: str = "") -> str:
    """Return the page of one command.

    Parameters
    ----------
    command : Verb
    path : str
        The words by which it is called.
    """
    name = command.callback.__name__
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    told = [(_metavar(one), word(f"help.{name}.{one.name}")) for one in arguments]
    options = [*_options(command), *_common()]
    used = " ".join([path or f"cgsim {command.name}", *(_metavar(one) for one in arguments)])
    blocks = ((word("help.arguments"), told), (word("help.options"), options))
    return _page(
        word("help.usage", command=f"{used} [{word('help.option')} …]"),
        word(f"help.{name}.about"),
        [block for block in blocks if block[1]],
        word(f"help.{name}.examples"),
    )


def _options(command: Any) -> list[tuple[str, str]]:
    name = command.callback.__name__
    return [
        (" ".join([*one.opts, one.metavar or ""]).strip(), word(f"help.{name}.{one.name}"))
        for one in command.params
        if one.param_type_name == "option" and one.name != "help"
    ]


def _common() -> list[tuple[str, str]]:
    return [("--lang en|id", word("help.lang")), ("--help", word("help.help"))]


def _metavar(argument: Any) -> str:
    shown: str = argument.metavar or argument.name.upper()
    return f"{shown} …" if argument.nargs == -1 else shown


def _page(
    usage: str,
    about: str,
    blocks: Iterable[tuple[str, list[tuple[str, str]]]],
    examples: str,
    more: str = "",
) -> str:
    parts: list[RenderableType] = [Text(usage, "bold"), "", about.strip()]
    for title, rows in blocks:
        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True, style="cyan")
        table.add_column()
        for name, words in rows:
            table.add_row(name, words)
        parts += ["", Text(title, "bold"), Padding(table, (0, 0, 0, 2))]
    parts += ["", Text(word("help.example"), "bold"), Padding(Text(examples.strip()), (0, 0, 0, 2))]
    if more:
        parts += ["", more]
    return _written(Group(*parts))


def _written(page: RenderableType) -> str:
    sheet: Console = console()
    with sheet.capture() as captured:
        sheet.print(page)
    return captured.get()


__all__ = ["group_help", "lang", "verb_help"]
