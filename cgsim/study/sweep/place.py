"""Where a sweep's files are: a folder in which a file is absent or whole, never half.

A file is written aside, brought to the disk and moved to its name. Names use ``/``.
"""

from __future__ import annotations

import errno
import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

CRASH = "CGSIM_CRASH_AT"
"""Names a step of a chunk's way at which the process is killed, ``step`` or ``step:n`` for its
n-th time, ``step@chunk`` for that chunk: for tests that nothing is lost whenever it happens."""

ASIDE = ".tmp-"


class Place(Protocol):
    """What a sweep needs of where its files are."""

    name: str

    def names(self, prefix: str) -> dict[str, int]:
        """Return the files below a prefix, each with its size [bytes]."""
        ...

    def times(self, prefix: str) -> list[tuple[str, float]]:
        """Return the files below a prefix, each with when it was written [s since 1970]."""
        ...

    def top(self) -> list[str]:
        """Return the names of the files that lie in no folder below."""
        ...

    def read(self, name: str) -> bytes:
        """Return a file's bytes; FileNotFoundError where there is none."""
        ...

    def write(self, name: str, data: bytes) -> None:
        """Put a file in its place, whole."""
        ...

    def begin(self, name: str, data: bytes) -> bool:
        """Put a file in its place; False where another runner, kept out by no lock, was first."""
        ...

    def append(self, name: str, data: bytes) -> None:
        """Add bytes to the end of a file; not before `settle` are they sure to be there."""
        ...

    def settle(self) -> None:
        """Put what was added and kept back."""
        ...

    def remove(self, name: str) -> None:
        """Take a file away; none need be there."""
        ...

    def tables(self, names: list[str]) -> tuple[list[str], Any]:
        """Return paths and file system by which Arrow reads files."""
        ...

    def named(self, path: str) -> str:
        """Return the name of a file by a path of `tables`."""
        ...


class Folder:
    """A folder of this computer, or one that it shares.

    Parameters
    ----------
    path : str or Path
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self.name = os.fspath(path)

    def names(self, prefix: str) -> dict[str, int]:
        """Return the files below a prefix, each with its size [bytes]; no unfinished ones."""
        return dict(_listed(self.path / prefix, prefix.rstrip("/")))

    def times(self, prefix: str) -> list[tuple[str, float]]:
        """Return the files below a prefix, each with when it was written [s since 1970]."""
        found = []
        for name in self.names(prefix):
            try:
                found.append((name, (self.path / name).stat().st_mtime))
            except FileNotFoundError:
                continue
        return found

    def top(self) -> list[str]:
        """Return the names of the files that lie in no folder below; no unfinished ones."""
        try:
            with os.scandir(self.path) as entries:
                return [
                    one.name for one in entries if one.is_file() and not one.name.startswith(ASIDE)
                ]
        except (FileNotFoundError, NotADirectoryError):
            return []

    def read(self, name: str) -> bytes:
        """Return a file's bytes."""
        return (self.path / name).read_bytes()

    def write(self, name: str, data: bytes) -> None:
        """Put a file in its place, whole."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f"{ASIDE}{_host()}-{os.getpid()}-{_thread()}-{path.name}")
        try:
            with aside.open("wb") as file:
                file.write(data)
                file.flush()
                crash("written")
                os.fsync(file.fileno())
            crash("synced")
            aside.replace(path)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
        crash("renamed")
        _sync_folder(path.parent)

    def begin(self, name: str, data: bytes) -> bool:
        """Put a file in its place, whole; runners of this computer are kept apart by the lock."""
        self.write(name, data)
        return True

    def append(self, name: str, data: bytes) -> None:
        """Add bytes to the end of a file, in one piece."""
        with (self.path / name).open("ab") as file:
            file.write(data)

    def settle(self) -> None:
        """Do nothing: what was added is there."""

    def remove(self, name: str) -> None:
        """Take a file away."""
        (self.path / name).unlink(missing_ok=True)

    def tables(self, names: list[str]) -> tuple[list[str], Any]:
        """Return paths and file system by which Arrow reads files: its own for folders."""
        return [os.fspath(self.path.absolute() / name) for name in names], None

    def named(self, path: str) -> str:
        """Return the name of a file by a path of `tables`."""
        return os.path.relpath(path, self.path).replace(os.sep, "/")

    def tidy(self) -> None:
        """Take away what processes of this computer that are gone have left unfinished."""
        own = f"{ASIDE}{_host()}-"
        for sub in ("runs", "months", "failed", "compact"):
            for path in _unfinished(self.path / sub, own):
                _clear(path, own)
        for name in self.path.glob(f"{own}*"):
            _clear(os.fspath(name), own)


def _unfinished(folder: str | os.PathLike[str], own: str) -> Iterator[str]:
    try:
        entries = os.scandir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    with entries:
        for entry in entries:
            if entry.name.startswith(own):
                yield entry.path
            elif "." not in entry.name and entry.is_dir(follow_symlinks=False):
                yield from _unfinished(entry.path, own)


def _clear(path: str, own: str) -> None:
    """Take an unfinished file away if the process that began it is gone."""
    pid = Path(path).name.removeprefix(own).split("-")[0]
    if pid.isdecimal() and int(pid) != os.getpid() and not _alive(int(pid)):
        Path(path).unlink(missing_ok=True)


def _listed(folder: Path, prefix: str) -> Iterator[tuple[str, int]]:
    try:
        entries = os.scandir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    with entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _listed(folder / entry.name, f"{prefix}/{entry.name}")
            elif not entry.name.startswith(ASIDE):
                yield f"{prefix}/{entry.name}".lstrip("/"), entry.stat().st_size


_UNKNOWN = (errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES)
"""What file systems of networks say that cannot bring a folder to the disk."""


def _sync_folder(folder: Path) -> None:
    """Bring a folder's list of names to the disk, where a system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as wrong:
        if wrong.errno not in _UNKNOWN:
            raise
    finally:
        os.close(handle)


def _host() -> str:
    return "".join(c if c.isalnum() else "_" for c in socket.gethostname())[:40] or "host"


def _thread() -> int:
    return threading.get_ident() % 1_000_000


def _alive(pid: int) -> bool:
    """Whether a process of this computer lives; where that cannot be asked, it does."""
    if os.name == "nt":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


_times: dict[str, int] = {}
_counting = threading.Lock()


def crash(step: str, chunk: int | None = None) -> None:
    """Kill this process at a step, if it is the one that CGSIM_CRASH_AT names."""
    asked = os.environ.get(CRASH)
    if not asked:
        return
    if asked == f"{step}@{chunk}":
        _die()
    name, _, time = asked.partition(":")
    if name != step:
        return
    with _counting:
        _times[step] = _times.get(step, 0) + 1
        if _times[step] == int(time or 1):
            _die()


def _die() -> None:
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


@contextmanager
def whole(place: Place) -> Iterator[None]:
    """Turn a failure to write into a halt of the sweep."""
    from .halts import unwritten

    try:
        yield
    except OSError as wrong:
        raise unwritten(place.name, wrong) from wrong


@contextmanager
def legible(place: Place) -> Iterator[None]:
    """Turn a failure to read into a halt of the sweep."""
    from .halts import unread

    try:
        yield
    except OSError as wrong:
        raise unread(place.name, wrong) from wrong
