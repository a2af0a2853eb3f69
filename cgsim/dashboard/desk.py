"""A desk where visitors hand in long work: few hands, fair turns, a plain word when it is too much.

What a visitor asks is known by a key; who asks the same gets the same answer, and answers are
kept for a while. Each visitor has one piece of work waiting for each picture: a new wish takes
the place of the old one, so nobody who drags a slider fills the desk.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Literal

log = logging.getLogger("cgsim")

State = Literal["waiting", "running", "done", "failed", "busy"]

MOST_WAITING = 40
"""Pieces of work that wait at most; beyond it the visitor is told that the desk is busy."""

KEPT = 64
"""Answers that are kept."""

TOLD_EVERY = 0.4
"""Seconds between two words about how much of a piece of work is done."""

Tell = Callable[["Answer"], None]


@dataclass(frozen=True)
class Answer:
    """Where a piece of work stands.

    Attributes
    ----------
    state : {"waiting", "running", "done", "failed", "busy"}
    before : int
        Pieces of work before it, while it waits.
    result : object
        What came of it, once it is done.
    share : float
        How much of it is done, from 0 to 1, where the work tells (`Desk.watch`).
    """

    state: State
    before: int = 0
    result: Any = None
    share: float = 0.0


@dataclass
class _Job:
    key: Hashable
    work: Callable[[], Any]
    askers: dict[Hashable, Tell] = field(default_factory=dict)


class Desk:
    """Does work in the order in which it came, in threads of its own.

    Parameters
    ----------
    hands : int
        Threads; the work itself may use more cores.
    most : int
        Pieces of work that may wait.
    """

    def __init__(self, hands: int = 1, most: int = MOST_WAITING) -> None:
        self._most = most
        self._lock = threading.Condition()
        self._waiting: OrderedDict[Hashable, _Job] = OrderedDict()
        self._running: dict[Hashable, _Job] = {}
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._hands = hands
        self._started = 0
        self._now = threading.local()

    def ask(self, visitor: Hashable, key: Hashable, work: Callable[[], Any], tell: Tell) -> Answer:
        """Hand in work; returns where it stands now, and tells of each change later.

        Parameters
        ----------
        visitor : hashable
            Who asks, and for which picture; an earlier wish of the same is withdrawn.
        key : hashable
            What is asked: equal keys have equal answers.
        work : callable
            Makes the answer.
        tell : callable
            Called from another thread, once it runs and once it is over.
        """
        with self._lock:
            self._withdraw(visitor)
            if key in self._kept:
                self._kept.move_to_end(key)
                return Answer("done", result=self._kept[key])
            if job := self._running.get(key):
                job.askers[visitor] = tell
                return Answer("running")
            if key not in self._waiting:
                if len(self._waiting) >= self._most:
                    return Answer("busy")
                self._waiting[key] = _Job(key, work)
                self._start_a_hand()
            self._waiting[key].askers[visitor] = tell
            before = list(self._waiting).index(key) + len(self._running)
            self._lock.notify()
            return Answer("waiting", before)

    def withdraw(self, visitor: Hashable) -> None:
        """Take a visitor's wish back, as when the page is closed."""
        with self._lock:
            self._withdraw(visitor)

    def watch(self) -> Callable[[int, int], None]:
        """Return what work calls with how much is done and how much there is; called within it."""
        job: _Job | None = getattr(self._now, "job", None)
        last = time.monotonic()

        def told(done: int, every: int) -> None:
            nonlocal last
            if job is None or time.monotonic() - last < TOLD_EVERY:
                return
            last = time.monotonic()
            with self._lock:
                askers = list(job.askers.values())
            _tell(askers, Answer("running", share=done / max(every, 1)))

        return told

    def _withdraw(self, visitor: Hashable) -> None:
        for jobs in (self._waiting, self._running):
            for key, job in list(jobs.items()):
                job.askers.pop(visitor, None)
                if jobs is self._waiting and not job.askers:
                    del self._waiting[key]

    def _start_a_hand(self) -> None:
        if self._started < self._hands:
            self._started += 1
            threading.Thread(target=self._work, name="cgsim-desk", daemon=True).start()

    def _work(self) -> None:
        while True:
            with self._lock:
                while not self._waiting:
                    self._lock.wait()
                key, job = self._waiting.popitem(last=False)
                self._running[key] = job
                askers = list(job.askers.values())
            _tell(askers, Answer("running"))
            self._now.job = job
            answer = _carry_out(job)
            with self._lock:
                del self._running[key]
                if answer.state == "done":
                    self._kept[key] = answer.result
                    while len(self._kept) > KEPT:
                        self._kept.popitem(last=False)
                askers = list(job.askers.values())
            _tell(askers, answer)


def _carry_out(job: _Job) -> Answer:
    try:
        return Answer("done", result=job.work())
    except Exception:
        log.exception("work for a page failed")
        return Answer("failed")


def _tell(askers: list[Tell], answer: Answer) -> None:
    for tell in askers:
        try:
            tell(answer)
        except Exception:  # a page that was closed meanwhile
            log.debug("nobody to tell", exc_info=True)


DESK = Desk()
"""The desk of this server."""
