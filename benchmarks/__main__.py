"""Time the engines: `python -m benchmarks [--quick] [--write]`."""

from __future__ import annotations

import argparse
import sys

from . import dashboard, engines, processes, scaling, sweeps, threads
from .page import machine, table, write
from .timing import Row

MEASURES = (
    engines.measure,
    threads.measure,
    scaling.measure,
    processes.memory,
    processes.starts,
    sweeps.measure,
    dashboard.measure,
)


def main() -> int:
    reader = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    reader.add_argument("--quick", action="store_true", help="few rounds, a rough look")
    reader.add_argument("--write", action="store_true", help="write docs/benchmarks.md too")
    reader.add_argument("--note", default="", help="what to say of the computer on that page")
    asked = reader.parse_args()
    if asked.quick and asked.write:
        reader.error("a quick look is too rough to be written down")
    rows: list[Row] = []
    for number, measure in enumerate(MEASURES, start=1):
        print(f"{number} of {len(MEASURES)} …", file=sys.stderr, flush=True)
        found = measure(asked.quick)
        rows += found
        for row in found:
            print(f"  {row.measure}: {row.found}", file=sys.stderr, flush=True)
    print(machine())
    print(table(rows))
    if asked.write:
        write(rows, asked.note)
    return 0


if __name__ == "__main__":
    sys.exit(main())
