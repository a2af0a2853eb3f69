"""The page of all commands, from the program's own parser and words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from cgsim.cli.app import app
from cgsim.language import has, text

from .markdown import code, fence, plain, table
from .words import SAY


def commands() -> dict[str, Any]:
    """Return every command by the words by which it is called, groups before what is in them."""
    return dict(_within(typer.main.get_command(app), ()))


def _within(group: Any, path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        yield " ".join((*path, name)), command
        if hasattr(command, "commands"):
            yield from _within(command, (*path, name))


def options(command: Any) -> list[Any]:
    """Return what a command takes, in order, without its help."""
    return [one for one in command.params if one.name != "help"]


def anchor(path: str) -> str:
    """Return the anchor that its heading gives a command."""
    return f"cgsim-{path.replace(' ', '-')}"


def commands_page(lang: str) -> str:
    """Return the page of all commands."""
    say, every = SAY[lang], commands()
    listed = table(
        (say["command"], say["does"]),
        (
            (f"[`cgsim {path}`](#{anchor(path)})", plain(_help(one, "short", lang)))
            for path, one in every.items()
        ),
    )
    parts = [f"# {say['commands']}", say["commands_about"], say["made"], f"## {say['all']}", listed]
    for path, one in every.items():
        parts += _section(path, one, lang)
    return "\n\n".join(parts) + "\n"


def _section(path: str, command: Any, lang: str) -> list[str]:
    say, about = SAY[lang], _help(command, "about", lang)
    parts = [f"## `cgsim {path}`", *map(plain, about.strip().split("\n\n"))]
    if taken := options(command):
        rows = (
            (code(_shown(one)), plain(_help(command, one.name, lang)), _default(one))
            for one in taken
        )
        parts.append(table((say["takes"], say["means"], say["otherwise"]), rows))
    parts += [f"{say['examples']}:", fence(_help(command, "examples", lang), "sh")]
    more = f"cli.help.{command.callback.__name__}.more"
    return [*parts, *([fence(text(more, lang), "text")] if has(more, lang) else [])]


def _help(command: Any, name: str, lang: str) -> str:
    return text(f"cli.help.{command.callback.__name__}.{name}", lang)


def _shown(one: Any) -> str:
    if one.param_type_name == "argument":
        shown = one.metavar or one.name.upper()
        return f"{shown} …" if one.nargs == -1 else shown
    return " ".join([", ".join(one.opts), one.metavar or ""]).strip()


def _default(one: Any) -> str:
    unsaid = one.default is None or one.default is False or callable(one.default)
    return "" if unsaid or one.required or not str(one.default) else code(str(one.default))
