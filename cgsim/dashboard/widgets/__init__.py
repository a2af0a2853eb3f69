"""Small widgets that draw in the browser; their modules and styles travel as files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import anywidget
import traitlets

STYLES = (
    "base",
    "frame",
    "tools",
    "levers",
    "player",
    "pictures",
    "people",
    "indicators",
    "whatif",
    "map",
    "people_page",
    "about",
    "room",
    "narrow",
)
"""Style sheets in the order in which later ones win."""

_HERE = Path(__file__).parent
_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?:const|function) (\w+)", re.MULTILINE)


def bundle(entry: str) -> str:
    """Return a module and all it imports as one module, since a widget is sent as one text.

    Modules keep their own scope; they may import names from neighbours and export constants
    and functions, nothing more.

    Parameters
    ----------
    entry : str
        Name of the module that exports a widget by default.
    """
    done: dict[str, str] = {}
    whole = _scoped(entry, done)
    return "\n".join([*done.values(), whole])


def _scoped(name: str, done: dict[str, str]) -> str:
    """Return a module with its imports taken from the modules in `done`, adding those."""
    source = (_HERE / f"{name}.js").read_text(encoding="utf-8")
    for match in _IMPORT.finditer(source):
        needed = match.group(2)
        if needed not in done:
            body = _scoped(needed, done)
            names = ", ".join(_EXPORT.findall(body))
            body = body.replace("\nexport ", "\n")
            done[needed] = f"const ${needed} = (() => {{\n{body}\nreturn {{ {names} }};\n}})();"
    return _IMPORT.sub(r"const {\1} = $\2;\n", source)


def styles() -> str:
    """Return all styles, the general ones first and those of narrow windows last."""
    return "\n".join((_HERE / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)


class Framed(anywidget.AnyWidget):
    """What every page of the dashboard sends and gets besides its own pictures.

    Attributes
    ----------
    view : dict
        Words, settings and choices, from `view.view`.
    offers : str
        Every lever of each scenario shown, from `view.offers`.
    faults : list of str
        What is wrong with a file that the visitor opened.
    saved : str
        The scenario played, as a file.
    asked : dict
        The visitor's last wish: its number ``n``, and ``change``, names and values as they
        stand in the address of the page, ``page`` to go to, ``open`` the text of a file.
    """

    _esm: Any = ""
    _css = styles()

    view: Any = traitlets.Dict().tag(sync=True)
    offers: Any = traitlets.Unicode("[]").tag(sync=True)
    faults: Any = traitlets.List().tag(sync=True)
    saved: Any = traitlets.Unicode().tag(sync=True)
    asked: Any = traitlets.Dict().tag(sync=True)


class LiveClass(Framed):
    """The live page: levers, player, the cluster over time, the six indicators.

    Attributes
    ----------
    trajectory : str
        One run, from `study.trajectory`, as JSON.
    luck : dict
        The same settings under other luck, from `luck.luck_of`, or where that work stands.
    table : dict
        What came of the last wish for the run's table of months: its number ``n`` and the ``text``.
    """

    _esm = bundle("live")

    luck: Any = traitlets.Dict().tag(sync=True)
    table: Any = traitlets.Dict().tag(sync=True)
    trajectory: Any = traitlets.Unicode("{}").tag(sync=True)
