"""A sweep's files at an address (``s3://bucket/sweep``, ``gs://…``): fsspec takes them there.

Object stores put a file in its place whole by themselves. They cannot lock, cannot rename and
cannot add to a file: two runners do the same work to the same bytes, and each process keeps a
journal of its own, put anew now and then.
"""

from __future__ import annotations

import errno
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

from .halts import BAD_INPUT, UNWRITABLE, Halt
from .place import crash

OFTEN = 10.0
"""How long added bytes are kept back before they are put again [s]: a kill loses them, and with
them no more than the time to read the files that they name."""

LONG = 1_000_000
"""Bytes after which a file that grows is left alone and another begun."""

_WRITTEN = ("LastModified", "mtime", "last_modified", "updated", "created")
"""Under which names libraries tell when a file was written."""


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
        self._files, self._root = _opened(address)
        self._own = secrets.token_hex(6)
        self._parts: dict[str, int] = {}
        self._added: dict[str, bytes] = {}
        self._put = -OFTEN

    def names(self, prefix: str) -> dict[str, int]:
        """Return the files below a prefix, each with its size [bytes]."""
        return {name: int(one["size"]) for name, one in self._found(prefix)}

    def times(self, prefix: str) -> list[tuple[str, float]]:
        """Return the files below a prefix, each with when it was written [s since 1970].

        By the store's clock; none where its library does not tell.
        """
        told = ((name, _moment(one)) for name, one in self._found(prefix))
        return [(name, at) for name, at in told if at is not None]

    def top(self) -> list[str]:
        """Return the names of the files that lie in no folder below."""
        with self._halting():
            self._files.invalidate_cache()
            try:
                found = self._files.ls(self._root, detail=True)
            except FileNotFoundError as wrong:
                if _lacks_bucket(wrong):
                    raise
                return []
        return [self.named(one["name"]) for one in found if one["type"] == "file"]

    def read(self, name: str) -> bytes:
        """Return a file's bytes."""
        with self._halting():
            data: bytes = self._files.cat_file(self._path(name))
        return data

    def write(self, name: str, data: bytes) -> None:
        """Put a file in its place, whole."""
        crash("written")
        with self._halting(put=True):
            self._files.pipe_file(self._path(name), data)
        crash("renamed")

    def begin(self, name: str, data: bytes) -> bool:
        """Put a file in its place unless one is there; say whether it was put.

        Where the library cannot ask the store for that, it is put anyway.
        """
        crash("written")
        with self._halting(put=True):
            try:
                self._files.pipe_file(self._path(name), data, mode="create")
            except FileExistsError:
                return False
            except TypeError:  # an older library
                self._files.pipe_file(self._path(name), data)
        crash("renamed")
        return True

    def append(self, name: str, data: bytes) -> None:
        """Add bytes to a file of this process's own beside the name; put now and then."""
        self._added[name] = self._added.get(name, b"") + data
        if time.monotonic() - self._put >= OFTEN:
            self._put_added()

    def settle(self) -> None:
        """Put what was added and kept back; what cannot be put is done without."""
        with suppress(OSError, Halt):
            self._put_added()

    def remove(self, name: str) -> None:
        """Take a file away."""
        with self._halting(), suppress(FileNotFoundError):
            self._files.rm_file(self._path(name))

    def tables(self, names: list[str]) -> tuple[list[str], Any]:
        """Return paths and file system by which Arrow reads files."""
        from pyarrow.fs import FSSpecHandler, PyFileSystem

        return [self._path(name) for name in names], PyFileSystem(FSSpecHandler(self._files))

    def named(self, path: str) -> str:
        """Return the name of a file by a path of `tables`."""
        return path[len(self._root) :].lstrip("/")

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}".rstrip("/")

    def _found(self, prefix: str) -> list[tuple[str, dict[str, Any]]]:
        with self._halting():
            self._files.invalidate_cache()
            try:
                found = self._files.find(self._path(prefix), detail=True)
            except FileNotFoundError as wrong:
                if _lacks_bucket(wrong):
                    raise
                return []
        # some consoles mark a folder by an empty file whose name ends so
        named = ((self.named(path), one) for path, one in found.items() if path[-1:] != "/")
        return [(name, one) for name, one in named if name]

    def _put_added(self) -> None:
        for name, data in list(self._added.items()):
            stem, dot, ending = name.rpartition(".")
            part = self._parts.setdefault(name, 1)
            with self._halting(put=True):
                self._files.pipe_file(self._path(f"{stem}-{self._own}-{part}{dot}{ending}"), data)
            if len(data) >= LONG:
                self._parts[name] += 1
                del self._added[name]
        self._put = time.monotonic()

    @contextmanager
    def _halting(self, put: bool = False) -> Iterator[None]:
        """Turn what a store's library raises into a halt, or into an OSError that says why."""
        try:
            yield
        except FileNotFoundError as wrong:
            if put or _lacks_bucket(wrong):
                raise Halt(BAD_INPUT, "bucket", folder=self.name) from wrong
            raise
        except NotImplementedError as wrong:
            raise Halt(UNWRITABLE, "read_only", folder=self.name) from wrong
        except Exception as wrong:
            why = str(wrong).partition("\n")[0] or type(wrong).__name__
            if isinstance(wrong, PermissionError) or "Credential" in type(wrong).__name__:
                raise Halt(UNWRITABLE, "refused", folder=self.name, why=why) from wrong
            if isinstance(wrong, OSError):
                raise
            raise OSError(errno.EIO, why) from wrong


def _opened(address: str) -> tuple[Any, str]:
    """Return the file system of an address, and the folder within it."""
    protocol = address.split("://", 1)[0]
    if "::" in address:
        # a copy that is kept here would hide what other runners write
        raise Halt(BAD_INPUT, "chained", folder=address)
    try:
        import fsspec

        files, root = fsspec.core.url_to_fs(address)
    except ImportError as wrong:
        raise Halt(BAD_INPUT, "fsspec", folder=address, protocol=protocol) from wrong
    except ValueError as wrong:
        raise Halt(BAD_INPUT, "protocol", folder=address, why=wrong) from wrong
    if not root.strip("/"):
        raise Halt(BAD_INPUT, "no_folder", folder=address, protocol=protocol)
    return files, root.rstrip("/")


def _lacks_bucket(wrong: BaseException) -> bool:
    """Whether a file is not there because its bucket is not."""
    said = getattr(wrong.__cause__, "response", None)
    return isinstance(said, dict) and said.get("Error", {}).get("Code") == "NoSuchBucket"


def _moment(one: dict[str, Any]) -> float | None:
    """Return when a file was written [s since 1970], by what its store tells of it."""
    at = next((one[key] for key in _WRITTEN if one.get(key) is not None), None)
    if isinstance(at, datetime):
        return at.timestamp()
    return float(at) if isinstance(at, int | float) else None
