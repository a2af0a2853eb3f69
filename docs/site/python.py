"""The pages of the Python API and of the rules of the world: Sphinx reads the docstrings."""

from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module

import cgsim
from cgsim import world

HOMES = (
    ("Agents of the Mesa engine", "cgsim.agents", ("Trainee", "Organisation", "Agency", "Company")),
    ("Sweeps", "cgsim.study.sweep", None),
    ("Sensitivity", "cgsim.study.sensitivity", None),
    ("Comparisons", "cgsim.study.compare", None),
    ("Explanations", "cgsim.study.explain", None),
)
"""Rooms that analysts import from beside `cgsim` itself, and which names of them (None: all)."""


def python_page() -> str:
    """Return the page of the Python API."""
    parts = [
        "# Python API",
        "`import cgsim` gives all of this at once; what a name needs is imported when it is first"
        " used. Every function that runs something takes `seed`, and run *r* of a seed has the same"
        " luck in each.",
        "## At a glance",
        _rst(".. autosummary::\n\n" + "\n".join(f"   cgsim.{name}" for name in cgsim.__all__)),
        "## `cgsim`",
        *(_entry("cgsim", name) for name in cgsim.__all__),
    ]
    for title, home, chosen in HOMES:
        room = import_module(home)
        names = [n for n in chosen or room.__all__ if f"{home}.{n}" != f"cgsim.{n}"]
        fresh = [n for n in names if n not in cgsim.__all__ and _documented(getattr(room, n))]
        if fresh:
            parts += [f"## {title}: `{home}`", *(_entry(home, name) for name in fresh)]
    return "\n\n".join(parts) + "\n"


def _documented(one: object) -> bool:
    return (inspect.isclass(one) or inspect.isfunction(one)) and bool(one.__doc__)


def _entry(home: str, name: str) -> str:
    if inspect.isclass(getattr(import_module(home), name)):
        return _rst(f".. autoclass:: {home}.{name}\n   :members:")
    return _rst(f".. autofunction:: {home}.{name}")


def rules_page() -> str:
    """Return the page of the rules, module by module."""
    parts = [
        "# Rules of the world",
        "The model itself, as its code says it. [The ODD](../odd.md) tells the same with formulas"
        " and in the order of a month.",
    ]
    for module in sorted(one.name for one in pkgutil.iter_modules(world.__path__)):
        name = f"cgsim.world.{module}"
        parts += [f"## `{module}`", _rst(f".. automodule:: {name}\n   :members:")]
    return "\n\n".join(parts) + "\n"


def _rst(words: str) -> str:
    return f"```{{eval-rst}}\n{words}\n```"
