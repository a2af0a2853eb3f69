"""Set up a checkout: a virtual environment, the project in it, and a browser for its tests.

``python -m cgsim.bootstrap --extras dev,docs --browser`` needs nothing but Python.
This file uses the standard library only and keeps to syntax that old Pythons can read, so
that they too get a clear message instead of a traceback.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SUPPORTED = ("3.11", "3.12", "3.13")
RUNTIME_EXTRAS = ("dashboard", "study")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class SetupError(Exception):
    """The checkout could not be set up; the text says why and what to do."""


def missing(root: Path = ROOT) -> list[str]:
    """Name the packages that the project needs and this Python lacks.

    An installed cgsim (no ``pyproject.toml`` beside the package) lacks nothing: pip saw to it.
    """
    if not (root / "pyproject.toml").is_file():
        return []
    try:
        import tomllib
    except ImportError:  # Python 3.10 and older
        return ["tomllib"]
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [name for name in map(_name, project["dependencies"]) if not _installed(name)]


def ensure(
    extras: Iterable[str] = RUNTIME_EXTRAS, root: Path = ROOT, venv: Path | None = None
) -> Path:
    """Return the Python of a virtual environment in which the project is installed.

    A working environment is kept whatever Python it runs on, and nothing is done while
    ``pyproject.toml``, the constraints and the extras are those of the last time.
    """
    venv = venv or root / ".venv"
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    version = _version_of(python)
    if version is None:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        _refuse_unsupported(version)
        _say(f"creating {venv.name} with Python {version}")
        _run([sys.executable, "-m", "venv", "--clear", str(venv)], f"could not create {venv}")
    _refuse_unsupported(version)
    constraints = root / "constraints" / f"py{version.replace('.', '')}.txt"
    stamp = venv / "cgsim-setup.json"
    base, done = _fingerprint(root / "pyproject.toml", constraints), _read_stamp(stamp)
    wanted = set(extras)
    if done.get("base") == base:
        if wanted <= set(done["extras"]):
            return python
        wanted |= set(done["extras"])  # installed before: kept
    names = ",".join(sorted(wanted))
    _say(f"installing cgsim [{names}]; the first time takes some minutes")
    command = [str(python), "-m", "pip", "install", "--disable-pip-version-check"]
    command += ["--constraint", str(constraints), "--editable"]
    command += [f"{root}[{names}]" if names else str(root)]
    _run(command, "pip could not install the project")
    stamp.write_text(json.dumps({"base": base, "extras": sorted(wanted)}), encoding="utf-8")
    return python


def ensure_browser() -> str | None:
    """Return the path of a Chromium, installed from the system's packages if need be."""
    found = _browser()
    if found or not shutil.which("apt-get"):
        return found
    get = _apt_get()
    if get is None:
        return None
    _say("installing chromium for the browser tests")
    _fails([*get, "update"])  # without it the install may do all the same
    _fails([*get, "install", "--no-install-recommends", "chromium", "fonts-dejavu-core"])
    return _browser()


def ensure_java() -> str | None:
    """Return the path of Java, installed from the system's packages if need be."""
    found = shutil.which("java")
    if found or not shutil.which("apt-get"):
        return found
    get = _apt_get()
    if get is None:
        return None
    _say("installing Java for the check of HTML")
    _fails([*get, "update"])  # without it the install may do all the same
    _fails([*get, "install", "--no-install-recommends", "default-jre-headless"])
    return shutil.which("java")


def _apt_get() -> list[str] | None:
    """Return how to call apt-get, None where it may not be called."""
    prefix = [] if _is_root() else ["sudo", "-n"]
    if prefix and (not shutil.which("sudo") or _fails(["sudo", "-n", "true"])):
        return None
    return [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-y"]


def main(arguments: list[str] | None = None) -> int:
    """Set up the checkout from the command line and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m cgsim.bootstrap", description=__doc__)
    parser.add_argument("--extras", default=",".join(RUNTIME_EXTRAS), help="comma-separated")
    parser.add_argument("--venv", type=Path, default=ROOT / ".venv")
    parser.add_argument("--browser", action="store_true", help="find or install Chromium too")
    parser.add_argument("--java", action="store_true", help="find or install Java too")
    options = parser.parse_args(arguments)
    try:
        ensure(filter(None, options.extras.split(",")), venv=options.venv.resolve())
    except SetupError as error:
        print(error, file=sys.stderr)
        return 2
    lacking = False
    if options.java and not ensure_java():
        _say("the check of HTML is skipped: it needs Java (apt-get install default-jre-headless)")
        lacking = True
    if options.browser and not ensure_browser():
        _say(
            f"browser tests are skipped: none of {', '.join(BROWSERS)} is on the PATH, and "
            "installing it here needs apt-get and root. Install Chromium to run them."
        )
        lacking = True
    return 1 if lacking and os.environ.get("CI") else 0


def _refuse_unsupported(version: str) -> None:
    if version not in SUPPORTED:
        raise SetupError(
            f"cgsim runs on Python {SUPPORTED[0]} to {SUPPORTED[-1]}; this is Python {version}. "
            "Name another one, for example: make test PYTHON=python3.12"
        )


def _version_of(python: Path) -> str | None:
    """Return the version, as ``3.12``, of a Python that starts and has pip, else None."""
    code = "import sys, pip; print('{}.{}'.format(*sys.version_info))"
    try:
        answer = subprocess.run(
            [str(python), "-c", code], capture_output=True, text=True, encoding="utf-8"
        )
    except OSError:
        return None
    return answer.stdout.strip() if answer.returncode == 0 else None


def _fingerprint(*files: Path) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes() + b"\0")
    digest.update(str(files[0].parent).encode())
    return digest.hexdigest()


def _read_stamp(stamp: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(stamp.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def _run(command: list[str], complaint: str) -> None:
    answer = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    if answer.returncode != 0:
        tail = "\n".join("  " + line for line in answer.stdout.splitlines()[-15:])
        raise SetupError(f"{complaint} (exit code {answer.returncode}):\n{tail}")


def _fails(command: list[str]) -> bool:
    return subprocess.run(command, stdout=subprocess.DEVNULL).returncode != 0


def _browser() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _name(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0]


def _installed(name: str) -> bool:
    from importlib import metadata

    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _say(text: str) -> None:
    print("cgsim: " + text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
