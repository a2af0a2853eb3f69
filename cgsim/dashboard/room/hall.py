"""The one room of this server, if it was started with one; idle rooms are closed."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from .room import Room


@dataclass(frozen=True)
class Doors:
    """Where the room can be reached.

    Attributes
    ----------
    urls : tuple of str
        Addresses to type, the likeliest first.
    open : bool
        Whether other computers of the network get in.
    """

    urls: tuple[str, ...]
    open: bool


class Hall:
    """Holds the room; only whoever starts the server can open one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._room: Room | None = None
        self.doors = Doors((), False)

    def open(self, room: Room, doors: Doors) -> None:
        """Open a room."""
        with self._lock:
            self._room, self.doors = room, doors

    def room(self) -> Room | None:
        """Return the room, None if there is none or it was idle for too long."""
        with self._lock:
            if self._room is not None and self._room.idle:
                self._room.close()
                self._room = None
            return self._room


HALL = Hall()
"""The hall of this server."""
