"""What the model leans on: facts, numbers and propositions, looked up by their code.

Rules, parameters and scenarios name an entry by its code, for example ``E17`` or ``N32``.
The entries stand in ``evidence.yaml`` beside this module and are read once, when first asked for.
`evidence_page` writes them down as ``docs/evidence.md``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from ruamel.yaml import YAML

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
    return {name: both(said) for name, said in read()["standings"].items()}


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


def both(said: dict[str, str]) -> Words:
    """Return a text of the file in both languages."""
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
def read() -> dict[str, Any]:
    """Return the whole file of evidence."""
    text = resources.files("cgsim").joinpath("evidence.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return loaded


@cache
def _entries() -> dict[str, Evidence]:
    known: dict[str, Evidence] = {}
    for section in read()["sections"]:
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
                use=both(raw["use"]) if "use" in raw else None,
                move=raw.get("move", ""),
                must=tuple((name, way) for name, way in raw.get("must", ())),
                levers=tuple(raw.get("levers", ())),
            )
    return known
