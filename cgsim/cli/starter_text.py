"""The text of a starter: a scenario file that is in order as it is, with room to fill in."""

from __future__ import annotations

import json
import os
import re
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..language import text
from ..parameters import BY_PATH, PLAN, Parameter
from ..scenario import Scenario
from ..scenario_faults import allowed
from ..scenario_file import shipped_folder
from .words import lang, word

SHARED = (
    "community.people", "community.persistence.mean", "community.selection",
    "process.meeting_interval", "process.leadership", "process.ground_rules",
    "process.initial_trust",
)  # fmt: skip
"""Shared levers that a starter shows."""

OWN = (
    "monitoring_interval", "promised_interval", "visits", "seats", "training_months",
    "promotion", "practice_obligation", "budget",
)  # fmt: skip
"""Levers of each organisation that a starter shows."""

WIDTH = 96


def starter(
    base: Scenario,
    extends: str,
    folder: Path,
    levers: Mapping[str, Any] | None = None,
    sources: Mapping[str, str] | None = None,
    told: Mapping[str, str] | None = None,
) -> str:
    """Return the text of a new scenario file in the language of this call.

    Parameters
    ----------
    base : Scenario
        What it extends.
    extends : str
        How the file names that.
    folder : Path
        Where the file will stand.
    levers : mapping, optional
        Values to set by dotted path; without any, the levers most used are shown in a comment.
    sources : mapping, optional
        Where each value comes from, by path.
    told : mapping, optional
        Title and question, where they are known.
    """
    lines = [_schema_line(folder)]
    lines += _comment(word("new.file.head", title=base.title[lang()]))
    for name in ("title", "question"):
        lines += _titles(name, (told or {}).get(name))
    plain = re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", extends)
    lines += [f"extends: {extends if plain else quoted(extends)}", ""]
    if levers:
        lines += ["set:", *(f"  {path}: {written(value)}" for path, value in levers.items()), ""]
    else:
        lines += [*_comment(word("new.file.levers")), *_commented(_levers(base)), ""]
    if sources:
        lines += ["sources:", *(f"  {path}: {quoted(why)}" for path, why in sources.items()), ""]
    else:
        lines += [*_comment(word("new.file.sources")), *_commented(_sources(base)), ""]
    lines += _comment(word("new.file.changes"))
    if base.interventions:
        lines += _comment(word("new.file.replaced"))
    lines += _commented(_interventions(base))
    return "\n".join(lines) + "\n"


def written(value: Any) -> str:
    """Return a value as YAML.

    Examples
    --------
    >>> written(True), written("never"), written(0.5), written("a: b")
    ('true', 'never', '0.5', '"a: b"')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value not in ("never", "agency", "company"):
        return quoted(value)
    return str(value)


def quoted(words: str) -> str:
    """Return text that YAML can only read as that text."""
    return json.dumps(words, ensure_ascii=False)


def one_line(words: str) -> str:
    """Return text on one line, without what cannot be seen."""
    return "".join(sign for sign in " ".join(words.split()) if sign.isprintable())


def _schema_line(folder: Path) -> str:
    schema = shipped_folder() / "scenario.schema.json"
    try:
        where = os.path.relpath(schema, folder.resolve())
    except ValueError:  # another drive
        where = str(schema)
    return f"# yaml-language-server: $schema={Path(where).as_posix()}"


def _titles(name: str, known: str | None) -> list[str]:
    if known:
        return [f"{name}: {quoted(known)}"]
    fill = {code: text(f"cli.new.file.{name}", code) for code in ("en", "id")}
    return [f"{name}:", *(f"  {code}: {quoted(words)}" for code, words in fill.items())]


def _comment(words: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(words, WIDTH, break_long_words=False)]


def _commented(lines: Iterator[str]) -> list[str]:
    """Put lines of YAML out of action: without the first two signs of each they act."""
    return [f"# {line}" for line in lines]


def _levers(base: Scenario) -> Iterator[str]:
    yield "set:"
    for path in SHARED:
        yield from _facts(BY_PATH[path], path)
        yield _line(base, path)
    for name in OWN:
        yield from _facts(PLAN[name], f"organisations.{name}")
        for key in base.organisations:
            yield _line(base, f"organisations.{key}.{name}")


def _facts(one: Parameter, key: str) -> Iterator[str]:
    label, may = text(f"lever.{key}.label", lang()), allowed(one).in_language(lang())
    source = one.source.replace("assumption", word("levers.assumption"))
    yield f"  # {label}: {may}; {source}"


def _line(base: Scenario, path: str) -> str:
    mark = base.sources.get(path)
    return f"  {path}: {written(base.value(path))}" + (f"  # {one_line(mark)}" if mark else "")


def _sources(base: Scenario) -> Iterator[str]:
    yield "sources:"
    yield f"  process.leadership: {quoted(word('new.file.source'))}"
    yield f"  organisations.{base.organisations[0]}.visits: {quoted(word('new.file.source'))}"


def _interventions(base: Scenario) -> Iterator[str]:
    month = min(60, base.months // 2)
    for code in ("month", "when"):
        if code == "month":
            yield from ("interventions:", f"  - month: {month}")
        else:
            yield from ("  - when: producers < 10", "    for: 3", "    once: false")
        why = {one: quoted(text(f"cli.new.file.why_{code}", one)) for one in ("en", "id")}
        yield f"    why: {{en: {why['en']}, id: {why['id']}}}"
        yield "    set:"
        if code == "month":
            yield f"      organisations.{base.organisations[-1]}.present: false"
        else:
            yield "      organisations.*.monitoring_interval: 1"
            yield "    else:"
            yield "      organisations.*.monitoring_interval: 6"
