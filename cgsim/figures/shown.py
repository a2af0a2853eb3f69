"""A figure that a notebook shows by itself, whether or not pyplot was imported."""

from __future__ import annotations

from io import BytesIO

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

SHOWN_DPI = 100


class Shown(Figure):
    """A figure outside pyplot: nobody need close it, and a notebook shows it."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__(figsize=(width, height), facecolor="white")
        FigureCanvasAgg(self)

    def _repr_png_(self) -> bytes:
        held = BytesIO()
        self.savefig(held, format="png", dpi=SHOWN_DPI, metadata={"Software": None})
        return held.getvalue()
