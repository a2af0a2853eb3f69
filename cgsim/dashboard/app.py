"""The pages that Solara serves: each reads the address, computes, and hands both on."""

# mypy: disable-error-code="attr-defined, no-untyped-call, untyped-decorator"
# Solara says little of its types.

from __future__ import annotations

from typing import Any

import solara

from .about_page import AboutPage
from .live import LivePage
from .map_page import MapPage
from .people_page import PeoplePage
from .room_pages import JoinPage, RoomPage
from .whatif import WhatIfPage


@solara.component
def Layout(children: list[Any]) -> None:
    """Leave the whole window to the page."""
    solara.Column(children=children, gap="0", style={"min-height": "100vh"})


routes = [
    solara.Route(path="/", component=LivePage, layout=Layout),
    solara.Route(path="what-if", component=WhatIfPage),
    solara.Route(path="map", component=MapPage),
    solara.Route(path="people", component=PeoplePage),
    solara.Route(path="about", component=AboutPage),
    solara.Route(path="room", component=RoomPage),
    solara.Route(path="join", component=JoinPage),
]
