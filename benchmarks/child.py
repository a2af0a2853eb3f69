"""What a fresh process measures of itself: `python -m benchmarks.child RUNS`, as JSON.

Gives processor time since the start of Python [s], peak memory before and after [bytes] and
the size of the table [bytes].
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def peak() -> int:
    """Most memory this process ever held [bytes].

    Linux hands the peak of `getrusage` on from the process that started this one, so there
    the kernel's own mark is read.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    if sys.platform == "win32":
        import psutil

        return int(psutil.Process().memory_info().peak_wset)
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def main() -> None:
    runs = int(sys.argv[1])
    import cgsim

    cgsim.simulate("sangatta-utara", runs=1, seed=1, months=False)
    before = peak()
    result = cgsim.simulate("sangatta-utara", runs=runs, seed=1, months=False)
    found = {
        "cpu": time.process_time(),
        "before": before,
        "peak": peak(),
        "table": int(result.runs.memory_usage(deep=True).sum()),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
