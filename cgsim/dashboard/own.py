"""A scenario of the visitor's own, as a word of the address: nothing is kept on the server.

So a link holds it whole, a restart of the server loses nothing, and no visitor can meet
another's file. It passes the same check as a file on the command line, and may extend shipped
scenarios only: no path of this computer is ever opened for a visitor.
"""

from __future__ import annotations

import base64
import binascii
import zlib

from ..errors import Fault, ScenarioError, say
from ..scenario import Scenario
from .limits import too_large

LONGEST = 12_000
"""Characters in an address at most; browsers and servers take some 16,000."""

MOST_BYTES = 200_000
"""Of the text at most: a small word may unfold into a very long text."""


def packed(words: str) -> str:
    """Return a scenario's text as a word of an address.

    Raises
    ------
    ScenarioError
        Where it is too long for an address.

    Examples
    --------
    >>> unpacked(packed("extends: neither")).value("community.persistence.mean")
    0.3
    """
    data = zlib.compress(words.encode("utf-8"), 9)
    found = base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")
    if len(found) > LONGEST:
        raise _refusal("long")
    return found


def text_of(word: str) -> str:
    """Return the text that `packed` made a word of.

    Raises
    ------
    ScenarioError
        Where it is no such word.
    """
    if len(word) > LONGEST:
        raise _refusal("long")
    try:
        data = base64.urlsafe_b64decode(word + "=" * (-len(word) % 4))
        unfolding = zlib.decompressobj()
        text = unfolding.decompress(data, MOST_BYTES)
        if not unfolding.eof:
            raise _refusal("long" if unfolding.unconsumed_tail else "damaged")
        return text.decode("utf-8")
    except (binascii.Error, zlib.error, ValueError) as wrong:
        raise _refusal("damaged") from wrong


def unpacked(word: str) -> Scenario:
    """Return the scenario of a word of an address, checked as a file is.

    Raises
    ------
    ScenarioError
        For faults of the file, and for what is too large for a page.
    """
    found = Scenario.parse(text_of(word), OWN)
    if (why := too_large(found)) is not None:
        raise ScenarioError([Fault(OWN, 0, 0, why)])
    return found


OWN = "own"
"""The name that a visitor's own scenario goes by."""


LONGEST_ADDRESS = 15_000
"""Characters of a whole address at most: several scenarios of one's own may stand in it."""


def too_long() -> ScenarioError:
    """Return what is said of an address that no browser or server would take."""
    return _refusal("long")


def _refusal(key: str) -> ScenarioError:
    return ScenarioError([Fault(OWN, 0, 0, say(f"dashboard.notices.own_{key}"))])
