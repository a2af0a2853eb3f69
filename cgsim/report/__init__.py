"""One self-contained document of a study, in either language, to be read, printed and redone.

`findings` holds what was found, a module ``section_…`` says each section in words, tables and
figures (`parts`), `sections` puts them in order, `page` makes one HTML file of them.

``cgsim.report(…)`` works whichever of the two Python finds under that name, this package or
the function: calling the package calls the function.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from .making import Report, report

__all__ = ["Report", "report"]


class _Callable(ModuleType):
    def __call__(self, *args: Any, **more: Any) -> Report:
        return report(*args, **more)


sys.modules[__name__].__class__ = _Callable
