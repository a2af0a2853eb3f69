"""From sections to one HTML file that asks nothing of a network."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined

from ..language import text
from .findings import Findings
from . import front, front_of_several
from .numbers import time_words, typeset
from .parts import Cell
from .pictures import size_of
from .sections import sections


def page(found: Findings, lang: str) -> str:
    """Return the report as one HTML file; the same findings give the same text.

    Parameters
    ----------
    lang : {"en", "id"}
        Language of every word.
    """
    told = sections(found, lang)
    first = front_of_several.front if found.several else front.front
    return _environment().get_template("page.html").render(
        lang=lang, front=first(found, lang), sections=told, css=_read("report.css"),
        say=lambda key, **values: text(f"report.{key}", lang, **values),
        levers=found.levers, time=time_words(found.months, lang),
    )  # fmt: skip


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FunctionLoader(_read), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    made.filters["inlined"] = lambda content: b64encode(content).decode("ascii")
    made.filters["size"] = size_of
    made.filters["typeset"] = typeset
    made.filters["cell"] = lambda one: one if isinstance(one, Cell) else Cell(str(one))
    return made


def _read(name: str) -> str:
    return files("cgsim.report").joinpath("templates", name).read_text(encoding="utf-8")
