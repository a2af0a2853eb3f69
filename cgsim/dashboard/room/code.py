"""Codes and tokens: how one gets into a room, and how guessing is made hopeless."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from .player import Refused

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Letters and digits that nobody mixes up when they stand on a wall: no I, L, O, 0, 1."""

LENGTH = 6
"""Characters of a join code: 31^6, some 900 million."""

FREE = 4
"""Wrong codes that cost nothing: people mistype."""

LONGEST_WAIT = 60.0
"""Seconds."""

MOST_KNOWN = 500
"""Addresses whose wrong codes are remembered; the oldest are forgotten."""


def new_code() -> str:
    """Return a join code.

    Examples
    --------
    >>> len(new_code())
    6
    """
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def new_token() -> str:
    """Return a secret that stands for one person: 192 random bits."""
    return secrets.token_urlsafe(24)


def same(one: str, other: str) -> bool:
    """Compare two secrets in a time that tells nothing of where they differ."""
    return secrets.compare_digest(*(word.encode("utf-8", "surrogatepass") for word in (one, other)))


def tidy(read: str) -> str:
    """Return a code as it was meant: in capitals, without blanks and dashes.

    Examples
    --------
    >>> tidy(" kq7-x2m ")
    'KQ7X2M'
    """
    return "".join(sign for sign in read[:40].upper() if sign.isalnum())


@dataclass
class _Known:
    wrong: int = 0
    until: float = 0.0


class Attempts:
    """Slows down whoever sends wrong codes: each one more doubles the wait.

    Parameters
    ----------
    clock : callable
        Seconds that pass.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._known: OrderedDict[Hashable, _Known] = OrderedDict()

    def wait(self, who: Hashable) -> float:
        """Return for how many seconds no code of an address is looked at."""
        known = self._known.get(who)
        return max(0.0, known.until - self._clock()) if known else 0.0

    def failed(self, who: Hashable) -> None:
        """Note a wrong code."""
        known = self._known.setdefault(who, _Known())
        self._known.move_to_end(who)
        known.wrong += 1
        if known.wrong > FREE:
            wait = min(2.0 ** min(known.wrong - FREE, 10), LONGEST_WAIT)
            known.until = self._clock() + wait
        while len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)

    def forgive(self, who: Hashable) -> None:
        """Forget the wrong codes of an address that knew the right one."""
        self._known.pop(who, None)


class Door:
    """The way into a room: its code, and who has sent wrong ones."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.code = new_code()
        self._attempts = Attempts(clock)

    def look_in(self, code: str, who: Hashable) -> None:
        """Check a code that comes from somewhere.

        Raises
        ------
        Refused
            ``wait``, before the code is looked at, or ``code``.
        """
        if wait := self._attempts.wait(who):
            raise Refused("wait", n=int(wait) + 1)
        if not same(tidy(code), self.code):
            self._attempts.failed(who)
            raise Refused("code")
        self._attempts.forgive(who)
