"""Opening a room from the command line: the room, where it can be reached, and what that means."""

from __future__ import annotations

import ipaddress
import secrets
import socket
from dataclasses import dataclass

from ...language import text
from ...scenario import Scenario
from .hall import HALL, Doors
from .room import QUARTER, Room

EVERYWHERE = ("0.0.0.0", "::")
"""Addresses that stand for all of this computer's."""

SEEDS = 1_000_000
"""A room without a seed of its own draws one below this, so that nobody in it can guess it."""


@dataclass(frozen=True)
class RoomOrder:
    """What kind of room is asked for.

    Attributes
    ----------
    scenario : Scenario
    seed : int, optional
        Drawn if not given.
    quarter : int
        Months of a round.
    plan : Scenario, optional
        What the room is compared with in the end.
    """

    scenario: Scenario
    seed: int | None = None
    quarter: int = QUARTER
    plan: Scenario | None = None


def open_room(order: RoomOrder, host: str, port: int, lang: str) -> tuple[str, list[str]]:
    """Open the room of this server.

    Returns
    -------
    url : str
        The lecturer's address; it holds the lecturer's secret.
    said : list of str
        What is to be said in the terminal.
    """
    seed = secrets.randbelow(SEEDS) if order.seed is None else order.seed
    room = Room(order.scenario, seed, order.quarter, order.plan)
    doors = Doors(tuple(urls_of(host, port)), not _is_own(host))
    HALL.open(room, doors)
    url = f"{lecturers_url(host, port)}/room#{room.lecturer}"
    said = [
        text("room.serve.room", lang, title=room.base.title[lang], rounds=room.most_rounds,
             quarter=room.quarter, seed=seed),
        text("room.serve.lecturer", lang, url=url),
        text("room.serve.code", lang, code=room.code),
        text("room.serve.join", lang, urls="  ".join(f"{one}/join" for one in doors.urls)),
        text("room.serve.open" if doors.open else "room.serve.closed", lang),
    ]  # fmt: skip
    return url, said


def _is_own(host: str) -> bool:
    """Whether an address is one that only this computer reaches."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def url_of(address: str, port: int) -> str:
    """Return the address of a page's server.

    Examples
    --------
    >>> url_of("::1", 80), url_of("10.0.0.7", 8765)
    ('http://[::1]:80', 'http://10.0.0.7:8765')
    """
    return f"http://[{address}]:{port}" if ":" in address else f"http://{address}:{port}"


def lecturers_url(host: str, port: int) -> str:
    """Return where the lecturer opens it: on this computer itself."""
    own = {"0.0.0.0": "127.0.0.1", "::": "::1"}
    return url_of(own.get(host, host), port)


def urls_of(host: str, port: int) -> list[str]:
    """Return the addresses that players type, the likeliest first."""
    if host not in EVERYWHERE:
        return [url_of(host, port)]
    return [url_of(one, port) for one in addresses()] or [lecturers_url(host, port)]


def addresses() -> list[str]:
    """Return this computer's addresses in its networks; nothing is sent to find out."""
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("10.255.255.255", 1))  # picks a way out, and sends nothing
            found.append(asking.getsockname()[0])
        except OSError:
            pass
    try:
        known = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    except OSError:
        known = []
    found += [str(one[4][0]) for one in known]
    outside = [one for one in found if not _is_own(one) and one != "0.0.0.0"]
    return list(dict.fromkeys(outside))
