"""A study made once more: the very command is carried out again, into a folder of its own.

Whatever command writes a study with ``--out DIR`` alone (no ``-o`` beside it) and keeps its command
line in the manifest can be repeated so; nothing needs to be registered. It starts from the
scenario that the folder keeps.
"""

from __future__ import annotations

import re
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from ..errors import ScenarioError
from .guard import usage_error, usage_words
from .words import lang, speaking

if TYPE_CHECKING:
    from ..study.rerun import Comparison, Kept


def rerun_study(folder: str, threads: int | None) -> tuple[Kept, Comparison]:
    """Carry out a study's command again and compare every number of its tables.

    Raises
    ------
    ScenarioError
        Where the folder is not as it was written, or its command cannot be carried out.
    """
    from ..study.kept import MANIFEST
    from ..study.rerun_study import compare_study, read_study

    kept = read_study(folder)
    with tempfile.TemporaryDirectory(prefix="cgsim-rerun-") as aside:
        again = Path(aside) / "again"
        own = Path(aside) / f"{_plain(kept.manifest.get('scenario'))}.yaml"
        own.write_text(kept.scenario.to_yaml(), encoding="utf-8", newline="\n")
        context = _context(kept, again, own, threads)
        try:
            with _unheard(kept.manifest.get("language")), context:
                context.invoke(context.command.callback, **context.params)
        except typer.Exit as left:
            # a command may leave with a code of its own once all is written
            if not (again / MANIFEST).is_file():
                raise left from None
        return kept, compare_study(kept, again)


def _context(kept: Kept, again: Path, own: Path, threads: int | None) -> Any:
    """Return a study's command, ready to write into another folder.

    Raises
    ------
    ScenarioError
        Where it is none that writes a study, or this version takes it no longer.
    """
    command, path, rest = _command(kept)
    written = [one for one in command.params if "-o" in one.opts and "--out" not in one.opts]
    given = [*rest, "--out", str(again)]
    if threads is not None and any("--threads" in one.opts for one in command.params):
        given += ["--threads", str(threads)]
    try:
        with redirect_stdout(StringIO()):
            context = command.make_context(path, given)
    except usage_error as wrong:
        raise _refused(kept, "untaken", why=usage_words(wrong, path)) from None
    except typer.Exit:
        raise _refused(kept, "study") from None
    if any(context.params.get(one.name) is not None for one in written):
        raise _refused(kept, "study")
    for one in command.params:
        if one.metavar == "SCENARIO" and one.param_type_name == "argument" and one.nargs == 1:
            context.params[one.name] = str(own)
    return context


def _command(kept: Kept) -> tuple[Any, str, list[str]]:
    """Return the command that a manifest names, its name, and what was asked of it."""
    from .app import app

    try:
        name, *words = shlex.split(kept.manifest["command"])
    except ValueError:
        raise _refused(kept, "study") from None
    found: Any = typer.main.get_command(app)
    path = name
    while name == "cgsim" and words and words[0] in getattr(found, "commands", ()):
        found, path, words = found.commands[words[0]], f"{path} {words[0]}", words[1:]
    options = [one for one in getattr(found, "params", ()) if one.opts == ["--out"]]
    if not any(one.metavar == "DIR" for one in options):
        raise _refused(kept, "study")
    return found, path, words


def _refused(kept: Kept, key: str, **values: object) -> ScenarioError:
    from ..study.rerun import fault

    told = {"command": kept.manifest["command"], **values}
    return ScenarioError([fault(kept.folder, key, **told)])


def _plain(name: object) -> str:
    """Return a scenario's name as that of a file, whatever a manifest says."""
    return name if isinstance(name, str) and re.fullmatch(r"[\w-]{1,80}", name) else "scenario"


@contextmanager
def _unheard(language: object) -> Iterator[None]:
    """Let a command print to nobody, in the language in which its tables were written."""
    with redirect_stdout(StringIO()), speaking(language if isinstance(language, str) else lang()):
        yield
