"""A sweep that fits into memory: the same rows as its files would hold, as one table."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from ...ensemble import cores
from .pools import Threads
from .spec import Spec
from .work import Bench, Chunk

Progress = Callable[[int, int], None]
"""Called with runs done and runs in all."""


def tabulate(
    spec: Spec, *, workers: int | None = None, progress: Progress | None = None
) -> pd.DataFrame:
    """Run a sweep and return its table of runs, in the order of points and replicates.

    Parameters
    ----------
    spec : Spec
    workers : int, optional
        Threads, all cores if not given. The numbers do not depend on it.
    progress : callable, optional

    Raises
    ------
    RuntimeError
        Where a run gave no row: nothing is left out in silence.

    Examples
    --------
    >>> spec = Spec.make({
    ...     "scenario": "sangatta-utara", "runs": 4, "outcomes": ["producers"],
    ...     "vary": {"organisations.*.monitoring_interval": ["never", 1]}})
    >>> table = tabulate(spec)
    >>> len(table), bool((table["producers"][4:].to_numpy() > table["producers"][:4]).all())
    (8, True)
    """
    parts: dict[int, Chunk] = {}

    def job(bench: Bench, chunk: int) -> int:
        parts[chunk] = bench.work(chunk)
        return chunk

    done = 0
    with Threads(spec, job, workers or cores()) as pool:
        for chunk in pool.results(range(spec.chunks)):
            if chunk is not None:
                done += len(parts[chunk].runs) + len(parts[chunk].failures)
                if progress:
                    progress(done, spec.simulations)
    failed = [one for chunk in range(spec.chunks) for one in parts[chunk].failures]
    if failed:
        raise RuntimeError(f"{len(failed)} runs gave no row, the first {failed[0]}")
    tables = [parts[chunk].runs for chunk in range(spec.chunks)]
    return pd.concat(tables, ignore_index=True)
