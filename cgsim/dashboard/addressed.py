"""Tells pages from which address in the network a visitor comes, so that guessing can be slowed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

HEADER = "x-cgsim-from"
"""What visitors send under this name themselves is thrown away."""

Scope = MutableMapping[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]


def addressed(app: App) -> App:
    """Return an application that is told the visitor's address among the headers."""
    name = HEADER.encode()

    async def told(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] in ("http", "websocket"):
            address = (scope.get("client") or ("",))[0]
            sent = [one for one in scope["headers"] if one[0].lower() != name]
            scope = {**scope, "headers": [*sent, (name, str(address).encode())]}
        await app(scope, receive, send)

    return told
