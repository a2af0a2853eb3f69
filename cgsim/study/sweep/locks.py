"""Keeps a second runner of the same computer from doing the same work in one folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from .halts import BAD_INPUT, LOCKED, Halt, unwritten
from .place import Folder, Place


@contextmanager
def held(place: Place, name: str = "runner") -> Iterator[None]:
    """Make a folder and hold its lock.

    Other computers are not kept out, nor are addresses that cannot be locked: two runners there
    do the same work to the same bytes.

    Parameters
    ----------
    place : Place
    name : str
        The lock's; runners of different shards do not keep each other out.

    Raises
    ------
    Halt
        Where another process holds it, or the folder cannot be written.
    """
    if not isinstance(place, Folder):
        try:
            yield
        finally:
            place.settle()
        return
    from filelock import FileLock, Timeout

    if place.path.exists() and not place.path.is_dir():
        raise Halt(BAD_INPUT, "file", folder=place.name)
    path = place.path / "locks" / f"{name}.lock"
    lock = FileLock(path, timeout=0)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise Halt(LOCKED, "locked", folder=place.name, file=path) from None
    except NotImplementedError:
        pass  # a file system without locks, some of networks: harmless, see above
    except OSError as wrong:
        raise unwritten(place.name, wrong) from wrong
    try:
        place.tidy()
        yield
    finally:
        lock.release()
