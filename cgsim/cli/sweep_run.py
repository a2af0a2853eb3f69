"""``cgsim sweep run`` and ``resume``: what it will take, how far it is, where it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .run import heard
from .sweep_progress import Follower
from .words import as_json, console, duration, number, refusal, word

if TYPE_CHECKING:
    from rich.console import Console

    from ..study.sweep import Report, Shard

MOST_SHARDS = 100_000
_LIMIT = re.compile(r"(\d+(?:\.\d+)?)\s*(s|m|h|d|runs?|simulasi)", re.IGNORECASE)
_SECONDS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


@dataclass(frozen=True)
class Order:
    """Where to work, and how."""

    folder: str
    workers: int | None = None
    shard: str | None = None
    stop_after: str | None = None
    accept_numerics: bool = False
    dask: str | None = None
    insecure: bool = False

    def options(self) -> dict[str, Any]:
        """Return the options of `sweep` and `resume`."""
        seconds, runs = read_limit(self.stop_after)
        return {
            "workers": self.workers,
            "shard": read_shard(self.shard),
            "stop_after": seconds,
            "stop_after_runs": runs,
            "accept_numerics": self.accept_numerics,
            "dask": self.dask,
            "insecure": self.insecure,
        }


def run_spec(path: str, order: Order, json: bool) -> int:
    """Run a spec's sweep; return the exit code."""
    options = order.options()
    from ..study.sweep import Spec, sweep

    spec = Spec.load(path)
    sheet = console(error=True)
    with heard(sheet), Follower(sheet) as follower:
        report = sweep(spec, order.folder, progress=follower, **options)
    return _told(report, order.folder, json)


def go_on(order: Order, json: bool) -> int:
    """Go on with a folder's sweep; return the exit code."""
    options = order.options()
    from ..study.sweep import resume

    sheet = console(error=True)
    with heard(sheet), Follower(sheet) as follower:
        report = resume(order.folder, progress=follower, **options)
    return _told(report, order.folder, json)


def read_limit(read: str | None) -> tuple[float | None, int | None]:
    """Return after how many seconds, or how many runs, to stop.

    Examples
    --------
    >>> read_limit("2h"), read_limit("90m"), read_limit("5000 runs"), read_limit(None)
    ((7200.0, None), (5400.0, None), (None, 5000), (None, None))
    """
    if read is None:
        return None, None
    found = _LIMIT.fullmatch(read.strip())
    if found is None:
        raise refusal("--stop-after", "stop_after", read=read[:80])
    amount, unit = found.group(1), found.group(2).lower()
    if unit in _SECONDS:
        return float(amount) * _SECONDS[unit], None
    if not amount.isdecimal():
        raise refusal("--stop-after", "stop_after", read=read[:80])
    return None, int(amount)


def read_shard(read: str | None) -> Shard | None:
    """Return the part of a sweep that ``i/n`` names; None for all of it."""
    if read is None:
        return None
    found = re.fullmatch(r"(\d{1,9})/(\d{1,9})", read.strip())
    number_of, of = (int(one) for one in found.groups()) if found else (0, 0)
    if not 1 <= number_of <= of <= MOST_SHARDS:
        raise refusal("--shard", "shard", read=read[:80], most=MOST_SHARDS)
    from ..study.sweep import Shard

    return Shard(number_of, of)


def _told(report: Report, folder: str, json: bool) -> int:
    """Say where the runs are and what to do next; return the exit code."""
    from ..study.sweep.halts import COMPLETE, SET_ASIDE

    code = SET_ASIDE if report.complete and report.failures else COMPLETE
    if json:
        print(as_json({**_document(report, folder), "exit_code": code}))
    else:
        _show(console(), report, folder)
    return code


def _document(report: Report, folder: str) -> dict[str, Any]:
    now = report.runs_done - report.found_done
    return {
        "folder": folder,
        "sweep": report.spec.hash,
        "points": report.spec.points,
        "runs": report.runs,
        "runs_done": report.runs_done,
        "runs_done_now": now,
        "chunks": report.chunks,
        "chunks_done": report.done,
        "complete": report.complete,
        "stopped": report.stopped,
        "failures": report.failures,
        "made_anew": report.damaged,
        "seconds": report.seconds,
        "runs_per_second": now / report.seconds if now and report.seconds > 0 else None,
    }


def _show(sheet: Console, report: Report, folder: str) -> None:
    now = report.runs_done - report.found_done
    counts = {"done": number(report.runs_done), "runs": number(report.runs), "folder": folder}
    key = "complete" if report.complete else "stopped" if report.stopped else "left"
    sheet.print(word(f"sweep.end.{key}", **counts), soft_wrap=True)
    if now:
        rate = number(now / max(report.seconds, 1e-9))
        took = {"now": number(now), "time": duration(report.seconds), "rate": rate}
        sheet.print(word("sweep.end.took", **took))
    else:
        sheet.print(word("sweep.end.nothing"))
    if report.damaged:
        made = ", ".join(report.damaged[:3]) + (" …" if len(report.damaged) > 3 else "")
        damaged = word("sweep.end.damaged", n=number(len(report.damaged)), files=made)
        sheet.print(damaged, soft_wrap=True)
    if report.failures:
        failures = word("sweep.end.failures", n=number(report.failures), folder=folder)
        sheet.print(failures, soft_wrap=True)
    sheet.print(f"\n{word('sweep.end.next')}", style="bold")
    for verb in ("verify", "status") if report.complete else ("resume", "status"):
        sheet.print(f"  cgsim sweep {verb} {_quoted(folder)}", soft_wrap=True)


def _quoted(folder: str) -> str:
    return f'"{folder}"' if " " in folder else folder
