"""All pages of the site in one folder, and Sphinx over them."""

from __future__ import annotations

from pathlib import Path

from .commands import commands_page
from .gallery import hang
from .gathering import DOCS, decisions_page, gather, listed_nowhere
from .numbers import columns_page, levers_page
from .python import python_page, rules_page


def fill(folder: Path) -> None:
    """Fill a folder with every page, those that people wrote and those made from the code."""
    gather(folder)
    made = {"reference/python.md": python_page(), "reference/rules.md": rules_page()}
    for lang, place in (("en", "reference"), ("id", "id/reference")):
        made[f"{place}/commands.md"] = commands_page(lang)
        made[f"{place}/levers.md"] = levers_page(lang)
        made[f"{place}/columns.md"] = columns_page(lang)
    made["decisions/index.md"] = decisions_page()
    made["gallery.md"] = hang(folder)
    for place, words in made.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(words, encoding="utf-8")
    if rest := listed_nowhere(folder):
        listed = "\n".join(f"/{page}" for page in rest)
        with (folder / "explanation.md").open("a", encoding="utf-8") as page:
            page.write(f"\n```{{toctree}}\n:hidden:\n\n{listed}\n```\n")


def build(pages: Path, html: Path) -> int:
    """Let Sphinx build the pages; return 0, or another number where it warned or failed."""
    from sphinx.cmd.build import build_main

    how = ["-q", "-W", "--keep-going", "-b", "html", "-c", str(DOCS)]
    return build_main([*how, "-d", str(html.parent / "doctrees"), str(pages), str(html)])
