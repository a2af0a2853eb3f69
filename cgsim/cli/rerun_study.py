"""A study made once more: the very command is carried out again, into a folder of its own.

Whatever command writes a study with ``--out DIR`` alone (no ``-o`` beside it) and keeps its command
line in the manifest can be repeated so; nothing needs to be registered. It starts from the
scenarios that the folder keeps.
"""

from __future__ import annotations

import shlex
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from ..errors import ScenarioError
from ..scenario_file import find
from ..study.kept import MANIFEST, SCENARIO
from .guard import usage_error, usage_words
from .words import lang, speaking

OTHER = "scenario-{}.yaml"
"""Where a folder keeps the second scenario of a study, and the next."""

if TYPE_CHECKING:
    from ..study.rerun import Comparison, Kept


def rerun_study(folder: str, threads: int | None) -> tuple[Kept, Comparison]:
    """Carry out a study's command again and compare every number of its tables.

    Raises
    ------
    ScenarioError
        Where the folder is not as it was written, or its command cannot be carried out.
    """
    from ..study.rerun_study import compare_study, read_study

    kept = read_study(folder)
    with tempfile.TemporaryDirectory(prefix="cgsim-rerun-") as aside:
        again = Path(aside) / "again"
        context = _context(kept, again, threads)
        _start_from_kept(kept, context, Path(aside))
        try:
            with _unheard(kept.manifest.get("language")), context:
                context.invoke(context.command.callback, **context.params)
        except typer.Exit as left:
            # a command may leave with a code of its own once all is written
            if not (again / MANIFEST).is_file():
                raise left from None
        return kept, compare_study(kept, again)


def _context(kept: Kept, again: Path, threads: int | None) -> Any:
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
    return context


def _start_from_kept(kept: Kept, context: Any, aside: Path) -> None:
    """Put the scenarios that a folder keeps in the place of those that its command names."""
    for one in context.command.params:
        if one.metavar != "SCENARIO" or one.param_type_name != "argument":
            continue
        read = context.params[one.name]
        words = kept_scenarios(kept, [read] if one.nargs == 1 else list(read), aside)
        context.params[one.name] = words[0] if one.nargs == 1 else words


def kept_scenarios(kept: Kept, words: Sequence[str], aside: Path) -> list[str]:
    """Return files with the scenarios of a folder, each under the name of the one asked for.

    The first is the folder's ``scenario.yaml``, the next ``scenario-2.yaml`` and so on; where the
    folder does not keep one, it is read again as the command says.

    Parameters
    ----------
    words : sequence of str
        Names or paths of scenarios, as a command has them.
    aside : Path
        Folder for the files.
    """
    found = []
    for number, word in enumerate(words, start=1):
        file = kept.folder / (SCENARIO if number == 1 else OTHER.format(number))
        if not file.is_file():
            found.append(word)
            continue
        own = aside / str(number) / f"{(find(word) or Path(word)).stem}.yaml"
        own.parent.mkdir()
        own.write_bytes(file.read_bytes())
        found.append(str(own))
    return found


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
    from ..study.kept_reading import fault

    told = {"command": kept.manifest["command"], **values}
    return ScenarioError([fault(kept.folder, key, **told)])


@contextmanager
def _unheard(language: object) -> Iterator[None]:
    """Let a command print to nobody, in the language in which its tables were written."""
    with redirect_stdout(StringIO()), speaking(language if isinstance(language, str) else lang()):
        yield
