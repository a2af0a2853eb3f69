"""Writes a questionnaire: a sheet that says how to fill it in, a sheet of questions."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from ..language import text
from ..parameters import Parameter
from ..scenario import Scenario
from ..scenario_faults import allowed
from .form import COLUMNS, HIDDEN, HOW, TOLD, WORDS, parameter_of, rows

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

WIDTHS = (34, 26, 52, 16, 26, 14, 18, 18, 34)
HEAD, OPEN, QUIET = "D9E2EC", "FFF8E1", "6B7280"


def questionnaire(base: Scenario, extends: str, lang: str) -> tuple[int, bytes]:
    """Return how many questions a questionnaire asks, and its Excel file.

    Parameters
    ----------
    base : Scenario
        What is asked about.
    extends : str
        How a scenario made of the answers names it.
    lang : {"en", "id"}
        Language of the questions; answers are understood in both.
    """
    from openpyxl import Workbook

    book = Workbook()
    guide = book.active
    assert guide is not None
    _guide(guide, base, lang)
    sheet = book.create_sheet(text("questionnaire.sheet.questions", lang))
    codes = rows(base)
    _head(sheet, lang)
    for row, code in enumerate(codes, start=2):
        _row(sheet, row, code, base, lang)
    _how(sheet, len(codes) + 1, lang)
    _layout(sheet, len(codes) + 1)
    hidden = book.create_sheet(HIDDEN)
    for row, said in enumerate(("cgsim", extends, base.hash, lang), start=1):
        hidden.cell(row, 1, said)
    hidden.sheet_state = "hidden"
    book.active = 0
    held = BytesIO()
    book.save(held)
    return len(codes), held.getvalue()


def _guide(sheet: Any, base: Scenario, lang: str) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.title = text("questionnaire.sheet.guide", lang)
    sheet.column_dimensions["A"].width = 96
    lines = text("questionnaire.guide", lang, title=base.title[lang]).strip().split("\n")
    for row, line in enumerate(lines, start=1):
        cell = sheet.cell(row, 1, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=row == 1, size=14 if row == 1 else 11)


def _head(sheet: Worksheet, lang: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for column, name in enumerate(COLUMNS, start=1):
        cell = sheet.cell(1, column, text(f"questionnaire.column.{name}", lang))
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=HEAD)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS[column - 1]


def _row(sheet: Worksheet, row: int, code: str, base: Scenario, lang: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill, Protection

    asked = _asked(code, base, lang)
    for column, name in enumerate(COLUMNS, start=1):
        cell = sheet.cell(row, column, asked.get(name))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if name in ("answer", "how", "note"):
            cell.fill = PatternFill("solid", fgColor=OPEN)
            cell.protection = Protection(locked=False)
        elif name in ("code", "unit", "allowed", "value"):
            cell.font = Font(color=QUIET)
    parameter = parameter_of(code)
    if parameter is not None:
        _validate(sheet, f"{_letter('answer')}{row}", parameter, lang)


def _asked(code: str, base: Scenario, lang: str) -> dict[str, Any]:
    parameter = parameter_of(code)
    if parameter is None:
        key = code if code in TOLD else "name"
        told = {"title": base.title, "question": base.question}.get(code)
        value = (told or base.names[code.split(".")[1]])[lang]
        asked = text(f"questionnaire.ask.{key}", lang)
        return {"code": code, "topic": _topic(code, base, lang), "question": asked, "value": value}
    key = f"organisations.{parameter.name}" if code.startswith("organisations.") else code
    name = base.names[code.split(".")[1]][lang] if key != code else ""
    unit = text(f"unit.{parameter.unit}", lang) if parameter.sort not in ("flag", "choice") else ""
    value = base.value(code)
    return {
        "code": code,
        "topic": _topic(code, base, lang),
        "question": text(f"questionnaire.ask.{key}", lang, name=name),
        "unit": unit,
        "allowed": _allowed(parameter, lang),
        "value": _shown(value, lang),
    }


def _topic(code: str, base: Scenario, lang: str) -> str:
    parts = code.split(".")
    if parts[0] == "organisations":
        return base.names[parts[1]][lang]
    return text(f"questionnaire.topic.{'scenario' if code in TOLD else parts[0]}", lang)


def _allowed(parameter: Parameter, lang: str) -> str:
    if parameter.sort in ("flag", "choice"):
        return " / ".join(_choices(parameter, lang))
    return allowed(parameter).in_language(lang)


def _shown(value: Any, lang: str) -> Any:
    word = str(value).lower() if isinstance(value, bool) else value
    if isinstance(word, str) and word in WORDS:
        return text(f"questionnaire.word.{word}", lang)
    return value


def _choices(parameter: Parameter, lang: str) -> list[str]:
    names = parameter.words or ("true", "false")
    return [text(f"questionnaire.word.{name}", lang) for name in names]


def _validate(sheet: Worksheet, cell: str, parameter: Parameter, lang: str) -> None:
    """Let Excel itself say what may be answered; words of an interval make it only a hint."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rule: dict[str, Any]
    if parameter.sort in ("flag", "choice"):
        rule = {"type": "list", "formula1": f'"{",".join(_choices(parameter, lang))}"'}
    elif parameter.sort == "interval":
        months = ",".join(str(n) for n in (1, 2, 3, 4, 6, 12))
        never = text("questionnaire.word.never", lang)
        rule = {"type": "list", "formula1": f'"{never},{months}"', "errorStyle": "warning"}
    else:
        kind = "whole" if parameter.sort == "whole" else "decimal"
        most = min(parameter.high, 1e9)
        rule = {"type": kind, "operator": "between", "formula1": f"{parameter.low:g}",
                "formula2": f"{most:g}"}  # fmt: skip
    check = DataValidation(
        **rule, allow_blank=True, showErrorMessage=True,
        error=_allowed(parameter, lang)[:250], errorTitle="cgsim",
    )  # fmt: skip
    check.add(cell)
    sheet.add_data_validation(check)


def _how(sheet: Worksheet, last: int, lang: str) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    ways = ",".join(text(f"questionnaire.how.{name}", lang) for name in HOW)
    check = DataValidation(type="list", formula1=f'"{ways}"', allow_blank=True)
    check.add(f"{_letter('how')}2:{_letter('how')}{last}")
    sheet.add_data_validation(check)


def _layout(sheet: Worksheet, last: int) -> None:
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{_letter(COLUMNS[-1])}{last}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    properties = sheet.sheet_properties.pageSetUpPr
    if properties is not None:
        properties.fitToPage = True
    # without a password: against slips, not against anyone
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.protection.autoFilter = sheet.protection.sort = False


def _letter(name: str) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(COLUMNS.index(name) + 1))
