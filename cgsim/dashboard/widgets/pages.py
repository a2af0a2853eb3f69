"""The widgets of the pages beside the live class: map, people, about."""

from __future__ import annotations

from typing import Any

import traitlets

from . import Framed, bundle


class PhaseMapPage(Framed):
    """The map over two levers.

    Attributes
    ----------
    phases : dict
        The map from `phases.shown_map`, or where the work on it stands; ``chosen``, both levers.
    axes : list
        Every lever that a map may have, from `phases.offered_axes`.
    wrong : list of str
        What is wrong with the levers asked for.
    """

    _esm = bundle("map_page")

    phases: Any = traitlets.Dict().tag(sync=True)
    axes: Any = traitlets.List().tag(sync=True)
    wrong: Any = traitlets.List().tag(sync=True)
