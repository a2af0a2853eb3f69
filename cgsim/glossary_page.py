"""The glossary as a page: ``python -m cgsim.glossary_page`` writes ``docs/glossary.md`` anew.

Its words stand in ``language/glossary.yaml``; a test holds the texts of both languages to them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

PAGE = Path("docs/glossary.md")
_FILE = Path(__file__).parent / "language" / "glossary.yaml"
_INTRO = """# Glossary / Glosarium

The field's words in English and Indonesian, as the program and its files use them; where the
case study writes a term in its own way, that stands beside it. A test holds every text of the
program and of the shipped scenarios to these words.

Istilah bidang ini dalam bahasa Inggris dan Indonesia, seperti dipakai program dan berkasnya; bila
studi kasus menulisnya dengan cara lain, cara itu dicantumkan. Sebuah uji memeriksa agar semua
teks program dan skenario bawaan memakai kata-kata ini.

Made from `cgsim/language/glossary.yaml` by `python -m cgsim.glossary_page`. / Dibuat dari
`cgsim/language/glossary.yaml` dengan `python -m cgsim.glossary_page`.
"""


class Term(NamedTuple):
    """One term of the field in both languages.

    Attributes
    ----------
    en, id : str
        The term as the glossary shows it.
    say : tuple of str
        English forms by which a text is known to use it.
    accepted, refused : tuple of str
        Parts of words of which an Indonesian text must then hold one, and none.
    source : str
        How the case study writes it; empty where that says nothing more.
    means : dict
        What it is, by language.
    """

    en: str
    id: str
    say: tuple[str, ...]
    accepted: tuple[str, ...]
    refused: tuple[str, ...]
    source: str
    means: dict[str, str]


@cache
def _read() -> dict[str, Any]:
    from ruamel.yaml import YAML  # only once words are asked for

    found: dict[str, Any] = YAML(typ="safe").load(_FILE.read_text(encoding="utf-8"))
    return found


def sections() -> dict[str, tuple[str, tuple[Term, ...]]]:
    """Return the terms by section: its title in both languages, its terms in their order.

    Examples
    --------
    >>> sections()["process"][0]
    'The five steps of the process / Lima langkah proses'
    """
    return {
        name: (" / ".join(one["title"].values()), tuple(map(_term, one["terms"])))
        for name, one in _read().items()
        if name != "apart"
    }


def apart() -> dict[str, str]:
    """Return the texts that are not held to the glossary, by key, each with the reason."""
    found: dict[str, str] = _read()["apart"]
    return found


def _term(read: dict[str, Any]) -> Term:
    return Term(
        read["en"], read["id"], tuple(read.get("say", (read["en"],))),
        tuple(read.get("with", (read["id"],))), tuple(read.get("not", ())),
        read.get("source", ""), read["means"],
    )  # fmt: skip


def markdown() -> str:
    """Render the glossary as a page, ending in a newline."""
    lines = [_INTRO]
    for title, terms in sections().values():
        lines += [f"## {title}", "", "| English | Bahasa Indonesia | Case study / Studi kasus |"
                  " Meaning | Arti |", "| --- | --- | --- | --- | --- |"]  # fmt: skip
        for one in terms:
            said = f"*{one.source}*" if one.source else ""
            cells = (one.en, one.id, said, one.means["en"], one.means["id"])
            lines.append(f"| {' | '.join(cells)} |")
        lines.append("")
    return "\n".join(lines)


def write(path: Path = PAGE) -> None:
    """Write the page."""
    path.write_text(markdown(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
