"""``python -m cgsim``: the command line, set up first when this is a bare checkout."""

import os
import subprocess
import sys

from cgsim import bootstrap

_AGAIN = "CGSIM_SET_UP"  # set for the second start, so that a failed set-up cannot go round


def _start() -> int:
    if os.environ.get(_AGAIN) or not bootstrap.missing():
        from cgsim.cli import main

        main()
        return 0
    try:
        python = bootstrap.ensure()
    except bootstrap.SetupError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("cgsim: the set-up was stopped; the next start goes on with it", file=sys.stderr)
        return 130
    command = [str(python), "-m", "cgsim", *sys.argv[1:]]
    try:
        return subprocess.call(command, env={**os.environ, _AGAIN: "1"})
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(_start())
