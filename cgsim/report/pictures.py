"""Figures as the bytes of a PNG, to travel within a page."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure


COLOURS = 128
"""Colours of a picture at most: a third of the bytes, and no difference to the eye."""


def png(figure: Figure) -> bytes:
    """Return a figure as PNG of few colours; the same figure gives the same bytes."""
    from PIL import Image

    from ..figures import save

    whole, small = BytesIO(), BytesIO()
    save(figure, whole)
    with Image.open(whole) as drawn:
        few = drawn.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(small, format="PNG", optimize=True)
    return small.getvalue()


def size_of(content: bytes) -> tuple[int, int]:
    """Return width and height of a PNG in pixels.

    Examples
    --------
    >>> head = bytes.fromhex("89504e470d0a1a0a0000000d49484452")
    >>> size_of(head + (1260).to_bytes(4, "big") + (810).to_bytes(4, "big"))
    (1260, 810)
    """
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
