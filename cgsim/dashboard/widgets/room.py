"""The widgets of a room: the projector's page and the players'."""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets

from . import bundle, styles


class _RoomWidget(anywidget.AnyWidget):
    """What both pages send and get.

    Attributes
    ----------
    view : dict
        ``lang``, ``words``, and what the head of a page needs.
    seen : dict
        What is for this visitor's eyes; ``who`` says as whom the page is seen.
    refused : str
        Why the last wish was not granted.
    asked : dict
        The visitor's last wish: its number ``n``, ``do``, and what goes with it.
    """

    _esm: Any = ""
    _css = styles()

    view: Any = traitlets.Dict().tag(sync=True)
    seen: Any = traitlets.Dict().tag(sync=True)
    refused: Any = traitlets.Unicode().tag(sync=True)
    asked: Any = traitlets.Dict().tag(sync=True)


class RoomWall(_RoomWidget):
    """The lecturer's page on the projector.

    Attributes
    ----------
    run : dict
        The run as far as it was lived, from `room.lived.run_so_far`.
    after : dict
        The comparison in the end, from `room.after.beside`.
    luck : dict
        The same under other luck, or where that work stands.
    """

    _esm = bundle("room")

    run: Any = traitlets.Dict().tag(sync=True)
    after: Any = traitlets.Dict().tag(sync=True)
    luck: Any = traitlets.Dict().tag(sync=True)


class RoomSeat(_RoomWidget):
    """A player's page.

    Attributes
    ----------
    token : str
        The player's secret once a part was taken; the browser keeps it.
    """

    _esm = bundle("join")

    token: Any = traitlets.Unicode().tag(sync=True)
