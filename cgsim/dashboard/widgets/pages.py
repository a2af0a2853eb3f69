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


class PeoplePage(Framed):
    """Everybody ever trained, and why one of them left or stayed.

    Attributes
    ----------
    everybody : list
        From `persons.everybody`.
    person : dict
        From `persons.shown_person`; ``work``, where the levers that would have kept stand.
    reasons : dict
        Why people leave over many runs, from `persons.reasons_of`, or where that work stands.
    terms : dict
        Names of the six reasons.
    wrong : list of str
        What is wrong with the question.
    """

    _esm = bundle("people_page")

    everybody: Any = traitlets.List().tag(sync=True)
    person: Any = traitlets.Dict().tag(sync=True)
    reasons: Any = traitlets.Dict().tag(sync=True)
    terms: Any = traitlets.Dict().tag(sync=True)
    wrong: Any = traitlets.List().tag(sync=True)


class AboutPage(Framed):
    """What the model stands on.

    Attributes
    ----------
    about : dict
        From `about.about`.
    """

    _esm = bundle("about")

    about: Any = traitlets.Dict().tag(sync=True)
