"""A sweep in a fresh process: `python -m benchmarks.sweep_child FOLDER SPEC`, measured as JSON."""

from __future__ import annotations

import json
import sys
import time

from .child import peak


def main() -> None:
    from cgsim.study.sweep import sweep

    sweep(json.loads(sys.argv[2]), sys.argv[1], workers=2)
    print(json.dumps({"cpu": time.process_time(), "peak": peak()}))


if __name__ == "__main__":
    main()
