"""Which chunks of a sweep are done: a look at the names and sizes of its files."""

from __future__ import annotations

from dataclasses import dataclass, field

from .files import Written, hash_of, name_of
from .journal import Journal
from .place import legible
from .store import Store


@dataclass(frozen=True)
class Shard:
    """Every n-th chunk: a part of a sweep for a process that knows of no other.

    Parameters
    ----------
    number : int
        From 1.
    of : int

    Examples
    --------
    >>> Shard(2, 8).name
    '-2-of-8'
    """

    number: int = 1
    of: int = 1

    @property
    def name(self) -> str:
        """What its lock and its journal are called."""
        return "" if self.of == 1 else f"-{self.number}-of-{self.of}"

    def chunks(self, store: Store) -> range:
        """Return the shard's chunks."""
        return range(self.number - 1, store.spec.chunks, self.of)


@dataclass
class Scan:
    """What a look at a folder found, for one shard.

    Attributes
    ----------
    missing : list of int
        Chunks whose files are not whole.
    done, runs_done : int
        Chunks whose files are, and their runs.
    failures : int
        Runs of those that gave no row.
    damaged : list of str
        Files that are there and not whole.
    """

    missing: list[int] = field(default_factory=list)
    done: int = 0
    runs_done: int = 0
    failures: int = 0
    damaged: list[str] = field(default_factory=list)
    _learnt: list[Written] = field(default_factory=list)


def look(store: Store, journal: Journal, shard: Shard, remember: bool = True) -> Scan:
    """Say which of a shard's chunks are done.

    A file counts as whole if the journal knows one of its name and size. What no journal knows
    is read, and remembered if it is whole; without `remember` nothing is written.
    """
    found = Scan()
    with legible(store.place):
        sizes = {kind: store.place.names(kind) for kind in store.kinds}
        failed = store.place.names("failed")
        for chunk in shard.chunks(store):
            if all(_is_whole(store, journal, kind, chunk, sizes, found) for kind in store.kinds):
                found.done += 1
                found.runs_done += store.runs_in(chunk)
                if failed:
                    found.failures += _failures(store, journal, chunk, failed)
            else:
                found.missing.append(chunk)
    if found._learnt and remember:
        journal.add(found._learnt)
    return found


def _is_whole(
    store: Store, journal: Journal, kind: str, chunk: int, sizes: dict[str, dict[str, int]],
    found: Scan,
) -> bool:  # fmt: skip
    name = name_of(kind, chunk)
    size = sizes[kind].get(name)
    if size is None:
        return False
    known = journal.known.get(name)
    if known is not None and known.size == size:
        return True
    try:
        data = store.place.read(name)
    except FileNotFoundError:  # taken away meanwhile
        return False
    if store.trouble(kind, chunk, data) is not None:
        found.damaged.append(name)
        return False
    found._learnt.append(Written(name, size, hash_of(data), -1))
    return True


def _failures(store: Store, journal: Journal, chunk: int, failed: dict[str, int]) -> int:
    name = name_of("failed", chunk)
    if name not in failed:
        return 0
    if name in journal.known:
        return journal.known[name].rows
    try:
        return len(store.failures(chunk))
    except ValueError:
        return 0  # `verify` names it
