"""The widget of the page where scenarios stand side by side."""

from __future__ import annotations

from typing import Any

import traitlets

from . import Framed, bundle


class WhatIf(Framed):
    """Scenarios side by side: their levers, the verdict, bars, bands, differences, costs.

    Attributes
    ----------
    found : dict
        What `whatif_shown.compared` says, or where that work stands.
    labels : dict
        From `whatif_shown.labels`.
    files : list
        Every scenario as a file: name and text.
    runs : int
        Pairs asked for.
    phases : dict
        The shipped map with the scenarios as pins, from `whatif_map.map_of_sides`.
    """

    _esm = bundle("whatif")

    found: Any = traitlets.Dict().tag(sync=True)
    labels: Any = traitlets.Dict().tag(sync=True)
    files: Any = traitlets.List().tag(sync=True)
    runs: Any = traitlets.Int().tag(sync=True)
    phases: Any = traitlets.Dict().tag(sync=True)
