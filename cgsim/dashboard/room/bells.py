"""Who is told of a change in a room."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Bells:
    """Calls everybody who wants to be told."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._hung: dict[object, Callable[[], object]] = {}

    def hang(self, bell: Callable[[], object]) -> Callable[[], None]:
        """Call a bell from now on; returns what ends it."""
        key = object()
        with self._lock:
            self._hung[key] = bell

        def take_down() -> None:
            with self._lock:
                self._hung.pop(key, None)

        return take_down

    def ring(self) -> None:
        """Call all bells."""
        with self._lock:
            hung = list(self._hung.values())
        for bell in hung:
            bell()

    def clear(self) -> None:
        """Take all bells down."""
        with self._lock:
            self._hung.clear()
