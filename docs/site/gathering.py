"""Pages of the checkout brought into one folder, with links that hold there.

A link to a page of the site stays one; a link to another file of the checkout leads to a copy of
that file, which the site offers for download; a link to a folder becomes plain words.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
FILES = "files"
"""Folder of the site for files that are no pages."""

BESIDE = {
    "CHANGELOG.md": "project/changelog.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "examples/mesa/README.md": "mesa-example.md",
}
"""Pages elsewhere in the checkout, and where they stand in the site."""

FRONT = {"README.md", "docs/README.md"}
"""Indices for readers of the checkout; the site has a front page of its own."""

MADE = (
    "decisions/index.md",
    "gallery.md",
    *(
        f"{lang}reference/{name}.md"
        for lang in ("", "id/")
        for name in ("commands", "levers", "columns")
    ),
    "reference/python.md",
    "reference/rules.md",
)
"""Pages made from the code when the site is built; no file of the checkout."""

_LINK = re.compile(r"(!?\[(?:[^\]\[]|\[[^\]]*\])*\])\((?!https?:|#|<)([^)\s]+)\)")
_TOCTREE = re.compile(r"^```\{toctree\}\n(.*?)^```$", re.M | re.S)
_FENCE = re.compile(r"(^```.*?^```$|^~~~.*?^~~~$)", re.M | re.S)


def pages() -> dict[Path, str]:
    """Return the pages by file, with their place in the site."""
    own = {
        page: page.relative_to(DOCS).as_posix()
        for page in sorted(DOCS.rglob("*.md"))
        if page.relative_to(ROOT).as_posix() not in FRONT
    }
    beside = {ROOT / name: place for name, place in BESIDE.items()}
    front = {ROOT / name: "index.md" for name in FRONT}
    return own | beside | front


def gather(folder: Path) -> None:
    """Fill a folder with all pages that people wrote, and with what they link to."""
    places = pages()
    for page, place in places.items():
        if page.relative_to(ROOT).as_posix() not in FRONT:
            words = relinked(page.read_text(encoding="utf-8"), page, places, folder)
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            (folder / place).write_text(words, encoding="utf-8")


def listed_nowhere(folder: Path) -> list[str]:
    """Return the gathered pages that no table of contents names, in alphabetical order."""
    every = {page.relative_to(folder).with_suffix("").as_posix() for page in folder.rglob("*.md")}
    named = {"index"}
    for page in folder.rglob("*.md"):
        for block in _TOCTREE.findall(page.read_text(encoding="utf-8")):
            lines = [line for line in block.splitlines() if line and not line.startswith(":")]
            here = page.parent.relative_to(folder)
            named |= {os.path.normpath(here / line).replace(os.sep, "/") for line in lines}
    return sorted(every - named)


def relinked(words: str, page: Path, places: dict[Path, str], folder: Path) -> str:
    """Return a page's words with links that hold in the site."""
    here = folder / places[page]

    def led(found: re.Match[str]) -> str:
        said, (target, hash_sign, part) = found[1], found[2].partition("#")
        file = (page.parent / target).resolve()
        if file in places:
            there = folder / places[file]
        elif file.is_file() and file.is_relative_to(ROOT):
            there = folder / FILES / file.relative_to(ROOT)
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, there)
        elif file.is_dir():
            return said[1:-1]
        else:  # a page that is made: it stands where the link says
            there = (here.parent / target).resolve()
        way = Path(os.path.relpath(there, here.parent)).as_posix()
        return f"{said}({way}{hash_sign}{part})"

    pieces = _FENCE.split(words)
    pieces[::2] = [_LINK.sub(led, piece) for piece in pieces[::2]]
    return "".join(pieces)


def decisions_page() -> str:
    """Return the page that lists the decisions."""
    names = [page.stem for page in sorted((DOCS / "decisions").glob("*.md"))]
    listed = "\n".join(names)
    about = "A page each: what was decided, why, and what follows from it."
    return f"# Decisions\n\n{about}\n\n```{{toctree}}\n:maxdepth: 1\n\n{listed}\n```\n"
