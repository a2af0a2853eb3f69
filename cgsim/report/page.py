"""From sections to one HTML file that asks nothing of a network."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from ..language import text
from . import front, front_of_several
from .findings import Findings
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


_BREAK = "\u0001"


def breakable(words: str) -> Markup:
    """Return words escaped, with places to break a long one, and none within an interval.

    Examples
    --------
    >>> str(breakable("organisations.*.monitoring_interval & 19–21"))[:38]
    'organisati<wbr>ons.<wbr>*.<wbr>monitor'
    """
    clean = words.replace(_BREAK, "")
    parts = _LONG.sub(lambda one: _CHUNK.sub(rf"\g<0>{_BREAK}", one.group()), clean)
    joined = _SPAN.sub("\u2060–\u2060", parts)
    return Markup(str(escape(joined)).replace(_BREAK, "<wbr>"))


_LONG, _CHUNK = re.compile(r"\S{25,}"), re.compile(r"[^._]{1,10}[._]*(?=.)")
_SPAN = re.compile(r"(?<=[\d%])–(?=[\d−<>])")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FunctionLoader(_read), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    made.filters["inlined"] = lambda content: b64encode(content).decode("ascii")
    made.filters["size"] = size_of
    made.filters["typeset"] = typeset
    made.filters["breakable"] = breakable
    made.filters["cell"] = lambda one: one if isinstance(one, Cell) else Cell(str(one))
    return made


def _read(name: str) -> str:
    return files("cgsim.report").joinpath("templates", name).read_text(encoding="utf-8")
