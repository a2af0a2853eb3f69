"""The verdicts of the committed table of patterns, for pages that do not run it anew.

``python -m cgsim.study.patterns`` writes them together with ``docs/patterns.md``.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import cast

from ruamel.yaml import YAML

FILE = "verdicts.yaml"


@lru_cache(maxsize=1)
def verdicts() -> dict[str, str]:
    """Return each pattern's verdict, in the order of the table; never written to.

    Examples
    --------
    >>> verdicts()["P1"]
    'met'
    """
    words = files("cgsim.study").joinpath(FILE).read_text(encoding="utf-8")
    return cast("dict[str, str]", YAML(typ="safe").load(words))


def written(rulings: dict[str, str]) -> str:
    """Return the file of verdicts as text."""
    head = "# The verdicts of docs/patterns.md; python -m cgsim.study.patterns writes both.\n"
    return head + "".join(f"{name}: {ruling}\n" for name, ruling in rulings.items())
