"""A sweep's folder: what it holds, and whether that is whole.

``sweep.json`` (what the sweep is), ``scenario.yaml``, ``design.parquet``, a Parquet file for
each chunk under ``runs/`` and, if asked for, ``months/``; ``failed/`` for runs that gave no row.
The files are the truth; ``journal*.jsonl`` only remembers their sizes and hashes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import numpy as np
import pyarrow as pa

from ...errors import ScenarioError
from ...scenario import Scenario
from .design_file import DESIGN, design_bytes, listed_rows
from .files import Written, chunk_of, hash_of, name_of, parquet_bytes, read_marked
from .halts import BAD_INPUT, BROKEN, DIFFERS, Halt, unread
from .identity import CODE, code_hash
from .place import Folder, Place, legible, whole
from .spec import Spec

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .work import Chunk

SWEEP, SCENARIO = "sweep.json", "scenario.yaml"
VERSION = 1


def fields_that_differ(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """Return the names of fields that differ, those of either."""
    return [name for name in {**one, **other} if one.get(name) != other.get(name)]


@dataclass(frozen=True)
class Store:
    """A sweep's folder, opened.

    Attributes
    ----------
    place : Place
    spec : Spec
    frozen : dict
        What ``sweep.json`` says.
    """

    place: Place
    spec: Spec
    frozen: dict[str, Any]

    @cached_property
    def hash(self) -> str:
        """What names the sweep in each of its files."""
        return str(self.frozen["sweep"])

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Which files a chunk has."""
        return ("runs", "months") if self.spec.months else ("runs",)

    def runs_in(self, chunk: int) -> int:
        """Return how many runs a chunk has."""
        return min(self.spec.chunk, self.spec.simulations - chunk * self.spec.chunk)

    def mark(self, kind: str, chunk: int) -> str:
        """Return what a file says of itself in its footer."""
        return f"{self.hash} {kind} {chunk}"

    def rendered(self, number: int, chunk: Chunk) -> list[tuple[str, bytes, int]]:
        """Return name, bytes and rows of a chunk's files, the table of runs last."""
        files: list[tuple[str, bytes, int]] = []
        if chunk.failures:
            told = [one._asdict() for one in chunk.failures]
            data = (json.dumps(told, indent=1) + "\n").encode()
            files.append((name_of("failed", number), data, len(told)))
        if chunk.months is not None:
            data = parquet_bytes(chunk.months, self.mark("months", number))
            files.append((name_of("months", number), data, len(chunk.months)))
        data = parquet_bytes(chunk.runs, self.mark("runs", number))
        files.append((name_of("runs", number), data, len(chunk.runs)))
        return files

    def put(self, number: int, chunk: Chunk) -> list[Written]:
        """Put a chunk's files in their places; the table of runs last: with it the chunk is done.

        Raises
        ------
        Halt
            Where they cannot be written.
        """
        files = self.rendered(number, chunk)
        with whole(self.place):
            for name, data, _ in files:
                self.place.write(name, data)
        return [Written(name, len(data), hash_of(data), rows) for name, data, rows in files]

    def identities(self, chunk: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return point and replicate of each run of a chunk, in order."""
        first = chunk * self.spec.chunk
        point, run = np.divmod(np.arange(first, first + self.runs_in(chunk)), self.spec.runs)
        return point, run

    def failures(self, chunk: int) -> list[dict[str, Any]]:
        """Return the runs of a chunk that gave no row: `point`, `run` and `why` in each language.

        Raises
        ------
        ValueError
            Where their file is damaged.
        """
        try:
            told = json.loads(self.place.read(name_of("failed", chunk)))
        except FileNotFoundError:
            return []
        if not (isinstance(told, list) and all({"point", "run", "why"} <= {*one} for one in told)):
            raise ValueError(name_of("failed", chunk))
        return told

    def trouble(self, kind: str, chunk: int, data: bytes) -> str | None:
        """Return what is wrong with a chunk's file, None if it is whole.

        Each page's checksum is compared, and each run must stand there once: in the table or
        among the failures.

        Returns
        -------
        str or None
            A key of the words under ``sweep.trouble``: `torn`, `foreign` or `rows`.
        """
        table = read_marked(data, self.mark(kind, chunk))
        if isinstance(table, str):
            return table
        point, run = self.identities(chunk)
        try:
            failed = {(one["point"], one["run"]) for one in self.failures(chunk)}
        except ValueError:
            failed = set()
        if failed:
            pairs = zip(point.tolist(), run.tolist(), strict=True)
            stays = np.array([pair not in failed for pair in pairs])
            point, run = point[stays], run[stays]
        expected = {"point": point, "run": run}
        if kind == "months":
            length = self.spec.scenario.months
            expected = {name: np.repeat(values, length) for name, values in expected.items()}
            expected["month"] = np.tile(np.arange(length), len(point))
        for name, values in expected.items():
            if name not in table.column_names:
                return "rows"
            if not np.array_equal(table.column(name).to_numpy(), values):
                return "rows"
        return None


def create(place: Place, spec: Spec, canary: str) -> Store:
    """Write down what a sweep is, or join one that is the same.

    Raises
    ------
    Halt
        Where the folder holds another sweep, or other files.
    """
    if (joined := _joined(place, spec)) is not None:
        return joined
    if _occupied(place):
        # another shard may have begun it between the two looks
        if (joined := _joined(place, spec)) is not None:
            return joined
        raise Halt(BAD_INPUT, "occupied", folder=place.name)
    design = design_bytes(spec)
    told = {
        "program": "cgsim sweep",
        "version": VERSION,
        "sweep": spec.hash,
        "name": spec.scenario.name,
        "code": code_hash(),
        CODE: pa.__version__,
        "canary": canary,
        "design": design and hash_of(design),
        "points": spec.points,
        "simulations": spec.simulations,
        "chunks": spec.chunks,
        "spec": spec.frozen(),
    }
    with whole(place):
        place.write(SCENARIO, spec.scenario.to_yaml().encode())
        if design:
            place.write(DESIGN, design)
        place.begin(SWEEP, (json.dumps(told, indent=1) + "\n").encode())
    store = open_store(place)
    # where nothing locks, another sweep may have been begun at the same moment
    check_same(place.name, store.frozen["spec"], spec.frozen())
    return store


def _joined(place: Place, spec: Spec) -> Store | None:
    """Return the sweep that a folder holds already; halt where it is another one."""
    try:
        earlier = _read(place)
    except FileNotFoundError:
        return None
    check_same(place.name, earlier["spec"], spec.frozen())
    return open_store(place)


def check_same(folder: str, earlier: dict[str, Any], asked: dict[str, Any]) -> None:
    """Halt where a folder's sweep is another than the one asked for, naming the fields."""
    if differing := fields_that_differ(earlier, asked):
        raise Halt(DIFFERS, "spec", folder=folder, fields=", ".join(differing))


def open_store(place: Place) -> Store:
    """Open a sweep's folder; what is quickly seen to be changed is refused.

    Raises
    ------
    Halt
        Where it is none, or was changed by hand.
    """
    told = require(place)
    try:
        with legible(place):
            case = Scenario.parse(place.read(SCENARIO).decode(), told["name"])
            if case.hash != told["spec"]["scenario"]:
                raise Halt(DIFFERS, "scenario", folder=place.name)
            table = listed_rows(place, told) if told["spec"]["design"] == "file" else None
        spec = Spec.thawed(told["spec"], case, table)
    except (ScenarioError, UnicodeDecodeError) as wrong:
        raise Halt(DIFFERS, "scenario", folder=place.name) from wrong
    except (ValueError, LookupError, TypeError) as wrong:
        why = f"{SWEEP}: {type(wrong).__name__} {wrong}"
        raise Halt(BROKEN, "torn", folder=place.name, why=why) from wrong
    if spec.hash != told["sweep"]:
        raise Halt(DIFFERS, "edited", folder=place.name)
    return Store(place, spec, told)


def require(place: Place) -> dict[str, Any]:
    """Return what ``sweep.json`` says; halt where there is none, or a broken one."""
    try:
        return _read(place)
    except FileNotFoundError:
        raise Halt(BAD_INPUT, "none", folder=place.name) from None


def _read(place: Place) -> dict[str, Any]:
    """Return what ``sweep.json`` says; FileNotFoundError where there is none."""
    try:
        data = place.read(SWEEP)
    except NotADirectoryError:
        raise FileNotFoundError(SWEEP) from None
    except FileNotFoundError:
        raise
    except OSError as wrong:
        raise unread(place.name, wrong) from wrong
    try:
        told: dict[str, Any] = json.loads(data)
        if told["program"] != "cgsim sweep" or told["version"] != VERSION:
            raise ValueError("another program's file, or another version's")
    except (ValueError, KeyError, TypeError) as wrong:
        raise Halt(BROKEN, "torn", folder=place.name, why=f"{SWEEP}: {wrong}") from wrong
    return told


def _occupied(place: Place) -> bool:
    """Whether a folder holds anything but an interrupted beginning of a sweep."""
    ours = {SCENARIO, DESIGN}
    with legible(place):
        names = list(place.names(""))
    return any(name not in ours and not name.startswith((".", "locks/")) for name in names)


def local(path: str | Path) -> Place:
    """Return the place of a path or address; addresses such as ``s3://…`` need fsspec."""
    if str(path).startswith("local://"):
        return Folder(str(path).removeprefix("local://"))
    if str(path).startswith("file://"):
        return Folder(url2pathname(urlsplit(str(path)).path))
    if "://" in str(path):
        from .remote import Remote

        return Remote(str(path))
    return Folder(path)


__all__ = [
    "DESIGN", "SCENARIO", "SWEEP", "Store", "Written", "chunk_of", "create", "hash_of", "local",
    "name_of", "open_store", "parquet_bytes",
]  # fmt: skip
