"""How to go through a sweep's chunks, and how far one is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ...errors import Message
from .halts import BAD_INPUT, Halt
from .joining import LOCAL, check_address
from .spec import Spec


@dataclass
class Report:
    """How far a sweep, or a shard of it, is.

    Attributes
    ----------
    spec : Spec
    chunks, done : int
        Chunks in all, and those whose files are whole.
    runs, runs_done : int
        The same in runs.
    found_done : int
        Runs that were done before this call.
    failures : int
        Runs that gave no row; ``failed/`` names them.
    aside : dict
        Chunks that nobody could do, and why.
    damaged : list of str
        Files that were found damaged and are made anew.
    stopped : bool
        Whether `stop_after` ended it.
    workers : int
        Chunks that can be at work at a time, at present.
    seconds : float
        What the runs of this call took.
    """

    spec: Spec
    chunks: int = 0
    done: int = 0
    runs: int = 0
    runs_done: int = 0
    found_done: int = 0
    failures: int = 0
    aside: dict[int, Message] = field(default_factory=dict)
    damaged: list[str] = field(default_factory=list)
    stopped: bool = False
    workers: int = 0
    seconds: float = 0.0

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return self.done == self.chunks


Progress = Callable[[Report], None]


@dataclass(frozen=True)
class How:
    """How to go through the chunks; the options of `sweep`."""

    workers: int | None = None
    stop_after: float | None = None
    stop_after_runs: int | None = None
    accept_numerics: bool = False
    progress: Progress | None = None
    dask: str | None = None
    insecure: bool = False

    def __post_init__(self) -> None:
        """Refuse a cluster that must not be joined, before anything is written."""
        if self.dask is not None:
            check_address(self.dask, self.insecure)
            if self.workers is not None and self.dask != LOCAL:
                raise Halt(BAD_INPUT, "dask_workers", read=self.dask)

    def tell(self, report: Report) -> None:
        """Pass a report on, where somebody wants it."""
        if self.progress:
            self.progress(report)
