"""Many points, many runs, a folder that cannot be lost: design, run, analyse.

`spec` reads what is asked for, `designs` says what stands at each point, `work` turns a chunk
of runs into tables, `store` keeps the files, `runner` goes through the chunks.
"""

from .halts import Halt
from .runner import Report, Shard, resume, sweep
from .spec import Spec
from .table import tabulate

__all__ = ["Halt", "Report", "Shard", "Spec", "resume", "sweep", "tabulate"]
