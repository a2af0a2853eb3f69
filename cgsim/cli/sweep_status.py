"""``cgsim sweep status``: how far a sweep is, once or again and again."""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from .words import as_json, console, duration, lang, number, percent, size, word

if TYPE_CHECKING:
    from rich.console import RenderableType

    from ..study.sweep.standing import Status

EVERY = 2.0
"""Time between two looks [s]; longer where a look takes long."""

MOST_SHOWN = 5


def show_status(folder: str, json: bool) -> None:
    """Say how far a sweep is."""
    from ..study.sweep.standing import status

    told = status(folder)
    if json:
        print(as_json(document(told)))
    else:
        console().print(page(told))


def watch_status(folder: str, json: bool) -> None:
    """Show how far a sweep is until it is complete or Ctrl-C."""
    from rich.live import Live

    from ..study.sweep.standing import status

    told = status(folder)
    sheet = console(error=json)
    try:
        with Live(page(told), console=sheet, auto_refresh=False) as live:
            while not told.complete:
                began = time.monotonic()
                told = status(folder)
                live.update(page(told), refresh=True)
                time.sleep(max(EVERY, 5.0 * (time.monotonic() - began)))
    except KeyboardInterrupt:
        pass  # the way to stop watching; the sweep is not touched
    if json:
        print(as_json(document(told)))


def document(told: Status) -> dict[str, Any]:
    """Return the status as plain values."""
    shards = [part._asdict() for part in told.shards]
    return {
        **asdict(told),
        "shards": shards,
        "complete": told.complete,
        "remaining": told.remaining,
    }


def page(told: Status) -> RenderableType:
    """Return the status as a page."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    rows = Table.grid(padding=(0, 2))
    rows.add_column()
    rows.add_column(overflow="fold")
    for key, shown in _rows(told):
        rows.add_row(word(f"sweep.status.{key}"), shown)
    title = Text(f"{told.folder}: {word(f'sweep.status.{_key(told)}')}", "bold")
    parts: list[RenderableType] = [title, Padding(rows, (0, 0, 0, 2))]
    for one in told.failed[:MOST_SHOWN]:
        why = one["why"]
        said = why.get(lang(), "") if isinstance(why, dict) else why
        values = {"point": one["point"], "run": one["run"], "why": said}
        parts.append(Text(f"  {word('sweep.status.failed', **values)}"))
    if told.damaged:
        parts.append(word("sweep.status.verify", folder=told.folder))
    return Group(*parts)


def _key(told: Status) -> str:
    if told.complete:
        return "complete"
    return "going" if told.remaining is not None else "incomplete"


def _rows(told: Status) -> list[tuple[str, str]]:
    share = percent(told.runs_done / told.runs)
    rows = [
        ("scenario", told.scenario),
        ("design", f"{told.design}, {word('sweep.status.points', n=number(told.points))}"),
        ("runs", _of(told.runs_done, told.runs, share)),
        ("chunks", _of(told.done, told.chunks)),
        ("size", size(told.size)),
        ("failures", number(told.failures)),
    ]
    for part in told.shards:
        rows.append(("shard", f"{part.name}: {_of(part.done, part.chunks)}"))
    if told.unread:
        rows.append(("unread", number(told.unread)))
    if told.damaged:
        names = ", ".join(told.damaged[:MOST_SHOWN])
        rows.append(("damaged", f"{number(len(told.damaged))}: {names}"))
    for one in told.accepted:
        rows.append(("accepted", one))
    if told.rate and told.quiet is not None and not told.complete:
        rows.append(("rate", word("sweep.status.per_second", n=number(told.rate))))
        rows.append(("quiet", duration(told.quiet)))
    if told.remaining is not None:
        rows.append(("remaining", duration(told.remaining)))
    return rows


def _of(done: int, whole: int, share: str = "") -> str:
    said = word("sweep.status.of", done=number(done), whole=number(whole))
    return f"{said} ({share})" if share else said
