"""Reads a filled questionnaire as Excel really hands it back, and says all that is wrong."""

from __future__ import annotations

import datetime
import os
import warnings
import zipfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..errors import Fault, Message, ScenarioError, say
from ..language import text
from ..parameters import Parameter
from ..scenario import Scenario
from ..scenario_faults import allowed, remedy
from ..scenario_file import did_you_mean
from ..scenario_file import find as find_scenario
from .answer import Unclear, understood
from .form import HIDDEN, TOLD, WORDS, heads, hows, parameter_of, rows

MOST_BYTES, MOST_UNPACKED = 5_000_000, 50_000_000
NEEDED = ("code", "answer")
TOGETHER = ("community.group_size", "community.people")
"""Answers that bound one another."""

LONGEST = 500
"""Letters of a text that are kept."""


@dataclass
class Answers:
    """What a questionnaire's answers come to.

    Attributes
    ----------
    base : Scenario
        What was asked about.
    extends : str
        How a scenario names it.
    levers : dict
        Answers that differ from the base, by path.
    sources : dict
        Where each answer comes from, by path.
    told : dict
        Title and question, where they were answered.
    """

    base: Scenario
    extends: str
    levers: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)

    def scenario(self, name: str = "answers") -> Scenario:
        """Return the scenario that the answers describe, with their marks of source.

        Parameters
        ----------
        name : str
            What to call it.

        Raises
        ------
        ScenarioError
            Where the answers do not go together.
        """
        case = self.base.replace(self.levers, name=name)
        title, question = (
            dict.fromkeys(before, self.told[kind]) if kind in self.told else before
            for kind, before in (("title", case.title), ("question", case.question))
        )
        sources = {**case.sources, **self.sources}
        return replace(case, sources=sources, title=title, question=question)


def read_answers(file: str | os.PathLike[str], extends: str | None = None) -> Answers:
    """Read a filled questionnaire.

    Parameters
    ----------
    file : path
        An Excel file made by `questionnaire`.
    extends : str, optional
        The scenario to start from, instead of the one that was asked about.

    Raises
    ------
    ScenarioError
        With every faulty cell and what may stand there.
    """
    name = os.fspath(file)
    values, formulas = _opened(name)
    asked, lang = _about(name, values)
    extends = _beside(name, asked) if extends is None else extends
    answers = Answers(Scenario.load(extends), extends)
    reading = _Reading(name, answers, lang)
    for sheet in values.worksheets:
        if sheet.title != HIDDEN and (columns := _columns(sheet)):
            reading.sheet(sheet, formulas[sheet.title], columns)
    if not reading.seen:
        raise _refused(name, "no_questions")
    reading.together()
    if reading.faults:
        raise ScenarioError(reading.faults)
    return answers


def _refused(name: str, key: str, **values: object) -> ScenarioError:
    return ScenarioError([Fault(name, 0, 0, say(f"questionnaire.error.{key}", **values))])


def _opened(name: str) -> tuple[Any, Any]:
    """Return the workbook twice: what its cells show, and what stands in them."""
    path = Path(name)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _refused(name, "large")
        if not zipfile.is_zipfile(path):
            raise _refused(name, "not_excel")
        with zipfile.ZipFile(path) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
                raise _refused(name, "large")
    except OSError as wrong:
        raise _refused(name, "unreadable", why=wrong.strerror or wrong) from None
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what Excel adds and openpyxl leaves out
            return load_workbook(path, data_only=True), load_workbook(path)
    except Exception:  # whatever openpyxl raises for a file that only looks like one
        raise _refused(name, "not_excel") from None


def _about(name: str, book: Any) -> tuple[str, str]:
    """Return which scenario was asked about, and in which language."""
    if HIDDEN not in book.sheetnames:
        raise _refused(name, "foreign")
    said = [book[HIDDEN].cell(row, 1).value for row in range(1, 5)]
    if said[0] != "cgsim" or not isinstance(said[1], str):
        raise _refused(name, "foreign")
    return said[1], said[3] if said[3] in ("en", "id") else "en"


def _beside(name: str, asked: str) -> str:
    """Return from where we stand the scenario asked about: shipped, or a file by the form."""
    near = Path(name).parent / asked
    if near.is_file():
        return str(near)
    if find_scenario(asked) is None:
        raise _refused(name, "base", base=asked[:200])
    return asked


def _columns(sheet: Any) -> dict[str, int]:
    """Return the place of each column by its heading; nothing where it is no such sheet."""
    known = heads()
    found: dict[str, int] = {}
    for cell in next(sheet.iter_rows(min_row=1, max_row=1), ()):
        heading = str(cell.value or "").strip().casefold()
        if heading in known:
            found.setdefault(known[heading], cell.column)
    return found if all(one in found for one in NEEDED) else {}


class _Reading:
    """One questionnaire being read."""

    def __init__(self, name: str, answers: Answers, lang: str) -> None:
        self.name = name
        self.answers = answers
        self.lang = lang
        self.known = rows(answers.base)
        self.seen: set[str] = set()
        self.places: dict[str, str] = {}
        self.faults: list[Fault] = []

    def sheet(self, sheet: Any, formulas: Any, columns: dict[str, int]) -> None:
        """Read a sheet's rows, in whatever order they stand."""
        for row in range(2, min(sheet.max_row, 5000) + 1):
            code = str(sheet.cell(row, columns["code"]).value or "").strip()
            answer = sheet.cell(row, columns["answer"])
            held = formulas.cell(row, columns["answer"])
            if not code and _is_empty(held.value):
                continue
            if code not in self.known:
                hint = did_you_mean(code, self.known)
                at = sheet.cell(row, columns["code"])
                self._wrong(sheet, at, "code", read=code[:80] or "–", hint=hint)
            elif code in self.seen:
                self._wrong(sheet, answer, "twice", code=code)
            else:
                self.seen.add(code)
                if not _is_empty(held.value):
                    mark = self._mark(sheet, row, columns)
                    self._answer(sheet, code, answer, held, mark)

    def _answer(self, sheet: Any, code: str, cell: Any, held: Any, mark: str) -> None:
        value, parameter = cell.value, parameter_of(code)
        self.places[code] = _place(self.name, sheet, cell)
        if held.data_type == "f" and value is None:
            self._wrong(sheet, cell, "formula")
        elif cell.data_type == "e":
            self._wrong(sheet, cell, "cell_error", read=value)
        elif isinstance(value, datetime.date | datetime.time | datetime.timedelta):
            if parameter is None:
                self._wrong(sheet, cell, "text_date")
            else:
                self._wrong(sheet, cell, "date", allowed=allowed(parameter))
        elif parameter is not None:
            self._number(sheet, code, parameter, cell, mark)
        elif words := _visible(str(value)):
            if code in TOLD:
                self.answers.told[code] = words
            else:
                self.answers.levers[code] = words

    def _number(self, sheet: Any, code: str, parameter: Parameter, cell: Any, mark: str) -> None:
        value = cell.value
        percent = not isinstance(value, str) and "%" in str(cell.number_format)
        try:
            said = understood(parameter, value, percent)
        except Unclear as wrong:
            read = f"{100 * value:g}%" if percent else str(value)[:80]
            right = remedy(parameter, value)
            meant = say(f"questionnaire.word.{right}") if right in WORDS else right
            hint = say("error.hint.write", right=meant) if right else ""
            more = {"hint": hint} if str(wrong) == "value" else {}
            self._wrong(
                sheet, cell, str(wrong), code=code, read=read, allowed=allowed(parameter), **more
            )
            return
        if said != self.answers.base.value(code):
            self.answers.levers[code] = said
        self.answers.sources[code] = mark

    def together(self) -> None:
        """Note where answers, each allowed, cannot go together."""
        if self.faults:
            return
        try:
            self.answers.base.replace(self.answers.levers)
        except ScenarioError as wrong:
            answered = [self.places[code] for code in TOGETHER if code in self.places]
            place = answered[0] if answered else self.name
            self.faults += [
                Fault(place, 0, 0, fault.meaning or fault.message) for fault in wrong.faults
            ]

    def _mark(self, sheet: Any, row: int, columns: dict[str, int]) -> str:
        """Return in words how an answer is known."""
        how, note = (
            _visible(str(sheet.cell(row, columns[name]).value or "")) if name in columns else ""
            for name in ("how", "note")
        )
        way = hows().get(how.casefold())
        said = text(f"questionnaire.how.{way}", self.lang) if way else how
        if not said and not note:
            return text("questionnaire.unmarked", self.lang)
        return ": ".join(one for one in (said, note) if one)

    def _wrong(self, sheet: Any, cell: Any, key: str, **values: object) -> None:
        message: Message = say(f"questionnaire.error.{key}", **values)
        self.faults.append(Fault(_place(self.name, sheet, cell), 0, 0, message))


def _place(name: str, sheet: Any, cell: Any) -> str:
    return f"{name}:{sheet.title}!{cell.coordinate}"


def _visible(words: str) -> str:
    """Return text on one line without what cannot be seen, as copying from elsewhere brings it."""
    return "".join(sign for sign in " ".join(words.split()) if sign.isprintable())[:LONGEST]


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not _visible(value))
