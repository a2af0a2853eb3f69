"""How a study is given to whoever asked for it: on the terminal, in a folder, as one file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from .files import File
from .folder import Folder
from .run import Order
from .words import as_json, console, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

Found = TypeVar("Found")

SUFFIXES = (".csv", ".parquet", ".png", ".json")
"""What one file of a study may be."""


@dataclass(frozen=True)
class Giving(Generic[Found]):
    """The forms of what a study found.

    Attributes
    ----------
    show : callable
        Prints it.
    document : callable
        Returns it as one JSON document.
    fill : callable
        Writes it into an empty folder and returns the names of the files.
    content : callable or None
        Returns it as the bytes of a file, by how its name ends; None where there is no such form.
    """

    show: Callable[[Found], None]
    document: Callable[[Found], Any]
    fill: Callable[[Path, Found], list[str]]
    content: Callable[[Found, str], bytes] | None = None

    def give(
        self, order: Order, command: str, make: Callable[[], Found], json: bool,
        name: str | None = None,
    ) -> None:  # fmt: skip
        """Make it, once it is known that there is room for it; then print and write it.

        Parameters
        ----------
        order : Order
            Whose `out` names a folder, or none.
        command : str
            The command that gives the numbers again.
        make : callable
        json : bool
            Whether to print the document instead of tables.
        name : str, optional
            One file to write.
        """
        file = None if name is None else File(name, SUFFIXES, order.force)
        if order.out is None:
            found = make()
        else:
            with Folder(order.out, command, order.force) as folder:
                found = make()
                folder.fill(lambda place: self.fill(place, found))
        if json:
            print(as_json(self.document(found)))
        else:
            self.show(found)
        sheet = console(error=json)
        if file is not None and self.content is not None:
            file.write(self.content(found, file.suffix))
            sheet.print(f"\n{word('map.written', file=file.path)}", soft_wrap=True)
        if order.out is not None:
            sheet.print(f"\n{word('map.folder', folder=order.out)}", soft_wrap=True)


def content_of(
    suffix: str, table: pd.DataFrame, figure: Callable[[], Figure], document: Callable[[], Any]
) -> bytes:
    """Return what one file of a study holds, by how its name ends."""
    if suffix == ".json":
        return f"{as_json(document())}\n".encode()
    if suffix == ".csv":
        return table.to_csv(index=False, lineterminator="\n").encode()
    held = BytesIO()
    if suffix == ".parquet":
        table.to_parquet(held, index=False)
    else:
        from ..figures import save

        save(figure(), held)
    return held.getvalue()
