"""``cgsim sweep analyse``: which numbers decide, read from a sweep that was run already."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .giving import Giving
from .run import Order, watched
from .sensitivity import blamed, thousandths
from .sensitivity_giving import document, fill
from .words import refusal, word

if TYPE_CHECKING:
    from .sensitivity_giving import Found


@dataclass(frozen=True)
class AnalysisOrder:
    """What to read from which folder, and where to put it.

    Attributes
    ----------
    folder : str
    against : str or None
        Folder of a second sweep.
    outcomes : tuple of str or None
        None for what is usual.
    least : float or None
    out : str or None
    force : bool
    """

    folder: str
    against: str | None = None
    outcomes: tuple[str, ...] | None = None
    least: float | None = None
    out: str | None = None
    force: bool = False

    @property
    def command(self) -> str:
        """The command that gives these numbers again, wherever they are put."""
        words = ["cgsim", "sweep", "analyse", self.folder]
        words += [] if self.against is None else ["--against", self.against]
        words += ["--outcome", ",".join(self.outcomes)] if self.outcomes else []
        return shlex.join(words + (["--least", f"{self.least:g}"] if self.least else []))


def analyse_folder(asked: AnalysisOrder, json: bool) -> None:
    """Analyse a sweep; print what comes of it, and write it if a folder is named."""
    from ..study.sweep.store import local, open_store

    store = open_store(local(asked.folder))
    sweep = {"folder": asked.folder, "hash": store.hash}

    def show(found: Found) -> None:
        from .sensitivity_tables import print_found

        print_found(found, read_from=word("sensitivity.from_sweep", **sweep))

    def told(found: Found) -> dict[str, Any]:
        return {**document(found, asked.command), "sweep": sweep}

    giving: Giving[Found] = Giving(
        show=show, document=told,
        fill=lambda place, found: fill(place, found, asked.command, asked.against),
    )  # fmt: skip
    order = Order(asked.folder, 1, 0, out=asked.out, force=asked.force)
    giving.give(order, asked.command, lambda: _found(asked), json)


def _found(asked: AnalysisOrder) -> Found:
    from ..study.sensitivity import analyse
    from .sensitivity import need_packages

    need_packages("cgsim sweep analyse")
    with blamed(), watched(1000, "sensitivity.reading") as progress:
        found = analyse(
            asked.folder, asked.outcomes, against=asked.against, least=asked.least or 0.0,
            progress=thousandths(progress),
        )  # fmt: skip
    if asked.least is not None and not hasattr(found, "information"):
        raise refusal("--least", "analyse_least")
    return found
