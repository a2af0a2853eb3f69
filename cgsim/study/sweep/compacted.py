"""Few large files beside the many small ones of a sweep, for those who read all of it often.

``compact/compact.json`` is written last and lists them, each with the hashes of the chunks' files
that it was made from. The chunks' files stay: they are the sweep, these are a copy.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from .files import hash_of, name_of
from .journal import Journal
from .store import Store

ROOM = "compact/"
LIST = "compact/compact.json"
VERSION = 1
_NAME = re.compile(r"compact/(runs|months)-\d{5}\.parquet")


@dataclass(frozen=True)
class Piece:
    """A large file.

    Attributes
    ----------
    name : str
    kind : str
        `runs` or `months`.
    first, last : int
        Its first chunk and the one after its last.
    size, rows : int
        Bytes and rows.
    blake2b : str
        Hash of its bytes.
    chunks : list of str
        Hashes of its chunks' files.
    """

    name: str
    kind: str
    first: int
    last: int
    size: int
    rows: int
    blake2b: str
    chunks: list[str]


@dataclass(frozen=True)
class Compacted:
    """The large files of a sweep, in the order of its rows, and its runs that gave no row."""

    pieces: tuple[Piece, ...]
    failures: int

    def of(self, kind: str) -> list[Piece]:
        """Return the files of a table."""
        return [piece for piece in self.pieces if piece.kind == kind]

    def listed(self, store: Store) -> bytes:
        """Return the bytes of ``compact.json``."""
        told = {
            "program": "cgsim sweep compact",
            "version": VERSION,
            "sweep": store.hash,
            "failures": self.failures,
            "files": [asdict(piece) for piece in self.pieces],
        }
        return (json.dumps(told, indent=1) + "\n").encode()


def read_list(store: Store) -> Compacted | None:
    """Return what ``compact.json`` says, None where there is none.

    Raises
    ------
    ValueError
        Where it is damaged, another sweep's, or does not name each chunk once.
    """
    try:
        told = json.loads(store.place.read(LIST))
    except FileNotFoundError:
        return None
    try:
        if (told["version"], told["sweep"]) != (VERSION, store.hash):
            raise ValueError("another sweep's, or another version's")
        found = Compacted(tuple(Piece(**one) for one in told["files"]), int(told["failures"]))
        for kind in store.kinds:
            _check_order(store, found.of(kind))
    except (KeyError, TypeError) as wrong:
        raise ValueError(LIST) from wrong
    return found


def _check_order(store: Store, pieces: list[Piece]) -> None:
    """Refuse files that do not follow one another from the first chunk to the last."""
    after = 0
    for piece in pieces:
        named = _NAME.fullmatch(piece.name)
        if not named or piece.first != after or len(piece.chunks) != piece.last - piece.first:
            raise ValueError(piece.name)
        after = piece.last
    if after != store.spec.chunks:
        raise ValueError(LIST)


def current(store: Store, journal: Journal) -> Compacted | None:
    """Return the large files if they are there and hold what the chunks' files hold, else None.

    Names, sizes and the journal's hashes are compared; nothing but the list is read.
    """
    try:
        found = read_list(store)
    except ValueError:
        return None
    if found is None:
        return None
    sizes = store.place.names(ROOM)
    if all(_is_current(piece, sizes, journal) for piece in found.pieces):
        return found
    return None


def _is_current(piece: Piece, sizes: Mapping[str, int], journal: Journal) -> bool:
    if sizes.get(piece.name) != piece.size:
        return False
    for chunk, made_from in enumerate(piece.chunks, start=piece.first):
        known = journal.known.get(name_of(piece.kind, chunk))
        if known is not None and known.blake2b != made_from:
            return False
    return True


def troubles(store: Store) -> tuple[int, list[tuple[str, str]], list[str]]:
    """Read every large file.

    Returns
    -------
    files : int
        How many were read.
    damaged : list of (str, str)
        Names, and keys of the words under ``sweep.trouble``.
    foreign : list of str
        Files among them that nobody lists; those of an interrupted compaction are none.
    """
    there = store.place.names(ROOM)
    try:
        found = read_list(store)
    except ValueError:
        return 1, [(LIST, "torn")], []
    if found is None:
        return 0, [], [name for name in sorted(there) if not _is_ours(store, name)]
    damaged = []
    for piece in found.pieces:
        if piece.name not in there:
            damaged.append((piece.name, "gone"))
        elif hash_of(store.place.read(piece.name)) != piece.blake2b:
            damaged.append((piece.name, "hash"))
    listed = {LIST, *(piece.name for piece in found.pieces)}
    return len(found.pieces), damaged, sorted(there.keys() - listed)


def _is_ours(store: Store, name: str) -> bool:
    """Whether a file says of itself that it is a large file of this sweep."""
    try:
        said: dict[bytes, bytes] = (
            parquet.read_metadata(pa.BufferReader(store.place.read(name))).metadata or {}
        )
    except (pa.ArrowException, OSError):
        return False
    return said.get(b"cgsim", b"").startswith(f"{store.hash} compact-".encode())


def strays(store: Store, listed: Compacted) -> list[str]:
    """Return large files of an earlier division that the list does not name."""
    named = {piece.name for piece in listed.pieces}
    there = store.place.names(ROOM)
    return sorted(name for name in there if _NAME.fullmatch(name) and name not in named)


def mark_of(store: Store, kind: str, first: int, hashes: list[str]) -> str:
    """Return what a large file says of itself in its footer: whose it is, and made from what."""
    made_from = hash_of("".join(hashes).encode())
    return f"{store.hash} compact-{kind} {first}-{first + len(hashes)} {made_from}"


def rows_in(data: bytes, mark: str) -> int | None:
    """Return how many rows a large file has, None where its bytes are not whole or not it.

    Every page is read and its checksum compared, a row group at a time.
    """
    try:
        file: Any = parquet.ParquetFile(pa.BufferReader(data), page_checksum_verification=True)
        if (file.metadata.metadata or {}).get(b"cgsim") != mark.encode():
            return None
        return sum(len(file.read_row_group(k)) for k in range(file.num_row_groups))
    except (pa.ArrowException, OSError):
        return None
