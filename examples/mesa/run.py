"""A small `batch_run` over visits and persistence, printed as a table."""

import sys

import mesa
import pandas as pd
from model import BatikCluster


def run(seeds=3, max_steps=120):
    """Return a row a model: its parameters, and what stood in its last month."""
    rows = mesa.batch_run(
        BatikCluster,
        parameters={
            "monitoring_interval": [1, 6],
            "persistence": [0.4, 0.6],
            "seed": range(1, seeds + 1),
        },
        number_processes=1,
        max_steps=max_steps,
        display_progress=False,
    )
    return pd.DataFrame(rows)


if __name__ == "__main__":
    results = run(*map(int, sys.argv[1:]))
    lasting = results.groupby(["monitoring_interval", "persistence"])
    print(lasting[["producers", "independents", "tie_trust"]].mean().round(2))
