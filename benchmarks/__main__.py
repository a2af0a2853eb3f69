"""Time the engines: `python -m benchmarks [--quick] [--only NAME] [--write]`."""

from __future__ import annotations

import argparse
import sys

from . import clusters, dashboard, engines, processes, scaling, sweeps, threads
from .page import machine, put, table, write
from .timing import Row

MEASURES = {
    "engines": engines.measure,
    "threads": threads.measure,
    "scaling": scaling.measure,
    "memory": processes.memory,
    "starts": processes.starts,
    "sweeps": sweeps.measure,
    "clusters": clusters.measure,
    "dashboard": dashboard.measure,
}


def main() -> int:
    reader = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    reader.add_argument("--quick", action="store_true", help="few rounds, a rough look")
    reader.add_argument("--only", action="append", choices=MEASURES, help="some rows alone")
    reader.add_argument("--write", action="store_true", help="write docs/benchmarks.md too")
    reader.add_argument("--note", default="", help="what to say of the computer on that page")
    asked = reader.parse_args()
    if asked.quick and asked.write:
        reader.error("a quick look is too rough to be written down")
    rows: list[Row] = []
    for name in asked.only or MEASURES:
        print(f"{name} …", file=sys.stderr, flush=True)
        found = MEASURES[name](asked.quick)
        rows += found
        for row in found:
            print(f"  {row.measure}: {row.found}", file=sys.stderr, flush=True)
    print(machine())
    print(table(rows))
    if asked.write and asked.only:
        put(rows, asked.note)
    elif asked.write:
        write(rows, asked.note)
    return 0


if __name__ == "__main__":
    sys.exit(main())
