"""Many points, many runs, a folder that cannot be lost: design, run, analyse.

`spec` reads what is asked for, `designs` says what stands at each point, `work` turns a chunk
of runs into tables, `store` keeps the files, `runner` goes through the chunks, `standing` says how
far it is and `inspection` whether all is whole. `querying` asks what it says, `compacting` makes it
quick to read, `exporting` and `ema` hand it on.
"""

from .compacting import compact
from .ema import experiments_outcomes
from .exporting import export
from .halts import Halt
from .inspection import Findings, verify
from .querying import query
from .runner import Report, Shard, resume, sweep
from .spec import Spec
from .standing import Status, status
from .table import tabulate

__all__ = [
    "Findings",
    "Halt",
    "Report",
    "Shard",
    "Spec",
    "Status",
    "compact",
    "experiments_outcomes",
    "export",
    "query",
    "resume",
    "status",
    "sweep",
    "tabulate",
    "verify",
]
