"""Commands that never end in a traceback for what a user can put right."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from ..errors import ScenarioError, Stop
from ..scenario_file import did_you_mean
from .help import group_help, verb_help
from .words import Locked, Unwritable, complain, lang, refusal, take_language, word

BAD_INPUT, LOCKED, UNWRITABLE, INTERRUPTED, BROKEN_PIPE = 2, 3, 4, 130, 141

usage_error: type[Any] = typer.BadParameter.__bases__[0]
"""What the parser raises where a command line does not fit."""


class Verb(TyperCommand):
    """A command whose errors become words and exit codes."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except ScenarioError as wrong:
            _leave(BAD_INPUT, wrong)
        except MemoryError:
            _leave(BAD_INPUT, word("error.memory"))
        except Locked as wrong:
            _leave(LOCKED, str(wrong))
        except Unwritable as wrong:
            _leave(UNWRITABLE, str(wrong))
        except Stop as wrong:
            _leave(wrong.code, wrong.meaning.in_language(lang()))
        except KeyboardInterrupt:
            _leave(INTERRUPTED, word("interrupted"))
        except BrokenPipeError:
            # nobody reads on: nothing more may be flushed on leaving
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            _leave(BROKEN_PIPE)
        return result

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the command's page of help."""
        formatter.write(verb_help(self, ctx.command_path))


class Verbs(TyperGroup):
    """The program, which chooses the language, then the command; or a group of commands."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the program and leave with its exit code."""
        try:
            words = take_language(sys.argv[1:] if args is None else args) or ["--help"]
            code = super().main(words, "cgsim", complete_var, standalone_mode=False, **extra)
        except ScenarioError as wrong:
            complain(_said(wrong))
            code = BAD_INPUT
        except usage_error as wrong:
            verb = next((one for one in words if one in self.commands), "")
            path = wrong.ctx.command_path if wrong.ctx else f"cgsim {verb}".strip()
            complain(usage_words(wrong, path))
            code = BAD_INPUT
        sys.exit(code if isinstance(code, int) else 0)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take the words after the group's name; without any, help is meant."""
        return super().parse_args(ctx, args or ["--help"])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; suggest one where there is none of that name."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            hint = did_you_mean(args[0], self.commands)
            path = ctx.command_path
            raise refusal(path, "verb", read=args[0][:80], hint=hint, path=path)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the group's page of help."""
        formatter.write(group_help(self, ctx.command_path))


def usage_words(wrong: Any, path: str = "cgsim") -> str:
    """Return in words what does not fit in a command line, and where help is.

    Parameters
    ----------
    wrong : UsageError
        What the parser raised.
    path : str
        The command.
    """
    option = getattr(wrong, "option_name", "")
    kind = type(wrong).__name__
    if kind == "NoSuchOption":
        known = [name for one in wrong.ctx.command.params for name in one.opts] if wrong.ctx else []
        fault = refusal(path, "option", read=option, hint=did_you_mean(option, [*known, "--lang"]))
    elif kind == "MissingParameter" and wrong.param is not None:
        fault = refusal(path, "missing", name=_name_of(wrong.param))
    elif kind == "BadOptionUsage":
        takes = "takes_none" if "not take" in wrong.message else "takes_one"
        fault = refusal(path, takes, name=option)
    elif extra := re.search(r"extra argument.*\((.*)\)", wrong.message):
        fault = refusal(path, "extra", read=extra.group(1)[:80])
    else:
        return f"{path}  {wrong.format_message()}"
    return f"{_said(fault)}\n{word('error.see', command=path)}"


def _name_of(parameter: Any) -> str:
    metavar: str = parameter.metavar or parameter.name.upper()
    return metavar if parameter.param_type_name == "argument" else parameter.opts[0]


def _said(wrong: ScenarioError) -> str:
    return wrong.in_language(lang())


def _leave(code: int, words: ScenarioError | str = "") -> NoReturn:
    said = words if isinstance(words, str) else _said(words)
    if said:
        complain(said)
    raise typer.Exit(code)
