"""A sweep on Dask workers that SLURM starts: ``python slurm-dask.py``, where jobs are submitted.

Needs ``pip install "cgsim[dask]" dask-jobqueue``, the folder on a disk that all nodes share, and
certificates: ``./certificates.sh ~/cgsim-tls`` makes them and says what to set before this runs.
The login node only holds the scheduler; if that is not allowed, run this as a job itself.
"""

import sys

from dask_jobqueue import SLURMCluster
from distributed import Security

import cgsim
from cgsim.errors import Stop

SPEC = "visits.yaml"
FOLDER = "/shared/visits"
JOBS = 16

JOB = {
    "cores": 16,
    "processes": 1,  # threads of one process: they share what the rules need
    "memory": "8GB",
    "walltime": "04:00:00",
    # "queue": "…", "account": "…", "interface": "ib0",
}


def main() -> int:
    """Start the workers, run what is missing, let them go."""
    security = Security(require_encryption=True)  # its files are named in Dask's configuration
    with SLURMCluster(**JOB, protocol="tls://", security=security) as cluster:
        cluster.scale(jobs=JOBS)
        try:
            report = cgsim.sweep(SPEC, FOLDER, dask=cluster.scheduler_address)
        except Stop as why:
            print(why, file=sys.stderr)
            return why.code
    print(f"{report.runs_done} / {report.runs}  {FOLDER}")
    return 0 if report.complete and not report.failures else 8


if __name__ == "__main__":
    sys.exit(main())
