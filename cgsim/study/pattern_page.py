"""``docs/patterns.md``: how verdicts are reached, and the table."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..language import has, text
from .patterns import RUNS, SEED, Study, check, names, verdict
from .verdicts import FILE, written

PAGE = Path(__file__).parents[2] / "docs" / "patterns.md"

_HEAD = """\
# Patterns: promised and seen

Made by `python -m cgsim.study.patterns`; a test makes it again and compares. `cgsim patterns`
shows the same table in English or Indonesian, also for other luck.

P1–P20 are the patterns that the specification of the model promises (from 300 runs; 4,000 for
P3, P4 and both recommendations of P7; 100 a cell for P17 and for P19). C1–C15 are the moves that
[evidence.md](evidence.md) demands, judged after 120 months unless what they speak of happens
earlier. The seed serves this table alone: it was not used while a rule was written.

A promised share is kept if the 99 % interval (Newcombe) of promised minus seen
contains 0 or they differ by at most 0.10, a size if it is within 15 %. A direction is kept if it
holds in pairs of the same luck at 95 %; *not above* means that the first case has not clearly
more, or at most 0.10 more. A pattern is *met* if all its promises are
kept, *direction met* if its directions are, else *not met*. Rows without a promise are told for
the sake of what they show. Retention is active trainees / ever trained, completion graduations /
admissions, a leaving is for want of skill above all if the skill term is the largest of the six.
"""


def markdown(study: Study, patterns: Iterable[str]) -> str:
    """Return the table of patterns as Markdown, with the seeds it was made with."""
    lines = [
        f"{study.runs} runs a case, seed {study.seed} (runs 0 to {study.runs - 1}).",
        "",
        "| pattern | promise | promised | seen | holds | verdict |",
        "|---|---|---|---|---|---|",
    ]
    notes = []
    for name in patterns:
        checks = check(study, name)
        ruling = verdict(checks)
        if ruling != "met" and has(f"pattern.note.{name}"):
            notes.append(f"- **{name}**, {ruling}. {text(f'pattern.note.{name}')}")
        for k, one in enumerate(checks):
            last = ruling if k == 0 else ""
            label = name if k == 0 else ""
            holds = "–" if one.kind == "seen" else "yes" if one.holds else "**no**"
            lines.append(
                f"| {label} | {one.says.in_language('en')} | {one.promised.shown()} | "
                f"{one.seen.shown()} | {holds} | {last} |"
            )
    if notes:
        lines = [*notes, "", *lines]
    return "\n".join(lines) + "\n"


def page(study: Study) -> str:
    """Return the page."""
    return f"{_HEAD}\n{markdown(study, names())}"


def write_whole(path: Path, words: str) -> None:
    """Write a page whole or not at all."""
    aside = path.with_name(f"{path.name}.new")
    aside.write_text(words, encoding="utf-8", newline="\n")
    Path(aside).replace(path)


def write() -> int:
    """Write the page and the file of verdicts; return 1 if a pattern is not met."""
    study = Study(RUNS, SEED)
    write_whole(PAGE, page(study))
    rulings: dict[str, str] = {name: verdict(check(study, name)) for name in names()}
    write_whole(Path(__file__).with_name(FILE), written(rulings))
    print(PAGE)
    return int("not met" in rulings.values())
