"""Serve the dashboard on this computer, without the internet."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import sys
import warnings
import webbrowser
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from ..language import default_language, languages, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from .room.opening import RoomOrder

NEEDED = ("solara", "solara-assets", "anywidget", "ipyvuetify", "ipyvue", "segno")
"""Packages of the extra."""

LIBRARY_SETTINGS = {
    "SOLARA_APP": "cgsim.dashboard.app",
    "SOLARA_KERNEL_CULL_TIMEOUT": "10m",  # what a page holds here after it was closed or lost
    "SOLARA_MODE": "production",
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "False",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
    "SOLARA_THEME_FORCE_REFRESH": "True",  # the address holds all: after a restart, open it anew
    "SOLARA_THEME_LOADER": "plain",
    "SOLARA_THEME_SHOW_BANNER": "False",
    "SOLARA_THEME_TITLE": "cgsim",
    "SOLARA_THEME_VARIANT": "light",  # the frame alone; `auto` leaves it without a root element
}
"""How Solara is set up; read when it is first imported."""

EXIT_USAGE = 2


def serve(
    host: str = "127.0.0.1",
    port: int = 8765,
    open_browser: bool = True,
    lang: str | None = None,
    room: RoomOrder | None = None,
) -> int:
    """Serve the dashboard until Ctrl-C.

    Parameters
    ----------
    host : str
        Address to listen at; ``0.0.0.0`` lets other computers of the network in.
    port : int
        Port to listen at; 0 takes a free one.
    open_browser : bool
        Whether to open the page in a browser once it is ready.
    lang : {"en", "id"}, optional
        Language of what is said here; that of the computer if not given.
    room : RoomOrder, optional
        A room to open, in which a class plays together; then the lecturer's page is opened.

    Returns
    -------
    int
        Exit code: 0 after Ctrl-C, 2 if it could not start.
    """
    lang = lang or default_language()
    if missing := _missing():
        return _refuse("missing", lang, names=", ".join(missing))
    try:
        listener = _listen(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return _refuse("busy", lang, port=port)
        return _refuse("address", lang, host=host, port=port, why=error.strerror or error)
    with listener:
        port = listener.getsockname()[1]
        url = first = f"http://{host}:{port}"
        print(text("dashboard.serve.warming", lang), flush=True)
        _warm_up()
        said: list[str] = []
        if room is not None:
            from .room.opening import open_room

            first, said = open_room(room, host, port, lang)

        def ready() -> None:
            print(text("dashboard.serve.ready", lang, url=url), *said, sep="\n", flush=True)
            if not said and not _is_own(host):
                print(text("dashboard.serve.network", lang, host=host), flush=True)
            if open_browser:
                webbrowser.open(first)

        _run_until_stopped(listener, ready)
    print(text("dashboard.serve.ended", lang), flush=True)
    return 0


def _missing() -> list[str]:
    """Packages of the extra that are not installed, nothing of them imported."""
    found = []
    for name in NEEDED:
        try:
            version(name)
        except PackageNotFoundError:
            if find_spec(name.replace("-", "_")) is None:
                found.append(name)
    return found


def _refuse(key: str, lang: str, **values: object) -> int:
    print(text(f"dashboard.serve.{key}", lang, **values), file=sys.stderr)
    return EXIT_USAGE


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before anything slow is done, so that a busy one is said at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # named as TCP, or asyncio leaves small packets waiting, 40 ms at each change of a lever
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":  # elsewhere it would let two programs share the port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener


def _is_own(host: str) -> bool:
    """Return whether only this computer can reach an address."""
    return host in ("localhost", "::1") or host.startswith("127.")


def _warm_up() -> None:
    """Compile the model and read the shipped scenarios before the first visitor waits."""
    from .address import changed
    from .state import Settings, run_text
    from .view import offers, view

    for lang in languages():
        view(Settings(lang=lang), "live", [])
        offers(Settings(lang=lang))
    moved, _ = changed(
        Settings(), {"lever": "community.persistence.mean", "value": 0.6, "month": 2}
    )
    run_text(moved.case, 1)
    run_text(Settings().case, 1)


def _wished() -> dict[str, str]:
    """Return what the environment may decide: how long an idle session is kept."""
    name = "SOLARA_KERNEL_CULL_TIMEOUT"
    return {name: os.environ[name]} if name in os.environ else {}


def _run_until_stopped(listener: socket.socket, ready: Callable[[], None]) -> None:
    os.environ.update({**LIBRARY_SETTINGS, **_wished()})
    # on a network without https a cookie cannot travel into frames; ours needs not
    warnings.filterwarnings("ignore", message="Cookies with samesite=none")
    import uvicorn
    from solara.server.starlette import app

    from .addressed import addressed

    class Server(uvicorn.Server):
        async def startup(self, sockets: Any = None) -> None:
            await super().startup(sockets)
            if self.started:
                ready()

    config = uvicorn.Config(
        addressed(app),
        log_level="warning",
        access_log=False,
        loop="asyncio",
        timeout_graceful_shutdown=1,  # open pages never hang up by themselves
    )
    with contextlib.suppress(KeyboardInterrupt):
        Server(config).run([listener])


if __name__ == "__main__":
    raise SystemExit(serve())
