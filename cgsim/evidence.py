"""What the model leans on: facts, numbers and propositions, looked up by their code.

Rules, parameters and scenarios name an entry by its code, for example ``E17`` or ``N32``.
The entries stand in ``evidence.yaml`` beside this module and are read once, when first asked for.
``python -m cgsim.evidence`` writes ``docs/evidence.md`` anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal, NamedTuple

from ruamel.yaml import YAML

Lang = Literal["en", "id", "both"]

_PREFIXES = "AG|E|X|N|C|G"
_CITED = re.compile(
    rf"""
    (?<![\w\#%\\.&+-])                      # not inside a word, a colour, an escape, a number
    (?P<kind>{_PREFIXES})(?P<first>[1-9]\d?)
    (?: \s?[–-]\s? (?P=kind)?               # a range: E30–E34, N3-N7 or N15–16
        (?P<last>[1-9]\d?) (?![\w%]|\.\d)
    )?
    (?!\w|\.\d)
    """,
    re.VERBOSE,
)


class Words(NamedTuple):
    """One text in both languages.

    Attributes
    ----------
    en : str
        English.
    id : str
        Indonesian.
    """

    en: str
    id: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One entry of the evidence.

    Attributes
    ----------
    code : str
        The name other files use, such as ``E17``.
    section : str
        Key of the section the entry stands in.
    standing : tuple of str
        How sure it is: ``source``, ``public``, ``memory``, ``derived``, ``assumption``;
        several where parts of it differ.
    en, id : str
        The entry in English and in Indonesian.
    term : str
        Key terms of the case study, in its own spelling, parted by semicolons (E).
    place : str
        Heading of the article under which they stand (E).
    source : str
        Publication (N, AG).
    use : Words or None
        What the model takes from it (N, AG).
    move : str
        The change that is made (C).
    must : tuple of (str, str)
        Quantities and the way each must move (C).
    levers : tuple of str
        Levers that make the move (C).
    """

    code: str
    section: str
    standing: tuple[str, ...]
    en: str
    id: str
    term: str = ""
    place: str = ""
    source: str = ""
    use: Words | None = None
    move: str = ""
    must: tuple[tuple[str, str], ...] = ()
    levers: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The letters of the code: E, X, AG, N, C or G."""
        return self.code.rstrip("0123456789")


class UnknownEvidence(KeyError):
    """No entry has this code.

    Parameters
    ----------
    code : str
        The code that was asked for.
    nearest : str
        The code that comes nearest to it.
    """

    def __init__(self, code: str, nearest: str) -> None:
        super().__init__(code)
        self.code = code
        self.nearest = nearest

    def __str__(self) -> str:
        return f"There is no evidence {self.code!r}. Did you mean {self.nearest}?"


def entry(code: str) -> Evidence:
    """Look up one entry.

    Parameters
    ----------
    code : str
        Such as ``E17``.

    Returns
    -------
    Evidence

    Raises
    ------
    UnknownEvidence
        If no entry has this code; the error names the nearest one.

    Examples
    --------
    >>> entry("E17").place
    'Hasil: Peran Kepemimpinan'
    """
    try:
        return _entries()[code]
    except KeyError:
        raise UnknownEvidence(code, _nearest(code)) from None


def entries(prefix: str = "") -> tuple[Evidence, ...]:
    """All entries of a kind, in their order in the file.

    Parameters
    ----------
    prefix : str
        The letters of the code, such as ``AG``; empty for every entry.

    Returns
    -------
    tuple of Evidence

    Examples
    --------
    >>> len(entries("X"))
    5
    """
    return tuple(e for e in _entries().values() if prefix in ("", e.kind))


def codes() -> tuple[str, ...]:
    """All codes, in their order in the file.

    Returns
    -------
    tuple of str
    """
    return tuple(_entries())


def standings() -> dict[str, Words]:
    """Tell what each standing means.

    Returns
    -------
    dict of str to Words
    """
    return {name: _words(said) for name, said in _file()["standings"].items()}


def cited(text: str) -> list[str]:
    """Find the codes a text cites, each once, in order of appearance; ranges are spelt out.

    Codes have one or two digits and stand alone: hexadecimal numbers, ``C_o``, ``N = 3``,
    ``P3`` or ``E501`` are none. Whether an entry exists is for `entry` to say.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of str

    Examples
    --------
    >>> cited("Visits fade (N29; E30–E32), see N15–16.")
    ['N29', 'E30', 'E31', 'E32', 'N15', 'N16']
    """
    found: dict[str, None] = {}
    for match in _CITED.finditer(text):
        first = int(match["first"])
        last = int(match["last"] or first)
        numbers = range(first, last + 1) if last >= first else (first, last)
        found.update((f"{match['kind']}{number}", None) for number in numbers)
    return list(found)


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
    file = _file()
    page = {name: _words(said) for name, said in file["page"].items()}
    langs: tuple[Literal["en", "id"], ...] = ("en", "id") if lang == "both" else (lang,)

    def label(said: Words) -> str:
        return " / ".join(dict.fromkeys(getattr(said, one) for one in langs))

    def prose(said: Words) -> list[str]:
        return [line for one in langs for line in (getattr(said, one), "")]

    texts = [page["text"].en if one == "en" else page["text"].id for one in langs]
    lines = [f"# {label(page['title'])}", "", *prose(page["intro"]), *prose(page["made"])]

    lines += [f"## {label(page['standings'])}", ""]
    lines += _table(
        [label(page["standing"]), *texts],
        [[name, *(getattr(said, one) for one in langs)] for name, said in standings().items()],
    )

    for section in file["sections"]:
        lines += [f"## {label(_words(section['title']))}", ""]
        if "note" in section:
            lines += prose(_words(section["note"]))
        members = [e for e in entries() if e.section == section["key"]]
        kind = members[0].kind
        head = [label(page["code"]), *texts]
        head += [label(page[name]) for name in _COLUMNS.get(kind, ())]
        head += [label(page["standing"])]
        rows = []
        for e in members:
            row = [e.code]
            for one in langs:
                use = f" *{getattr(page['use'], one)}:* {getattr(e.use, one)}" if e.use else ""
                row.append(getattr(e, one) + use)
            row += [_cell(e, name) for name in _COLUMNS.get(kind, ())]
            rows.append([*row, ", ".join(e.standing)])
        lines += _table(head, rows)

    lines += [f"## {label(page['references'])}", ""]
    for reference in file["references"]:
        line = f"- {reference['citation']}"
        if "doi" in reference:
            line += f" <https://doi.org/{reference['doi']}>"
        if "codes" in reference:
            line += f" {label(page['supports'])}: {reference['codes']}."
        if reference["standing"] == "memory":
            line += f" ({label(page['check'])})"
        lines.append(line)
    return "\n".join(lines) + "\n"


def write(path: Path) -> None:
    """Write the page in both languages.

    Parameters
    ----------
    path : pathlib.Path
        Where to, usually ``docs/evidence.md``.
    """
    path.write_text(markdown("both"), encoding="utf-8", newline="\n")


_COLUMNS = {
    "E": ("article",),
    "AG": ("source",),
    "N": ("source",),
    "C": ("must", "levers"),
}


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


def _words(said: dict[str, str]) -> Words:
    return Words(said["en"], said["id"])


def _nearest(code: str) -> str:
    """Find the code most like this one: by number within its kind, else by spelling."""
    asked = re.fullmatch(r"([A-Z]+)\s*(\d+)", code.strip().upper())
    same = [e.code for e in entries(asked[1])] if asked else []
    if asked and same:
        number = int(asked[2])
        return min(same, key=lambda other: abs(int(other[len(asked[1]) :]) - number))
    return get_close_matches(code.upper(), codes(), n=1, cutoff=0.0)[0]


@cache
def _file() -> dict[str, Any]:
    text = resources.files("cgsim").joinpath("evidence.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return loaded


@cache
def _entries() -> dict[str, Evidence]:
    known: dict[str, Evidence] = {}
    for section in _file()["sections"]:
        for raw in section["entries"]:
            if raw["code"] in known:
                raise ValueError(f"evidence.yaml: {raw['code']} stands there twice")
            known[raw["code"]] = Evidence(
                code=raw["code"],
                section=section["key"],
                standing=tuple(raw["standing"]),
                en=raw["en"],
                id=raw["id"],
                term=raw.get("term", ""),
                place=raw.get("place", ""),
                source=raw.get("source", ""),
                use=_words(raw["use"]) if "use" in raw else None,
                move=raw.get("move", ""),
                must=tuple((name, way) for name, way in raw.get("must", ())),
                levers=tuple(raw.get("levers", ())),
            )
    return known


if __name__ == "__main__":
    write(Path("docs/evidence.md"))
