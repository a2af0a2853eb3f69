"""Schedulers and workers as processes of their own, as people start them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

from tests.sweep.tiny import ROOT


def environment(**more):
    return {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT), **more}


class Daemons:
    """A scheduler and workers of their own, as `dask scheduler` and `dask worker` start them."""

    def __init__(self, folder, **env):
        self.file = folder / "scheduler.json"
        self.env = environment(**env)
        self.processes = []

    def start(self, program, *words, **env):
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{program}", *map(str, words)],
            env={**self.env, **env}, cwd=self.file.parent,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.processes.append(process)
        return process

    def scheduler(self, *words, host="127.0.0.1"):
        process = self.start(
            "scheduler", "--host", host, "--port", 0, "--no-dashboard",
            "--dashboard-address", "127.0.0.1:0", "--scheduler-file", self.file, *words,
        )  # fmt: skip
        while True:
            try:
                return process, json.loads(self.file.read_text(encoding="utf-8"))["address"]
            except (FileNotFoundError, ValueError):
                assert process.poll() is None
                time.sleep(0.05)

    def worker(self, address, host="127.0.0.1", *words, **env):
        return self.start(
            "worker", address, "--host", host, "--nthreads", 1, "--no-dashboard",
            "--no-nanny", "--memory-limit", 0, *words, **env,
        )  # fmt: skip

    def stop(self):
        for process in self.processes:
            process.kill()
            process.wait()
