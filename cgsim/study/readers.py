"""Which rules of the world read a lever or constant: found in their source, not written by hand."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from ..parameters import Parameter
from ..world import RULES


class Reader(NamedTuple):
    """A rule that reads a lever.

    Attributes
    ----------
    rule : str
        Its name.
    module : str
        The file of `cgsim/world` in which it stands.
    about : str
        First line of its docstring (English), empty where it has none.
    """

    rule: str
    module: str
    about: str


def readers(parameter: Parameter) -> tuple[Reader, ...]:
    """Return the rules that read a lever, in the order in which the world lists them.

    A lever that no rule reads shapes the world before the first month: how many people there
    are, for example.

    Examples
    --------
    >>> from cgsim.parameters import PLAN, POLICY
    >>> [one.rule for one in readers(PLAN["promised_interval"])]
    ['follow_up']
    >>> [one.rule for one in readers(POLICY["leadership"])]
    ['voice', 'meeting_quality']
    """
    holder = "policy" if "." in parameter.path else "organisation"
    return tuple(
        _told(rule) for rule in dict.fromkeys(RULES) if (holder, parameter.name) in _reads(rule)
    )


@cache
def _reads(rule: Callable[..., Any]) -> frozenset[tuple[str, str]]:
    """Return what a rule reads of others, as pairs of who and what."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(rule)))
    except OSError:  # installed without its source
        return frozenset()
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            held = node.value
            name = held.attr if isinstance(held, ast.Attribute) else getattr(held, "id", "")
            found.add((name, node.attr))
    return frozenset(found)


def _told(rule: Callable[..., Any]) -> Reader:
    about = (inspect.getdoc(rule) or "").partition("\n")[0]
    return Reader(rule.__name__, f"{rule.__module__.rpartition('.')[2]}.py", about)
