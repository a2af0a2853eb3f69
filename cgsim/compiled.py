"""How rules are compiled, and where the result is kept.

numba's own cache looks at the file of the compiled function alone, not at those it calls:
a changed rule in another file would go unnoticed. So the cache folder is named by a hash of
all that is compiled; where it cannot be written, rules are compiled anew in each process.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any

from platformdirs import user_cache_dir

from .world import RULES

ROOMS = ("world", "parameters.py", "state.py", "records.py", "ensemble.py", "compiled.py")
"""Whose source decides whether a compiled kernel is still right."""

KEPT = 8
"""Cache folders kept of other versions, those last used."""


def source_hash() -> str:
    """Return 16 hexadecimal digits that name the source of everything compiled."""
    here = Path(__file__).parent
    digest = blake2b(digest_size=8)
    for room in ROOMS:
        path = here / room
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            digest.update(file.relative_to(here).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def cache_folder() -> Path | None:
    """Return the folder for this source and Python, or None where none can be written.

    ``CGSIM_CACHE`` names another place for it.
    """
    root = Path(os.environ.get("CGSIM_CACHE") or user_cache_dir("cgsim", appauthor=False))
    folder = root / f"rules-{source_hash()}-py{sys.version_info[0]}{sys.version_info[1]}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        trial = folder / f".write-{os.getpid()}"
        trial.write_bytes(b"")
        trial.unlink()
        os.utime(folder)
    except OSError:
        return None
    return folder


def _forget_old(folder: Path) -> None:
    """Drop caches of sources long gone, newest kept."""
    try:
        others = [p for p in folder.parent.glob("rules-*") if p != folder]
        for old in sorted(others, key=lambda p: p.stat().st_mtime)[:-KEPT]:
            shutil.rmtree(old, ignore_errors=True)
    except OSError:
        return


def is_cached(name: str) -> bool:
    """Whether a compiled function of this source lies in the cache."""
    folder = cache_folder()
    return folder is not None and any(folder.rglob(f"*{name}*.nbi"))


_registered = False


def compile_rule(function: Callable[..., Any]) -> Callable[..., Any] | None:
    """Compile a function that may call rules, without the interpreter's lock.

    Returns None where numba is missing or may not be imported.
    """
    # Intel's vector maths gives other last bits than the platform's own
    os.environ.setdefault("NUMBA_DISABLE_INTEL_SVML", "1")
    try:
        import numba
        from numba.extending import register_jitable
    except ImportError:
        return None
    global _registered
    if not _registered:
        for one in RULES:
            register_jitable(forceinline=True)(one)
        _registered = True
    folder = cache_folder()
    settings: Any = numba.config
    before = settings.CACHE_DIR
    settings.CACHE_DIR = str(folder) if folder else before
    try:
        compiled: Callable[..., Any] = numba.njit(
            nogil=True, error_model="numpy", cache=folder is not None
        )(function)
    finally:
        settings.CACHE_DIR = before
    if folder:
        _forget_old(folder)
    return compiled
