"""A sweep's files at an address (``s3://bucket/sweep``, ``gs://…``): fsspec takes them there.

Object stores put a file in its place whole by themselves. They cannot lock and cannot add to a
file: two runners do the same work to the same bytes, and the journal is a new file each time.
"""

from __future__ import annotations

import os
import secrets
from typing import Any

from .halts import BROKEN, Halt


class Remote:
    """A folder at an address that fsspec knows.

    Parameters
    ----------
    address : str
        With its protocol; credentials come from where its library looks for them.

    Raises
    ------
    Halt
        Where fsspec or the protocol's library is missing, or the address is none.
    """

    def __init__(self, address: str) -> None:
        self.name = address
        protocol = address.split("://", 1)[0]
        try:
            import fsspec

            self._files: Any
            self._files, self._root = fsspec.core.url_to_fs(address)
        except ImportError as wrong:
            raise Halt(BROKEN, "fsspec", folder=address, protocol=protocol) from wrong
        except ValueError as wrong:
            raise Halt(BROKEN, "torn", folder=address, why=wrong) from wrong
        self._root = self._root.rstrip("/")

    def names(self, prefix: str) -> dict[str, int]:
        """Return the files below a prefix, each with its size [bytes]."""
        self._files.invalidate_cache()
        found = self._files.find(f"{self._root}/{prefix}".rstrip("/"), detail=True)
        skip = len(self._root) + 1
        return {name[skip:]: int(one["size"]) for name, one in found.items()}

    def top(self) -> list[str]:
        """Return the names of the files that lie in no folder below."""
        self._files.invalidate_cache()
        try:
            found = self._files.ls(self._root, detail=True)
        except FileNotFoundError:
            return []
        skip = len(self._root) + 1
        return [one["name"][skip:] for one in found if one["type"] == "file"]

    def read(self, name: str) -> bytes:
        """Return a file's bytes."""
        data: bytes = self._files.cat_file(f"{self._root}/{name}")
        return data

    def write(self, name: str, data: bytes) -> None:
        """Put a file in its place, whole."""
        self._files.pipe_file(f"{self._root}/{name}", data)

    def append(self, name: str, data: bytes) -> None:
        """Put bytes beside the file, under a name of their own."""
        stem, dot, ending = name.rpartition(".")
        own = f"{stem}-{os.getpid()}-{secrets.token_hex(6)}{dot}{ending}"
        self._files.pipe_file(f"{self._root}/{own}", data)

    def remove(self, name: str) -> None:
        """Take a file away."""
        try:
            self._files.rm_file(f"{self._root}/{name}")
        except FileNotFoundError:
            return
