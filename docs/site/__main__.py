"""Build the site: ``python -m docs.site`` leaves it in ``build/site/html``."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from .building import build, fill
from .gathering import ROOT


def main(place: Path = ROOT / "build" / "site") -> int:
    """Gather and make the pages, then let Sphinx build them; a warning is an error.

    Parameters
    ----------
    place : Path
        Folder for pages and HTML; what is in it goes.
    """
    os.environ.setdefault("MPLBACKEND", "Agg")
    shutil.rmtree(place, ignore_errors=True)
    fill(place / "pages")
    wrong = build(place / "pages", place / "html")
    if not wrong:
        print(f"The site: {place / 'html' / 'index.html'}")
    return wrong


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:2])))
