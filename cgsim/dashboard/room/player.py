"""Who plays in a room, and why an act may be refused."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_NAME = 24
"""Characters."""


class Refused(Exception):
    """An act that is not allowed; ``key`` names its words under ``room.refused``."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass
class Player:
    """Somebody who plays a part.

    Attributes
    ----------
    token : str
        The player's own secret.
    name : str
        As given; whoever shows it must escape it.
    part : str
        Key of the part.
    ready : bool
    number : int
        By which others speak of the player.
    """

    token: str
    name: str
    part: str
    number: int
    ready: bool = False


def tidy_name(name: str) -> str:
    r"""Return a name without signs that cannot be seen, and no longer than `LONGEST_NAME`.

    Examples
    --------
    >>> tidy_name("  Siti\n Nurbaya ")
    'Siti Nurbaya'
    """
    seen = "".join(sign if sign.isprintable() else " " for sign in name[:200])
    return " ".join(seen.split())[:LONGEST_NAME].strip()
