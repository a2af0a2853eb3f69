"""The table in words, and the page that keeps it."""

from __future__ import annotations

import platform
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from cgsim.ensemble import cores

from .timing import Row

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
LIBRARIES = ("mesa", "numba", "numpy", "pandas")

TOP = ["| Measure | Median (best) | Target | Met |", "| --- | --- | --- | --- |"]
PART = "| – "
"""How a line begins that belongs to the one above it."""

HEAD = """\
# Benchmarks

How long the engines take, as ratios: what is compared is measured in turns within one go
(A, B, A, B, …), so that a busy computer slows both alike. A cell gives the median over the
rounds and, in brackets, the best: for a ratio the median of the rounds' ratios and the ratio
of the bests. Times are processor time, except where threads are compared: there it is time on
the clock, and the bests come first, since other work takes a core away; memory is
measured once, for it hardly varies.

A ratio is a property of the code, more or less; a plain time is one of the computer too.
Targets in milliseconds were set for a faster, quiet computer.
"""

AGAIN = """\
## Again

```sh
make bench                        # prints the table; some minutes
python -m benchmarks --quick      # a fast look, rough; writes nothing
python -m benchmarks --write      # also writes this page; --note TEXT says how busy it was
python -m benchmarks --only clusters --write --note TEXT   # puts some rows in their places
```

A baseline run is 120 months of `sangatta-utara` with 120 people. The ensemble is
`cgsim.simulate(…, months=False, threads=1)`, making its table included. In larger clusters
seats, visits, budgets, demand, critical mass and the producers that a state asks for grow
with the number of people; groups stay as large as they are. Memory and starts are those of
fresh processes, importing included, on all cores.

A sweep's chunk is walked, made a table, written as Parquet, brought to the disk and renamed;
its runs alone are the compiled kernel over the same points. Chunks that are found done are
small files of zeros that the journal knows; listing takes names and sizes. The sweep of many
runs has a tiny world of four people and twelve months, in chunks of 10,000 runs.

Dask is `--dask local`: worker processes of one thread each, on this computer. Scheduler and workers
are started and have done each chunk once before anything is measured; then its workers and as many
threads of one process do the same chunks in turns. Processor time is that of all processes; on
a shared computer it says more than the clock, but it does not see a worker that waits.
"""


def machine() -> str:
    """Say what kind of computer and libraries these are."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"{platform.system()} on {platform.machine()}, {cores()} cores, "
        f"Python {platform.python_version()}, {libraries}."
    )


def table(rows: Iterable[Row]) -> str:
    """Return the rows as a Markdown table."""
    return "\n".join([*TOP, *map(_line, rows)])


def _line(row: Row) -> str:
    met = "" if row.met is None else "yes" if row.met else "**no**"
    return f"| {row.measure} | {row.found} | {row.target} | {met} |"


def page(rows: Iterable[Row], note: str = "") -> str:
    where = f"{machine()} {note}".strip()
    return "\n".join([HEAD, where, "", table(rows), "", AGAIN])


def write(rows: Iterable[Row], note: str = "") -> None:
    PAGE.write_text(page(rows, note), encoding="utf-8", newline="\n")


def put(rows: Iterable[Row], note: str) -> None:
    """Put some rows in their places on the page, or below all others; the rest stays."""
    PAGE.write_text(with_rows(PAGE.read_text(encoding="utf-8"), rows, note), encoding="utf-8",
                    newline="\n")  # fmt: skip


def with_rows(text: str, rows: Iterable[Row], note: str) -> str:
    """Return a page's text with some rows put anew, each with what is to be said of it.

    Rows that begin with a dash belong to the row above them and are put together with it.
    """
    lines = text.splitlines()
    first = lines.index(TOP[-1]) + 1
    last = next(k for k in range(first, len(lines)) if not lines[k].startswith("|"))
    groups = _grouped(lines[first:last])
    for group in _grouped([_line(row) for row in rows]):
        said = [_line(Row(f"– {note}", ""))] if note else []
        same = [k for k, one in enumerate(groups) if _measure(one) == _measure(group)]
        groups[same[0] if same else len(groups) : same[0] + 1 if same else None] = [group + said]
    return "\n".join([*lines[:first], *(line for group in groups for line in group), "",
                      AGAIN.rstrip(), ""])  # fmt: skip


def _grouped(lines: list[str]) -> list[list[str]]:
    groups: list[list[str]] = []
    for line in lines:
        if not groups or not line.startswith(PART):
            groups.append([])
        groups[-1].append(line)
    return groups


def _measure(group: list[str]) -> str:
    return group[0].split("|")[1].strip()
