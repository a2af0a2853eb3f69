"""The evidence as a page: ``python -m cgsim.evidence_page`` writes ``docs/evidence.md`` anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from .evidence import Evidence, Words, both, entries, read, standings

Lang = Literal["en", "id", "both"]

_COLUMNS = {
    "E": ("article",),
    "AG": ("source",),
    "N": ("source",),
    "C": ("must", "levers"),
}


def markdown(lang: Lang = "both") -> str:
    """Render the evidence as a page.

    Parameters
    ----------
    lang : {"both", "en", "id"}
        ``both`` gives English in the first column of text and Indonesian in the second;
        ``docs/evidence.md`` is that page.

    Returns
    -------
    str
        Markdown, ending in a newline.
    """
    page = _Page(lang)
    words = page.words
    lines = [f"# {page.label(words['title'])}", ""]
    lines += [*page.prose(words["intro"]), *page.prose(words["made"])]
    lines += [f"## {page.label(words['standings'])}", ""]
    lines += _table(
        [page.label(words["standing"]), *page.heads()],
        [[name, *page.texts(said)] for name, said in standings().items()],
    )
    for section in read()["sections"]:
        lines += page.section(section)
    lines += [f"## {page.label(words['references'])}", ""]
    lines += [page.reference(one) for one in read()["references"]]
    return "\n".join(lines) + "\n"


def write(path: Path) -> None:
    """Write the page in both languages, usually to ``docs/evidence.md``."""
    path.write_text(markdown("both"), encoding="utf-8", newline="\n")


class _Page:
    """The words of the page, in one language or both."""

    def __init__(self, lang: Lang) -> None:
        self.langs: tuple[str, ...] = ("en", "id") if lang == "both" else (lang,)
        self.words = {name: both(said) for name, said in read()["page"].items()}

    def texts(self, said: Words) -> list[str]:
        return [getattr(said, one) for one in self.langs]

    def label(self, said: Words) -> str:
        return " / ".join(dict.fromkeys(self.texts(said)))

    def prose(self, said: Words) -> list[str]:
        return [line for words in self.texts(said) for line in (words, "")]

    def heads(self) -> list[str]:
        return self.texts(self.words["text"])

    def section(self, section: dict[str, Any]) -> list[str]:
        lines = [f"## {self.label(both(section['title']))}", ""]
        if "note" in section:
            lines += self.prose(both(section["note"]))
        members = [e for e in entries() if e.section == section["key"]]
        columns = _COLUMNS.get(members[0].kind, ())
        head = [self.label(self.words["code"]), *self.heads()]
        head += [self.label(self.words[name]) for name in columns]
        head += [self.label(self.words["standing"])]
        rows = [
            [e.code, *self.told(e), *(_cell(e, name) for name in columns), ", ".join(e.standing)]
            for e in members
        ]
        return lines + _table(head, rows)

    def told(self, e: Evidence) -> list[str]:
        use = self.words["use"]
        return [
            getattr(e, one) + (f" *{getattr(use, one)}:* {getattr(e.use, one)}" if e.use else "")
            for one in self.langs
        ]

    def reference(self, reference: dict[str, Any]) -> str:
        line = f"- {reference['citation']}"
        if "doi" in reference:
            line += f" <https://doi.org/{reference['doi']}>"
        if "codes" in reference:
            line += f" {self.label(self.words['supports'])}: {reference['codes']}."
        if reference["standing"] == "memory":
            line += f" ({self.label(self.words['check'])})"
        return line


def _cell(e: Evidence, column: str) -> str:
    if column == "article":
        return f"*{e.term}* – {e.place}" if e.term else e.place
    if column == "must":
        return "; ".join(f"{name}: {way}" for name, way in e.must)
    if column == "levers":
        return ", ".join(f"`{name}`" for name in e.levers)
    return str(getattr(e, column))


def _table(head: list[str], rows: list[list[str]]) -> list[str]:
    cells = [head, ["---"] * len(head), *rows]
    lines = [" | ".join(cell.replace("|", r"\|") for cell in row) for row in cells]
    return [*(f"| {line} |" for line in lines), ""]


if __name__ == "__main__":
    write(Path("docs/evidence.md"))
