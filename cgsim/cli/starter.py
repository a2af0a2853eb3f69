"""``cgsim new`` and ``cgsim questionnaire``: from a case in the field to a scenario file."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from ..scenario import Scenario
from ..scenario_file import find as find_scenario
from ..scenario_file import shipped_folder
from .files import file_named, must_be_free, write_whole
from .starter_text import starter
from .words import console, lang, number, refusal, word

BASE = "sangatta-utara"
"""The scenario to start from where none is named."""


def write_starter(name: str, extends: str | None, answers: str | None, force: bool) -> None:
    """Write a new scenario file, and say how to go on.

    Raises
    ------
    ScenarioError
        Where the name or the scenario to extend cannot be, or answers are faulty.
    Unwritable
        Where the file cannot be written.
    """
    path = file_named(name, (".yaml", ".yml"), "NAME")
    must_be_free(path, "NAME", force)
    if answers is None:
        told = _from_scenario(path, extends or BASE)
    else:
        told = _from_answers(path, extends, answers)
    sheet = console()
    sheet.print(told, soft_wrap=True)
    sheet.print(word("new.next"))
    for verb in ("check", "run"):
        sheet.print(f"  cgsim {verb} {shlex.quote(path.as_posix())}", soft_wrap=True)


def _from_scenario(path: Path, extends: str) -> str:
    base = Scenario.load(extends)
    written = starter(base, _named(extends, path), path.parent)
    _put(path, written)
    return word("new.written", file=path, base=base.name)


def _from_answers(path: Path, extends: str | None, file: str) -> str:
    from ..questionnaire import read_answers

    answers = read_answers(file, extends)
    written = starter(
        answers.base, _named(answers.extends, path), path.parent, answers.levers, answers.sources,
        answers.told,
    )  # fmt: skip
    _put(path, written)
    counts = {"set": number(len(answers.levers)), "sources": number(len(answers.sources))}
    return word("new.answers", file=path, base=answers.base.name, sheet=file, **counts)


def _put(path: Path, written: str) -> None:
    """Write a scenario that passes its check; nothing else is ever written."""
    Scenario.parse(written, path.name, path.parent)
    write_whole(path, written.encode("utf-8"))


def _named(extends: str, path: Path) -> str:
    """Return how the new file names the scenario that it extends.

    Raises
    ------
    ScenarioError
        Where it would be the new file itself.
    """
    found = find_scenario(extends)
    assert found is not None
    if found.resolve() == path.resolve():
        raise refusal("NAME", "itself", file=path)
    if found.parent.resolve() == shipped_folder().resolve() and found.suffix == ".yaml":
        return found.stem
    try:
        return Path(os.path.relpath(found, path.parent)).as_posix()
    except ValueError:  # another drive
        return found.resolve().as_posix()


def write_questionnaire(out: str, extends: str, force: bool) -> None:
    """Write a questionnaire about a scenario, and say how to go on."""
    from ..questionnaire import questionnaire

    path = file_named(out, (".xlsx",), "--out")
    if path != Path(out):
        raise refusal("--out", "excel", file=out)
    must_be_free(path, "--out", force)
    base = Scenario.load(extends)
    asked, content = questionnaire(base, _named(extends, path), lang())
    write_whole(path, content)
    sheet = console()
    sheet.print(
        word("questionnaire.written", file=path, number=number(asked), base=base.name),
        soft_wrap=True,
    )
    sheet.print(word("questionnaire.next"))
    sheet.print(f"  cgsim new {word('questionnaire.name')} --from {shlex.quote(path.as_posix())}",
                soft_wrap=True)  # fmt: skip
